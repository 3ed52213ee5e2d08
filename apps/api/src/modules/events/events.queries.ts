import type { Scope } from '@sendocki/domain/permissions'
import { and, asc, desc, eq, exists, gt, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import type { MerchantTx, PlatformTx } from '../../context.ts'
import { ordersInScope } from '../../db/order-scope.ts'
import { events, merchantCounters } from '../../db/schema/journal.ts'
import { members } from '../../db/schema/members.ts'
import { orders } from '../../db/schema/orders.ts'

/** A type, or with `noun.*` every type of a noun. */
const isOfType = (type: string): SQL =>
  type.endsWith('.*') ? sql`${events.type} ^@ ${type.slice(0, -1)}` : eq(events.type, type)

export interface FeedFilter {
  readonly after: number
  readonly limit: number
  readonly types: readonly string[]
  /** Null: every noun. */
  readonly nouns: readonly string[] | null
  readonly scope: readonly Scope[] | null
  readonly memberId: string | null
}

/** Events after a sequence, oldest first, by primary key. */
export const listFeed = (tx: MerchantTx, filter: FeedFilter) =>
  tx.db
    .select({
      sequence: events.sequence,
      id: events.id,
      type: events.type,
      occurredAt: events.occurredAt,
      subjectKind: events.subjectKind,
      subjectId: events.subjectId,
      orderId: events.orderId,
      before: events.before,
      after: events.after,
      data: events.data,
    })
    .from(events)
    .where(
      and(
        eq(events.merchantId, tx.merchantId),
        gt(events.sequence, filter.after),
        filter.types.length > 0 ? or(...filter.types.map(isOfType)) : undefined,
        filter.nouns ? inArray(events.subjectKind, [...filter.nouns]) : undefined,
        ofVisibleOrder(tx, filter),
      ),
    )
    .orderBy(asc(events.sequence))
    .limit(filter.limit + 1)

/** Whoever sees some orders only sees their events, and no event that is about no order. */
const ofVisibleOrder = (tx: MerchantTx, { scope, memberId }: FeedFilter): SQL | undefined => {
  const visible = scope ? ordersInScope(scope, memberId) : undefined
  if (!visible) return undefined
  return exists(
    tx.db
      .select({ one: sql`1` })
      .from(orders)
      .where(and(eq(orders.merchantId, tx.merchantId), eq(orders.id, events.orderId), visible)),
  )
}

/** By primary key. */
export const lastSequence = async (tx: PlatformTx | MerchantTx, merchantId: string): Promise<number> =>
  (
    await tx.db
      .select({ eventSequence: merchantCounters.eventSequence })
      .from(merchantCounters)
      .where(eq(merchantCounters.merchantId, merchantId))
  )[0]?.eventSequence ?? 0

export interface AuditFilter {
  readonly limit: number
  readonly before: { readonly at: string; readonly sequence: number } | null
  readonly actorId?: string
  readonly actorKind?: string
  readonly type?: string
  readonly subjectKind?: string
  readonly subjectId?: string
  readonly from?: string
  readonly to?: string
}

/** The journal by time, newest first, walking `events_time` backwards, or the index of the actor, type or subject. */
export const listAudit = (tx: MerchantTx, filter: AuditFilter) => {
  const { before, actorId, actorKind, type, subjectKind, subjectId, from, to } = filter
  return tx.db
    .select({
      sequence: events.sequence,
      id: events.id,
      type: events.type,
      at: events.occurredAt,
      actorKind: events.actorKind,
      actorId: events.actorId,
      actorName: sql<string | null>`coalesce(${members.fullName}, ${events.actorName})`,
      subjectKind: events.subjectKind,
      subjectId: events.subjectId,
      orderId: events.orderId,
      before: events.before,
      after: events.after,
      data: events.data,
      origin: events.origin,
    })
    .from(events)
    .leftJoin(members, and(eq(members.merchantId, events.merchantId), eq(members.id, events.actorId)))
    .where(
      and(
        eq(events.merchantId, tx.merchantId),
        before ? sql`(${events.occurredAt}, ${events.sequence}) < (${before.at}, ${before.sequence})` : undefined,
        actorId ? eq(events.actorId, actorId) : undefined,
        actorKind ? eq(events.actorKind, actorKind) : undefined,
        type ? isOfType(type) : undefined,
        subjectKind ? eq(events.subjectKind, subjectKind) : undefined,
        subjectId ? eq(events.subjectId, subjectId) : undefined,
        from ? gte(events.occurredAt, from) : undefined,
        to ? lt(events.occurredAt, to) : undefined,
      ),
    )
    .orderBy(desc(events.occurredAt), desc(events.sequence))
    .limit(filter.limit + 1)
}

export type AuditRow = Awaited<ReturnType<typeof listAudit>>[number]
