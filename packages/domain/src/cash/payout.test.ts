import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays, dayOf, daysBetween } from '../time.ts'
import { expectedPayoutDay, type PayoutRhythm, rhythmFault } from './payout.ts'

const on = (day: string) => `${day}T12:00:00.000Z`
const expected = (day: string, payoutRhythm: PayoutRhythm | null, payoutDays: number | null = null) =>
  expectedPayoutDay(on(day), { payoutDays, payoutRhythm })

// 2026-11-24 is a Tuesday.
it('is unknown until somebody says how the carrier pays', () => {
  expect(expected('2026-11-24', null)).toBeNull()
  expect(expected('2026-11-24', null, 3)).toBe('2026-11-27')
})

it('is the next of the days of the week, never the day of the delivery itself', () => {
  const tuesdaysAndFridays = { kind: 'week', days: [2, 5] } as const satisfies PayoutRhythm
  expect(expected('2026-11-24', { ...tuesdaysAndFridays, days: [2, 5] })).toBe('2026-11-27')
  expect(expected('2026-11-27', { ...tuesdaysAndFridays, days: [2, 5] })).toBe('2026-12-01')
  expect(expected('2026-11-24', { kind: 'week', days: [2, 5] }, 5)).toBe('2026-12-01')
})

it('counts every n days from the day that was named', () => {
  expect(expected('2026-11-24', { kind: 'every', days: [10], from: '2026-11-20' })).toBe('2026-11-30')
  expect(expected('2026-11-24', { kind: 'every', days: [10], from: '2026-12-15' })).toBe('2026-11-25')
})

it('takes the last day of a month that is too short', () => {
  expect(expected('2026-11-24', { kind: 'month', days: [1, 31] })).toBe('2026-11-30')
  expect(expected('2026-11-30', { kind: 'month', days: [15] })).toBe('2026-12-15')
})

it('says what is wrong with a rhythm', () => {
  expect(rhythmFault({ kind: 'week', days: [8] })).toBe('days')
  expect(rhythmFault({ kind: 'every', days: [5] })).toBe('from')
  expect(rhythmFault({ kind: 'every', days: [5, 6], from: '2026-11-20' })).toBe('days')
  expect(rhythmFault({ kind: 'month', days: [31] })).toBeNull()
})

it('finds a day for every rhythm that makes sense, within a month of the wait', () => {
  const rhythm = fc.oneof(
    fc.record({
      kind: fc.constant('week' as const),
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    }),
    fc.record({
      kind: fc.constant('month' as const),
      days: fc.uniqueArray(fc.integer({ min: 1, max: 31 }), { minLength: 1 }),
    }),
    fc.record({
      kind: fc.constant('every' as const),
      days: fc.integer({ min: 1, max: 31 }).map((count) => [count]),
      from: fc.integer({ min: -400, max: 400 }).map((days) => addDays('2026-11-24', days)),
    }),
  )
  fc.assert(
    fc.property(rhythm, fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 0, max: 90 }), (one, later, wait) => {
      const delivered = on(addDays('2026-01-01', later))
      const day = expectedPayoutDay(delivered, { payoutDays: wait, payoutRhythm: one })
      const after = daysBetween(dayOf(delivered), day ?? '')
      expect(after).toBeGreaterThanOrEqual(wait)
      expect(after).toBeLessThanOrEqual(wait + 31)
    }),
  )
})
