import { importChunk } from '@sendocki/domain/imports/import'
import { type Ctx, type MerchantTx, publicContext, systemActor } from '../../context.ts'
import { ContactTaken } from '../customers/index.ts'
import { actorOfMember } from '../members/index.ts'
import { countedWith } from './imports.commands.ts'
import { findImport, type StoredImport, saveImport } from './imports.queries.ts'
import { mayImport, rowKinds } from './kinds.ts'
import { doneRowsBefore, markUndone, nextRows, settleRows } from './rows.queries.ts'
import { wordsWith } from './words.commands.ts'

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
const actingAs = async (base: Ctx, tx: MerchantTx, { kind, actorKind, actorId }: StoredImport): Promise<Ctx | null> => {
  if (actorKind !== 'member' || actorId === null)
    return base.inMerchant(base.merchantId, systemActor(actorKind, actorId))
  const actor = await actorOfMember(tx, actorId)
  return actor && mayImport(actor.role, kind) ? base.inMerchant(base.merchantId, actor) : null
}

const passChunk = async (ctx: Ctx, tx: MerchantTx, row: StoredImport): Promise<ChunkEnd> => {
  const rows = await nextRows(tx, row.id, row.nextRow, importChunk)
  const last = rows.at(-1)
  if (!last) return end(ctx, tx, row, row.carriesOut ? 'done' : 'tried')
  const settled = await rowKinds[row.kind].workOff(ctx, tx, row, rows)
  await settleRows(tx, row.id, settled)
  const words = wordsWith(row, rows)
  const after = { ...row, ...countedWith(row, settled, 1), words, nextRow: last.row + 1 }
  const changed = row.carriesOut && settled.some(({ trace }) => trace !== null)
  if (after.nextRow >= row.keptRows) {
    await end(ctx, tx, after, row.carriesOut ? 'done' : 'tried')
    return { over: true, changed }
  }
  const { created, updated, unchanged, refused, reasons, nextRow } = after
  await saveImport(tx, row.id, { created, updated, unchanged, refused, reasons, words, nextRow })
  tx.outbox.changes.push({ noun: 'import', id: row.id })
  return { over: false, changed }
}

/** Takes rows back from the last to the first, so that a customer whom several changed goes back step by step. */
const undoChunk = async (ctx: Ctx, tx: MerchantTx, row: StoredImport): Promise<ChunkEnd> => {
  const rows = await doneRowsBefore(tx, row.id, row.nextRow, importChunk)
  const first = rows.at(-1)
  if (!first) return end(ctx, tx, row, 'undone')
  const back = await rowKinds[row.kind].takeBack(ctx, tx, rows, { undoneImportId: row.id })
  const undone = rows.map(({ row: at, outcome }, index) => ({
    row: at,
    undo: back[index] ? (outcome === 'created' ? ('removed' as const) : ('restored' as const)) : ('kept' as const),
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

/** Ends a pass. */
export const end = async (
  ctx: Ctx,
  tx: MerchantTx,
  row: StoredImport,
  status: 'tried' | 'done' | 'stopped' | 'undone',
  problem: string | null = null,
): Promise<ChunkEnd> => {
  const { id, created, updated, unchanged, refused, reasons, words, nextRow, removed, restored, leftAlone } = row
  const finishedAt = ctx.now.toISOString()
  await saveImport(tx, id, {
    ...{ status, problem, created, updated, unchanged, refused, reasons, words, nextRow, finishedAt },
  })
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
