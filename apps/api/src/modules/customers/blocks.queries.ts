import { and, eq, isNull, or, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { customerBlocks, customers } from '../../db/schema/customers.ts'
import { orders } from '../../db/schema/orders.ts'
import type { CustomerRow } from './customers.queries.ts'

export const insertBlock = async (
  tx: MerchantTx,
  row: Omit<typeof customerBlocks.$inferInsert, 'merchantId'>,
): Promise<void> => {
  await tx.db.insert(customerBlocks).values({ ...row, merchantId: tx.merchantId })
}

/** Ends the block of a customer that was not taken back before. */
export const liftBlock = async (
  tx: MerchantTx,
  customerId: string,
  by: { readonly liftedAt: string; readonly liftedById: string | null },
): Promise<void> => {
  await tx.db
    .update(customerBlocks)
    .set(by)
    .where(
      and(
        eq(customerBlocks.merchantId, tx.merchantId),
        eq(customerBlocks.customerId, customerId),
        isNull(customerBlocks.liftedAt),
      ),
    )
}

/**
 * Puts a block on a customer, on those who were merged into them (their phones lead to the same person), and on their
 * orders that have not ended; or takes it off. Gives the orders that changed.
 */
export const carryBlock = async (
  tx: MerchantTx,
  customerId: string,
  block: Pick<CustomerRow, 'blockMode' | 'blockedUntil'>,
  now: string,
): Promise<string[]> => {
  await tx.db
    .update(customers)
    .set({ ...block, version: sql`${customers.version} + 1`, updatedAt: now })
    .where(
      and(
        eq(customers.merchantId, tx.merchantId),
        or(eq(customers.id, customerId), eq(customers.mergedIntoId, customerId)),
      ),
    )
  const rows = await tx.db
    .update(orders)
    .set({ ...block, updatedAt: now })
    .where(
      and(
        eq(orders.merchantId, tx.merchantId),
        eq(orders.customerId, customerId),
        isNull(orders.endedAt),
        sql`(${orders.blockMode}, ${orders.blockedUntil}) is distinct from (${block.blockMode}::text, ${block.blockedUntil}::timestamptz)`,
      ),
    )
    .returning({ id: orders.id })
  return rows.map(({ id }) => id)
}

/** Takes the customer's block off one order. */
export const freeOrder = async (tx: MerchantTx, orderId: string, now: string): Promise<void> => {
  await tx.db
    .update(orders)
    .set({ blockMode: null, blockedUntil: null, updatedAt: now })
    .where(and(eq(orders.merchantId, tx.merchantId), eq(orders.id, orderId)))
}

/** Whose an order is and whether it carries a block; undefined when it is missing or another merchant's. */
export const findBlockedOrder = async (tx: MerchantTx, orderId: string) =>
  (
    await tx.db
      .select({ customerId: orders.customerId, blockMode: orders.blockMode })
      .from(orders)
      .where(and(eq(orders.merchantId, tx.merchantId), eq(orders.id, orderId)))
      .for('update')
  )[0]
