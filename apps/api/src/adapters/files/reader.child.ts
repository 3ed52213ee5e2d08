import { readCsv } from './csv.ts'
import type { TableFault, TableLimits, TableRows } from './port.ts'
import { RowSink, type Source, startOf, Unreadable } from './source.ts'
import { readXlsx } from './xlsx.ts'

/*
 * The process that reads files of others: it is given one, hands out its rows as they are asked for, and ends. Whatever a
 * file does to its reader, it does it here, where there is little memory, no setting and nobody waiting.
 */

/** What it is told first; after each answer with rows it waits for any message before it goes on. */
export interface ReadOrder {
  readonly source: Uint8Array | string
  readonly limits: TableLimits
}
export type ReadAnswer = { readonly rows: TableRows } | { readonly end: TableFault | null }

const zipStart = Buffer.from('PK\x03\x04', 'latin1')
const oldOfficeStart = Buffer.from([0xd0, 0xcf, 0x11, 0xe0])
/** What the old container calls a new workbook that a password locks, in its own letters. */
const lockedName = Buffer.from('EncryptedPackage', 'utf16le')
const containerStart = 1_048_576

const read = async (source: Source, sink: RowSink): Promise<void> => {
  const start = await startOf(source, 4)
  if (start.equals(oldOfficeStart))
    throw new Unreadable((await startOf(source, containerStart)).includes(lockedName) ? 'locked' : 'old_excel')
  await (start.equals(zipStart) ? readXlsx(source, sink) : readCsv(source, sink))
}

const say = (answer: ReadAnswer): Promise<void> =>
  new Promise((resolve) => {
    process.send?.(answer, () => resolve())
  })

const give = async (rows: TableRows): Promise<void> => {
  const asked = new Promise<void>((resolve) => void process.once('message', () => resolve()))
  await say({ rows })
  await asked
}

process.once('message', ({ source, limits }: ReadOrder) => {
  const file = typeof source === 'string' ? source : Buffer.from(source)
  void read(file, new RowSink(limits, give))
    .then(
      () => null,
      (error: unknown) => (error instanceof Unreadable ? error.fault : 'damaged'),
    )
    .then((end) => say({ end }))
    .then(() => process.exit(0))
})
