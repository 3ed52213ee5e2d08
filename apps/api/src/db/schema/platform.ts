import { type SessionEnd, sessionEnds } from '@sendocki/domain/identity/account'
import type { Language } from '@sendocki/domain/language'
import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytes, checkOneOf, id, instant } from '../columns.ts'

/** A person, global by e-mail; belongs to merchants through members. */
export const users = pgTable(
  'users',
  {
    id: id().primaryKey(),
    email: text().notNull(),
    fullName: text().notNull(),
    passwordHash: text().notNull(),
    language: text().$type<Language>().notNull(),
    createdAt: instant().notNull(),
    version: integer().notNull().default(1),
  },
  (t) => [uniqueIndex('users_email').on(t.email)],
)

export const merchants = pgTable('merchants', {
  id: id().primaryKey(),
  name: text().notNull(),
  country: text().notNull(),
  language: text().$type<Language>().notNull(),
  isDemo: boolean().notNull().default(false),
  /** Whether one click sent twice is merged without asking anybody. */
  mergesIdentical: boolean().notNull().default(false),
  createdAt: instant().notNull(),
  version: integer().notNull().default(1),
})

/** The column by which row level security tells merchants apart: in every table of theirs. */
export const merchantId = () =>
  uuid()
    .notNull()
    .references(() => merchants.id)

/** A sign-up that waits for its code. Nothing of it is visible before the code is right. */
export const signUps = pgTable(
  'sign_ups',
  {
    id: id().primaryKey(),
    email: text().notNull(),
    passwordHash: text().notNull(),
    fullName: text().notNull(),
    merchantName: text().notNull(),
    language: text().$type<Language>().notNull(),
    country: text().notNull(),
    codeHash: bytes().notNull(),
    triesLeft: integer().notNull(),
    expiresAt: instant().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [index('sign_ups_email').on(t.email)],
)

/** A signed-in browser. `merchantId` says in which merchant it works now; null for a person who is nowhere a member. */
export const sessions = pgTable(
  'sessions',
  {
    id: id().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    merchantId: uuid().references(() => merchants.id),
    remembered: boolean().notNull(),
    userAgent: text().notNull(),
    address: text().notNull(),
    createdAt: instant().notNull(),
    /** When it entered the merchant in which it works; a membership may end every session that came before a moment. */
    enteredAt: instant().notNull(),
    lastSeenAt: instant().notNull(),
    expiresAt: instant().notNull(),
    endedAt: instant(),
    endReason: text().$type<SessionEnd>(),
  },
  (t) => [
    index('sessions_user').on(t.userId, t.createdAt, t.id),
    index('sessions_merchant').on(t.merchantId),
    checkOneOf('sessions_end_known', t.endReason, sessionEnds),
  ],
)

/** Each refresh token ever given out in a session, hashed: a used one that comes back ends the session. */
export const refreshTokens = pgTable(
  'refresh_tokens',
  {
    hash: bytes().primaryKey(),
    sessionId: uuid()
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    createdAt: instant().notNull(),
    usedAt: instant(),
  },
  (t) => [index('refresh_tokens_session').on(t.sessionId)],
)

export const passwordResets = pgTable(
  'password_resets',
  {
    hash: bytes().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    expiresAt: instant().notNull(),
    usedAt: instant(),
  },
  (t) => [index('password_resets_user').on(t.userId)],
)

/** Tries per address and account, shared by all processes. The key is a hash: the row tells nobody's e-mail. */
export const rateCounters = pgTable('rate_counters', {
  key: bytes().primaryKey(),
  tries: integer().notNull(),
  lastTryAt: instant().notNull(),
  blockedUntil: instant(),
})

/** A worker process that lives; one that falls silent has its jobs unlocked. */
export const workerHeartbeats = pgTable('worker_heartbeats', {
  id: text().primaryKey(),
  seenAt: instant().notNull(),
  workerIds: jsonb().$type<string[]>().notNull(),
})
