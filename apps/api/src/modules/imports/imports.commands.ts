import { shapeOf } from '@sendocki/domain/columns'
import { importMappingFault } from '@sendocki/domain/imports/columns'
import {
  choicesOf,
  type DuplicateChoice,
  type ImportKind,
  type ImportOutcome,
  type ImportReason,
  type ImportStatus,
} from '@sendocki/domain/imports/import'
import type { Import, ImportMappingInput, ImportRow, ImportRowChange } from '@sendocki/domain/imports/import-schema'
import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { rememberMapping, type StoredImport, saveImport } from './imports.queries.ts'
import { mayImport, rowKinds } from './kinds.ts'
import { enqueueWork } from './receiving.commands.ts'
import { findRow, type SettledRow, type StoredRow, saveRow, settleRows } from './rows.queries.ts'
import { firstRowOf, found, isUndoable, rowViewOf, viewIn } from './views.commands.ts'
import { sayWords } from './words.commands.ts'

const atRest: readonly ImportStatus[] = ['read', 'tried']

const lockedIn = async (
  ctx: Ctx,
  tx: MerchantTx,
  id: string,
  statuses: readonly ImportStatus[],
): Promise<StoredImport> => {
  const row = await found(tx, id, { locked: true })
  if (ctx.actor.role && !mayImport(ctx.actor.role, row.kind)) throw new Refused('auth.forbidden')
  if (!statuses.includes(row.status)) throw new Refused('import.not_ready', { status: row.status })
  return row
}

/** Nothing was tried. */
const nothing = { created: 0, updated: 0, unchanged: 0, refused: 0, reasons: {}, words: {} } as const
const blank = { ...nothing, nextRow: 0, carriesOut: false } as const

const assertChoice = (kind: ImportKind, choice: DuplicateChoice | null | undefined, path: string): void => {
  if (choice != null && !choicesOf[kind].includes(choice))
    throw new Refused('request.invalid', undefined, [{ path, code: 'not_in_list' }])
}

/** Says what columns and words are and what becomes of what is known; remembered for files to come. */
export const mapImport = (
  ctx: Ctx,
  id: string,
  { columns, hasHeader, duplicates, words = [] }: ImportMappingInput,
): Promise<Import> =>
  ctx.transaction(async (tx) => {
    const row = await lockedIn(ctx, tx, id, [...atRest, 'reading'])
    if (columns.length !== row.mapping.columns.length)
      throw new Refused('request.invalid', undefined, [{ path: 'columns', code: 'wrong_length' }])
    const mapping = { columns, hasHeader }
    assertChoice(row.kind, duplicates, 'duplicates')
    if (importMappingFault(row.kind, mapping) === 'repeated')
      throw new Refused('import.mapping_incomplete', { why: 'repeated' })
    const shape = shapeOf(row.sample[0] ?? [], mapping)
    const status = row.status === 'reading' ? 'reading' : 'read'
    await saveImport(tx, id, { ...blank, status, mapping, shape, duplicates: duplicates ?? row.duplicates })
    await rememberMapping(tx, { kind: row.kind, shape, mapping }, ctx.now.toISOString())
    await sayWords(tx, words, ctx.now.toISOString())
    ctx.record(tx, { type: 'import.mapped', subject: { kind: 'import', id } })
    return viewIn(tx, id)
  })

const assertMapped = ({ kind, mapping }: StoredImport): void => {
  const why = importMappingFault(kind, mapping)
  if (why !== null) throw new Refused('import.mapping_incomplete', { why })
}

/** Looks at every row and changes nothing. */
export const tryImport = (ctx: Ctx, id: string): Promise<Import> =>
  ctx.transaction(async (tx) => {
    const row = await lockedIn(ctx, tx, id, atRest)
    assertMapped(row)
    await saveImport(tx, id, { ...blank, status: 'trying', nextRow: firstRowOf(row), finishedAt: null })
    enqueueWork(ctx, tx, id)
    ctx.record(tx, { type: 'import.tried', subject: { kind: 'import', id }, quiet: true })
    return viewIn(tx, id)
  })

/** Carries rows out, in the background; one that was stopped goes on where it was. */
export const runImport = (ctx: Ctx, id: string): Promise<Import> =>
  ctx.transaction(async (tx) => {
    const row = await lockedIn(ctx, tx, id, [...atRest, 'stopped'])
    assertMapped(row)
    // One whose undo came to a stop is undone, not gone on with.
    if (row.removed + row.restored + row.leftAlone > 0) throw new Refused('import.not_ready', { status: row.status })
    const fresh = row.status === 'stopped' ? {} : { ...blank, nextRow: firstRowOf(row) }
    const { kind, id: actorId } = ctx.actor
    await saveImport(tx, id, {
      ...fresh,
      ...{ status: 'running', carriesOut: true, actorKind: kind, actorId, problem: null, finishedAt: null },
    })
    enqueueWork(ctx, tx, id)
    ctx.record(tx, { type: 'import.started', subject: { kind: 'import', id }, data: { rows: row.keptRows } })
    return viewIn(tx, id)
  })

/** Ends a pass after the rows under way; what is done stays done, and can be undone or gone on with. */
export const stopImport = (ctx: Ctx, id: string): Promise<Import> =>
  ctx.transaction(async (tx) => {
    const { status } = await lockedIn(ctx, tx, id, ['trying', 'running'])
    const finishedAt = ctx.now.toISOString()
    await saveImport(tx, id, status === 'trying' ? { ...blank, status: 'read' } : { status: 'stopped', finishedAt })
    ctx.record(tx, { type: 'import.stopped', subject: { kind: 'import', id } })
    return viewIn(tx, id)
  })

/** Takes back what an import did; whom others have touched since stays as they left them, and the row says so. */
export const undoImport = (ctx: Ctx, id: string): Promise<Import> =>
  ctx.transaction(async (tx) => {
    const row = await lockedIn(ctx, tx, id, ['done', 'stopped'])
    if (!isUndoable(row)) throw new Refused('import.not_ready', { status: row.status })
    await saveImport(tx, id, { status: 'undoing', nextRow: row.keptRows, finishedAt: null })
    enqueueWork(ctx, tx, id)
    ctx.record(tx, { type: 'import.undo_started', subject: { kind: 'import', id } })
    return viewIn(tx, id)
  })

/** Puts a row right, or says what it does with who or what is known. After a run it is carried out at once. */
export const changeRow = (ctx: Ctx, id: string, change: ImportRowChange): Promise<ImportRow> =>
  ctx.transaction(async (tx) => {
    const row = await lockedIn(ctx, tx, id, [...atRest, 'done', 'stopped'])
    const at = change.row - 1 + firstRowOf(row)
    const stored = await findRow(tx, id, at)
    if (!stored) throw new Refused('import.row_not_found')
    if (stored.done && (stored.outcome === 'created' || stored.outcome === 'updated'))
      throw new Refused('import.row_settled')
    assertChoice(row.kind, change.choice, 'choice')
    const { cells = stored.cells, choice = stored.choice } = change
    await saveRow(tx, id, at, { cells, choice })
    const changed = { ...stored, cells, choice }
    // A row that waits is looked at when its turn comes.
    if (at >= row.nextRow) return rowViewOf(changed, row)
    const [settled] = await rowKinds[row.kind].workOff(ctx, tx, row, [changed], { alone: row.carriesOut })
    if (!settled) throw new Error('A row has one outcome.')
    await settleRows(tx, id, [settled])
    await saveImport(tx, id, countedWith(countedWith(row, [stored], -1), [settled], 1))
    ctx.record(tx, { type: 'import.row_changed', subject: { kind: 'import', id }, data: { row: change.row } })
    return rowViewOf({ ...changed, ...settled }, row)
  })

type Counted = Pick<StoredImport, ImportOutcome | 'reasons'>

/** The counters with these rows added, or taken out. */
export const countedWith = (
  counted: Counted,
  rows: readonly Pick<SettledRow | StoredRow, 'outcome' | 'reasons'>[],
  by: 1 | -1,
): Counted => {
  const { created, updated, unchanged, refused } = counted
  const outcomes: Record<ImportOutcome, number> = { created, updated, unchanged, refused }
  const reasons: Partial<Record<ImportReason, number>> = { ...counted.reasons }
  for (const { outcome, reasons: why } of rows) {
    if (outcome !== null) outcomes[outcome] += by
    for (const reason of why ?? []) reasons[reason] = (reasons[reason] ?? 0) + by
  }
  return { ...outcomes, reasons }
}
