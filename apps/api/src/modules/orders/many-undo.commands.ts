import { firstEntriesWithout, planUndo, type Undo } from '@sendocki/domain/orders/undo'
import { type Result, refuse } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { answer, decideMany, type ManyResult, recordQuietly, recountAround } from './many.commands.ts'
import { findEvents, findMany, lockEffectsOfMany, placeMany } from './many.queries.ts'
import { entryColumnsOf } from './moves.commands.ts'
import { viewerOf } from './orders.commands.ts'
import { movableOf } from './rows.queries.ts'
import { reasonBefore, takeBack, undoableOf } from './undo.commands.ts'

/** Takes back changes of orders by their events: each while it is still the newest of its order. */
export const undoMany = async (
  ctx: Ctx,
  tx: MerchantTx,
  eventOf: ReadonlyMap<string, string>,
): Promise<ManyResult<Record<never, never>>> => {
  const ids = [...eventOf.values()]
  const events = await findEvents(tx, ids)
  const orderIds = [...eventOf.keys()]
  const chosen = orderIds.map((orderId) => ({ orderId, version: null }))
  // The orders are locked before what they triggered, as one undo does.
  await findMany(tx, viewerOf(ctx), orderIds, { locked: true })
  const effects = await lockEffectsOfMany(tx, ids)
  const decided = await decideMany(ctx, tx, chosen, { dryRun: false }, (row): Result<Undo> => {
    const event = events.get(eventOf.get(row.id) ?? '')
    if (!event) return refuse('event.not_found')
    return planUndo(movableOf(row), undoableOf(event), effects.get(event.id) ?? [], ctx.now)
  })
  const now = ctx.now.toISOString()
  await placeMany(
    tx,
    decided.planned.map(({ row, plan }) => ({
      ...plan.after,
      ...entryColumnsOf(firstEntriesWithout(movableOf(row).firstEntries, plan)),
      id: row.id,
      version: row.version,
      reasonId: reasonOf(events.get(eventOf.get(row.id) ?? '')),
      undoEventId: plan.undoEventId,
      updatedAt: now,
    })),
  )
  const cancelled = decided.planned.flatMap(({ plan }) => plan.cancelled)
  const reversed = decided.planned.flatMap(({ plan }) => plan.reversed)
  await takeBack(ctx, tx, { cancelled, reversed }, now)
  await recountAround(
    tx,
    decided.planned.map(({ row, plan }) => ({ row, ...plan })),
  )
  for (const { row, plan } of decided.planned) {
    const event = events.get(eventOf.get(row.id) ?? '')
    recordQuietly(ctx, tx, {
      type: 'order.undone',
      subject: { kind: 'order', id: row.id },
      before: plan.before,
      after: { ...plan.after, reasonId: reasonOf(event) },
      data: { undoes: event?.id, type: event?.type, forgottenEntry: plan.forgottenEntry },
    })
  }
  return answer(decided, () => ({}))
}

const reasonOf = (event: Parameters<typeof reasonBefore>[0] | undefined): string | null =>
  event ? reasonBefore(event) : null
