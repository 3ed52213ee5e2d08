import { type CarrierFileKind, type ColumnMapping, carrierFileKinds } from '@sendocki/domain/carrier-files/columns'
import {
  type AccountStatus,
  accountStatuses,
  type CarrierSettings,
  type MatchStrength,
  matchStrengths,
} from '@sendocki/domain/carriers/account'
import type { SheetLayout } from '@sendocki/domain/carriers/sheet'
import { type CarrierCode, carrierCodes } from '@sendocki/domain/parcels/carrier'
import { type ParcelStatus, parcelStatuses } from '@sendocki/domain/parcels/parcel'
import { boolean, date, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, byteText, checkOneOf, id, instant, optionalCentimes } from '../columns.ts'
import { members } from './members.ts'
import { merchantId } from './platform.ts'

/** A merchant's contract with a carrier. Credentials are encrypted; they never come back out. */
export const carrierAccounts = pgTable(
  'carrier_accounts',
  {
    merchantId: merchantId(),
    id: id(),
    carrier: text().$type<CarrierCode>().notNull(),
    name: text().notNull(),
    status: text().$type<AccountStatus>().notNull(),
    problem: text(),
    credentials: bytes().notNull(),
    settings: jsonb().$type<CarrierSettings>().notNull(),
    /** Own fleet: who drives. */
    driverMemberId: uuid(),
    placesSyncedAt: instant(),
    lastEventAt: instant(),
    createdAt: instant().notNull(),
    version: integer().notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('carrier_accounts_created').on(t.merchantId, t.createdAt, t.id),
    // A webhook names an account before anything is known of its merchant.
    index('carrier_accounts_by_id').on(t.id, t.merchantId),
    index('carrier_accounts_by_status').on(t.status, t.merchantId, t.id),
    index('carrier_accounts_driver').on(t.merchantId, t.driverMemberId),
    foreignKey({ columns: [t.merchantId, t.driverMemberId], foreignColumns: [members.merchantId, members.id] }),
    checkOneOf('carrier_accounts_carrier_known', t.carrier, carrierCodes),
    checkOneOf('carrier_accounts_status_known', t.status, accountStatuses),
  ],
)

/** What calling an account leaves behind: its token, encrypted, and how much of its hour is spent. */
export const carrierSessions = pgTable(
  'carrier_sessions',
  {
    merchantId: merchantId(),
    carrierAccountId: uuid().notNull(),
    session: bytes(),
    hourStart: instant().notNull(),
    calls: integer().notNull(),
    pausedUntil: instant(),
    failures: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.carrierAccountId] }),
    foreignKey({
      columns: [t.merchantId, t.carrierAccountId],
      foreignColumns: [carrierAccounts.merchantId, carrierAccounts.id],
    }),
  ],
)

/**
 * The carrier's own catalogue of destinations, and which city of ours each one is. A city may have several places
 * (its quarters); a place without a district stands for the whole city.
 */
export const carrierPlaces = pgTable(
  'carrier_places',
  {
    merchantId: merchantId(),
    carrierAccountId: uuid().notNull(),
    placeId: text().notNull(),
    city: text().notNull(),
    name: byteText().notNull(),
    arabicName: text(),
    /** Folded, for the list's search box. */
    searchName: byteText().notNull(),
    deliveredFeeCentimes: optionalCentimes(),
    refusedFeeCentimes: optionalCentimes(),
    returnedFeeCentimes: optionalCentimes(),
    /** The first day of these fees, where a list of the carrier's said it; then `carrier_fees` has all of them. */
    feesFrom: date({ mode: 'string' }),
    delay: text(),
    pickup: boolean().notNull(),
    vanishedAt: instant(),
    cityId: text(),
    district: text(),
    strength: text().$type<MatchStrength>(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.carrierAccountId, t.placeId] }),
    index('carrier_places_name').on(t.merchantId, t.carrierAccountId, t.name, t.placeId),
    index('carrier_places_city').on(t.merchantId, t.carrierAccountId, t.cityId, t.district),
    index('carrier_places_strength').on(t.merchantId, t.carrierAccountId, t.strength, t.name, t.placeId),
    foreignKey({
      columns: [t.merchantId, t.carrierAccountId],
      foreignColumns: [carrierAccounts.merchantId, carrierAccounts.id],
    }),
    checkOneOf('carrier_places_strength_known', t.strength, matchStrengths),
  ],
)

/**
 * What a carrier without API takes for each outcome, from a day on: every list that was ever loaded, so that a parcel is
 * counted by the fees of its own day.
 */
export const carrierFees = pgTable(
  'carrier_fees',
  {
    merchantId: merchantId(),
    carrierAccountId: uuid().notNull(),
    placeId: text().notNull(),
    /** A Moroccan day. */
    validFrom: date({ mode: 'string' }).notNull(),
    deliveredFeeCentimes: optionalCentimes(),
    refusedFeeCentimes: optionalCentimes(),
    returnedFeeCentimes: optionalCentimes(),
    /** When the list was loaded. */
    loadedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.carrierAccountId, t.placeId, t.validFrom] }),
    foreignKey({
      columns: [t.merchantId, t.carrierAccountId, t.placeId],
      foreignColumns: [carrierPlaces.merchantId, carrierPlaces.carrierAccountId, carrierPlaces.placeId],
    }),
  ],
)

/** Words of a carrier that our table does not know, and what a person said that they mean. */
export const unknownStatuses = pgTable(
  'unknown_statuses',
  {
    merchantId: merchantId(),
    carrierAccountId: uuid().notNull(),
    carrierStatus: byteText().notNull(),
    count: integer().notNull(),
    firstSeenAt: instant().notNull(),
    lastSeenAt: instant().notNull(),
    mappedTo: text().$type<ParcelStatus>(),
    mappedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.carrierAccountId, t.carrierStatus] }),
    foreignKey({
      columns: [t.merchantId, t.carrierAccountId],
      foreignColumns: [carrierAccounts.merchantId, carrierAccounts.id],
    }),
    checkOneOf('unknown_statuses_mapped_known', t.mappedTo, parcelStatuses),
  ],
)

/** The file that the portal of a carrier without API imports, as somebody laid it out. */
export const carrierSheets = pgTable(
  'carrier_sheets',
  {
    merchantId: merchantId(),
    carrierAccountId: uuid().notNull(),
    layout: jsonb().$type<SheetLayout>().notNull(),
    updatedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.carrierAccountId] }),
    foreignKey({
      columns: [t.merchantId, t.carrierAccountId],
      foreignColumns: [carrierAccounts.merchantId, carrierAccounts.id],
    }),
  ],
)

/** How files of a shape are read: `shape` is what the first row says, so that another layout is asked about anew. */
export const carrierFileMappings = pgTable(
  'carrier_file_mappings',
  {
    merchantId: merchantId(),
    carrierAccountId: uuid().notNull(),
    kind: text().$type<CarrierFileKind>().notNull(),
    shape: text().notNull(),
    mapping: jsonb().$type<ColumnMapping>().notNull(),
    updatedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.carrierAccountId, t.kind, t.shape] }),
    foreignKey({
      columns: [t.merchantId, t.carrierAccountId],
      foreignColumns: [carrierAccounts.merchantId, carrierAccounts.id],
    }),
    checkOneOf('carrier_file_mappings_kind_known', t.kind, carrierFileKinds),
  ],
)
