import { TextInput } from '@mantine/core'
import { pauseReasons } from '@sendocki/domain/calls/call'
import type { CallQueue } from '@sendocki/domain/calls/call-schema'
import { IconHeadset, IconMoon, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ComponentType, type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useCan } from '../../lib/me.ts'
import { useOnline } from '../../lib/online.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { DigitMenu } from '../../ui/digit-menu.tsx'
import { OrderNumber } from '../../ui/numbers.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { useWindow } from '../../ui/use-window.ts'
import { CallDesk } from './call-desk.tsx'
import { CallerDesk } from './caller-desk.tsx'
import { queueQuery } from './calls.api.ts'
import classes from './calls.module.css'
import { IncomingCalls } from './incoming-calls.tsx'
import { QueueList } from './queue-list.tsx'
import { type CallState, saidClock, useCall } from './use-call.ts'
import { WrapUp } from './wrap-up.tsx'

/** How duplicates are decided, over the call: a part of the orders' own screens. */
export type Decision = ComponentType<{
  readonly id: string
  readonly over: boolean
  readonly onGone: () => void
  readonly onLater: () => void
}>

/** What was written with the customer on WhatsApp: a part of the conversations' own screens. */
export type CallConversation = ComponentType<{
  readonly customerId: string
  /** Null for somebody who ordered nothing yet. */
  readonly orderId: string | null
  /** Whether the hand on the customer is still one's own. */
  readonly held: boolean
}>

interface CallsPageProps {
  readonly decision: Decision
  readonly conversation: CallConversation
}

/**
 * Orders → Call centre: the queue with its reasons, the call that is going on, and who is on the line. The same account
 * shows the same call on a second screen, so that a handset needs no number typed.
 */
export const CallsPage = ({ decision, conversation }: CallsPageProps) => {
  const { t } = useTranslation('calls')
  const can = useCan()
  const { data, error, isPending, refetch } = useQuery(queueQuery)
  const state = useCall(data?.wrapUpSeconds ?? 0)
  useTakenUp(data, state)
  // On a phone the call has the screen for itself: figures and the floor are looked at between two calls.
  const alone = useWindow('phone') && state.call !== null
  return (
    <Page
      title={t(alone ? 'current' : 'title')}
      layout="edge"
      views={data && !alone && <Figures queue={data} />}
      actions={
        <>
          {can('calls.supervise') && !alone && <ButtonLink to="/calls/floor">{t('toFloor')}</ButtonLink>}
          <Incoming state={state} />
          {data && <PauseMenu queue={data} state={state} />}
        </>
      }
    >
      <OfflineBand state={state} />
      <IncomingCalls state={state} />
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
      {data && (
        <div className={classes.centre} data-calling={state.call !== null || undefined} data-toasts="beside">
          <QueueList
            queue={data}
            current={state.call?.order?.id ?? null}
            onTake={(orderId) => state.claim.mutate({ orderId })}
          />
          {state.call?.order ? (
            <CallDesk
              key={state.call.lease.id}
              call={state.call}
              order={state.call.order}
              state={state}
              decision={decision}
              digits={data.digitKeys}
              conversation={conversation}
            />
          ) : state.coming ? (
            <WrapUp coming={state.coming} state={state} />
          ) : state.call ? (
            <CallerDesk key={state.call.lease.id} lease={state.call.lease} state={state} conversation={conversation} />
          ) : (
            <Ready queue={data} state={state} />
          )}
        </div>
      )}
    </Page>
  )
}

/** What is held already comes back: after a closed tab, and on a second screen; so does an order that a link names. */
const useTakenUp = (queue: CallQueue | undefined, { call, coming, claim }: CallState): void => {
  const [search, setSearch] = useSearchParams()
  const wanted = search.get('order')
  const { mutate, isPending } = claim
  const held = queue?.lease?.id
  const asked = useRef<string | null>(null)
  useEffect(() => {
    // What this screen had in hand is not taken up again: the queue may not have heard yet that it was let go.
    if (call) asked.current = call.lease.id
    if (!queue || call || coming || isPending) return
    if (wanted !== null) {
      setSearch({}, { replace: true })
      mutate({ orderId: wanted })
    } else if (held !== undefined && asked.current !== held) {
      asked.current = held
      mutate({})
    }
  }, [queue, held, call, coming, isPending, wanted, mutate, setSearch])
}

const Figures = ({ queue: { today } }: { queue: CallQueue }) => {
  const { t } = useTranslation('calls')
  return (
    <p className={classes.figures}>
      <span>{t('today.attempts', { count: today.attemptCount })}</span>
      <span>{t('today.reached', { count: today.reachedCount })}</span>
      <span>{t('today.confirmed', { count: today.confirmedCount })}</span>
    </p>
  )
}

/** Nobody is on the line: the next call, or why there is none. */
const Ready = ({ queue, state }: { queue: CallQueue; state: CallState }) => {
  const { t } = useTranslation('calls')
  const { claim, pause } = state
  const next = (): void => {
    if (!claim.isPending) claim.mutate({})
  }
  const ready = queue.open && queue.pause === null
  useShortcuts([{ keys: 'Enter', label: t('next'), yields: true, run: next }], { on: ready })
  if (queue.pause !== null)
    return (
      <Empty
        icon={<IconPlayerPause size={22} stroke={1.75} />}
        title={t(`pause.${queue.pause.reason}`)}
        action={
          <Button variant="filled" pending={pause.isPending} onClick={() => pause.mutate({ reason: null })}>
            {t('resume')}
          </Button>
        }
      >
        {t('pauseHint')}
      </Empty>
    )
  if (!queue.open)
    return (
      <Empty icon={<IconMoon size={22} stroke={1.75} />} title={t('closed.title')}>
        {queue.opensOn === null ? null : t('closed.hint', { at: saidClock(queue.opensOn) })}
      </Empty>
    )
  const waits = queue.counts.length > 0
  return (
    <Empty
      icon={<IconHeadset size={22} stroke={1.75} />}
      title={t(waits ? 'ready.title' : 'empty.title')}
      action={
        <Button variant="filled" size="form" keyHint="Enter" pending={claim.isPending} onClick={next}>
          {t('next')}
        </Button>
      }
    >
      {t(waits ? (state.empty ? 'ready.held' : 'ready.hint') : 'empty.hint')}
    </Empty>
  )
}

/** Why one stops for a while, on the digits; then how to go on. */
const PauseMenu = ({ queue, state }: { queue: CallQueue; state: CallState }) => {
  const { t } = useTranslation('calls')
  const [opened, setOpened] = useState(false)
  if (queue.pause !== null)
    return (
      <Button
        icon={<IconPlayerPlay size={16} stroke={1.75} aria-hidden />}
        onClick={() => state.pause.mutate({ reason: null })}
      >
        {t('resume')}
      </Button>
    )
  return (
    <DigitMenu
      label={t('pauseWhy')}
      items={pauseReasons.map((id) => ({ id, label: t(`pause.${id}`) }))}
      opened={opened}
      onOpenedChange={setOpened}
      onChoose={(id) => {
        const reason = pauseReasons.find((one) => one === id)
        if (reason) state.pause.mutate({ reason })
      }}
    >
      <Button icon={<IconPlayerPause size={16} stroke={1.75} aria-hidden />} onClick={() => setOpened(!opened)}>
        {t('available')}
      </Button>
    </DigitMenu>
  )
}

/** Somebody calls: their whole number opens their orders. */
const Incoming = ({ state }: { state: CallState }) => {
  const { t } = useTranslation('calls')
  const [opened, setOpened] = useState(false)
  const [phone, setPhone] = useState('')
  useShortcuts([{ keys: 'i', label: t('incoming.title'), run: () => setOpened(true) }])
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (phone.trim() === '') return
    state.claim.mutate({ phone: phone.trim() })
    setOpened(false)
    setPhone('')
  }
  return (
    <>
      <Button keyHint="i" onClick={() => setOpened(true)}>
        {t('incoming.title')}
      </Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={t('incoming.title')} size="sm">
        <form onSubmit={submit} className={classes.incoming} noValidate>
          <TextInput
            type="tel"
            dir="ltr"
            size="md"
            label={t('incoming.label')}
            description={t('incoming.hint')}
            autoComplete="off"
            maxLength={60}
            data-autofocus
            value={phone}
            onChange={({ currentTarget }) => setPhone(currentTarget.value)}
          />
          <Button type="submit" variant="filled" size="form">
            {t('incoming.open')}
          </Button>
        </form>
      </Dialog>
    </>
  )
}

/** No network: what was decided waits here, in sight, and goes out by itself. */
const OfflineBand = ({ state: { waiting } }: { state: CallState }) => {
  const { t } = useTranslation('calls')
  const online = useOnline()
  if (online && waiting.length === 0) return null
  return (
    <div role="status" className={classes.offline}>
      <Chip tone="warn">{t(online ? 'offline.sending' : 'offline.title', { count: waiting.length })}</Chip>
      {waiting.map(({ key, number, body }) => (
        <span key={key} className={classes.waiting}>
          <OrderNumber number={number} /> {t(`outcome.${body.outcome}`)}
        </span>
      ))}
    </div>
  )
}
