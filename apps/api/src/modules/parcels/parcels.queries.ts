import type { BookingState } from '@sendocki/domain/parcels/booking'
import { type ParcelLeg, settledParcelStatuses } from '@sendocki/domain/parcels/parcel'
import type { ParcelQuery } from '@sendocki/domain/parcels/parcel-schema'
import type { Scope } from '@sendocki/domain/permissions'
import { and, asc, desc, eq, gte, inArray, isNull, lt, notInArray, or, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { ordersInScope } from '../../db/order-scope.ts'
import { members } from '../../db/schema/members.ts'
import { orders } from '../../db/schema/orders.ts'
import { parcelCompanions, parcels } from '../../db/schema/parcels.ts'
import { inCompanyOf, parcelsOfOrder, sameParcel } from './companions.queries.ts'

export type ParcelRow = typeof parcels.$inferSelect
export type NewParcel = Omit<typeof parcels.$inferInsert, 'merchantId'>

/** The rows that a role reaches, and the member for whom `own` is meant. */
export interface Viewer {
  readonly scope: readonly Scope[]
  readonly memberId: string | null
}

const shown = {
  parcel: parcels,
  orderNumber: orders.number,
  customerName: orders.contactName,
  cityId: orders.cityId,
  cityText: orders.cityText,
  printedBy: members.fullName,
} as const

const mine = (tx: MerchantTx, id: string) => and(eq(parcels.merchantId, tx.merchantId), eq(parcels.id, id))

const selectShown = (tx: MerchantTx) =>
  tx.db
    .select(shown)
    .from(parcels)
    .innerJoin(orders, and(eq(orders.merchantId, parcels.merchantId), eq(orders.id, parcels.orderId)))
    .leftJoin(members, and(eq(members.merchantId, parcels.merchantId), eq(members.id, parcels.labelPrintedBy)))

export type ShownParcel = Awaited<ReturnType<typeof listParcels>>[number]

/** Newest first by `parcels_created`, or by the index of the one filter that is set; `q` is the start of a number. */
export const listParcels = (
  tx: MerchantTx,
  viewer: Viewer,
  query: ParcelQuery,
  { after, limit }: { after: readonly [string, string] | null; limit: number },
) => {
  const { status, booking, carrierAccountId, orderId, createdFrom, createdTo } = query
  const q = query.q?.trim().replace(/^#/, '')
  return selectShown(tx)
    .where(
      and(
        eq(parcels.merchantId, tx.merchantId),
        ordersInScope(viewer.scope, viewer.memberId),
        status ? eq(parcels.status, status) : undefined,
        booking ? eq(parcels.booking, booking) : undefined,
        carrierAccountId ? eq(parcels.carrierAccountId, carrierAccountId) : undefined,
        orderId ? inArray(parcels.id, parcelsOfOrder(tx, orderId)) : undefined,
        createdFrom ? gte(parcels.createdAt, createdFrom) : undefined,
        createdTo ? lt(parcels.createdAt, createdTo) : undefined,
        q ? or(sql`${parcels.trackingNumber} ^@ ${q}`, sql`${parcels.reference} ^@ ${q}`) : undefined,
        after ? sql`(${parcels.createdAt}, ${parcels.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : undefined,
      ),
    )
    .orderBy(desc(parcels.createdAt), desc(parcels.id))
    .limit(limit)
}

/** By primary key, within what the viewer reaches. */
export const findShown = async (tx: MerchantTx, viewer: Viewer, id: string): Promise<ShownParcel | undefined> =>
  (await selectShown(tx).where(and(mine(tx, id), ordersInScope(viewer.scope, viewer.memberId))))[0]

export const lockParcel = async (tx: MerchantTx, id: string): Promise<ParcelRow | undefined> =>
  (await tx.db.select().from(parcels).where(mine(tx, id)).for('update'))[0]

/** Locks those of these parcels that the viewer reaches, in one order, so that two callers take turns. */
export const lockReachable = async (tx: MerchantTx, viewer: Viewer, ids: readonly string[]): Promise<ParcelRow[]> => {
  const rows = await tx.db
    .select({ parcel: parcels })
    .from(parcels)
    .innerJoin(orders, and(eq(orders.merchantId, parcels.merchantId), eq(orders.id, parcels.orderId)))
    .where(
      and(
        eq(parcels.merchantId, tx.merchantId),
        inArray(parcels.id, [...ids]),
        ordersInScope(viewer.scope, viewer.memberId),
      ),
    )
    .orderBy(asc(parcels.id))
    .for('update', { of: parcels })
  return rows.map(({ parcel }) => parcel)
}

/** Those of these parcels that the viewer reaches. */
export const findReachable = async (tx: MerchantTx, viewer: Viewer, ids: readonly string[]): Promise<ParcelRow[]> => {
  const rows = await tx.db
    .select({ parcel: parcels })
    .from(parcels)
    .innerJoin(orders, and(eq(orders.merchantId, parcels.merchantId), eq(orders.id, parcels.orderId)))
    .where(
      and(
        eq(parcels.merchantId, tx.merchantId),
        inArray(parcels.id, [...ids]),
        ordersInScope(viewer.scope, viewer.memberId),
      ),
    )
  return rows.map(({ parcel }) => parcel)
}

export const findParcels = (tx: MerchantTx, ids: readonly string[]): Promise<ParcelRow[]> =>
  tx.db
    .select()
    .from(parcels)
    .where(and(eq(parcels.merchantId, tx.merchantId), inArray(parcels.id, [...ids])))

/** The parcel that a carrier means; by `parcels_tracking`. */
export const findByTracking = async (
  tx: MerchantTx,
  carrierAccountId: string,
  trackingNumber: string,
): Promise<ParcelRow | undefined> =>
  (
    await tx.db
      .select()
      .from(parcels)
      .where(
        and(
          eq(parcels.merchantId, tx.merchantId),
          eq(parcels.carrierAccountId, carrierAccountId),
          eq(parcels.trackingNumber, trackingNumber),
        ),
      )
  )[0]

const liveLeg = (tx: MerchantTx, leg: ParcelLeg) =>
  and(eq(parcels.merchantId, tx.merchantId), eq(parcels.leg, leg), eq(parcels.live, true))

/** Live parcels of these orders, their own by `parcels_live` and those in which they are companions. */
export const findLive = (tx: MerchantTx, orderIds: readonly string[], leg: ParcelLeg) =>
  tx.db
    .select({ id: parcels.id, orderId: parcels.orderId, status: parcels.status })
    .from(parcels)
    .where(and(liveLeg(tx, leg), inArray(parcels.orderId, [...orderIds])))
    .unionAll(
      tx.db
        .select({ id: parcels.id, orderId: parcelCompanions.orderId, status: parcels.status })
        .from(parcelCompanions)
        .innerJoin(parcels, sameParcel)
        .where(and(liveLeg(tx, leg), inCompanyOf(tx, orderIds))),
    )

/** Writes intents and answers the orders that got theirs: one that has a live parcel by now is left out (law 4). */
export const insertIntents = async (tx: MerchantTx, rows: readonly NewParcel[]): Promise<Set<string>> => {
  if (rows.length === 0) return new Set()
  const made = await tx.db
    .insert(parcels)
    .values(rows.map((row) => ({ ...row, merchantId: tx.merchantId })))
    .onConflictDoNothing()
    .returning({ orderId: parcels.orderId })
  return new Set(made.map(({ orderId }) => orderId))
}

/** Changes a parcel that is locked by the caller. */
export const saveParcel = async (tx: MerchantTx, id: string, change: Partial<NewParcel>): Promise<void> => {
  await tx.db
    .update(parcels)
    .set({ ...change, version: sql`${parcels.version} + 1` })
    .where(mine(tx, id))
}

/** A label is no change of the parcel: its version stays. */
export const savePrinted = async (
  tx: MerchantTx,
  ids: readonly string[],
  { at, by }: { readonly at: string; readonly by: string | null },
): Promise<void> => {
  await tx.db
    .update(parcels)
    .set({ labelPrintedAt: at, labelPrintedBy: by })
    .where(and(eq(parcels.merchantId, tx.merchantId), inArray(parcels.id, [...ids])))
}

export const saveReadAt = async (tx: MerchantTx, id: string, readAt: string): Promise<void> => {
  await tx.db.update(parcels).set({ readAt }).where(mine(tx, id))
}

/** Intents whose booking waits, or was left half-way before `staleBefore`; oldest first. */
export const waitingBookings = (
  tx: MerchantTx,
  carrierAccountId: string,
  staleBefore: string,
): Promise<{ id: string }[]> =>
  tx.db
    .select({ id: parcels.id })
    .from(parcels)
    .where(
      and(
        eq(parcels.merchantId, tx.merchantId),
        eq(parcels.carrierAccountId, carrierAccountId),
        or(
          eq(parcels.booking, 'intended'),
          and(inArray(parcels.booking, ['calling', 'unknown']), lt(parcels.bookingSince, staleBefore)),
        ),
      ),
    )
    .orderBy(asc(parcels.createdAt))
    .limit(2_000)

/** Whether a carrier may be speaking of a parcel whose number has not reached us yet. */
export const hasOpenBookings = async (tx: MerchantTx, carrierAccountId: string): Promise<boolean> => {
  const open: readonly BookingState[] = ['calling', 'unknown']
  const rows = await tx.db
    .select({ id: parcels.id })
    .from(parcels)
    .where(
      and(
        eq(parcels.merchantId, tx.merchantId),
        eq(parcels.carrierAccountId, carrierAccountId),
        inArray(parcels.booking, [...open]),
      ),
    )
    .limit(1)
  return rows.length > 0
}

/** Parcels on their way that were not read since `readBefore`, the longest unread first; by `parcels_unread`. */
export const unreadParcels = (
  tx: MerchantTx,
  carrierAccountId: string,
  { readBefore, aliveSince, limit }: { readBefore: string; aliveSince: string; limit: number },
): Promise<{ id: string }[]> =>
  tx.db
    .select({ id: parcels.id })
    .from(parcels)
    .where(
      and(
        eq(parcels.merchantId, tx.merchantId),
        eq(parcels.carrierAccountId, carrierAccountId),
        eq(parcels.booking, 'accepted'),
        notInArray(parcels.status, [...settledParcelStatuses]),
        or(sql`${parcels.status} <> 'cancelled'`, eq(parcels.pickedUp, true)),
        gte(parcels.since, aliveSince),
        or(isNull(parcels.readAt), lt(parcels.readAt, readBefore)),
      ),
    )
    .orderBy(sql`${parcels.readAt} asc nulls first`)
    .limit(limit)

/** The number of each order's newest parcel with this account, for a swap at the door. */
export const trackingOfOrders = async (
  tx: MerchantTx,
  carrierAccountId: string,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (orderIds.length === 0) return new Map()
  const booked = and(
    eq(parcels.merchantId, tx.merchantId),
    eq(parcels.carrierAccountId, carrierAccountId),
    eq(parcels.booking, 'accepted'),
  )
  const { trackingNumber, createdAt } = parcels
  const rows = await tx.db
    .select({ orderId: parcels.orderId, trackingNumber, createdAt })
    .from(parcels)
    .where(and(booked, inArray(parcels.orderId, [...orderIds])))
    .unionAll(
      tx.db
        .select({ orderId: parcelCompanions.orderId, trackingNumber, createdAt })
        .from(parcelCompanions)
        .innerJoin(parcels, sameParcel)
        .where(and(booked, inCompanyOf(tx, orderIds))),
    )
  const byAge = rows.sort((one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt))
  return new Map(byAge.flatMap(({ orderId, trackingNumber: number }) => (number ? [[orderId, number]] : [])))
}
