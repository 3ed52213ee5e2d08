import type { AnswerOutcome, RunAnswer, RunEffect } from '@sendocki/domain/automations/automation'
import { planAnswer } from '@sendocki/domain/automations/rules'
import { type PressedButton, readPayload } from '@sendocki/domain/whatsapp/carousel'
import { type Ctx, type MerchantTx, systemActor } from '../../context.ts'
import type { Handlers } from '../../jobs/engine.ts'
import { lockRun, openRunOf, type RunRow, saveRun } from '../automation-runs/index.ts'
import { askToLook, lockForCall, moveByAnswer, type OrderRow } from '../orders/index.ts'
import { findMessage, type MessageRow } from '../whatsapp/index.ts'
import { isThere } from './runs.jobs.ts'

/** Answers that a run keeps; who presses on and on is heard in the conversation. */
const keptAnswers = 20

/** Which message and which of its buttons a payload names; null for free words. */
const pressed = ({ details: { payload } }: MessageRow): PressedButton | null =>
  payload === undefined ? null : readPayload(payload)

const runOf = async (tx: MerchantTx, message: MessageRow): Promise<RunRow | undefined> => {
  const button = pressed(message)
  const asked = button && (await findMessage(tx, button.messageId))
  // A payload comes from the buyer's phone: it counts for a message of the same conversation only.
  if (asked && asked.conversationId !== message.conversationId) return undefined
  const runId = button ? asked?.details.runId : await openRunOf(tx, message.conversationId)
  return runId === undefined ? undefined : lockRun(tx, runId)
}

/**
 * Does what an answer asks for, once: the first button moves the order while it is where it was asked about; everything
 * else is kept and shown.
 */
const answer: Handlers['automations.answer'] = (ctx, { messageId }) =>
  ctx.transaction(async (tx) => {
    const message = await findMessage(tx, messageId)
    const run = message && (await runOf(tx, message))
    if (!message || !run || run.answers.some((one) => one.messageId === messageId)) return
    const order = await lockForCall(tx, run.orderId)
    if (!order) return
    // The history names who moved the order.
    const buyer = ctx.inMerchant(ctx.merchantId, systemActor('customer', order.customerId, null))
    const button = pressed(message)
    const { outcome, effect } = button
      ? await press(buyer, tx, run, order, button)
      : { outcome: 'text' as const, effect: null }
    const on = button === null || button.card === null ? {} : { card: button.card }
    await keep(buyer, tx, run, { messageId, index: button?.index ?? null, ...on, at: message.at, outcome }, effect)
  })

const press = async (
  ctx: Ctx,
  tx: MerchantTx,
  run: RunRow,
  order: OrderRow,
  { index, card }: PressedButton,
): Promise<{ outcome: AnswerOutcome; effect: RunEffect | null }> => {
  const plan = planAnswer({ index, card, rules: run.buttons, before: run.answers, isThere: isThere(run, order) })
  if (plan.kind === 'move') {
    const text = run.buttons.find((button) => button.index === index)?.text
    const data = { automationId: run.automationId, runId: run.id, answer: text }
    const effect = await moveByAnswer(ctx, tx, order, { stageId: plan.stageId, data })
    return { outcome: effect.outcome, effect }
  }
  if (plan.outcome === 'changed_mind') await askToLook(ctx, tx, order, 'changed_mind')
  return { outcome: plan.outcome, effect: plan.outcome === 'stayed' ? { outcome: 'stayed', stageId: null } : null }
}

const keep = async (
  ctx: Ctx,
  tx: MerchantTx,
  run: RunRow,
  given: RunAnswer,
  effect: RunEffect | null,
): Promise<void> => {
  await saveRun(tx, run.id, {
    // Silence that was acted on stays what it was; the answer that came after it is shown beside it.
    status: run.status === 'expired' ? 'expired' : 'replied',
    repliedAt: run.repliedAt ?? given.at,
    answers: [...run.answers, given].slice(-keptAnswers),
    effect: run.effect ?? effect,
    error: null,
  })
  ctx.record(tx, {
    type: 'automation_run.answered',
    subject: { kind: 'automation_run', id: run.id },
    orderId: run.orderId,
    at: given.at,
    data: {
      automationId: run.automationId,
      runId: run.id,
      answer: run.buttons.find(({ index }) => index === given.index)?.text ?? null,
      outcome: given.outcome,
    },
  })
}

export const answeringJobs = { 'automations.answer': answer } satisfies Partial<Handlers>
