import type { ImportMapping } from '@sendocki/domain/imports/columns'
import type { CustomerValues } from '@sendocki/domain/imports/customers'
import {
  type DuplicateChoice,
  duplicateChoices,
  type ImportKind,
  type ImportOutcome,
  type ImportReason,
  type ImportStatus,
  importKinds,
  importOutcomes,
  importStatuses,
  type UndoOutcome,
  undoOutcomes,
} from '@sendocki/domain/imports/import'
import type { PastOrder } from '@sendocki/domain/imports/orders'
import { type PastState, pastStates } from '@sendocki/domain/imports/status-words'
import { sql } from 'drizzle-orm'
import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { byteText, checkOneOf, id, instant } from '../columns.ts'
import type { ActorKind } from '../outbox.ts'
import { merchantId } from './platform.ts'

/** A file of the merchant's own, kept as it came before it is read. It names buyers, so it goes after a month. */
export const imports = pgTable(
  'imports',
  {
    merchantId: merchantId(),
    id: id(),
    kind: text().$type<ImportKind>().notNull(),
    name: text(),
    /** In whose name rows are carried out. */
    actorKind: text().$type<ActorKind>().notNull(),
    actorId: uuid(),
    status: text().$type<ImportStatus>().notNull(),
    problem: text(),
    /** The first rows, by which columns are told apart. */
    sample: jsonb().$type<readonly (readonly string[])[]>().notNull(),
    suggested: jsonb().$type<ImportMapping>().notNull(),
    mapping: jsonb().$type<ImportMapping>().notNull(),
    /** Of the columns' names, to find the mapping again. */
    shape: text().notNull(),
    remembered: boolean().notNull(),
    duplicates: text().$type<DuplicateChoice>().notNull(),
    /** Of the bytes, to know the same file again. */
    digest: text().notNull(),
    /** Rows that are kept, the names of the columns among them. */
    keptRows: integer().notNull().default(0),
    /** Whether the pass under way, or the last one, carries rows out. */
    carriesOut: boolean().notNull().default(false),
    /** Rows before this one have their outcome; moved on in the transaction that changes what they are about. */
    nextRow: integer().notNull().default(0),
    created: integer().notNull().default(0),
    updated: integer().notNull().default(0),
    unchanged: integer().notNull().default(0),
    refused: integer().notNull().default(0),
    reasons: jsonb().$type<Partial<Record<ImportReason, number>>>().notNull().default({}),
    /** By their keys, the words that the pass has met, as they were first written and how often. */
    words: jsonb().$type<ImportedWords>().notNull().default({}),
    /** What an undo has made of rows, from the last to the first. */
    removed: integer().notNull().default(0),
    restored: integer().notNull().default(0),
    leftAlone: integer().notNull().default(0),
    createdAt: instant().notNull(),
    finishedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('imports_created').on(t.merchantId, t.createdAt, t.id),
    index('imports_digest').on(t.merchantId, t.digest, t.createdAt),
    index('imports_age').on(t.createdAt, t.merchantId),
    checkOneOf('imports_kind_known', t.kind, importKinds),
    checkOneOf('imports_status_known', t.status, importStatuses),
    checkOneOf('imports_duplicates_known', t.duplicates, duplicateChoices),
  ],
)

/** What a row left behind: what its customer or order was before and is after it, and when that was written. */
export interface ImportTrace<Values> {
  readonly before: Values | null
  readonly beforeAt: string | null
  readonly after: Values
  readonly writtenAt: string | null
}
export type CustomerTrace = ImportTrace<CustomerValues>
/** Of an order also whose it was before, and whether its customer was made for it. */
export interface OrderTrace extends ImportTrace<PastOrder> {
  readonly customerBefore: string | null
  readonly madeCustomer: boolean
}

/** How a list calls what became of orders. */
export type ImportedWords = Readonly<Record<string, { readonly word: string; readonly count: number }>>

/** One row as it came, the names of the columns being row 0 where there are any, and what became of it. */
export const importRows = pgTable(
  'import_rows',
  {
    merchantId: merchantId(),
    importId: uuid().notNull(),
    row: integer().notNull(),
    cells: jsonb().$type<readonly string[]>().notNull(),
    choice: text().$type<DuplicateChoice>(),
    outcome: text().$type<ImportOutcome>(),
    reasons: jsonb().$type<readonly ImportReason[]>(),
    done: boolean().notNull().default(false),
    /** Whom the row made or found. No foreign key: whoever is removed since has left a row all the same. */
    customerId: uuid(),
    /** Of a row that makes or changes somebody: by what later rows are known to be about the same one. */
    phone: text(),
    email: byteText(),
    /** The order that the row made, changed or found, and by what later rows are known to be about the same one. */
    orderId: uuid(),
    orderKey: byteText(),
    trace: jsonb().$type<CustomerTrace | OrderTrace>(),
    undo: text().$type<UndoOutcome>(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.importId, t.row] }),
    index('import_rows_outcome').on(t.merchantId, t.importId, t.outcome, t.row),
    index('import_rows_phone').on(t.merchantId, t.importId, t.phone, t.row).where(sql`phone is not null`),
    index('import_rows_email').on(t.merchantId, t.importId, t.email, t.row).where(sql`email is not null`),
    index('import_rows_order').on(t.merchantId, t.importId, t.orderKey, t.row).where(sql`order_key is not null`),
    // To forget a customer in the files that named them.
    index('import_rows_customer').on(t.merchantId, t.customerId).where(sql`customer_id is not null`),
    foreignKey({ columns: [t.merchantId, t.importId], foreignColumns: [imports.merchantId, imports.id] }).onDelete(
      'cascade',
    ),
    checkOneOf('import_rows_choice_known', t.choice, duplicateChoices),
    checkOneOf('import_rows_outcome_known', t.outcome, importOutcomes),
    checkOneOf('import_rows_undo_known', t.undo, undoOutcomes),
  ],
)

/** How files of a shape were read before. */
export const importMappings = pgTable(
  'import_mappings',
  {
    merchantId: merchantId(),
    kind: text().$type<ImportKind>().notNull(),
    shape: text().notNull(),
    mapping: jsonb().$type<ImportMapping>().notNull(),
    updatedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.kind, t.shape] }),
    checkOneOf('import_mappings_kind_known', t.kind, importKinds),
  ],
)

/** What a merchant has said of other systems' words for what became of orders; null for one that nobody is to read. */
export const importWords = pgTable(
  'import_words',
  {
    merchantId: merchantId(),
    key: byteText().notNull(),
    state: text().$type<PastState>(),
    updatedAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.merchantId, t.key] }), checkOneOf('import_words_state_known', t.state, pastStates)],
)
