import type { CallLease } from '@sendocki/domain/calls/call-schema'
import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import {
  findHolder,
  findHolderOfOrder,
  findLeaseOf,
  freeEnded,
  freeMember,
  type HolderRow,
  type LeaseRow,
  moveLeases,
  setLeaseCustomer,
} from './leases.queries.ts'

export interface Holder {
  readonly memberId: string
  readonly name: string
  readonly leaseId: string
  readonly until: string
}

export const leaseOf = ({ id, customerId, orderId, claimedAt, expiresAt, dialledAt }: LeaseRow): CallLease => ({
  id,
  customerId,
  orderId,
  claimedAt,
  expiresAt,
  dialledAt,
})

/** Who has the hand on a customer, and until when; undefined when nobody has. */
export const holderOf = async (tx: MerchantTx, customerId: string): Promise<Holder | undefined> => {
  const row = await findHolder(tx, customerId)
  return row && { memberId: row.memberId, name: row.memberName, leaseId: row.id, until: row.expiresAt }
}

/** Whether the actor has the hand on this customer. */
export const holds = async (ctx: Ctx, tx: MerchantTx, customerId: string): Promise<boolean> =>
  ctx.actor.memberId !== null && (await findHolder(tx, customerId))?.memberId === ctx.actor.memberId

export const heldBy = ({ memberId, memberName, expiresAt, id }: HolderRow): Refused =>
  new Refused('call.customer_held', { holder: { id: memberId, name: memberName }, until: expiresAt, leaseId: id })

/** Refuses a person while another has the hand on the customer. Machines, and rules, pass. */
export const refuseIfHeld = async (ctx: Ctx, tx: MerchantTx, customerId: string): Promise<void> =>
  assertFree(ctx, await findHolder(tx, customerId))

/** The same for the customer of an order; whoever leads the floor may still change it. */
export const refuseIfOrderHeld = async (ctx: Ctx, tx: MerchantTx, orderId: string): Promise<void> => {
  const { memberId, role } = ctx.actor
  if (memberId === null || role?.permissions.has('calls.supervise')) return
  assertFree(ctx, await findHolderOfOrder(tx, orderId))
}

const assertFree = ({ actor }: Ctx, row: HolderRow | undefined): void => {
  if (row && actor.memberId !== null && row.memberId !== actor.memberId) throw heldBy(row)
}

/** A number corrected while talking makes an order another customer's: the hand goes with it, if nobody else has that one. */
export const followCustomer = async (ctx: Ctx, tx: MerchantTx, orderId: string, customerId: string): Promise<void> => {
  const { memberId } = ctx.actor
  if (memberId === null || (await findLeaseOf(tx, memberId))?.orderId !== orderId) return
  await refuseIfHeld(ctx, tx, customerId)
  await freeEnded(tx, customerId)
  await setLeaseCustomer(tx, { memberId, orderId, customerId })
}

/**
 * Two customers become one: the hand on the merged one becomes the hand on the one who stays. While two members talk to
 * them, they stay two. Answers the lease that went along.
 */
export const mergeLeases = async (tx: MerchantTx, mergedId: string, keptId: string): Promise<string | null> => {
  const [merged, kept] = await Promise.all([findHolder(tx, mergedId), findHolder(tx, keptId)])
  if (!merged) return null
  if (kept) throw heldBy(kept)
  await freeEnded(tx, keptId)
  await moveLeases(tx, { fromId: mergedId, toId: keptId, leaseId: merged.id, orderIds: [] })
  return merged.id
}

/** They are two again: the hand goes back with the lease that came, or with the order that it is about. */
export const unmergeLeases = async (
  tx: MerchantTx,
  from: { readonly keptId: string; readonly mergedId: string },
  about: { readonly leaseId: string | null; readonly orderIds: readonly string[] },
): Promise<void> => {
  await freeEnded(tx, from.mergedId)
  await moveLeases(tx, { ...about, fromId: from.keptId, toId: from.mergedId })
}

/** Lets go of whatever a member holds: they signed out, or are no longer let in. */
export const freeLeasesOf = async (tx: MerchantTx, memberId: string): Promise<void> => {
  for (const id of await freeMember(tx, memberId)) tx.outbox.changes.push({ noun: 'call', id })
}
