import type { DuplicateVerdict } from '@sendocki/domain/orders/states'
import { and, eq, gt, inArray, lt, ne, or, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { ordersInScope } from '../../db/order-scope.ts'
import { customers } from '../../db/schema/customers.ts'
import { orderDuplicates, orderLines, orders } from '../../db/schema/orders.ts'
import type { Viewer } from './orders.queries.ts'

/** More than this many orders of one phone or address in a week are a test or an attack, not a choice for a person. */
const mostTwins = 20

export interface TwinRow {
  readonly id: string
  readonly phone: string | null
  readonly alternatePhone: string | null
  readonly addressKey: string | null
}

/** Customers who have one of these phones, by `customers_phone`. */
const ownersOf = async (tx: MerchantTx, phones: string[]): Promise<string[]> => {
  if (phones.length === 0) return []
  const rows = await tx.db
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.merchantId, tx.merchantId), inArray(customers.phone, phones)))
  return rows.map(({ id }) => id)
}

/**
 * Orders around an instant that share a phone or an address with one, cancelled ones apart, newest first, locked. By the
 * indexes of customer, alternate phone and address together; a subquery among them would send the server through every
 * order of the window instead.
 */
export const findTwins = async (
  tx: MerchantTx,
  order: { readonly id: string; readonly phones: readonly string[]; readonly addressKey: string | null },
  window: { readonly from: string; readonly to: string },
): Promise<TwinRow[]> => {
  const phones = [...order.phones]
  const owners = await ownersOf(tx, phones)
  const shared = or(
    ...(owners.length > 0 ? [inArray(orders.customerId, owners)] : []),
    ...(phones.length > 0 ? [inArray(orders.alternatePhone, phones)] : []),
    ...(order.addressKey === null ? [] : [eq(orders.addressKey, order.addressKey)]),
  )
  if (!shared) return []
  return tx.db
    .select({
      id: orders.id,
      phone: orders.phone,
      alternatePhone: orders.alternatePhone,
      addressKey: orders.addressKey,
    })
    .from(orders)
    .where(
      and(
        eq(orders.merchantId, tx.merchantId),
        shared,
        gt(orders.createdAt, window.from),
        lt(orders.createdAt, window.to),
        ne(orders.id, order.id),
        sql`${orders.state} is distinct from 'cancelled'`,
      ),
    )
    .orderBy(sql`${orders.createdAt} desc`)
    .limit(mostTwins)
    .for('update')
}

/** The lines of several orders, by order. */
export const linesOf = async (tx: MerchantTx, orderIds: readonly string[]) => {
  if (orderIds.length === 0) return new Map<string, (typeof orderLines.$inferSelect)[]>()
  const rows = await tx.db
    .select()
    .from(orderLines)
    .where(and(eq(orderLines.merchantId, tx.merchantId), inArray(orderLines.orderId, [...orderIds])))
  return Map.groupBy(rows, ({ orderId }) => orderId)
}

/** Replaces the pairs of an order, from both sides, and counts anew for all who gained or lost one. */
export const replacePairs = async (
  tx: MerchantTx,
  orderId: string,
  pairs: readonly { readonly otherId: string; readonly verdict: DuplicateVerdict }[],
  now: string,
): Promise<void> => {
  const { merchantId } = tx
  const gone = await tx.db
    .delete(orderDuplicates)
    .where(
      and(
        eq(orderDuplicates.merchantId, merchantId),
        or(eq(orderDuplicates.orderId, orderId), eq(orderDuplicates.otherId, orderId)),
      ),
    )
    .returning({ id: orderDuplicates.orderId })
  if (pairs.length > 0)
    await tx.db.insert(orderDuplicates).values(
      pairs.flatMap(({ otherId, verdict }) => [
        { merchantId, orderId, otherId, verdict, foundAt: now },
        { merchantId, orderId: otherId, otherId: orderId, verdict, foundAt: now },
      ]),
    )
  const touched = new Set([...gone.map(({ id }) => id), ...pairs.map(({ otherId }) => otherId), orderId])
  if (gone.length > 0 || pairs.length > 0) await recountAll(tx, [...touched])
}

/** How many others each of these may be a duplicate of; cancelled ones no longer count. */
export const recountAll = async (tx: MerchantTx, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return
  await tx.db
    .update(orders)
    .set({
      duplicateCount: sql`(select count(*) from ${orderDuplicates} d join ${orders} o
        on o.merchant_id = d.merchant_id and o.id = d.other_id
        where d.merchant_id = ${orders.merchantId} and d.order_id = ${orders.id} and o.state is distinct from 'cancelled')`,
    })
    .where(and(eq(orders.merchantId, tx.merchantId), inArray(orders.id, [...ids])))
}

/** An order was cancelled, or is no longer: those it was compared with count anew. */
export const recountOthers = async (tx: MerchantTx, orderId: string): Promise<string[]> => {
  const rows = await tx.db
    .select({ id: orderDuplicates.otherId })
    .from(orderDuplicates)
    .where(and(eq(orderDuplicates.merchantId, tx.merchantId), eq(orderDuplicates.orderId, orderId)))
  const others = rows.map(({ id }) => id)
  if (others.length > 0) await recountAll(tx, others)
  return others
}

/** What an order may be a duplicate of, newest first. */
export const listPairs = (tx: MerchantTx, viewer: Viewer, orderId: string) =>
  tx.db
    .select({
      orderId: orders.id,
      number: orders.number,
      verdict: orderDuplicates.verdict,
      stageId: orders.stageId,
      state: orders.state,
      totalCentimes: orders.totalCentimes,
      createdAt: orders.createdAt,
    })
    .from(orderDuplicates)
    .innerJoin(orders, and(eq(orders.merchantId, orderDuplicates.merchantId), eq(orders.id, orderDuplicates.otherId)))
    .where(
      and(
        eq(orderDuplicates.merchantId, tx.merchantId),
        eq(orderDuplicates.orderId, orderId),
        ordersInScope(viewer.scope, viewer.memberId),
      ),
    )
    .orderBy(sql`${orders.createdAt} desc`)
