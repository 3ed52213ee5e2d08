import { type AutomationRun, runStatuses } from '@sendocki/domain/automations/automation'
import { IconMessageBolt } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { among, text, useUrlState } from '../../lib/url-state.ts'
import { Button } from '../../ui/button.tsx'
import { FilterPill } from '../../ui/chip.tsx'
import { DataGrid } from '../../ui/data-grid.tsx'
import type { GridColumn } from '../../ui/grid-layout.ts'
import { MenuPill } from '../../ui/menu-pill.tsx'
import { OrderNumber, Words } from '../../ui/numbers.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { When } from '../../ui/when.tsx'
import { automationsQuery, runsQuery } from './automations.api.ts'
import { RunChip } from './run-chip.tsx'
import { RunPanel } from './run-panel.tsx'

const shape = { status: among(runStatuses), automationId: text, orderId: text, open: text }

/** What the buyer answered last: the button's words, or that they wrote. */
const useAnswer = () => {
  const { t } = useTranslation('automations')
  return ({ answers, buttons }: AutomationRun): string | null => {
    const last = answers.at(-1)
    if (!last) return null
    return buttons.find(({ index }) => index === last.index)?.text ?? t('outcome.text')
  }
}

/** Every message of an automation, newest first, with what became of it. */
export const RunsPage = () => {
  const { t } = useTranslation('automations')
  const [state, change] = useUrlState(shape)
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    runsQuery(state),
  )
  const { data: automations } = useQuery(automationsQuery)
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  const columns = useColumns()
  const answerOf = useAnswer()
  const isFiltered = state.status !== null || state.automationId !== null || state.orderId !== null
  const clear = () => change({ status: null, automationId: null, orderId: null, open: null })
  const toolbar = (
    <>
      <MenuPill
        label={t('run.statusLabel')}
        rest={t('run.allStatuses')}
        choices={runStatuses.map((value) => ({ value, label: t(`status.${value}`) }))}
        value={state.status}
        onChange={(status) => change({ status, open: null })}
      />
      <MenuPill
        label={t('run.automation')}
        rest={t('run.allAutomations')}
        choices={(automations?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={state.automationId}
        onChange={(automationId) => change({ automationId, open: null })}
      />
      {state.orderId !== null && (
        <FilterPill label={t('run.ofOrder')} active onClear={() => change({ orderId: null, open: null })} />
      )}
    </>
  )
  return (
    <Page
      title={t('run.title')}
      toolbar={toolbar}
      layout="edge"
      panel={state.open && <RunPanel key={state.open} id={state.open} onClose={() => change({ open: null })} />}
    >
      {isPending && <SkeletonRows label={t('run.loading')} />}
      {error && !data && (
        <ErrorState
          title={t('run.loadFailed')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {data && rows.length === 0 && (
        <Empty
          icon={<IconMessageBolt size={22} stroke={1.75} />}
          title={t(isFiltered ? 'run.noneFiltered' : 'run.none')}
          action={isFiltered && <Button onClick={clear}>{t('run.clear')}</Button>}
        >
          {!isFiltered && t('run.noneHint')}
        </Empty>
      )}
      {rows.length > 0 && (
        <DataGrid
          label={t('run.title')}
          rows={rows}
          rowId={({ id }) => id}
          rowLabel={({ orderNumber, automationName }) => `#${orderNumber} ${automationName}`}
          columns={columns}
          activeId={state.open}
          onActive={(id) => state.open && change({ open: id })}
          onOpen={({ id }) => change({ open: id })}
          onPreview={({ id }) => change({ open: state.open === id ? null : id })}
          hasMore={hasNextPage && !isFetchingNextPage}
          onMore={() => void fetchNextPage()}
          card={(run) => (
            <>
              <OrderNumber number={run.orderNumber} /> <Words>{run.customerName}</Words>
              <div className="truncate">
                <RunChip status={run.status} /> {answerOf(run) ?? run.automationName}
              </div>
            </>
          )}
          cardHeight={68}
        />
      )}
    </Page>
  )
}

const useColumns = (): GridColumn<AutomationRun>[] => {
  const { t } = useTranslation('automations')
  const answerOf = useAnswer()
  return [
    {
      id: 'order',
      header: t('run.order'),
      width: 110,
      frozen: true,
      cell: ({ orderNumber }) => <OrderNumber number={orderNumber} />,
    },
    {
      id: 'customer',
      header: t('run.customer'),
      width: 200,
      grow: true,
      cell: ({ customerName }) => <Words>{customerName}</Words>,
    },
    {
      id: 'automation',
      header: t('run.automation'),
      width: 220,
      grow: true,
      cell: ({ automationName }) => <Words>{automationName}</Words>,
    },
    { id: 'status', header: t('run.statusLabel'), width: 130, cell: ({ status }) => <RunChip status={status} /> },
    {
      id: 'when',
      header: t('run.when'),
      width: 150,
      cell: ({ sentAt, scheduledAt }) => <When instant={sentAt ?? scheduledAt} />,
    },
    {
      id: 'answer',
      header: t('run.answer'),
      width: 180,
      cell: (run) => {
        const answer = answerOf(run)
        return answer === null ? null : <Words>{answer}</Words>
      },
    },
  ]
}
