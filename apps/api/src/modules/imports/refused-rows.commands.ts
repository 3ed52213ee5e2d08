import { Readable } from 'node:stream'
import { type CsvNotation, csvLine, csvStart } from '@sendocki/domain/spreadsheet'
import type { Ctx } from '../../context.ts'
import { listRows, type StoredRow } from './rows.queries.ts'
import { boundsOf, found } from './views.commands.ts'

/** The file is put right and loaded again: digits stay as they were written. */
const notation: CsvNotation = { separator: ';', reader: 'machine' }
const pageRows = 1_000

/** The refused rows as they came, under the names of their columns, with the reason behind each. */
export const refusedRowsFile = async (ctx: Ctx, id: string): Promise<Readable> => {
  const row = await ctx.read((tx) => found(tx, id))
  const lines = async function* (): AsyncGenerator<string> {
    const [names = []] = row.sample
    const width = row.mapping.columns.length
    const heads = Array.from({ length: width }, (_, at) => (row.mapping.hasHeader ? (names[at] ?? '') : String(at + 1)))
    yield csvStart + csvLine([...heads, 'reason'], notation)
    for (let after: number | null = null; ; ) {
      const from: number | null = after
      const page: StoredRow[] = await ctx.read((tx) =>
        listRows(tx, id, { outcome: 'refused', ...boundsOf(row), after: from, limit: pageRows }),
      )
      for (const { cells, reasons } of page)
        yield csvLine(
          [...Array.from({ length: width }, (_, at) => cells[at] ?? ''), (reasons ?? []).join(' ')],
          notation,
        )
      const last = page.at(-1)
      if (page.length < pageRows || !last) return
      after = last.row
    }
  }
  return Readable.from(lines())
}
