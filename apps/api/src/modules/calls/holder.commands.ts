import type { OrderHolder } from '@sendocki/domain/calls/call-schema'
import type { Ctx } from '../../context.ts'
import { findHolderOfOrder } from '../leases/index.ts'
import { loadOrder } from '../orders/index.ts'

/** Who has the hand on the customer of an order that the actor may read. */
export const readHolder = (ctx: Ctx, orderId: string): Promise<OrderHolder> =>
  ctx.read(async (tx) => {
    const [row] = await Promise.all([findHolderOfOrder(tx, orderId), loadOrder(ctx, tx, orderId)])
    if (!row) return { holder: null }
    const { memberId: id, memberName: name, claimedAt, expiresAt, dialledAt } = row
    return { holder: { id, name, claimedAt, expiresAt, dialledAt } }
  })
