import { IconFilterOff, IconPackage } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { useUrlState } from '../../lib/url-state.ts'
import { BulkBar, WithBulkBar } from '../../ui/bulk-bar.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { DataGrid } from '../../ui/data-grid.tsx'
import { type GridSelection, noSelection } from '../../ui/grid-selection.ts'
import { Page } from '../../ui/page.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { Views } from '../../ui/views.tsx'
import { filtersOf, isFiltered, noFilters, type ParcelFilters, type ParcelsState, parcelsShape } from './filters.ts'
import { SheetButton, StatusButton } from './hand.tsx'
import { LabelsButton, PickupButton, PrintButton } from './papers.tsx'
import { ParcelCard, ParcelFiltersBar, useParcelColumns } from './parcel-list.tsx'
import { ParcelPanel } from './parcel-panel.tsx'
import { parcelsQuery } from './parcels.api.ts'
import { ShipList } from './ship-list.tsx'
import { useManualAccounts } from './use-carrier-names.ts'

/** Delivery → Parcels: every parcel with its news, and the orders that still wait for one. */
export const ParcelsPage = () => {
  const { t } = useTranslation('parcels')
  const can = useCan()
  const [state, change] = useUrlState<ParcelsState>(parcelsShape)
  const filters = useMemo(() => filtersOf(state), [state])
  const toShip = state.view === 'to_ship' && can('parcels.create')
  const views = can('parcels.create') && (
    <Views
      label={t('views.label')}
      current={toShip ? 'to_ship' : 'all'}
      views={[
        { id: 'all', to: '/parcels', name: t('views.all') },
        { id: 'to_ship', to: '/parcels?view=to_ship', name: t('views.toShip') },
      ]}
    />
  )
  if (toShip)
    return (
      <Page title={t('title')} views={views} layout="edge">
        <ShipList />
      </Page>
    )
  return <ParcelsView views={views} filters={filters} openId={state.parcel} onChange={change} />
}

interface ParcelsViewProps {
  readonly views: ReactNode
  readonly filters: ParcelFilters
  readonly openId: string | null
  readonly onChange: (changes: Partial<ParcelsState>) => void
}

const ParcelsView = ({ views, filters, openId, onChange }: ParcelsViewProps) => {
  const { t } = useTranslation('parcels')
  const can = useCan()
  const query = useInfiniteQuery(parcelsQuery(filters))
  const rows = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data])
  const columns = useParcelColumns()
  const manual = useManualAccounts()
  const [activeId, setActiveId] = useState<string | null>(openId)
  const [selection, setSelection] = useState<GridSelection>(noSelection)
  const ticked = useMemo(() => rows.filter(({ id }) => selection.ids.has(id)), [rows, selection])
  const leave = () => setSelection(noSelection)
  const close = () => onChange({ parcel: null })
  // First the ticks are left, then the panel.
  const escape = ticked.length > 0 ? leave : close
  useShortcuts([{ keys: 'Escape', run: escape }], { on: ticked.length > 0 || openId !== null })

  const narrow = (changes: Partial<ParcelFilters>): void => {
    leave()
    onChange({ ...changes, parcel: null })
  }
  const step = (by: number): (() => void) | undefined => {
    const next = openId === null ? undefined : rows[rows.findIndex(({ id }) => id === openId) + by]
    return next && (() => onChange({ parcel: next.id }))
  }
  return (
    <Page
      title={t('title')}
      views={views}
      layout="edge"
      actions={
        can('parcels.edit') &&
        manual.size > 0 && <ButtonLink to="/carrier-files?kind=tracking">{t('sheet.load')}</ButtonLink>
      }
      toolbar={<ParcelFiltersBar filters={filters} onChange={narrow} />}
      panel={
        openId !== null && (
          <ParcelPanel key={openId} id={openId} onClose={close} onPrevious={step(-1)} onNext={step(1)} />
        )
      }
    >
      <WithBulkBar>
        {query.isPending && <SkeletonRows label={t('loading')} />}
        {query.error && !query.data && (
          <ErrorState
            title={t('loadFailed')}
            code={problemCode(query.error)}
            actions={<Button onClick={() => void query.refetch()}>{t('tryAgain')}</Button>}
          >
            {problemText(query.error)}
          </ErrorState>
        )}
        {query.data && rows.length === 0 && <NoParcels filters={filters} onClear={() => narrow(noFilters)} />}
        {rows.length > 0 && (
          <DataGrid
            label={t('title')}
            rows={rows}
            rowId={({ id }) => id}
            rowLabel={({ order, reference }) => `#${order.number} ${reference}`}
            columns={columns}
            activeId={rows.some(({ id }) => id === activeId) ? activeId : null}
            onActive={(id) => {
              setActiveId(id)
              if (openId !== null) onChange({ parcel: id })
            }}
            onOpen={({ id }) => onChange({ parcel: id })}
            onPreview={({ id }) => onChange({ parcel: openId === id ? null : id })}
            {...(can('parcels.edit') ? { selection, onSelection: setSelection } : {})}
            hasMore={query.hasNextPage && !query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
            pending={({ booking }) => booking === 'intended' || booking === 'calling'}
            card={ParcelCard}
          />
        )}
        {ticked.length > 0 && (
          <BulkBar label={t('bulk.label')} summary={t('bulk.ticked', { count: ticked.length })} onLeave={leave}>
            <PrintButton parcels={ticked} />
            {ticked.some(({ carrierAccountId }) => manual.has(carrierAccountId)) ? (
              <>
                <SheetButton parcels={ticked} />
                <StatusButton parcels={ticked} onDone={leave} />
              </>
            ) : (
              <>
                <LabelsButton parcels={ticked} onDone={leave} />
                <PickupButton parcels={ticked} onDone={leave} />
              </>
            )}
          </BulkBar>
        )}
      </WithBulkBar>
    </Page>
  )
}

const NoParcels = ({ filters, onClear }: { filters: ParcelFilters; onClear: () => void }) => {
  const { t } = useTranslation('parcels')
  const narrowed = isFiltered(filters)
  return (
    <Empty
      icon={narrowed ? <IconFilterOff size={22} stroke={1.75} /> : <IconPackage size={22} stroke={1.75} />}
      title={t(narrowed ? 'noneFiltered' : 'none')}
      action={narrowed && <Button onClick={onClear}>{t('clear')}</Button>}
    >
      {t(narrowed ? 'noneFilteredHint' : 'noneHint')}
    </Empty>
  )
}
