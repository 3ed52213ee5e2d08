import { crc32, deflateSync } from 'node:zlib'

/*
 * Files that buyers send when a call names none: a picture, a second of silence as a voice note and a page, each whole
 * enough to be shown, played or opened.
 */

const chunk = (name: string, data: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(name), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** A plain picture of 240 by 180 pixels, in two colours, as PNG. */
const picture = (): Buffer => {
  const [width, height] = [240, 180]
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2], 8)
  const row = (y: number) =>
    Buffer.concat([
      Buffer.alloc(1),
      Buffer.alloc(width * 3).fill(Buffer.from(y < height / 2 ? [52, 120, 90] : [232, 222, 200])),
    ])
  const rows = Buffer.concat(Array.from({ length: height }, (_, y) => row(y)))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** The checksum of Ogg: like a cyclic redundancy check of 32 bits, unreflected and begun at nothing. */
const oggSum = (page: Buffer): number => {
  let sum = 0
  for (const byte of page) {
    sum ^= byte << 24
    for (let bit = 0; bit < 8; bit += 1) sum = sum < 0 ? (sum << 1) ^ 0x04c11db7 : sum << 1
  }
  return sum >>> 0
}

const oggPage = (flags: number, number: number, position: number, packets: readonly Buffer[]): Buffer => {
  const head = Buffer.alloc(27 + packets.length)
  head.write('OggS')
  head.writeUInt8(flags, 5)
  head.writeBigUInt64LE(BigInt(position), 6)
  head.writeUInt32LE(1, 14)
  head.writeUInt32LE(number, 18)
  head.writeUInt8(packets.length, 26)
  for (const [index, packet] of packets.entries()) head.writeUInt8(packet.length, 27 + index)
  const page = Buffer.concat([head, ...packets])
  page.writeUInt32LE(oggSum(page), 22)
  return page
}

/** One second of silence: fifty frames of Opus, twenty milliseconds each, in Ogg. */
const voice = (): Buffer => {
  const opening = Buffer.alloc(19)
  opening.write('OpusHead')
  opening.set([1, 1], 8)
  opening.writeUInt32LE(48_000, 12)
  const maker = Buffer.from('sandbox')
  const tags = Buffer.alloc(12 + maker.length + 4)
  tags.write('OpusTags')
  tags.writeUInt32LE(maker.length, 8)
  maker.copy(tags, 12)
  const frames = Array.from({ length: 50 }, () => Buffer.from([0xf8, 0xff, 0xfe]))
  return Buffer.concat([oggPage(2, 0, 0, [opening]), oggPage(0, 1, 0, [tags]), oggPage(4, 2, 48_000, frames)])
}

const page = (): Buffer =>
  Buffer.from(
    [
      '%PDF-1.4',
      '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
      '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
      '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj',
      'trailer<</Root 1 0 R>>',
      '%%EOF',
    ].join('\n'),
  )

export const samples: Readonly<Record<string, () => { readonly type: string; readonly bytes: Buffer }>> = {
  image: () => ({ type: 'image/png', bytes: picture() }),
  audio: () => ({ type: 'audio/ogg; codecs=opus', bytes: voice() }),
  document: () => ({ type: 'application/pdf', bytes: page() }),
}
