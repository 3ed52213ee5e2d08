import type { Order } from '@sendocki/domain/orders/order'
import { phoneSightOf, phonesSeenSince } from '@sendocki/domain/orders/visibility'
import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { isPlaceInScope } from '../../db/order-scope.ts'
import { recordReveal, revealsPhones } from '../customers/index.ts'
import { findLines, findOrder, lastChange, type Viewer } from './orders.queries.ts'
import { type OrderRow, orderOf, type RowSight } from './rows.queries.ts'

/** The rows that the actor reaches. Machines reach all of their merchant's. */
export const viewerOf = ({ actor }: Ctx): Viewer => ({ scope: actor.role?.scope ?? ['all'], memberId: actor.memberId })

export const sightOf = ({ actor, now }: Ctx): RowSight => ({
  phones: phoneSightOf(actor.role),
  since: phonesSeenSince(now),
  now: now.toISOString(),
})

/** The order, or the one refusal for what is missing, another merchant's, or out of the actor's sight. */
export const loadOrder = async (
  ctx: Ctx,
  tx: MerchantTx,
  id: string,
  options: { locked?: boolean } = {},
): Promise<OrderRow> => {
  const row = await findOrder(tx, viewerOf(ctx), id, options)
  if (!row) throw new Refused('order.not_found')
  return row
}

/** The order as it stands now, as an answer. */
export const readBack = async (ctx: Ctx, tx: MerchantTx, id: string): Promise<Order> => {
  const [row, lines] = await Promise.all([loadOrder(ctx, tx, id), findLines(tx, id)])
  return orderOf(row, lines, sightOf(ctx))
}

/**
 * Somebody was quicker: who, when, and what the order is now. Whoever lost sight of it by that very change (two agents
 * take one order from the queue) is told who and when; for anybody else out of sight is not found.
 */
export const changedMeanwhile = async (ctx: Ctx, tx: MerchantTx, id: string): Promise<Refused> => {
  const viewer = viewerOf(ctx)
  const [change, row, lines] = await Promise.all([lastChange(tx, id), findOrder(tx, viewer, id), findLines(tx, id)])
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
  const row = await findOrder(tx, viewerOf(ctx), id, options)
  if (row?.version !== version) throw await changedMeanwhile(ctx, tx, id)
  return row
}

/** Opens an order. For a role that sees phones only on what it opens, the opening is written down. */
export const openOrder = (ctx: Ctx, id: string): Promise<Order> => {
  if (!revealsPhones(ctx)) return ctx.read((tx) => readBack(ctx, tx, id), { oneFlight: true })
  return ctx.transaction(async (tx) => {
    const order = await readBack(ctx, tx, id)
    await recordReveal(ctx, tx, order.customer.id, id)
    return order
  })
}
