import { sampledRows, shapeOf } from '@sendocki/domain/columns'
import { detectImportColumns } from '@sendocki/domain/imports/columns'
import {
  choicesOf,
  type ImportKind,
  importBytes,
  importColumns,
  importKinds,
  importRows,
  mostOpenImports,
} from '@sendocki/domain/imports/import'
import type { Import } from '@sendocki/domain/imports/import-schema'
import { Refused } from '@sendocki/domain/result'
import type { TableFault, TableLimits } from '../../adapters/files/port.ts'
import type { FileUnderWay } from '../../adapters/kept-files/port.ts'
import type { Ctx, MerchantTx } from '../../context.ts'
import type { TakenForm } from '../../http/uploads.ts'
import { countAtWork, findImport, findMapping, insertImport, type StoredImport, saveImport } from './imports.queries.ts'
import { mayImport } from './kinds.ts'
import { deleteSomeRows, insertRows } from './rows.queries.ts'
import { viewIn } from './views.commands.ts'

/** What a merchant's own file may hold; it unpacks to what honest workbooks of that length do. */
const limits: TableLimits = {
  bytes: importBytes,
  rows: importRows,
  columns: importColumns,
  widerIs: 'refused',
  cellCharacters: 1_000,
  entries: 500,
  unpackedBytes: 500 * 1_048_576,
  seconds: 60,
  heapMegabytes: 96,
}

type Rows = (readonly string[])[]

const keptName = (merchantId: string, id: string): string => `imports/${merchantId}/${id}.upload`

const kindOf = (text: string | undefined): ImportKind => {
  const kind = importKinds.find((one) => one === text)
  if (kind) return kind
  const code = text === undefined ? 'missing' : 'not_in_list'
  throw new Refused('request.invalid', undefined, [{ path: 'kind', code }])
}

/** The first rows of a file, and whether they are all of it. */
const beginningOf = async (ctx: Ctx, path: string): Promise<{ rows: Rows; whole: boolean }> => {
  const rows: Rows = []
  let whole = true
  const fault = await ctx.tables.readPieces(path, limits, async (some) => {
    whole = rows.length === 0
    if (whole) rows.push(...some)
    return whole
  })
  if (fault !== null) throw new Refused('file.unreadable', { why: fault })
  if (rows.length === 0) throw new Refused('file.unreadable', { why: 'empty' })
  return { rows, whole }
}

/** Keeps a file as it comes, looks at its first rows, and proposes what its columns are. A long one is read on by a job. */
export const receiveImport = async (ctx: Ctx, take: (file: FileUnderWay) => Promise<TakenForm>): Promise<Import> => {
  const id = ctx.newId()
  const name = keptName(ctx.merchantId, id)
  const file = await ctx.files.begin(name)
  let kept = false
  try {
    const form = await take(file)
    const kind = kindOf(form.fields.kind)
    if (ctx.actor.role && !mayImport(ctx.actor.role, kind)) throw new Refused('auth.forbidden')
    await file.keep()
    kept = true
    const { rows, whole } = await beginningOf(ctx, ctx.files.pathOf(name))
    const view = await ctx.transaction((tx) => openImport(ctx, tx, { id, kind, form, rows, whole }))
    if (whole) await ctx.files.remove(name)
    return view
  } catch (error) {
    await (kept ? ctx.files.remove(name) : file.drop())
    throw error
  }
}

const openImport = async (
  ctx: Ctx,
  tx: MerchantTx,
  { id, kind, form, rows, whole }: { id: string; kind: ImportKind; form: TakenForm; rows: Rows; whole: boolean },
): Promise<Import> => {
  if ((await countAtWork(tx)) >= mostOpenImports) throw new Refused('import.too_many_open', { most: mostOpenImports })
  const proposal = detectImportColumns(rows, kind)
  const shape = shapeOf(rows[0] ?? [], proposal)
  const remembered = await findMapping(tx, kind, shape)
  const fits = remembered?.columns.length === proposal.columns.length ? remembered : undefined
  const suggested = fits ?? proposal
  await insertImport(tx, {
    ...{ id, kind, shape, suggested },
    name: nameOf(form.fileName),
    actorKind: ctx.actor.kind,
    actorId: ctx.actor.id,
    status: whole ? 'read' : 'reading',
    sample: rows.slice(0, sampledRows),
    mapping: suggested,
    remembered: fits !== undefined,
    duplicates: choicesOf[kind][0],
    digest: form.digest,
    keptRows: whole ? rows.length : 0,
    createdAt: ctx.now.toISOString(),
  })
  if (whole) await insertRows(tx, id, 0, rows)
  else enqueueWork(ctx, tx, id)
  ctx.record(tx, { type: 'import.received', subject: { kind: 'import', id }, data: { kind } })
  return viewIn(tx, id)
}

/** What a file was called, without what a name cannot hold. */
const nameOf = (name: string | null): string | null =>
  (name ?? '')
    .replaceAll(/\p{Cc}/gu, '')
    .toWellFormed()
    .slice(0, 120)
    .trim() || null

/** Imports of a merchant take turns. */
export const enqueueWork = (ctx: Ctx, tx: MerchantTx, importId: string): void =>
  ctx.enqueue(
    tx,
    'imports.run',
    { merchantId: ctx.merchantId, importId },
    { key: `imports.run:${importId}`, queue: `imports:${ctx.merchantId}` },
  )

/**
 * Reads a long file to its end and keeps its rows. Killed in the middle it begins anew and passes over the rows that are
 * kept. A file that cannot be read to its end is kept in no part.
 */
export const readOn = async (ctx: Ctx, { id, keptRows }: StoredImport): Promise<void> => {
  let seen = 0
  let stored = keptRows
  const name = keptName(ctx.merchantId, id)
  const fault = await ctx.tables.readPieces(ctx.files.pathOf(name), limits, async (rows) => {
    const fresh = rows.slice(Math.max(0, stored - seen))
    seen += rows.length
    if (fresh.length === 0) return true
    return ctx.transaction(async (tx) => {
      const row = await findImport(tx, id, { locked: true })
      if (row?.status !== 'reading') return false
      await insertRows(tx, id, stored, fresh)
      stored += fresh.length
      await saveImport(tx, id, { keptRows: stored })
      tx.outbox.changes.push({ noun: 'import', id })
      return true
    })
  })
  await (fault === null ? settle(ctx, id, { status: 'read' }) : abandon(ctx, id, fault))
  await ctx.files.remove(name)
}

const settle = (ctx: Ctx, id: string, change: { status: 'read' } | { status: 'failed'; problem: string }) =>
  ctx.transaction(async (tx) => {
    const row = await findImport(tx, id, { locked: true })
    if (row?.status !== 'reading') return
    const failed = change.status === 'failed'
    await saveImport(tx, id, { ...change, ...(failed ? { keptRows: 0, finishedAt: ctx.now.toISOString() } : {}) })
    ctx.record(tx, {
      type: failed ? 'import.failed' : 'import.read',
      subject: { kind: 'import', id },
      data: failed ? { problem: change.problem } : { rows: row.keptRows },
    })
  })

const deletedAtOnce = 20_000

/** Says why, and forgets the rows that were kept until then. */
export const abandon = async (ctx: Ctx, id: string, problem: TableFault | 'server.failed'): Promise<void> => {
  await settle(ctx, id, { status: 'failed', problem })
  for (let left = true; left; ) left = await ctx.transaction((tx) => deleteSomeRows(tx, id, deletedAtOnce))
}
