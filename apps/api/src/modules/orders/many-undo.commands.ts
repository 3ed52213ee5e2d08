import { type Placement, stageOf } from '@sendocki/domain/orders/pipeline'
import { firstEntriesAfterUndo, planUndo, type Undo } from '@sendocki/domain/orders/undo'
import { ok, type Result, refuse } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { pipelineOf } from '../pipeline/index.ts'
import { answer, decideMany, type ManyResult, recordQuietly, recountAround } from './many.commands.ts'
import { findEvents, findMany, holdStages, lockEffectsOfMany, placeMany } from './many.queries.ts'
import { entryColumnsOf } from './moves.commands.ts'
import { viewerOf } from './orders.commands.ts'
import { movableOf, type OrderRow } from './rows.queries.ts'
import { type KeptEvent, mayTakeBack, reasonBefore, restore, takeBack, undoableOf } from './taking-back.commands.ts'

/** Takes back changes of orders by their events: each while it is still the newest of its order. */
export const undoMany = async (
  ctx: Ctx,
  tx: MerchantTx,
  eventOf: ReadonlyMap<string, string>,
): Promise<ManyResult<Record<never, never>>> => {
  const ids = [...eventOf.values()]
  const events = await findEvents(tx, ids)
  const backTo = [...events.values()].map(({ before }) => (before as unknown as Placement).stageId)
  const [, pipeline] = await Promise.all([holdStages(tx, backTo), pipelineOf(tx)])
  const orderIds = [...eventOf.keys()]
  // The orders are locked before what they triggered, as one undo does.
  const rows = await findMany(tx, viewerOf(ctx), orderIds, { locked: true })
  const effects = await lockEffectsOfMany(tx, ids)
  const eventAt = (orderId: string) => events.get(eventOf.get(orderId) ?? '')
  const decide = (row: OrderRow): Result<Undo> => {
    const event = eventAt(row.id)
    if (!event) return refuse('event.not_found')
    if (!mayTakeBack(ctx, pipeline, row, event.type)) return refuse('order.move_forbidden')
    const undoable = undoableOf(event)
    const stage = stageOf(pipeline, undoable.before.stageId)
    return planUndo(movableOf(row), undoable, effects.get(event.id) ?? [], stage, ctx.now)
  }
  const left = (orderId: string) => eventAt(orderId)?.data?.together !== undefined
  const chosen = orderIds.flatMap((orderId) => (left(orderId) ? [] : [{ orderId, version: null }]))
  const decided = await decideMany(ctx, tx, chosen, { dryRun: false }, decide)
  await saveUndos(
    ctx,
    tx,
    decided.planned.flatMap(({ row, plan }) => {
      const event = eventAt(row.id)
      return event ? [{ row, undo: plan, event }] : []
    }),
  )
  const leavings = [...rows.values()].flatMap((row) => {
    const event = eventAt(row.id)
    return event && left(row.id) ? [{ row, event }] : []
  })
  return new Map([...answer(decided, () => ({})), ...(await undoLeavings(ctx, tx, leavings, decide))])
}

interface Leaving {
  readonly row: OrderRow
  readonly event: KeptEvent
}

/** Orders that left others by the moves that are taken back: one by one, the last that left first, as it meets the rest. */
const undoLeavings = async (
  ctx: Ctx,
  tx: MerchantTx,
  leavings: readonly Leaving[],
  decide: (row: OrderRow) => Result<Undo>,
): Promise<ManyResult<Record<never, never>>> => {
  const lastFirst = leavings.toSorted(
    (one, other) =>
      Date.parse(other.event.occurredAt) - Date.parse(one.event.occurredAt) || other.row.number - one.row.number,
  )
  const results = new Map<string, Result<Record<never, never>>>()
  for (const { row, event } of lastFirst) {
    const planned = decide(row)
    const restored = planned.ok ? await restore(ctx, tx, row, event, planned.value) : planned
    results.set(row.id, restored.ok ? ok({}) : restored)
  }
  return results
}

interface PlannedUndo {
  readonly row: OrderRow
  readonly undo: Undo
  readonly event: KeptEvent
}

const saveUndos = async (ctx: Ctx, tx: MerchantTx, undos: readonly PlannedUndo[]): Promise<void> => {
  const now = ctx.now.toISOString()
  await placeMany(
    tx,
    undos.map(({ row, undo, event }) => ({
      ...undo.after,
      ...entryColumnsOf(firstEntriesAfterUndo(movableOf(row).firstEntries, undo, now)),
      id: row.id,
      version: row.version,
      versionsUp: 1,
      reasonId: reasonBefore(event),
      undoEventId: undo.undoEventId,
      updatedAt: now,
    })),
  )
  const cancelled = undos.flatMap(({ undo }) => undo.cancelled)
  const reversed = undos.flatMap(({ undo }) => undo.reversed)
  await takeBack(ctx, tx, { cancelled, reversed }, now)
  await recountAround(
    tx,
    undos.map(({ row, undo }) => ({ row, ...undo })),
  )
  for (const { row, undo, event } of undos)
    recordQuietly(ctx, tx, {
      type: 'order.undone',
      subject: { kind: 'order', id: row.id },
      before: undo.before,
      after: { ...undo.after, reasonId: reasonBefore(event) },
      data: { undoes: event.id, type: event.type, forgottenEntry: undo.forgottenEntry },
    })
}
