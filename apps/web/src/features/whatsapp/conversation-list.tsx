import { type Conversation, type ConversationFilter, conversationFilters } from '@sendocki/domain/whatsapp/conversation'
import { IconBellOff, IconBrandWhatsapp, IconSparkles } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { formatAge } from '../../lib/format.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { useNow } from '../../ui/clock.ts'
import { Count, Phone, Words } from '../../ui/numbers.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { StageName } from '../../ui/states.tsx'
import classes from './inbox.module.css'
import { HourOrDay } from './moment.tsx'
import { conversationsQuery, countsQuery, type InboxFilters, pipelineQuery } from './whatsapp.api.ts'
import { kindWord, nameOf, stageWord } from './words.ts'

interface ConversationListProps {
  readonly filters: InboxFilters
  readonly open: string | null
  readonly hasNumbers: boolean
  readonly onFilter: (filter: ConversationFilter) => void
  readonly onSearch: (q: string | null) => void
  readonly onOpen: (id: string) => void
}

/** The first column: search, four filters, conversations with what waits in each. */
export const ConversationList = ({ filters, open, hasNumbers, onFilter, onSearch, onOpen }: ConversationListProps) => {
  const { t } = useTranslation('whatsapp')
  const can = useCan()
  const search = useRef<HTMLInputElement>(null)
  const { data: counts } = useQuery(countsQuery)
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    conversationsQuery(filters),
  )
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  const step = (by: 1 | -1) => {
    const next = rows[rows.findIndex(({ id }) => id === open) + by]
    if (next) onOpen(next.id)
  }
  useShortcuts([
    { keys: '/', label: t('inbox.search'), run: () => search.current?.focus() },
    { keys: 'j', label: t('inbox.list'), run: () => step(1) },
    { keys: 'k', label: t('inbox.list'), run: () => step(-1) },
  ])
  const countOf = { all: undefined, unread: counts?.unread, mine: counts?.mine, no_reply: counts?.noReply }
  return (
    <section className={classes.listColumn} aria-label={t('inbox.list')}>
      <div className={classes.listHead}>
        <SearchField label={t('inbox.search')} value={filters.q} onChange={onSearch} keyHint="/" input={search} />
        <div className={classes.filters}>
          {conversationFilters.map((filter) => {
            const count = countOf[filter]
            return (
              <button
                key={filter}
                type="button"
                aria-pressed={filters.filter === filter}
                className={classes.filter}
                onClick={() => onFilter(filter)}
              >
                {t(`inbox.filters.${filter}`)}
                {count && count.count > 0 && <Count count={count.count} capped={count.capped} />}
              </button>
            )
          })}
        </div>
      </div>
      <div className={classes.listBody}>
        {isPending && <SkeletonRows label={t('inbox.loading')} />}
        {error && !data && (
          <ErrorState
            title={t('inbox.loadFailed')}
            code={problemCode(error)}
            actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
          >
            {problemText(error)}
          </ErrorState>
        )}
        {data && rows.length === 0 && (
          <Empty
            icon={<IconBrandWhatsapp size={22} stroke={1.75} />}
            title={t(filters.q || filters.filter !== 'all' ? 'inbox.noneFound' : 'inbox.none')}
            action={
              !hasNumbers &&
              can('whatsapp.edit') && <ButtonLink to="/settings/whatsapp">{t('inbox.settings')}</ButtonLink>
            }
          >
            {filters.q || filters.filter !== 'all' ? undefined : t('inbox.noneHint')}
          </Empty>
        )}
        <ul>
          {rows.map((row) => (
            <li key={row.id}>
              <Row conversation={row} active={row.id === open} onOpen={() => onOpen(row.id)} />
            </li>
          ))}
        </ul>
        {hasNextPage && (
          <div className={classes.more}>
            <Button pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t('more')}
            </Button>
          </div>
        )}
      </div>
    </section>
  )
}

interface RowProps {
  readonly conversation: Conversation
  readonly active: boolean
  readonly onOpen: () => void
}

const Row = ({ conversation, active, onOpen }: RowProps) => {
  const { t } = useTranslation('whatsapp')
  const { data: pipeline } = useQuery(pipelineQuery)
  const { contact, order, last, unreadCount, proposal, assignee } = conversation
  const stage = pipeline?.stages.find(({ id }) => id === order?.stageId)
  const name = nameOf(conversation)
  return (
    <button type="button" className={classes.row} aria-current={active || undefined} onClick={onOpen}>
      <Avatar name={name ?? '?'} size={32} named />
      <span className={classes.rowBody}>
        <span className={classes.rowLine}>
          <strong className="truncate">
            {name ? <Words>{name}</Words> : contact.phone ? <Phone phone={contact.phone} /> : t('inbox.unknown')}
          </strong>
          <span className={classes.at} data-unread={unreadCount > 0 || undefined}>
            <HourOrDay instant={conversation.lastAt} />
          </span>
        </span>
        <span className={classes.rowLine}>
          <span className={`truncate ${classes.said}`} dir="auto">
            {last && (last.text ? <Words>{last.text}</Words> : t(`inbox.kinds.${kindWord(last.kind)}`))}
          </span>
          {unreadCount > 0 && (
            <span className={classes.badge}>
              <Count count={unreadCount} />
              <span className="visually-hidden">{t('inbox.unread', { some: unreadCount })}</span>
            </span>
          )}
        </span>
        <span className={classes.rowLine} data-quiet>
          {stage ? (
            <StageName name={stageWord(stage)} state={stage.state} colour={stage.colour} />
          ) : (
            <span>{conversation.customerId === null ? t('inbox.unknown') : ''}</span>
          )}
          <Aside conversation={conversation} proposal={proposal} assignee={assignee?.name ?? null} />
        </span>
      </span>
    </button>
  )
}

/** The one thing worth knowing at the end of a row: what is proposed, who waits, who has it. */
const Aside = ({
  conversation,
  proposal,
  assignee,
}: {
  conversation: Conversation
  proposal: Conversation['proposal']
  assignee: string | null
}) => {
  const { t } = useTranslation('whatsapp')
  const now = useNow()
  if (proposal)
    return (
      <span className={classes.proposed}>
        <IconSparkles size={14} stroke={1.75} aria-hidden />
        {t(`inbox.said.${proposal}`)}
      </span>
    )
  if (conversation.contact.optedOutAt)
    return (
      <span>
        <IconBellOff size={14} stroke={1.75} aria-hidden /> {t('inbox.optedOut')}
      </span>
    )
  const { waitingSince } = conversation
  if (waitingSince) {
    // Of the first minute there is nothing to count yet.
    const counts = now.getTime() - Date.parse(waitingSince) >= 60_000
    const age = formatAge(waitingSince, now, currentLanguage())
    return <span className={classes.waits}>{counts ? t('inbox.waitsFor', { age }) : t('inbox.waits')}</span>
  }
  return assignee ? <Words>{assignee}</Words> : null
}
