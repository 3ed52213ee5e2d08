import { and, asc, eq, inArray, notInArray, or, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { customers } from '../../db/schema/customers.ts'
import { effects, orderDuplicates, orderLines, orders, orderTags } from '../../db/schema/orders.ts'
import { rawStatement } from '../../db/statement.ts'

/** Examples, the oldest first, locked, by `orders_sample`. */
export const sampleOrders = async (tx: MerchantTx, limit: number): Promise<string[]> => {
  const rows = await tx.db
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.merchantId, tx.merchantId), sql`${orders.isSample}`))
    .orderBy(asc(orders.createdAt), asc(orders.id))
    .limit(limit)
    .for('update')
  return rows.map(({ id }) => id)
}

/** Orders beside these that were compared with one of them. */
export const pairedWith = async (tx: MerchantTx, ids: readonly string[]): Promise<string[]> => {
  const rows = await tx.db
    .selectDistinct({ id: orderDuplicates.otherId })
    .from(orderDuplicates)
    .where(
      and(
        eq(orderDuplicates.merchantId, tx.merchantId),
        inArray(orderDuplicates.orderId, [...ids]),
        notInArray(orderDuplicates.otherId, [...ids]),
      ),
    )
  return rows.map(({ id }) => id)
}

/** The rows of these orders in every table that points to orders. A test holds this against the catalogue. */
export const deleteOrders = async (tx: MerchantTx, some: readonly string[]): Promise<void> => {
  const { merchantId } = tx
  const ids = [...some]
  await tx.db
    .delete(orderDuplicates)
    .where(
      and(
        eq(orderDuplicates.merchantId, merchantId),
        or(inArray(orderDuplicates.orderId, ids), inArray(orderDuplicates.otherId, ids)),
      ),
    )
  for (const table of [effects, orderTags, orderLines])
    await tx.db.delete(table).where(and(eq(table.merchantId, merchantId), inArray(table.orderId, ids)))
  await tx.db.delete(orders).where(and(eq(orders.merchantId, merchantId), inArray(orders.id, ids)))
}

interface SampleCount {
  readonly orders: number
  readonly customers: number
}

/** How many examples there are, and how many customers whom nothing else ever named. */
const counts = rawStatement<SampleCount>(
  'sample counts',
  sql`select
    (select count(*) from ${orders} where merchant_id = ${sql.placeholder('merchantId')} and is_sample)::int,
    (select count(*) from ${customers} where merchant_id = ${sql.placeholder('merchantId')} and is_sample)::int`,
  ['orders', 'customers'],
)

export const countSamples = async (tx: MerchantTx): Promise<SampleCount> =>
  (await tx.run(counts, { merchantId: tx.merchantId }))[0] ?? { orders: 0, customers: 0 }
