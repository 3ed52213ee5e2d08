import type { Placement, PlannedEffect } from '@sendocki/domain/orders/pipeline'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { ordersInScope } from '../../db/order-scope.ts'
import { events } from '../../db/schema/journal.ts'
import { effects, orders, orderTags } from '../../db/schema/orders.ts'
import { stages } from '../../db/schema/pipeline.ts'
import { rawStatement, type Statement, statement } from '../../db/statement.ts'
import type { EffectRow } from './effects.queries.ts'
import { everything, type Viewer } from './orders.queries.ts'
import { type firstEntryColumns, type OrderRow, orderColumns, selectOrders } from './rows.queries.ts'

/*
 * The reads and writes of a change for a hundred orders at a time: a statement each, whatever their number.
 */

const value = (name: string) => sql.placeholder(name)

const compileMany = (name: string, viewer: Viewer, locked: boolean) =>
  statement(name, (qb) => {
    const query = selectOrders(qb, orderColumns)
      .where(
        and(
          eq(orders.merchantId, value('merchantId')),
          sql`${orders.id} = any(${value('ids')}::uuid[])`,
          ordersInScope(viewer.scope, value('memberId')),
        ),
      )
      .orderBy(asc(orders.id))
    return locked ? query.for('update', { of: orders }) : query
  }) as unknown as Statement<OrderRow>

const ofEverybody = {
  locked: compileMany('orders_many_locked', everything, true),
  seen: compileMany('orders_many', everything, false),
}

/** Orders by id within the viewer's scope. They are locked in the order of their ids, so that two lockers never cross. */
export const findMany = async (
  tx: MerchantTx,
  viewer: Viewer,
  ids: readonly string[],
  { locked }: { readonly locked: boolean },
): Promise<Map<string, OrderRow>> => {
  const common = locked ? ofEverybody.locked : ofEverybody.seen
  const many = viewer.scope.includes('all') ? common : compileMany('', viewer, locked)
  const rows = await tx.run(many, { merchantId: tx.merchantId, ids: [...ids], memberId: viewer.memberId })
  return new Map(rows.map((row) => [row.id, row]))
}

const heldStages = statement('stages_held', (qb) =>
  qb
    .select({ id: stages.id })
    .from(stages)
    .where(and(eq(stages.merchantId, value('merchantId')), sql`${stages.id} = any(${value('ids')}::uuid[])`))
    .orderBy(asc(stages.id))
    .for('key share'),
)

/**
 * Of these stages those that still are; none of them is deleted before the transaction has ended. Taken before their
 * orders, as whoever deletes a stage does: a move of one order learns from the broken reference that its stage is gone,
 * but a hundred need to know it before.
 */
export const holdStages = async (tx: MerchantTx, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  const rows = await tx.run(heldStages, { merchantId: tx.merchantId, ids: [...new Set(ids)] })
  return new Set(rows.map(({ id }) => id))
}

export interface PlaceChange
  extends Placement,
    Readonly<Record<(typeof firstEntryColumns)[keyof typeof firstEntryColumns], string | null>> {
  readonly id: string
  /** The one that was read. */
  readonly version: number
  /** None for what machines derive: an order's version counts what people edit. */
  readonly versionsUp: 0 | 1
  readonly reasonId: string | null
  readonly undoEventId: string | null
  readonly updatedAt: string
}

const placeStatement = rawStatement<{ id: string }>(
  'orders_place',
  sql`update orders o set version = o.version + p."versionsUp", updated_at = p."updatedAt", stage_id = p."stageId", state = p.state,
      state_since = p."stateSince", late_at = p."lateAt", ended_at = p."endedAt", assignee_id = p."assigneeId",
      reason_id = p."reasonId", undo_event_id = p."undoEventId", first_new_at = p."firstNewAt",
      first_unreachable_at = p."firstUnreachableAt", first_to_confirm_at = p."firstToConfirmAt",
      first_confirmed_at = p."firstConfirmedAt", first_shipped_at = p."firstShippedAt",
      first_delivered_at = p."firstDeliveredAt", first_delivery_failed_at = p."firstDeliveryFailedAt",
      first_returned_at = p."firstReturnedAt", first_cancelled_at = p."firstCancelledAt"
    from jsonb_to_recordset(${value('places')}::jsonb) as p (id uuid, version int, "versionsUp" int,
      "updatedAt" timestamptz, "stageId" uuid, state text, "stateSince" timestamptz, "lateAt" timestamptz, "endedAt" timestamptz,
      "assigneeId" uuid, "reasonId" uuid, "undoEventId" uuid, "firstNewAt" timestamptz,
      "firstUnreachableAt" timestamptz, "firstToConfirmAt" timestamptz, "firstConfirmedAt" timestamptz,
      "firstShippedAt" timestamptz, "firstDeliveredAt" timestamptz, "firstDeliveryFailedAt" timestamptz,
      "firstReturnedAt" timestamptz, "firstCancelledAt" timestamptz)
    where o.merchant_id = ${value('merchantId')} and o.id = p.id and o.version = p.version returning o.id`,
  ['id'],
)

/** Puts locked orders in other places, each in the version that was read. */
export const placeMany = async (tx: MerchantTx, places: readonly PlaceChange[]): Promise<void> => {
  if (places.length === 0) return
  const rows = await tx.run(placeStatement, { merchantId: tx.merchantId, places: JSON.stringify(places) })
  if (rows.length < places.length) throw new Error('A locked order changed.')
}

/** That somebody looked at these orders settles that their sender could not prove who they are. */
export const settleSource = async (
  tx: MerchantTx,
  settled: readonly { readonly id: string; readonly toComplete: OrderRow['toComplete'] }[],
): Promise<void> => {
  for (const { id, toComplete } of settled)
    await tx.db
      .update(orders)
      .set({ toComplete })
      .where(and(eq(orders.merchantId, tx.merchantId), eq(orders.id, id)))
}

/** What several moves triggered, waiting for its jobs. */
export const insertEffectsOf = async (
  tx: MerchantTx,
  planned: readonly (PlannedEffect & { readonly id: string; readonly orderId: string; readonly eventId: string })[],
  now: string,
): Promise<void> => {
  if (planned.length === 0) return
  const { merchantId } = tx
  await tx.db
    .insert(effects)
    .values(planned.map((effect) => ({ ...effect, merchantId, status: 'pending' as const, createdAt: now })))
}

/** The effects of several events, locked, by event. */
export const lockEffectsOfMany = async (
  tx: MerchantTx,
  eventIds: readonly string[],
): Promise<Map<string, EffectRow[]>> => {
  if (eventIds.length === 0) return new Map()
  const rows = await tx.db
    .select()
    .from(effects)
    .where(and(eq(effects.merchantId, tx.merchantId), inArray(effects.eventId, [...eventIds])))
    .orderBy(effects.id)
    .for('update')
  return Map.groupBy(rows, ({ eventId }) => eventId)
}

/** Several events by id. */
export const findEvents = async (tx: MerchantTx, ids: readonly string[]) => {
  const rows = await tx.db
    .select({
      id: events.id,
      type: events.type,
      occurredAt: events.occurredAt,
      before: events.before,
      data: events.data,
    })
    .from(events)
    .where(and(eq(events.merchantId, tx.merchantId), inArray(events.id, [...ids])))
  return new Map(rows.map((row) => [row.id, row]))
}

const tagStatement = rawStatement<{ id: string }>(
  'orders_tag',
  sql`update orders o set version = o.version + 1, updated_at = ${value('now')}::timestamptz, tags = t.tags
    from jsonb_to_recordset(${value('changes')}::jsonb) as t (id uuid, tags jsonb)
    where o.merchant_id = ${value('merchantId')} and o.id = t.id returning o.id`,
  ['id'],
)

/** Gives locked orders other tags, in what is shown and in what is searched. */
export const tagMany = async (
  tx: MerchantTx,
  changes: readonly { readonly id: string; readonly tags: readonly string[] }[],
  now: string,
): Promise<void> => {
  if (changes.length === 0) return
  const { merchantId } = tx
  const ids = changes.map(({ id }) => id)
  await tx.run(tagStatement, { merchantId, now, changes: JSON.stringify(changes) })
  await tx.db.delete(orderTags).where(and(eq(orderTags.merchantId, merchantId), inArray(orderTags.orderId, ids)))
  const tags = changes.flatMap(({ id, tags: kept }) => kept.map((tag) => ({ merchantId, tag, orderId: id })))
  if (tags.length > 0) await tx.db.insert(orderTags).values(tags)
}
