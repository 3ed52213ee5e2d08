import { Textarea } from '@mantine/core'
import type { Call, SaveOutcome } from '@sendocki/domain/calls/call-schema'
import type { Order } from '@sendocki/domain/orders/order'
import { useQuery } from '@tanstack/react-query'
import { Suspense, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { useOnline } from '../../lib/online.ts'
import { useRiskWords } from '../../lib/risk.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { Chip } from '../../ui/chip.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Key } from '../../ui/key.tsx'
import { OrderNumber } from '../../ui/numbers.tsx'
import { SkeletonRows } from '../../ui/screen-states.tsx'
import { Age, RiskBars } from '../../ui/states.tsx'
import { AskBand } from './ask-band.tsx'
import { BlockedBand } from './blocked-band.tsx'
import { contextQuery, orderQuery } from './calls.api.ts'
import classes from './calls.module.css'
import type { CallConversation, Decision } from './calls.page.tsx'
import { CustomerAside } from './customer-aside.tsx'
import { Delivery } from './delivery.tsx'
import { DeskHead, LostBand } from './desk-head.tsx'
import { type Draft, keepDraft, keptDraft } from './outbox.ts'
import { type Choice, Outcomes } from './outcomes.tsx'
import { PhoneBar } from './phone-bar.tsx'
import { Products } from './products.tsx'
import { leftToAsk, Questions } from './questions.tsx'
import { ScriptCard } from './script-card.tsx'
import type { CallState } from './use-call.ts'
import { useWhy } from './use-why.ts'

interface CallDeskProps {
  readonly call: Call
  readonly order: Order
  readonly state: CallState
  readonly decision: Decision
  /** Whether the digits give the outcomes. */
  readonly digits: boolean
  readonly conversation: CallConversation
}

/** One call: who, their number, what to ask, what they ordered, what came of it. */
export const CallDesk = ({
  call,
  order: given,
  state,
  decision,
  digits,
  conversation: Conversation,
}: CallDeskProps) => {
  const { data: order = given } = useQuery({ ...orderQuery(given.id), initialData: given })
  const { data: context } = useQuery(contextQuery(call.lease.id, order))
  const { t } = useTranslation('calls')
  const can = useCan()
  const [draft, setDraft] = useState(() => keptDraft(order.id))
  const onDraft = (change: Partial<Draft>): void => {
    const next = { ...draft, ...change }
    keepDraft(next)
    setDraft(next)
  }
  const mustAsk = context?.questions ?? []
  const [deciding, setDeciding] = useState(false)
  const online = useOnline()
  const save = (choice: Choice): void =>
    state.save.mutate({ current: call, key: crypto.randomUUID(), body: bodyOf(order, draft, choice) })
  const { lost } = state
  return (
    <div className={classes.call}>
      <article className={classes.desk} aria-label={`#${order.number}`}>
        <DeskHead lease={call.lease} name={order.customer.name} state={state}>
          <OrderFacts call={call} order={order} />
        </DeskHead>
        {lost && <LostBand state={state} />}
        {!lost && context?.ask && <AskBand ask={context.ask} leaseId={call.lease.id} onGone={() => state.show(null)} />}
        {order.blocked && <BlockedBand mode={order.blocked.mode} block={context?.block} />}
        <PhoneBar customer={order.customer} lease={call.lease} onDial={() => state.dial.mutate(call.lease.id)} />
        <div className={classes.columns}>
          <div className={classes.column}>
            <Questions order={order} mustAsk={mustAsk} draft={draft} onDraft={onDraft} />
            <Delivery order={order} carriers={context?.carriers} />
          </div>
          <div className={classes.column}>
            <ScriptCard order={order} />
            <Products order={order} pricePercent={context?.pricePercent ?? null} />
            <NoteField draft={draft} onDraft={onDraft} />
          </div>
        </div>
        <Outcomes
          order={order}
          digits={digits}
          left={context ? leftToAsk(order, draft, mustAsk).length : 1}
          pending={state.save.isPending}
          nextTries={context?.nextTries}
          onSave={save}
          // Without a network nothing can be compared: the outcome waits with the others.
          onDuplicate={online && order.duplicateCount > 0 ? () => setDeciding(true) : null}
        />
      </article>
      <DecisionDialog
        order={order}
        opened={deciding}
        decision={decision}
        onClose={() => setDeciding(false)}
        onCancelled={() => state.release.mutate(call.lease.id)}
      />
      <aside className={classes.aside} aria-label={t('customer.title')}>
        {context && <CustomerAside context={context} order={order} />}
        {can('conversations.read') && (
          <Suspense fallback={<SkeletonRows label={t('loading')} rows={3} />}>
            <Conversation customerId={call.lease.customerId} orderId={order.id} held={lost === null} />
          </Suspense>
        )}
      </aside>
    </div>
  )
}

interface DecisionDialogProps {
  readonly order: Order
  readonly opened: boolean
  readonly decision: Decision
  readonly onClose: () => void
  /** The order of the call is the one that was given up: there is nothing left to ask. */
  readonly onCancelled: () => void
}

/** The order beside the one that it may double, over the call; what is kept is called about as before. */
const DecisionDialog = ({ order, opened, decision: Desk, onClose, onCancelled }: DecisionDialogProps) => {
  const { t } = useTranslation('calls')
  const asked = useRef(false)
  const over = useEffectEvent(onCancelled)
  useEffect(() => {
    if (opened) asked.current = true
    else if (asked.current && order.state === 'cancelled') over()
  }, [opened, order.state])
  return (
    <Dialog opened={opened} onClose={onClose} title={t('queue.duplicate')} size="xl">
      <Suspense fallback={<SkeletonRows label={t('loading')} rows={6} />}>
        <Desk id={order.id} over onGone={onClose} onLater={onClose} />
      </Suspense>
    </Dialog>
  )
}

const bodyOf = (order: Order, draft: Draft, choice: Choice): SaveOutcome => ({
  orderId: order.id,
  ...choice,
  ...(draft.note.trim() === '' ? {} : { note: draft.note.trim() }),
  answers: {
    amountTold: draft.amountTold,
    ...(draft.dateTold === '' ? {} : { dateTold: draft.dateTold }),
    ...(draft.confirmedTwice ? { confirmedTwice: true } : {}),
  },
  decidedAt: new Date().toISOString(),
})

/** Why it is called, how old it is, and what one should know before dialling. */
const OrderFacts = ({ call: { why }, order }: { call: Call; order: Order }) => {
  const { t } = useTranslation('calls')
  const whyOf = useWhy()
  const riskWords = useRiskWords()
  return (
    <>
      <span>{whyOf(why)}</span>
      <Age since={order.createdAt} />
      <OrderNumber number={order.number} />
      {order.risk && order.risk.level !== 'low' && (
        <RiskBars level={order.risk.level} word={riskWords.level(order.risk.level)} />
      )}
      {order.duplicateCount > 0 && <Chip tone="warn">{t('queue.duplicate')}</Chip>}
    </>
  )
}

const NoteField = ({ draft, onDraft }: { draft: Draft; onDraft: (change: Partial<Draft>) => void }) => {
  const { t } = useTranslation('calls')
  const field = useRef<HTMLTextAreaElement>(null)
  useShortcuts([{ keys: 'n', label: t('note'), run: () => field.current?.focus() }])
  return (
    <Textarea
      ref={field}
      label={
        <>
          {t('note')} <Key keys="n" />
        </>
      }
      dir="auto"
      autosize={false}
      rows={3}
      maxLength={2_000}
      value={draft.note}
      onChange={({ currentTarget }) => onDraft({ note: currentTarget.value })}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur()
      }}
    />
  )
}
