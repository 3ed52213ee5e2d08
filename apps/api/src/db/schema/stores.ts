import {
  type StorePlatform,
  type StoreProblem,
  type StoreSettings,
  type StoreStatus,
  storePlatforms,
  storeProblems,
  storeStatuses,
} from '@sendocki/domain/stores/store'
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytes, checkOneOf, id, instant } from '../columns.ts'
import { merchantId } from './platform.ts'

/**
 * A connected shop. `version` counts what people and consent change (name, settings, secrets, status); what machines
 * observe of it (last event, last check) never raises it.
 */
export const stores = pgTable(
  'stores',
  {
    merchantId: merchantId(),
    id: id(),
    platform: text().$type<StorePlatform>().notNull(),
    name: text().notNull(),
    /** The shop's own host, known on platforms that we call or that name themselves in a delivery. */
    shop: text(),
    status: text().$type<StoreStatus>().notNull(),
    unsigned: boolean().notNull().default(false),
    settings: jsonb().$type<StoreSettings>().notNull(),
    problem: text().$type<StoreProblem>(),
    /** Tokens and signing secrets, encrypted; null once they were erased. */
    credentials: bytes(),
    /** The state of a consent under way, hashed, good once. */
    consentHash: bytes(),
    consentUntil: instant(),
    /** While set and ahead, one job refreshes the tokens and every other one waits. */
    refreshingUntil: instant(),
    connectedAt: instant(),
    lastEventAt: instant(),
    lastCheckedAt: instant(),
    lastMissedAt: instant(),
    failedChecks: integer().notNull().default(0),
    /** Changes up to here were read. */
    readUntil: instant(),
    subscribedAt: instant(),
    eraseAfter: instant(),
    erasedAt: instant(),
    createdAt: instant().notNull(),
    version: integer().notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    // A shop that comes back is the same store again, so that its orders are not doubled.
    uniqueIndex('stores_shop').on(t.merchantId, t.platform, t.shop),
    // A delivery names a store or a shop before anything is known of its merchant.
    index('stores_by_id').on(t.id, t.merchantId),
    index('stores_by_shop').on(t.platform, t.shop, t.merchantId),
    index('stores_by_status').on(t.status, t.merchantId, t.id),
    checkOneOf('stores_platform_known', t.platform, storePlatforms),
    checkOneOf('stores_status_known', t.status, storeStatuses),
    checkOneOf('stores_problem_known', t.problem, storeProblems),
  ],
)
