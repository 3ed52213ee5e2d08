import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytes, id, instant } from '../columns.ts'
import { merchantId } from './platform.ts'

/** The merchant's two counters. The last statement of a transaction bumps `eventSequence`: no gaps, commit order. */
export const merchantCounters = pgTable('merchant_counters', {
  merchantId: merchantId().primaryKey(),
  eventSequence: bigint({ mode: 'number' }).notNull().default(0),
  orderNumber: bigint({ mode: 'number' }).notNull().default(10_000),
})

/**
 * The journal: everything that changed, once, append-only. It is the history of an order, the audit log and the
 * integrators' feed. Personal values are not here but in `sealed_values`.
 */
export const events = pgTable(
  'events',
  {
    merchantId: merchantId(),
    sequence: bigint({ mode: 'number' }).notNull(),
    id: id(),
    type: text().notNull(),
    occurredAt: instant().notNull(),
    actorKind: text().notNull(),
    actorId: uuid(),
    actorName: text(),
    subjectKind: text().notNull(),
    subjectId: uuid().notNull(),
    /** The order whose history shows this event, when its subject is something else (a parcel, a collection). */
    orderId: uuid(),
    before: jsonb().$type<Record<string, unknown>>(),
    after: jsonb().$type<Record<string, unknown>>(),
    data: jsonb().$type<Record<string, unknown>>(),
    /** Whether the event may be undone while it is the newest such one of its order. */
    undoable: boolean().notNull().default(false),
    /** From where: address and browser of the person, or the connection of a machine. */
    origin: jsonb().$type<{ address?: string; userAgent?: string; requestId?: string }>(),
    /** The stage to which the event brought its order: how many were ever there is counted by it. */
    stageId: uuid().generatedAlwaysAs(sql`(after ->> 'stageId')::uuid`),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.sequence] }),
    uniqueIndex('events_id').on(t.merchantId, t.id),
    index('events_time').on(t.merchantId, t.occurredAt, t.sequence),
    index('events_subject').on(t.merchantId, t.subjectKind, t.subjectId, t.sequence),
    index('events_order').on(t.merchantId, t.orderId, t.sequence),
    index('events_type').on(t.merchantId, t.type, t.sequence),
    index('events_actor').on(t.merchantId, t.actorId, t.sequence),
    index('events_stage').on(t.merchantId, t.stageId, t.orderId).where(sql`stage_id is not null`),
  ],
)

/** One key a customer; destroying it is how the append-only journal forgets a person. */
export const customerKeys = pgTable(
  'customer_keys',
  { merchantId: merchantId(), customerId: uuid().notNull(), key: bytes().notNull() },
  (t) => [primaryKey({ columns: [t.merchantId, t.customerId] })],
)

/** Personal values of an event (name, phone, address before and after), encrypted with the customer's key. */
export const sealedValues = pgTable(
  'sealed_values',
  { merchantId: merchantId(), eventId: uuid().notNull(), customerId: uuid().notNull(), sealed: bytes().notNull() },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.eventId] }),
    index('sealed_values_customer').on(t.merchantId, t.customerId),
  ],
)

/** The first answer to a request with an idempotency key, without secrets; kept 24 hours. */
export const idempotencyAnswers = pgTable(
  'idempotency_answers',
  {
    merchantId: merchantId(),
    actorId: uuid().notNull(),
    key: text().notNull(),
    requestHash: bytes().notNull(),
    status: integer().notNull(),
    answer: jsonb().$type<unknown>(),
    createdAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.actorId, t.key] }),
    index('idempotency_answers_age').on(t.merchantId, t.createdAt),
  ],
)

/** A job that gave up: what it was, why, how often; replayed from the screen. */
export const deadLetters = pgTable(
  'dead_letters',
  {
    merchantId: merchantId(),
    id: id(),
    job: text().notNull(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    code: text().notNull(),
    message: text().notNull(),
    attempts: integer().notNull(),
    subjectKind: text(),
    subjectId: uuid(),
    failedAt: instant().notNull(),
    settledAt: instant(),
    settledAs: text(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('dead_letters_open').on(t.merchantId, t.settledAt, t.failedAt, t.id),
  ],
)
