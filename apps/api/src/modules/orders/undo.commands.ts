import type { Order, UndoOrder } from '@sendocki/domain/orders/order'
import { stageOf } from '@sendocki/domain/orders/pipeline'
import type { Pipeline } from '@sendocki/domain/orders/pipeline-schema'
import { planUndo, undoPermissions } from '@sendocki/domain/orders/undo'
import { orRefuse, Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { requirePermission } from '../../http/access.ts'
import { refuseIfOrderHeld } from '../leases/index.ts'
import { pipelineOf } from '../pipeline/index.ts'
import { takeBackCall } from './calling.commands.ts'
import { decisionOf, takeBackDecision } from './deciding.commands.ts'
import { lockEffectsOf } from './effects.queries.ts'
import { type EventRow, findEvent } from './history.queries.ts'
import { takeBackOptions } from './options.commands.ts'
import { loadVersion, readBack, sightOf } from './orders.commands.ts'
import { everything, findLinesShown, findOrder } from './orders.queries.ts'
import { takeBackRepair } from './repairing.commands.ts'
import { movableOf, type OrderRow, orderOf } from './rows.queries.ts'
import { mayTakeBack, restore, undoableOf } from './taking-back.commands.ts'

/**
 * Takes back the newest undoable change of an order: it stands where it stood, with the clocks it had, what the move
 * triggered is cancelled or reversed by jobs, and figures forget that it ever was. Needs the permission of the change.
 */
export const undoOrder = (ctx: Ctx, { id, eventId, version }: UndoOrder & { id: string }): Promise<Order> =>
  ctx.transaction(async (tx) => {
    const [event, pipeline] = await Promise.all([findEvent(tx, id, eventId), pipelineOf(tx)])
    // Several orders are locked in the order of their ids, so this one is not locked before.
    const decided = event?.undoable ? await decisionOf(tx, event) : undefined
    if (decided) return undoDecision(ctx, tx, decided, { id, version })
    const row = await loadVersion(ctx, tx, { id, version }, { locked: true })
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
    const [stored, lines] = await Promise.all([findOrder(tx, everything, id), findLinesShown(tx, id)])
    if (!stored) throw new Refused('order.not_found')
    return orderOf(stored, lines, sightOf(ctx))
  })

const undoDecision = async (
  ctx: Ctx,
  tx: MerchantTx,
  decided: NonNullable<Awaited<ReturnType<typeof decisionOf>>>,
  seen: { readonly id: string; readonly version: number },
): Promise<Order> => {
  requirePermission(ctx, 'orders.edit')
  await refuseIfOrderHeld(ctx, tx, seen.id)
  await takeBackDecision(ctx, tx, decided, seen)
  return readBack(ctx, tx, seen.id)
}

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
  orRefuse(await restore(ctx, tx, row, event, undo))
}
