import type { BuiltInSegment, SegmentRule } from '@sendocki/domain/segments/rules'
import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from '../columns.ts'
import { customers } from './customers.ts'
import { merchantId } from './platform.ts'

/** The merchant's own segments, and the built-in ones whose rule they changed. */
export const segments = pgTable(
  'segments',
  {
    merchantId: merchantId(),
    id: id(),
    key: text().$type<BuiltInSegment>(),
    name: text(),
    rule: jsonb().$type<SegmentRule>().notNull(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
    version: integer().notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('segments_key').on(t.merchantId, t.key).where(sql`key is not null`),
  ],
)

/** Who is in a segment, and since when; kept by jobs. A segment is named by its id, or by the key of a built-in one. */
export const segmentMembers = pgTable(
  'segment_members',
  { merchantId: merchantId(), segment: text().notNull(), customerId: uuid().notNull(), since: instant().notNull() },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.segment, t.customerId] }),
    index('segment_members_customer').on(t.merchantId, t.customerId),
    foreignKey({ columns: [t.merchantId, t.customerId], foreignColumns: [customers.merchantId, customers.id] }),
  ],
)
