import { type BlockMode, blockModes } from '@sendocki/domain/customers/block'
import type { MergeMemory } from '@sendocki/domain/customers/merging'
import { type TermKind, termKinds } from '@sendocki/domain/search/query'
import { sql } from 'drizzle-orm'
import {
  bigint,
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
import { byteText, checkOneOf, id, instant } from '../columns.ts'
import { members } from './members.ts'
import { merchantId } from './platform.ts'

/**
 * A buyer. The phone decides who is one customer; one without a usable phone stays alone until it has one. One that was
 * merged keeps its row and its phone: whoever is found by it is the customer that `mergedIntoId` names.
 */
export const customers = pgTable(
  'customers',
  {
    merchantId: merchantId(),
    id: id(),
    /** E.164. */
    phone: text(),
    name: text().notNull(),
    alternatePhone: text(),
    email: text(),
    addressLine: text(),
    district: text(),
    landmark: text(),
    cityText: text(),
    cityId: text(),
    regionCode: text(),
    tags: jsonb().$type<readonly string[]>().notNull().default([]),
    /** Whether they agreed to be written to for advertising; null as long as nobody knows. */
    marketingConsent: boolean(),
    /** Where that is known from, in words. */
    consentSource: text(),
    consentAt: instant(),
    /** The block that stands, or stood until `blockedUntil`; `customer_blocks` says who and why. */
    blockMode: text().$type<BlockMode>(),
    blockedUntil: instant(),
    mergedIntoId: uuid(),

    /* What their orders come to. The database keeps these with every order that is written (db/counters.ts). */
    ordersCount: integer().notNull().default(0),
    deliveredCount: integer().notNull().default(0),
    returnedCount: integer().notNull().default(0),
    cancelledCount: integer().notNull().default(0),
    /** What was delivered to them, in centimes. */
    deliveredCentimes: bigint({ mode: 'number' }).notNull().default(0),
    firstOrderAt: instant(),
    lastOrderAt: instant(),
    /** The order of the list: their last order, or when they came to be known. */
    activeAt: instant().notNull().generatedAlwaysAs(sql`coalesce(last_order_at, created_at)`),
    /** Of what was delivered or came back, the thousandth parts that were delivered; -1 while neither happened. */
    deliveredPermille: integer()
      .notNull()
      .generatedAlwaysAs(
        sql`case when delivered_count + returned_count = 0 then -1 else delivered_count * 1000 / (delivered_count + returned_count) end`,
      ),
    /** The same of what came back. */
    returnedPermille: integer()
      .notNull()
      .generatedAlwaysAs(
        sql`case when delivered_count + returned_count = 0 then -1 else returned_count * 1000 / (delivered_count + returned_count) end`,
      ),

    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
    erasedAt: instant(),
    /** Only examples ever named them; a real order makes them a customer like any other. */
    isSample: boolean().notNull().default(false),
    version: integer().notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('customers_phone').on(t.merchantId, t.phone),
    index('customers_email').on(t.merchantId, t.email).where(sql`email is not null`),
    index('customers_active').on(t.merchantId, t.activeAt, t.id),
    index('customers_city').on(t.merchantId, t.cityId, t.activeAt, t.id),
    index('customers_orders').on(t.merchantId, t.ordersCount, t.id),
    index('customers_delivered').on(t.merchantId, t.deliveredPermille, t.id),
    index('customers_returned').on(t.merchantId, t.returnedPermille, t.id),
    index('customers_blocked').on(t.merchantId, t.activeAt, t.id).where(sql`block_mode is not null`),
    index('customers_merged').on(t.merchantId, t.mergedIntoId),
    index('customers_sample').on(t.merchantId, t.id).where(sql`is_sample`),
    foreignKey({ columns: [t.merchantId, t.mergedIntoId], foreignColumns: [t.merchantId, t.id] }),
    checkOneOf('customers_block_known', t.blockMode, blockModes),
  ],
)

/** By which tag a customer is found; what is shown is the customer's own list. */
export const customerTags = pgTable(
  'customer_tags',
  { merchantId: merchantId(), tag: text().notNull(), customerId: uuid().notNull() },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.tag, t.customerId] }),
    index('customer_tags_customer').on(t.merchantId, t.customerId),
    foreignKey({ columns: [t.merchantId, t.customerId], foreignColumns: [customers.merchantId, customers.id] }),
  ],
)

/** Who asked for what reason that a customer's orders be held up, and who took it back. */
export const customerBlocks = pgTable(
  'customer_blocks',
  {
    merchantId: merchantId(),
    id: id(),
    customerId: uuid().notNull(),
    mode: text().$type<BlockMode>().notNull(),
    reason: text().notNull(),
    /** The member or key who blocked; a key is no member. */
    authorId: uuid(),
    authorName: text(),
    blockedAt: instant().notNull(),
    /** From then on it holds nothing up any more; null for good. */
    until: instant(),
    liftedAt: instant(),
    liftedById: uuid(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('customer_blocks_customer').on(t.merchantId, t.customerId, t.blockedAt),
    uniqueIndex('customer_blocks_standing').on(t.merchantId, t.customerId).where(sql`lifted_at is null`),
    foreignKey({ columns: [t.merchantId, t.customerId], foreignColumns: [customers.merchantId, customers.id] }),
    checkOneOf('customer_blocks_mode_known', t.mode, blockModes),
  ],
)

/** Two customers that are one person: what went from one to the other, so that it can go back exactly. */
export const customerMerges = pgTable(
  'customer_merges',
  {
    merchantId: merchantId(),
    id: id(),
    keptId: uuid().notNull(),
    mergedId: uuid().notNull(),
    mergedAt: instant().notNull(),
    memberId: uuid(),
    /** What went where; emptied when a person is forgotten. */
    memory: jsonb().$type<MergeMemory>(),
    undoneAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('customer_merges_kept').on(t.merchantId, t.keptId, t.mergedAt),
    index('customer_merges_merged').on(t.merchantId, t.mergedId, t.mergedAt),
    index('customer_merges_member').on(t.merchantId, t.memberId),
    foreignKey({ columns: [t.merchantId, t.keptId], foreignColumns: [customers.merchantId, customers.id] }),
    foreignKey({ columns: [t.merchantId, t.mergedId], foreignColumns: [customers.merchantId, customers.id] }),
    foreignKey({ columns: [t.merchantId, t.memberId], foreignColumns: [members.merchantId, members.id] }),
  ],
)

/**
 * The one search box: words, fragments and numbers, asked by prefix (`^@`), which reaches the index behind row level
 * security where LIKE does not.
 */
export const searchTerms = pgTable(
  'search_terms',
  {
    merchantId: merchantId(),
    term: byteText().notNull(),
    kind: text().$type<TermKind>().notNull(),
    subjectId: uuid().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.term, t.kind, t.subjectId] }),
    index('search_terms_subject').on(t.merchantId, t.subjectId, t.kind),
    checkOneOf('search_terms_kind_known', t.kind, termKinds),
  ],
)
