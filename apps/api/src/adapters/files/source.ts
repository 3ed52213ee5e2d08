import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { fromBufferPromise, openPromise, type ZipFile } from 'yauzl'
import { rowsAtOnce, type TableFault, type TableLimits, type TableRows } from './port.ts'

/** Thrown to end the reading of a file; the reason is told to whoever gave it. */
export class Unreadable extends Error {
  readonly fault: TableFault
  constructor(fault: TableFault) {
    super(fault)
    this.fault = fault
  }
}

/** A file to be read: its bytes, or where they lie. It can be gone through more than once. */
export type Source = Buffer | string

const pieceBytes = 262_144

/** The bytes of a source in pieces. */
export const piecesOf = async function* (source: Source): AsyncGenerator<Buffer> {
  if (typeof source === 'string') {
    for await (const piece of createReadStream(source, { highWaterMark: pieceBytes })) yield piece as Buffer
    return
  }
  for (let at = 0; at < source.length; at += pieceBytes) yield source.subarray(at, at + pieceBytes)
}

/** The first bytes of a source, at most so many. */
export const startOf = async (source: Source, bytes: number): Promise<Buffer> => {
  if (typeof source !== 'string') return source.subarray(0, bytes)
  const file = await open(source)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

export const openZip = (source: Source): Promise<ZipFile> =>
  typeof source === 'string' ? openPromise(source, { autoClose: false }) : fromBufferPromise(source)

/** Hands rows on, a few hundred at once, and waits until they are taken. Counts them against the limit. */
export class RowSink {
  readonly limits: TableLimits
  private readonly give: (rows: TableRows) => Promise<void>
  private waiting: string[][] = []
  private count = 0

  constructor(limits: TableLimits, give: (rows: TableRows) => Promise<void>) {
    this.limits = limits
    this.give = give
  }

  add(row: string[]): void {
    this.count += 1
    // One more for the names of the columns.
    if (this.count > this.limits.rows + 1) throw new Unreadable('too_many_rows')
    this.waiting.push(row)
  }

  /** To be called often; it gives on what is whole. */
  async flow(): Promise<void> {
    while (this.waiting.length >= rowsAtOnce) await this.give(this.waiting.splice(0, rowsAtOnce))
  }

  async end(): Promise<void> {
    await this.flow()
    if (this.waiting.length > 0) await this.give(this.waiting)
    if (this.count === 0) throw new Unreadable('empty')
  }
}
