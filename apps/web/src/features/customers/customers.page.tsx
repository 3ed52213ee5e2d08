import { IconDownload, IconSearchOff, IconUpload, IconUsers } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { useUrlState } from '../../lib/url-state.ts'
import { useViewLook } from '../../lib/use-view-look.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { FilterPill } from '../../ui/chip.tsx'
import { ColumnsMenu } from '../../ui/columns-menu.tsx'
import { DataGrid } from '../../ui/data-grid.tsx'
import { Count } from '../../ui/numbers.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { CustomerLine, useColumns } from './columns.tsx'
import { columns, type OptionalColumn, optionalColumns } from './columns-choice.ts'
import { CustomerPanel } from './customer-panel.tsx'
import { customersCountQuery, customersQuery } from './customers.api.ts'
import { ExportDialog } from './export-dialog.tsx'
import { type CustomerFilters, isFiltered, listShape, withoutFilters } from './filters.ts'
import { CityPill, SegmentPill, SortPill } from './pills.tsx'
import { useDefaultView, ViewTabs } from './view-tabs.tsx'

const nameOfColumn = (all: ReturnType<typeof useColumns>, column: OptionalColumn): string => {
  const header = all.find(({ id }) => id === column)?.header
  return typeof header === 'string' ? header : column
}

/** Customers: who buys, how often, and whether it arrives. */
export const CustomersPage = () => {
  const { t } = useTranslation('customers')
  const [state, change] = useUrlState(listShape)
  const { open, merge, view, ...filters } = state
  const search = useRef<HTMLInputElement>(null)
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    customersQuery(filters),
  )
  const { data: counted } = useQuery(customersCountQuery(filters))
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  const allColumns = useColumns()
  const [shown, setShown] = useState(columns.kept)
  const inOrder = useMemo(() => columns.inOrder(allColumns, shown), [allColumns, shown])
  const offered = optionalColumns.filter((column) => allColumns.some(({ id }) => id === column))
  const showColumns = (next: readonly OptionalColumn[]): void => {
    columns.keep(next)
    setShown(next)
  }
  const openView = useCallback(
    (viewId: string | null, next: CustomerFilters) => change({ ...next, view: viewId, open: null }),
    [change],
  )
  useDefaultView(filters, view, openView)
  useViewLook('customers', view, (look) => {
    if (look.columns) showColumns(columns.known(look.columns))
  })
  useShortcuts([{ keys: '/', label: t('search'), run: () => search.current?.focus() }])
  const can = useCan()
  const [exporting, setExporting] = useState(false)
  const clear = () => change(withoutFilters)
  return (
    <Page
      title={t('title')}
      layout="edge"
      actions={
        <>
          {can('customers.import') && (
            <ButtonLink
              to="/settings/imports?kind=customers"
              variant="quiet"
              icon={<IconUpload size={16} stroke={1.75} aria-hidden />}
            >
              {t('import')}
            </ButtonLink>
          )}
          <ColumnsMenu
            columns={offered}
            shown={shown.filter((column) => offered.includes(column))}
            nameOf={(column) => nameOfColumn(allColumns, column)}
            onShown={showColumns}
          />
          {can('customers.export') && (
            <Button icon={<IconDownload size={16} stroke={1.75} aria-hidden />} onClick={() => setExporting(true)}>
              {t('export.action')}
            </Button>
          )}
        </>
      }
      toolbar={
        <>
          <ViewTabs shown={filters} viewId={view} columns={shown} onOpen={openView} />
          <SearchField label={t('search')} value={state.q} onChange={(q) => change({ q })} keyHint="/" input={search} />
          <CityPill city={state.city} onCity={(city) => change({ city, open: null })} />
          <SegmentPill segment={state.segment} onSegment={(segment) => change({ segment, open: null })} />
          {state.tag !== null && (
            <FilterPill label={t('form.tags')} value={state.tag} active onClear={() => change({ tag: null })} />
          )}
          <FilterPill
            label={t('blockedOnly')}
            active={state.blocked}
            aria-pressed={state.blocked}
            onClear={() => change({ blocked: false, open: null })}
            onClick={() => change({ blocked: !state.blocked, open: null })}
          />
          <SortPill sort={state.sort} onSort={(sort) => change({ sort })} />
          {counted && <Count count={counted.count} capped={counted.capped} />}
        </>
      }
      panel={
        open && (
          <CustomerPanel
            key={open}
            id={open}
            mergeWith={merge}
            onMergeDone={() => change({ merge: null })}
            onClose={() => change({ open: null, merge: null })}
          />
        )
      }
    >
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
      {data && rows.length === 0 && <NoCustomers filtered={isFiltered(filters)} onClear={clear} />}
      {rows.length > 0 && (
        <DataGrid
          label={t('title')}
          rows={rows}
          rowId={({ id }) => id}
          rowLabel={({ name }) => name}
          columns={inOrder}
          activeId={open}
          onActive={(id) => open && change({ open: id })}
          onOpen={({ id }) => change({ open: id })}
          onPreview={({ id }) => change({ open: open === id ? null : id })}
          hasMore={hasNextPage && !isFetchingNextPage}
          onMore={() => void fetchNextPage()}
          card={CustomerLine}
          cardHeight={88}
        />
      )}
      <ExportDialog opened={exporting} onClose={() => setExporting(false)} filters={filters} />
    </Page>
  )
}

const NoCustomers = ({ filtered, onClear }: { filtered: boolean; onClear: () => void }) => {
  const { t } = useTranslation('customers')
  const can = useCan()
  if (filtered)
    return (
      <Empty
        icon={<IconSearchOff size={22} stroke={1.75} />}
        title={t('noneFiltered')}
        action={<Button onClick={onClear}>{t('clear')}</Button>}
      />
    )
  return (
    <Empty
      icon={<IconUsers size={22} stroke={1.75} />}
      title={t('none')}
      action={can('customers.import') && <ButtonLink to="/settings/imports?kind=customers">{t('import')}</ButtonLink>}
    >
      {t('noneHint')}
    </Empty>
  )
}
