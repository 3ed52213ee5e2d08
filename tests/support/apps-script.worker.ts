import { createHash, createHmac, randomUUID } from 'node:crypto'
import { createContext, runInContext } from 'node:vm'
import { parentPort, workerData } from 'node:worker_threads'

/*
 * Google's side of an Apps Script, as small as the script under test needs it: one sheet, its triggers, and calls to the
 * outside that wait for their answer as they do there. It runs in a thread of its own, because a script waits.
 */

type Cell = string | number
interface Turn {
  readonly call: string
  readonly cells?: readonly (readonly [row: number, column: number, value: Cell])[]
  readonly rows?: readonly (readonly Cell[])[]
}

const { script, signal, answer } = workerData as { script: string; signal: Int32Array; answer: Int32Array }
const cells: Cell[][] = []
const properties = new Map<string, string>()
const triggers: string[] = []

const at = (row: number, column: number): Cell => cells[row - 1]?.[column - 1] ?? ''
const put = (row: number, column: number, value: Cell): void => {
  while (cells.length < row) cells.push([])
  const line = cells[row - 1] as Cell[]
  while (line.length < column) line.push('')
  line[column - 1] = value
}
const rangeOf = (row: number, column: number, rows = 1, columns = 1) => {
  const read = (shown: (cell: Cell) => Cell) =>
    Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => shown(at(row + r, column + c))))
  return {
    getValues: () => read((cell) => cell),
    getDisplayValues: () => read(String),
    setValue: (v: Cell) => put(row, column, v),
  }
}
const sheet = {
  getSheetId: () => 7,
  getLastRow: () => cells.findLastIndex((line) => line.some((cell) => cell !== '')) + 1,
  getLastColumn: () => Math.max(0, ...cells.map((line) => line.findLastIndex((cell) => cell !== '') + 1)),
  getRange: rangeOf,
}
const spreadsheet = {
  getActiveSheet: () => sheet,
  getSheets: () => [sheet],
  getSpreadsheetTimeZone: () => 'Africa/Casablanca',
}

/** Bytes as Apps Script counts them. */
const signed = (bytes: Buffer): number[] => [...bytes].map((byte) => (byte > 127 ? byte - 256 : byte))
const trigger = (name: string) => {
  const made = { create: () => void triggers.push(name) }
  const kinds = { onEdit: () => made, onChange: () => made, everyMinutes: () => made }
  return { forSpreadsheet: () => kinds, timeBased: () => kinds }
}

const context = createContext({
  SpreadsheetApp: { getActiveSpreadsheet: () => spreadsheet },
  ScriptApp: { getProjectTriggers: () => [], deleteTrigger: () => undefined, newTrigger: trigger },
  PropertiesService: {
    getDocumentProperties: () => ({
      getProperty: (name: string) => properties.get(name) ?? null,
      setProperty: (name: string, value: string) => void properties.set(name, value),
    }),
  },
  LockService: { getDocumentLock: () => ({ tryLock: () => true, releaseLock: () => undefined }) },
  Utilities: {
    Charset: { UTF_8: 'utf8' },
    DigestAlgorithm: { SHA_256: 'sha256' },
    getUuid: () => randomUUID(),
    computeHmacSha256Signature: (text: string, key: string) => signed(createHmac('sha256', key).update(text).digest()),
    computeDigest: (_algorithm: string, text: string) => signed(createHash('sha256').update(text).digest()),
    formatDate: () => '26/11 14:05',
  },
  UrlFetchApp: {
    fetch: (url: string, request: object) => {
      Atomics.store(signal, 0, 0)
      parentPort?.postMessage({ kind: 'fetch', url, request })
      Atomics.wait(signal, 0, 0)
      const code = Atomics.load(answer, 0)
      if (code === 0) throw new Error('Address unavailable')
      return { getResponseCode: () => code }
    },
  },
})
runInContext(script, context)

parentPort?.on('message', ({ call, cells: edits = [], rows = [] }: Turn) => {
  for (const row of rows) cells.push([...row])
  for (const [row, column, value] of edits) put(row, column, value)
  let failure: string | null = null
  try {
    if (call) runInContext(`${call}()`, context)
  } catch (error) {
    failure = String(error)
  }
  parentPort?.postMessage({ kind: 'done', cells, triggers, failure })
})
