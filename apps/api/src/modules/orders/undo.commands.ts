import type { Order, UndoOrder } from '@sendocki/domain/orders/order'
import { mayMoveInto, type Placement, stageOf } from '@sendocki/domain/orders/pipeline'
import type { Pipeline } from '@sendocki/domain/orders/pipeline-schema'
import type { OrderState } from '@sendocki/domain/orders/states'
import {
  firstEntriesAfterUndo,
  planUndo,
  type Undo,
  type UndoableEvent,
  undoPermissions,
} from '@sendocki/domain/orders/undo'
import { orRefuse, Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { requirePermission } from '../../http/access.ts'
import { refuseIfOrderHeld } from '../leases/index.ts'
import { pipelineOf } from '../pipeline/index.ts'
import { takeBackCall } from './calling.commands.ts'
import { recountOthers } from './duplicates.queries.ts'
import { lockEffectsOf, setEffects } from './effects.queries.ts'
import { type EventRow, findEvent } from './history.queries.ts'
import { entryColumnsOf, moverOf } from './moves.commands.ts'
import { takeBackOptions } from './options.commands.ts'
import { loadVersion, sightOf } from './orders.commands.ts'
import { everything, findLines, findOrder, placeOrder } from './orders.queries.ts'
import { takeBackRepair } from './repairing.commands.ts'
import { movableOf, type OrderRow, orderOf } from './rows.queries.ts'

/**
 * Takes back the newest undoable change of an order: it stands where it stood, with the clocks it had, what the move
 * triggered is cancelled or reversed by jobs, and figures forget that it ever was. Needs the permission of the change.
 */
export const undoOrder = (ctx: Ctx, { id, eventId, version }: UndoOrder & { id: string }): Promise<Order> =>
  ctx.transaction(async (tx) => {
    const [row, event, pipeline] = await Promise.all([
      loadVersion(ctx, tx, { id, version }, { locked: true }),
      findEvent(tx, id, eventId),
      pipelineOf(tx),
    ])
    if (!event) throw new Refused('event.not_found')
    const permission = undoPermissions[event.type]
    if (!permission || !event.undoable) throw new Refused('order.undo_impossible')
    requirePermission(ctx, permission)
    await refuseIfOrderHeld(ctx, tx, id)
    if (event.type === 'order.repaired') return takeBackRepair(ctx, tx, row, event)
    if (!mayTakeBack(ctx, pipeline, row, event.type)) throw new Refused('order.move_forbidden')
    if (event.type === 'order.options_changed') await takeBackOptions(ctx, tx, row, event)
    else if (event.type === 'order.called') await takeBackCall(ctx, tx, row, event)
    else await takeBackPlace(ctx, tx, row, event, pipeline)
    const [stored, lines] = await Promise.all([findOrder(tx, everything, id), findLines(tx, id)])
    if (!stored) throw new Refused('order.not_found')
    return orderOf(stored, lines, sightOf(ctx))
  })

const takeBackPlace = async (
  ctx: Ctx,
  tx: MerchantTx,
  row: OrderRow,
  event: EventRow,
  pipeline: Pipeline,
): Promise<void> => {
  const effects = await lockEffectsOf(tx, event.id)
  const undoable = undoableOf(event)
  const stage = stageOf(pipeline, undoable.before.stageId)
  const undo = orRefuse(planUndo(movableOf(row), undoable, effects, stage, ctx.now))
  await restore(ctx, tx, row, event, undo)
}

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
  await restore(ctx, tx, row, event, planned.value)
  return true
}

/** Puts a locked order back where it stood before an event, with what the event triggered. */
const restore = async (ctx: Ctx, tx: MerchantTx, row: OrderRow, event: EventRow, undo: Undo): Promise<void> => {
  const { id } = row
  const now = ctx.now.toISOString()
  const reasonId = reasonBefore(event)
  const entries = entryColumnsOf(firstEntriesAfterUndo(movableOf(row).firstEntries, undo, now))
  const place = { ...undo.after, ...entries, reasonId, undoEventId: undo.undoEventId, updatedAt: now }
  if (!(await placeOrder(tx, row, place))) throw new Error('A locked order changed.')
  await takeBack(ctx, tx, undo, now)
  const wasCancelled = (undo.before.state === 'cancelled') !== (undo.after.state === 'cancelled')
  const others = wasCancelled && row.duplicateCount > 0 ? await recountOthers(tx, id) : []
  ctx.record(tx, {
    type: 'order.undone',
    subject: { kind: 'order', id },
    before: undo.before,
    after: { ...undo.after, reasonId },
    data: { undoes: event.id, type: event.type, forgottenEntry: undo.forgottenEntry },
    touches: others.map((other) => ({ noun: 'order', id: other })),
  })
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
