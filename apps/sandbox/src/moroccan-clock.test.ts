import { expect, it } from 'vitest'
import { localText, offsetText } from './moroccan-clock.ts'

it('writes Moroccan clocks: an hour ahead in November', () => {
  const at = new Date('2025-11-20T13:05:09.900Z')
  expect(localText(at)).toBe('2025-11-20 14:05:09')
  expect(offsetText(at)).toBe('2025-11-20T14:05:09+01:00')
})

it('writes Moroccan clocks: no hour ahead in Ramadan', () => {
  const at = new Date('2025-03-10T13:05:09Z')
  expect(localText(at)).toBe('2025-03-10 13:05:09')
  expect(offsetText(at)).toBe('2025-03-10T13:05:09+00:00')
})

it('writes midnight as 00', () => {
  expect(localText(new Date('2025-11-20T23:00:00Z'))).toBe('2025-11-21 00:00:00')
})
