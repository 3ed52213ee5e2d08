import { expect, it } from 'vitest'
import { recordingType, sizeOf } from './files.ts'

it.each([
  ['Firefox', ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus'], 'audio/ogg;codecs=opus'],
  ['Safari', ['audio/mp4', 'audio/mp4;codecs=mp4a.40.2'], 'audio/mp4;codecs=mp4a.40.2'],
  ['a browser with both', ['audio/mp4;codecs=mp4a.40.2', 'audio/ogg;codecs=opus'], 'audio/ogg;codecs=opus'],
  ['a browser that records WebM only', ['audio/webm', 'audio/webm;codecs=opus'], null],
  ['a browser whose MP4 is not AAC', ['audio/mp4', 'audio/mp4;codecs=opus'], null],
] as const)('records in %s what WhatsApp plays, or nothing', (_name, known, type) => {
  expect(recordingType((one) => (known as readonly string[]).includes(one))).toBe(type)
})

it.each([
  [1, 'kilobytes', 1],
  [1_536, 'kilobytes', 1.5],
  [5_242_880, 'megabytes', 5],
] as const)('says %i bytes in %s', (bytes, unit, size) => {
  expect(sizeOf(bytes)).toEqual({ unit, size })
})
