import { type CollectionStatus, collectionStatuses } from '@sendocki/domain/cash/collection'
import { type EntryKind, entryKinds } from '@sendocki/domain/cash/ledger'
import { foreignKey, index, integer, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { byteText, centimes, checkOneOf, id, instant } from '../columns.ts'
import { carrierAccounts } from './carriers.ts'
import { orders } from './orders.ts'
import { parcels } from './parcels.ts'
import { merchantId } from './platform.ts'

/** Law 5: written once. The application holds no right to change or remove a row. */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    merchantId: merchantId(),
    id: id(),
    /** When it happened; ids follow the order of writing. */
    at: instant().notNull(),
    kind: text().$type<EntryKind>().notNull(),
    subjectKind: text().notNull(),
    subjectId: uuid().notNull(),
    reverses: uuid(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('ledger_entries_subject').on(t.merchantId, t.subjectId, t.id),
    /** An entry is taken back at most once. */
    uniqueIndex('ledger_entries_reverses').on(t.merchantId, t.reverses),
    foreignKey({ columns: [t.merchantId, t.reverses], foreignColumns: [t.merchantId, t.id] }),
    checkOneOf('ledger_entries_kind_known', t.kind, entryKinds),
  ],
)

export const ledgerLines = pgTable(
  'ledger_lines',
  {
    merchantId: merchantId(),
    entryId: uuid().notNull(),
    position: smallint().notNull(),
    account: byteText().notNull(),
    amountCentimes: centimes(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.entryId, t.position] }),
    index('ledger_lines_account').on(t.merchantId, t.account, t.entryId, t.amountCentimes),
    foreignKey({ columns: [t.merchantId, t.entryId], foreignColumns: [ledgerEntries.merchantId, ledgerEntries.id] }),
  ],
)

/** The cash of an order in a delivered parcel; several travel in one. The row goes when the carrier takes the delivery back; the ledger remembers. */
export const collections = pgTable(
  'collections',
  {
    merchantId: merchantId(),
    parcelId: uuid().notNull(),
    orderId: uuid().notNull(),
    carrierAccountId: uuid().notNull(),
    status: text().$type<CollectionStatus>().notNull(),
    amountCentimes: centimes(),
    deliveredAt: instant().notNull(),
    collectedAt: instant(),
    note: text(),
    /** The newest operation that changed it; only that one can be undone. */
    operationId: uuid(),
    /** The entry that made it due, and the one that settled it. */
    dueEntryId: uuid().notNull(),
    settledEntryId: uuid(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.parcelId, t.orderId] }),
    index('collections_delivered').on(t.merchantId, t.deliveredAt, t.parcelId),
    index('collections_status').on(t.merchantId, t.status, t.deliveredAt, t.parcelId),
    index('collections_account').on(t.merchantId, t.carrierAccountId, t.status, t.deliveredAt, t.parcelId),
    index('collections_order').on(t.merchantId, t.orderId),
    foreignKey({ columns: [t.merchantId, t.parcelId], foreignColumns: [parcels.merchantId, parcels.id] }),
    foreignKey({ columns: [t.merchantId, t.orderId], foreignColumns: [orders.merchantId, orders.id] }),
    foreignKey({
      columns: [t.merchantId, t.carrierAccountId],
      foreignColumns: [carrierAccounts.merchantId, carrierAccounts.id],
    }),
    checkOneOf('collections_status_known', t.status, collectionStatuses),
  ],
)

/** One marking by a person, of one parcel or of hundreds: what an undo takes back as a whole. */
export const collectionOperations = pgTable(
  'collection_operations',
  {
    merchantId: merchantId(),
    id: id(),
    status: text().$type<CollectionStatus>().notNull(),
    count: integer().notNull(),
    sumCentimes: centimes(),
    note: text(),
    mode: text(),
    reference: text(),
    createdAt: instant().notNull(),
    undoneAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    checkOneOf('collection_operations_status_known', t.status, collectionStatuses),
  ],
)

/** The collections of each parcel as they were before the operation: whoever brings money brings all of a parcel. */
export const collectionOperationLines = pgTable(
  'collection_operation_lines',
  {
    merchantId: merchantId(),
    operationId: uuid().notNull(),
    parcelId: uuid().notNull(),
    status: text().$type<CollectionStatus>().notNull(),
    collectedAt: instant(),
    note: text(),
    previousOperationId: uuid(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.operationId, t.parcelId] }),
    index('collection_operation_lines_parcel').on(t.merchantId, t.parcelId),
    foreignKey({
      columns: [t.merchantId, t.operationId],
      foreignColumns: [collectionOperations.merchantId, collectionOperations.id],
    }),
    foreignKey({ columns: [t.merchantId, t.parcelId], foreignColumns: [parcels.merchantId, parcels.id] }),
    checkOneOf('collection_operation_lines_status_known', t.status, collectionStatuses),
  ],
)
