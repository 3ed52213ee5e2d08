import type { AnyOutcome, CarrierFile, CarrierFileRow } from '@sendocki/domain/carrier-files/carrier-file'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Chip, type Tone } from '../../ui/chip.tsx'
import { Amount, Count, OrderNumber, Words } from '../../ui/numbers.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { rowsQuery } from './carrier-files.api.ts'
import classes from './carrier-files.module.css'

const tones: Record<AnyOutcome, Tone> = {
  matched: 'info',
  created: 'info',
  updated: 'info',
  same: 'neutral',
  repeated: 'neutral',
  word_unknown: 'warn',
  not_due: 'warn',
  ambiguous: 'warn',
  unknown: 'bad',
  foreign: 'bad',
  refused: 'bad',
}

/** What each row does or did, and why not; narrowed to one outcome by its count. */
export const Results = ({ file }: { file: CarrierFile }) => {
  const { t } = useTranslation('carrierFiles')
  const [outcome, setOutcome] = useState<AnyOutcome | null>(null)
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    rowsQuery(file.id, outcome),
  )
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <>
      <div className={classes.actions} role="group" aria-label={t('result.outcome')}>
        <Filter label={t('result.all')} count={file.rowCount} on={outcome === null} onClick={() => setOutcome(null)} />
        {file.outcomes.map((one) => (
          <Filter
            key={one.outcome}
            label={t(`result.outcomes.${one.outcome}`)}
            count={one.count}
            on={outcome === one.outcome}
            onClick={() => setOutcome(one.outcome)}
          />
        ))}
      </div>
      {isPending && <SkeletonRows label={t('loading')} />}
      {error && !data && (
        <ErrorState
          title={t('loadFailed')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {data && rows.length === 0 && <p className={classes.hint}>{t('result.none')}</p>}
      <ul className={classes.rows}>
        {rows.map((row) => (
          <Row key={row.row} row={row} />
        ))}
      </ul>
      {hasNextPage && (
        <Button pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('result.more')}
        </Button>
      )}
    </>
  )
}

interface FilterProps {
  readonly label: string
  readonly count: number
  readonly on: boolean
  readonly onClick: () => void
}

const Filter = ({ label, count, on, onClick }: FilterProps) => (
  <Button size="small" variant={on ? 'accent' : 'outline'} aria-pressed={on} onClick={onClick}>
    {label} <Count count={count} />
  </Button>
)

const Row = ({ row }: { row: CarrierFileRow }) => {
  const { t } = useTranslation(['carrierFiles', 'orders'])
  const { outcome, reason, parcel } = row
  return (
    <li>
      <span className={classes.rowNumber}>{row.row}</span>
      <span className={classes.rowSays}>
        <strong>
          <Words>{row.label === '' ? '–' : row.label}</Words>
        </strong>
        {row.word && <Words>{row.word}</Words>}
      </span>
      <span className={classes.rowParcel}>
        {parcel && (
          <>
            <Link to={`/parcels?parcel=${parcel.id}`}>
              <OrderNumber number={parcel.orderNumber} />
            </Link>
            <Words>{parcel.customerName ?? '–'}</Words>
            <Amount centimes={parcel.codAmountCentimes} />
          </>
        )}
      </span>
      <span className={classes.rowOutcome}>
        {outcome && (
          <Chip tone={row.done ? 'ok' : tones[outcome]}>
            {row.done ? t('result.done') : t(`result.outcomes.${outcome}`)}
          </Chip>
        )}
        {reason && <span className={classes.hint}>{t(`result.reasons.${reason}`)}</span>}
      </span>
    </li>
  )
}
