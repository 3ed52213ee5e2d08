import { standingBlock } from '@sendocki/domain/customers/block'
import type { BlockCustomer, Customer, CustomerBlock } from '@sendocki/domain/customers/customer'
import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { sealPersonal } from '../../db/sealed.ts'
import { carryBlock, findBlockedOrder, freeOrder, insertBlock, liftBlock } from './blocks.queries.ts'
import { cardOf } from './card.commands.ts'
import { findBlock } from './card.queries.ts'
import { assertCustomer } from './customers.commands.ts'
import { findCustomer } from './customers.queries.ts'

/** The block that stands on a customer, for whoever is about to call or to write; null when there is none. */
export const blockOf = async (ctx: Ctx, tx: MerchantTx, customerId: string): Promise<CustomerBlock | null> => {
  const [row, block] = await Promise.all([findCustomer(tx, customerId), findBlock(tx, customerId)])
  return row && block && standingBlock(row, ctx.now.toISOString()) ? block : null
}

/**
 * Blocks a customer. Orders that come later arrive all the same and say so; those under way say so from now on. Nothing
 * is moved: whoever works on an order decides. A second block takes the place of the first.
 */
export const blockCustomer = (ctx: Ctx, id: string, { mode, reason, until = null }: BlockCustomer): Promise<Customer> =>
  ctx.transaction(async (tx) => {
    const now = ctx.now.toISOString()
    if (until !== null && Date.parse(until) <= ctx.now.getTime())
      throw new Refused('request.invalid', undefined, [{ path: 'until', code: 'in_the_past' }])
    const row = await assertCustomer(ctx, tx, id, { locked: true })
    if (row.erasedAt !== null) throw new Refused('customer.not_found')
    const { id: actorId, name } = ctx.actor
    const blockId = ctx.newId()
    await liftBlock(tx, row.id, { liftedAt: now, liftedById: actorId })
    await insertBlock(tx, {
      id: blockId,
      customerId: row.id,
      mode,
      reason: reason.trim(),
      authorId: actorId,
      authorName: name,
      blockedAt: now,
      until,
    })
    const orderIds = await carryBlock(tx, row.id, { blockMode: mode, blockedUntil: until }, now)
    const eventId = ctx.newId()
    ctx.record(tx, {
      id: eventId,
      type: 'customer.blocked',
      subject: { kind: 'customer', id: row.id },
      before: { mode: row.blockMode, until: row.blockedUntil },
      after: { mode, until },
      data: { blockId, orders: orderIds.length },
      touches: orderIds.map((orderId) => ({ noun: 'order', id: orderId })),
    })
    await sealPersonal(tx, ctx.secrets, { eventId, customerId: row.id, values: { after: { reason } } })
    return cardOf(ctx, tx, await assertCustomer(ctx, tx, row.id))
  })

/** Takes the block back, and off the orders that carry it. */
export const unblockCustomer = (ctx: Ctx, id: string): Promise<Customer> =>
  ctx.transaction(async (tx) => {
    const row = await assertCustomer(ctx, tx, id, { locked: true })
    if (row.blockMode === null) throw new Refused('customer.not_blocked')
    const now = ctx.now.toISOString()
    await liftBlock(tx, row.id, { liftedAt: now, liftedById: ctx.actor.id })
    const orderIds = await carryBlock(tx, row.id, { blockMode: null, blockedUntil: null }, now)
    ctx.record(tx, {
      type: 'customer.unblocked',
      subject: { kind: 'customer', id: row.id },
      before: { mode: row.blockMode, until: row.blockedUntil },
      after: { mode: null, until: null },
      data: { orders: orderIds.length },
      touches: orderIds.map((orderId) => ({ noun: 'order', id: orderId })),
    })
    return cardOf(ctx, tx, await assertCustomer(ctx, tx, row.id))
  })

/** Lets one order through in spite of its customer's block, which stands for every other one. */
export const exceptOrder = (ctx: Ctx, id: string, orderId: string): Promise<Customer> =>
  ctx.transaction(async (tx) => {
    const row = await assertCustomer(ctx, tx, id)
    const order = await findBlockedOrder(tx, orderId)
    if (order?.customerId !== row.id) throw new Refused('order.not_found')
    if (order.blockMode === null) throw new Refused('customer.not_blocked')
    await freeOrder(tx, orderId, ctx.now.toISOString())
    ctx.record(tx, {
      type: 'customer.order_excepted',
      subject: { kind: 'customer', id: row.id },
      orderId,
      before: { mode: order.blockMode },
      after: { mode: null },
    })
    return cardOf(ctx, tx, row)
  })
