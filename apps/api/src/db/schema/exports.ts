import type { CustomerFilters } from '@sendocki/domain/customers/customer'
import {
  type CustomerExportColumn,
  type ExportColumn,
  type ExportFormat,
  type ExportKind,
  type ExportStatus,
  exportFormats,
  exportKinds,
  exportStatuses,
} from '@sendocki/domain/exports/export'
import type { Language } from '@sendocki/domain/language'
import type { OrderSelection } from '@sendocki/domain/orders/where-schema'
import { bigint, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { checkOneOf, id, instant } from '../columns.ts'
import { members } from './members.ts'
import { merchants } from './platform.ts'

/** A list asked for as a file, made by a job as the member who asked may see it, kept for a day. */
export const exports = pgTable(
  'exports',
  {
    merchantId: uuid()
      .notNull()
      .references(() => merchants.id),
    id: id(),
    memberId: uuid().notNull(),
    kind: text().$type<ExportKind>().notNull().default('orders'),
    filter: jsonb().$type<OrderSelection | CustomerFilters>().notNull(),
    columns: jsonb().$type<readonly (ExportColumn | CustomerExportColumn)[]>().notNull(),
    format: text().$type<ExportFormat>().notNull(),
    language: text().$type<Language>().notNull(),
    status: text().$type<ExportStatus>().notNull(),
    rowCount: integer().notNull().default(0),
    bytes: bigint({ mode: 'number' }),
    /** What the member could see when the file was made; who sees less now is not given it. */
    rights: text(),
    problem: text(),
    createdAt: instant().notNull(),
    expiresAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('exports_of_member').on(t.merchantId, t.memberId, t.createdAt),
    index('exports_expiry').on(t.merchantId, t.expiresAt),
    foreignKey({ columns: [t.merchantId, t.memberId], foreignColumns: [members.merchantId, members.id] }),
    checkOneOf('exports_kind_known', t.kind, exportKinds),
    checkOneOf('exports_format_known', t.format, exportFormats),
    checkOneOf('exports_status_known', t.status, exportStatuses),
  ],
)
