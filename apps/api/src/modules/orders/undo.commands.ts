import type { Order, UndoOrder } from '@sendocki/domain/orders/order'
import type { Placement } from '@sendocki/domain/orders/pipeline'
import type { OrderState } from '@sendocki/domain/orders/states'
import { firstEntriesWithout, planUndo, type UndoableEvent, undoPermissions } from '@sendocki/domain/orders/undo'
import { orRefuse, Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { requirePermission } from '../../http/access.ts'
import { recountOthers } from './duplicates.queries.ts'
import { lockEffectsOf, setEffects } from './effects.queries.ts'
import { type EventRow, findEvent } from './history.queries.ts'
import { entryColumnsOf } from './moves.commands.ts'
import { loadVersion, sightOf } from './orders.commands.ts'
import { everything, findLines, findOrder, placeOrder } from './orders.queries.ts'
import { movableOf, orderOf } from './rows.queries.ts'

/**
 * Takes back the newest undoable change of an order: it stands where it stood, with the clocks it had, what the move
 * triggered is cancelled or reversed by jobs, and figures forget that it ever was. Needs the permission of the change.
 */
export const undoOrder = (ctx: Ctx, { id, eventId, version }: UndoOrder & { id: string }): Promise<Order> =>
  ctx.transaction(async (tx) => {
    const [row, event] = await Promise.all([
      loadVersion(ctx, tx, { id, version }, { locked: true }),
      findEvent(tx, id, eventId),
    ])
    if (!event) throw new Refused('event.not_found')
    const permission = undoPermissions[event.type]
    if (!permission || !event.undoable) throw new Refused('order.undo_impossible')
    requirePermission(ctx, permission)
    const effects = await lockEffectsOf(tx, eventId)
    const order = movableOf(row)
    const undo = orRefuse(planUndo(order, undoableOf(event), effects, ctx.now))
    const now = ctx.now.toISOString()
    const reasonId = reasonBefore(event)
    const entries = entryColumnsOf(firstEntriesWithout(order.firstEntries, undo))
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
      data: { undoes: eventId, type: event.type, forgottenEntry: undo.forgottenEntry },
      touches: others.map((other) => ({ noun: 'order', id: other })),
    })
    const [stored, lines] = await Promise.all([findOrder(tx, everything, id), findLines(tx, id)])
    if (!stored) throw new Refused('order.not_found')
    return orderOf(stored, lines, sightOf(ctx))
  })

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

type KeptEvent = Pick<EventRow, 'id' | 'type' | 'occurredAt' | 'before' | 'data'>

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
