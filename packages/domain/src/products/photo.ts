/*
 * What a picture's own bytes say of it. The name and the type that its sender gives are not believed, and a picture is
 * never decoded here: only its first bytes are read.
 */

export const photoTypes = ['image/jpeg', 'image/png', 'image/webp'] as const
export type PhotoType = (typeof photoTypes)[number]

export interface PhotoReading {
  readonly type: PhotoType
  readonly width: number
  readonly height: number
}

const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length))
const bigEndian = (bytes: Uint8Array, at: number, length: number): number =>
  bytes.subarray(at, at + length).reduce((value, byte) => value * 256 + byte, 0)
const littleEndian = (bytes: Uint8Array, at: number, length: number): number =>
  bytes.subarray(at, at + length).reduceRight((value, byte) => value * 256 + byte, 0)

const readPng = (bytes: Uint8Array): PhotoReading | null =>
  bytes.length >= 24 && textAt(bytes, 1, 3) === 'PNG' && bytes[0] === 0x89 && textAt(bytes, 12, 4) === 'IHDR'
    ? { type: 'image/png', width: bigEndian(bytes, 16, 4), height: bigEndian(bytes, 20, 4) }
    : null

/** The three kinds of WebP: lossy, lossless, and with extras. */
const readWebp = (bytes: Uint8Array): PhotoReading | null => {
  if (bytes.length < 30 || textAt(bytes, 0, 4) !== 'RIFF' || textAt(bytes, 8, 4) !== 'WEBP') return null
  const size = (width: number, height: number): PhotoReading => ({ type: 'image/webp', width, height })
  switch (textAt(bytes, 12, 4)) {
    case 'VP8 ':
      return size(littleEndian(bytes, 26, 2) & 0x3fff, littleEndian(bytes, 28, 2) & 0x3fff)
    case 'VP8L': {
      const bits = littleEndian(bytes, 21, 4)
      return size((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1)
    }
    case 'VP8X':
      return size(littleEndian(bytes, 24, 3) + 1, littleEndian(bytes, 27, 3) + 1)
    default:
      return null
  }
}

/** Segments follow one another until the frame that holds the size. */
const readJpeg = (bytes: Uint8Array): PhotoReading | null => {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null
  let at = 2
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { type: 'image/jpeg', width: bigEndian(bytes, at + 7, 2), height: bigEndian(bytes, at + 5, 2) }
    at += marker === 0xff ? 1 : 2 + Math.max(2, bigEndian(bytes, at + 2, 2))
  }
  return null
}

/** Type and size of a picture in pixels; null for anything that is none of the three. */
export const readPhoto = (bytes: Uint8Array): PhotoReading | null => {
  const reading = readPng(bytes) ?? readWebp(bytes) ?? readJpeg(bytes)
  return reading && reading.width > 0 && reading.height > 0 ? reading : null
}
