import { fork } from 'node:child_process'
import { join } from 'node:path'
import writeXlsxFile from 'write-excel-file/node'
import { type Sheet, type TableReading, type TableRows, type TablesPort, tableLimits } from './port.ts'

const reader = join(import.meta.dirname, 'reader.child.ts')

/** What the reading process says; ended before it said anything, the file was too heavy for it. */
const readApart = (file: Buffer): Promise<TableReading> =>
  new Promise((resolve) => {
    const child = fork(reader, {
      env: {},
      execArgv: [`--max-old-space-size=${tableLimits.heapMegabytes}`],
      serialization: 'advanced',
      stdio: 'ignore',
    })
    let reading: TableReading = { ok: false, fault: 'too_heavy' }
    const timer = setTimeout(() => child.kill('SIGKILL'), tableLimits.seconds * 1_000)
    child.once('message', (said) => {
      reading = said as TableReading
    })
    // It ends by its own fault or by ours; `close` comes either way, also when it could not start.
    child.once('error', () => undefined)
    child.once('close', () => {
      clearTimeout(timer)
      resolve(reading)
    })
    child.send(file, () => undefined)
  })

/** Cuts a table down to what is written in it: no empty rows, no cells beyond the limits. */
const trimmed = (rows: TableRows): TableReading => {
  const kept = rows
    .map((row) => row.slice(0, tableLimits.columns).map((cell) => cell.trim().slice(0, tableLimits.cellCharacters)))
    .filter((row) => row.some((cell) => cell !== ''))
  if (kept.length === 0) return { ok: false, fault: 'empty' }
  if (kept.length > tableLimits.rows + 1) return { ok: false, fault: 'too_many_rows' }
  const storable = kept.map((row) => row.map((cell) => cell.replaceAll('\0', '').toWellFormed()))
  return { ok: true, rows: storable }
}

/** Two at once: a third waits, so that files never take the processors from the rest. */
const readersMax = 2

const writeXlsx = async ({ columns, rows, rightToLeft }: Sheet): Promise<Buffer> => {
  const head = columns.map((value) => ({ value, type: String, fontWeight: 'bold' as const }))
  const body = Array.from(rows, (row) =>
    row.map((value) => (typeof value === 'number' ? { value, type: Number } : { value: value ?? '', type: String })),
  )
  return writeXlsxFile([head, ...body], { rightToLeft, stickyRowsCount: 1 }).toBuffer()
}

export const createTables = (): TablesPort => {
  let running = 0
  const waiting: (() => void)[] = []
  const turn = async (): Promise<void> => {
    if (running >= readersMax) await new Promise<void>((go) => waiting.push(go))
    else running += 1
  }
  const leave = (): void => {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
  return {
    read: async (file) => {
      await turn()
      try {
        const reading = await readApart(file)
        return reading.ok ? trimmed(reading.rows) : reading
      } finally {
        leave()
      }
    },
    xlsx: writeXlsx,
  }
}
