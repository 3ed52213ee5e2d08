import { type View, viewScreens } from '@sendocki/domain/views/view'
import { sql } from 'drizzle-orm'
import {
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
import { checkOneOf, id, instant } from '../columns.ts'
import { members } from './members.ts'
import { merchants } from './platform.ts'

/** A member's saved ways of looking at a list. */
export const views = pgTable(
  'views',
  {
    merchantId: uuid()
      .notNull()
      .references(() => merchants.id),
    id: id(),
    memberId: uuid().notNull(),
    screen: text().$type<View['screen']>().notNull().default('orders'),
    name: text().notNull(),
    position: integer().notNull(),
    filter: jsonb().$type<View['filter']>().notNull(),
    columns: jsonb().$type<readonly string[] | null>(),
    sort: text().notNull(),
    density: text().$type<'comfortable' | 'compact'>(),
    isDefault: boolean().notNull().default(false),
    version: integer().notNull().default(1),
    updatedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('views_of_member').on(t.merchantId, t.memberId, t.screen, t.position, t.id),
    uniqueIndex('views_default').on(t.merchantId, t.memberId, t.screen).where(sql`is_default`),
    foreignKey({ columns: [t.merchantId, t.memberId], foreignColumns: [members.merchantId, members.id] }),
    checkOneOf('views_screen_known', t.screen, viewScreens),
  ],
)
