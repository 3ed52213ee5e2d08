import type { OrderSummary } from '@sendocki/domain/orders/order'
import { type IntentResult, parcelsAtOnce } from '@sendocki/domain/parcels/parcel-schema'
import { IconPackageExport } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useCan } from '../../lib/me.ts'
import { CityName } from '../../lib/places.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { BulkBar, WithBulkBar } from '../../ui/bulk-bar.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { DataGrid } from '../../ui/data-grid.tsx'
import type { GridColumn } from '../../ui/grid-layout.ts'
import { type GridSelection, noSelection } from '../../ui/grid-selection.ts'
import { Amount, OrderNumber, Words } from '../../ui/numbers.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { Age } from '../../ui/states.tsx'
import { waitsForParcel } from './batches.ts'
import { OrderOptions } from './order-options.tsx'
import { carrierAccountsQuery, confirmedOrdersQuery } from './parcels.api.ts'
import classes from './parcels.module.css'
import { RefusedDialog } from './refused-dialog.tsx'
import { ShipButton } from './ship-button.tsx'

const City = ({ shippingAddress: { city, cityText } }: OrderSummary) => (
  <Words>
    <CityName id={city?.id ?? null} name={city?.name ?? cityText} />
  </Words>
)

/** Rows of which a screen should never be short while the API has more. */
const enoughRows = 50

/** The confirmed orders without a live parcel; pages that hold none are followed by the next one. */
const useOrdersToShip = () => {
  const query = useInfiniteQuery(confirmedOrdersQuery)
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const rows = useMemo(() => (data?.pages.flatMap(({ items }) => items) ?? []).filter(waitsForParcel), [data])
  const wanting = hasNextPage && !isFetchingNextPage && rows.length < enoughRows
  useEffect(() => {
    if (wanting) void fetchNextPage()
  }, [wanting, fetchNextPage])
  return { ...query, rows, searching: wanting || isFetchingNextPage }
}

const useShipColumns = (): GridColumn<OrderSummary>[] => {
  const { t } = useTranslation('parcels')
  return useMemo(
    (): GridColumn<OrderSummary>[] => [
      {
        id: 'number',
        header: t('column.number'),
        width: 90,
        frozen: true,
        cell: ({ number }) => <OrderNumber number={number} />,
      },
      {
        id: 'customer',
        header: t('column.customer'),
        width: 180,
        grow: true,
        cell: ({ customer }) => <Words>{customer.name ?? '–'}</Words>,
      },
      { id: 'city', header: t('column.city'), width: 160, cell: City },
      { id: 'notes', header: t('ship.notes'), width: 140, cell: Notes },
      { id: 'options', header: t('ship.options'), width: 220, cell: OrderOptions },
      {
        id: 'amount',
        header: t('ship.amount'),
        width: 120,
        figure: true,
        cell: ({ totalCentimes }) => <Amount centimes={totalCentimes} />,
      },
      { id: 'since', header: t('ship.since'), width: 110, cell: ({ stateSince }) => <Age since={stateSince} /> },
    ],
    [t],
  )
}

/** What will keep an order from being shipped, seen before it is asked. */
const Notes = ({ toComplete }: OrderSummary) => {
  const { t } = useTranslation('parcels')
  if (toComplete.length === 0) return null
  return <Chip tone="warn">{t(toComplete.includes('test_order') ? 'ship.test' : 'ship.incomplete')}</Chip>
}

const ShipCard = (order: OrderSummary) => (
  <div className={classes.card}>
    <span>
      <strong className="truncate">
        <Words>{order.customer.name ?? '–'}</Words>
      </strong>
      <Amount centimes={order.totalCentimes} />
    </span>
    <span>
      <span className="truncate">
        <City {...order} />
      </span>
      <OrderNumber number={order.number} />
    </span>
    <span>
      <Age since={order.stateSince} />
      <Notes {...order} />
    </span>
    <OrderOptions {...order} />
  </div>
)

/** Confirmed orders that wait for a parcel: tick, choose the carrier, read each order's answer. */
export const ShipList = () => {
  const { t } = useTranslation('parcels')
  const navigate = useNavigate()
  const can = useCan()
  const { rows, searching, data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useOrdersToShip()
  const columns = useShipColumns()
  const [activeId, setActiveId] = useState<string | null>(null)
  const [selection, setSelection] = useState<GridSelection>(noSelection)
  const [answers, setAnswers] = useState<readonly IntentResult[]>([])
  const [numbers, setNumbers] = useState<ReadonlyMap<string, number>>(new Map())
  const ticked = useMemo(() => rows.filter(({ id }) => selection.ids.has(id)), [rows, selection])
  const mayShip = can('parcels.create') && can('carriers.read')
  const leave = () => setSelection(noSelection)
  useShortcuts([{ keys: 'Escape', run: leave }], { on: ticked.length > 0 })

  const onAnswers = (items: readonly IntentResult[]): void => {
    setNumbers(new Map(ticked.map(({ id, number }) => [id, number])))
    setAnswers(items.filter(({ refusal }) => refusal !== null))
    leave()
  }
  const tooMany = ticked.length > parcelsAtOnce
  return (
    <WithBulkBar>
      {error && !data && (
        <ErrorState
          title={t('loadFailed')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {(isPending || (rows.length === 0 && searching)) && <SkeletonRows label={t('ship.loading')} />}
      {data && rows.length === 0 && !searching && <NothingToShip />}
      {rows.length > 0 && (
        <DataGrid
          label={t('views.toShip')}
          rows={rows}
          rowId={({ id }) => id}
          rowLabel={({ number }) => `#${number}`}
          columns={columns}
          activeId={rows.some(({ id }) => id === activeId) ? activeId : null}
          onActive={setActiveId}
          onOpen={({ id }) => void navigate(`/orders/${id}`)}
          {...(mayShip ? { selection, onSelection: setSelection } : {})}
          hasMore={hasNextPage && !isFetchingNextPage}
          onMore={() => void fetchNextPage()}
          card={ShipCard}
        />
      )}
      {ticked.length > 0 && (
        <BulkBar
          label={t('ship.bulk')}
          summary={
            tooMany
              ? t('ship.tooMany', { count: ticked.length, most: parcelsAtOnce })
              : t('ship.ticked', { count: ticked.length })
          }
          onLeave={leave}
        >
          <ShipButton orderIds={ticked.map(({ id }) => id)} onAnswers={onAnswers} />
        </BulkBar>
      )}
      {answers.length > 0 && <RefusedDialog items={answers} numbers={numbers} onClose={() => setAnswers([])} />}
    </WithBulkBar>
  )
}

/** Nothing waits; without a carrier nothing ever could leave, so that is said first. */
const NothingToShip = () => {
  const { t } = useTranslation('parcels')
  const can = useCan()
  const { data } = useQuery({ ...carrierAccountsQuery, enabled: can('carriers.read') })
  const lacks = data?.items.length === 0
  return (
    <Empty
      icon={<IconPackageExport size={22} stroke={1.75} />}
      title={t(lacks ? 'ship.noCarrier' : 'ship.none')}
      action={
        lacks &&
        can('carriers.edit') && (
          <ButtonLink to="/settings/carriers" variant="filled">
            {t('ship.connect')}
          </ButtonLink>
        )
      }
    >
      {t(lacks ? 'ship.noCarrierHint' : 'ship.noneHint')}
    </Empty>
  )
}
