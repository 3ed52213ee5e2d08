import { bulkChunk, bulkPermissions } from '@sendocki/domain/bulk/bulk'
import type { BulkParams } from '@sendocki/domain/bulk/bulk-schema'
import { type Refusal, Refused, type Result } from '@sendocki/domain/result'
import { type Ctx, type MerchantTx, publicContext } from '../../context.ts'
import type { BulkTrace } from '../../db/schema/bulk.ts'
import { requirePermission } from '../../http/access.ts'
import { actorOfMember } from '../members/index.ts'
import {
  assertMember,
  assignMany,
  type Chosen,
  type ManyResult,
  moveMany,
  type TagChange,
  tagOrders,
  undoMany,
} from '../orders/index.ts'
import { intendParcels, withdrawOne } from '../parcels/index.ts'
import {
  type ChosenRow,
  findOperation,
  nextRows,
  type OperationRow,
  type SettledRow,
  saveOperation,
  settleRows,
} from './bulk.queries.ts'

type Outcomes = ReadonlyMap<string, Result<BulkTrace | null>>

/** What came of a chunk: whether rows are left, and whether orders changed that screens should look at. */
export interface ChunkEnd {
  readonly over: boolean
  readonly changed: boolean
}

/**
 * Works off the next rows of an operation in one transaction, in the name of whoever asked and with the role that they
 * have now. The rows have their outcomes exactly when their orders are changed: a killed process repeats nothing.
 */
export const runChunk = async (
  job: Ctx,
  operationId: string,
  { rehearsal }: { readonly rehearsal: boolean },
): Promise<ChunkEnd> => {
  // A long operation goes on for minutes: each chunk happens when it happens.
  const base = publicContext(job, job.origin).inMerchant(job.merchantId, job.actor)
  const rehearsed = rehearsal ? await rehearseShipping(base, operationId) : null
  return base.transaction(async (tx) => {
    const row = await findOperation(tx, operationId, { locked: true })
    if (!row || row.status === 'done' || row.status === 'stopped') return { over: true, changed: false }
    if (row.status === 'stopping') return finish(base, tx, row, 'stopped')
    const ctx = await actingAs(base, tx, row)
    if (!ctx) return finish(base, tx, row, 'stopped', 'auth.forbidden')
    const rows = await nextRows(tx, operationId, row.nextPosition, bulkChunk)
    if (rows.length === 0) return finish(base, tx, row, 'done')
    const waiting = rows.filter(({ outcome }) => outcome === 'pending')
    const outcomes = rehearsed ?? (await act(ctx, tx, row, waiting))
    const settled = waiting.map((one) => settledOf(one, outcomes.get(one.orderId)))
    await settleRows(tx, operationId, settled)
    const done = settled.filter(({ outcome }) => outcome === 'done').length
    const after = {
      ...row,
      nextPosition: row.nextPosition + rows.length,
      doneCount: row.doneCount + done,
      refusedCount: row.refusedCount + settled.length - done,
    }
    const changed = done > 0 && !row.dryRun
    if (after.nextPosition > row.rowCount) return { ...(await finish(ctx, tx, after, 'done')), changed }
    const { nextPosition, doneCount, refusedCount } = after
    await saveOperation(tx, operationId, { nextPosition, doneCount, refusedCount })
    tx.outbox.changes.push({ noun: 'bulk_operation', id: operationId })
    return { over: false, changed }
  })
}

/** Null when they are gone or may no longer do it. */
const actingAs = async (base: Ctx, tx: MerchantTx, row: OperationRow): Promise<Ctx | null> => {
  const actor = await actorOfMember(tx, row.memberId)
  if (!actor?.role?.permissions.has(bulkPermissions[row.action])) return null
  return base.inMerchant(base.merchantId, actor)
}

/** Ends an operation. Its screens, and those of what it changed, look again. */
export const finish = async (
  ctx: Ctx,
  tx: MerchantTx,
  row: OperationRow,
  status: 'done' | 'stopped',
  problem: string | null = null,
): Promise<ChunkEnd> => {
  const { id, nextPosition, doneCount, refusedCount } = row
  const finishedAt = ctx.now.toISOString()
  await saveOperation(tx, id, { status, problem, nextPosition, doneCount, refusedCount, finishedAt })
  ctx.record(tx, {
    type: status === 'done' ? 'bulk.finished' : 'bulk.stopped',
    subject: { kind: 'bulk_operation', id },
    after: { done: doneCount, refused: refusedCount },
    ...(problem ? { data: { problem } } : {}),
  })
  return { over: true, changed: false }
}

const settledOf = ({ position }: ChosenRow, result: Result<BulkTrace | null> | undefined): SettledRow => {
  if (result?.ok) return { position, outcome: 'done', code: null, params: null, kept: result.value }
  const { code, params }: Refusal = result?.refusal ?? { code: 'order.not_found' }
  return { position, outcome: 'refused', code, params: params ?? null, kept: null }
}

const refusedAll = (rows: readonly ChosenRow[], refusal: Refusal): Outcomes =>
  new Map(rows.map(({ orderId }) => [orderId, { ok: false, refusal }] as const))

/** A refusal of the action itself is that of every row. */
const act = async (ctx: Ctx, tx: MerchantTx, row: OperationRow, rows: readonly ChosenRow[]): Promise<Outcomes> => {
  if (rows.length === 0) return new Map()
  try {
    return row.undoesId === null ? await actions[row.action](ctx, tx, row, rows) : await takeBackRows(ctx, tx, rows)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return refusedAll(rows, error.refusal)
  }
}

type Action = (ctx: Ctx, tx: MerchantTx, row: OperationRow, rows: readonly ChosenRow[]) => Promise<Outcomes>

const chosenOf = (rows: readonly ChosenRow[]): Chosen[] => rows.map(({ orderId, version }) => ({ orderId, version }))

const actions: Readonly<Record<OperationRow['action'], Action>> = {
  move: (ctx, tx, { params, dryRun }, rows) => {
    const { stageId = '', reasonId, note } = params
    const to = { stageId, ...(reasonId ? { reasonId } : {}), ...(note ? { note } : {}) }
    return moveMany(ctx, tx, chosenOf(rows), to, { dryRun })
  },
  assign: async (ctx, tx, { params: { memberId = null }, dryRun }, rows) => {
    if (memberId !== null) await assertMember(tx, memberId)
    return assignMany(ctx, tx, chosenOf(rows), memberId, { dryRun })
  },
  tag: (ctx, tx, { params, dryRun }, rows) =>
    tagOrders(ctx, tx, chosenOf(rows), () => ({ add: params.add ?? [], remove: params.remove ?? [] }), { dryRun }),
  ship: (ctx, tx, { params }, rows) => shipRows(ctx, tx, params, rows),
}

const shipRows = async (
  ctx: Ctx,
  tx: MerchantTx,
  { carrierAccountId }: BulkParams,
  rows: readonly ChosenRow[],
): Promise<Outcomes> => {
  const orderIds = rows.map(({ orderId }) => orderId)
  const results = await intendParcels(ctx, tx, { orderIds, carrierAccountId })
  return new Map(
    results.map(({ orderId, parcelId, refusal }): [string, Result<BulkTrace | null>] => [
      orderId,
      refusal
        ? { ok: false, refusal: refusal as Refusal }
        : { ok: true, value: parcelId === null ? null : { parcelId } },
    ]),
  )
}

class Rehearsed extends Error {
  readonly outcomes: Outcomes
  constructor(outcomes: Outcomes) {
    super('rehearsed')
    this.outcomes = outcomes
  }
}

/** Whether parcels can be made is known by making them: a dry run does it in a transaction that is thrown away. */
const rehearseShipping = async (base: Ctx, operationId: string): Promise<Outcomes | null> => {
  try {
    await base.transaction(async (tx) => {
      const row = await findOperation(tx, operationId)
      if (row?.action !== 'ship' || !row.dryRun || row.status !== 'running') return
      const ctx = await actingAs(base, tx, row)
      if (!ctx) return
      const rows = await nextRows(tx, operationId, row.nextPosition, bulkChunk)
      throw new Rehearsed(
        await act(
          ctx,
          tx,
          row,
          rows.filter(({ outcome }) => outcome === 'pending'),
        ),
      )
    })
    return null
  } catch (error) {
    if (error instanceof Rehearsed) return error.outcomes
    throw error
  }
}

/** Takes back what the rows of an operation did, by what they kept of it. */
const takeBackRows = async (ctx: Ctx, tx: MerchantTx, rows: readonly ChosenRow[]): Promise<Outcomes> => {
  const events = new Map<string, string>()
  const tags = new Map<string, TagChange>()
  const parcels = new Map<string, string>()
  for (const { orderId, kept } of rows) {
    if (!kept) continue
    if ('eventId' in kept) events.set(orderId, kept.eventId)
    else if ('parcelId' in kept) parcels.set(orderId, kept.parcelId)
    else tags.set(orderId, { add: kept.remove, remove: kept.add })
  }
  const tagged = [...tags.keys()].map((orderId) => ({ orderId, version: null }))
  return new Map<string, Result<BulkTrace | null>>([
    ...(await withdrawParcels(ctx, tx, parcels)),
    ...withoutTrace(events.size > 0 ? await undoMany(ctx, tx, events) : new Map()),
    ...withoutTrace(
      tags.size > 0
        ? await tagOrders(ctx, tx, tagged, (id) => tags.get(id) ?? { add: [], remove: [] }, { dryRun: false })
        : new Map(),
    ),
  ])
}

const withoutTrace = (results: ManyResult<unknown>): [string, Result<null>][] =>
  [...results].map(([id, result]) => [id, result.ok ? { ok: true, value: null } : result])

const withdrawParcels = async (
  ctx: Ctx,
  tx: MerchantTx,
  parcels: ReadonlyMap<string, string>,
): Promise<[string, Result<null>][]> => {
  if (parcels.size > 0) requirePermission(ctx, 'parcels.edit')
  const results: [string, Result<null>][] = []
  for (const [orderId, parcelId] of parcels) {
    try {
      await withdrawOne(ctx, tx, parcelId)
      results.push([orderId, { ok: true, value: null }])
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      results.push([orderId, { ok: false, refusal: error.refusal }])
    }
  }
  return results
}
