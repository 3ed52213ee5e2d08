import { IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { eventText } from '../../lib/event-words.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { text, useUrlState } from '../../lib/url-state.ts'
import { Button } from '../../ui/button.tsx'
import { DataGrid } from '../../ui/data-grid.tsx'
import type { GridColumn } from '../../ui/grid-layout.ts'
import { Code, Words } from '../../ui/numbers.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { When } from '../../ui/when.tsx'
import { type AuditEntry, auditQuery } from './audit.api.ts'
import { AuditFilters } from './audit-filters.tsx'
import { AuditPanel } from './audit-panel.tsx'
import { useAuditWords } from './use-audit-words.ts'

const addressed = { actorId: text, subjectKind: text, open: text }

/** Every change, newest first: who, what, when, from where. Reading only. */
export const AuditPage = () => {
  const { t } = useTranslation(['audit', 'common'])
  const [{ actorId, subjectKind, open }, change] = useUrlState(addressed)
  const query = useInfiniteQuery(auditQuery({ actorId, subjectKind }))
  const entries = query.data?.pages.flatMap(({ items }) => items) ?? []
  const opened = entries.find(({ id }) => id === open)
  return (
    <Page
      title={t('title')}
      layout="edge"
      toolbar={<AuditFilters actorId={actorId} subjectKind={subjectKind} onChange={change} />}
      panel={opened && <AuditPanel entry={opened} onClose={() => change({ open: null })} />}
    >
      {query.error && !query.data ? (
        <ErrorState
          title={t('common:problem.readTitle')}
          code={problemCode(query.error)}
          actions={<Button onClick={() => void query.refetch()}>{t('common:ui.retry')}</Button>}
        >
          {problemText(query.error)}
        </ErrorState>
      ) : query.isPending ? (
        <SkeletonRows label={t('common:ui.loading')} />
      ) : entries.length === 0 ? (
        <Empty
          icon={<IconHistory size={22} stroke={1.75} />}
          title={actorId || subjectKind ? t('noneFiltered') : t('none')}
          action={
            (actorId || subjectKind) && (
              <Button onClick={() => change({ actorId: null, subjectKind: null })}>{t('clear')}</Button>
            )
          }
        >
          {t('noneHint')}
        </Empty>
      ) : (
        <AuditGrid
          entries={entries}
          openId={open}
          onOpen={(id) => change({ open: id })}
          hasMore={query.hasNextPage && !query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      )}
    </Page>
  )
}

interface AuditGridProps {
  readonly entries: readonly AuditEntry[]
  readonly openId: string | null
  readonly onOpen: (id: string) => void
  readonly hasMore: boolean
  readonly onMore: () => void
}

const AuditGrid = ({ entries, openId, onOpen, hasMore, onMore }: AuditGridProps) => {
  const { t } = useTranslation('audit')
  const { actorWord, subjectWord } = useAuditWords()
  const columns: readonly GridColumn<AuditEntry>[] = [
    { id: 'when', header: t('when'), width: 150, cell: ({ at }) => <When instant={at} /> },
    { id: 'who', header: t('who'), width: 180, grow: true, cell: (entry) => <Words>{actorWord(entry)}</Words> },
    {
      id: 'what',
      header: t('what'),
      width: 220,
      grow: true,
      cell: ({ type }) => <span className="truncate">{eventText(type)}</span>,
    },
    { id: 'subject', header: t('subject'), width: 180, cell: (entry) => subjectWord(entry) },
    {
      id: 'from',
      header: t('from'),
      width: 150,
      cell: ({ origin }) => origin?.address && <Code>{origin.address}</Code>,
    },
  ]
  return (
    <DataGrid
      label={t('title')}
      rows={entries}
      rowId={({ id }) => id}
      rowLabel={({ type }) => eventText(type)}
      columns={columns}
      activeId={openId}
      onActive={onOpen}
      onOpen={({ id }) => onOpen(id)}
      hasMore={hasMore}
      onMore={onMore}
      card={(entry) => (
        <>
          <strong>{actorWord(entry)}</strong> <When instant={entry.at} />
          <div>{eventText(entry.type)}</div>
        </>
      )}
      cardHeight={68}
    />
  )
}
