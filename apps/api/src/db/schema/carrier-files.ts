import { type CarrierFileStatus, carrierFileStatuses } from '@sendocki/domain/carrier-files/carrier-file'
import { type CarrierFileKind, type ColumnMapping, carrierFileKinds } from '@sendocki/domain/carrier-files/columns'
import type { ListedPlace, PlaceOutcome } from '@sendocki/domain/carrier-files/places'
import type { RowEffect, RowOutcome, RowReason } from '@sendocki/domain/carrier-files/rows'
import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { checkOneOf, id, instant } from '../columns.ts'
import { carrierAccounts } from './carriers.ts'
import { parcels } from './parcels.ts'
import { merchantId } from './platform.ts'

/** A file or a pasted list of a carrier's, kept as it came before it is read. It names buyers, so it goes after a month. */
export const carrierFiles = pgTable(
  'carrier_files',
  {
    merchantId: merchantId(),
    id: id(),
    carrierAccountId: uuid().notNull(),
    kind: text().$type<CarrierFileKind>().notNull(),
    name: text(),
    status: text().$type<CarrierFileStatus>().notNull(),
    mapping: jsonb().$type<ColumnMapping>().notNull(),
    /** Of the columns' names, to find the mapping again. */
    shape: text().notNull(),
    rowCount: integer().notNull(),
    triedAt: instant(),
    operationId: uuid(),
    createdAt: instant().notNull(),
    doneAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('carrier_files_account').on(t.merchantId, t.carrierAccountId),
    index('carrier_files_age').on(t.createdAt, t.merchantId),
    foreignKey({
      columns: [t.merchantId, t.carrierAccountId],
      foreignColumns: [carrierAccounts.merchantId, carrierAccounts.id],
    }),
    checkOneOf('carrier_files_kind_known', t.kind, carrierFileKinds),
    checkOneOf('carrier_files_status_known', t.status, carrierFileStatuses),
  ],
)

/** One row as it came, the names of the columns being row 0 where there are any, and what became of it. */
export const carrierFileRows = pgTable(
  'carrier_file_rows',
  {
    merchantId: merchantId(),
    fileId: uuid().notNull(),
    row: integer().notNull(),
    cells: jsonb().$type<readonly string[]>().notNull(),
    outcome: text().$type<RowOutcome | PlaceOutcome>(),
    reason: text().$type<RowReason>(),
    parcelId: uuid(),
    effect: jsonb().$type<RowEffect>(),
    place: jsonb().$type<ListedPlace>(),
    doneAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.fileId, t.row] }),
    index('carrier_file_rows_outcome').on(t.merchantId, t.fileId, t.outcome, t.row),
    index('carrier_file_rows_parcel').on(t.merchantId, t.parcelId),
    foreignKey({ columns: [t.merchantId, t.fileId], foreignColumns: [carrierFiles.merchantId, carrierFiles.id] }),
    foreignKey({ columns: [t.merchantId, t.parcelId], foreignColumns: [parcels.merchantId, parcels.id] }),
  ],
)
