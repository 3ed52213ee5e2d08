import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readPhoto } from './photo.ts'

const ascii = (text: string) => [...text].map((sign) => sign.charCodeAt(0))
const png = [0x89, ...ascii('PNG\r\n\u001a\n'), 0, 0, 0, 13, ...ascii('IHDR'), 0, 0, 2, 0, 0, 0, 1, 0x2c, 8, 6]
const jpeg = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1, 0xff, 0xc0, 0, 17, 8, 1, 0x2c, 2, 0, 3, 1, 1, 1]
const webp = (kind: string, data: number[]) => [
  ...ascii('RIFF'),
  0,
  0,
  0,
  0,
  ...ascii(`WEBP${kind}`),
  0,
  0,
  0,
  0,
  ...data,
]

it.each([
  ['image/png', png, 512, 300],
  ['image/jpeg', jpeg, 512, 300],
  ['image/webp', webp('VP8 ', [0, 0, 0, 0x9d, 1, 0x2a, 0, 2, 0x2c, 1]), 512, 300],
  ['image/webp', webp('VP8L', [0x2f, 0xff, 0xc1, 0x4a, 0, 0, 0, 0, 0, 0]), 512, 300],
  ['image/webp', webp('VP8X', [0, 0, 0, 0, 0xff, 1, 0, 0x2b, 1, 0]), 512, 300],
] as const)('reads %s by its bytes, with its size', (type, bytes, width, height) => {
  expect(readPhoto(Uint8Array.from(bytes))).toEqual({ type, width, height })
})

it.each([
  ['a page', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ['a gif', 'GIF89a\u0001\u0000\u0001\u0000'],
  ['a cut picture', '\u0089PNG'],
  ['nothing', ''],
])('takes %s for no photo', (_name, text) => {
  expect(readPhoto(Uint8Array.from(ascii(text)))).toBeNull()
})

it('never fails and never loops, whatever the bytes', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<readonly number[]>([], png, jpeg, [0xff, 0xd8]),
      fc.uint8Array({ maxLength: 200 }),
      (head, rest) => {
        const reading = readPhoto(Uint8Array.from([...head, ...rest]))
        if (reading) expect(Math.min(reading.width, reading.height)).toBeGreaterThan(0)
      },
    ),
  )
})
