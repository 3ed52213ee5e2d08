import { askSeconds } from '@sendocki/domain/calls/call'
import type { CallAsk, OrderHolder } from '@sendocki/domain/calls/call-schema'
import type { MemberId } from '@sendocki/domain/ids'
import { Refused } from '@sendocki/domain/result'
import { type Ctx, type MerchantTx, memberOf } from '../../context.ts'
import { recordReveal } from '../customers/index.ts'
import { findHolderOfOrder, findLease, findLeaseOf, type HolderRow, type LeaseRow, takeLease } from '../leases/index.ts'
import { loadOrder } from '../orders/index.ts'
import { findAsk, findMemberName } from './asking.queries.ts'

/** Who asks for the customer behind a lease, or was told that they stay where they are; null once a minute has gone. */
export const askOf = async (
  ctx: Ctx,
  tx: MerchantTx,
  { id: leaseId, customerId }: Pick<LeaseRow, 'id' | 'customerId'>,
): Promise<CallAsk | null> => {
  const since = new Date(ctx.now.getTime() - askSeconds * 1000).toISOString()
  const row = await findAsk(tx, { customerId, leaseId, since })
  if (!row) return null
  return {
    by: { id: row.memberId, name: row.name },
    until: untilOf(new Date(row.at)),
    kept: row.type === 'customer.kept',
  }
}

const untilOf = (at: Date): string => new Date(at.getTime() + askSeconds * 1000).toISOString()

/** Who has the hand on the customer of an order that the actor may read, and who asks for it. */
export const readHolder = (ctx: Ctx, orderId: string): Promise<OrderHolder> =>
  ctx.read(async (tx) => {
    const [row] = await Promise.all([findHolderOfOrder(tx, orderId), loadOrder(ctx, tx, orderId)])
    return row ? { ...holderOf(row), ask: await askOf(ctx, tx, row) } : nobody
  })

const nobody: OrderHolder = { holder: null, leaseId: null, ask: null }

const holderOf = ({ id: leaseId, memberId: id, memberName: name, claimedAt, expiresAt, dialledAt }: HolderRow) => ({
  holder: { id, name, claimedAt, expiresAt, dialledAt },
  leaseId,
})

/**
 * Asks whoever has the hand to pass it on. One colleague asks at a time, and an answer stands for as long as a question:
 * nobody is asked twice within a minute. When nobody has it, or oneself, there is nothing to ask.
 */
export const askForCustomer = (ctx: Ctx, orderId: string): Promise<OrderHolder> =>
  ctx.transaction(async (tx) => {
    const askedById = memberOf(ctx)
    // Who asks in the same instant waits here, and then sees who was first.
    await loadOrder(ctx, tx, orderId, { locked: true })
    const row = await findHolderOfOrder(tx, orderId)
    if (!row) return nobody
    const standing = await askOf(ctx, tx, row)
    if (row.memberId === askedById || standing?.by.id === askedById) return { ...holderOf(row), ask: standing }
    if (standing) throw new Refused('call.asked_already', { by: standing.by, until: standing.until })
    recordAnswer(ctx, tx, 'customer.asked_for', row, askedById)
    const name = await findMemberName(tx, askedById)
    return { ...holderOf(row), ask: { by: { id: askedById, name }, until: untilOf(ctx.now), kept: false } }
  })

const recordAnswer = (
  ctx: Ctx,
  tx: MerchantTx,
  type: 'customer.asked_for' | 'customer.kept',
  { id: leaseId, customerId, orderId, memberId }: LeaseRow,
  askedById: string,
): void => {
  ctx.record(tx, {
    type,
    subject: { kind: 'customer', id: customerId },
    ...(orderId === null ? {} : { orderId }),
    data: { leaseId, askedById, holderId: memberId },
    touches: [{ noun: 'call', id: customerId }],
  })
}

/** The actor's own lease and the question that waits for their answer. */
const askedOf = async (ctx: Ctx, tx: MerchantTx, leaseId: string) => {
  const lease = await findLease(tx, leaseId)
  if (!lease || lease.memberId !== memberOf(ctx)) throw new Refused('call.not_found')
  const ask = await askOf(ctx, tx, lease)
  if (!ask || ask.kept) throw new Refused('call.ask_over')
  return { lease, ask }
}

/** Says no: the customer stays where they are. */
export const keepCustomer = (ctx: Ctx, leaseId: string): Promise<null> =>
  ctx.transaction(async (tx) => {
    const { lease, ask } = await askedOf(ctx, tx, leaseId)
    recordAnswer(ctx, tx, 'customer.kept', lease, ask.by.id)
    return null
  })

/**
 * Passes the hand to whoever asks for it, in the one row that has it: nobody can come between. They see the phone from
 * now on, which is written down as theirs.
 */
export const handOver = (ctx: Ctx, leaseId: string): Promise<null> =>
  ctx.transaction(async (tx) => {
    const { lease, ask } = await askedOf(ctx, tx, leaseId)
    const { customerId, orderId } = lease
    if (await findLeaseOf(tx, ask.by.id)) throw new Refused('call.asker_busy', { by: ask.by })
    const taken = await takeLease(tx, { id: leaseId, newId: ctx.newId(), memberId: ask.by.id, way: 'order' })
    if (!taken) throw new Refused('call.lease_lost')
    ctx.record(tx, {
      type: 'customer.handed_over',
      subject: { kind: 'customer', id: customerId },
      ...(orderId === null ? {} : { orderId }),
      before: { memberId: lease.memberId },
      after: { memberId: ask.by.id },
      touches: [{ noun: 'call', id: customerId }],
    })
    const theirs = ctx.inMerchant(ctx.merchantId, { ...ctx.actor, id: ask.by.id, memberId: ask.by.id as MemberId })
    await recordReveal(theirs, tx, customerId, orderId ?? undefined)
    return null
  })
