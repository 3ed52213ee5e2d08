import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayOf, wallClockOf } from '../time.ts'
import { answerCurve } from './answer-hours.ts'
import { instantOn, isCallTime } from './hours.ts'
import { dayPartOf, nextAttempt } from './ladder.ts'
import type { Attempt, RetriedOutcome } from './outcomes.ts'
import { retriedOutcomes } from './outcomes.ts'
import { defaultCallSettings } from './settings.ts'

const shown = (at: Date): string => {
  const { day, hour, minute } = wallClockOf(at)
  return `${day} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** Calls at each chosen time, ends as told, and writes down when the next one is, until the ladder gives up. */
const simulate = (from: Date, ends: readonly RetriedOutcome[], settings = defaultCallSettings): string[] => {
  const attempts: Attempt[] = []
  const times: string[] = []
  let now = from
  for (const outcome of ends) {
    attempts.push({ at: now, outcome })
    const next = nextAttempt(settings, { outcome, attempts, now })
    if (next.giveUp) return [...times, 'given up']
    times.push(shown(next.at))
    now = next.at
  }
  return times
}

const nobody = (count: number): RetriedOutcome[] => Array.from({ length: count }, () => 'no_answer')

describe('the ladder over a simulated month', () => {
  test.each([
    [
      'Monday morning',
      '2026-04-13',
      '10:00',
      ['2026-04-13 13:00', '2026-04-13 17:00', '2026-04-14 09:00', '2026-04-15 13:00', '2026-04-16 17:00', 'given up'],
    ],
    [
      'Thursday evening, so that the pause of Friday is left out',
      '2026-04-16',
      '20:00',
      ['2026-04-17 09:00', '2026-04-17 15:00', '2026-04-18 09:00', '2026-04-19 13:00', '2026-04-20 17:00', 'given up'],
    ],
    [
      'the day before a holiday',
      '2026-04-30',
      '18:00',
      ['2026-05-02 09:00', '2026-05-02 13:00', '2026-05-03 09:00', '2026-05-04 13:00', '2026-05-05 17:00', 'given up'],
    ],
    [
      'in Ramadan, whose evening begins late',
      '2027-02-15',
      '11:00',
      ['2027-02-15 13:00', '2027-02-15 20:30', '2027-02-16 12:30', '2027-02-17 13:00', '2027-02-18 20:30', 'given up'],
    ],
    [
      'the night before the clocks go back',
      '2026-02-14',
      '18:00',
      ['2026-02-15 09:00', '2026-02-15 13:00', '2026-02-16 09:00', '2026-02-17 13:00', '2026-02-18 17:00', 'given up'],
    ],
    [
      'the end of Ramadan, its feast, and the night on which the clocks go forward',
      '2026-03-20',
      '21:00',
      ['2026-03-23 09:00', '2026-03-23 13:00', '2026-03-24 09:00', '2026-03-25 13:00', '2026-03-26 17:00', 'given up'],
    ],
  ])('nobody answers: %s', (_, day, clock, times) => {
    expect(simulate(instantOn(day, clock), nobody(10))).toEqual(times)
  })

  test('busy is called again soon', () => {
    expect(simulate(instantOn('2026-04-13', '10:00'), ['busy', 'busy', 'no_answer'])).toEqual([
      '2026-04-13 10:20',
      '2026-04-13 11:20',
      '2026-04-14 13:00',
    ])
  })

  test('who wants to think is called the next day, and never given up for it', () => {
    const month = simulate(
      instantOn('2026-04-01', '10:00'),
      Array.from({ length: 26 }, () => 'thinking'),
    )
    expect(month).not.toContain('given up')
    expect(new Set(month.map((text) => text.slice(0, 10))).size).toBe(26)
    // Thinking on the fourth Friday at 10:00 is called on Saturday; no day of the month holds two calls.
    expect(month.at(-1)).toBe('2026-04-27 10:00')
  })
})

test('law 14: every attempt lies ahead, inside allowed hours and under the cap of its day, whenever people answer', () => {
  const start = fc.date({ min: new Date('2026-02-01'), max: new Date('2026-03-31'), noInvalidDate: true })
  const ends = fc.array(fc.constantFrom(...retriedOutcomes), { minLength: 1, maxLength: 12 })
  const counts = fc.array(
    fc
      .record({ weekday: fc.integer({ min: 1, max: 7 }), hour: fc.integer({ min: 0, max: 23 }), tried: fc.nat(500) })
      .map((cell) => ({ ...cell, answered: cell.tried })),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(start, ends, counts, (from, outcomes, merchant) => {
      const curve = answerCurve({ merchant })
      const attempts: Attempt[] = []
      let now = from
      for (const outcome of outcomes) {
        attempts.push({ at: now, outcome })
        const next = nextAttempt(defaultCallSettings, { outcome, attempts, now, curve })
        if (next.giveUp) {
          expect(attempts.filter((one) => one.outcome !== 'thinking').length).toBeGreaterThanOrEqual(6)
          return
        }
        expect(next.at.getTime()).toBeGreaterThan(now.getTime())
        expect(isCallTime(defaultCallSettings, next.at)).toBe(true)
        const sameDay = attempts.filter(({ at }) => dayOf(at) === dayOf(next.at)).length
        expect(sameDay).toBeLessThan(defaultCallSettings.ladder.capPerDay)
        now = next.at
      }
    }),
    { numRuns: 100 },
  )
})

test('unanswered calls are spread over the three parts of the day before one is tried twice', () => {
  const times = simulate(instantOn('2026-04-13', '10:00'), nobody(5)).map((text) => {
    const [day = '', clock = ''] = text.split(' ')
    return dayPartOf(defaultCallSettings, instantOn(day, clock))
  })
  expect(times.slice(0, 2).sort()).toEqual(['afternoon', 'evening'])
  expect(times.slice(2, 5).sort()).toEqual(['afternoon', 'evening', 'morning'])
})

test('the reasons are told in the order in which they decided', () => {
  const now = instantOn('2026-04-13', '18:00')
  const made = ['09:00', '13:00', '18:00'].map((clock) => ({
    at: instantOn('2026-04-13', clock),
    outcome: 'busy' as const,
  }))
  const next = nextAttempt(defaultCallSettings, { outcome: 'busy', attempts: made.slice(0, 1), now })
  expect(next).toMatchObject({ because: [{ code: 'waited', params: { outcome: 'busy', minutes: 20 } }] })
  const capped = nextAttempt(defaultCallSettings, { outcome: 'busy', attempts: made, now, curve: answerCurve({}) })
  expect(capped.giveUp ? [] : capped.because.map(({ code }) => code)).toEqual([
    'waited',
    'cap_per_day',
    'closed',
    'part',
    'answers',
  ])
})

test('within the ladder’s part of the day, the hour is the one at which this customer answers', () => {
  const now = instantOn('2026-04-13', '10:00')
  const customer = [{ weekday: 1, hour: 15, tried: 6, answered: 6 }]
  const curve = answerCurve({ customer })
  const next = nextAttempt(defaultCallSettings, {
    outcome: 'no_answer',
    attempts: [{ at: now, outcome: 'no_answer' }],
    now,
    curve,
  })
  expect(next.giveUp ? null : shown(next.at)).toBe('2026-04-13 15:00')
  expect(next).toMatchObject({
    because: expect.arrayContaining([
      { code: 'answers', params: { source: 'customer', hour: 15, percent: expect.any(Number) } },
    ]),
  })
})
