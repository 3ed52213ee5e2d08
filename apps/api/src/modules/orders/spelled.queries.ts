import { and, asc, eq, inArray, isNull, type SQL } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { members } from '../../db/schema/members.ts'
import { orderLines, orders } from '../../db/schema/orders.ts'
import { type LineRow, type OrderRow, orderColumns } from './rows.queries.ts'

const lockSome = async (tx: MerchantTx, where: SQL | undefined, limit: number): Promise<OrderRow[]> => {
  const rows = await tx.db
    .select(orderColumns)
    .from(orders)
    .leftJoin(members, and(eq(members.merchantId, orders.merchantId), eq(members.id, orders.assigneeId)))
    .where(and(eq(orders.merchantId, tx.merchantId), where))
    .orderBy(asc(orders.id))
    .limit(limit)
    .for('update', { of: orders })
  return rows as unknown as OrderRow[]
}

/** Orders whose city is open and was written so, locked, by `orders_city_key`. */
export const lockSpelledSo = (tx: MerchantTx, key: string, limit: number): Promise<OrderRow[]> =>
  lockSome(tx, and(eq(orders.cityKey, key), isNull(orders.erasedAt)), limit)

/** Orders whose city was read by a spelling, locked, by `orders_city_spelling`. */
export const lockOfSpelling = (tx: MerchantTx, spellingId: string, limit: number): Promise<OrderRow[]> =>
  lockSome(tx, eq(orders.citySpellingId, spellingId), limit)

/** The lines of several orders, each in its places. */
export const linesOfOrders = async (
  tx: MerchantTx,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, LineRow[]>> => {
  if (orderIds.length === 0) return new Map()
  const rows = await tx.db
    .select()
    .from(orderLines)
    .where(and(eq(orderLines.merchantId, tx.merchantId), inArray(orderLines.orderId, [...orderIds])))
    .orderBy(asc(orderLines.orderId), asc(orderLines.position))
  return Map.groupBy(rows, ({ orderId }) => orderId)
}
