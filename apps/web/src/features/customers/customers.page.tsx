import { IconDownload, IconSearchOff, IconUpload, IconUsers } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { useUrlState } from '../../lib/url-state.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { FilterPill } from '../../ui/chip.tsx'
import { DataGrid } from '../../ui/data-grid.tsx'
import { Count } from '../../ui/numbers.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { CustomerLine, useColumns } from './columns.tsx'
import { CustomerPanel } from './customer-panel.tsx'
import { customersCountQuery, customersQuery } from './customers.api.ts'
import { ExportDialog } from './export-dialog.tsx'
import { isFiltered, listShape, withoutFilters } from './filters.ts'
import { CityPill, SegmentPill, SortPill } from './pills.tsx'

/** Customers: who buys, how often, and whether it arrives. */
export const CustomersPage = () => {
  const { t } = useTranslation('customers')
  const [state, change] = useUrlState(listShape)
  const { open, ...filters } = state
  const search = useRef<HTMLInputElement>(null)
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    customersQuery(filters),
  )
  const { data: counted } = useQuery(customersCountQuery(filters))
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  const columns = useColumns()
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
          {can('customers.export') && (
            <Button icon={<IconDownload size={16} stroke={1.75} aria-hidden />} onClick={() => setExporting(true)}>
              {t('export.action')}
            </Button>
          )}
        </>
      }
      toolbar={
        <>
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
      panel={open && <CustomerPanel key={open} id={open} onClose={() => change({ open: null })} />}
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
          columns={columns}
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
