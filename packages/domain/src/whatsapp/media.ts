import { type Static, Type } from 'typebox'
import { readPhoto } from '../products/photo.ts'
import { closed, Instant, Line, named, nullable, oneOf, ref, Uuid } from '../schema.ts'

/*
 * Files that messages carry. What a file is, its own bytes say: the name and the type that its sender gives are believed
 * only where bytes of one form serve many (the formats of Office), and nothing is decoded here.
 */

export const mediaKinds = ['image', 'audio', 'video', 'document', 'sticker'] as const
export type MediaKind = (typeof mediaKinds)[number]

/** `waiting`: the message is there, its bytes are being fetched from Meta. `failed`: they never came; `problem` says why. */
export const mediaStatuses = ['waiting', 'kept', 'failed'] as const
export type MediaStatus = (typeof mediaStatuses)[number]

const megabyte = 1_048_576
/**
 * Bytes of a file of each kind that are taken, both ways. They are Meta's own limits but for documents, of which it takes
 * 100 MB: they lie in the database.
 */
export const mediaBytes: Readonly<Record<MediaKind, number>> = {
  image: 5 * megabyte,
  audio: 16 * megabyte,
  video: 16 * megabyte,
  document: 16 * megabyte,
  sticker: 500 * 1_024,
}
export const mediaBytesMost = Math.max(...Object.values(mediaBytes))

/** A limit as people read it: megabytes, or a part of one. */
export const megabytesOf = (kind: MediaKind): number => Math.round((mediaBytes[kind] / megabyte) * 10) / 10

const office = 'application/vnd.openxmlformats-officedocument'
const officeTypes: Readonly<Record<string, string>> = {
  docx: `${office}.wordprocessingml.document`,
  xlsx: `${office}.spreadsheetml.sheet`,
  pptx: `${office}.presentationml.presentation`,
}
const oldOfficeTypes: Readonly<Record<string, string>> = {
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
}

/** What Meta takes from us, and as what it is sent. Source: Meta's Cloud API, supported media types. */
export const sentTypes: Readonly<Record<string, MediaKind>> = {
  'image/jpeg': 'image',
  'image/png': 'image',
  'image/webp': 'sticker',
  'audio/ogg': 'audio',
  'audio/mp4': 'audio',
  'audio/mpeg': 'audio',
  'audio/aac': 'audio',
  'audio/amr': 'audio',
  'video/mp4': 'video',
  'video/3gpp': 'video',
  'application/pdf': 'document',
  'text/plain': 'document',
  ...Object.fromEntries(
    [...Object.values(officeTypes), ...Object.values(oldOfficeTypes)].map((type) => [type, 'document'] as const),
  ),
}

/** Whether a text may stand under a file; under a voice note and a sticker Meta shows none. */
export const takesCaption = (kind: MediaKind): boolean => kind !== 'audio' && kind !== 'sticker'
/** A longer caption is refused by Meta. */
export const captionLongest = 1_024

export interface MediaReading {
  readonly kind: MediaKind
  readonly type: string
}

const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length))
const startsWith = (bytes: Uint8Array, head: readonly number[]): boolean =>
  head.every((byte, index) => bytes[index] === byte)

/** Whether a file of the MP4 family has a track of this kind: its handler box names it. */
const hasTrack = (bytes: Uint8Array, kind: 'vide' | 'soun'): boolean => {
  const first = 0x68 // The letter h of "hdlr".
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1))
    if (textAt(bytes, at, 4) === 'hdlr' && textAt(bytes, at + 12, 4) === kind) return true
  return false
}

const readMp4 = (bytes: Uint8Array): string | null => {
  if (textAt(bytes, 4, 4) !== 'ftyp') return null
  const brand = textAt(bytes, 8, 4)
  if (brand === 'qt  ') return null
  if (hasTrack(bytes, 'vide')) return brand.startsWith('3gp') ? 'video/3gpp' : 'video/mp4'
  return hasTrack(bytes, 'soun') ? 'audio/mp4' : null
}

/** Meta takes Ogg with Opus in it and nothing else in Ogg. */
const readSound = (bytes: Uint8Array): string | null => {
  if (textAt(bytes, 0, 4) === 'OggS') return textAt(bytes, 28, 8) === 'OpusHead' ? 'audio/ogg' : null
  if (textAt(bytes, 0, 6) === '#!AMR\n') return 'audio/amr'
  if (textAt(bytes, 0, 3) === 'ID3') return 'audio/mpeg'
  const isFramed = bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0
  if (!isFramed) return null
  // Two bits of the second byte are the layer of MPEG audio: the third is what people call MP3, none at all is AAC.
  const layer = (bytes[1] ?? 0) & 0x06
  return layer === 0 ? 'audio/aac' : layer === 2 ? 'audio/mpeg' : null
}

const endingOf = (fileName: string | null): string =>
  /\.([a-z0-9]{1,5})$/i.exec(fileName ?? '')?.[1]?.toLowerCase() ?? ''

/** Browsers and Node both have it; the types of the rules know neither of them. */
declare const TextDecoder: new (label: string, options: { fatal: boolean }) => { decode(bytes: Uint8Array): string }

const isPlainText = (bytes: Uint8Array): boolean => {
  if (bytes.includes(0)) return false
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

const readDocument = (bytes: Uint8Array, fileName: string | null): string | null => {
  if (textAt(bytes, 0, 5) === '%PDF-') return 'application/pdf'
  const ending = endingOf(fileName)
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return officeTypes[ending] ?? null
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return oldOfficeTypes[ending] ?? null
  return (ending === 'txt' || ending === 'csv') && isPlainText(bytes) ? 'text/plain' : null
}

/** What a file is, of all that Meta takes; null for anything else. A name tells the formats of Office apart. */
export const readMedia = (bytes: Uint8Array, fileName: string | null): MediaReading | null => {
  const type = readPhoto(bytes)?.type ?? readSound(bytes) ?? readMp4(bytes) ?? readDocument(bytes, fileName)
  const kind = type === null ? undefined : sentTypes[type]
  return type === null || kind === undefined ? null : { kind, type }
}

/** Any file is a document; a page or a script among them is handed out as bytes without a meaning. */
const anyBytes = 'application/octet-stream'

/**
 * The type under which a buyer's file is kept; null when its bytes are not of the kind that the message says. Meta calls
 * photos of any form images, and documents may be anything.
 */
export const typeOfReceived = (kind: MediaKind, bytes: Uint8Array, fileName: string | null): string | null => {
  const type = readMedia(bytes, fileName)?.type ?? null
  if (kind === 'document') return type ?? anyBytes
  const family = kind === 'sticker' ? 'image' : kind
  return type?.startsWith(`${family}/`) ? type : null
}

export const Media = named(
  'Media',
  Type.Object({
    id: Uuid,
    kind: oneOf(mediaKinds),
    status: oneOf(mediaStatuses),
    /** Why the bytes are not there: a code of the list of refusals. */
    problem: nullable(Type.String()),
    /** What its bytes are; null until they are here. */
    type: nullable(Type.String()),
    fileName: nullable(Type.String()),
    bytes: nullable(Type.Integer()),
    /** What colleagues call it, once they keep it to send again. */
    name: nullable(Type.String()),
    createdAt: Instant,
  }),
)
export type Media = Static<typeof Media>
export const MediaList = named('MediaList', Type.Object({ items: Type.Array(ref(Media)) }))

export const UploadMediaQuery = closed({ fileName: Type.Optional(Line(200)) })
export type UploadMediaQuery = Static<typeof UploadMediaQuery>

/** What colleagues call a file of the library. */
export const nameLongest = 80
export const KeepMedia = named('KeepMedia', closed({ name: Line(nameLongest) }))
export type KeepMedia = Static<typeof KeepMedia>
