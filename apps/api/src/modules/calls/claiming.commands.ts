import { type CallQuestion, callbackGraceMinutes } from '@sendocki/domain/calls/call'
import type { Call, CallContext, CallLease } from '@sendocki/domain/calls/call-schema'
import { isCallTime, nextCallTime } from '@sendocki/domain/calls/hours'
import { retriedOutcomes } from '@sendocki/domain/calls/outcomes'
import { type CallSettings, priceLimitOf } from '@sendocki/domain/calls/settings'
import { orderBlock } from '@sendocki/domain/customers/block'
import { Refused } from '@sendocki/domain/result'
import { queueStep } from '@sendocki/domain/risk/settings'
import { dayOf } from '@sendocki/domain/time'
import { type Ctx, type MerchantTx, memberOf } from '../../context.ts'
import { readCallSettings } from '../call-settings/index.ts'
import { feesOf } from '../carriers/index.ts'
import { blockOf, everyIdOf, recordReveal, revealsPhones } from '../customers/index.ts'
import {
  claimCustomer,
  claimNext,
  dialLease,
  findClaim,
  findLease,
  freeLease,
  heldBy,
  holderRowOf,
  type LeaseRow,
  leaseOf,
  renewLease,
  takeLease,
} from '../leases/index.ts'
import {
  everything,
  findLinesShown,
  findOrder,
  findOrders,
  loadOrder,
  type OrderRow,
  orderOf,
  sightOf,
  summaryOf,
} from '../orders/index.ts'
import { mustAgreeTwice, readRiskSettings } from '../risk/index.ts'
import { retriesOf, usualHoursOf } from './answer-hours.commands.ts'
import { askOf } from './asking.commands.ts'
import { attemptsOfCustomer } from './attempts.queries.ts'
import { findCalled, findPause, otherOrderIds, type Share } from './calls.queries.ts'
import { readLacks } from './lacks.commands.ts'
import { watchViewing } from './viewing.commands.ts'

const minuteMillis = 60_000
const shownAtMost = 20
/** Of two who come for one customer the loser looks again at once; with fifty at it, more than a few times. */
const claimTries = 12

/** Which of the waiting orders are the actor's to be given, by the role's rows and the merchant's way of sharing out. */
export const shareOf = (ctx: Ctx, settings: CallSettings): Share => {
  const { role } = ctx.actor
  const ago = (minutes: number) => new Date(ctx.now.getTime() - minutes * minuteMillis).toISOString()
  const since = { shared: ago(0), assignee_first: ago(settings.assigneeFirstMinutes), assignee_only: null }
  return {
    memberId: memberOf(ctx),
    now: ctx.now.toISOString(),
    assignedSince: since[settings.distribution],
    seesQueue: role === null || role.scope.includes('all') || role.scope.includes('queue'),
    lateSince: ago(callbackGraceMinutes),
  }
}

/**
 * The next call, claimed: what whoever is on the line still waits for, else the first of the queue. Null when there is
 * none, or none may be offered now.
 */
export const claimNextCall = async (
  ctx: Ctx,
  tx: MerchantTx,
  settings: CallSettings,
  { riskStep, customerId = null }: { readonly riskStep: -1 | 0 | 1; readonly customerId?: string | null },
): Promise<Call | null> => {
  const share = { ...shareOf(ctx, settings), riskStep }
  for (let tries = 1; tries <= claimTries; tries += 1) {
    const { lease, resumed, empty } = await claimNext(tx, {
      ...share,
      customerId,
      id: ctx.newId(),
      open: isCallTime(settings, ctx.now),
    })
    if (lease) return startCall(ctx, tx, lease, resumed)
    if (empty) return null
  }
  return null
}

/** The claimed call with its order, and the phone shown written down. */
const startCall = async (ctx: Ctx, tx: MerchantTx, lease: LeaseRow, resumed: boolean): Promise<Call> => {
  const { orderId, customerId } = lease
  const [row, lines] = await Promise.all([
    orderId === null ? undefined : findOrder(tx, everything, orderId),
    orderId === null ? [] : findLinesShown(tx, orderId),
  ])
  if (!resumed) {
    if (revealsPhones(ctx)) {
      await recordReveal(ctx, tx, customerId, orderId ?? undefined)
      await watchViewing(ctx, tx)
    }
    tx.outbox.changes.push({ noun: 'call', id: customerId })
  }
  return {
    lease: leaseOf(lease),
    order: row ? orderOf(row, lines, sightOf(ctx, customerId)) : null,
    why: {
      kind: row?.callKind ?? 'new',
      lacks: row?.callKind === 'said_yes' ? (await readLacks(tx))(row) : null,
      way: lease.way,
      dueAt: row?.callAt ?? null,
      attemptCount: row?.attemptCount ?? 0,
    },
  }
}

/** Gives the actor the hand on the customer of an order they name, or of the next one of the queue; null when none waits. */
export const claimWaiting = (ctx: Ctx, orderId: string | undefined): Promise<Call | null> =>
  ctx.transaction(async (tx) => {
    if (orderId !== undefined) {
      const { customerId } = await loadOrder(ctx, tx, orderId)
      return claimOne(ctx, tx, { customerId, orderId, way: 'order' })
    }
    const [settings, risk, pause] = await Promise.all([
      readCallSettings(tx),
      readRiskSettings(tx),
      findPause(tx, memberOf(ctx)),
    ])
    if (pause) throw new Refused('call.on_pause', pause)
    return claimNextCall(ctx, tx, settings, { riskStep: queueStep(risk) })
  })

/** Gives the actor the hand on one customer, or says who has it. */
export const claimOne = async (
  ctx: Ctx,
  tx: MerchantTx,
  wanted: { readonly customerId: string; readonly orderId: string | null; readonly way: 'order' | 'phone' },
): Promise<Call> => {
  for (let tries = 1; ; tries += 1) {
    const id = ctx.newId()
    const lease = await claimCustomer(tx, { ...wanted, id, memberId: memberOf(ctx) })
    if (lease) return startCall(ctx, tx, lease, lease.id !== id)
    const holder = await holderRowOf(tx, wanted.customerId)
    if (holder) throw heldBy(holder)
    if (tries >= claimTries) throw new Refused('call.lease_lost')
  }
}

/** Keeps the hand for another minute. Refused once somebody else has it. */
export const renewCall = (ctx: Ctx, id: string): Promise<CallLease> =>
  ctx.transaction(async (tx) => leaseOf((await renewLease(tx, id, memberOf(ctx))) ?? (await whyLost(ctx, tx, id))))

/** Keeps the hand for ten minutes without renewal: a phone that dials falls asleep. Nobody is called outside the hours. */
export const dialCall = (ctx: Ctx, id: string): Promise<CallLease> =>
  ctx.transaction(async (tx) => {
    const [settings, lease] = await Promise.all([readCallSettings(tx), dialLease(tx, id, memberOf(ctx))])
    if (!lease) return whyLost(ctx, tx, id)
    // Who called is called back at once; whoever is called by us is not outside the hours.
    if (lease.way !== 'phone' && !isCallTime(settings, ctx.now))
      throw new Refused('call.outside_hours', { opensAt: nextCallTime(settings, ctx.now).toISOString() })
    tx.outbox.changes.push({ noun: 'call', id: lease.customerId })
    return leaseOf(lease)
  })

/** Lets go without an outcome. Whoever holds nothing any more has let go already. */
export const releaseCall = (ctx: Ctx, id: string): Promise<null> =>
  ctx.transaction(async (tx) => {
    const memberId = memberOf(ctx)
    const freed = await freeLease(tx, id, memberId)
    if (freed) tx.outbox.changes.push({ noun: 'call', id: freed.customerId })
    else await assertOwnClaim(ctx, tx, id)
    return null
  })

/** Somebody who leads takes a customer out of another's hand. */
export const takeOverCall = (ctx: Ctx, id: string): Promise<Call> =>
  ctx.transaction(async (tx) => {
    const before = await findLease(tx, id)
    if (!before) throw new Refused('call.not_found')
    const memberId = memberOf(ctx)
    const taken = await takeLease(tx, { id, newId: ctx.newId(), memberId, way: 'take_over' })
    if (!taken) throw new Refused('call.not_found')
    ctx.record(tx, {
      type: 'customer.taken_over',
      subject: { kind: 'customer', id: taken.customerId },
      ...(taken.orderId === null ? {} : { orderId: taken.orderId }),
      before: { memberId: before.memberId },
      after: { memberId },
    })
    return startCall(ctx, tx, taken, false)
  })

/** What is asked before the order is confirmed; at high risk a second yes, where the merchant wants one. */
export const questionsOf = async (
  tx: MerchantTx,
  { mustAsk }: CallSettings,
  order: Pick<OrderRow, 'riskLevel'> | undefined,
): Promise<CallQuestion[]> =>
  (await mustAgreeTwice(tx, order?.riskLevel ?? null)) ? [...mustAsk, 'confirmedTwice'] : [...mustAsk]

/** The customer behind the actor's lease: what became of their orders, what was tried, and what carriers take. */
export const readCall = (ctx: Ctx, id: string): Promise<CallContext> =>
  ctx.read(async (tx) => {
    const lease = await findLease(tx, id)
    if (!lease || lease.memberId !== memberOf(ctx)) throw new Refused('call.not_found')
    const { customerId, orderId } = lease
    const [settings, customer, ids, customerIds, answersBetween, row] = await Promise.all([
      readCallSettings(tx),
      findCalled(tx, customerId),
      otherOrderIds(tx, customerId, orderId, shownAtMost),
      everyIdOf(tx, customerId),
      usualHoursOf(tx, customerId),
      orderId === null ? undefined : findOrder(tx, everything, orderId),
    ])
    if (!customer) throw new Refused('customer.not_found')
    const [others, carriers, attempts, nextTries, questions, block, ask] = await Promise.all([
      findOrders(tx, ids),
      feesOf(tx, row ?? null, dayOf(ctx.now)),
      attemptsOfCustomer(tx, { customerIds, viewer: null, after: null, limit: shownAtMost }),
      row ? nextTriesOf(ctx, tx, settings, row) : [],
      questionsOf(tx, settings, row),
      row && orderBlock(row, ctx.now.toISOString()) ? blockOf(ctx, tx, customerId) : null,
      askOf(ctx, tx, lease),
    ])
    const sight = sightOf(ctx, customerId)
    return {
      customer: { ...customer, phoneMasked: false },
      block,
      otherOrders: ids.flatMap((other) => {
        const found = others.find((order) => order.id === other)
        return found ? [summaryOf(found, sight)] : []
      }),
      attempts: attempts.map((attempt) => ({ ...attempt, because: [...attempt.because] })),
      carriers,
      pricePercent: priceLimitOf(settings, ctx.actor.role?.id ?? null),
      answersBetween,
      nextTries,
      questions,
      ask,
    }
  })

/** When the order would be called again if the call ended now, for each way in which it is called again. */
const nextTriesOf = async (
  ctx: Ctx,
  tx: MerchantTx,
  settings: CallSettings,
  row: OrderRow,
): Promise<CallContext['nextTries']> => {
  const retryAfter = await retriesOf(ctx, tx, settings, row)
  return retriedOutcomes.map((outcome) => {
    const next = retryAfter(outcome, ctx.now.toISOString())
    return next.giveUp
      ? { outcome, at: null, because: [] }
      : { outcome, at: next.at.toISOString(), because: [...next.because] }
  })
}

const whyLost = async (ctx: Ctx, tx: MerchantTx, id: string): Promise<never> => {
  const claim = await assertOwnClaim(ctx, tx, id)
  const holder = await holderRowOf(tx, claim.customerId)
  if (holder && holder.memberId !== ctx.actor.memberId) throw heldBy(holder)
  throw new Refused('call.lease_lost')
}

/** The claim that the actor made, or the one refusal for what is missing, another's or another merchant's. */
export const assertOwnClaim = async (ctx: Ctx, tx: MerchantTx, id: string) => {
  const claim = await findClaim(tx, id)
  if (!claim || claim.memberId !== memberOf(ctx)) throw new Refused('call.not_found')
  return claim
}
