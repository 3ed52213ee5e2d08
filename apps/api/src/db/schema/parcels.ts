import { type OrderState, orderStates } from '@sendocki/domain/orders/states'
import { type BookingState, bookingStates } from '@sendocki/domain/parcels/booking'
import { type ParcelLeg, type ParcelStatus, parcelLegs, parcelStatuses } from '@sendocki/domain/parcels/parcel'
import {
  type LabelFormat,
  type LabelStatus,
  labelFormats,
  labelStatuses,
  type PickupStatus,
  pickupStatuses,
  type TrackingSource,
  trackingSources,
} from '@sendocki/domain/parcels/parcel-schema'
import { type OperationKind, operationKinds } from '@sendocki/domain/parcels/tracking-operation'
import { sql } from 'drizzle-orm'
import {
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytes, byteText, centimes, checkOneOf, id, instant, optionalCentimes } from '../columns.ts'
import { carrierAccounts } from './carriers.ts'
import { orders } from './orders.ts'
import { merchantId } from './platform.ts'

/**
 * A parcel, from the intent on. The row exists before the carrier is called, so that a process killed in between finds
 * it, and the carrier, again by the reference.
 */
export const parcels = pgTable(
  'parcels',
  {
    merchantId: merchantId(),
    id: id(),
    orderId: uuid().notNull(),
    leg: text().$type<ParcelLeg>().notNull(),
    carrierAccountId: uuid().notNull(),
    reference: byteText().notNull(),
    trackingNumber: byteText(),
    placeId: text().notNull(),
    status: text().$type<ParcelStatus>().notNull(),
    since: instant().notNull(),
    carrierStatus: text(),
    carrierComment: text(),
    attempts: integer().notNull().default(0),
    pickedUp: boolean().notNull().default(false),
    /** What was last asked of the order, and since when it counts as delivered: what was acted on is not repeated. */
    wantedState: text().$type<OrderState>(),
    wantedSince: instant(),
    deliveredAt: instant(),
    /** Whether it holds its leg of the order. */
    live: boolean().notNull().default(true),
    booking: text().$type<BookingState>().notNull(),
    bookingSince: instant().notNull(),
    bookingTries: integer().notNull().default(0),
    bookingReasons: jsonb().$type<readonly string[]>().notNull().default([]),
    cancelRequestedAt: instant(),
    codAmountCentimes: centimes(),
    feeCentimes: optionalCentimes(),
    /** What was taken at the door, where a driver of ours said so; else the amount to be collected was. */
    collectedCentimes: optionalCentimes(),
    returnReceivedAt: instant(),
    /** When its newest label was made, and the member who asked for it. */
    labelPrintedAt: instant(),
    labelPrintedBy: uuid(),
    /** When the carrier was last asked about it. */
    readAt: instant(),
    createdAt: instant().notNull(),
    version: integer().notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    /** Law 4: at most one live parcel per order and leg, whatever runs at the same time. */
    uniqueIndex('parcels_live').on(t.merchantId, t.orderId, t.leg).where(sql`live`),
    uniqueIndex('parcels_reference').on(t.merchantId, t.reference),
    uniqueIndex('parcels_tracking').on(t.merchantId, t.carrierAccountId, t.trackingNumber),
    index('parcels_tracking_number').on(t.merchantId, t.trackingNumber),
    index('parcels_created').on(t.merchantId, t.createdAt, t.id),
    index('parcels_status').on(t.merchantId, t.status, t.createdAt, t.id),
    index('parcels_booking').on(t.merchantId, t.booking, t.createdAt, t.id),
    index('parcels_account').on(t.merchantId, t.carrierAccountId, t.createdAt, t.id),
    index('parcels_order').on(t.merchantId, t.orderId, t.createdAt, t.id),
    index('parcels_unread').on(t.merchantId, t.carrierAccountId, t.status, t.readAt),
    foreignKey({ columns: [t.merchantId, t.orderId], foreignColumns: [orders.merchantId, orders.id] }),
    foreignKey({
      columns: [t.merchantId, t.carrierAccountId],
      foreignColumns: [carrierAccounts.merchantId, carrierAccounts.id],
    }),
    checkOneOf('parcels_status_known', t.status, parcelStatuses),
    checkOneOf('parcels_leg_known', t.leg, parcelLegs),
    checkOneOf('parcels_wanted_known', t.wantedState, orderStates),
    checkOneOf('parcels_booking_known', t.booking, bookingStates),
  ],
)

/**
 * The other orders that a parcel carries besides its own, for as long as it is known: who they were is not forgotten when
 * they part. An order that travels alone has no row here.
 */
export const parcelCompanions = pgTable(
  'parcel_companions',
  {
    merchantId: merchantId(),
    parcelId: uuid().notNull(),
    orderId: uuid().notNull(),
    /** Its share of what the parcel is to bring in. */
    codAmountCentimes: centimes(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.parcelId, t.orderId] }),
    index('parcel_companions_order').on(t.merchantId, t.orderId, t.parcelId),
    foreignKey({ columns: [t.merchantId, t.parcelId], foreignColumns: [parcels.merchantId, parcels.id] }),
    foreignKey({ columns: [t.merchantId, t.orderId], foreignColumns: [orders.merchantId, orders.id] }),
  ],
)

/** Everything a carrier told about a parcel, once: (word, instant) is what makes two tellings the same. */
export const trackingEvents = pgTable(
  'tracking_events',
  {
    merchantId: merchantId(),
    id: id(),
    parcelId: uuid().notNull(),
    carrierAccountId: uuid().notNull(),
    at: instant().notNull(),
    carrierStatus: byteText().notNull(),
    /** Null while nobody has said what the word means. */
    status: text().$type<ParcelStatus>(),
    comment: text(),
    attempts: integer(),
    source: text().$type<TrackingSource>().notNull(),
    receivedAt: instant().notNull(),
    /** Taken back by whoever said it: as if it had never been told. */
    undoneAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('tracking_events_once')
      .on(t.merchantId, t.parcelId, t.at, t.carrierStatus)
      .where(sql`undone_at is null`),
    index('tracking_events_parcel').on(t.merchantId, t.parcelId),
    index('tracking_events_word').on(t.merchantId, t.carrierAccountId, t.carrierStatus),
    foreignKey({ columns: [t.merchantId, t.parcelId], foreignColumns: [parcels.merchantId, parcels.id] }),
    checkOneOf('tracking_events_status_known', t.status, parcelStatuses),
    checkOneOf('tracking_events_source_known', t.source, trackingSources),
  ],
)

/** Labels asked of a carrier. Its links expire, so the pages are fetched at once and kept for a day. */
export const labelSheets = pgTable(
  'label_sheets',
  {
    merchantId: merchantId(),
    id: id(),
    carrierAccountId: uuid().notNull(),
    format: text().$type<LabelFormat>().notNull(),
    status: text().$type<LabelStatus>().notNull(),
    parcelIds: jsonb().$type<readonly string[]>().notNull(),
    /** Who asked; null for a machine. */
    memberId: uuid(),
    pdf: bytes(),
    problem: text(),
    createdAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('label_sheets_account').on(t.merchantId, t.carrierAccountId),
    index('label_sheets_age').on(t.createdAt, t.merchantId),
    foreignKey({
      columns: [t.merchantId, t.carrierAccountId],
      foreignColumns: [carrierAccounts.merchantId, carrierAccounts.id],
    }),
    checkOneOf('label_sheets_status_known', t.status, labelStatuses),
    checkOneOf('label_sheets_format_known', t.format, labelFormats),
  ],
)

/** A request that a carrier come and fetch parcels. */
export const pickups = pgTable(
  'pickups',
  {
    merchantId: merchantId(),
    id: id(),
    carrierAccountId: uuid().notNull(),
    status: text().$type<PickupStatus>().notNull(),
    code: text(),
    problem: text(),
    parcelIds: jsonb().$type<readonly string[]>().notNull(),
    note: text(),
    createdAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('pickups_created').on(t.merchantId, t.createdAt, t.id),
    index('pickups_account').on(t.merchantId, t.carrierAccountId),
    foreignKey({
      columns: [t.merchantId, t.carrierAccountId],
      foreignColumns: [carrierAccounts.merchantId, carrierAccounts.id],
    }),
    checkOneOf('pickups_status_known', t.status, pickupStatuses),
  ],
)

/** What a person said of parcels, of one or of hundreds: what an undo takes back as a whole. */
export const trackingOperations = pgTable(
  'tracking_operations',
  {
    merchantId: merchantId(),
    id: id(),
    kind: text().$type<OperationKind>().notNull(),
    createdAt: instant().notNull(),
    undoAskedAt: instant(),
    undoneAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    checkOneOf('tracking_operations_kind_known', t.kind, operationKinds),
  ],
)

/** What an operation did to one parcel, and what it was before. */
export const trackingOperationLines = pgTable(
  'tracking_operation_lines',
  {
    merchantId: merchantId(),
    id: id(),
    operationId: uuid().notNull(),
    parcelId: uuid().notNull(),
    /** The event that was told, and the move of the order that followed from it. */
    eventId: uuid(),
    moveEventId: uuid(),
    /** The moves of its companions, by order. */
    companionMoves: jsonb().$type<Readonly<Record<string, string>>>().notNull().default({}),
    /** The carrier's number that it gave the parcel. */
    trackingNumber: byteText(),
    collectedCentimes: optionalCentimes(),
    returnReceived: boolean().notNull().default(false),
    undoneAt: instant(),
    /** Why it could not be taken back: a code of the list of refusals. */
    keptBecause: text(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('tracking_operation_lines_operation').on(t.merchantId, t.operationId, t.id),
    index('tracking_operation_lines_parcel').on(t.merchantId, t.parcelId),
    foreignKey({
      columns: [t.merchantId, t.operationId],
      foreignColumns: [trackingOperations.merchantId, trackingOperations.id],
    }),
    foreignKey({ columns: [t.merchantId, t.parcelId], foreignColumns: [parcels.merchantId, parcels.id] }),
  ],
)
