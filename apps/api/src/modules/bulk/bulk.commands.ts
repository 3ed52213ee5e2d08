import { bulkPermissions, mostBulkRows } from '@sendocki/domain/bulk/bulk'
import type { BulkOperation, BulkRow, BulkRowQuery, CreateBulkOperation } from '@sendocki/domain/bulk/bulk-schema'
import { undoHours } from '@sendocki/domain/orders/undo'
import { Refused } from '@sendocki/domain/result'
import { type Ctx, type MerchantTx, memberOf } from '../../context.ts'
import { requirePermission } from '../../http/access.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { accountForShipping } from '../carriers/index.ts'
import { assertMember, chooseOrders, type SelectionFilters, selectionOf } from '../orders/index.ts'
import { pipelineOf } from '../pipeline/index.ts'
import {
  type CountedReason,
  countReasons,
  findOperation,
  insertOperation,
  insertRows,
  insertRowsOf,
  listOperations,
  listRows,
  type OperationRow,
  saveOperation,
} from './bulk.queries.ts'

const invalid = (path: string) => new Refused('request.invalid', undefined, [{ path, code: 'invalid' }])

/** The names that each action takes, and the one that it cannot do without. */
const paramsOf = {
  move: { known: ['stageId', 'reasonId', 'note'], needed: 'stageId' },
  assign: { known: ['memberId'], needed: 'memberId' },
  tag: { known: ['add', 'remove'], needed: null },
  ship: { known: ['carrierAccountId'], needed: 'carrierAccountId' },
} as const

const assertParams = async (ctx: Ctx, tx: MerchantTx, { action, params }: CreateBulkOperation): Promise<void> => {
  const { known, needed } = paramsOf[action]
  const odd = Object.keys(params).find((name) => !known.some((one) => one === name))
  if (odd) throw invalid(`params.${odd}`)
  if (needed && params[needed] === undefined) throw invalid(`params.${needed}`)
  if (action === 'tag' && (params.add ?? []).length + (params.remove ?? []).length === 0) throw invalid('params.add')
  if (action === 'tag' && (params.add ?? []).some((tag) => params.remove?.includes(tag))) throw invalid('params.remove')
  if (typeof params.memberId === 'string') await assertMember(tx, params.memberId)
  if (params.carrierAccountId !== undefined) await accountForShipping(ctx, tx, params.carrierAccountId)
  if (action !== 'move') return
  const { stages, reasons } = await pipelineOf(tx)
  if (!stages.some(({ id, active }) => id === params.stageId && active)) throw new Refused('order.stage_unknown')
  const { reasonId } = params
  if (reasonId !== undefined && !reasons.some(({ id }) => id === reasonId)) throw new Refused('order.reason_unknown')
}

/** The orders that were meant, as they are now; an id that is nobody's here is answered as a row of its own. */
const choose = async (ctx: Ctx, tx: MerchantTx, { ids, filter }: CreateBulkOperation) => {
  if ((ids === undefined) === (filter === undefined)) throw invalid('filter')
  const filters = (ids ? { ids } : (filter ?? {})) as SelectionFilters
  const found = await chooseOrders(tx, await selectionOf(ctx, tx, filters), mostBulkRows + 1)
  if (found.length > mostBulkRows) throw new Refused('bulk.too_many', { most: mostBulkRows })
  const known = new Set(found.map(({ id }) => id))
  const missing = (ids ?? []).filter((id) => !known.has(id)).map((id) => ({ id, version: null }))
  return [...found, ...missing]
}

/** Chooses the orders, at this instant and in these versions, and leaves the rest to a job. */
export const startBulk = (ctx: Ctx, input: CreateBulkOperation): Promise<BulkOperation> =>
  ctx.transaction(async (tx) => {
    requirePermission(ctx, bulkPermissions[input.action])
    await assertParams(ctx, tx, input)
    const chosen = await choose(ctx, tx, input)
    if (chosen.length === 0) throw new Refused('bulk.nothing_chosen')
    const { action, params, dryRun = false } = input
    const rows = { rowCount: chosen.length, refusedCount: chosen.filter(({ version }) => version === null).length }
    const row = await open(ctx, tx, { action, params, dryRun, undoesId: null, ...rows })
    await insertRows(tx, row.id, chosen)
    return viewOf(ctx, tx, row)
  })

const open = async (
  ctx: Ctx,
  tx: MerchantTx,
  about: Pick<OperationRow, 'action' | 'params' | 'dryRun' | 'undoesId' | 'rowCount' | 'refusedCount'>,
): Promise<OperationRow> => {
  const row: OperationRow = {
    ...about,
    merchantId: tx.merchantId,
    id: ctx.newId(),
    memberId: memberOf(ctx),
    undoneById: null,
    status: 'running',
    problem: null,
    nextPosition: 1,
    doneCount: 0,
    createdAt: ctx.now.toISOString(),
    finishedAt: null,
  }
  await insertOperation(tx, row)
  const { action, dryRun, rowCount, undoesId } = about
  ctx.record(tx, {
    type: 'bulk.started',
    subject: { kind: 'bulk_operation', id: row.id },
    data: { action, rows: rowCount, ...(dryRun ? { dryRun } : {}), ...(undoesId ? { undoes: undoesId } : {}) },
  })
  enqueueRun(ctx, tx, row.id)
  return row
}

/** Operations of a merchant take turns. */
export const enqueueRun = (ctx: Ctx, tx: MerchantTx, operationId: string): void =>
  ctx.enqueue(
    tx,
    'bulk.run',
    { merchantId: ctx.merchantId, operationId },
    { key: `bulk.run:${operationId}`, queue: `bulk:${ctx.merchantId}` },
  )

/** An operation that the actor may see: their own, or anybody's for a reader of the audit log. */
const found = async (
  ctx: Ctx,
  tx: MerchantTx,
  id: string,
  options: { locked?: boolean } = {},
): Promise<OperationRow> => {
  const row = await findOperation(tx, id, options)
  if (!row || !(row.memberId === ctx.actor.memberId || seesAll(ctx))) throw new Refused('bulk.not_found')
  return row
}
const seesAll = ({ actor }: Ctx): boolean => actor.role === null || actor.role.permissions.has('audit.read')

const isOver = ({ status }: OperationRow): boolean => status === 'done' || status === 'stopped'

const isUndoable = ({ now }: Ctx, row: OperationRow): boolean =>
  isOver(row) &&
  !row.dryRun &&
  row.undoesId === null &&
  row.undoneById === null &&
  row.doneCount > 0 &&
  now.getTime() - Date.parse(row.createdAt) <= undoHours * 3_600_000

const viewOf = async (ctx: Ctx, tx: MerchantTx, row: OperationRow): Promise<BulkOperation> => {
  const [view] = await viewsOf(ctx, tx, [row])
  if (!view) throw new Error('An operation has one view.')
  return view
}

/** Operations as they are shown, with what was refused and why, in one question for all. */
const viewsOf = async (ctx: Ctx, tx: MerchantTx, rows: readonly OperationRow[]): Promise<BulkOperation[]> => {
  const refused = rows.filter(({ refusedCount }) => refusedCount > 0).map(({ id }) => id)
  const reasons = await countReasons(tx, refused)
  return rows.map((row) => shown(ctx, row, reasons.get(row.id) ?? []))
}

const shown = (ctx: Ctx, row: OperationRow, reasons: CountedReason[]): BulkOperation => ({
  id: row.id,
  noun: 'orders',
  action: row.action,
  params: row.params,
  dryRun: row.dryRun,
  status: row.status,
  problem: row.problem,
  rows: row.rowCount,
  done: row.doneCount,
  refused: row.refusedCount,
  reasons,
  undoes: row.undoesId,
  undoneBy: row.undoneById,
  undoable: isUndoable(ctx, row),
  memberId: row.memberId,
  createdAt: row.createdAt,
  finishedAt: row.finishedAt,
})

export const readBulk = (ctx: Ctx, id: string): Promise<BulkOperation> =>
  ctx.read(async (tx) => viewOf(ctx, tx, await found(ctx, tx, id)))

export const readBulks = (ctx: Ctx, { limit = 50, cursor }: { limit?: number; cursor?: string }) =>
  ctx.read(async (tx) => {
    const after = decodeCursor('bulk', cursor, 2) as readonly [string, string] | null
    const memberId = seesAll(ctx) ? null : memberOf(ctx)
    const rows = await listOperations(tx, { memberId, after, limit: limit + 1 })
    const shownRows = await viewsOf(ctx, tx, rows.slice(0, limit))
    const views = new Map(shownRows.map((view) => [view.id, view]))
    return pageOf(
      rows,
      limit,
      'bulk',
      (row) => [row.createdAt, row.id],
      (row) => views.get(row.id) as BulkOperation,
    )
  })

/** Row by row, in the order in which they are worked off. */
export const readBulkRows = (ctx: Ctx, id: string, { limit = 50, cursor, outcome }: BulkRowQuery) =>
  ctx.read(async (tx) => {
    await found(ctx, tx, id)
    const list = `bulk:${id}`
    const [after] = (decodeCursor(list, cursor, 1) ?? [0]) as [number]
    if (!Number.isInteger(after)) throw invalid('cursor')
    const rows = await listRows(tx, id, { outcome, after, limit: limit + 1 })
    return pageOf(
      rows,
      limit,
      list,
      ({ position }) => [position],
      ({ position, orderId, number, outcome: became, code, params }): BulkRow => ({
        position,
        orderId,
        number,
        outcome: became,
        refusal: code === null ? null : { code, ...(params ? { params } : {}) },
      }),
    )
  })

/** Ends an operation after the chunk under way; what is done stays done, and can be undone. */
export const stopBulk = (ctx: Ctx, id: string): Promise<BulkOperation> =>
  ctx.transaction(async (tx) => {
    const row = await found(ctx, tx, id, { locked: true })
    if (isOver(row)) throw new Refused('bulk.already_over')
    await saveOperation(tx, id, { status: 'stopping' })
    enqueueRun(ctx, tx, id)
    ctx.record(tx, { type: 'bulk.stop_asked', subject: { kind: 'bulk_operation', id } })
    return viewOf(ctx, tx, { ...row, status: 'stopping' })
  })

/**
 * Takes back what an operation did, as an operation of its own: what others have changed since stays as they left it, and
 * its row says so.
 */
export const undoBulk = (ctx: Ctx, id: string): Promise<BulkOperation> =>
  ctx.transaction(async (tx) => {
    const row = await found(ctx, tx, id, { locked: true })
    requirePermission(ctx, bulkPermissions[row.action])
    if (!isUndoable(ctx, row)) throw new Refused('bulk.not_undoable')
    const { action, params, doneCount } = row
    const undo = await open(ctx, tx, {
      action,
      params,
      dryRun: false,
      undoesId: id,
      rowCount: doneCount,
      refusedCount: 0,
    })
    await insertRowsOf(tx, undo.id, id)
    await saveOperation(tx, id, { undoneById: undo.id })
    return viewOf(ctx, tx, undo)
  })
