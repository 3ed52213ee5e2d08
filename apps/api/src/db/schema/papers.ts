import type { Language } from '@sendocki/domain/language'
import {
  type LeftOut,
  type PaperKind,
  type PaperSize,
  type PaperStatus,
  paperKinds,
  paperSizes,
  paperStatuses,
} from '@sendocki/domain/papers/paper'
import { bigint, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { checkOneOf, id, instant } from '../columns.ts'
import { members } from './members.ts'
import { merchants } from './platform.ts'

/** A paper asked for by a member and drawn by a job as that member sees the orders; its file is kept for a day. */
export const papers = pgTable(
  'papers',
  {
    merchantId: uuid()
      .notNull()
      .references(() => merchants.id),
    id: id(),
    memberId: uuid().notNull(),
    kind: text().$type<PaperKind>().notNull(),
    size: text().$type<PaperSize>().notNull(),
    language: text().$type<Language>().notNull(),
    /** What `subjectIds` are, in the order in which they are printed. */
    subject: text().$type<'order' | 'parcel'>().notNull(),
    subjectIds: jsonb().$type<readonly string[]>().notNull(),
    status: text().$type<PaperStatus>().notNull(),
    doneCount: integer().notNull().default(0),
    printedCount: integer().notNull().default(0),
    leftOut: jsonb().$type<readonly LeftOut[]>().notNull().default([]),
    pages: integer(),
    bytes: bigint({ mode: 'number' }),
    /** What the member could see when it was drawn; who sees less now is not given it. */
    rights: text(),
    problem: text(),
    createdAt: instant().notNull(),
    expiresAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('papers_of_member').on(t.merchantId, t.memberId, t.createdAt),
    index('papers_age').on(t.createdAt, t.merchantId),
    foreignKey({ columns: [t.merchantId, t.memberId], foreignColumns: [members.merchantId, members.id] }),
    checkOneOf('papers_kind_known', t.kind, paperKinds),
    checkOneOf('papers_size_known', t.size, paperSizes),
    checkOneOf('papers_subject_known', t.subject, ['order', 'parcel']),
    checkOneOf('papers_status_known', t.status, paperStatuses),
  ],
)
