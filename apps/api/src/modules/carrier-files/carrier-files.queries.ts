import type { AnyOutcome } from '@sendocki/domain/carrier-files/carrier-file'
import type { ListedPlace } from '@sendocki/domain/carrier-files/places'
import type { KnownParcel, RowEffect, RowReason } from '@sendocki/domain/carrier-files/rows'
import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { MerchantTx, PlatformTx } from '../../context.ts'
import { carrierFileRows, carrierFiles } from '../../db/schema/carrier-files.ts'
import { collectionOperations, collections } from '../../db/schema/cash.ts'
import { orders } from '../../db/schema/orders.ts'
import { parcelCompanions, parcels, trackingOperations } from '../../db/schema/parcels.ts'
import { companionsOf } from '../parcels/index.ts'

export type FileRow = typeof carrierFiles.$inferSelect
export type StoredRow = typeof carrierFileRows.$inferSelect

const mine = (tx: MerchantTx, id: string) => and(eq(carrierFiles.merchantId, tx.merchantId), eq(carrierFiles.id, id))
const ofFile = (tx: MerchantTx, fileId: string) =>
  and(eq(carrierFileRows.merchantId, tx.merchantId), eq(carrierFileRows.fileId, fileId))

const batch = 1_000
/** More rows than one file can hold. */
export const everyRow = 10_000

/** Keeps a file as it came, before anything is made of it. */
export const insertFile = async (
  tx: MerchantTx,
  file: Omit<FileRow, 'merchantId'>,
  rows: readonly (readonly string[])[],
): Promise<void> => {
  const { merchantId } = tx
  await tx.db.insert(carrierFiles).values({ ...file, merchantId })
  for (let start = 0; start < rows.length; start += batch)
    await tx.db
      .insert(carrierFileRows)
      .values(
        rows
          .slice(start, start + batch)
          .map((cells, index) => ({ merchantId, fileId: file.id, row: start + index, cells })),
      )
}

/** By primary key; `undone` when whatever it did was taken back since. */
export const findFile = async (
  tx: MerchantTx,
  id: string,
): Promise<(FileRow & { readonly undone: boolean }) | undefined> => {
  const operation = (table: typeof trackingOperations | typeof collectionOperations) =>
    and(eq(table.merchantId, carrierFiles.merchantId), eq(table.id, carrierFiles.operationId))
  const [found] = await tx.db
    .select({
      file: carrierFiles,
      said: trackingOperations.undoneAt,
      marked: collectionOperations.undoneAt,
    })
    .from(carrierFiles)
    .leftJoin(trackingOperations, operation(trackingOperations))
    .leftJoin(collectionOperations, operation(collectionOperations))
    .where(mine(tx, id))
  return found && { ...found.file, undone: found.said !== null || found.marked !== null }
}

export const lockFile = async (tx: MerchantTx, id: string): Promise<FileRow | undefined> =>
  (await tx.db.select().from(carrierFiles).where(mine(tx, id)).for('update'))[0]

export const saveFile = async (
  tx: MerchantTx,
  id: string,
  change: Partial<Pick<FileRow, 'status' | 'mapping' | 'rowCount' | 'triedAt' | 'operationId' | 'doneAt'>>,
): Promise<void> => {
  await tx.db.update(carrierFiles).set(change).where(mine(tx, id))
}

/** The file's cells in its order, `limit` rows of them. */
export const cellsOf = async (tx: MerchantTx, fileId: string, limit: number): Promise<(readonly string[])[]> => {
  const rows = await tx.db
    .select({ cells: carrierFileRows.cells })
    .from(carrierFileRows)
    .where(ofFile(tx, fileId))
    .orderBy(asc(carrierFileRows.row))
    .limit(limit)
  return rows.map(({ cells }) => cells)
}

export interface TriedRow {
  readonly row: number
  readonly outcome: AnyOutcome | null
  readonly reason: RowReason | null
  readonly parcelId: string | null
  readonly effect: RowEffect | null
  readonly place: ListedPlace | null
}

/** Writes what each row would do, thousands in one statement. */
export const saveTried = async (tx: MerchantTx, fileId: string, rows: readonly TriedRow[]): Promise<void> => {
  await tx.db.execute(sql`
    update carrier_file_rows r
    set outcome = t.outcome, reason = t.reason, parcel_id = t."parcelId", effect = t.effect, place = t.place
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t (row int, outcome text, reason text, "parcelId" uuid,
      effect jsonb, place jsonb)
    where r.merchant_id = ${tx.merchantId} and r.file_id = ${fileId} and r.row = t.row`)
}

/** Rows by outcome and how many of them are done; by `carrier_file_rows_outcome`. */
export const countOutcomes = async (tx: MerchantTx, fileId: string) => {
  const rows = await tx.db
    .select({
      outcome: carrierFileRows.outcome,
      count: sql<number>`count(*)::int`,
      done: sql<number>`count(${carrierFileRows.doneAt})::int`,
    })
    .from(carrierFileRows)
    .where(and(ofFile(tx, fileId), isNotNull(carrierFileRows.outcome)))
    .groupBy(carrierFileRows.outcome)
  return rows.flatMap(({ outcome, ...counts }) => (outcome ? [{ outcome, ...counts }] : []))
}

/** What the rows that will be done do, in the order of the file. */
export const openRows = (tx: MerchantTx, fileId: string, limit: number): Promise<StoredRow[]> =>
  tx.db
    .select()
    .from(carrierFileRows)
    .where(
      and(
        ofFile(tx, fileId),
        inArray(carrierFileRows.outcome, ['matched', 'word_unknown', 'created', 'updated']),
        isNull(carrierFileRows.doneAt),
      ),
    )
    .orderBy(asc(carrierFileRows.row))
    .limit(limit)

export const markDone = async (
  tx: MerchantTx,
  fileId: string,
  rows: readonly number[],
  doneAt: string,
): Promise<void> => {
  if (rows.length === 0) return
  await tx.db
    .update(carrierFileRows)
    .set({ doneAt })
    .where(and(ofFile(tx, fileId), inArray(carrierFileRows.row, [...rows])))
}

/** A row that could not be done after all, and why. */
export const refuseRow = async (tx: MerchantTx, fileId: string, row: number, reason: RowReason): Promise<void> => {
  await tx.db
    .update(carrierFileRows)
    .set({ outcome: 'refused', reason })
    .where(and(ofFile(tx, fileId), eq(carrierFileRows.row, row)))
}

/** Rows with the parcel that each is about, in the order of the file. */
export const listRows = (
  tx: MerchantTx,
  fileId: string,
  { outcome, after, limit }: { outcome?: AnyOutcome; after: number | null; limit: number },
) =>
  tx.db
    .select({
      row: carrierFileRows,
      orderId: orders.id,
      orderNumber: orders.number,
      customerName: orders.contactName,
      cityId: orders.cityId,
      cityText: orders.cityText,
      trackingNumber: parcels.trackingNumber,
      status: parcels.status,
      codAmountCentimes: parcels.codAmountCentimes,
      feeCentimes: parcels.feeCentimes,
    })
    .from(carrierFileRows)
    .leftJoin(
      parcels,
      and(eq(parcels.merchantId, carrierFileRows.merchantId), eq(parcels.id, carrierFileRows.parcelId)),
    )
    .leftJoin(orders, and(eq(orders.merchantId, parcels.merchantId), eq(orders.id, parcels.orderId)))
    .where(
      and(
        ofFile(tx, fileId),
        outcome ? eq(carrierFileRows.outcome, outcome) : isNotNull(carrierFileRows.outcome),
        after === null ? undefined : gt(carrierFileRows.row, after),
      ),
    )
    .orderBy(asc(carrierFileRows.row))
    .limit(limit)
export type ShownRow = Awaited<ReturnType<typeof listRows>>[number]

/** What the parcels of a payout took, and what the carrier keeps of it. */
export const sumMatched = async (tx: MerchantTx, fileId: string) => {
  const [sums] = await tx.db
    .select({
      count: sql<number>`count(*)::int`,
      gross: sql<string>`coalesce(sum((select sum(${collections.amountCentimes}) from ${collections}
        where ${collections.merchantId} = ${parcels.merchantId} and ${collections.parcelId} = ${parcels.id})), 0)::bigint`,
      fees: sql<string>`coalesce(sum(${parcels.feeCentimes}), 0)::bigint`,
      feeUnknown: sql<number>`count(*) filter (where ${parcels.feeCentimes} is null)::int`,
    })
    .from(carrierFileRows)
    .innerJoin(
      parcels,
      and(eq(parcels.merchantId, carrierFileRows.merchantId), eq(parcels.id, carrierFileRows.parcelId)),
    )
    .where(
      and(
        ofFile(tx, fileId),
        eq(carrierFileRows.outcome, 'matched'),
        sql`exists (select from ${collections} where ${collections.merchantId} = ${parcels.merchantId}
          and ${collections.parcelId} = ${parcels.id})`,
      ),
    )
  return sums
}

export interface Names {
  readonly trackingNumbers: readonly string[]
  readonly references: readonly string[]
  readonly orderNumbers: readonly number[]
  readonly phones: readonly string[]
}

const known = {
  id: parcels.id,
  orderNumber: orders.number,
  carrierAccountId: parcels.carrierAccountId,
  reference: parcels.reference,
  trackingNumber: parcels.trackingNumber,
  status: parcels.status,
  since: parcels.since,
  live: parcels.live,
  phone: orders.phone,
  amountCentimes: parcels.codAmountCentimes,
} as const

/**
 * Parcels that rows may be about: by number on `parcels_tracking_number`, by reference on `parcels_reference`, by order on
 * `orders_number` and `parcels_order`, or as one of several in a parcel. By phone only those of the account that have no number yet, on `parcels_account`.
 */
export const findKnown = async (tx: MerchantTx, carrierAccountId: string, names: Names): Promise<KnownParcel[]> => {
  const found = new Map<string, Omit<KnownParcel, 'otherNumbers'>>()
  const collect = async (condition: SQL | undefined): Promise<void> => {
    const rows = await tx.db
      .select(known)
      .from(parcels)
      .innerJoin(orders, and(eq(orders.merchantId, parcels.merchantId), eq(orders.id, parcels.orderId)))
      .where(and(eq(parcels.merchantId, tx.merchantId), condition))
      .limit(20_000)
    for (const row of rows) found.set(row.id, row)
  }
  const { trackingNumbers, references, orderNumbers, phones } = names
  for (const numbers of chunks(trackingNumbers)) await collect(inArray(parcels.trackingNumber, numbers))
  for (const texts of chunks(references)) await collect(inArray(parcels.reference, texts))
  for (const numbers of chunks(orderNumbers)) {
    await collect(inArray(orders.number, numbers))
    await collect(inArray(parcels.id, parcelsWithCompanion(tx, numbers)))
  }
  for (const some of chunks(phones))
    await collect(
      and(
        eq(parcels.carrierAccountId, carrierAccountId),
        isNull(parcels.trackingNumber),
        eq(parcels.live, true),
        inArray(orders.phone, some),
      ),
    )
  const companions = await companionsOf(tx, [...found.keys()])
  return [...found.values()].map((parcel) => ({
    ...parcel,
    otherNumbers: (companions.get(parcel.id) ?? []).map(({ number }) => number),
  }))
}

/** Parcels that carry an order of these numbers besides their own, by `parcel_companions_order`. */
const parcelsWithCompanion = (tx: MerchantTx, numbers: readonly number[]) =>
  tx.db
    .select({ id: parcelCompanions.parcelId })
    .from(parcelCompanions)
    .innerJoin(orders, and(eq(orders.merchantId, parcelCompanions.merchantId), eq(orders.id, parcelCompanions.orderId)))
    .where(and(eq(parcelCompanions.merchantId, tx.merchantId), inArray(orders.number, [...numbers])))

const chunks = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / batch) }, (_, index) => all.slice(index * batch, (index + 1) * batch))

/** Files name buyers: what is older than `before` goes, in every merchant. By `carrier_files_age`. */
export const removeOldFiles = async (tx: PlatformTx, before: string): Promise<void> => {
  await tx.db
    .delete(carrierFileRows)
    .where(
      sql`(${carrierFileRows.merchantId}, ${carrierFileRows.fileId}) in (select merchant_id, id from carrier_files where created_at < ${before}::timestamptz)`,
    )
  await tx.db.delete(carrierFiles).where(lt(carrierFiles.createdAt, before))
}
