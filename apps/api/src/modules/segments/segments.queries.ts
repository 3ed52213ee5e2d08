import {
  type SegmentField,
  type SegmentRule,
  type SegmentTerm,
  segmentFieldKinds,
} from '@sendocki/domain/segments/rules'
import { addDays, dayOf, startOfDay } from '@sendocki/domain/time'
import { and, asc, desc, eq, exists, gt, gte, inArray, isNull, lte, notExists, type SQL, sql } from 'drizzle-orm'
import type { MerchantTx, PlatformTx } from '../../context.ts'
import { customers, customerTags } from '../../db/schema/customers.ts'
import { orders } from '../../db/schema/orders.ts'
import { merchants } from '../../db/schema/platform.ts'
import { segmentMembers, segments } from '../../db/schema/segments.ts'

export type SegmentRow = typeof segments.$inferSelect

const own = (tx: MerchantTx, id: string) => and(eq(segments.merchantId, tx.merchantId), eq(segments.id, id))

export const allSegments = (tx: MerchantTx): Promise<SegmentRow[]> =>
  tx.db.select().from(segments).where(eq(segments.merchantId, tx.merchantId)).orderBy(asc(segments.id))

/** By its id, or by the key of a built-in one that was changed; locked. */
export const lockSegment = async (tx: MerchantTx, ref: string, builtIn: boolean): Promise<SegmentRow | undefined> =>
  (
    await tx.db
      .select()
      .from(segments)
      .where(
        and(eq(segments.merchantId, tx.merchantId), builtIn ? sql`${segments.key} = ${ref}` : eq(segments.id, ref)),
      )
      .for('update')
  )[0]

export const insertSegment = async (
  tx: MerchantTx,
  row: Omit<typeof segments.$inferInsert, 'merchantId'>,
): Promise<void> => {
  await tx.db.insert(segments).values({ ...row, merchantId: tx.merchantId })
}

export const changeSegment = async (tx: MerchantTx, id: string, set: Partial<SegmentRow>): Promise<void> => {
  await tx.db
    .update(segments)
    .set({ ...set, version: sql`${segments.version} + 1` })
    .where(own(tx, id))
}

export const removeSegment = async (tx: MerchantTx, id: string): Promise<void> => {
  await tx.db.delete(segments).where(own(tx, id))
}

export const forgetMembers = async (tx: MerchantTx, segment: string): Promise<void> => {
  await tx.db
    .delete(segmentMembers)
    .where(and(eq(segmentMembers.merchantId, tx.merchantId), eq(segmentMembers.segment, segment)))
}

const columns = {
  orders: customers.ordersCount,
  delivered: customers.deliveredCount,
  returned: customers.returnedCount,
  cancelled: customers.cancelledCount,
  deliveredPercent: customers.deliveredPermille,
  returnedPercent: customers.returnedPermille,
  deliveredCentimes: customers.deliveredCentimes,
  firstOrderAt: customers.firstOrderAt,
  lastOrderAt: customers.lastOrderAt,
  city: customers.cityId,
} as const satisfies Record<Exclude<SegmentField, 'tag'>, unknown>

const daysAgo = (now: Date, days: number): string => startOfDay(addDays(dayOf(now), -days))

const conditionOf = (tx: MerchantTx, { field, op, value }: SegmentTerm, now: Date): SQL | undefined => {
  if (field === 'tag')
    return exists(
      tx.db
        .select({ one: sql`1` })
        .from(customerTags)
        .where(
          and(
            eq(customerTags.merchantId, customers.merchantId),
            eq(customerTags.tag, String(value)),
            eq(customerTags.customerId, customers.id),
          ),
        ),
    )
  const column = columns[field]
  const kind = segmentFieldKinds[field]
  if (kind === 'city') return sql`${column} = ${String(value)}`
  if (kind === 'instant')
    return op === 'lastDays'
      ? sql`${column} >= ${daysAgo(now, Number(value) - 1)}::timestamptz`
      : sql`${column} < ${daysAgo(now, Number(value))}::timestamptz`
  const bound = kind === 'percent' ? Number(value) * 10 : Number(value)
  // A share that is not known is neither high nor low.
  const known = kind === 'percent' ? sql`${column} >= 0` : undefined
  return and(known, op === 'atLeast' ? sql`${column} >= ${bound}` : sql`${column} <= ${bound}`)
}

/** Customers whom a rule fits: real ones, who are not part of another and were not forgotten. */
const fitting = (tx: MerchantTx, rule: SegmentRule, now: Date): SQL | undefined =>
  and(
    eq(customers.merchantId, tx.merchantId),
    isNull(customers.mergedIntoId),
    isNull(customers.erasedAt),
    ...rule.map((term) => conditionOf(tx, term, now)),
  )

/** How many a rule fits, at most one more than the cap. */
export const countFitting = async (tx: MerchantTx, rule: SegmentRule, now: Date, cap: number): Promise<number> => {
  const some = tx.db
    .select({ id: customers.id })
    .from(customers)
    .where(fitting(tx, rule, now))
    .limit(cap + 1)
    .as('counted')
  const [row] = await tx.db.select({ count: sql<number>`count(*)::int` }).from(some)
  return row?.count ?? 0
}

/** How many are in a segment, at most one more than the cap, by the primary key. */
export const countMembers = async (tx: MerchantTx, segment: string, cap: number): Promise<number> => {
  const some = tx.db
    .select({ id: segmentMembers.customerId })
    .from(segmentMembers)
    .where(and(eq(segmentMembers.merchantId, tx.merchantId), eq(segmentMembers.segment, segment)))
    .limit(cap + 1)
    .as('counted')
  const [row] = await tx.db.select({ count: sql<number>`count(*)::int` }).from(some)
  return row?.count ?? 0
}

/** Which customers are looked at: those of a stretch of ids, or named ones. */
export type Looked = { readonly after: string; readonly last: string } | { readonly ids: readonly string[] }

const among = (column: typeof customers.id | typeof segmentMembers.customerId, looked: Looked): SQL | undefined =>
  'ids' in looked ? inArray(column, [...looked.ids]) : and(gt(column, looked.after), lte(column, looked.last))

/** Brings a segment up to its rule for some customers: who fits comes in from now, who does not goes. */
export const refreshMembers = async (
  tx: MerchantTx,
  { ref, rule }: { readonly ref: string; readonly rule: SegmentRule },
  looked: Looked,
  now: Date,
): Promise<void> => {
  const { merchantId } = tx
  await tx.db
    .insert(segmentMembers)
    .select(
      tx.db
        .select({
          merchantId: customers.merchantId,
          segment: sql<string>`${ref}::text`.as('segment'),
          customerId: sql<string>`${customers.id}`.as('customer_id'),
          since: sql<string>`${now.toISOString()}::timestamptz`.as('since'),
        })
        .from(customers)
        .where(and(fitting(tx, rule, now), among(customers.id, looked))),
    )
    .onConflictDoNothing()
  await tx.db.delete(segmentMembers).where(
    and(
      eq(segmentMembers.merchantId, merchantId),
      eq(segmentMembers.segment, ref),
      among(segmentMembers.customerId, looked),
      notExists(
        tx.db
          .select({ one: sql`1` })
          .from(customers)
          .where(and(fitting(tx, rule, now), eq(customers.id, segmentMembers.customerId))),
      ),
    ),
  )
}

/** The last id of the next stretch of customers; undefined at the end. */
export const endOfStretch = async (tx: MerchantTx, after: string, length: number): Promise<string | undefined> => {
  const stretch = tx.db
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.merchantId, tx.merchantId), gt(customers.id, after)))
    .orderBy(asc(customers.id))
    .limit(length)
    .as('stretch')
  const [row] = await tx.db.select({ id: stretch.id }).from(stretch).orderBy(desc(stretch.id)).limit(1)
  return row?.id
}

/** Whose orders changed since, at most so many, by `orders_updated`. */
export const customersChanged = async (tx: MerchantTx, since: string, limit: number): Promise<string[]> => {
  const rows = await tx.db
    .selectDistinct({ id: orders.customerId })
    .from(orders)
    .where(and(eq(orders.merchantId, tx.merchantId), gte(orders.updatedAt, since)))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Merchants with customers; those with an order that changed since, when an instant is given. */
export const merchantsToRefresh = async (tx: PlatformTx, since: string | null): Promise<string[]> => {
  const some =
    since === null
      ? tx.db.select({ one: sql`1` }).from(customers).where(eq(customers.merchantId, merchants.id))
      : tx.db
          .select({ one: sql`1` })
          .from(orders)
          .where(and(eq(orders.merchantId, merchants.id), gte(orders.updatedAt, since)))
  const rows = await tx.db.select({ id: merchants.id }).from(merchants).where(exists(some))
  return rows.map(({ id }) => id)
}
