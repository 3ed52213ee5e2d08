import { type Cell, type CsvNotation, csvLine, csvStart } from '@sendocki/domain/spreadsheet'
import type { FileUnderWay, WorkbookPort } from '../../adapters/kept-files/port.ts'
import type { Ctx } from '../../context.ts'
import { GiveUp, type Handlers } from '../../jobs/engine.ts'
import { headingsOf } from './cells.ts'
import { expiryFrom, keptName, rightsOf } from './exports.commands.ts'
import { type ExportRow, findExpired, findExport, markExpired, saveExport } from './exports.queries.ts'
import { type PageKey, type Source, sourceOf } from './sources.ts'

/** Rows read at once: enough to keep the database busy, few enough to weigh nothing. */
const pageRows = 2_000
/** How often a waiting screen hears how far the file is. */
const toldEvery = 1_000

/** Pages of lines; while one is written the next is being read. */
const pagesOf = async function* (ctx: Ctx, { read }: Source): AsyncGenerator<Cell[][]> {
  const ask = (after: PageKey | null) => ctx.read((tx) => read(tx, { after, limit: pageRows }))
  let next: ReturnType<typeof ask> | null = ask(null)
  while (next) {
    const { lines, last }: Awaited<ReturnType<typeof ask>> = await next
    next = lines.length < pageRows || !last ? null : ask(last)
    // Should writing this page fail, the reading that is under way must not fail unheard.
    next?.catch(() => undefined)
    yield lines
  }
}

const notationOf = ({ language }: ExportRow): CsvNotation => ({
  separator: language === 'en' ? ',' : ';',
  reader: 'excel',
})

/** Writes every row, a page at a time, and says now and then how far it is. Answers how many there were. */
const writeRows = async (
  ctx: Ctx,
  source: Source,
  file: FileUnderWay,
  lineOf: (cells: readonly Cell[]) => string,
): Promise<number> => {
  let count = 0
  let told = performance.now()
  for await (const page of pagesOf(ctx, source)) {
    await file.write(page.map(lineOf).join(''))
    count += page.length
    if (performance.now() - told < toldEvery) continue
    told = performance.now()
    await ctx.transaction(async (tx) => {
      await saveExport(tx, source.row.id, { rowCount: count })
      tx.outbox.changes.push({ noun: 'export', id: source.row.id })
    })
  }
  if (source.taken !== null) await file.write(lineOf([source.taken]))
  return count
}

const writeCsv = async (ctx: Ctx, source: Source, file: FileUnderWay): Promise<number> => {
  const notation = notationOf(source.row)
  await file.write(csvStart + csvLine(headingsOf(source.row), notation))
  return writeRows(ctx, source, file, (cells) => csvLine(cells, notation))
}

/** The rows go to a file of their own, from which another process makes the workbook. */
const writeXlsx = async (ctx: Ctx, source: Source, file: FileUnderWay, workbooks: WorkbookPort): Promise<number> => {
  const rows = await ctx.files.begin(keptName(source.row).replace(/xlsx$/, 'rows'))
  try {
    await rows.write(`${JSON.stringify(headingsOf(source.row))}\n`)
    const count = await writeRows(ctx, source, rows, (cells) => `${JSON.stringify(cells)}\n`)
    await workbooks.write({ rowsPath: rows.path, path: file.path, rightToLeft: source.row.language === 'ar' })
    return count
  } finally {
    await rows.drop()
  }
}

const settle = (ctx: Ctx, id: string, change: Parameters<typeof saveExport>[2]): Promise<void> =>
  ctx.transaction(async (tx) => {
    const row = await findExport(tx, id, { locked: true })
    if (row?.status !== 'running') return
    await saveExport(tx, id, change)
    ctx.record(tx, {
      type: `export.${change.status}`,
      subject: { kind: 'export', id },
      after: { rows: change.rowCount ?? row.rowCount, bytes: change.bytes ?? null },
    })
  })

/** A killed process leaves no half file: the next one begins anew, and the name exists only when the file is whole. */
const runExport: Handlers['exports.run'] = async (ctx, { exportId }) => {
  const row = await ctx.read((tx) => findExport(tx, exportId))
  if (row?.status !== 'running') return
  const found = await sourceOf(ctx, row)
  if (!found) return settle(ctx, exportId, { status: 'failed', problem: 'auth.forbidden' })
  const { acting, source } = found
  const file = await ctx.files.begin(keptName(row))
  try {
    const rowCount = await (row.format === 'csv'
      ? writeCsv(acting, source, file)
      : writeXlsx(acting, source, file, ctx.ports.workbooks))
    const bytes = await file.keep()
    const rights = rightsOf(acting.actor)
    await settle(acting, exportId, { status: 'ready', rowCount, bytes, rights, expiresAt: expiryFrom(ctx.clock()) })
  } catch (error) {
    // Why it failed is what counts; a leftover goes with the expired files.
    await file.drop().catch(() => undefined)
    if (ctx.job.lastAttempt) {
      await settle(ctx, exportId, { status: 'failed', problem: 'server.failed' })
      throw new GiveUp('export.not_ready', error instanceof Error ? error.message : String(error))
    }
    throw error
  }
}

const removeExpired: Handlers['schedule.exports'] = async (ctx) => {
  const expired = await ctx.platform((tx) => findExpired(tx, ctx.now.toISOString()))
  for (const row of expired) {
    await ctx.files.remove(keptName(row))
    await ctx.platform((tx) => markExpired(tx, row))
  }
}

export const exportJobs = {
  'exports.run': runExport,
  'schedule.exports': removeExpired,
} satisfies Partial<Handlers>
