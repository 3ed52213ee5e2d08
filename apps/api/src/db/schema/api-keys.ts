import { foreignKey, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytes, byteText, id, instant } from '../columns.ts'
import { members, roles } from './members.ts'
import { merchants } from './platform.ts'

/** The key itself is never stored: its first signs, by which it is found, and the hash of all of it. */
export const apiKeys = pgTable(
  'api_keys',
  {
    merchantId: uuid()
      .notNull()
      .references(() => merchants.id),
    id: id(),
    name: text().notNull(),
    prefix: byteText().notNull(),
    hash: bytes().notNull(),
    roleId: uuid().notNull(),
    createdBy: uuid().notNull(),
    createdAt: instant().notNull(),
    expiresAt: instant(),
    revokedAt: instant(),
    /** Written at most once a minute. */
    lastUsedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('api_keys_prefix').on(t.merchantId, t.prefix),
    index('api_keys_by_prefix').on(t.prefix),
    index('api_keys_role').on(t.merchantId, t.roleId),
    index('api_keys_maker').on(t.merchantId, t.createdBy),
    foreignKey({ columns: [t.merchantId, t.roleId], foreignColumns: [roles.merchantId, roles.id] }),
    foreignKey({ columns: [t.merchantId, t.createdBy], foreignColumns: [members.merchantId, members.id] }),
  ],
)
