import {
  type BulkAction,
  type BulkOutcome,
  type BulkStatus,
  bulkActions,
  bulkOutcomes,
  bulkStatuses,
} from '@sendocki/domain/bulk/bulk'
import type { BulkParams } from '@sendocki/domain/bulk/bulk-schema'
import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { checkOneOf, id, instant } from '../columns.ts'
import { members } from './members.ts'
import { merchantId } from './platform.ts'

/** One action on many orders, done in the background in the name of the member who asked. */
export const bulkOperations = pgTable(
  'bulk_operations',
  {
    merchantId: merchantId(),
    id: id(),
    memberId: uuid().notNull(),
    action: text().$type<BulkAction>().notNull(),
    params: jsonb().$type<BulkParams>().notNull(),
    dryRun: boolean().notNull(),
    /** The operation that this one takes back. */
    undoesId: uuid(),
    undoneById: uuid(),
    status: text().$type<BulkStatus>().notNull(),
    problem: text(),
    rowCount: integer().notNull(),
    /** Rows before this position have their outcome; moved on in the transaction that changes their orders. */
    nextPosition: integer().notNull().default(1),
    doneCount: integer().notNull().default(0),
    refusedCount: integer().notNull().default(0),
    createdAt: instant().notNull(),
    finishedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('bulk_operations_created').on(t.merchantId, t.createdAt, t.id),
    index('bulk_operations_member').on(t.merchantId, t.memberId, t.createdAt, t.id),
    foreignKey({ columns: [t.merchantId, t.memberId], foreignColumns: [members.merchantId, members.id] }),
    checkOneOf('bulk_operations_action_known', t.action, bulkActions),
    checkOneOf('bulk_operations_status_known', t.status, bulkStatuses),
  ],
)

/**
 * The orders of an operation as they were chosen. An id that is nobody's here is a row too, so that all that was asked is
 * answered: hence no foreign key to orders.
 */
export const bulkRows = pgTable(
  'bulk_rows',
  {
    merchantId: merchantId(),
    operationId: uuid().notNull(),
    position: integer().notNull(),
    orderId: uuid().notNull(),
    /** The version that was chosen: an order that somebody changed since is left alone. */
    version: integer(),
    outcome: text().$type<BulkOutcome>().notNull(),
    code: text(),
    params: jsonb().$type<Record<string, unknown>>(),
    /** What takes it back: the event of a move, the tags that changed, the parcel that was asked for. */
    kept: jsonb().$type<BulkTrace>(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.operationId, t.position] }),
    foreignKey({
      columns: [t.merchantId, t.operationId],
      foreignColumns: [bulkOperations.merchantId, bulkOperations.id],
    }).onDelete('cascade'),
    checkOneOf('bulk_rows_outcome_known', t.outcome, bulkOutcomes),
  ],
)

export type BulkTrace =
  | { readonly eventId: string }
  | { readonly add: readonly string[]; readonly remove: readonly string[] }
  | { readonly parcelId: string }
