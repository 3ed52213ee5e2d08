import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import {
  addDays,
  afterWorkingMinutes,
  ageBucketOf,
  clockBetween,
  dayOf,
  daysBetween,
  endOfDay,
  followClock,
  fromMoroccanClock,
  isDay,
  mondayOf,
  parseInstant,
  startOfDay,
  wallClockOf,
  wallTimeOf,
  workingMinutesBetween,
} from './time.ts'

/*
 * Dates lie before September 2026: from then on the tz database itself changed its mind about Morocco, and a test must
 * not depend on which edition the machine carries. In 2026 Ramadan moved the clocks on 15 February (03:00 became 02:00)
 * and on 22 March (02:00 became 03:00).
 */

describe('the Moroccan day of an instant', () => {
  test.each([
    ['2026-01-15T22:59:59.999Z', '2026-01-15'],
    ['2026-01-15T23:00:00Z', '2026-01-16'],
    ['2026-02-20T23:30:00Z', '2026-02-20'],
    ['2026-02-21T00:00:00Z', '2026-02-21'],
    ['2025-12-31T23:00:00Z', '2026-01-01'],
    ['2026-03-22T01:59:59Z', '2026-03-22'],
    ['2026-01-15T23:00:00+01:00', '2026-01-15'],
  ])('%s is on %s', (at, day) => {
    expect(dayOf(at)).toBe(day)
    expect(dayOf(new Date(at))).toBe(day)
  })

  test('has a clock and a weekday of its own', () => {
    expect(wallClockOf('2026-01-18T23:05:00Z')).toEqual({ day: '2026-01-19', hour: 0, minute: 5, weekday: 1 })
    expect(wallClockOf('2026-02-22T23:05:00Z')).toEqual({ day: '2026-02-22', hour: 23, minute: 5, weekday: 7 })
  })

  test('what is no instant has none', () => {
    expect(() => dayOf('yesterday')).toThrow(RangeError)
    expect(() => dayOf(new Date(Number.NaN))).toThrow(RangeError)
  })
})

describe('the bounds of a Moroccan day', () => {
  test.each([
    ['2026-01-15', '2026-01-14T23:00:00.000Z', '2026-01-15T23:00:00.000Z', 24],
    ['2026-02-20', '2026-02-20T00:00:00.000Z', '2026-02-21T00:00:00.000Z', 24],
    ['2026-02-15', '2026-02-14T23:00:00.000Z', '2026-02-16T00:00:00.000Z', 25],
    ['2026-03-22', '2026-03-22T00:00:00.000Z', '2026-03-22T23:00:00.000Z', 23],
  ])('%s runs from %s to %s, %d hours', (day, start, end, hours) => {
    expect(startOfDay(day)).toBe(start)
    expect(endOfDay(day)).toBe(end)
    expect(Date.parse(end) - Date.parse(start)).toBe(hours * 3_600_000)
  })

  test('what is no day has none', () => {
    for (const text of ['2026-02-30', '2026-2-3', '2026-02-03T10:00', '', '0000-00-00']) {
      expect(isDay(text)).toBe(false)
      expect(() => startOfDay(text)).toThrow(RangeError)
    }
    expect(isDay('2028-02-29')).toBe(true)
  })
})

describe('a text on a Moroccan clock becomes an instant', () => {
  test.each([
    ['2026-01-15 10:30:00', '2026-01-15T09:30:00.000Z', 'exact'],
    ['2026-02-20 10:30:00', '2026-02-20T10:30:00.000Z', 'exact'],
    ['2026-01-15T10:30', '2026-01-15T09:30:00.000Z', 'exact'],
    [' 2026-01-15 10:30:05.250 ', '2026-01-15T09:30:05.250Z', 'exact'],
    ['2026-02-15 01:59:59', '2026-02-15T00:59:59.000Z', 'exact'],
    ['2026-02-15 02:00:00', '2026-02-15T01:00:00.000Z', 'twice'],
    ['2026-02-15 02:59:59', '2026-02-15T01:59:59.000Z', 'twice'],
    ['2026-02-15 03:00:00', '2026-02-15T03:00:00.000Z', 'exact'],
    ['2026-03-22 01:59:59', '2026-03-22T01:59:59.000Z', 'exact'],
    ['2026-03-22 02:00:00', '2026-03-22T02:00:00.000Z', 'skipped'],
    ['2026-03-22 02:30:00', '2026-03-22T02:30:00.000Z', 'skipped'],
    ['2026-03-22 03:00:00', '2026-03-22T02:00:00.000Z', 'exact'],
  ])('%s is %s (%s)', (text, at, certainty) => expect(fromMoroccanClock(text)).toEqual({ at, certainty }))

  test.each([
    '',
    'hier',
    '2026-01-15',
    '2026-02-30 10:00:00',
    '2026-01-15 24:00:00',
    '2026-01-15 10:60:00',
    '0000-00-00 00:00:00',
    '9999-12-31 00:00:00',
    '2026-01-15 10:30:00Z',
    '15/01/2026 10:30',
  ])('%j is unreadable', (text) => expect(fromMoroccanClock(text)).toBeNull())
})

describe('an instant that says its offset', () => {
  test.each([
    ['2026-11-20T10:00:00Z', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20T10:00:00+01:00', '2026-11-20T09:00:00.000Z'],
    ['2026-11-20T10:00:00-0530', '2026-11-20T15:30:00.000Z'],
    ['2026-11-20T10:00:00+01', '2026-11-20T09:00:00.000Z'],
    ['2026-11-20 10:00:00+00:00', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20T10:00Z', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20T10:00:00.123456Z', '2026-11-20T10:00:00.123Z'],
    ['2026-01-01T00:30:00+01:00', '2025-12-31T23:30:00.000Z'],
  ])('%s is %s', (text, at) => expect(parseInstant(text)).toBe(at))

  test.each([
    '2026-11-20T10:00:00',
    '2026-11-20',
    '2026-11-20Z',
    '2026-02-29T10:00:00Z',
    '2026-11-20T25:00:00Z',
    '0001-01-01T00:00:00Z',
    '2026-11-20T10:00:00+15:00',
    'now',
    '',
  ])('%j is not read', (text) => expect(parseInstant(text)).toBeNull())
})

test('days are added, counted and brought to their Monday by the calendar', () => {
  expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
  expect(daysBetween('2026-02-14', '2026-03-23')).toBe(37)
  expect(daysBetween('2026-03-23', '2026-02-14')).toBe(-37)
  expect(mondayOf('2026-03-22')).toBe('2026-03-16')
  expect(mondayOf('2026-03-16')).toBe('2026-03-16')
})

describe('working time', () => {
  const local = (text: string) => fromMoroccanClock(text)?.at ?? text
  test.each([
    ['2026-01-15 10:00', '2026-01-15 12:30', 150],
    ['2026-01-15 23:00', '2026-01-16 09:00', 0],
    ['2026-01-15 23:00', '2026-01-16 10:00', 60],
    ['2026-01-15 20:00', '2026-01-16 10:00', 120],
    ['2026-01-15 06:00', '2026-01-15 23:00', 720],
    ['2026-01-15 20:30', '2026-01-25 09:30', 60 + 9 * 720],
    ['2026-02-14 20:00', '2026-02-15 10:00', 120],
    ['2026-03-21 20:00', '2026-03-22 10:00', 120],
    ['2026-01-15 12:00', '2026-01-15 11:00', 0],
    ['2026-01-15 10:00:00', '2026-01-15 10:00:59', 0],
  ])('%s to %s is %d minutes', (from, to, minutes) => {
    expect(workingMinutesBetween(local(from), local(to))).toBe(minutes)
  })

  test('follows the merchant’s own hours, the whole day included', () => {
    const from = local('2026-01-15 08:00')
    expect(workingMinutesBetween(from, local('2026-01-15 20:00'), { opensAt: '10:00', closesAt: '18:30' })).toBe(510)
    expect(workingMinutesBetween(from, local('2026-01-16 08:00'), { opensAt: '00:00', closesAt: '24:00' })).toBe(1440)
  })
  test.each([
    ['21:00', '09:00'],
    ['09:00', '09:00'],
    ['9:00', '21:00'],
    ['09:00', '24:30'],
  ])('%s to %s is refused', (opensAt, closesAt) => {
    expect(() => workingMinutesBetween('2026-01-15T10:00Z', '2026-01-15T11:00Z', { opensAt, closesAt })).toThrow(
      RangeError,
    )
  })
})

describe('the end of a stretch of working time', () => {
  const local = (text: string) => fromMoroccanClock(text)?.at ?? text
  test.each([
    ['2026-01-15 10:00', 150, '2026-01-15 12:30'],
    ['2026-01-15 20:00', 60, '2026-01-15 21:00'],
    ['2026-01-15 20:00', 61, '2026-01-16 09:01'],
    ['2026-01-15 23:00', 30, '2026-01-16 09:30'],
    ['2026-02-14 20:00', 120, '2026-02-15 10:00'],
  ])('%s and %d minutes is %s', (from, minutes, end) => {
    expect(afterWorkingMinutes(local(from), minutes)).toBe(local(end))
  })

  test('is as many working minutes away, from any instant', () => {
    const instant = fc.date({
      min: new Date('2020-01-01T00:00:00Z'),
      max: new Date('2030-01-01T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 100_000 }), (from, minutes) => {
        expect(workingMinutesBetween(from, afterWorkingMinutes(from, minutes))).toBe(minutes)
      }),
    )
  })
})

test.each([
  ['2026-01-31T12:00:00Z', 'days_0_2'],
  ['2026-01-28T23:00:00Z', 'days_0_2'],
  ['2026-01-28T22:59:59Z', 'days_3_7'],
  ['2026-01-20T12:00:00Z', 'days_8_14'],
  ['2026-01-01T12:00:00Z', 'days_15_30'],
  ['2025-12-31T12:00:00Z', 'days_over_30'],
  ['2026-02-02T12:00:00Z', 'days_0_2'],
])('on 31 January %s is in %s', (at, bucket) => expect(ageBucketOf(at, '2026-01-31T12:00:00Z')).toBe(bucket))

describe('for any input', () => {
  const instant = fc.date({
    min: new Date('1973-01-01T00:00:00Z'),
    max: new Date('2900-01-01T00:00:00Z'),
    noInvalidDate: true,
  })
  const day = instant.map((at) => at.toISOString().slice(0, 10))
  const dateLike = fc.string({ unit: fc.constantFrom(...'0123456789-:T Z+.'), maxLength: 26 })

  test('reading never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), dateLike), (text) => {
        parseInstant(text)
        fromMoroccanClock(text)
        isDay(text)
      }),
    )
  })

  test('every instant lies within its day, and days meet without gap or overlap', () => {
    fc.assert(
      fc.property(instant, (at) => {
        const today = dayOf(at)
        expect(startOfDay(today) <= at.toISOString() && at.toISOString() < endOfDay(today)).toBe(true)
        expect(dayOf(endOfDay(today))).toBe(addDays(today, 1))
      }),
    )
  })

  test('an instant read again is itself', () => {
    fc.assert(
      fc.property(instant, (at) => {
        expect(parseInstant(at.toISOString())).toBe(at.toISOString())
      }),
    )
  })

  test('adding days and taking them off again is the same day', () => {
    fc.assert(
      fc.property(day, fc.nat(400), (from, count) => {
        expect(addDays(addDays(from, count), -count)).toBe(from)
      }),
    )
  })

  test('working time of two stretches adds up to that of both', () => {
    fc.assert(
      fc.property(fc.tuple(instant, instant, instant), (moments) => {
        const [a, b, c] = moments
          .map((at) => new Date(Math.floor(at.getTime() / 60_000) * 60_000))
          .sort((x, y) => Number(x) - Number(y)) as [Date, Date, Date]
        expect(workingMinutesBetween(a, b) + workingMinutesBetween(b, c)).toBe(workingMinutesBetween(a, c))
      }),
    )
  })
})

describe('a device that is told how the clock stands', () => {
  afterEach(() => followClock(null))

  test('reads and shows what the server does, in the years that it was told of', () => {
    const clock = clockBetween('2024-01-01', '2028-01-01')
    // Twice a year, as Ramadan begins and ends.
    expect(clock.changes.length).toBeGreaterThan(4)
    const instants = fc.date({ min: new Date('2023-12-25'), max: new Date('2028-01-08'), noInvalidDate: true })
    const seen = (at: Date) => {
      const wall = wallTimeOf(at)
      return [wallClockOf(at), wall, fromMoroccanClock(wall.toISOString().slice(0, 19))]
    }
    fc.assert(
      fc.property(instants, (at) => {
        followClock(null)
        const own = seen(at)
        followClock(clock)
        expect(seen(at)).toEqual(own)
      }),
    )
  })

  test.each([
    ['before what it was told', '2019-12-31T23:59:00Z', { day: '2020-01-01', hour: 0 }],
    ['from its first instant on', '2020-01-01T00:00:00Z', { day: '2020-01-01', hour: 2 }],
    ['up to a change', '2020-02-29T23:59:00Z', { day: '2020-03-01', hour: 1 }],
    ['from a change on', '2020-03-01T00:00:00Z', { day: '2020-03-01', hour: 0 }],
    ['after its last instant', '2020-07-01T00:00:00Z', { day: '2020-07-01', hour: 1 }],
  ])('%s shows what was decreed then', (_when, at, shown) => {
    followClock({
      changes: [
        { from: '2020-01-01T00:00:00Z', minutes: 120 },
        { from: '2020-03-01T00:00:00Z', minutes: 0 },
      ],
      until: '2020-07-01T00:00:00Z',
    })
    expect(wallClockOf(at)).toMatchObject(shown)
  })

  test('reads what is typed by the same clock', () => {
    followClock({ changes: [{ from: '2020-01-01T00:00:00Z', minutes: 120 }], until: '2021-01-01T00:00:00Z' })
    expect(fromMoroccanClock('2020-02-01 14:00')).toEqual({ at: '2020-02-01T12:00:00.000Z', certainty: 'exact' })
    followClock(null)
    expect(fromMoroccanClock('2020-02-01 14:00')?.at).toBe('2020-02-01T13:00:00.000Z')
  })
})
