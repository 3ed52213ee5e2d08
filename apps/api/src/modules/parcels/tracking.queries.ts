import type { ParcelStatus } from '@sendocki/domain/parcels/parcel'
import type { TrackingEvent, UnknownStatus } from '@sendocki/domain/parcels/parcel-schema'
import type { TrackingFact } from '@sendocki/domain/parcels/tracking'
import { and, asc, desc, eq, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { unknownStatuses } from '../../db/schema/carriers.ts'
import { trackingEvents } from '../../db/schema/parcels.ts'

export type NewTrackingEvent = Omit<typeof trackingEvents.$inferInsert, 'merchantId'>

const ofParcel = (tx: MerchantTx, parcelId: string) =>
  and(eq(trackingEvents.merchantId, tx.merchantId), eq(trackingEvents.parcelId, parcelId))

/** Writes what was not known yet and tells how many that were: the same word of the same instant is one event. */
export const insertEvents = async (tx: MerchantTx, rows: readonly NewTrackingEvent[]): Promise<number> => {
  if (rows.length === 0) return 0
  const made = await tx.db
    .insert(trackingEvents)
    .values(rows.map((row) => ({ ...row, merchantId: tx.merchantId })))
    .onConflictDoNothing()
    .returning({ id: trackingEvents.id })
  return made.length
}

/** All that a carrier ever told of a parcel; a few dozen rows by `tracking_events_once`. */
export const factsOf = (tx: MerchantTx, parcelId: string): Promise<TrackingFact[]> => {
  const { at, status, carrierStatus, comment, attempts } = trackingEvents
  return tx.db
    .select({ at, status, carrierStatus, comment, attempts })
    .from(trackingEvents)
    .where(ofParcel(tx, parcelId))
}

/** Newest first. */
export const listEvents = (tx: MerchantTx, parcelId: string): Promise<TrackingEvent[]> => {
  const { id, at, receivedAt, source, carrierStatus, status, comment } = trackingEvents
  return tx.db
    .select({ id, at, receivedAt, source, carrierStatus, status, comment })
    .from(trackingEvents)
    .where(ofParcel(tx, parcelId))
    .orderBy(desc(at), desc(receivedAt))
    .limit(200)
}

/** Counts a word that nobody has explained. */
export const countUnknown = async (
  tx: MerchantTx,
  carrierAccountId: string,
  carrierStatus: string,
  at: string,
): Promise<void> => {
  await tx.db
    .insert(unknownStatuses)
    .values({ merchantId: tx.merchantId, carrierAccountId, carrierStatus, count: 1, firstSeenAt: at, lastSeenAt: at })
    .onConflictDoUpdate({
      target: [unknownStatuses.merchantId, unknownStatuses.carrierAccountId, unknownStatuses.carrierStatus],
      set: { count: sql`${unknownStatuses.count} + 1`, lastSeenAt: at },
    })
}

/** Unexplained words first; a carrier invents a handful in years. */
export const listUnknown = (tx: MerchantTx, carrierAccountId: string): Promise<UnknownStatus[]> => {
  const { carrierStatus, count, firstSeenAt, lastSeenAt, mappedTo, mappedAt } = unknownStatuses
  return tx.db
    .select({ carrierStatus, count, firstSeenAt, lastSeenAt, mappedTo, mappedAt })
    .from(unknownStatuses)
    .where(and(eq(unknownStatuses.merchantId, tx.merchantId), eq(unknownStatuses.carrierAccountId, carrierAccountId)))
    .orderBy(sql`${mappedTo} is not null`, asc(carrierStatus))
    .limit(200)
}

/** What people have said of these words; by primary key. */
export const explainedWords = async (
  tx: MerchantTx,
  carrierAccountId: string,
  words: readonly string[],
): Promise<ReadonlyMap<string, ParcelStatus>> => {
  if (words.length === 0) return new Map()
  const rows = await tx.db
    .select({ word: unknownStatuses.carrierStatus, status: unknownStatuses.mappedTo })
    .from(unknownStatuses)
    .where(
      and(
        eq(unknownStatuses.merchantId, tx.merchantId),
        eq(unknownStatuses.carrierAccountId, carrierAccountId),
        inArray(unknownStatuses.carrierStatus, [...words]),
        isNotNull(unknownStatuses.mappedTo),
      ),
    )
  return new Map(rows.flatMap(({ word, status }) => (status ? [[word, status] as const] : [])))
}

/** False when no carrier has ever used the word. */
export const saveMapping = async (
  tx: MerchantTx,
  carrierAccountId: string,
  carrierStatus: string,
  mappedTo: ParcelStatus,
  mappedAt: string,
): Promise<boolean> => {
  const rows = await tx.db
    .update(unknownStatuses)
    .set({ mappedTo, mappedAt })
    .where(
      and(
        eq(unknownStatuses.merchantId, tx.merchantId),
        eq(unknownStatuses.carrierAccountId, carrierAccountId),
        eq(unknownStatuses.carrierStatus, carrierStatus),
      ),
    )
    .returning({ word: unknownStatuses.carrierStatus })
  return rows.length > 0
}

/** Parcels with an event in this word that still reads otherwise; by `tracking_events_word`. */
export const parcelsToReread = async (
  tx: MerchantTx,
  carrierAccountId: string,
  carrierStatus: string,
  status: ParcelStatus,
  limit: number,
): Promise<string[]> => {
  const rows = await tx.db
    .selectDistinct({ parcelId: trackingEvents.parcelId })
    .from(trackingEvents)
    .where(
      and(
        eq(trackingEvents.merchantId, tx.merchantId),
        eq(trackingEvents.carrierAccountId, carrierAccountId),
        eq(trackingEvents.carrierStatus, carrierStatus),
        or(isNull(trackingEvents.status), ne(trackingEvents.status, status)),
      ),
    )
    .limit(limit)
  return rows.map(({ parcelId }) => parcelId)
}

export const rereadEvents = async (
  tx: MerchantTx,
  parcelId: string,
  carrierStatus: string,
  status: ParcelStatus,
): Promise<void> => {
  await tx.db
    .update(trackingEvents)
    .set({ status })
    .where(and(ofParcel(tx, parcelId), eq(trackingEvents.carrierStatus, carrierStatus)))
}
