import { type MergedValues, mergedNames } from '@sendocki/domain/customers/merging'
import { and, asc, count, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { customerBlocks, customerMerges, customers, searchTerms } from '../../db/schema/customers.ts'
import { events } from '../../db/schema/journal.ts'
import { orders } from '../../db/schema/orders.ts'
import type { Term } from '../search/index.ts'
import type { CustomerRow } from './customers.queries.ts'

export type MergeRow = typeof customerMerges.$inferSelect

export const valuesOf = (row: CustomerRow): MergedValues =>
  Object.fromEntries(mergedNames.map((name) => [name, row[name]])) as unknown as MergedValues

/** Two customers, locked in one order whoever asks, so that two merges of the same pair wait for one another. */
export const lockPair = (tx: MerchantTx, ids: readonly string[]): Promise<CustomerRow[]> =>
  tx.db
    .select()
    .from(customers)
    .where(and(eq(customers.merchantId, tx.merchantId), inArray(customers.id, [...ids])))
    .orderBy(asc(customers.id))
    .for('update')

export const setValues = async (
  tx: MerchantTx,
  id: string,
  set: Partial<MergedValues> & { readonly mergedIntoId?: string | null },
  now: string,
): Promise<void> => {
  await tx.db
    .update(customers)
    .set({ ...set, version: sql`${customers.version} + 1`, updatedAt: now })
    .where(and(eq(customers.merchantId, tx.merchantId), eq(customers.id, id)))
}

/** Those who were merged into one now belong to another. */
export const pointTo = async (tx: MerchantTx, ids: readonly string[], customerId: string): Promise<void> => {
  if (ids.length === 0) return
  await tx.db
    .update(customers)
    .set({ mergedIntoId: customerId })
    .where(and(eq(customers.merchantId, tx.merchantId), inArray(customers.id, [...ids])))
}

export const orderIdsOf = async (tx: MerchantTx, customerId: string, limit: number): Promise<string[]> => {
  const rows = await tx.db
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.merchantId, tx.merchantId), eq(orders.customerId, customerId)))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Of a customer's orders, those that were moved here and those that came with a number since. */
export const ordersToGoBack = async (
  tx: MerchantTx,
  from: {
    readonly customerId: string
    readonly orderIds: readonly string[]
    readonly phone: string | null
    readonly since: string
  },
): Promise<string[]> => {
  const { customerId, orderIds, phone, since } = from
  const which = or(
    ...(orderIds.length > 0 ? [inArray(orders.id, [...orderIds])] : []),
    ...(phone === null ? [] : [and(eq(orders.phone, phone), gt(orders.createdAt, since))]),
  )
  if (!which) return []
  const rows = await tx.db
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.merchantId, tx.merchantId), eq(orders.customerId, customerId), which))
  return rows.map(({ id }) => id)
}

export const giveOrders = async (
  tx: MerchantTx,
  orderIds: readonly string[],
  customerId: string,
  now: string,
): Promise<void> => {
  if (orderIds.length === 0) return
  await tx.db
    .update(orders)
    .set({ customerId, updatedAt: now })
    .where(and(eq(orders.merchantId, tx.merchantId), inArray(orders.id, [...orderIds])))
}

/** Puts a block on a customer's orders that have not ended and carry none; gives them. */
export const blockFreeOrders = async (
  tx: MerchantTx,
  customerId: string,
  { blockMode, blockedUntil }: Pick<MergedValues, 'blockMode' | 'blockedUntil'>,
): Promise<string[]> => {
  if (blockMode === null) return []
  const rows = await tx.db
    .update(orders)
    .set({ blockMode, blockedUntil })
    .where(
      and(
        eq(orders.merchantId, tx.merchantId),
        eq(orders.customerId, customerId),
        isNull(orders.endedAt),
        isNull(orders.blockMode),
      ),
    )
    .returning({ id: orders.id })
  return rows.map(({ id }) => id)
}

export const freeOrders = async (tx: MerchantTx, orderIds: readonly string[]): Promise<void> => {
  if (orderIds.length === 0) return
  await tx.db
    .update(orders)
    .set({ blockMode: null, blockedUntil: null })
    .where(and(eq(orders.merchantId, tx.merchantId), inArray(orders.id, [...orderIds])))
}

/** A block goes from one customer to another, unless it was taken back; gives whether it did. */
export const moveBlock = async (tx: MerchantTx, blockId: string, customerId: string): Promise<void> => {
  await tx.db
    .update(customerBlocks)
    .set({ customerId })
    .where(
      and(
        eq(customerBlocks.merchantId, tx.merchantId),
        eq(customerBlocks.id, blockId),
        isNull(customerBlocks.liftedAt),
      ),
    )
}

/** Search terms of one customer become another's: which the other did not have, and which were given up. */
export const moveTerms = async (
  tx: MerchantTx,
  fromId: string,
  toId: string,
): Promise<{ added: Term[]; given: Term[] }> => {
  const { merchantId } = tx
  const given = await tx.db
    .delete(searchTerms)
    .where(and(eq(searchTerms.merchantId, merchantId), eq(searchTerms.subjectId, fromId)))
    .returning({ kind: searchTerms.kind, term: searchTerms.term })
  if (given.length === 0) return { added: [], given }
  const added = await tx.db
    .insert(searchTerms)
    .values(given.map((term) => ({ ...term, merchantId, subjectId: toId })))
    .onConflictDoNothing()
    .returning({ kind: searchTerms.kind, term: searchTerms.term })
  return { added, given }
}

export const dropTerms = async (tx: MerchantTx, subjectId: string, terms: readonly Term[]): Promise<void> => {
  if (terms.length === 0) return
  const pairs = terms.map(({ kind, term }) => sql`(${kind}::text, ${term}::text)`)
  await tx.db
    .delete(searchTerms)
    .where(
      and(
        eq(searchTerms.merchantId, tx.merchantId),
        eq(searchTerms.subjectId, subjectId),
        sql`(${searchTerms.kind}, ${searchTerms.term}) in (${sql.join(pairs, sql`, `)})`,
      ),
    )
}

export const insertMerge = async (tx: MerchantTx, row: Omit<MergeRow, 'merchantId' | 'undoneAt'>): Promise<void> => {
  await tx.db.insert(customerMerges).values({ ...row, merchantId: tx.merchantId })
}

export const lockMerge = async (tx: MerchantTx, id: string): Promise<MergeRow | undefined> =>
  (
    await tx.db
      .select()
      .from(customerMerges)
      .where(and(eq(customerMerges.merchantId, tx.merchantId), eq(customerMerges.id, id)))
      .for('update')
  )[0]

export const markUndone = async (tx: MerchantTx, id: string, now: string): Promise<void> => {
  await tx.db
    .update(customerMerges)
    .set({ undoneAt: now })
    .where(and(eq(customerMerges.merchantId, tx.merchantId), eq(customerMerges.id, id)))
}

/** How many notes were written on these customers, by `events_subject`. */
export const countNotes = async (tx: MerchantTx, customerIds: readonly string[]): Promise<number> => {
  const [row] = await tx.db
    .select({ notes: count() })
    .from(events)
    .where(
      and(
        eq(events.merchantId, tx.merchantId),
        eq(events.subjectKind, 'customer'),
        inArray(events.subjectId, [...customerIds]),
        eq(events.type, 'customer.note_added'),
      ),
    )
  return row?.notes ?? 0
}
