import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mediaBytes, readMedia, sentTypes, typeOfReceived } from './media.ts'

const ascii = (text: string) => [...text].map((sign) => sign.charCodeAt(0))
const bytesOf = (...parts: (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? ascii(part) : part)))

const png = bytesOf([0x89], 'PNG\r\n\u001a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 2, 0, 0, 0, 1, 0x2c, 8, 6])
const jpeg = bytesOf([0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 1, 0x2c, 2, 0, 3, 1, 1, 1])
const webp = bytesOf('RIFF', [0, 0, 0, 0], 'WEBPVP8 ', [0, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 0, 2, 0x2c, 1])
const opus = bytesOf('OggS', Array(24).fill(0), 'OpusHead')
const vorbis = bytesOf('OggS', Array(24).fill(0), '\u0001vorbis')
const mp4 = (brand: string, handler: string) =>
  bytesOf([0, 0, 0, 24], 'ftyp', brand, Array(8).fill(0), 'hhdlr', Array(8).fill(0), handler)
const zip = bytesOf([0x50, 0x4b, 0x03, 0x04], 'word')
const oldOffice = bytesOf([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1])

it.each([
  ['a photo', jpeg, null, 'image', 'image/jpeg'],
  ['a screenshot', png, null, 'image', 'image/png'],
  ['a sticker', webp, null, 'sticker', 'image/webp'],
  ['a voice note', opus, null, 'audio', 'audio/ogg'],
  ['a recording of Safari’s', mp4('iso5', 'soun'), 'voice.mp4', 'audio', 'audio/mp4'],
  ['a song', bytesOf('ID3', [4, 0]), null, 'audio', 'audio/mpeg'],
  ['a song without a head', bytesOf([0xff, 0xfb, 0x90]), null, 'audio', 'audio/mpeg'],
  ['a sound in AAC', bytesOf([0xff, 0xf1, 0x50]), null, 'audio', 'audio/aac'],
  ['a sound of an old phone', bytesOf('#!AMR\n'), null, 'audio', 'audio/amr'],
  ['a video', mp4('isom', 'vide'), null, 'video', 'video/mp4'],
  ['a video of an old phone', mp4('3gp4', 'vide'), null, 'video', 'video/3gpp'],
  ['a page', bytesOf('%PDF-1.7'), 'facture.exe', 'document', 'application/pdf'],
  ['a letter', zip, 'Lettre.DOCX', 'document', sentTypeOf('wordprocessingml')],
  ['a price list', zip, 'prix.xlsx', 'document', sentTypeOf('spreadsheetml')],
  ['an old price list', oldOffice, 'prix.xls', 'document', 'application/vnd.ms-excel'],
  ['a list of texts', bytesOf('nom;tel'), 'clients.csv', 'document', 'text/plain'],
] as const)('knows %s by its bytes', (_name, bytes, fileName, kind, type) => {
  expect(readMedia(bytes, fileName)).toEqual({ kind, type })
})

function sentTypeOf(part: string): string {
  return Object.keys(sentTypes).find((type) => type.includes(part))!
}

it.each([
  ['a page that runs', bytesOf('<!doctype html><script>alert(1)</script>'), 'facture.pdf'],
  ['a drawing that runs', bytesOf('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'photo.png'],
  ['a program', bytesOf('MZ', [0x90, 0]), 'photo.jpg'],
  ['a moving picture', bytesOf('GIF89a'), 'photo.gif'],
  ['a recording of Chrome’s', bytesOf([0x1a, 0x45, 0xdf, 0xa3]), 'voice.webm'],
  ['Ogg without Opus', vorbis, 'voice.ogg'],
  ['a film of a Mac', mp4('qt  ', 'vide'), 'film.mov'],
  ['an archive', zip, 'photos.zip'],
  ['a workbook with macros', zip, 'prix.xlsm'],
  ['text without a name', bytesOf('bonjour'), null],
  ['bytes that call themselves text', bytesOf([0xff, 0xfe, 0, 1]), 'note.txt'],
  ['nothing', bytesOf(), null],
] as const)('takes %s for nothing that can be sent', (_name, bytes, fileName) => {
  expect(readMedia(bytes, fileName)).toBeNull()
})

it.each([
  ['image', png, 'image/png'],
  ['image', bytesOf('<svg onload=alert(1)>'), null],
  ['sticker', webp, 'image/webp'],
  ['audio', opus, 'audio/ogg'],
  ['audio', jpeg, null],
  ['video', mp4('isom', 'soun'), null],
  ['document', jpeg, 'image/jpeg'],
  ['document', bytesOf('<script>alert(1)</script>'), 'application/octet-stream'],
] as const)('keeps what came as %s under a type of its own bytes, or not at all', (kind, bytes, type) => {
  expect(typeOfReceived(kind, bytes, null)).toBe(type)
})

it('never fails, whatever the bytes, and says only what Meta takes within a limit', () => {
  const heads = [[], [...png], [...jpeg], [...webp], [...opus], [...mp4('isom', 'hdlr')], [...zip]]
  fc.assert(
    fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 200 }), fc.string(), (head, rest, name) => {
      const reading = readMedia(Uint8Array.from([...head, ...rest]), name)
      if (!reading) return
      expect(sentTypes[reading.type]).toBe(reading.kind)
      expect(mediaBytes[reading.kind]).toBeGreaterThan(0)
    }),
  )
})
