import { importChunk } from '@sendocki/domain/imports/import'
import { type Ctx, type MerchantTx, publicContext, systemActor } from '../../context.ts'
import { ContactTaken, type CustomerReturn, returnCustomers } from '../customers/index.ts'
import { actorOfMember } from '../members/index.ts'
import { countedWith } from './imports.commands.ts'
import { findImport, type StoredImport, saveImport } from './imports.queries.ts'
import { workOff } from './planning.commands.ts'
import { doneRowsBefore, markUndone, nextRows, type StoredRow, settleRows } from './rows.queries.ts'

/** What came of a chunk: whether the pass is over, and whether customers changed that screens should look at. */
export interface ChunkEnd {
  readonly over: boolean
  readonly changed: boolean
}
const over: ChunkEnd = { over: true, changed: false }

/** How often a chunk is planned anew because somebody else has taken a phone meanwhile. */
const tries = 5

/**
 * Works off the next rows of an import in one transaction. Rows have their outcomes exactly when their customers are
 * written: a killed process repeats nothing.
 */
export const runChunk = async (job: Ctx, importId: string): Promise<ChunkEnd> => {
  for (let attempt = 1; ; attempt += 1) {
    // A long import goes on for minutes: each chunk happens when it happens.
    const base = publicContext(job, job.origin).inMerchant(job.merchantId, job.actor)
    try {
      return await base.transaction((tx) => chunkIn(base, tx, importId))
    } catch (error) {
      if (!(error instanceof ContactTaken) || attempt >= tries) throw error
    }
  }
}

const chunkIn = async (base: Ctx, tx: MerchantTx, importId: string): Promise<ChunkEnd> => {
  const row = await findImport(tx, importId, { locked: true })
  if (row?.status !== 'trying' && row?.status !== 'running' && row?.status !== 'undoing') return over
  const ctx = await actingAs(base, tx, row)
  if (!ctx) return end(base, tx, row, 'stopped', 'auth.forbidden')
  return row.status === 'undoing' ? undoChunk(ctx, tx, row) : passChunk(ctx, tx, row)
}

/** In the name of whoever asked, with the role that they have now; null when they are gone or may no longer do it. */
const actingAs = async (base: Ctx, tx: MerchantTx, { actorKind, actorId }: StoredImport): Promise<Ctx | null> => {
  if (actorKind !== 'member' || actorId === null)
    return base.inMerchant(base.merchantId, systemActor(actorKind, actorId))
  const actor = await actorOfMember(tx, actorId)
  return actor?.role?.permissions.has('customers.import') ? base.inMerchant(base.merchantId, actor) : null
}

const passChunk = async (ctx: Ctx, tx: MerchantTx, row: StoredImport): Promise<ChunkEnd> => {
  const rows = await nextRows(tx, row.id, row.nextRow, importChunk)
  const last = rows.at(-1)
  if (!last) return end(ctx, tx, row, row.carriesOut ? 'done' : 'tried')
  const settled = await workOff(ctx, tx, row, rows)
  await settleRows(tx, row.id, settled)
  const after = { ...row, ...countedWith(row, settled, 1), nextRow: last.row + 1 }
  const changed = row.carriesOut && settled.some(({ trace }) => trace !== null)
  if (after.nextRow >= row.keptRows) {
    await end(ctx, tx, after, row.carriesOut ? 'done' : 'tried')
    return { over: true, changed }
  }
  const { created, updated, unchanged, refused, reasons, nextRow } = after
  await saveImport(tx, row.id, { created, updated, unchanged, refused, reasons, nextRow })
  tx.outbox.changes.push({ noun: 'import', id: row.id })
  return { over: false, changed }
}

/** Takes rows back from the last to the first, so that a customer whom several changed goes back step by step. */
const undoChunk = async (ctx: Ctx, tx: MerchantTx, row: StoredImport): Promise<ChunkEnd> => {
  const rows = await doneRowsBefore(tx, row.id, row.nextRow, importChunk)
  const first = rows.at(-1)
  if (!first) return end(ctx, tx, row, 'undone')
  const left = await returnCustomers(ctx, tx, returnsOf(rows), { undoneImportId: row.id })
  const undone = rows.map(({ row: at, customerId, outcome }) => ({
    row: at,
    undo:
      customerId === null || left.has(customerId)
        ? ('kept' as const)
        : outcome === 'created'
          ? ('removed' as const)
          : ('restored' as const),
  }))
  await markUndone(tx, row.id, undone)
  const count = (what: string): number => undone.filter(({ undo }) => undo === what).length
  await saveImport(tx, row.id, {
    nextRow: first.row,
    removed: row.removed + count('removed'),
    restored: row.restored + count('restored'),
    leftAlone: row.leftAlone + count('kept'),
  })
  tx.outbox.changes.push({ noun: 'import', id: row.id })
  return { over: false, changed: true }
}

/** Newest row first: a customer goes back to what was before the oldest of them, if nobody has touched the newest. */
const returnsOf = (rows: readonly StoredRow[]): CustomerReturn[] => {
  const returns = new Map<string, CustomerReturn>()
  for (const { customerId, trace } of rows) {
    if (customerId === null || trace?.writtenAt == null) continue
    const { before, beforeAt } = trace
    const writtenAt = returns.get(customerId)?.writtenAt ?? trace.writtenAt
    const earlier = before === null ? null : { values: before, updatedAt: beforeAt ?? trace.writtenAt }
    returns.set(customerId, { id: customerId, writtenAt, before: earlier })
  }
  return [...returns.values()]
}

/** Ends a pass. */
export const end = async (
  ctx: Ctx,
  tx: MerchantTx,
  row: StoredImport,
  status: 'tried' | 'done' | 'stopped' | 'undone',
  problem: string | null = null,
): Promise<ChunkEnd> => {
  const { id, created, updated, unchanged, refused, reasons, nextRow, removed, restored, leftAlone } = row
  const finishedAt = ctx.now.toISOString()
  await saveImport(tx, id, { status, problem, created, updated, unchanged, refused, reasons, nextRow, finishedAt })
  const after = status === 'undone' ? { removed, restored, kept: leftAlone } : { created, updated, unchanged, refused }
  if (status === 'tried') tx.outbox.changes.push({ noun: 'import', id })
  else
    ctx.record(tx, {
      type: `import.${status}`,
      subject: { kind: 'import', id },
      after,
      ...(problem ? { data: { problem } } : {}),
    })
  return over
}
