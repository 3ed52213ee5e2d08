import { Select } from '@mantine/core'
import { choicesOf, type ImportOutcome, importOutcomes } from '@sendocki/domain/imports/import'
import type { Import, ImportRow, ImportRowChange } from '@sendocki/domain/imports/import-schema'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Chip, type Tone } from '../../ui/chip.tsx'
import { Count, Words } from '../../ui/numbers.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { FixRow } from './fix-row.tsx'
import { changeRow, isAtWork, rowsQuery } from './imports.api.ts'
import classes from './imports.module.css'

const tones: Record<ImportOutcome, Tone> = { created: 'ok', updated: 'info', unchanged: 'neutral', refused: 'bad' }

interface RowsProps {
  readonly file: Import
  readonly outcome: ImportOutcome | null
  readonly onOutcome: (outcome: ImportOutcome | null) => void
}

/** What each row does or did, and why; narrowed to one outcome by its count. */
export const Rows = ({ file, outcome, onOutcome }: RowsProps) => {
  const { t } = useTranslation('imports')
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    rowsQuery(file.id, outcome),
  )
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <>
      <div className={classes.actions} role="group" aria-label={t('rows.outcome')}>
        <Filter label={t('rows.all')} count={file.rows} on={outcome === null} onClick={() => onOutcome(null)} />
        {importOutcomes.map((one) => (
          <Filter
            key={one}
            label={t(`outcomes.${one}`)}
            count={file[one]}
            on={outcome === one}
            onClick={() => onOutcome(one)}
          />
        ))}
      </div>
      {file.reasons.length > 0 && (
        <ul className={classes.reasons}>
          {file.reasons.map(({ code, count }) => (
            <li key={code}>{t('rows.reasonCount', { reason: t(`reasons.${code}`), count })}</li>
          ))}
        </ul>
      )}
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
      {data && rows.length === 0 && <p className={classes.hint}>{t('rows.none')}</p>}
      <ul className={classes.rows}>
        {rows.map((row) => (
          <Row key={row.row} file={file} row={row} />
        ))}
      </ul>
      {hasNextPage && (
        <Button pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('rows.more')}
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

const knownReasons: readonly string[] = ['known_phone', 'known_email', 'repeated_in_file', 'known_order']

/** Whether something can still be said of a row: it waits, was only tried, or came to nothing. */
const isOpen = (file: Import, row: ImportRow): boolean =>
  !isAtWork(file) &&
  ['read', 'tried', 'done', 'stopped'].includes(file.status) &&
  !(row.done && (row.outcome === 'created' || row.outcome === 'updated'))

const Row = ({ file, row }: { file: Import; row: ImportRow }) => {
  const { t } = useTranslation('imports')
  const queries = useQueryClient()
  const [fixing, setFixing] = useState(false)
  const { mutate, isPending } = useMutation({
    mutationFn: (change: Omit<ImportRowChange, 'row'>) => changeRow(file.id, { row: row.row, ...change }),
    onSuccess: async () => {
      setFixing(false)
      await queries.invalidateQueries({ queryKey: ['import'] })
    },
    onError: (error) => showToast({ message: problemText(error), tone: 'refused' }),
  })
  const open = isOpen(file, row)
  const known = row.reasons.some((reason) => knownReasons.includes(reason))
  return (
    <li>
      <span className={classes.rowNumber}>{row.row}</span>
      <span className={classes.rowSays}>
        {row.cells.map((cell, index) => cell !== '' && <Words key={index}>{cell}</Words>)}
      </span>
      <span className={classes.rowOutcome}>
        {row.outcome ? (
          <Chip tone={tones[row.outcome]}>
            {t(row.undo ? `undo.${row.undo}` : row.done ? `doneOutcomes.${row.outcome}` : `outcomes.${row.outcome}`)}
          </Chip>
        ) : (
          <Chip>{t('rows.waiting')}</Chip>
        )}
        {file.kind === 'orders' && row.done && row.id !== null && row.undo !== 'removed' && (
          <Link to={`/orders/${row.id}`} className={classes.link}>
            {t('rows.order')}
          </Link>
        )}
        {row.reasons.map((reason) => (
          <span key={reason} className={classes.hint}>
            {t(`reasons.${reason}`)}
          </span>
        ))}
        {open && known && (
          <Select
            size="xs"
            aria-label={t('rows.choice', { row: row.row })}
            data={[
              { value: 'all', label: t('duplicates.asAll') },
              ...choicesOf[file.kind].map((value) => ({ value, label: t(`duplicates.${value}`) })),
            ]}
            value={row.choice ?? 'all'}
            disabled={isPending}
            allowDeselect={false}
            onChange={(value) => mutate({ choice: choicesOf[file.kind].find((one) => one === value) ?? null })}
          />
        )}
        {open && row.outcome === 'refused' && !fixing && (
          <Button size="small" aria-label={t('rows.fixRow', { row: row.row })} onClick={() => setFixing(true)}>
            {t('rows.fix')}
          </Button>
        )}
      </span>
      {fixing && (
        <FixRow
          file={file}
          row={row}
          pending={isPending}
          onCancel={() => setFixing(false)}
          onSave={(cells) => mutate({ cells: [...cells] })}
        />
      )}
    </li>
  )
}
