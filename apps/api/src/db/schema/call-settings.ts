import type { CallSettings } from '@sendocki/domain/calls/settings'
import { type Tongue, tongues } from '@sendocki/domain/messages/buyer-message'
import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { checkOneOf, id, instant } from '../columns.ts'
import { merchantId } from './platform.ts'
import { products } from './products.ts'

/** How a merchant calls, one document. A merchant without a row calls by the defaults. */
export const callSettings = pgTable('call_settings', {
  merchantId: merchantId().primaryKey(),
  settings: jsonb().$type<CallSettings>().notNull(),
  version: integer().notNull(),
  updatedAt: instant().notNull(),
})

/** What agents read out, at most one text for a product and a tongue. */
export const callScripts = pgTable(
  'call_scripts',
  {
    merchantId: merchantId(),
    id: id(),
    /** Null: for every product without one of its own. */
    productId: uuid(),
    tongue: text().$type<Tongue>().notNull(),
    text: text().notNull(),
    version: integer().notNull().default(1),
    updatedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('call_scripts_product').on(t.merchantId, t.productId),
    uniqueIndex('call_scripts_of_product').on(t.merchantId, t.productId, t.tongue).where(sql`product_id is not null`),
    uniqueIndex('call_scripts_of_all').on(t.merchantId, t.tongue).where(sql`product_id is null`),
    foreignKey({ columns: [t.merchantId, t.productId], foreignColumns: [products.merchantId, products.id] }),
    checkOneOf('call_scripts_tongue_known', t.tongue, tongues),
  ],
)
