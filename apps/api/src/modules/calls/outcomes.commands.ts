import { openQuestions, type SetAside } from '@sendocki/domain/calls/call'
import type { SavedOutcome, SaveOutcome } from '@sendocki/domain/calls/call-schema'
import { isCallTime, nextCallTime } from '@sendocki/domain/calls/hours'
import type { Because } from '@sendocki/domain/calls/ladder'
import { isRetried, wasAnswered } from '@sendocki/domain/calls/outcomes'
import type { CallSettings } from '@sendocki/domain/calls/settings'
import { queueStates } from '@sendocki/domain/orders/states'
import { Refused } from '@sendocki/domain/result'
import { queueStep } from '@sendocki/domain/risk/settings'
import { type Ctx, type MerchantTx, memberOf } from '../../context.ts'
import { readCallSettings } from '../call-settings/index.ts'
import { mayReveal } from '../customers/index.ts'
import { findLease, freeLease, holderRowOf, type LeaseRow } from '../leases/index.ts'
import {
  type Called,
  everything,
  findLinesShown,
  findOrder,
  lockForCall,
  type OrderRow,
  orderOf,
  recordCall,
  setCallAside,
  sightOf,
} from '../orders/index.ts'
import { pipelineOf } from '../pipeline/index.ts'
import { readRiskSettings } from '../risk/index.ts'
import { keepAnswer, retriesOf } from './answer-hours.commands.ts'
import { findPause, hasAttempt, insertAttempt } from './calls.queries.ts'
import { assertOwnClaim, claimNextCall, questionsOf } from './claiming.commands.ts'

type Input = SaveOutcome & { readonly leaseId: string }
interface Plan extends Pick<Called, 'waiting' | 'move'> {
  /** Why the next try is at its time, where the ladder chose it. */
  readonly because?: readonly Because[]
}

/**
 * Saves what came of a call and gives out the next one, in one transaction. What comes after the customer went to somebody
 * else, or after the order moved, is kept as an attempt and a note, moves nothing, and asks for somebody's eyes.
 */
export const saveOutcome = (ctx: Ctx, input: Input): Promise<SavedOutcome> =>
  ctx.transaction(async (tx) => {
    const { leaseId, orderId } = input
    const [settings, risk, claim, row, lease, isSaved] = await Promise.all([
      readCallSettings(tx),
      readRiskSettings(tx),
      assertOwnClaim(ctx, tx, leaseId),
      lockForCall(tx, orderId),
      // After the lock: whoever waited for it sees what was decided meanwhile.
      findLease(tx, leaseId),
      hasAttempt(tx, leaseId, orderId),
    ])
    const itsCustomers = [claim.customerId, lease?.customerId]
    if (!row || !(row.id === claim.orderId || itsCustomers.includes(row.customerId)))
      throw new Refused('order.not_found')
    if (isSaved) throw new Refused('call.outcome_saved')
    const setAside = await whyAside(ctx, tx, row, lease, claim.superseded)
    const at = instantOf(ctx, input, claim.claimedAt)
    const { nextAttemptAt, because } = await apply(ctx, tx, settings, row, {
      ...input,
      at,
      setAside,
      dialledAt: lease?.dialledAt ?? null,
    })
    tx.outbox.changes.push({ noun: 'call', id: row.customerId })
    // What came of a call is kept, even if no further customer may be shown for a while.
    const [, pause, mayGoOn] = await Promise.all([
      freeLease(tx, leaseId, memberOf(ctx)),
      findPause(tx, memberOf(ctx)),
      mayReveal(ctx, tx),
    ])
    const wantsNext = !input.stop && !pause && mayGoOn
    // Whoever answered is asked about all that they wait for before they hang up; nobody calls them a second time.
    const onTheLine = setAside === null && wasAnswered(input.outcome) ? row.customerId : null
    const way = { riskStep: queueStep(risk), customerId: onTheLine }
    const [stored, lines, next] = await Promise.all([
      findOrder(tx, everything, orderId),
      findLinesShown(tx, orderId),
      wantsNext ? claimNextCall(ctx, tx, settings, way) : null,
    ])
    if (!stored) throw new Refused('order.not_found')
    if (setAside === null) await keepAnswer(tx, row, { outcome: input.outcome, at })
    return { order: orderOf(stored, lines, sightOf(ctx)), nextAttemptAt, because: [...because], setAside, next }
  })

/** Why an outcome may change nothing any more; null when it may. A lease that nobody else took is as good as ever. */
const whyAside = async (
  ctx: Ctx,
  tx: MerchantTx,
  row: OrderRow,
  lease: LeaseRow | undefined,
  superseded: boolean,
): Promise<SetAside | null> => {
  // A customer has one lease: while ours is there, nobody else has the hand.
  const holder = lease?.customerId === row.customerId ? lease : await holderRowOf(tx, row.customerId)
  if (holder && holder.memberId !== ctx.actor.memberId) return 'taken_over'
  if (!lease && superseded) return 'taken_over'
  return queueStates.some((state) => state === row.state) ? null : 'order_moved'
}

/** When it was decided: a screen without a network says it, within what can be true. */
const instantOf = ({ now }: Ctx, { decidedAt }: Input, claimedAt: string): string => {
  if (decidedAt === undefined) return now.toISOString()
  const millis = Math.min(now.getTime(), Math.max(Date.parse(claimedAt), Date.parse(decidedAt)))
  return new Date(millis).toISOString()
}

const apply = async (
  ctx: Ctx,
  tx: MerchantTx,
  settings: CallSettings,
  row: OrderRow,
  input: Input & { readonly at: string; readonly setAside: SetAside | null; readonly dialledAt: string | null },
): Promise<{ nextAttemptAt: string | null; because: readonly Because[] }> => {
  const { leaseId, outcome, setAside, at, answers = {}, dialledAt } = input
  const eventId = ctx.newId()
  const called = { eventId, outcome, note: input.note?.trim() || null }
  const plan = setAside === null ? await planOf(ctx, tx, settings, row, input) : null
  const nextAttemptAt = plan?.waiting.nextAttemptAt ?? null
  const because = plan?.because ?? []
  const recorded =
    plan === null
      ? setAside && setCallAside(ctx, tx, row, { ...called, setAside })
      : recordCall(ctx, tx, row, { ...called, ...plan })
  const attempt = {
    ...{ id: ctx.newId(), leaseId, orderId: row.id, customerId: row.customerId, memberId: memberOf(ctx) },
    ...{ outcome, at, answers, setAside, eventId, nextAttemptAt, because },
    durationSeconds:
      dialledAt === null ? null : Math.max(0, Math.round((Date.parse(at) - Date.parse(dialledAt)) / 1000)),
    reached: wasAnswered(outcome) === true,
  }
  await Promise.all([recorded, insertAttempt(tx, attempt)])
  return { nextAttemptAt, because }
}

/** Where the order goes and when it is called again, by the merchant's rules. */
const planOf = async (
  ctx: Ctx,
  tx: MerchantTx,
  settings: CallSettings,
  row: OrderRow,
  input: Input & { readonly at: string },
): Promise<Plan> => {
  const stays = { callKind: row.callKind, nextAttemptAt: row.nextAttemptAt, callMemberId: row.callMemberId }
  const { outcome, reasonId = null } = input
  if (isRetried(outcome)) {
    const next = (await retriesOf(ctx, tx, settings, row))(outcome, input.at)
    const waiting = { callKind: 'retry', callMemberId: null } as const
    if (next.giveUp) return { waiting: { ...waiting, nextAttemptAt: null }, move: 'unreachable' }
    return { waiting: { ...waiting, nextAttemptAt: next.at.toISOString() }, move: null, because: next.because }
  }
  switch (outcome) {
    case 'confirmed':
      await assertAsked(tx, settings, row, input)
      return { waiting: stays, move: { state: 'confirmed', reasonId } }
    case 'cancelled':
      return { waiting: stays, move: { state: 'cancelled', reasonId } }
    case 'duplicate':
      return { waiting: stays, move: { state: 'cancelled', reasonId: reasonId ?? (await duplicateReason(tx)) } }
    case 'callback': {
      const nextAttemptAt = promisedTime(ctx, settings, input)
      const callMemberId = settings.callbackTo === 'anyone' || input.callbackByAny ? null : memberOf(ctx)
      return { waiting: { callKind: 'callback', nextAttemptAt, callMemberId }, move: null }
    }
    case 'wrong_number':
      // A wrong number waits in the tray until somebody finds the right one.
      return { waiting: { callKind: 'retry', nextAttemptAt: null, callMemberId: null }, move: null }
  }
}

const assertAsked = async (
  tx: MerchantTx,
  settings: CallSettings,
  row: OrderRow,
  { answers = {} }: Input,
): Promise<void> => {
  const { amountTold = false, dateTold = null, confirmedTwice = false } = answers
  const questions = await questionsOf(tx, settings, row)
  const fields = openQuestions({ ...row, amountTold, dateTold, confirmedTwice }, questions)
  if (fields.length > 0) throw new Refused('call.questions_open', { fields })
}

const duplicateReason = async (tx: MerchantTx): Promise<string | null> =>
  (await pipelineOf(tx)).reasons.find(
    ({ key, state, active }) => key === 'duplicate' && state === 'cancelled' && active,
  )?.id ?? null

/** A promised time lies ahead and within the hours of calls; what else was meant is said back, and nothing is guessed. */
const promisedTime = (ctx: Ctx, settings: CallSettings, { callbackAt }: Input): string => {
  if (callbackAt === undefined) throw new Refused('call.callback_unread')
  const at = new Date(callbackAt)
  if (at <= ctx.now) throw new Refused('call.callback_past')
  if (!isCallTime(settings, at))
    throw new Refused('call.outside_hours', { opensAt: nextCallTime(settings, at).toISOString() })
  return at.toISOString()
}
