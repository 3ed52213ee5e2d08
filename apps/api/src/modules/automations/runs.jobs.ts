import type { RunStatus } from '@sendocki/domain/automations/automation'
import { planSend, type SendFacts, type SendPlan } from '@sendocki/domain/automations/rules'
import { type AutomationSettings, rateOn } from '@sendocki/domain/automations/settings'
import { orderBlock } from '@sendocki/domain/customers/block'
import { dayOf } from '@sendocki/domain/time'
import type { Ctx, MerchantTx } from '../../context.ts'
import { type Handlers, TryLater } from '../../jobs/engine.ts'
import { lockRun, type RunRow, saveRun, wasAsked } from '../automation-runs/index.ts'
import { readCallSettings } from '../call-settings/index.ts'
import { lockForCall, moveByAnswer, type OrderRow } from '../orders/index.ts'
import {
  contactOf,
  findMessage,
  findNumber,
  findTemplate,
  type MessageRow,
  type NumberRow,
  startTemplate,
  type TemplateRow,
} from '../whatsapp/index.ts'
import { isReady } from './automations.commands.ts'
import { type AutomationRow, findAutomation, recentStarts } from './automations.queries.ts'
import { countMessage, followCost, monthOf, settingsOf } from './costs.commands.ts'
import { lockSpending } from './costs.queries.ts'

/** Clocks of machines differ by so much. */
const earlyMillis = 5_000

/** A job that comes before its time, since it was put off or the database's clock runs ahead, waits for what is left. */
const refuseEarly = (ctx: Ctx, at: string): void => {
  const left = Date.parse(at) - ctx.clock().getTime()
  if (left > earlyMillis) throw new TryLater(Math.ceil(left / 1000), 'Its time has not come.')
}

/** Whether an order still is where it was when a run began: the same stage, by the same entry. */
export const isThere = (run: Pick<RunRow, 'stageId' | 'enteredAt'>, order: OrderRow): boolean =>
  order.stageId === run.stageId && Date.parse(order.stateSince) === Date.parse(run.enteredAt)

/** What an order says of itself before it is written to. */
export const orderFactsOf = (order: OrderRow, now: string): SendFacts['order'] => ({
  phone: order.phone,
  placedAt: order.placedAt,
  blocked: orderBlock(order, now) !== null,
  isSample: order.isSample,
  toComplete: order.toComplete,
})

/** Ends a run, or says why it waits. */
const stop = async (
  ctx: Ctx,
  tx: MerchantTx,
  run: RunRow,
  status: Extract<RunStatus, 'cancelled' | 'failed'>,
  error: string,
): Promise<void> => {
  await saveRun(tx, run.id, { status, error, attempts: run.attempts + 1 })
  ctx.record(tx, {
    type: `automation_run.${status}`,
    subject: { kind: 'automation_run', id: run.id },
    orderId: run.orderId,
    data: { automationId: run.automationId, runId: run.id, error },
  })
}

interface Together {
  readonly run: RunRow
  readonly automation: AutomationRow
  readonly order: OrderRow
  readonly number: NumberRow
  readonly template: TemplateRow
}

const gather = async (tx: MerchantTx, run: RunRow): Promise<Together> => {
  const [automation, order] = await Promise.all([findAutomation(tx, run.automationId), lockForCall(tx, run.orderId)])
  const [number, template] = automation
    ? await Promise.all([findNumber(tx, automation.numberId), findTemplate(tx, automation.templateId)])
    : []
  if (!automation || !order || !number || !template) throw new Error('A run without what it belongs to.')
  return { run, automation, order, number, template }
}

const planOf = async (ctx: Ctx, tx: MerchantTx, about: Together): Promise<SendPlan> => {
  const { run, automation, order, number, template } = about
  const now = ctx.clock()
  const [calling, settings, asked] = await Promise.all([
    readCallSettings(tx),
    settingsOf(tx),
    automation.retrigger ? new Set<string>() : wasAsked(tx, automation.id, [order.id]),
  ])
  const stays = automation.enabled && isThere(run, order)
  // Taken, and made if there is none yet: of two messages to one buyer the second one counts the first.
  const contact =
    stays && order.phone !== null ? await contactOf(ctx, tx, { phone: order.phone, userId: null }, null) : undefined
  const since = new Date(now.getTime() - settings.cap.hours * 3_600_000).toISOString()
  const recent = contact ? (await recentStarts(tx, [contact.id], since)).get(contact.id) : undefined
  const facts: SendFacts = {
    enabled: automation.enabled,
    isThere: isThere(run, order),
    alreadyAsked: asked.has(order.id),
    order: orderFactsOf(order, now.toISOString()),
    contact: contact ?? { optedOutAt: null, unreachableAt: null },
    template,
    numberReady: isReady(number),
    recent: recent ?? [],
    spentMicros: await spentWith(tx, settings, template, now),
  }
  return planSend(facts, calling, settings, now)
}

/** What the month costs with this message; the sum is taken, so that two at the edge of the budget come one by one. */
const spentWith = async (
  tx: MerchantTx,
  settings: AutomationSettings,
  { category }: TemplateRow,
  now: Date,
): Promise<number> => {
  if (settings.monthlyBudgetCentimes === null) return 0
  const { microDirhams } = await lockSpending(tx, monthOf(now))
  return microDirhams + (rateOn(settings.rates, category, dayOf(now)) ?? 0)
}

const sendLater = (ctx: Ctx, tx: MerchantTx, runId: string, runAt: Date): void =>
  ctx.enqueue(tx, 'automations.send', { merchantId: tx.merchantId, runId }, { key: `automations.send:${runId}`, runAt })

/** Writes the message of a run once everything that could forbid it has been looked at again; what waits comes back. */
const send: Handlers['automations.send'] = (ctx, { runId }) =>
  ctx.transaction(async (tx) => {
    const run = await lockRun(tx, runId)
    if (run?.status !== 'scheduled' || run.messageId !== null) return
    refuseEarly(ctx, run.scheduledAt)
    const about = await gather(tx, run)
    const plan = await planOf(ctx, tx, about)
    switch (plan.kind) {
      case 'cancel':
      case 'fail':
        return stop(ctx, tx, run, plan.kind === 'fail' ? 'failed' : 'cancelled', plan.because)
      case 'wait':
        await saveRun(tx, runId, {
          scheduledAt: plan.until.toISOString(),
          error: plan.because,
          attempts: run.attempts + 1,
        })
        tx.outbox.changes.push({ noun: 'automation_run', id: runId })
        return sendLater(ctx, tx, runId, plan.until)
      case 'send':
        return write(ctx, tx, about)
    }
  })

const write = async (ctx: Ctx, tx: MerchantTx, about: Together): Promise<void> => {
  const { run, automation, order, number, template } = about
  const phone = order.phone ?? ''
  const started = await startTemplate(ctx, tx, { number, template, orderId: order.id, phone, runId: run.id })
  if ('missing' in started) return stop(ctx, tx, run, 'failed', 'template.variable_missing')
  const stageOf = new Map(automation.buttons.map(({ index, stageId }) => [index, stageId]))
  await saveRun(tx, run.id, {
    ...started,
    buttons: template.buttons.map((text, index) => ({ index, text, stageId: stageOf.get(index) ?? null })),
    silence: automation.silence,
    attempts: run.attempts + 1,
    error: null,
  })
  const at = ctx.clock().toISOString()
  await countMessage(ctx, tx, { messageId: started.messageId, template, orderId: order.id, at })
  ctx.record(tx, {
    type: 'automation_run.started',
    subject: { kind: 'automation_run', id: run.id },
    orderId: order.id,
    data: { automationId: automation.id, runId: run.id, name: automation.name, template: template.name },
  })
}

const ranks: Readonly<Partial<Record<RunStatus, number>>> = {
  scheduled: 0,
  failed: 0,
  cancelled: 0,
  sent: 1,
  delivered: 2,
}

/** How far a message has brought its run; what a buyer answered, and what silence did, stays. */
const statusBy = (now: RunStatus, { status, problem }: MessageRow): RunStatus => {
  const rank = ranks[now]
  if (rank === undefined) return now
  if (status === 'failed') {
    if (now === 'delivered') return now
    return problem === 'automation.order_moved' ? 'cancelled' : 'failed'
  }
  const news = status === 'sent' ? 'sent' : status === 'delivered' || status === 'read' ? 'delivered' : null
  return news !== null && (ranks[news] ?? 0) > rank ? news : now
}

/** Brings the run and the cost of a message up to what became of it. */
const follow: Handlers['automations.follow'] = (ctx, { messageId }) =>
  ctx.transaction(async (tx) => {
    const runId = (await findMessage(tx, messageId))?.details.runId
    const run = runId === undefined ? undefined : await lockRun(tx, runId)
    // Read behind the lock: of two that follow the same message the later one sees the later news.
    const message = await findMessage(tx, messageId)
    if (!message) return
    await followCost(ctx, tx, message)
    if (run?.messageId === messageId) await followRun(ctx, tx, run, message)
  })

const followRun = async (ctx: Ctx, tx: MerchantTx, run: RunRow, message: MessageRow): Promise<void> => {
  const status = statusBy(run.status, message)
  const deliveredAt = run.deliveredAt ?? message.deliveredAt ?? message.readAt
  const wasSent = ['sent', 'delivered', 'read'].includes(message.status)
  const sentAt = run.sentAt ?? (wasSent ? (message.sentAt ?? deliveredAt) : null)
  const counted = run.silence?.from === 'delivered' ? deliveredAt : sentAt
  const expiresAt =
    run.silence && counted !== null && (status === 'sent' || status === 'delivered')
      ? new Date(Date.parse(counted) + run.silence.hours * 3_600_000).toISOString()
      : null
  const error = status === 'failed' || status === 'cancelled' ? message.problem : null
  await saveRun(tx, run.id, { status, sentAt, deliveredAt, error, expiresAt: run.expiresAt ?? expiresAt })
  if (run.expiresAt === null && expiresAt !== null) expireLater(ctx, tx, run.id, new Date(expiresAt))
  tx.outbox.changes.push({ noun: 'automation_run', id: run.id })
}

const expireLater = (ctx: Ctx, tx: MerchantTx, runId: string, runAt: Date): void =>
  ctx.enqueue(
    tx,
    'automations.silence',
    { merchantId: tx.merchantId, runId },
    { key: `automations.silence:${runId}`, runAt },
  )

/** Nobody answered in time: the order goes where the merchant said, if it still waits where it was asked about. */
const silence: Handlers['automations.silence'] = (ctx, { runId }) =>
  ctx.transaction(async (tx) => {
    const run = await lockRun(tx, runId)
    if (!run?.silence || run.expiresAt === null) return
    if (run.status !== 'sent' && run.status !== 'delivered') return
    refuseEarly(ctx, run.expiresAt)
    const order = await lockForCall(tx, run.orderId)
    const data = { automationId: run.automationId, runId, silence: true }
    const effect =
      order && isThere(run, order) ? await moveByAnswer(ctx, tx, order, { stageId: run.silence.stageId, data }) : null
    await saveRun(tx, runId, { status: 'expired', effect })
    ctx.record(tx, {
      type: 'automation_run.expired',
      subject: { kind: 'automation_run', id: runId },
      orderId: run.orderId,
      data: { automationId: run.automationId, runId, hours: run.silence.hours, outcome: effect?.outcome ?? 'late' },
    })
  })

export const runJobs = {
  'automations.send': send,
  'automations.follow': follow,
  'automations.silence': silence,
} satisfies Partial<Handlers>
