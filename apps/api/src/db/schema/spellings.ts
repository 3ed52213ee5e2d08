import { sql } from 'drizzle-orm'
import { index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { byteText, id, instant } from '../columns.ts'
import { merchantId } from './platform.ts'

/** How this merchant's buyers write a city: said once by a person, it is read so from then on. */
export const citySpellings = pgTable(
  'city_spellings',
  {
    merchantId: merchantId(),
    id: id(),
    /** One key for all spellings that differ by habit only. */
    key: byteText().notNull(),
    text: text().notNull(),
    cityId: text().notNull(),
    createdAt: instant().notNull(),
    forgottenAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('city_spellings_key').on(t.merchantId, t.key).where(sql`forgotten_at is null`),
    index('city_spellings_known').on(t.merchantId, t.id).where(sql`forgotten_at is null`),
  ],
)
