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

/** Writes what was not known yet and answers the ids of it: the same word of the same instant is one event. */
export const insertEvents = async (tx: MerchantTx, rows: readonly NewTrackingEvent[]): Promise<string[]> => {
  if (rows.length === 0) return []
  const made = await tx.db
    .insert(trackingEvents)
    .values(rows.map((row) => ({ ...row, merchantId: tx.merchantId })))
    .onConflictDoNothing()
    .returning({ id: trackingEvents.id })
  return made.map(({ id }) => id)
}

/** Takes back what a person said: from now on it was never told. */
export const takeBackEvent = async (tx: MerchantTx, parcelId: string, id: string, undoneAt: string): Promise<void> => {
  await tx.db
    .update(trackingEvents)
    .set({ undoneAt })
    .where(and(ofParcel(tx, parcelId), eq(trackingEvents.id, id)))
}

/** All that a carrier ever told of a parcel; a few dozen rows by `tracking_events_once`. */
export const factsOf = (tx: MerchantTx, parcelId: string): Promise<TrackingFact[]> => {
  const { at, status, carrierStatus, comment, attempts } = trackingEvents
  return tx.db
    .select({ at, status, carrierStatus, comment, attempts })
    .from(trackingEvents)
    .where(and(ofParcel(tx, parcelId), isNull(trackingEvents.undoneAt)))
}

/** Newest first. */
export const listEvents = (tx: MerchantTx, parcelId: string): Promise<TrackingEvent[]> => {
  const { id, at, receivedAt, source, carrierStatus, status, comment } = trackingEvents
  return tx.db
    .select({ id, at, receivedAt, source, carrierStatus, status, comment })
    .from(trackingEvents)
    .where(and(ofParcel(tx, parcelId), isNull(trackingEvents.undoneAt)))
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

/** What every word of an account was said to mean, in whatever spelling it came. */
export const meaningsOf = async (tx: MerchantTx, carrierAccountId: string): Promise<[string, ParcelStatus][]> => {
  const rows = await listUnknown(tx, carrierAccountId)
  return rows.flatMap(({ carrierStatus, mappedTo }): [string, ParcelStatus][] =>
    mappedTo ? [[carrierStatus, mappedTo]] : [],
  )
}

/** Says what a word means that may never have been heard before. */
export const learnWord = async (
  tx: MerchantTx,
  carrierAccountId: string,
  carrierStatus: string,
  mappedTo: ParcelStatus,
  at: string,
): Promise<void> => {
  await tx.db
    .insert(unknownStatuses)
    .values({
      merchantId: tx.merchantId,
      carrierAccountId,
      carrierStatus,
      count: 0,
      firstSeenAt: at,
      lastSeenAt: at,
      mappedTo,
      mappedAt: at,
    })
    .onConflictDoUpdate({
      target: [unknownStatuses.merchantId, unknownStatuses.carrierAccountId, unknownStatuses.carrierStatus],
      set: { mappedTo, mappedAt: at },
    })
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
        isNull(trackingEvents.undoneAt),
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
