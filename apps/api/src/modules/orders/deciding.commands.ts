import type { DecideDuplicates, DuplicatesDecided } from '@sendocki/domain/orders/duplicate-schema'
import { defaultStageOf } from '@sendocki/domain/orders/pipeline'
import { type DuplicateFate, type DuplicateOutcome, isSettled } from '@sendocki/domain/orders/states'
import { planUndoOfNewest } from '@sendocki/domain/orders/undo'
import { orRefuse, Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { refuseIfOrderHeld } from '../leases/index.ts'
import { pipelineOf } from '../pipeline/index.ts'
import { listPairs, settlePairs } from './duplicates.queries.ts'
import { type EventRow, findEvent } from './history.queries.ts'
import { type Chosen, type ManyResult, moveMany } from './many.commands.ts'
import { findMany, holdStages } from './many.queries.ts'
import { undoMany } from './many-undo.commands.ts'
import { changedMeanwhile, readBack, viewerOf } from './orders.commands.ts'
import { editOrderRow, type NewOrderRow } from './orders.queries.ts'
import type { OrderRow } from './rows.queries.ts'
import { joinTogether, lockTogether, partedColumns, partTogether } from './together.commands.ts'

/*
 * A decision about orders that may be one wish: one command over all of them, which is taken back as one. Its own event is
 * in the history of the order that was kept, or from which it was decided; the events of the others point to it.
 */

/** What the event of a decision keeps: each order with the event that takes its part back. */
interface Decision {
  readonly outcome: DuplicateOutcome
  readonly orderId: string
  readonly keptOrderId: string | null
  readonly events: Readonly<Record<string, string>>
}
/** How the event of another order says where the decision is told. */
interface DecisionRef {
  readonly decidedOn: string
  readonly decisionId: string
}

/** Decides for a person, each order in the version that they saw: of two who decide at once one is first. */
export const decideDuplicates = (
  ctx: Ctx,
  { id, outcome, version, keepOrderId = id, others }: DecideDuplicates & { readonly id: string },
): Promise<DuplicatesDecided> =>
  ctx.transaction(async (tx) => {
    const stageId = outcome === 'keep_one' ? await holdCancelled(tx) : null
    const seen = [{ orderId: id, version }, ...others]
    const ids = seen.map(({ orderId }) => orderId)
    const company = outcome === 'ship_together' ? await lockTogether(tx, ids) : null
    const rows = await findMany(tx, viewerOf(ctx), ids, { locked: true })
    for (const one of seen)
      if (rows.get(one.orderId)?.version !== one.version) throw await changedMeanwhile(ctx, tx, one.orderId)
    if (rows.size < ids.length) throw invalid('others')
    const told = rows.get(keepOrderId)
    if (!told || (outcome === 'both_real' && keepOrderId !== id)) throw invalid('keepOrderId')
    await assertOpen(ctx, tx, rows, id)
    await refuseIfOrderHeld(ctx, tx, id)
    if (company) await decideTogether(ctx, tx, company, told.id)
    else await decide(ctx, tx, { outcome, told, rows: [...rows.values()], stageId, by: 'person' })
    return { orders: await Promise.all(ids.map((orderId) => readBack(ctx, tx, orderId))) }
  })

const invalid = (path: string): Refused => new Refused('request.invalid', undefined, [{ path, code: 'invalid' }])

/** The stage of cancelled orders, held before the orders as every change of many does. */
const holdCancelled = async (tx: MerchantTx): Promise<string> => {
  const stage = defaultStageOf(await pipelineOf(tx), 'cancelled')
  if (!stage) throw new Refused('order.stage_unknown')
  await holdStages(tx, [stage.id])
  return stage.id
}

/** All of them are pairs of the one, and somebody still has to decide about each. */
const assertOpen = async (ctx: Ctx, tx: MerchantTx, rows: ReadonlyMap<string, OrderRow>, id: string): Promise<void> => {
  const pairs = new Map((await listPairs(tx, viewerOf(ctx), id)).map((pair) => [pair.orderId, pair]))
  for (const row of rows.values()) {
    const pair = pairs.get(row.id)
    if (row.id !== id && !pair) throw new Refused('order.no_duplicate')
    if (row.state === 'cancelled' || isSettled(pair?.fate ?? null)) throw new Refused('order.duplicate_decided')
  }
}

interface Deciding {
  readonly outcome: DuplicateOutcome
  /** In whose history the decision is told: the kept one. */
  readonly told: OrderRow
  readonly rows: readonly OrderRow[]
  readonly stageId: string | null
  readonly by: 'person' | 'setting'
}

const decide = async (ctx: Ctx, tx: MerchantTx, { outcome, told, rows, stageId, by }: Deciding): Promise<void> => {
  const decisionId = ctx.newId()
  const ref: DecisionRef = { decidedOn: told.id, decisionId }
  const others = rows.filter(({ id }) => id !== told.id)
  const events: Record<string, string> = { [told.id]: decisionId }
  if (stageId === null) for (const row of others) events[row.id] = ctx.newId()
  else Object.assign(events, await cancelAll(ctx, tx, others, stageId, { ...ref, duplicateOf: told.id }))
  const data: Decision & { readonly by: string } = {
    outcome,
    orderId: told.id,
    keptOrderId: outcome === 'keep_one' ? told.id : null,
    events,
    by,
  }
  await mark(ctx, tx, told, decisionId, { ...data, numbers: others.map(({ number }) => number) })
  if (stageId === null)
    for (const row of others) await mark(ctx, tx, row, events[row.id] ?? '', { outcome, ...ref, by })
  const fateOf = (id: string): DuplicateFate =>
    outcome === 'both_real' ? 'both_real' : id === told.id ? 'kept' : 'cancelled'
  await settlePairs(tx, new Map(rows.map(({ id }) => [id, fateOf(id)])), ctx.now.toISOString())
  for (const { id } of rows) tx.outbox.changes.push({ noun: 'order', id })
}

/** All are real and travel in one parcel; told in the history of the order to whose address it goes. */
const decideTogether = async (
  ctx: Ctx,
  tx: MerchantTx,
  company: ReadonlyMap<string, OrderRow>,
  leadId: string,
): Promise<void> => {
  const { lead, changes } = await joinTogether(tx, company, { leadId, now: ctx.now.toISOString() })
  const decisionId = ctx.newId()
  const events = Object.fromEntries(changes.map(({ row: { id } }) => [id, id === lead.id ? decisionId : ctx.newId()]))
  const outcome = 'ship_together'
  const decision: Decision = { outcome, orderId: lead.id, keptOrderId: null, events }
  const ref: DecisionRef = { decidedOn: lead.id, decisionId }
  const numbers = changes.map(({ row: { number } }) => number)
  for (const { row, data, set } of changes) {
    const told = row.id === lead.id ? decision : { outcome, ...ref }
    await mark(ctx, tx, row, events[row.id] ?? '', { ...told, ...data, numbers, by: 'person' }, set)
  }
  for (const id of company.keys()) tx.outbox.changes.push({ noun: 'order', id })
}

/** Cancels orders as duplicates, by the rules of any move; one that may not be cancelled keeps all from it. */
const cancelAll = async (
  ctx: Ctx,
  tx: MerchantTx,
  rows: readonly OrderRow[],
  stageId: string,
  data: Readonly<Record<string, unknown>>,
): Promise<Record<string, string>> => {
  const { reasons } = await pipelineOf(tx)
  const reason = reasons.find(({ key, state, active }) => key === 'duplicate' && state === 'cancelled' && active)
  const chosen: Chosen[] = rows.map(({ id, version }) => ({ orderId: id, version }))
  const to = { stageId, data, ...(reason ? { reasonId: reason.id } : {}) }
  const moved = await moveMany(ctx, tx, chosen, to, { dryRun: false })
  return Object.fromEntries(keptOf(moved).map(([id, { eventId }]) => [id, eventId]))
}

/** All or nothing: the first refusal is that of the whole decision. */
const keptOf = <Kept>(results: ManyResult<Kept>): [string, Kept][] =>
  [...results].map(([id, result]) => [id, orRefuse(result)])

/** Tells the decision in the history of an order that stays where it is, as its newest undoable change. */
const mark = async (
  ctx: Ctx,
  tx: MerchantTx,
  row: OrderRow,
  eventId: string,
  data: Readonly<Record<string, unknown>>,
  change: Partial<NewOrderRow> = {},
): Promise<void> => {
  const set = { ...change, undoEventId: eventId, updatedAt: ctx.now.toISOString() }
  if (!(await editOrderRow(tx, row, set))) throw new Error('A locked order changed.')
  ctx.record(tx, {
    id: eventId,
    type: 'order.duplicates_decided',
    subject: { kind: 'order', id: row.id },
    data: { ...data, previousUndoId: row.undoEventId },
    undoable: true,
  })
}

/** One click sent twice, where the merchant lets the machine decide: the first order stays. Undone like any decision. */
export const mergeSameClick = async (
  ctx: Ctx,
  tx: MerchantTx,
  { keptId, id }: { readonly keptId: string; readonly id: string },
): Promise<void> => {
  const stageId = await holdCancelled(tx)
  const rows = await findMany(tx, viewerOf(ctx), [keptId, id], { locked: true })
  const told = rows.get(keptId)
  if (!told) throw new Error('An order that was compared is gone.')
  await decide(ctx, tx, { outcome: 'keep_one', told, rows: [...rows.values()], stageId, by: 'setting' })
}

/** The event in which a decision is told whole, when an event is a part of one. */
export const decisionOf = async (
  tx: MerchantTx,
  event: EventRow | undefined,
): Promise<{ readonly event: EventRow; readonly decision: Decision } | undefined> => {
  const data = event?.data as Partial<Decision & DecisionRef> | null | undefined
  if (!event || !data) return undefined
  if (data.events) return { event, decision: data as Decision }
  if (data.decidedOn === undefined || data.decisionId === undefined) return undefined
  const told = await findEvent(tx, data.decidedOn, data.decisionId)
  return told && { event: told, decision: told.data as unknown as Decision }
}

/**
 * Takes a whole decision back: every order stands where it stood, and the question is open again. Nothing is taken back
 * when one of the orders has changed since.
 */
export const takeBackDecision = async (
  ctx: Ctx,
  tx: MerchantTx,
  { event, decision }: { readonly event: EventRow; readonly decision: Decision },
  seen: { readonly id: string; readonly version: number },
): Promise<void> => {
  const ids = Object.keys(decision.events)
  const rows = await findMany(tx, viewerOf(ctx), ids, { locked: true })
  if (rows.get(seen.id)?.version !== seen.version) throw await changedMeanwhile(ctx, tx, seen.id)
  if (rows.size < ids.length) throw new Refused('order.not_found')
  const stays = decision.outcome === 'keep_one' ? [decision.orderId] : ids
  const now = ctx.now.toISOString()
  // Whoever joined later leaves alone: the lead stays with those that travelled with it before.
  const formed = event.data?.shipWithBefore === null
  const leaving = ids.filter((id) => formed || id !== decision.orderId)
  const last = decision.outcome === 'ship_together' ? await partTogether(tx, rows, { leaving, now }) : null
  const cancelled = Object.entries(decision.events).filter(([id]) => !stays.includes(id))
  if (cancelled.length > 0) keptOf(await undoMany(ctx, tx, new Map(cancelled)))
  for (const id of stays) {
    const alone = id === last ? { shipWithOrderId: null } : {}
    await unmark(ctx, tx, rows.get(id) as OrderRow, decision.events[id] ?? '', event, alone)
  }
  if (decision.outcome !== 'ship_together') await settlePairs(tx, new Map(ids.map((id) => [id, null])), now)
  for (const id of ids) tx.outbox.changes.push({ noun: 'order', id })
}

const unmark = async (
  ctx: Ctx,
  tx: MerchantTx,
  row: OrderRow,
  eventId: string,
  { occurredAt }: EventRow,
  more: Partial<NewOrderRow>,
): Promise<void> => {
  orRefuse(planUndoOfNewest(row, { id: eventId, occurredAt }, ctx.now))
  const own = await findEvent(tx, row.id, eventId)
  const undoEventId = (own?.data?.previousUndoId ?? null) as string | null
  const set = { ...partedColumns(row, own?.data), ...more, undoEventId, updatedAt: ctx.now.toISOString() }
  if (!(await editOrderRow(tx, row, set))) throw new Error('A locked order changed.')
  ctx.record(tx, {
    type: 'order.undone',
    subject: { kind: 'order', id: row.id },
    data: { undoes: eventId, type: 'order.duplicates_decided' },
  })
}
