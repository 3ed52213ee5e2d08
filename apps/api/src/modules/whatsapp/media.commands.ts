import { Refused } from '@sendocki/domain/result'
import {
  captionLongest,
  type KeepMedia,
  type Media,
  type MediaKind,
  mediaBytes,
  megabytesOf,
  nameLongest,
  readMedia,
  sentTypes,
  takesCaption,
  typeOfReceived,
  type UploadMediaQuery,
} from '@sendocki/domain/whatsapp/media'
import type { MessageNews } from '../../adapters/messaging/port.ts'
import { type Ctx, hides, type MerchantTx } from '../../context.ts'
import { uploadedFile } from '../../http/uploads.ts'
import { shownText } from './conversations.commands.ts'
import {
  conversationsOfMedia,
  dropUnsent,
  findMedia,
  insertMedia,
  libraryMost,
  listLibrary,
  lockMedia,
  type MediaRow,
  readMediaBytes,
  saveMedia,
} from './media.queries.ts'
import { isShownOnCard } from './templates.queries.ts'

/** How long an upload waits to be sent. */
const unsentHours = 24

/** A file as the actor may see it. Its name may hold the buyer's number, which is dots where it is known and else hides it all. */
export const mediaViewOf = (ctx: Ctx, row: MediaRow, phone?: string | null): Media => ({
  id: row.id,
  kind: row.kind,
  status: row.status,
  problem: row.problem,
  type: row.type,
  fileName: phone === undefined && hides(ctx, 'phone') ? null : shownText(ctx, row.fileName, phone ?? null),
  bytes: row.size,
  name: row.name,
  createdAt: row.createdAt,
})

const blankMedia = { problem: null, numberId: null, metaId: null, type: null, fileName: null, name: null } as const

/** Keeps a file to be sent. What it is, its bytes say; what Meta would refuse is refused here, in words. */
export const uploadMedia = (ctx: Ctx, query: UploadMediaQuery, body: unknown): Promise<Media> =>
  ctx.transaction(async (tx) => {
    const fileName = query.fileName ?? null
    const bytes = uploadedFile(body)
    const reading = readMedia(bytes, fileName)
    if (!reading) throw new Refused('media.type_unsupported')
    if (bytes.length > mediaBytes[reading.kind])
      throw new Refused('media.too_large', { most: megabytesOf(reading.kind) })
    await dropUnsent(tx, new Date(ctx.now.getTime() - unsentHours * 3_600_000).toISOString())
    const row: MediaRow = {
      ...blankMedia,
      ...reading,
      merchantId: tx.merchantId,
      id: ctx.newId(),
      status: 'kept',
      fileName,
      size: bytes.length,
      createdAt: ctx.now.toISOString(),
    }
    await insertMedia(tx, { ...row, bytes })
    return mediaViewOf(ctx, row, null)
  })

/** The file of a buyer's message: the fact now, the bytes by a job. */
export const expectMedia = async (
  ctx: Ctx,
  tx: MerchantTx,
  numberId: string,
  { kind, metaId, fileName }: NonNullable<MessageNews['media']>,
): Promise<string> => {
  const id = ctx.newId()
  await insertMedia(tx, {
    ...blankMedia,
    ...{ id, kind, status: 'waiting', numberId, metaId, fileName, size: null, bytes: null },
    createdAt: ctx.clock().toISOString(),
  })
  enqueueFetching(ctx, tx, id)
  return id
}

export const enqueueFetching = (ctx: Ctx, tx: MerchantTx, mediaId: string): void =>
  ctx.enqueue(
    tx,
    'whatsapp.fetch_media',
    { merchantId: ctx.merchantId, mediaId },
    { key: `whatsapp.fetch_media:${mediaId}` },
  )

/** What came of fetching a file: its bytes, if they are what the message says, or why there are none. */
export const settleMedia = (
  ctx: Ctx,
  id: string,
  outcome: { readonly bytes: Buffer } | { readonly problem: string },
): Promise<void> =>
  ctx.transaction(async (tx) => {
    const row = await lockMedia(tx, id)
    if (row?.status !== 'waiting') return
    await saveMedia(tx, id, keptOf(row, outcome))
    for (const conversation of await conversationsOfMedia(tx, id))
      tx.outbox.changes.push({ noun: 'conversation', id: conversation })
  })

const keptOf = (
  { kind, fileName }: MediaRow,
  outcome: { readonly bytes: Buffer } | { readonly problem: string },
): Partial<MediaRow> & { readonly bytes?: Buffer } => {
  if ('problem' in outcome) return { status: 'failed', problem: outcome.problem }
  const { bytes } = outcome
  const type = typeOfReceived(kind, bytes, fileName)
  if (type === null) return { status: 'failed', problem: 'media.unreadable' }
  return { status: 'kept', problem: null, type, size: bytes.length, bytes }
}

export const loadMedia = async (tx: MerchantTx, id: string): Promise<MediaRow> => {
  const row = await lockMedia(tx, id)
  if (!row) throw new Refused('media.not_found')
  return row
}

export interface HandedOut {
  readonly bytes: Buffer
  readonly type: string
  readonly kind: MediaKind
  /** Null for who must not see what a name may hold. */
  readonly fileName: string | null
}

/** The bytes of a file, as whoever reads conversations may have them. */
export const openMedia = (ctx: Ctx, id: string): Promise<HandedOut> =>
  ctx.read(async (tx) => {
    const row = await findMedia(tx, id)
    if (!row) throw new Refused('media.not_found')
    const bytes = row.status === 'kept' ? await readMediaBytes(tx, id) : null
    if (!bytes || row.type === null) throw new Refused('media.not_ready')
    return { bytes, type: row.type, kind: row.kind, fileName: mediaViewOf(ctx, row).fileName }
  })

/** Asks for the bytes of a buyer's file once more, after they did not come. */
export const fetchAgain = (ctx: Ctx, id: string): Promise<Media> =>
  ctx.transaction(async (tx) => {
    const row = await loadMedia(tx, id)
    if (row.status !== 'failed' || row.metaId === null || row.problem === 'media.erased')
      throw new Refused('media.not_ready')
    await saveMedia(tx, id, { status: 'waiting', problem: null })
    enqueueFetching(ctx, tx, id)
    for (const conversation of await conversationsOfMedia(tx, id))
      tx.outbox.changes.push({ noun: 'conversation', id: conversation })
    return mediaViewOf(ctx, { ...row, status: 'waiting', problem: null })
  })

export const readLibrary = (ctx: Ctx): Promise<{ items: Media[] }> =>
  ctx.read(async (tx) => ({ items: (await listLibrary(tx)).map((row) => mediaViewOf(ctx, row)) }))

/** Gives a file a name under which colleagues send it again, or another name. */
export const keepMedia = (ctx: Ctx, id: string, { name }: KeepMedia): Promise<Media> =>
  ctx.transaction(async (tx) => {
    const row = await loadMedia(tx, id)
    assertSendable(row)
    await keepInLibrary(ctx, tx, row, name)
    return mediaViewOf(ctx, { ...row, name })
  })

/** Puts a file that was looked at into the library, while there is room. */
export const keepInLibrary = async (ctx: Ctx, tx: MerchantTx, row: MediaRow, name: string): Promise<void> => {
  const { id } = row
  if (row.name === null && (await listLibrary(tx)).length >= libraryMost)
    throw new Refused('media.too_many', { most: libraryMost })
  await saveMedia(tx, id, { name: name.slice(0, nameLongest) })
  ctx.record(tx, { type: 'media.kept', subject: { kind: 'media', id }, before: { name: row.name }, after: { name } })
}

/** Takes a file off the library, unless a carousel shows it; what was sent of it stays where it was sent. */
export const letMediaGo = (ctx: Ctx, id: string): Promise<Media> =>
  ctx.transaction(async (tx) => {
    const row = await loadMedia(tx, id)
    if (await isShownOnCard(tx, id)) throw new Refused('media.in_use')
    if (row.name !== null) {
      await saveMedia(tx, id, { name: null })
      ctx.record(tx, { type: 'media.let_go', subject: { kind: 'media', id }, before: { name: row.name } })
    }
    return mediaViewOf(ctx, { ...row, name: null })
  })

/** Whether Meta would take it: its bytes are here, of a type and in a size that can be sent. */
export const assertSendable = ({ status, type, kind, size }: MediaRow): void => {
  if (status !== 'kept' || type === null) throw new Refused('media.not_ready')
  if (sentTypes[type] === undefined) throw new Refused('media.type_unsupported')
  if ((size ?? 0) > mediaBytes[kind]) throw new Refused('media.too_large', { most: megabytesOf(kind) })
}

/** The file of a message that is to go out, with what stands under it. */
export const mediaToSend = async (tx: MerchantTx, id: string, text: string | undefined): Promise<MediaRow> => {
  const row = await loadMedia(tx, id)
  assertSendable(row)
  if (text === undefined) return row
  if (!takesCaption(row.kind)) throw new Refused('request.invalid', undefined, [{ path: 'text', code: 'unknown' }])
  if (text.length > captionLongest)
    throw new Refused('request.invalid', undefined, [{ path: 'text', code: 'too_long' }])
  return row
}
