import { mostTags, tagsAfter } from '@sendocki/domain/bulk/bulk'
import { firstEntriesAfter, type Move, type Placement, planMove } from '@sendocki/domain/orders/pipeline'
import { ok, type Refusal, type Result, refuse } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { sealForMany } from '../../db/sealed.ts'
import { beginRuns } from '../automation-runs/index.ts'
import { pipelineOf } from '../pipeline/index.ts'
import { recountOthers } from './duplicates.queries.ts'
import { findMany, holdStages, insertEffectsOf, placeMany, settleSource, tagMany } from './many.queries.ts'
import { entryColumnsOf, entryOf, mayHaveTwins, moverOf } from './moves.commands.ts'
import { viewerOf } from './orders.commands.ts'
import { leaveParcels } from './parting.commands.ts'
import { factsOf, movableOf, type OrderRow } from './rows.queries.ts'

/*
 * One change of many orders in one transaction: the domain decides for each order as it does for one alone, and what is
 * written takes a statement for all of them. Screens are told by the caller, once for all.
 */

/** An order as it was chosen: whoever changed it since comes first. */
export interface Chosen {
  readonly orderId: string
  readonly version: number | null
}
/** What became of it: why not, or what takes it back. */
export type ManyResult<Kept> = ReadonlyMap<string, Result<Kept>>

interface How {
  readonly dryRun: boolean
}

type Decide<Plan> = (row: OrderRow) => Result<Plan>
interface Planned<Plan> {
  readonly row: OrderRow
  readonly plan: Plan
}

/** Decides for every chosen order; those that may be changed come back with their plans. */
export const decideMany = async <Plan>(
  ctx: Ctx,
  tx: MerchantTx,
  chosen: readonly Chosen[],
  { dryRun }: How,
  decide: Decide<Plan>,
): Promise<{ refusals: Map<string, Refusal>; planned: Planned<Plan>[] }> => {
  const rows = await findMany(
    tx,
    viewerOf(ctx),
    chosen.map(({ orderId }) => orderId),
    { locked: !dryRun },
  )
  const refusals = new Map<string, Refusal>()
  const planned = chosen.flatMap(({ orderId, version }): Planned<Plan>[] => {
    const row = rows.get(orderId)
    const result = !row
      ? refuse('order.not_found')
      : version !== null && row.version !== version
        ? refuse('order.changed_meanwhile')
        : decide(row)
    if (result.ok && row) return [{ row, plan: result.value }]
    if (!result.ok) refusals.set(orderId, result.refusal)
    return []
  })
  return { refusals, planned }
}

/** What became of each order, as the operation keeps it. */
export const answer = <Plan, Kept>(
  { refusals, planned }: { refusals: ReadonlyMap<string, Refusal>; planned: readonly Planned<Plan>[] },
  keptOf: (planned: Planned<Plan>) => Kept,
): ManyResult<Kept> =>
  new Map<string, Result<Kept>>([
    ...[...refusals].map(([id, refusal]) => [id, { ok: false as const, refusal }] as const),
    ...planned.map((one) => [one.row.id, ok(keptOf(one))] as const),
  ])

/** Journals a change of one of many; the screens hear of all of them together. */
export const recordQuietly = (ctx: Ctx, tx: MerchantTx, happening: Parameters<Ctx['record']>[1]): string =>
  ctx.record(tx, { ...happening, quiet: true })

const withIds = <Plan>(ctx: Ctx, planned: readonly Planned<Plan>[]) =>
  planned.map((one) => ({ ...one, eventId: ctx.newId() }))

/** Cancelled or no longer so: those that it was compared with count anew. Few orders of many have such. */
export const recountAround = async (
  tx: MerchantTx,
  changes: readonly { readonly row: OrderRow; readonly before: Placement; readonly after: Placement }[],
): Promise<void> => {
  const twins = changes.filter(
    ({ row, before, after }) => (before.state === 'cancelled') !== (after.state === 'cancelled') && mayHaveTwins(row),
  )
  await recountOthers(tx, ...twins.map(({ row }) => row.id))
}

/** Moves orders to a stage for a person, each by the rules of one move. */
export const moveMany = async (
  ctx: Ctx,
  tx: MerchantTx,
  chosen: readonly Chosen[],
  to: {
    readonly stageId: string
    readonly reasonId?: string
    readonly note?: string
    /** What the history keeps beside each move. */
    readonly data?: Readonly<Record<string, unknown>>
  },
  how: How,
): Promise<ManyResult<{ eventId: string }>> => {
  const now = ctx.now.toISOString()
  const mover = moverOf(ctx)
  const { note, data, ...input } = to
  // Read after the stage is held, and so are the orders: what is deleted meanwhile is no stage of this pipeline.
  const [, pipeline] = await Promise.all([holdStages(tx, [to.stageId]), pipelineOf(tx)])
  const decided = await decideMany(ctx, tx, chosen, how, (row) =>
    planMove(movableOf(row), pipeline, { ...input, version: row.version }, mover, now),
  )
  const moves = withIds(ctx, decided.planned)
  if (!how.dryRun) await saveMoves(ctx, tx, moves, { note, data })
  const events = new Map(moves.map(({ row, eventId }) => [row.id, eventId]))
  return answer(decided, ({ row }) => ({ eventId: events.get(row.id) ?? '' }))
}

const saveMoves = async (
  ctx: Ctx,
  tx: MerchantTx,
  moves: readonly (Planned<Move> & { readonly eventId: string })[],
  { note, data }: { readonly note: string | undefined; readonly data: Readonly<Record<string, unknown>> | undefined },
): Promise<void> => {
  const now = ctx.now.toISOString()
  await placeMany(
    tx,
    moves.map(({ row, plan, eventId }) => ({
      ...plan.after,
      ...entryColumnsOf(firstEntriesAfter(movableOf(row).firstEntries, plan)),
      id: row.id,
      version: row.version,
      versionsUp: 1 as const,
      reasonId: plan.reasonId,
      undoEventId: eventId,
      updatedAt: now,
    })),
  )
  await settleSource(
    tx,
    moves.flatMap(({ row: { id, toComplete } }) =>
      toComplete.includes('unsigned_source')
        ? [{ id, toComplete: toComplete.filter((reason) => reason !== 'unsigned_source') }]
        : [],
    ),
  )
  const effects = moves.flatMap(({ row, plan, eventId }) =>
    plan.effects.map((effect) => ({ ...effect, id: ctx.newId(), orderId: row.id, eventId })),
  )
  await insertEffectsOf(tx, effects, now)
  for (const { id } of effects) ctx.enqueue(tx, 'effects.run', { merchantId: tx.merchantId, effectId: id }, { key: id })
  await beginRuns(
    ctx,
    tx,
    moves.map(({ row, plan, eventId }) => entryOf(row.id, eventId, plan)),
  )
  await recountAround(
    tx,
    moves.map(({ row, plan }) => ({ row, ...plan })),
  )
  const left = await leaveParcels(
    ctx,
    tx,
    moves.map(({ row, plan: { after } }) => ({ row, after })),
  )
  for (const { row, plan, eventId } of moves)
    recordQuietly(ctx, tx, {
      id: eventId,
      type: 'order.moved',
      subject: { kind: 'order', id: row.id },
      before: { ...plan.before, reasonId: row.reasonId },
      after: { ...plan.after, reasonId: plan.reasonId },
      data: { firstEntry: plan.firstEntry, previousUndoId: row.undoEventId, ...data, ...left.get(row.id) },
      undoable: true,
    })
  const about = moves.map(({ row, eventId }) => ({ eventId, customerId: row.customerId }))
  if (note) await sealForMany(tx, ctx.secrets, about, { after: { note } })
}

const placementOf = ({ stageId, state, stateSince, lateAt, endedAt, assigneeId }: OrderRow): Placement => ({
  stageId,
  state,
  stateSince,
  lateAt,
  endedAt,
  assigneeId,
})

/** Gives orders to a member, or to nobody. An order that is there already stays as it is. */
export const assignMany = async (
  ctx: Ctx,
  tx: MerchantTx,
  chosen: readonly Chosen[],
  memberId: string | null,
  how: How,
): Promise<ManyResult<{ eventId: string }>> => {
  const decided = await decideMany(ctx, tx, chosen, how, (row) =>
    row.assigneeId === memberId ? refuse('order.already_there') : ok(placementOf(row)),
  )
  const gifts = withIds(ctx, decided.planned)
  const events = new Map(gifts.map(({ row, eventId }) => [row.id, eventId]))
  if (!how.dryRun) {
    await placeMany(
      tx,
      gifts.map(({ row, plan, eventId }) => ({
        ...plan,
        ...entryColumnsOf(movableOf(row).firstEntries),
        id: row.id,
        version: row.version,
        versionsUp: 1 as const,
        assigneeId: memberId,
        reasonId: row.reasonId,
        undoEventId: eventId,
        updatedAt: ctx.now.toISOString(),
      })),
    )
    for (const { row, plan, eventId } of gifts)
      recordQuietly(ctx, tx, {
        id: eventId,
        type: 'order.assigned',
        subject: { kind: 'order', id: row.id },
        before: { ...plan, reasonId: row.reasonId },
        after: { ...plan, assigneeId: memberId, reasonId: row.reasonId },
        data: { previousUndoId: row.undoEventId },
        undoable: true,
      })
  }
  return answer(decided, ({ row }) => ({ eventId: events.get(row.id) ?? '' }))
}

export interface TagChange {
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

/** Adds tags to orders and takes others off. What is kept says which ones really changed. */
export const tagOrders = async (
  ctx: Ctx,
  tx: MerchantTx,
  chosen: readonly Chosen[],
  changeOf: (orderId: string) => TagChange,
  how: How,
): Promise<ManyResult<TagChange>> => {
  const decided = await decideMany(ctx, tx, chosen, how, (row): Result<readonly string[]> => {
    const tags = tagsAfter(row.tags, changeOf(row.id))
    if (tags.length > mostTags) return refuse('order.too_many_tags')
    return tags.join('\n') === row.tags.join('\n') ? refuse('order.already_there') : ok(tags)
  })
  if (!how.dryRun) {
    await tagMany(
      tx,
      decided.planned.map(({ row, plan }) => ({ id: row.id, tags: plan })),
      ctx.now.toISOString(),
    )
    for (const { row, plan } of decided.planned)
      recordQuietly(ctx, tx, {
        type: 'order.edited',
        subject: { kind: 'order', id: row.id },
        before: factsOf(row),
        after: factsOf({ ...row, tags: plan }),
        data: { changed: ['tags'] },
      })
  }
  return answer(decided, ({ row, plan }) => ({
    add: plan.filter((tag) => !row.tags.includes(tag)),
    remove: row.tags.filter((tag) => !plan.includes(tag)),
  }))
}
