import type { CollectionQuery } from '@sendocki/domain/cash/collection'
import { and, asc, desc, eq, gte, inArray, lt, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { carrierAccounts } from '../../db/schema/carriers.ts'
import { collectionOperationLines, collectionOperations, collections } from '../../db/schema/cash.ts'
import { orders } from '../../db/schema/orders.ts'
import { parcels } from '../../db/schema/parcels.ts'

export type CollectionRow = typeof collections.$inferSelect
export type NewCollection = Omit<typeof collections.$inferInsert, 'merchantId'>

const mine = (tx: MerchantTx, parcelId: string) =>
  and(eq(collections.merchantId, tx.merchantId), eq(collections.parcelId, parcelId))

export interface Window {
  /** Delivered from here on, and before there. */
  readonly from: string | null
  readonly until: string | null
}

/** By the day of delivery, on the index of whichever filter is set, forwards or backwards. */
export const listCollections = (
  tx: MerchantTx,
  query: Pick<CollectionQuery, 'status' | 'carrierAccountId' | 'sort'>,
  { from, until }: Window,
  { after, limit }: { after: readonly [string, string, string] | null; limit: number },
) => {
  const { status, carrierAccountId, sort = '-deliveredAt' } = query
  const direction = sort === 'deliveredAt' ? asc : desc
  const key = sql`(${collections.deliveredAt}, ${collections.parcelId}, ${collections.orderId})`
  const last = after ? sql`(${after[0]}::timestamptz, ${after[1]}::uuid, ${after[2]}::uuid)` : undefined
  return tx.db
    .select({
      collection: collections,
      orderNumber: orders.number,
      customerName: orders.contactName,
      cityId: orders.cityId,
      cityText: orders.cityText,
      trackingNumber: parcels.trackingNumber,
      settings: carrierAccounts.settings,
    })
    .from(collections)
    .innerJoin(orders, and(eq(orders.merchantId, collections.merchantId), eq(orders.id, collections.orderId)))
    .innerJoin(parcels, and(eq(parcels.merchantId, collections.merchantId), eq(parcels.id, collections.parcelId)))
    .innerJoin(
      carrierAccounts,
      and(eq(carrierAccounts.merchantId, collections.merchantId), eq(carrierAccounts.id, collections.carrierAccountId)),
    )
    .where(
      and(
        eq(collections.merchantId, tx.merchantId),
        status ? eq(collections.status, status) : undefined,
        carrierAccountId ? eq(collections.carrierAccountId, carrierAccountId) : undefined,
        from ? gte(collections.deliveredAt, from) : undefined,
        until ? lt(collections.deliveredAt, until) : undefined,
        last ? (sort === 'deliveredAt' ? sql`${key} > ${last}` : sql`${key} < ${last}`) : undefined,
      ),
    )
    .orderBy(direction(collections.deliveredAt), direction(collections.parcelId), direction(collections.orderId))
    .limit(limit)
}
export type ShownCollection = Awaited<ReturnType<typeof listCollections>>[number]

/** Sums by carrier, status and age; `bounds` are the first instants of the age buckets, youngest first. */
export const sumCollections = (tx: MerchantTx, bounds: readonly string[]) => {
  const bucket = sql<number>`(select count(*)::int from unnest(${sql.param(bounds)}::timestamptz[]) b
    where collections.delivered_at < b)`
  return tx.db
    .select({
      carrierAccountId: collections.carrierAccountId,
      carrierName: carrierAccounts.name,
      status: collections.status,
      bucket,
      count: sql<number>`count(*)::int`,
      sum: sql<string>`sum(${collections.amountCentimes})::bigint`,
    })
    .from(collections)
    .innerJoin(
      carrierAccounts,
      and(eq(carrierAccounts.merchantId, collections.merchantId), eq(carrierAccounts.id, collections.carrierAccountId)),
    )
    .where(eq(collections.merchantId, tx.merchantId))
    .groupBy(collections.carrierAccountId, carrierAccounts.name, collections.status, sql`4`)
    .orderBy(asc(carrierAccounts.name), asc(collections.carrierAccountId), asc(collections.status), sql`4`)
}

/** Locked in one order, so that two bulk marks of the same parcels take turns instead of meeting head-on. */
export const lockCollections = (tx: MerchantTx, parcelIds: readonly string[]): Promise<CollectionRow[]> =>
  tx.db
    .select()
    .from(collections)
    .where(and(eq(collections.merchantId, tx.merchantId), inArray(collections.parcelId, [...parcelIds])))
    .orderBy(asc(collections.parcelId), asc(collections.orderId))
    .for('update')

export const insertCollections = async (tx: MerchantTx, rows: readonly NewCollection[]): Promise<void> => {
  await tx.db.insert(collections).values(rows.map((row) => ({ ...row, merchantId: tx.merchantId })))
}

export type SavedMark = Pick<
  CollectionRow,
  'parcelId' | 'orderId' | 'status' | 'collectedAt' | 'note' | 'operationId' | 'settledEntryId'
>

/** Writes what many locked collections were marked as, in one statement. */
export const saveMarks = async (tx: MerchantTx, marks: readonly SavedMark[]): Promise<void> => {
  if (marks.length === 0) return
  await tx.db.execute(sql`
    update collections c
    set status = m.status, collected_at = m."collectedAt", note = m.note, operation_id = m."operationId",
      settled_entry_id = m."settledEntryId"
    from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) as m ("parcelId" uuid, "orderId" uuid, status text,
      "collectedAt" timestamptz, note text, "operationId" uuid, "settledEntryId" uuid)
    where c.merchant_id = ${tx.merchantId} and c.parcel_id = m."parcelId" and c.order_id = m."orderId"`)
}

const batch = 1_000

/** The status of these parcels' cash; a parcel without any is not among them. */
export const statusesOf = async (
  tx: MerchantTx,
  parcelIds: readonly string[],
): Promise<ReadonlyMap<string, CollectionRow['status']>> => {
  const statuses = new Map<string, CollectionRow['status']>()
  for (let start = 0; start < parcelIds.length; start += batch) {
    const rows = await tx.db
      .select({ parcelId: collections.parcelId, status: collections.status })
      .from(collections)
      .where(
        and(
          eq(collections.merchantId, tx.merchantId),
          inArray(collections.parcelId, parcelIds.slice(start, start + batch)),
        ),
      )
    for (const { parcelId, status } of rows) statuses.set(parcelId, status)
  }
  return statuses
}

export interface ParcelCash {
  readonly status: CollectionRow['status']
  readonly amountCentimes: number
}

/** The cash of these parcels, of all the orders of each together; a parcel without any is not among them. */
export const cashOfParcels = async (
  tx: MerchantTx,
  parcelIds: readonly string[],
): Promise<ReadonlyMap<string, ParcelCash>> => {
  if (parcelIds.length === 0) return new Map()
  const { parcelId, status, amountCentimes } = collections
  const rows = await tx.db
    .select({ parcelId, status, amountCentimes })
    .from(collections)
    .where(and(eq(collections.merchantId, tx.merchantId), inArray(parcelId, [...parcelIds])))
  const cash = new Map<string, ParcelCash>()
  // The cash of a parcel is marked whole: each row says how all of it stands.
  for (const row of rows)
    cash.set(row.parcelId, {
      status: row.status,
      amountCentimes: (cash.get(row.parcelId)?.amountCentimes ?? 0) + row.amountCentimes,
    })
  return cash
}

export const removeCollections = async (tx: MerchantTx, parcelId: string): Promise<void> => {
  await tx.db.delete(collections).where(mine(tx, parcelId))
}

export type NewOperation = Omit<typeof collectionOperations.$inferInsert, 'merchantId'>
export type OperationLine = Omit<typeof collectionOperationLines.$inferSelect, 'merchantId' | 'operationId'>

export const insertOperation = async (
  tx: MerchantTx,
  operation: NewOperation,
  lines: readonly OperationLine[],
): Promise<void> => {
  const { merchantId } = tx
  await tx.db.insert(collectionOperations).values({ ...operation, merchantId })
  for (let start = 0; start < lines.length; start += batch)
    await tx.db
      .insert(collectionOperationLines)
      .values(lines.slice(start, start + batch).map((line) => ({ ...line, merchantId, operationId: operation.id })))
}

export const lockOperation = async (tx: MerchantTx, id: string) =>
  (
    await tx.db
      .select()
      .from(collectionOperations)
      .where(and(eq(collectionOperations.merchantId, tx.merchantId), eq(collectionOperations.id, id)))
      .for('update')
  )[0]

export const linesOfOperation = (tx: MerchantTx, operationId: string): Promise<OperationLine[]> =>
  tx.db
    .select()
    .from(collectionOperationLines)
    .where(
      and(
        eq(collectionOperationLines.merchantId, tx.merchantId),
        eq(collectionOperationLines.operationId, operationId),
      ),
    )

export const markUndone = async (tx: MerchantTx, id: string, undoneAt: string): Promise<void> => {
  await tx.db
    .update(collectionOperations)
    .set({ undoneAt })
    .where(and(eq(collectionOperations.merchantId, tx.merchantId), eq(collectionOperations.id, id)))
}
