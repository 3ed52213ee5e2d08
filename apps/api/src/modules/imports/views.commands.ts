import type { Import, ImportRow, ImportRowQuery } from '@sendocki/domain/imports/import-schema'
import type { SaidWords } from '@sendocki/domain/imports/status-words'
import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { findImport, findSameFiles, listImports, type StoredImport } from './imports.queries.ts'
import { listRows, type StoredRow } from './rows.queries.ts'
import { wordsOf } from './words.commands.ts'
import { saidWords } from './words.queries.ts'

const shownSamples = 3

/** The number of the first row that is no name of a column. */
export const firstRowOf = ({ mapping }: Pick<StoredImport, 'mapping'>): number => (mapping.hasHeader ? 1 : 0)

/** Rows that do something: what an undo would look at. */
const effective = ({ created, updated }: StoredImport): number => created + updated

export const isUndoable = (row: StoredImport): boolean =>
  (row.status === 'done' || row.status === 'stopped') && effective(row) > 0

const columnsOf = ({ sample, mapping }: StoredImport): Import['columns'] => {
  const body = sample.slice(mapping.hasHeader ? 1 : 0)
  return mapping.columns.map((_field, index) => ({
    name: mapping.hasHeader ? (sample[0]?.[index] ?? null) : null,
    samples: body.flatMap((cells) => cells[index] || []).slice(0, shownSamples),
  }))
}

const undoOf = (row: StoredImport): Import['undo'] => {
  if (row.status !== 'undoing' && row.status !== 'undone') return null
  const { removed, restored, leftAlone: kept } = row
  return { removed, restored, kept, pending: effective(row) - removed - restored - kept }
}

const viewOf = (row: StoredImport, sameFileId: string | null, said: SaidWords): Import => {
  const { created, updated, unchanged, refused } = row
  const rows = Math.max(0, row.keptRows - firstRowOf(row))
  return {
    ...{ id: row.id, kind: row.kind, name: row.name, status: row.status, problem: row.problem },
    columns: columnsOf(row),
    mapping: { columns: [...row.mapping.columns], hasHeader: row.mapping.hasHeader },
    suggestedMapping: { columns: [...row.suggested.columns], hasHeader: row.suggested.hasHeader },
    remembered: row.remembered,
    duplicates: row.duplicates,
    words: row.kind === 'orders' ? wordsOf(row, said) : [],
    ...{ rows, created, updated, unchanged, refused },
    pending: rows - created - updated - unchanged - refused,
    carriedOut: row.carriesOut,
    reasons: (Object.entries(row.reasons) as [Import['reasons'][number]['code'], number][])
      .filter(([, count]) => count > 0)
      .map(([code, count]) => ({ code, count }))
      .sort((one, other) => other.count - one.count),
    undo: undoOf(row),
    undoable: isUndoable(row),
    sameFileId,
    memberId: row.actorKind === 'member' ? row.actorId : null,
    createdAt: row.createdAt,
    finishedAt: row.finishedAt,
  }
}

const viewsOf = async (tx: MerchantTx, rows: readonly StoredImport[]): Promise<Import[]> => {
  const [same, said] = await Promise.all([
    findSameFiles(tx, rows),
    rows.some(({ kind }) => kind === 'orders') ? saidWords(tx) : new Map(),
  ])
  return rows.map((row) => viewOf(row, same.get(row.id) ?? null, said))
}

export const found = async (tx: MerchantTx, id: string, options: { locked?: boolean } = {}): Promise<StoredImport> => {
  const row = await findImport(tx, id, options)
  if (!row) throw new Refused('import.not_found')
  return row
}

export const viewIn = async (tx: MerchantTx, id: string): Promise<Import> => {
  const [view] = await viewsOf(tx, [await found(tx, id)])
  if (!view) throw new Error('An import has one view.')
  return view
}

export const readImport = (ctx: Ctx, id: string): Promise<Import> => ctx.read((tx) => viewIn(tx, id))

export const readImports = (ctx: Ctx, { limit = 50, cursor }: { limit?: number; cursor?: string }) =>
  ctx.read(async (tx) => {
    const after = decodeCursor('imports', cursor, 2) as readonly [string, string] | null
    const rows = await listImports(tx, { after, limit: limit + 1 })
    const views = new Map((await viewsOf(tx, rows.slice(0, limit))).map((view) => [view.id, view]))
    return pageOf(
      rows,
      limit,
      'imports',
      (row) => [row.createdAt, row.id],
      (row) => views.get(row.id) as Import,
    )
  })

/** A row as it is shown. What an earlier pass said of one that waits is not its outcome. */
export const rowViewOf = (row: StoredRow, of: StoredImport): ImportRow => {
  const settled = row.row < of.nextRow || row.done
  const known = settled && (row.done || row.outcome !== 'created')
  return {
    row: row.row - firstRowOf(of) + 1,
    cells: [...row.cells],
    choice: row.choice,
    outcome: settled ? row.outcome : null,
    reasons: settled ? [...(row.reasons ?? [])] : [],
    done: row.done,
    id: known ? (of.kind === 'orders' ? row.orderId : row.customerId) : null,
    undo: row.undo,
  }
}

export const readRows = (ctx: Ctx, id: string, { limit = 50, cursor, outcome }: ImportRowQuery) =>
  ctx.read(async (tx) => {
    const row = await found(tx, id)
    const list = `import:${id}`
    const [after] = (decodeCursor(list, cursor, 1) ?? [null]) as [number | null]
    if (after !== null && !Number.isInteger(after))
      throw new Refused('request.invalid', undefined, [{ path: 'cursor', code: 'invalid' }])
    const rows = await listRows(tx, id, { outcome, ...boundsOf(row), after, limit: limit + 1 })
    return pageOf(
      rows,
      limit,
      list,
      (one) => [one.row],
      (one) => rowViewOf(one, row),
    )
  })

/** Where the rows of a file begin, and before which one they have the outcome of the pass that counts. */
export const boundsOf = (row: StoredImport): { first: number; settledBefore: number } => ({
  first: firstRowOf(row),
  settledBefore: row.status === 'undoing' || row.status === 'undone' ? row.keptRows : row.nextRow,
})
