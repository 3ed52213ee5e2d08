import { dayOf } from '@sendocki/domain/time'
import type { Conversation } from '@sendocki/domain/whatsapp/conversation'
import type { Message } from '@sendocki/domain/whatsapp/message'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Fragment, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDayName } from '../../lib/format.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/clock.ts'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import inbox from './inbox.module.css'
import { MessageBubble } from './message-bubble.tsx'
import classes from './messages.module.css'
import { markRead, messagesQuery, whatsappKeys } from './whatsapp.api.ts'

/** What is on screen counts as seen, by who may answer. */
export const useSeen = (conversation: Conversation | undefined): void => {
  const can = useCan()
  const queries = useQueryClient()
  const { mutate, isPending } = useMutation({
    mutationFn: markRead,
    onSuccess: () => queries.invalidateQueries({ queryKey: whatsappKeys.conversations }),
  })
  const waits = conversation !== undefined && conversation.unreadCount > 0 && can('conversations.write')
  const id = conversation?.id
  useEffect(() => {
    if (waits && id && !isPending && !document.hidden) mutate(id)
  }, [waits, id, isPending, mutate])
}

interface MessagesProps {
  readonly conversation: Conversation
  /** The order that a shared position may be about. */
  readonly orderId: string | null
}

/** The day of the oldest message that was read so far may go on above it. */
const isFirstOfDay = ({ at }: Message, older: Message | undefined, hasOlder: boolean): boolean =>
  older ? dayOf(new Date(older.at)) !== dayOf(new Date(at)) : !hasOlder

/** The newest at the foot, where one writes. The list is read from its end, so it stays there by itself. */
export const Messages = ({ conversation, orderId }: MessagesProps) => {
  const { t } = useTranslation('whatsapp')
  const now = useNow()
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    messagesQuery(conversation.id),
  )
  const messages = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <div className={classes.messages} tabIndex={0} role="log" aria-label={t('inbox.thread')}>
      {isPending && <SkeletonRows label={t('inbox.loading')} rows={4} />}
      {error && !data && (
        <ErrorState title={t('inbox.loadFailed')} code={problemCode(error)}>
          {problemText(error)}
        </ErrorState>
      )}
      {messages.map((message, index) => (
        <Fragment key={message.id}>
          <MessageBubble message={message} orderId={orderId} />
          {isFirstOfDay(message, messages[index + 1], hasNextPage) && (
            <p className={classes.day}>{formatDayName(message.at, now, currentLanguage())}</p>
          )}
        </Fragment>
      ))}
      {hasNextPage && (
        <div className={inbox.more}>
          <Button pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('inbox.older')}
          </Button>
        </div>
      )}
    </div>
  )
}
