import type { OrderSummary } from '@sendocki/domain/orders/order'
import { IconArrowUp, IconDownload, IconUpload } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useFreshFigures } from '../../lib/fresh-figures.ts'
import { useCityName } from '../../lib/places.ts'
import { type Density, keepPreference, keptDensity, preferenceKeys } from '../../lib/preferences.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { useUrlState } from '../../lib/url-state.ts'
import { useViewLook } from '../../lib/use-view-look.ts'
import { viewsQuery } from '../../lib/views.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { ColumnsMenu } from '../../ui/columns-menu.tsx'
import { DataGrid } from '../../ui/data-grid.tsx'
import { type GridSelection, noSelection } from '../../ui/grid-selection.ts'
import { Count } from '../../ui/numbers.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { BulkDialog } from './bulk/bulk-dialog.tsx'
import { useBulk } from './bulk/use-bulk.tsx'
import { OrdersChrome } from './chrome.tsx'
import { ExportDialog } from './export/export-dialog.tsx'
import { filtersOf, isFiltered, type ListState, listShape } from './filters.ts'
import { useLiveLists } from './live-lists.ts'
import { NoRows } from './no-rows.tsx'
import { countQuery, listQuery, pipelineQuery } from './orders.api.ts'
import classes from './orders.module.css'
import { orderSorts, ordersIn } from './pages.ts'
import { OrderPanel } from './panel/order-panel.tsx'
import { paths } from './paths.ts'
import { useRights } from './rights.ts'
import { BulkBar, canBulk } from './table/bulk-bar.tsx'
import {
  inChosenOrder,
  keepColumns,
  keptColumns,
  knownColumns,
  type OptionalColumn,
  optionalColumns,
} from './table/columns-choice.ts'
import { OrderCard } from './table/order-card.tsx'
import { useOrderColumns } from './table/order-columns.tsx'
import tableClasses from './table/table.module.css'
import { TableFilters } from './table/table-filters.tsx'
import { QuickFilters, SearchField } from './toolbar.tsx'
import { useFreshMarks } from './use-marks.ts'
import { stateOfView } from './views/view-state.ts'
import { ViewTabs } from './views/view-tabs.tsx'
import { placeOf } from './words.tsx'

const theList = 'table'

/** The first cell of the row under the keyboard that can be edited. */
const firstEditable = (frame: HTMLElement | null): HTMLElement | null =>
  frame?.querySelector<HTMLElement>('[role="row"][tabindex="0"] [data-edit]') ?? null

/** A list that is opened without a filter opens the view that its member has chosen for that, once. */
const useDefaultView = (state: ListState, change: (changes: Partial<ListState>) => void): void => {
  const { data } = useQuery(viewsQuery('orders'))
  const settled = useRef(false)
  useEffect(() => {
    if (!data || settled.current) return
    settled.current = true
    const view = data.items.find(({ isDefault }) => isDefault)
    if (!view || isFiltered(filtersOf(state)) || state.view !== null) return
    const { filters, sort } = stateOfView(view)
    change({ ...filters, sort, view: view.id })
  }, [data, state, change])
}

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
  useFreshMarks()
  const rows = useMemo(() => ordersIn(query.data?.pages ?? []), [query.data])
  const mayEdit = rights.can('orders.edit')
  const mayAssign = rights.can('orders.assign') && rights.can('members.read')
  const columns = useOrderColumns(
    pipeline,
    useMemo(() => ({ fields: mayEdit, assignee: mayAssign }), [mayEdit, mayAssign]),
  )
  const [shown, setShown] = useState(keptColumns)
  const inOrder = useMemo(() => inChosenOrder(columns, shown), [columns, shown])
  const [activeId, setActiveId] = useState<string | null>(state.order)
  const [selection, setSelection] = useState<GridSelection>(noSelection)
  const [density, chooseDensity] = useState(keptDensity)
  const setDensity = (next: Density): void => {
    keepPreference(preferenceKeys.density, next === 'comfortable' ? null : next)
    document.documentElement.dataset['density'] = next
    chooseDensity(next)
  }
  const frame = useRef<HTMLDivElement>(null)
  const showColumns = (next: readonly OptionalColumn[]): void => {
    keepColumns(next)
    setShown(next)
  }

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
  const ticks = canBulk(rights)
  const ticked = useMemo(() => [...selection.ids], [selection])
  // All that match is a filter, not a list of ids: ticking or unticking a row makes it a list again.
  const [whole, setWhole] = useState(false)
  const select = (next: GridSelection): void => {
    setWhole(false)
    setSelection(next)
  }
  const leave = useCallback((): void => {
    setWhole(false)
    setSelection(noSelection)
  }, [])
  const bulk = useBulk(leave)
  const allTicked = count !== undefined && !count.capped && ticked.length >= count.count
  const [exporting, setExporting] = useState(false)
  const address = JSON.stringify(filters)
  useEffect(() => leave(), [address, leave])
  useDefaultView(state, change)
  useViewLook('orders', state.view, (look) => {
    if (look.columns) showColumns(knownColumns(look.columns))
    if (look.density) setDensity(look.density)
  })
  useShortcuts([{ keys: 'e', label: t('inline.key'), run: () => firstEditable(frame.current)?.focus() }])

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
          {rights.can('customers.import') && rights.can('orders.create') && (
            <ButtonLink
              to="/settings/imports?kind=orders"
              variant="quiet"
              icon={<IconUpload size={16} stroke={1.75} aria-hidden />}
            >
              {t('importPast')}
            </ButtonLink>
          )}
          {rights.can('orders.export') && (
            <Button
              variant="quiet"
              icon={<IconDownload size={16} stroke={1.75} aria-hidden />}
              onClick={() => setExporting(true)}
            >
              {t('export.action')}
            </Button>
          )}
        </>
      }
      toolbar={
        <>
          <ViewTabs
            shown={{ filters, sort: state.sort }}
            viewId={state.view}
            columns={shown}
            density={density}
            onOpen={(view, next) => change({ ...next.filters, sort: next.sort, view: view?.id ?? null })}
          />
          <SearchField filters={filters} onFilters={change} label={t('filter.table')} />
          <TableFilters filters={filters} onFilters={change} />
          <span className={classes.divider} aria-hidden />
          <QuickFilters filters={filters} onFilters={change} />
          <span className={classes.atEnd}>
            {count && <Count count={count.count} capped={count.capped} />}
            <ColumnsMenu
              columns={optionalColumns}
              shown={shown}
              nameOf={(column) => t(`column.${column}`)}
              onShown={showColumns}
            />
          </span>
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
            // Rows of another height are laid out anew.
            key={density}
            label={t('title')}
            rows={rows}
            rowId={({ id }) => id}
            rowLabel={({ number }) => `#${number}`}
            columns={inOrder}
            activeId={activeId}
            onActive={(id) => {
              setActiveId(id)
              if (state.order !== null) change({ order: id })
            }}
            // The first opens it beside the list, the second on its own page.
            onOpen={(order) => (state.order === order.id ? void navigate(paths.order(order.id)) : show(order))}
            onPreview={show}
            {...(ticks ? { selection, onSelection: select } : {})}
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
          {(ticked.length > 0 || whole) && (
            <BulkBar
              rights={rights}
              ids={whole ? null : ticked}
              matching={count && <Count count={count.count} capped={count.capped} />}
              onAll={whole || allTicked ? null : () => setWhole(true)}
              onWish={(wish) => void bulk.start(whole ? { filters } : { ids: ticked }, wish, { dryRun: true })}
              onLeave={leave}
            />
          )}
        </div>
      )}
      <BulkDialog bulk={bulk} />
      {exporting && <ExportDialog opened filters={filters} shown={shown} onClose={() => setExporting(false)} />}
    </OrdersChrome>
  )
}
