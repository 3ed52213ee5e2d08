import { type TermKind, termKinds } from '@sendocki/domain/search/query'
import { sql } from 'drizzle-orm'
import { boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { byteText, checkOneOf, id, instant } from '../columns.ts'
import { merchants } from './platform.ts'

const merchantId = () =>
  uuid()
    .notNull()
    .references(() => merchants.id)

/** A buyer. The phone decides who is one customer; one without a usable phone stays alone until it has one. */
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
    index('customers_sample').on(t.merchantId, t.id).where(sql`is_sample`),
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
