import { and, asc, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { events } from '../../db/schema/journal.ts'
import { members } from '../../db/schema/members.ts'
import { statement } from '../../db/statement.ts'

const value = (name: string) => sql.placeholder(name)

const columns = {
  sequence: events.sequence,
  id: events.id,
  type: events.type,
  occurredAt: events.occurredAt,
  actorKind: events.actorKind,
  actorId: events.actorId,
  actorName: sql<string | null>`coalesce(${members.fullName}, ${events.actorName})`,
  before: events.before,
  after: events.after,
  data: events.data,
  undoable: events.undoable,
}

/** The history of an order, newest first, before a sequence; walks `events_order` backwards. */
const ofOrder = statement('order_history', (qb) =>
  qb
    .select(columns)
    .from(events)
    .leftJoin(members, and(eq(members.merchantId, events.merchantId), eq(members.id, events.actorId)))
    .where(
      and(
        eq(events.merchantId, value('merchantId')),
        eq(events.orderId, value('orderId')),
        lt(events.sequence, value('before')),
      ),
    )
    .orderBy(desc(events.sequence))
    .limit(value('limit') as never),
)
const byId = statement('order_event', (qb) =>
  qb
    .select(columns)
    .from(events)
    .leftJoin(members, and(eq(members.merchantId, events.merchantId), eq(members.id, events.actorId)))
    .where(
      and(eq(events.merchantId, value('merchantId')), eq(events.id, value('id')), eq(events.orderId, value('orderId'))),
    ),
)

export type EventRow = Awaited<ReturnType<typeof findHistory>>[number]

/** One more than `limit`, to tell a next page. */
export const findHistory = (tx: MerchantTx, orderId: string, before: number | null, limit: number) =>
  tx.run(ofOrder, {
    merchantId: tx.merchantId,
    orderId,
    before: before ?? Number.MAX_SAFE_INTEGER,
    limit: limit + 1,
  })

/** One event of an order. */
export const findEvent = async (tx: MerchantTx, orderId: string, id: string): Promise<EventRow | undefined> =>
  (await tx.run(byId, { merchantId: tx.merchantId, orderId, id }))[0]

const optionEvents = ['order.created', 'order.options_changed', 'order.undone']
/** More changes of options than anybody makes. */
const optionEventsMax = 500

/** What bears on the options of an order, the oldest first; by `events_order`. */
export const findOptionEvents = (tx: MerchantTx, orderId: string): Promise<EventRow[]> =>
  tx.db
    .select(columns)
    .from(events)
    .leftJoin(members, and(eq(members.merchantId, events.merchantId), eq(members.id, events.actorId)))
    .where(and(eq(events.merchantId, tx.merchantId), eq(events.orderId, orderId), inArray(events.type, optionEvents)))
    .orderBy(asc(events.sequence))
    .limit(optionEventsMax)
