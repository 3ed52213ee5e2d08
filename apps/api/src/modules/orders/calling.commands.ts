import type { CallKind, SetAside } from '@sendocki/domain/calls/call'
import type { Outcome } from '@sendocki/domain/calls/outcomes'
import { defaultStageOf, planMove, planRuleMove } from '@sendocki/domain/orders/pipeline'
import type { IncompleteReason } from '@sendocki/domain/orders/states'
import { planUndoOfNewest } from '@sendocki/domain/orders/undo'
import { orRefuse, Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { sealPersonal } from '../../db/sealed.ts'
import { pipelineOf } from '../pipeline/index.ts'
import type { EventRow } from './history.queries.ts'
import { flagOrder, moverOf, saveMove } from './moves.commands.ts'
import { everything, findOrder, setCalled, setFacts } from './orders.queries.ts'
import { movableOf, type OrderRow } from './rows.queries.ts'

/*
 * What came of a call, as the order keeps it: how often it was tried, when it waits for the next try, and where it moves.
 */

/** When and why an order waits for its next call, and for whom. */
interface Waiting {
  readonly callKind: CallKind
  readonly nextAttemptAt: string | null
  /** Who promised to call back; null when anybody may. */
  readonly callMemberId: string | null
}

export interface Called {
  readonly eventId: string
  readonly outcome: Outcome
  readonly waiting: Waiting
  /** Where it goes by the person's word, or by the rules once nobody answers any more. */
  readonly move: { readonly state: 'confirmed' | 'cancelled'; readonly reasonId: string | null } | 'unreachable' | null
  readonly note: string | null
}

const waitingOf = ({ callKind, nextAttemptAt, callMemberId }: OrderRow): Waiting => ({
  callKind,
  nextAttemptAt,
  callMemberId,
})

/** Stores what came of a call on a locked order. One that moves nothing can be taken back by itself, one that moves by its move. */
export const recordCall = async (ctx: Ctx, tx: MerchantTx, row: OrderRow, called: Called): Promise<void> => {
  const { eventId, outcome, waiting, move } = called
  const toComplete: IncompleteReason[] =
    outcome === 'wrong_number' ? [...new Set([...row.toComplete, 'phone_wrong' as const])] : [...row.toComplete]
  await setCalled(tx, row.id, {
    ...waiting,
    attemptCount: row.attemptCount + 1,
    toComplete,
    undoEventId: move === null ? eventId : row.undoEventId,
    updatedAt: ctx.now.toISOString(),
  })
  ctx.record(tx, {
    id: eventId,
    type: 'order.called',
    subject: { kind: 'order', id: row.id },
    before: { ...waitingOf(row), toComplete: row.toComplete },
    after: { ...waiting, toComplete },
    data: { outcome, previousUndoId: row.undoEventId },
    undoable: move === null,
  })
  await sealNote(ctx, tx, row, called)
  if (move === 'unreachable') await moveOut(ctx, tx, { ...row, toComplete })
  else if (move !== null) await moveAsAsked(ctx, tx, { ...row, toComplete }, move)
}

/** Keeps what came of a call too late to be believed: the order stays where it is, and somebody looks. */
export const setCallAside = async (
  ctx: Ctx,
  tx: MerchantTx,
  row: OrderRow,
  { setAside, ...called }: Pick<Called, 'eventId' | 'outcome' | 'note'> & { readonly setAside: SetAside },
): Promise<void> => {
  const now = ctx.now.toISOString()
  const look = row.callAt === null ? {} : { callKind: 'check' as const, nextAttemptAt: now, callMemberId: null }
  await setFacts(tx, row.id, { ...look, attemptCount: row.attemptCount + 1, updatedAt: now })
  ctx.record(tx, {
    id: called.eventId,
    type: 'order.called',
    subject: { kind: 'order', id: row.id },
    data: { outcome: called.outcome, setAside },
  })
  await sealNote(ctx, tx, row, called)
  await flagOrder(ctx, tx, row, 'late_outcome', {})
}

const sealNote = async (
  ctx: Ctx,
  tx: MerchantTx,
  { customerId }: OrderRow,
  { eventId, note }: Pick<Called, 'eventId' | 'note'>,
): Promise<void> => {
  if (note !== null) await sealPersonal(tx, ctx.secrets, { eventId, customerId, values: { after: { note } } })
}

const moveAsAsked = async (
  ctx: Ctx,
  tx: MerchantTx,
  row: OrderRow,
  { state, reasonId }: { readonly state: 'confirmed' | 'cancelled'; readonly reasonId: string | null },
): Promise<void> => {
  const pipeline = await pipelineOf(tx)
  const stage = defaultStageOf(pipeline, state)
  if (!stage) throw new Refused('order.stage_unknown')
  const wanted = { stageId: stage.id, version: row.version, ...(reasonId === null ? {} : { reasonId }) }
  const move = orRefuse(planMove(movableOf(row), pipeline, wanted, moverOf(ctx), ctx.now.toISOString()))
  if (!(await saveMove(ctx, tx, row, move, { undoable: true }))) throw new Error('A locked order changed.')
}

/** Tried as often as the rules allow: it goes where nobody is reached, whatever the transitions and the roles. */
const moveOut = async (ctx: Ctx, tx: MerchantTx, row: OrderRow): Promise<void> => {
  const pipeline = await pipelineOf(tx)
  const planned = planRuleMove(movableOf(row), pipeline, { state: 'unreachable' }, 'automation', ctx.now.toISOString())
  if (planned.kind === 'flagged') await flagOrder(ctx, tx, row, planned.flag, { state: 'unreachable' })
  if (planned.kind !== 'move') return
  if (!(await saveMove(ctx, tx, row, planned.move, { undoable: true, data: { byRule: true } })))
    throw new Error('A locked order changed.')
}

/** Puts an order at the head of the queue: a buyer agreed in writing, or somebody should look. */
export const askForCall = async (
  ctx: Ctx,
  tx: MerchantTx,
  orderId: string,
  callKind: Extract<CallKind, 'said_yes' | 'check'>,
): Promise<void> => {
  const now = ctx.now.toISOString()
  await setFacts(tx, orderId, { callKind, nextAttemptAt: now, callMemberId: null, updatedAt: now })
  tx.outbox.changes.push({ noun: 'order', id: orderId })
}

/** Takes back a call that moved nothing: the order waits as it did before. That it was tried stays true. */
export const takeBackCall = async (ctx: Ctx, tx: MerchantTx, row: OrderRow, event: EventRow): Promise<void> => {
  orRefuse(planUndoOfNewest(row, event, ctx.now))
  const { toComplete, ...waiting } = event.before as unknown as Waiting & { toComplete: IncompleteReason[] }
  const undoEventId = (event.data?.previousUndoId ?? null) as string | null
  await setFacts(tx, row.id, { ...waiting, toComplete, undoEventId, updatedAt: ctx.now.toISOString() })
  ctx.record(tx, {
    type: 'order.undone',
    subject: { kind: 'order', id: row.id },
    before: { ...waitingOf(row), toComplete: row.toComplete },
    after: { ...waiting, toComplete },
    data: { undoes: event.id, type: event.type },
  })
}

/** An order that waits for a call or did, locked, whatever the actor's rows: the hand on its customer is what counts. */
export const lockForCall = (tx: MerchantTx, id: string): Promise<OrderRow | undefined> =>
  findOrder(tx, everything, id, { locked: true })
