import type { CollectionStatus } from '@sendocki/domain/cash/collection'
import { collectionSorts, collectionStatuses } from '@sendocki/domain/cash/collection'
import { ageBuckets } from '@sendocki/domain/time'
import { IconCash, IconFilterOff } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { openMembership, useCan, useMe } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useUrlState } from '../../lib/url-state.ts'
import { WithBulkBar } from '../../ui/bulk-bar.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { DataGrid } from '../../ui/data-grid.tsx'
import { type GridSelection, noSelection } from '../../ui/grid-selection.ts'
import { MenuPill } from '../../ui/menu-pill.tsx'
import { Count } from '../../ui/numbers.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { Views } from '../../ui/views.tsx'
import { collectionsQuery, summaryQuery } from './cash.api.ts'
import { type CollectionState, collectionShape } from './filters.ts'
import { MarkBar } from './mark-bar.tsx'
import { Summary } from './summary.tsx'
import { countOf, marksFrom, rowIdOf, tickedRows } from './sums.ts'
import { CollectionCard, useCollectionColumns } from './use-columns.tsx'

/** The carriers whose cash is counted, by account. */
const useCarrierNames = (): ReadonlyMap<string, string> => {
  const { data } = useQuery(summaryQuery)
  return useMemo(
    () => new Map(data?.items.map(({ carrierAccountId, carrierName }) => [carrierAccountId, carrierName])),
    [data],
  )
}

/** Delivery → Collection: the cash that carriers hold, what has come, and what is disputed. */
export const CollectionPage = () => {
  const { t } = useTranslation('cash')
  const membership = openMembership(useMe())
  const can = useCan()
  const [state, change] = useUrlState<CollectionState>(collectionShape)
  const { status, age, carrierAccountId } = state
  const seesSums = !membership?.role.masks.some((mask) => mask === 'financials')
  return (
    <Page
      title={t('title')}
      layout="edge"
      actions={can('cash.edit') && <ButtonLink to="/carrier-files?kind=payout">{t('paste')}</ButtonLink>}
      views={<StatusViews current={status} />}
      toolbar={<Filters state={state} onChange={change} />}
    >
      {seesSums && <Summary status={status} age={age} carrierAccountId={carrierAccountId} onChoose={change} />}
      <Collections key={status} state={state} onChange={change} />
    </Page>
  )
}

const StatusViews = ({ current }: { current: CollectionStatus }) => {
  const { t } = useTranslation('cash')
  const { data } = useQuery(summaryQuery)
  return (
    <Views
      label={t('views.label')}
      current={current}
      views={collectionStatuses.map((status) => ({
        id: status,
        to: status === 'due' ? '/collection' : `/collection?status=${status}`,
        name: t(`status.${status}`),
        ...(data ? { count: <Count count={countOf(data.items, status)} /> } : {}),
      }))}
    />
  )
}

interface PartProps {
  readonly state: CollectionState
  readonly onChange: (changes: Partial<CollectionState>) => void
}

const Filters = ({ state, onChange }: PartProps) => {
  const { t } = useTranslation('cash')
  const names = useCarrierNames()
  return (
    <>
      <MenuPill
        label={t('filter.age')}
        rest={t('filter.all')}
        choices={ageBuckets.map((value) => ({ value, label: t(`age.${value}`) }))}
        value={state.age}
        onChange={(age) => onChange({ age })}
      />
      {(names.size > 1 || state.carrierAccountId !== null) && (
        <MenuPill
          label={t('filter.carrier')}
          rest={t('filter.all')}
          choices={[...names].map(([value, label]) => ({ value, label }))}
          value={state.carrierAccountId}
          onChange={(carrierAccountId) => onChange({ carrierAccountId })}
        />
      )}
    </>
  )
}

const Collections = ({ state, onChange }: PartProps) => {
  const { t } = useTranslation('cash')
  const can = useCan()
  const navigate = useNavigate()
  const query = useInfiniteQuery(collectionsQuery(state))
  const rows = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data])
  const columns = useCollectionColumns(state.status, useCarrierNames())
  const [activeId, setActiveId] = useState<string | null>(null)
  const [selection, setSelection] = useState<GridSelection>(noSelection)
  const ticked = useMemo(() => tickedRows(rows, selection.ids), [rows, selection])
  const markable = can('cash.edit') && marksFrom(state.status).length > 0
  return (
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
      {query.data && rows.length === 0 && <NoCollections state={state} onChange={onChange} />}
      {rows.length > 0 && (
        <DataGrid
          label={t(`status.${state.status}`)}
          rows={rows}
          rowId={rowIdOf}
          rowLabel={({ orderNumber }) => `#${orderNumber}`}
          columns={columns}
          activeId={rows.some((row) => rowIdOf(row) === activeId) ? activeId : null}
          onActive={setActiveId}
          onOpen={({ orderId }) => void navigate(`/orders/${orderId}`)}
          {...(markable ? { selection, onSelection: setSelection } : {})}
          sort={state.sort}
          onSort={(sort) => onChange({ sort: collectionSorts.find((known) => known === sort) ?? state.sort })}
          hasMore={query.hasNextPage && !query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
          card={CollectionCard}
        />
      )}
      {ticked.length > 0 && (
        <MarkBar rows={ticked} marks={marksFrom(state.status)} onLeave={() => setSelection(noSelection)} />
      )}
    </WithBulkBar>
  )
}

const NoCollections = ({ state, onChange }: PartProps) => {
  const { t } = useTranslation('cash')
  if (state.age !== null || state.carrierAccountId !== null)
    return (
      <Empty
        icon={<IconFilterOff size={22} stroke={1.75} />}
        title={t('noneFiltered')}
        action={<Button onClick={() => onChange({ age: null, carrierAccountId: null })}>{t('clear')}</Button>}
      />
    )
  return (
    <Empty icon={<IconCash size={22} stroke={1.75} />} title={t(`none.${state.status}`)}>
      {t(`noneHint.${state.status}`)}
    </Empty>
  )
}
