import { fork } from 'node:child_process'
import { join } from 'node:path'
import {
  type RowTaker,
  type Sheet,
  type TableFault,
  type TableLimits,
  type TableRows,
  type TablesPort,
  tableLimits,
} from './port.ts'
import type { ReadAnswer, ReadOrder } from './reader.child.ts'
import { headingsOf, sheetRowOf, workbookOf } from './sheet.ts'
import { Unreadable } from './source.ts'

const reader = join(import.meta.dirname, 'reader.child.ts')

/** Lets the reading process read; ended before it said so, the file was too heavy for it. */
const readApart = (order: ReadOrder, take: RowTaker): Promise<TableFault | null> =>
  new Promise((resolve, reject) => {
    const { heapMegabytes, seconds } = order.limits
    const child = fork(reader, {
      env: {},
      execArgv: [`--max-old-space-size=${heapMegabytes}`, '--max-semi-space-size=4'],
      serialization: 'advanced',
      stdio: 'ignore',
    })
    let end: TableFault | null = 'too_heavy'
    let failure: unknown
    const kill = (): boolean => child.kill('SIGKILL')
    let timer = setTimeout(kill, seconds * 1_000)
    const hand = async (rows: TableRows): Promise<void> => {
      const table = trimmed(rows, order.limits)
      const more = table.length === 0 || (await take(table))
      if (!more) {
        end = null
        kill()
        return
      }
      timer = setTimeout(kill, seconds * 1_000)
      child.send('more', () => undefined)
    }
    child.on('message', (said: ReadAnswer) => {
      clearTimeout(timer)
      if ('end' in said) end = said.end
      else
        hand(said.rows).catch((error: unknown) => {
          failure = error
          if (error instanceof Unreadable) end = error.fault
          kill()
        })
    })
    // It ends by its own fault or by ours; `close` comes either way, also when it could not start.
    child.once('error', () => undefined)
    child.once('close', () => {
      clearTimeout(timer)
      if (failure !== undefined && !(failure instanceof Unreadable)) reject(failure as Error)
      else resolve(end)
    })
    child.send(order, () => undefined)
  })

/** Cuts rows down to what is written in them: no empty rows, no cells beyond the limits, nothing that cannot be stored. */
const trimmed = (rows: TableRows, { columns, widerIs, cellCharacters }: TableLimits): string[][] => {
  if (widerIs === 'refused' && rows.some((row) => row.slice(columns).some((cell) => cell.trim() !== '')))
    throw new Unreadable('too_many_columns')
  return rows
    .map((row) =>
      row.slice(0, columns).map((cell) => cell.trim().slice(0, cellCharacters).replaceAll('\0', '').toWellFormed()),
    )
    .filter((row) => row.some((cell) => cell !== ''))
}

/** Two at once: a third waits, so that files never take the processors from the rest. */
const readersMax = 2

const writeXlsx = ({ columns, rows, rightToLeft }: Sheet): Promise<Buffer> =>
  workbookOf([headingsOf(columns), ...Array.from(rows, sheetRowOf)], { rightToLeft }).toBuffer()

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
  const inTurn = async (order: ReadOrder, take: RowTaker): Promise<TableFault | null> => {
    await turn()
    try {
      return await readApart(order, take)
    } finally {
      leave()
    }
  }
  return {
    read: async (file) => {
      const rows: string[][] = []
      const fault = await inTurn({ source: file, limits: tableLimits }, async (some) => {
        rows.push(...some.map((row) => [...row]))
        return true
      })
      if (fault !== null) return { ok: false, fault }
      return rows.length === 0 ? { ok: false, fault: 'empty' } : { ok: true, rows }
    },
    readPieces: (path, limits, take) => inTurn({ source: path, limits }, take),
    xlsx: writeXlsx,
  }
}
