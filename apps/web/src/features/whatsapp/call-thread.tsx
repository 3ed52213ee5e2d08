import { Select } from '@mantine/core'
import type { Conversation } from '@sendocki/domain/whatsapp/conversation'
import type { WhatsAppNumber } from '@sendocki/domain/whatsapp/number'
import {
  IconBrandWhatsapp,
  IconChevronDown,
  IconEdit,
  IconPlugConnected,
  IconShoppingCartPlus,
} from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { Key } from '../../ui/key.tsx'
import { Count } from '../../ui/numbers.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { useWindow } from '../../ui/use-window.ts'
import classes from './call-thread.module.css'
import { Composer } from './composer.tsx'
import inbox from './inbox.module.css'
import { Messages, useSeen } from './messages.tsx'
import { ProposalBand } from './proposal-band.tsx'
import { conversationsWithQuery, numbersQuery, startConversation, whatsappKeys } from './whatsapp.api.ts'
import { WindowLeft } from './window-left.tsx'

interface CallThreadProps {
  readonly customerId: string
  /** The order of the call: templates are filled from it, a shared position is kept on it. Null while there is none. */
  readonly orderId: string | null
  /** Whether the hand on the customer is still one's own; without it nothing is written. */
  readonly held: boolean
}

/** What was written with the customer of a call, and where one answers: the third column; folded where there is none. */
export const CallThread = ({ customerId, orderId, held }: CallThreadProps) => {
  const { t } = useTranslation('whatsapp')
  const wide = useWindow('columns')
  const [opened, setOpened] = useState(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const { data, error, refetch } = useQuery(conversationsWithQuery(customerId))
  const conversations = data?.items ?? []
  const conversation = conversations.find(({ id }) => id === chosen) ?? conversations[0]
  const body = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const bodyId = useId()
  const goIn = (): void => (field.current && !field.current.disabled ? field.current : body.current)?.focus()
  useEffect(() => {
    if (opened) body.current?.focus()
  }, [opened])
  useShortcuts([{ keys: 'c', label: t('onCall.title'), run: () => (wide ? goIn() : setOpened(!opened)) }])
  const shown = wide || opened
  const heading = (
    <>
      <IconBrandWhatsapp size={16} stroke={1.75} aria-hidden /> {t('onCall.title')}
    </>
  )
  return (
    <section className={classes.section} aria-label={t('onCall.title')} data-talk={conversation ? true : undefined}>
      <header className={classes.head}>
        {wide ? (
          <h3>
            {heading} <Key keys="c" />
          </h3>
        ) : (
          <Folder opened={opened} onToggle={() => setOpened(!opened)} bodyId={bodyId}>
            {heading}
            <Unread conversations={conversations} />
          </Folder>
        )}
        {conversation && <WindowLeft endsAt={conversation.windowEndsAt} />}
      </header>
      <div ref={body} id={bodyId} className={classes.body} tabIndex={-1} hidden={!shown}>
        {shown && error && !data && (
          <ErrorState
            title={t('inbox.loadFailed')}
            code={problemCode(error)}
            actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
          >
            {problemText(error)}
          </ErrorState>
        )}
        {shown && !data && !error && <SkeletonRows label={t('inbox.loading')} rows={3} />}
        {shown && data && !conversation && <NothingYet customerId={customerId} held={held} />}
        {shown && conversation && (
          <>
            {conversations.length > 1 && <Lines {...{ conversations, conversation }} onChoose={setChosen} />}
            <Talk key={conversation.id} {...{ conversation, orderId, held, field }} />
          </>
        )}
      </div>
    </section>
  )
}

interface FolderProps {
  readonly opened: boolean
  readonly bodyId: string
  readonly onToggle: () => void
  readonly children: ReactNode
}

/** Where columns do not fit, one press opens what was written, and one folds it again. */
const Folder = ({ opened, bodyId, onToggle, children }: FolderProps) => (
  <h3>
    <button type="button" className={classes.folder} aria-expanded={opened} aria-controls={bodyId} onClick={onToggle}>
      {children} <Key keys="c" />
      <IconChevronDown size={16} stroke={1.75} aria-hidden />
    </button>
  </h3>
)

const Unread = ({ conversations }: { conversations: readonly Conversation[] }) => {
  const { t } = useTranslation('whatsapp')
  const count = conversations.reduce((sum, { unreadCount }) => sum + unreadCount, 0)
  if (count === 0) return null
  return (
    <span className={inbox.badge}>
      <Count count={count} />
      <span className="visually-hidden">{t('inbox.unread', { some: count })}</span>
    </span>
  )
}

interface LinesProps {
  readonly conversations: readonly Conversation[]
  readonly conversation: Conversation
  readonly onChoose: (id: string | null) => void
}

/** Who wrote to several of the shop's numbers has a conversation with each. */
const Lines = ({ conversations, conversation, onChoose }: LinesProps) => {
  const { t } = useTranslation('whatsapp')
  const { data } = useQuery(numbersQuery)
  const nameOf = (numberId: string) => data?.items.find(({ id }) => id === numberId)?.name ?? t('inbox.number')
  return (
    <Select
      size="sm"
      aria-label={t('inbox.number')}
      data={conversations.map(({ id, numberId }) => ({ value: id, label: nameOf(numberId) }))}
      value={conversation.id}
      allowDeselect={false}
      onChange={onChoose}
    />
  )
}

interface TalkProps extends Pick<CallThreadProps, 'orderId' | 'held'> {
  readonly conversation: Conversation
  readonly field: RefObject<HTMLTextAreaElement | null>
}

const Talk = ({ conversation, orderId, held, field }: TalkProps) => {
  const { t } = useTranslation('whatsapp')
  const can = useCan()
  useSeen(conversation)
  return (
    <>
      {conversation.proposal && <ProposalBand conversation={conversation} proposal={conversation.proposal} onCall />}
      <Messages conversation={conversation} orderId={orderId} />
      {orderId === null && held && can('orders.create') && (
        <div className={classes.create}>
          <ButtonLink
            to={`/orders/new?conversation=${conversation.id}`}
            icon={<IconShoppingCartPlus size={16} stroke={1.75} aria-hidden />}
          >
            {t('inbox.createOrder')}
          </ButtonLink>
        </div>
      )}
      {held ? (
        <Composer conversation={conversation} orderId={orderId} field={field} onCall />
      ) : (
        <p className={classes.quiet}>{t('onCall.lost')}</p>
      )}
    </>
  )
}

/** Nobody wrote yet, or nobody can: what it takes, and the one thing that can be done. */
const NothingYet = ({ customerId, held }: Pick<CallThreadProps, 'customerId' | 'held'>) => {
  const { t } = useTranslation('whatsapp')
  const can = useCan()
  const { data } = useQuery(numbersQuery)
  if (!data) return null
  const numbers = data.items.filter(({ status }) => status !== 'disconnected')
  if (numbers.length === 0)
    return (
      <div className={classes.quiet}>
        <p>{t('onCall.noNumber')}</p>
        <p>{t(can('whatsapp.edit') ? 'onCall.noNumberHint' : 'onCall.askForNumber')}</p>
        {can('whatsapp.edit') && (
          <ButtonLink to="/settings/whatsapp" icon={<IconPlugConnected size={16} stroke={1.75} aria-hidden />}>
            {t('inbox.settings')}
          </ButtonLink>
        )}
      </div>
    )
  return (
    <div className={classes.quiet}>
      <p>{t('onCall.none')}</p>
      {held && can('conversations.write') && <WriteFirst customerId={customerId} numbers={numbers} />}
    </div>
  )
}

const WriteFirst = ({ customerId, numbers }: { customerId: string; numbers: readonly WhatsAppNumber[] }) => {
  const { t } = useTranslation('whatsapp')
  const queries = useQueryClient()
  const [numberId, setNumberId] = useState(numbers[0]?.id ?? '')
  const start = useMutation({
    mutationFn: () => startConversation({ customerId, numberId }),
    onSuccess: () => queries.invalidateQueries({ queryKey: whatsappKeys.conversations }),
  })
  return (
    <>
      <p>{t('onCall.firstHint')}</p>
      {numbers.length > 1 && (
        <Select
          size="sm"
          label={t('inbox.from')}
          data={numbers.map(({ id, name }) => ({ value: id, label: name }))}
          value={numberId}
          allowDeselect={false}
          onChange={(value) => setNumberId(value ?? '')}
        />
      )}
      <Button
        icon={<IconEdit size={16} stroke={1.75} aria-hidden />}
        pending={start.isPending}
        onClick={() => start.mutate()}
      >
        {t('onCall.first')}
      </Button>
      {start.error && <FormProblem code={problemCode(start.error)}>{problemText(start.error)}</FormProblem>}
    </>
  )
}
