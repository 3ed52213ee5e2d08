import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { assertCustomer, eraseCustomers } from '../customers/index.ts'
import { eraseBodiesOfOrders } from '../inbound/index.ts'
import {
  blankOrders,
  blankParcels,
  customersOnlyOf,
  destroySealedOf,
  findByExternalIds,
  namedNowhere,
  ordersOfCustomers,
} from './erasure.queries.ts'

/** Forgets the people of these orders, and the customers whom nothing names any more. Rows and figures stay. */
const anonymise = async (
  ctx: Ctx,
  tx: MerchantTx,
  orderIds: readonly string[],
  customerIds: readonly string[],
): Promise<void> => {
  await blankOrders(tx, orderIds, ctx.now.toISOString())
  await blankParcels(tx, orderIds)
  await destroySealedOf(tx, orderIds)
  for (const id of orderIds) ctx.record(tx, { type: 'order.anonymised', subject: { kind: 'order', id } })
  await eraseCustomers(ctx, tx, await namedNowhere(tx, customerIds))
}

/** The buyers of these orders of a shop asked to be forgotten. */
export const eraseShopOrders = async (
  ctx: Ctx,
  tx: MerchantTx,
  storeId: string,
  externalIds: readonly string[],
): Promise<void> => {
  const found = await findByExternalIds(tx, storeId, externalIds)
  await anonymise(
    ctx,
    tx,
    found.map(({ id }) => id),
    found.map(({ customerId }) => customerId),
  )
}

/** Everything that is known of these customers. */
export const eraseCustomersAndOrders = async (
  ctx: Ctx,
  tx: MerchantTx,
  customerIds: readonly string[],
): Promise<void> => anonymise(ctx, tx, await ordersOfCustomers(tx, customerIds), customerIds)

/**
 * Forgets one customer for good, at the request of a person: their orders keep what was bought and lose who bought it,
 * and what shops and carriers delivered about them is destroyed. Invoices are not ours to touch.
 */
export const anonymiseCustomer = (ctx: Ctx, id: string): Promise<{ orders: number }> =>
  ctx.transaction(async (tx) => {
    const { id: customerId, erasedAt, isSample } = await assertCustomer(ctx, tx, id, { locked: true })
    if (isSample) throw new Refused('customer.sample')
    if (erasedAt !== null) throw new Refused('customer.already_erased')
    const orderIds = await ordersOfCustomers(tx, [customerId])
    await anonymise(ctx, tx, orderIds, [customerId])
    await eraseBodiesOfOrders(tx, orderIds)
    return { orders: orderIds.length }
  })

/** How many customers are forgotten in one transaction. */
const atOnce = 100

/**
 * Forgets the customers known only from a store: up to a hundred a call, so that the caller commits in between. Returns
 * how many; 0 when none is left. Customers who also bought elsewhere stay known.
 */
export const eraseStorePersonalData = async (ctx: Ctx, tx: MerchantTx, storeId: string): Promise<number> => {
  const customerIds = await customersOnlyOf(tx, storeId, atOnce)
  await eraseCustomersAndOrders(ctx, tx, customerIds)
  return customerIds.length
}
