import {
  type ActorKind,
  type AuditEntry,
  type AuditQuery,
  type FeedPage,
  type FeedQuery,
  feedData,
  readableNouns,
} from '@sendocki/domain/events/event'
import { type Ctx, hides } from '../../context.ts'
import { openPersonal, type PersonalValues } from '../../db/sealed.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { type AuditRow, lastSequence, listAudit, listFeed } from './events.queries.ts'

/** What happened after a sequence, as far as the reader's role reaches: nouns it reads, orders in its scope. */
export const readFeed = (ctx: Ctx, { limit = 50, cursor = '0', types }: FeedQuery): Promise<FeedPage> =>
  ctx.read(async (tx) => {
    const { role, memberId } = ctx.actor
    const [newest, rows] = await Promise.all([
      lastSequence(tx, tx.merchantId),
      listFeed(tx, {
        after: Number(cursor),
        limit,
        types: types?.split(',') ?? [],
        nouns: readableNouns(role?.permissions ?? null),
        scope: role?.scope ?? null,
        memberId,
      }),
    ])
    const shown = rows.slice(0, limit)
    return {
      items: shown.map(({ id, type, occurredAt, sequence, subjectKind, subjectId, ...facts }) => ({
        ...{ id, type, occurredAt, sequence },
        subject: { kind: subjectKind, id: subjectId },
        data: feedData(facts),
      })),
      nextCursor: rows.length > limit ? String(shown.at(-1)?.sequence) : null,
      lastSequence: newest,
    }
  })

/** The whole journal, newest first. Personal values are shown to whoever sees them elsewhere, until they are erased. */
export const readAudit = (ctx: Ctx, { limit = 50, cursor, ...filter }: AuditQuery) =>
  ctx.read(async (tx) => {
    const place = decodeCursor('audit', cursor, 2) as readonly [at: string, sequence: number] | null
    const before = place && { at: place[0], sequence: place[1] }
    const rows = await listAudit(tx, { ...filter, limit, before })
    const seesPersons = !hides(ctx, 'phone') && !hides(ctx, 'address')
    const ids = rows.map(({ id }) => id)
    const personal = seesPersons ? await openPersonal(tx, ctx.secrets, ids) : new Map<string, PersonalValues>()
    return pageOf(
      rows,
      limit,
      'audit',
      (row) => [row.at, row.sequence],
      (row) => entryOf(row, personal.get(row.id)),
    )
  })

const entryOf = (row: AuditRow, personal: PersonalValues | undefined): AuditEntry => ({
  id: row.id,
  sequence: row.sequence,
  type: row.type,
  at: row.at,
  actor: { kind: row.actorKind as ActorKind, id: row.actorId, name: row.actorName },
  subject: { kind: row.subjectKind, id: row.subjectId },
  orderId: row.orderId,
  before: personal?.before ? { ...row.before, ...personal.before } : row.before,
  after: personal?.after ? { ...row.after, ...personal.after } : row.after,
  data: row.data,
  origin: row.origin,
})
