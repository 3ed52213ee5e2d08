/** What a backup says first: where it comes from, and the keys without which its sealed values stay closed. */
export interface BackupHead {
  readonly version: string
  readonly takenAt: string
  /** The hashes of the migrations that made the tables, in order. */
  readonly migrations: readonly string[]
  readonly secretKey: string
  readonly secretKeyPrevious: string | null
}

/** The parts of a backup in their order: head, then each table with its rows as COPY writes them, then the rest. */
export type Frame =
  | { readonly kind: 'head'; readonly value: BackupHead }
  | { readonly kind: 'table'; readonly value: { readonly name: string; readonly columns: readonly string[] } }
  | { readonly kind: 'rows'; readonly bytes: Buffer }
  | { readonly kind: 'tableEnd'; readonly value: { readonly rows: number } }
  /** The last: how far each sequence has come, and how much there was in all. */
  | { readonly kind: 'end'; readonly value: BackupEnd }

export interface BackupEnd {
  readonly sequences: Readonly<Record<string, string>>
  readonly tables: number
  readonly rows: number
}

const kinds = ['head', 'table', 'rows', 'tableEnd', 'end'] as const
const prefixBytes = 5

/** One byte for the kind, four for the length, then JSON, or the rows as they are. */
export const frameBytes = (frame: Frame): Buffer => {
  const body = frame.kind === 'rows' ? frame.bytes : Buffer.from(JSON.stringify(frame.value))
  const prefix = Buffer.alloc(prefixBytes)
  prefix.writeUInt8(kinds.indexOf(frame.kind))
  prefix.writeUInt32BE(body.length, 1)
  return Buffer.concat([prefix, body])
}

/** The frames in a stream of bytes, whatever its chunks. */
export async function* framesIn(chunks: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    while (rest.length >= prefixBytes) {
      const end = prefixBytes + rest.readUInt32BE(1)
      if (rest.length < end) break
      yield frameOf(rest.readUInt8(), rest.subarray(prefixBytes, end))
      rest = rest.subarray(end)
    }
  }
  if (rest.length > 0) throw new Error('The backup ends in the middle of a frame.')
}

const frameOf = (code: number, bytes: Buffer): Frame => {
  const kind = kinds[code]
  if (!kind) throw new Error(`The backup has a frame of an unknown kind: ${code}.`)
  return kind === 'rows' ? { kind, bytes } : ({ kind, value: JSON.parse(bytes.toString()) } as Frame)
}
