import { Menu } from '@mantine/core'
import type { OrderSummary } from '@sendocki/domain/orders/order'
import { IconArrowUp, IconColumns3 } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useCityName } from '../../lib/places.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useUrlState } from '../../lib/url-state.ts'
import { Button } from '../../ui/button.tsx'
import { DataGrid } from '../../ui/data-grid.tsx'
import { type GridSelection, noSelection } from '../../ui/grid-selection.ts'
import { Count } from '../../ui/numbers.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { OrdersChrome } from './chrome.tsx'
import { filtersOf, type ListState, listShape } from './filters.ts'
import { useLiveLists } from './live-lists.ts'
import { NoRows } from './no-rows.tsx'
import { countQuery, listQuery, pipelineQuery } from './orders.api.ts'
import classes from './orders.module.css'
import { orderSorts, ordersIn } from './pages.ts'
import { OrderPanel } from './panel/order-panel.tsx'
import { paths } from './paths.ts'
import { useRights } from './rights.ts'
import { BulkBar } from './table/bulk-bar.tsx'
import { keepColumns, keptColumns } from './table/columns-choice.ts'
import { OrderCard } from './table/order-card.tsx'
import { type OptionalColumn, optionalColumns, useOrderColumns } from './table/order-columns.tsx'
import tableClasses from './table/table.module.css'
import { TableFilters } from './table/table-filters.tsx'
import { QuickFilters, SearchField } from './toolbar.tsx'
import { useFreshFigures } from '../../lib/fresh-figures.ts'
import { placeOf } from './words.tsx'

interface ColumnsMenuProps {
  readonly shown: readonly OptionalColumn[]
  readonly onShown: (shown: readonly OptionalColumn[]) => void
}

const ColumnsMenu = ({ shown, onShown }: ColumnsMenuProps) => {
  const { t } = useTranslation('orders')
  return (
    <Menu closeOnItemClick={false} position="bottom-end">
      <Menu.Target>
        <Button variant="quiet" icon={<IconColumns3 size={16} stroke={1.75} aria-hidden />}>
          {t('display.columns')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {optionalColumns.map((column) => (
          <Menu.CheckboxItem
            key={column}
            checked={shown.includes(column)}
            onChange={(on) => onShown(optionalColumns.filter((one) => (one === column ? on : shown.includes(one))))}
          >
            {t(`column.${column}`)}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

const theList = 'table'

/** Every order that matches, a row each, with an order beside the list. */
export const TablePage = () => {
  const { t } = useTranslation('orders')
  const navigate = useNavigate()
  const [state, change] = useUrlState<ListState>(listShape)
  const filters = useMemo(() => filtersOf(state), [state])
  const rights = useRights()
  const cityName = useCityName()
  const { data: pipeline } = useQuery(pipelineQuery)
  const query = useInfiniteQuery(listQuery(filters, state.sort))
  const { data: count } = useQuery(countQuery(filters))
  useFreshFigures()
  const rows = useMemo(() => ordersIn(query.data?.pages ?? []), [query.data])
  const columns = useOrderColumns(pipeline)
  const [shown, setShown] = useState(keptColumns)
  const [activeId, setActiveId] = useState<string | null>(state.order)
  const [selection, setSelection] = useState<GridSelection>(noSelection)
  const frame = useRef<HTMLDivElement>(null)

  const { arrivals, release } = useLiveLists({
    filters,
    sort: state.sort,
    lists: useMemo(() => new Map([[theList, filters]]), [filters]),
    belongs: () => true,
    // A row that comes in moves all those below it: not under the pointer, and not while somebody reads further down.
    isHeld: () => {
      const grid = frame.current?.querySelector('[role="grid"]')
      return frame.current?.matches(':hover') === true || (grid?.scrollTop ?? 0) > 8
    },
  })

  const show = useCallback(
    (order: OrderSummary) => {
      setActiveId(order.id)
      change({ order: order.id })
    },
    [change],
  )
  const step = (by: number): (() => void) | undefined => {
    const next = rows[rows.findIndex(({ id }) => id === state.order) + by]
    return next && state.order !== null ? () => show(next) : undefined
  }
  const ship = rights.can('parcels.create') && rights.can('carriers.read')
  const ticked = useMemo(() => [...selection.ids], [selection])

  return (
    <OrdersChrome
      layout="edge"
      actions={
        <>
          <span className={classes.newsPlace} aria-live="polite">
            {arrivals > 0 && (
              <button type="button" className={classes.news} onClick={() => release()}>
                <IconArrowUp size={14} stroke={1.75} aria-hidden />
                {t('news.rows', { count: arrivals })}
              </button>
            )}
          </span>
          <ColumnsMenu
            shown={shown}
            onShown={(next) => {
              keepColumns(next)
              setShown(next)
            }}
          />
        </>
      }
      toolbar={
        <>
          <SearchField filters={filters} onFilters={change} label={t('filter.table')} />
          <TableFilters filters={filters} onFilters={change} />
          <span className={classes.divider} aria-hidden />
          <QuickFilters filters={filters} onFilters={change} />
          <span className={classes.atEnd}>{count && <Count count={count.count} capped={count.capped} />}</span>
        </>
      }
      panel={
        state.order !== null && (
          <OrderPanel
            key={state.order}
            id={state.order}
            onClose={() => change({ order: null })}
            onPrevious={step(-1)}
            onNext={step(1)}
          />
        )
      }
    >
      {query.isError && !query.data && (
        <ErrorState
          title={t('board.unreadWhole')}
          code={problemCode(query.error)}
          actions={<Button onClick={() => void query.refetch()}>{t('board.readAgain')}</Button>}
        >
          {problemText(query.error)}
        </ErrorState>
      )}
      {query.isPending && <SkeletonRows rows={12} label={t('title')} />}
      {query.data && rows.length === 0 && <NoRows filters={filters} onFilters={change} />}
      {query.data && rows.length > 0 && (
        <div ref={frame} className={tableClasses.table}>
          <DataGrid
            label={t('title')}
            rows={rows}
            rowId={({ id }) => id}
            rowLabel={({ number }) => `#${number}`}
            columns={columns}
            hiddenColumns={optionalColumns.filter((column) => !shown.includes(column))}
            activeId={activeId}
            onActive={(id) => {
              setActiveId(id)
              if (state.order !== null) change({ order: id })
            }}
            // The first opens it beside the list, the second on its own page.
            onOpen={(order) => (state.order === order.id ? void navigate(paths.order(order.id)) : show(order))}
            onPreview={show}
            {...(ship ? { selection, onSelection: setSelection } : {})}
            sort={state.sort}
            onSort={(sort) => change({ sort: orderSorts.find((known) => known === sort) ?? state.sort })}
            hasMore={query.hasNextPage && !query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
            card={(order) => (
              <OrderCard
                order={order}
                stage={pipeline?.stages.find(({ id }) => id === order.stageId)}
                place={placeOf(order.shippingAddress, cityName)}
              />
            )}
            cardHeight={96}
            autoFocus
          />
          {ticked.length > 0 && <BulkBar ids={ticked} onLeave={() => setSelection(noSelection)} />}
        </div>
      )}
    </OrdersChrome>
  )
}
