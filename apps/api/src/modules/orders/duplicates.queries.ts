import type { DuplicateFate, DuplicateVerdict } from '@sendocki/domain/orders/states'
import { and, eq, gt, gte, inArray, isNotNull, isNull, lt, ne, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { MerchantTx } from '../../context.ts'
import { ordersInScope } from '../../db/order-scope.ts'
import { customers } from '../../db/schema/customers.ts'
import { orderDuplicates, orderLines, orders } from '../../db/schema/orders.ts'
import { merchants } from '../../db/schema/platform.ts'
import type { Viewer } from './orders.queries.ts'

/** More than this many orders of one phone or address in a week are a test or an attack, not a choice for a person. */
const mostTwins = 20

/** A pair `d` of an order with the order `o` that somebody still has to decide about. */
const open = sql`(d.fate is null or d.fate not in ('both_real', 'together')) and ${orders.state} is distinct from 'cancelled'
  and o.state is distinct from 'cancelled'`

const theirs = alias(orderDuplicates, 'theirs')

/** The other order of a pair: what is shown of it, and what it is compared by. */
const pairColumns = {
  orderId: orders.id,
  number: orders.number,
  verdict: orderDuplicates.verdict,
  stageId: orders.stageId,
  state: orders.state,
  totalCentimes: orders.totalCentimes,
  createdAt: orders.createdAt,
  version: orders.version,
  decidedAt: orderDuplicates.decidedAt,
  contactName: orders.contactName,
  phone: orders.phone,
  alternatePhone: orders.alternatePhone,
  addressKey: orders.addressKey,
  cityId: orders.cityId,
  storeId: orders.storeId,
  source: orders.source,
} as const

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

/**
 * Replaces the pairs of an order, from both sides, and counts anew for all who gained or lost one. What somebody decided
 * about stays decided.
 */
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
        isNull(orderDuplicates.fate),
      ),
    )
    .returning({ id: orderDuplicates.orderId })
  if (pairs.length > 0)
    await tx.db
      .insert(orderDuplicates)
      .values(
        pairs.flatMap(({ otherId, verdict }) => [
          { merchantId, orderId, otherId, verdict, foundAt: now },
          { merchantId, orderId: otherId, otherId: orderId, verdict, foundAt: now },
        ]),
      )
      .onConflictDoNothing()
  const touched = new Set([...gone.map(({ id }) => id), ...pairs.map(({ otherId }) => otherId), orderId])
  if (gone.length > 0 || pairs.length > 0) await recountAll(tx, [...touched])
}

/** How many others each of these may be a duplicate of: neither cancelled, nor decided to be as real as it is. */
export const recountAll = async (tx: MerchantTx, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return
  await tx.db
    .update(orders)
    .set({
      duplicateCount: sql`(select count(*) from ${orderDuplicates} d join ${orders} o
        on o.merchant_id = d.merchant_id and o.id = d.other_id
        where d.merchant_id = ${orders.merchantId} and d.order_id = ${orders.id} and ${open})`,
    })
    .where(and(eq(orders.merchantId, tx.merchantId), inArray(orders.id, [...ids])))
}

/** Orders were cancelled, or are no longer: they and those they were compared with count anew. Returns the latter. */
export const recountOthers = async (tx: MerchantTx, ...orderIds: readonly string[]): Promise<string[]> => {
  if (orderIds.length === 0) return []
  const rows = await tx.db
    .selectDistinct({ id: orderDuplicates.otherId })
    .from(orderDuplicates)
    .where(and(eq(orderDuplicates.merchantId, tx.merchantId), inArray(orderDuplicates.orderId, [...orderIds])))
  const others = rows.map(({ id }) => id)
  if (others.length > 0) await recountAll(tx, [...new Set([...orderIds, ...others])])
  return others
}

/** What an order may be a duplicate of, newest first, with what became of each. */
export const listPairs = (tx: MerchantTx, viewer: Viewer, orderId: string) =>
  tx.db
    .select({ ...pairColumns, fate: theirs.fate })
    .from(orderDuplicates)
    .innerJoin(orders, and(eq(orders.merchantId, orderDuplicates.merchantId), eq(orders.id, orderDuplicates.otherId)))
    .innerJoin(
      theirs,
      and(
        eq(theirs.merchantId, orderDuplicates.merchantId),
        eq(theirs.orderId, orderDuplicates.otherId),
        eq(theirs.otherId, orderDuplicates.orderId),
      ),
    )
    .where(
      and(
        eq(orderDuplicates.merchantId, tx.merchantId),
        eq(orderDuplicates.orderId, orderId),
        ordersInScope(viewer.scope, viewer.memberId),
      ),
    )
    .orderBy(sql`${orders.createdAt} desc`)

export type PairRow = Awaited<ReturnType<typeof listPairs>>[number]

/** What somebody decided about each of these orders with each other of them; null takes it back. */
export const settlePairs = async (
  tx: MerchantTx,
  fates: ReadonlyMap<string, DuplicateFate | null>,
  now: string,
): Promise<void> => {
  const ids = [...fates.keys()]
  for (const [orderId, fate] of fates)
    await tx.db
      .update(orderDuplicates)
      .set({ fate, decidedAt: fate === null ? null : now })
      .where(
        and(
          eq(orderDuplicates.merchantId, tx.merchantId),
          eq(orderDuplicates.orderId, orderId),
          inArray(orderDuplicates.otherId, ids),
        ),
      )
  await recountAll(tx, ids)
}

/** Whether one click sent twice is merged without asking. */
export const mergesIdentical = async (tx: MerchantTx): Promise<boolean> => {
  const [row] = await tx.db
    .select({ on: merchants.mergesIdentical })
    .from(merchants)
    .where(eq(merchants.id, tx.merchantId))
  return row?.on ?? false
}

/**
 * How many orders were first shipped in a period although another that was shipped too is surely or likely the same wish,
 * and nobody said that both are real or travel in one parcel. By `orders_first_shipped`.
 */
export const countShippedTwice = async (
  tx: MerchantTx,
  { from, to }: { from: string; to: string },
): Promise<number> => {
  const [row] = await tx.db
    .select({ count: sql<number>`count(*)::int` })
    .from(orders)
    .where(
      and(
        eq(orders.merchantId, tx.merchantId),
        isNotNull(orders.firstShippedAt),
        gte(orders.firstShippedAt, from),
        lt(orders.firstShippedAt, to),
        sql`exists (select 1 from ${orderDuplicates} d join ${orders} o
          on o.merchant_id = d.merchant_id and o.id = d.other_id
          where d.merchant_id = ${orders.merchantId} and d.order_id = ${orders.id} and d.verdict <> 'second_item'
          and (d.fate is null or d.fate not in ('both_real', 'together')) and o.first_shipped_at <= ${orders.firstShippedAt})`,
      ),
    )
  return row?.count ?? 0
}
