import { mayMoveInto, type Placement, stageOf } from '@sendocki/domain/orders/pipeline'
import type { Pipeline } from '@sendocki/domain/orders/pipeline-schema'
import type { OrderState } from '@sendocki/domain/orders/states'
import { firstEntriesAfterUndo, planUndo, type Undo, type UndoableEvent } from '@sendocki/domain/orders/undo'
import { ok, type Result } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { pipelineOf } from '../pipeline/index.ts'
import { recountOthers } from './duplicates.queries.ts'
import { lockEffectsOf, setEffects } from './effects.queries.ts'
import { type EventRow, findEvent } from './history.queries.ts'
import { entryColumnsOf, mayHaveTwins, moverOf } from './moves.commands.ts'
import { everything, findOrder, placeOrder } from './orders.queries.ts'
import { returnToParcel } from './parting.commands.ts'
import { movableOf, type OrderRow } from './rows.queries.ts'

/** A role that may not bring orders into a stage may not decide that one leaves it either. */
export const mayTakeBack = (ctx: Ctx, pipeline: Pipeline, { stageId }: OrderRow, type: string): boolean => {
  const mover = moverOf(ctx)
  if (type !== 'order.moved' || mover.moveInto === null) return true
  const stage = stageOf(pipeline, stageId)
  return stage !== undefined && mayMoveInto(stage, mover)
}

/**
 * Takes back a move that followed from what a person said of a parcel. False when the order does not stand where that
 * move put it any more, when the stage it came from is gone, or when what it triggered cannot be reversed: then it stays
 * where it is.
 */
export const takeBackRuleMove = async (
  ctx: Ctx,
  tx: MerchantTx,
  orderId: string,
  eventId: string,
): Promise<boolean> => {
  const [row, event, pipeline] = await Promise.all([
    findOrder(tx, everything, orderId, { locked: true }),
    findEvent(tx, orderId, eventId),
    pipelineOf(tx),
  ])
  const after = event?.after as Partial<Placement> | null | undefined
  if (!row || !event || row.stageId !== after?.stageId || row.stateSince !== after.stateSince) return false
  const effects = await lockEffectsOf(tx, eventId)
  const undoable = undoableOf(event)
  const stage = stageOf(pipeline, undoable.before.stageId)
  const planned = planUndo({ ...movableOf(row), undoEventId: eventId }, undoable, effects, stage, ctx.now)
  if (!planned.ok) return false
  return (await restore(ctx, tx, row, event, planned.value)).ok
}

/**
 * Puts a locked order back where it stood before an event, with what the event triggered, among those that it left by it.
 * Refused, and nothing written, when these stand otherwise since.
 */
export const restore = async (
  ctx: Ctx,
  tx: MerchantTx,
  row: OrderRow,
  event: KeptEvent,
  undo: Undo,
): Promise<Result<null>> => {
  const back = await returnToParcel(ctx, tx, row, event)
  if (!back.ok) return back
  const { id } = row
  const now = ctx.now.toISOString()
  const reasonId = reasonBefore(event)
  const entries = entryColumnsOf(firstEntriesAfterUndo(movableOf(row).firstEntries, undo, now))
  const place = { ...undo.after, ...entries, reasonId, undoEventId: undo.undoEventId, updatedAt: now }
  if (!(await placeOrder(tx, back.value, place))) throw new Error('A locked order changed.')
  await takeBack(ctx, tx, undo, now)
  const wasCancelled = (undo.before.state === 'cancelled') !== (undo.after.state === 'cancelled')
  const others = wasCancelled && mayHaveTwins(row) ? await recountOthers(tx, id) : []
  ctx.record(tx, {
    type: 'order.undone',
    subject: { kind: 'order', id },
    before: undo.before,
    after: { ...undo.after, reasonId },
    data: { undoes: event.id, type: event.type, forgottenEntry: undo.forgottenEntry },
    touches: others.map((other) => ({ noun: 'order', id: other })),
  })
  return ok(null)
}

/** Cancels what waits and asks the jobs to reverse what ran. */
export const takeBack = async (
  ctx: Ctx,
  tx: MerchantTx,
  { cancelled, reversed }: { readonly cancelled: readonly string[]; readonly reversed: readonly string[] },
  now: string,
): Promise<void> => {
  await setEffects(tx, cancelled, { status: 'cancelled', settledAt: now })
  await setEffects(tx, reversed, { status: 'reversing', settledAt: null })
  for (const effectId of reversed)
    ctx.enqueue(tx, 'effects.compensate', { merchantId: tx.merchantId, effectId }, { key: `reverse:${effectId}` })
}

export type KeptEvent = Pick<EventRow, 'id' | 'type' | 'occurredAt' | 'before' | 'data'>

export const undoableOf = ({ id, type, occurredAt, before, data }: KeptEvent): UndoableEvent => {
  const { reasonId: _reason, ...place } = before as unknown as Placement & { reasonId: string | null }
  return {
    id,
    type,
    occurredAt,
    before: place,
    firstEntry: (data?.firstEntry ?? null) as OrderState | null,
    previousUndoId: (data?.previousUndoId ?? null) as string | null,
  }
}

export const reasonBefore = ({ before }: KeptEvent): string | null => (before?.reasonId ?? null) as string | null
