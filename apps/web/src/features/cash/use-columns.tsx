import type { Collection, CollectionStatus } from '@sendocki/domain/cash/collection'
import { startOfDay } from '@sendocki/domain/time'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay } from '../../lib/format.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { CityName } from '../../lib/places.ts'
import { useNow } from '../../ui/clock.ts'
import type { GridColumn } from '../../ui/grid-layout.ts'
import { Amount, OrderNumber, Words } from '../../ui/numbers.tsx'
import { Age } from '../../ui/states.tsx'
import { When } from '../../ui/when.tsx'
import classes from './cash.module.css'
import { isLate } from './sums.ts'

const Payout = (row: Collection) => {
  const { t } = useTranslation('cash')
  const now = useNow()
  const { expectedPayoutAt } = row
  if (expectedPayoutAt === null) return <span className={classes.none}>{t('payoutUnknown')}</span>
  const day = formatDay(startOfDay(expectedPayoutAt), now, currentLanguage())
  return isLate(row, now) ? (
    <span className={classes.late}>
      {day} · {t('payoutLate')}
    </span>
  ) : (
    day
  )
}

const City = ({ cityId, city }: Collection) => (
  <Words>
    <CityName id={cityId} name={city} />
  </Words>
)

/** Which order, who, where, how much, since when, and when it should come. */
export const useCollectionColumns = (
  status: CollectionStatus,
  carrierNames: ReadonlyMap<string, string>,
): GridColumn<Collection>[] => {
  const { t } = useTranslation('cash')
  const several = carrierNames.size > 1
  return useMemo(() => {
    const when: GridColumn<Collection>[] =
      status === 'collected'
        ? [
            {
              id: 'collected',
              header: t('column.collected'),
              width: 130,
              cell: ({ collectedAt }) => collectedAt && <When instant={collectedAt} />,
            },
          ]
        : [
            { id: 'age', header: t('column.age'), width: 80, cell: ({ deliveredAt }) => <Age since={deliveredAt} /> },
            { id: 'payout', header: t('column.payout'), width: 180, cell: Payout },
          ]
    const carrier: GridColumn<Collection>[] = several
      ? [
          {
            id: 'carrier',
            header: t('column.carrier'),
            width: 120,
            cell: ({ carrierAccountId }) => <Words>{carrierNames.get(carrierAccountId) ?? '–'}</Words>,
          },
        ]
      : []
    return [
      {
        id: 'number',
        header: t('column.number'),
        width: 90,
        frozen: true,
        cell: ({ orderNumber }) => <OrderNumber number={orderNumber} />,
      },
      {
        id: 'customer',
        header: t('column.customer'),
        width: 170,
        grow: true,
        cell: ({ customerName }) => <Words>{customerName ?? '–'}</Words>,
      },
      { id: 'city', header: t('column.city'), width: 130, cell: City },
      {
        id: 'amount',
        header: t('column.amount'),
        width: 130,
        figure: true,
        cell: ({ codAmountCentimes }) => <Amount centimes={codAmountCentimes} decimals="always" />,
      },
      {
        id: 'delivered',
        header: t('column.delivered'),
        width: 130,
        sort: { ascending: 'deliveredAt', descending: '-deliveredAt' },
        cell: ({ deliveredAt }) => <When instant={deliveredAt} />,
      },
      ...when,
      ...carrier,
      { id: 'note', header: t('column.note'), width: 160, cell: ({ note }) => note && <Words>{note}</Words> },
    ]
  }, [t, status, carrierNames, several])
}

/** A row on a phone: the same facts in the same order. */
export const CollectionCard = (row: Collection) => (
  <div className={classes.card}>
    <span>
      <strong className="truncate">
        <Words>{row.customerName ?? '–'}</Words>
      </strong>
      <Amount centimes={row.codAmountCentimes} decimals="always" />
    </span>
    <span>
      <span className="truncate">
        <City {...row} />
      </span>
      <OrderNumber number={row.orderNumber} />
    </span>
    <span>
      <When instant={row.deliveredAt} />
      {row.status === 'collected' ? row.collectedAt && <When instant={row.collectedAt} /> : <Payout {...row} />}
    </span>
  </div>
)
