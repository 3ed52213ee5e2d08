import { nearestStage } from '@sendocki/domain/orders/editing'
import { firstEntriesAfter, type Move, planMove } from '@sendocki/domain/orders/pipeline'
import { type StageTrial, triedOrders } from '@sendocki/domain/orders/pipeline-edit-schema'
import type { Pipeline, Stage } from '@sendocki/domain/orders/pipeline-schema'
import { planLeaving, planRealigning } from '@sendocki/domain/orders/reclassifying'
import { type Ctx, type MerchantTx, systemActor } from '../../context.ts'
import { recountOthers } from './duplicates.queries.ts'
import { newestOrders, ordersOnStage, type StageCursor } from './following.queries.ts'
import { placeMany } from './many.queries.ts'
import { entryColumnsOf, mayHaveTwins, moverOf } from './moves.commands.ts'
import { viewerOf } from './orders.commands.ts'
import { leaveParcels } from './parting.commands.ts'
import { movableOf, type OrderRow } from './rows.queries.ts'

/** How many orders follow a change of their stage in one transaction. */
export const followAtOnce = 100

interface Following {
  readonly row: OrderRow
  readonly move: Move
}

/**
 * Takes up to a hundred orders from a stage that is deleted to the nearest one, as recorded moves by the system that fire
 * no effect. Returns how many it took; fewer than `followAtOnce` means that none is left.
 */
export const emptyStage = async (ctx: Ctx, tx: MerchantTx, pipeline: Pipeline, gone: Stage): Promise<number> => {
  const to = nearestStage(pipeline, gone)
  if (!to) throw new Error('A pipeline without an active stage.')
  const rows = await ordersOnStage(tx, gone.id, null, followAtOnce)
  const at = ctx.now.toISOString()
  const following = rows.map((row) => ({ row, move: planLeaving(movableOf(row), row.reasonId, to, at) }))
  const places = following.map(({ row, move }) => ({
    ...placeOf(row, move, at),
    undoEventId: null,
    versionsUp: 1 as const,
  }))
  await placeMany(tx, places)
  await recordAll(ctx, tx, following, { type: 'order.moved', data: { byRule: true, deletedStageId: gone.id } })
  return rows.length
}

/**
 * Brings up to a hundred orders of a stage, after one of them, to what the stage says since it was changed. Those that
 * count as another state have it in their history. Returns where to go on, or null at the end.
 */
export const realignStage = async (
  ctx: Ctx,
  tx: MerchantTx,
  stage: Stage,
  after: StageCursor | null,
): Promise<StageCursor | null> => {
  const rows = await ordersOnStage(tx, stage.id, after, followAtOnce)
  const at = ctx.now.toISOString()
  const following = rows.flatMap((row) => {
    const move = planRealigning(movableOf(row), row.reasonId, stage, at)
    return move ? [{ row, move }] : []
  })
  const places = following.map(({ row, move }) => ({
    ...placeOf(row, move, at),
    undoEventId: row.undoEventId,
    versionsUp: 0 as const,
  }))
  await placeMany(tx, places)
  const reclassified = following.filter(({ move }) => move.before.state !== move.after.state)
  await recordAll(ctx, tx, reclassified, { type: 'order.reclassified', data: {} })
  for (const { row } of following)
    if (!reclassified.some((one) => one.row === row)) tx.outbox.changes.push({ noun: 'order', id: row.id })
  return rows.length < followAtOnce ? null : (rows.at(-1) ?? null)
}

const placeOf = (row: OrderRow, move: Move, at: string) => {
  const counted = { ...move, after: { ...move.after, stateSince: at } }
  return {
    ...move.after,
    ...entryColumnsOf(firstEntriesAfter(movableOf(row).firstEntries, counted)),
    id: row.id,
    version: row.version,
    assigneeId: row.assigneeId,
    reasonId: move.reasonId,
    updatedAt: at,
  }
}

/** Nobody decided it for the one order, so the history names the system. */
const recordAll = async (
  ctx: Ctx,
  tx: MerchantTx,
  following: readonly Following[],
  { type, data }: { readonly type: string; readonly data: object },
): Promise<void> => {
  const system = ctx.inMerchant(ctx.merchantId, systemActor())
  const left = await leaveParcels(
    system,
    tx,
    following.map(({ row, move: { after } }) => ({ row, after })),
  )
  for (const { row, move } of following) {
    const cancelled = (move.before.state === 'cancelled') !== (move.after.state === 'cancelled')
    const others = cancelled && mayHaveTwins(row) ? await recountOthers(tx, row.id) : []
    system.record(tx, {
      type,
      subject: { kind: 'order', id: row.id },
      before: { ...move.before, reasonId: row.reasonId },
      after: { ...move.after, reasonId: move.reasonId },
      data: { firstEntry: move.firstEntry, ...data, ...left.get(row.id) },
      touches: others.map((id) => ({ noun: 'order', id })),
    })
  }
}

/** What would happen to the newest orders if the actor moved each to the stage now. Nothing is changed. */
export const tryOnOrders = async (
  ctx: Ctx,
  tx: MerchantTx,
  pipeline: Pipeline,
  stage: Stage,
): Promise<StageTrial['items']> => {
  const rows = await newestOrders(tx, viewerOf(ctx), triedOrders)
  const asksReason = stage.requires.includes('reason')
  const reasonId = pipeline.reasons.find(({ active, state }) => active && state === stage.state)?.id
  return rows.map((row) => {
    const input = { stageId: stage.id, version: row.version, ...(asksReason && reasonId ? { reasonId } : {}) }
    const planned = planMove(movableOf(row), pipeline, input, moverOf(ctx), ctx.now.toISOString())
    const about = { orderId: row.id, number: row.number, customerName: row.contactName, stageId: row.stageId }
    if (row.stageId === stage.id)
      return { ...about, outcome: 'already_there', refusal: null, asksReason: false, effects: [] }
    if (!planned.ok) {
      const { code, params = {} } = planned.refusal
      return { ...about, outcome: 'refused', refusal: { code, params: { ...params } }, asksReason: false, effects: [] }
    }
    const effects = planned.value.effects.map(({ kind }) => kind)
    return { ...about, outcome: 'would_enter', refusal: null, asksReason, effects }
  })
}
