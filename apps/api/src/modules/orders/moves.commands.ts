import type { MoveOrder, Order } from '@sendocki/domain/orders/order'
import {
  type FirstEntries,
  firstEntriesAfter,
  type Move,
  type Mover,
  type PlannedEffect,
  planMove,
  planRuleMove,
} from '@sendocki/domain/orders/pipeline'
import { type OrderFlag, type OrderState, orderStates } from '@sendocki/domain/orders/states'
import { orRefuse, Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { sealPersonal } from '../../db/sealed.ts'
import { beginRuns, type Entry } from '../automation-runs/index.ts'
import { refuseIfOrderHeld } from '../leases/index.ts'
import { pipelineOf } from '../pipeline/index.ts'
import { recountOthers } from './duplicates.queries.ts'
import { insertEffects } from './effects.queries.ts'
import { changedMeanwhile, loadVersion, sightOf } from './orders.commands.ts'
import { everything, findLinesShown, findOrder, placeOrder, setFacts } from './orders.queries.ts'
import { leaveParcels } from './parting.commands.ts'
import { firstEntryColumns, movableOf, type OrderRow, orderOf } from './rows.queries.ts'

/** Who acts as the pipeline's rules see them; a machine may do all. */
export const moverOf = ({ actor }: Ctx): Mover => ({
  memberId: actor.memberId,
  roleKey: actor.role?.key ?? null,
  moveInto: actor.role?.moveInto ?? null,
  seesAll: actor.role?.scope.includes('all') ?? true,
})

/** First entries as the columns that keep them. */
export const entryColumnsOf = (entries: FirstEntries) =>
  Object.fromEntries(orderStates.map((state) => [firstEntryColumns[state], entries[state] ?? null])) as {
    [K in (typeof firstEntryColumns)[OrderState]]: string | null
  }

/**
 * Moves an order for a person. Of two who move at once one is first; the other is told who, when, and what the order is
 * now. The answer is what was stored.
 */
export const moveOrder = (ctx: Ctx, { id, ...input }: MoveOrder & { id: string }): Promise<Order> =>
  ctx.transaction(async (tx) => {
    const seen = { id, version: input.version }
    const [row, lines, pipeline] = await Promise.all([
      loadVersion(ctx, tx, seen),
      findLinesShown(tx, id),
      pipelineOf(tx),
    ])
    await refuseIfOrderHeld(ctx, tx, id)
    const move = orRefuse(planMove(movableOf(row), pipeline, input, moverOf(ctx), ctx.now.toISOString()))
    const moved = await saveMove(ctx, tx, row, move, { undoable: true, note: input.note })
    if (!moved) throw await changedMeanwhile(ctx, tx, id)
    // A new holder's name is not at hand, nor what became of an order that leaves others; everything else is.
    const isAtHand = moved.assigneeId === row.assigneeId && row.shipWithOrderId === null
    const stored = isAtHand ? moved : await loadAnew(tx, id)
    return orderOf(stored, lines, sightOf(ctx))
  })

const loadAnew = async (tx: MerchantTx, id: string): Promise<OrderRow> => {
  const row = await findOrder(tx, everything, id)
  if (!row) throw new Refused('order.not_found')
  return row
}

interface MoveRecord {
  /** Of the event, where whoever moves must know it. */
  readonly id?: string
  readonly undoable: boolean
  readonly note?: string | undefined
  /** Facts that a rule adds: by which news, from which carrier. */
  readonly data?: Readonly<Record<string, unknown>> | undefined
  readonly flag?: OrderFlag | undefined
}

/**
 * Stores a planned move with its history and its effects; undefined when the order changed meanwhile. A move that cannot
 * be undone ends the chain of those that could: nobody takes back what came before a carrier's news.
 */
export const saveMove = async (
  ctx: Ctx,
  tx: MerchantTx,
  row: OrderRow,
  move: Move,
  { id, undoable, note, data, flag }: MoveRecord,
): Promise<OrderRow | undefined> => {
  const eventId = id ?? ctx.newId()
  const now = ctx.now.toISOString()
  const change = {
    ...move.after,
    ...entryColumnsOf(firstEntriesAfter(movableOf(row).firstEntries, move)),
    reasonId: move.reasonId,
    undoEventId: undoable ? eventId : null,
    updatedAt: now,
  }
  if (!(await placeOrder(tx, row, change))) return undefined
  // Somebody looked at it: that its sender could not prove who they are is settled.
  const toComplete = row.toComplete.filter((reason) => !undoable || reason !== 'unsigned_source')
  if (flag || toComplete.length < row.toComplete.length)
    await setFacts(tx, row.id, { toComplete, flag: flag ?? row.flag, updatedAt: now })
  await beginEffects(ctx, tx, { orderId: row.id, eventId }, move.effects)
  await beginRuns(ctx, tx, [entryOf(row.id, eventId, move)])
  const others = wasOrIsCancelled(move) && mayHaveTwins(row) ? await recountOthers(tx, row.id) : []
  const left = await leaveParcels(ctx, tx, [{ row, after: move.after }])
  ctx.record(tx, {
    id: eventId,
    type: 'order.moved',
    subject: { kind: 'order', id: row.id },
    before: { ...move.before, reasonId: row.reasonId },
    after: { ...move.after, reasonId: move.reasonId },
    data: { firstEntry: move.firstEntry, previousUndoId: row.undoEventId, ...data, ...left.get(row.id) },
    undoable,
    touches: others.map((other) => ({ noun: 'order', id: other })),
  })
  if (note) await sealPersonal(tx, ctx.secrets, { eventId, customerId: row.customerId, values: { after: { note } } })
  return { ...row, ...change, toComplete, version: row.version + 1, flag: flag ?? row.flag }
}

/** Writes down what entering a stage triggers, a job each: an event tells of them, and its undo takes them back. */
export const beginEffects = async (
  ctx: Ctx,
  tx: MerchantTx,
  about: { readonly orderId: string; readonly eventId: string },
  planned: readonly PlannedEffect[],
): Promise<void> => {
  const effects = planned.map((effect) => ({ ...effect, id: ctx.newId() }))
  await insertEffects(tx, { ...about, now: ctx.now.toISOString() }, effects)
  for (const { id: effectId } of effects)
    ctx.enqueue(tx, 'effects.run', { merchantId: tx.merchantId, effectId }, { key: effectId })
}

/** The entry into a stage that a move is. */
export const entryOf = (orderId: string, eventId: string, { after, begins }: Move): Entry => ({
  orderId,
  eventId,
  stageId: after.stageId,
  enteredAt: after.stateSince,
  begins,
})

/** A cancelled order counts none, so what it was compared with shows only when it is looked up. */
export const mayHaveTwins = ({ duplicateCount, state }: Pick<OrderRow, 'duplicateCount' | 'state'>): boolean =>
  duplicateCount > 0 || state === 'cancelled'

const wasOrIsCancelled = ({ before, after }: Move) => (before.state === 'cancelled') !== (after.state === 'cancelled')

export interface RuleMoveInput {
  readonly orderId: string
  readonly state: OrderState
  /** The template's key of a reason, where the rule knows one. */
  readonly reason?: string
  /** What the history says of it, without personal values: the carrier's own word, for example. */
  readonly note?: string
  readonly flag?: OrderFlag
  /** Whose news it is, when a person tells it in their place. */
  readonly by?: 'carrier'
}

/**
 * Moves an order because a carrier, a shop or an automation says so: to the first active stage of the state, whatever
 * transitions and roles. Without such a stage, or already in the state, the order stays, with the flag.
 */
export const moveByRule = async (
  ctx: Ctx,
  tx: MerchantTx,
  { orderId, state, reason, note, flag, ...input }: RuleMoveInput,
): Promise<{ moved: boolean; eventId: string | null }> => {
  const [row, pipeline] = await Promise.all([findOrder(tx, everything, orderId, { locked: true }), pipelineOf(tx)])
  if (!row) throw new Refused('order.not_found')
  const { kind } = ctx.actor
  const by = input.by ?? (kind === 'carrier' || kind === 'shop' ? kind : 'automation')
  const wanted = { state, ...(reason ? { reasonKey: reason } : {}) }
  const planned = planRuleMove(movableOf(row), pipeline, wanted, by, ctx.now.toISOString())
  if (planned.kind === 'move') {
    const data = { byRule: true, ...(note ? { note } : {}) }
    const eventId = ctx.newId()
    if (!(await saveMove(ctx, tx, row, planned.move, { id: eventId, undoable: false, data, flag })))
      throw new Error('A locked order changed.')
    return { moved: true, eventId }
  }
  const shown = planned.kind === 'flagged' ? planned.flag : flag
  if (shown) await flagOrder(ctx, tx, row, shown, { state })
  return { moved: false, eventId: null }
}

/** Asks for somebody's eyes, or takes the flag down. */
export const setOrderFlag = async (
  ctx: Ctx,
  tx: MerchantTx,
  orderId: string,
  flag: OrderFlag | null,
): Promise<void> => {
  const row = await findOrder(tx, everything, orderId, { locked: true })
  if (!row) throw new Refused('order.not_found')
  await flagOrder(ctx, tx, row, flag, {})
}

/** Takes a flag down when what it asked for is settled; another one stays up. */
export const lowerOrderFlag = async (ctx: Ctx, tx: MerchantTx, orderId: string, flag: OrderFlag): Promise<void> => {
  const row = await findOrder(tx, everything, orderId, { locked: true })
  if (row?.flag === flag) await flagOrder(ctx, tx, row, null, {})
}

export const flagOrder = async (
  ctx: Ctx,
  tx: MerchantTx,
  row: OrderRow,
  flag: OrderFlag | null,
  data: Readonly<Record<string, unknown>>,
): Promise<void> => {
  if (row.flag === flag) return
  await setFacts(tx, row.id, { flag, updatedAt: ctx.now.toISOString() })
  ctx.record(tx, {
    type: 'order.flagged',
    subject: { kind: 'order', id: row.id },
    before: { flag: row.flag },
    after: { flag },
    data,
  })
}
