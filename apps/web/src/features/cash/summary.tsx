import type { CollectionStatus } from '@sendocki/domain/cash/collection'
import { type AgeBucket, ageBuckets } from '@sendocki/domain/time'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Amount, Words } from '../../ui/numbers.tsx'
import { summaryQuery } from './cash.api.ts'
import classes from './cash.module.css'
import { type CarrierLine, type Cell, carrierLines } from './sums.ts'

interface SummaryProps {
  readonly status: CollectionStatus
  readonly carrierAccountId: string | null
  readonly age: AgeBucket | null
  readonly onChoose: (choice: { carrierAccountId: string | null; age: AgeBucket | null }) => void
}

/** How much is with which carrier, and for how long. Each figure narrows the list below to what it counts. */
export const Summary = ({ status, ...chosen }: SummaryProps) => {
  const { t } = useTranslation('cash')
  const { data } = useQuery(summaryQuery)
  const lines = carrierLines(data?.items ?? [], status)
  if (lines.length === 0) return null
  return (
    <section className={classes.summary} aria-label={t('summary.title')} tabIndex={0}>
      <table>
        <caption>{t('summary.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('column.carrier')}</th>
            {ageBuckets.map((age) => (
              <th key={age} scope="col">
                {t(`age.${age}`)}
              </th>
            ))}
            <th scope="col">{t('summary.total')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line key={line.carrierAccountId} line={line} {...chosen} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

const Line = ({ line, carrierAccountId, age, onChoose }: Omit<SummaryProps, 'status'> & { line: CarrierLine }) => {
  const { t } = useTranslation('cash')
  const mine = carrierAccountId === line.carrierAccountId
  return (
    <tr>
      <th scope="row">
        <Words>{line.carrierName}</Words>
      </th>
      {ageBuckets.map((bucket) => {
        const cell = line.ages[bucket]
        const on = mine && age === bucket
        return (
          <td key={bucket}>
            {cell.count === 0 ? (
              <span className={classes.none}>–</span>
            ) : (
              <button
                type="button"
                className={classes.cell}
                aria-pressed={on}
                title={t('summary.show', { carrier: line.carrierName, age: t(`age.${bucket}`) })}
                onClick={() =>
                  onChoose(
                    on
                      ? { carrierAccountId: null, age: null }
                      : { carrierAccountId: line.carrierAccountId, age: bucket },
                  )
                }
              >
                <Figures cell={cell} />
              </button>
            )}
          </td>
        )
      })}
      <td className={classes.total}>
        <Figures cell={line.total} />
      </td>
    </tr>
  )
}

const Figures = ({ cell: { count, sumCentimes } }: { cell: Cell }) => {
  const { t } = useTranslation('cash')
  return (
    <>
      {sumCentimes !== null && <Amount centimes={sumCentimes} decimals="always" />}
      <small>{t('summary.parcels', { count })}</small>
    </>
  )
}
