import {
  type ClaimWay,
  claimWays,
  type PauseReason,
  pauseReasons,
  type SetAside,
  setAsides,
} from '@sendocki/domain/calls/call'
import type { Because } from '@sendocki/domain/calls/ladder'
import { type Outcome, outcomes } from '@sendocki/domain/calls/outcomes'
import { type PbxEvent, pbxEvents } from '@sendocki/domain/calls/pbx'
import { sql } from 'drizzle-orm'
import {
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytes, byteText, checkOneOf, id, instant } from '../columns.ts'
import { members } from './members.ts'
import { merchantId } from './platform.ts'

/**
 * Law 3: who has the hand on a customer, one row a customer and one a member. A row past its end holds nothing and waits
 * to be taken. It outlives neither customer nor order by more than its minutes, and so refers to them without a key.
 */
export const callLeases = pgTable(
  'call_leases',
  {
    merchantId: merchantId(),
    customerId: uuid().notNull(),
    id: id(),
    memberId: uuid().notNull(),
    /** The order that is worked on; null for a customer who called and waits for none. */
    orderId: uuid(),
    way: text().$type<ClaimWay>().notNull(),
    claimedAt: instant().notNull(),
    /** By the server's clock, as every instant here. */
    expiresAt: instant().notNull(),
    /** When dialling began; from then on the lease is kept without renewal. */
    dialledAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.customerId] }),
    uniqueIndex('call_leases_member').on(t.merchantId, t.memberId),
    uniqueIndex('call_leases_id').on(t.merchantId, t.id),
    foreignKey({ columns: [t.merchantId, t.memberId], foreignColumns: [members.merchantId, members.id] }),
    checkOneOf('call_leases_way_known', t.way, claimWays),
  ],
)

/** Every lease that ever was: written with it in one statement, and what an outcome that comes late is held against. */
export const callClaims = pgTable(
  'call_claims',
  {
    merchantId: merchantId(),
    id: id(),
    customerId: uuid().notNull(),
    memberId: uuid().notNull(),
    orderId: uuid(),
    way: text().$type<ClaimWay>().notNull(),
    claimedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('call_claims_customer').on(t.merchantId, t.customerId, t.claimedAt),
    index('call_claims_member').on(t.merchantId, t.memberId, t.claimedAt),
    foreignKey({ columns: [t.merchantId, t.memberId], foreignColumns: [members.merchantId, members.id] }),
    checkOneOf('call_claims_way_known', t.way, claimWays),
  ],
)

/** What came of each try to reach a buyer. The note stands in the journal, under the customer's key. */
export const callAttempts = pgTable(
  'call_attempts',
  {
    merchantId: merchantId(),
    id: id(),
    leaseId: uuid().notNull(),
    orderId: uuid().notNull(),
    customerId: uuid().notNull(),
    memberId: uuid().notNull(),
    outcome: text().$type<Outcome>().notNull(),
    at: instant().notNull(),
    durationSeconds: integer(),
    answers: jsonb().$type<Readonly<Record<string, unknown>>>().notNull().default({}),
    nextAttemptAt: instant(),
    /** Why the next try is at that time, as the ladder said it. */
    because: jsonb().$type<readonly Because[]>().notNull().default([]),
    /** Why it changed nothing; null when it did. */
    setAside: text().$type<SetAside>(),
    /** Whether the buyer was on the line. */
    reached: boolean().notNull(),
    eventId: uuid().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('call_attempts_lease').on(t.merchantId, t.leaseId, t.orderId),
    index('call_attempts_order').on(t.merchantId, t.orderId, t.at),
    index('call_attempts_customer').on(t.merchantId, t.customerId, t.at),
    index('call_attempts_member').on(t.merchantId, t.memberId, t.at),
    index('call_attempts_at').on(t.merchantId, t.at),
    foreignKey({ columns: [t.merchantId, t.memberId], foreignColumns: [members.merchantId, members.id] }),
    checkOneOf('call_attempts_outcome_known', t.outcome, outcomes),
    checkOneOf('call_attempts_set_aside_known', t.setAside, setAsides),
  ],
)

/**
 * Calls made in an hour of the Moroccan week, and those that somebody answered: of a city, and of every city together. What
 * a customer's own calls tell is counted from `call_attempts`, for they are few.
 */
export const answerCounts = pgTable(
  'answer_counts',
  {
    merchantId: merchantId(),
    /** Empty for every city together. */
    cityId: text().notNull(),
    /** 1, Monday, to 7. */
    weekday: smallint().notNull(),
    hour: smallint().notNull(),
    tried: integer().notNull(),
    answered: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.merchantId, t.cityId, t.weekday, t.hour] })],
)

/** The address at which a merchant's exchange tells of calls, one a merchant. */
export const pbxHooks = pgTable(
  'pbx_hooks',
  {
    merchantId: merchantId().primaryKey(),
    id: id(),
    /** By what its deliveries are signed, sealed. */
    secret: bytes().notNull(),
    createdAt: instant().notNull(),
    lastEventAt: instant(),
  },
  // A delivery names a hook before anything is known of its merchant.
  (t) => [index('pbx_hooks_by_id').on(t.id, t.merchantId)],
)

/** Calls that came in, as the exchange tells of them. The number is not kept: it is looked up once, and names a customer. */
export const pbxCalls = pgTable(
  'pbx_calls',
  {
    merchantId: merchantId(),
    id: id(),
    callId: byteText().notNull(),
    /** Whose number it is; null when no customer has it. */
    customerId: uuid(),
    /** Who answers, as the exchange says. */
    memberId: uuid(),
    status: text().$type<PbxEvent>().notNull(),
    startedAt: instant().notNull(),
    answeredAt: instant(),
    endedAt: instant(),
    /** When it was last told of, by our own clock. */
    heardAt: instant().notNull(),
    /** Who took the hand on the customer for it. */
    openedBy: uuid(),
    openedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('pbx_calls_call').on(t.merchantId, t.callId),
    index('pbx_calls_live').on(t.merchantId, t.heardAt).where(sql`ended_at is null and opened_at is null`),
    index('pbx_calls_member').on(t.merchantId, t.memberId),
    index('pbx_calls_opened_by').on(t.merchantId, t.openedBy),
    foreignKey({ columns: [t.merchantId, t.memberId], foreignColumns: [members.merchantId, members.id] }),
    foreignKey({ columns: [t.merchantId, t.openedBy], foreignColumns: [members.merchantId, members.id] }),
    checkOneOf('pbx_calls_status_known', t.status, pbxEvents),
  ],
)

/** When somebody was not to be given calls, and why. One without an end is going on. */
export const callPauses = pgTable(
  'call_pauses',
  {
    merchantId: merchantId(),
    id: id(),
    memberId: uuid().notNull(),
    reason: text().$type<PauseReason>().notNull(),
    startedAt: instant().notNull(),
    endedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('call_pauses_open').on(t.merchantId, t.memberId).where(sql`ended_at is null`),
    index('call_pauses_member').on(t.merchantId, t.memberId, t.startedAt),
    foreignKey({ columns: [t.merchantId, t.memberId], foreignColumns: [members.merchantId, members.id] }),
    checkOneOf('call_pauses_reason_known', t.reason, pauseReasons),
  ],
)
