import type { Order } from '@sendocki/domain/orders/order'
import { phoneSightOf, phonesSeenSince } from '@sendocki/domain/orders/visibility'
import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { isPlaceInScope } from '../../db/order-scope.ts'
import { revealsPhones } from '../customers/index.ts'
import { findHolderOfOrder, holds } from '../leases/index.ts'
import { photoUrl } from '../products/index.ts'
import { everything, findLinesShown, findOrder, lastChange, type Viewer } from './orders.queries.ts'
import { type OrderRow, type OrderSight, orderOf } from './rows.queries.ts'

/** The rows that the actor reaches. Machines reach all of their merchant's. */
export const viewerOf = ({ actor }: Ctx): Viewer => ({ scope: actor.role?.scope ?? ['all'], memberId: actor.memberId })

/** How the actor sees phones; `held` is the customer on whom they have the hand. */
export const sightOf = ({ actor, now, secrets, merchantId }: Ctx, held: string | null = null): OrderSight => ({
  held,
  phones: phoneSightOf(actor.role),
  since: phonesSeenSince(now),
  now: now.toISOString(),
  photoUrl: (photo) => photoUrl(secrets, { merchantId, ...photo }, now),
})

/** The order, or the one refusal for what is missing, another merchant's, or out of the actor's sight. */
export const loadOrder = async (
  ctx: Ctx,
  tx: MerchantTx,
  id: string,
  options: { locked?: boolean } = {},
): Promise<OrderRow> => {
  const row = (await findOrder(tx, viewerOf(ctx), id, options)) ?? (await findHeld(ctx, tx, id, options))
  if (!row) throw new Refused('order.not_found')
  return row
}

/** Whether the actor may have the hand on a customer whose orders their rows would hide. */
const reachesByLease = ({ actor }: Ctx): boolean =>
  actor.memberId !== null && actor.role?.permissions.has('calls.work') === true && !actor.role.scope.includes('all')

/** Whoever has the hand on a customer reads and changes all of that customer's orders, whatever the rows of their role. */
const findHeld = async (
  ctx: Ctx,
  tx: MerchantTx,
  id: string,
  options: { locked?: boolean },
): Promise<OrderRow | undefined> => {
  if (!reachesByLease(ctx)) return undefined
  const holder = await findHolderOfOrder(tx, id)
  return holder?.memberId === ctx.actor.memberId ? findOrder(tx, everything, id, options) : undefined
}

/** The order as it stands now, as an answer. */
export const readBack = async (ctx: Ctx, tx: MerchantTx, id: string): Promise<Order> => {
  const [row, lines] = await Promise.all([loadOrder(ctx, tx, id), findLinesShown(tx, id)])
  return orderOf(row, lines, sightOf(ctx))
}

/**
 * Somebody was quicker: who, when, and what the order is now. Whoever lost sight of it by that very change (two agents
 * take one order from the queue) is told who and when; for anybody else out of sight is not found.
 */
export const changedMeanwhile = async (ctx: Ctx, tx: MerchantTx, id: string): Promise<Refused> => {
  const viewer = viewerOf(ctx)
  const [change, row, lines] = await Promise.all([
    lastChange(tx, id),
    findOrder(tx, viewer, id),
    findLinesShown(tx, id),
  ])
  if (!change || (!row && !isPlaceInScope(viewer, change.before))) return new Refused('order.not_found')
  const by = { kind: change.kind, id: change.id, name: change.name }
  const current = row ? { current: orderOf(row, lines, sightOf(ctx)) } : {}
  return new Refused('order.changed_meanwhile', { by, at: change.at, ...current })
}

/** The order in the version that the person saw, or why not. */
export const loadVersion = async (
  ctx: Ctx,
  tx: MerchantTx,
  { id, version }: { readonly id: string; readonly version: number },
  options: { locked?: boolean } = {},
): Promise<OrderRow> => {
  const row = (await findOrder(tx, viewerOf(ctx), id, options)) ?? (await findHeld(ctx, tx, id, options))
  if (row?.version !== version) throw await changedMeanwhile(ctx, tx, id)
  return row
}

/** Opens an order. A role that sees phones under a lease sees this one while it has the hand on the customer. */
export const openOrder = (ctx: Ctx, id: string): Promise<Order> => {
  if (!revealsPhones(ctx) && !reachesByLease(ctx)) return ctx.read((tx) => readBack(ctx, tx, id), { oneFlight: true })
  return ctx.read(async (tx) => {
    const [row, lines] = await Promise.all([loadOrder(ctx, tx, id), findLinesShown(tx, id)])
    const held = (await holds(ctx, tx, row.customerId)) ? row.customerId : null
    return orderOf(row, lines, sightOf(ctx, held))
  })
}
