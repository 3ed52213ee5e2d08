import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { startOfDay, wallClockOf } from '../time.ts'
import { closedBecause, instantOn, isCallTime, nextCallTime } from './hours.ts'
import { type CallSettings, defaultCallSettings, settingsFault } from './settings.ts'

const at = (day: string, clock: string): Date => instantOn(day, clock)
const shown = (moment: Date): string => {
  const { day, hour, minute } = wallClockOf(moment)
  return `${day} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

describe('the default hours', () => {
  test.each([
    ['2026-04-16', '08:59', 'hours', '2026-04-16 09:00'],
    ['2026-04-16', '09:00', null, '2026-04-16 09:00'],
    ['2026-04-16', '20:59', null, '2026-04-16 20:59'],
    ['2026-04-16', '21:00', 'hours', '2026-04-17 09:00'],
    ['2026-04-17', '12:29', null, '2026-04-17 12:29'],
    ['2026-04-17', '12:30', 'friday', '2026-04-17 15:00'],
    ['2026-04-17', '15:00', null, '2026-04-17 15:00'],
    ['2026-05-01', '10:00', 'holiday', '2026-05-02 09:00'],
    ['2027-02-15', '10:00', 'ramadan', '2027-02-15 11:00'],
    ['2027-02-15', '17:00', 'ramadan', '2027-02-15 20:30'],
    ['2027-02-15', '22:59', null, '2027-02-15 22:59'],
    ['2027-02-19', '13:00', 'friday', '2027-02-19 15:00'],
    // The last evening of Ramadan, then the two days of the feast.
    ['2027-03-09', '23:00', 'hours', '2027-03-12 09:00'],
    // A holiday that comes back every year.
    ['2031-11-18', '10:00', 'holiday', '2031-11-19 09:00'],
  ])('%s %s: %s, then %s', (day, clock, reason, next) => {
    expect(closedBecause(defaultCallSettings, at(day, clock))).toBe(reason)
    expect(isCallTime(defaultCallSettings, at(day, clock))).toBe(reason === null)
    expect(shown(nextCallTime(defaultCallSettings, at(day, clock)))).toBe(next)
  })
})

test('on both Sundays of change the day opens at nine on the wall', () => {
  for (const [day, opens] of [
    ['2026-02-15', '2026-02-15T09:00:00.000Z'],
    ['2026-03-22', '2026-03-22T08:00:00.000Z'],
  ] as const) {
    const free = { ...defaultCallSettings, ramadan: { ...defaultCallSettings.ramadan, periods: [] }, holidays: [] }
    expect(nextCallTime(free, new Date(startOfDay(day))).toISOString()).toBe(opens)
  }
})

test('hours that begin in the hour that comes twice open in the second one as well', () => {
  const week = Array.from({ length: 7 }, (_, index) => (index === 6 ? [{ from: '02:30', to: '04:30' }] : []))
  const night = { ...defaultCallSettings, week, holidays: [] }
  for (const from of ['2026-02-15T01:00:00.000Z', '2026-02-15T02:00:00.000Z'])
    expect(nextCallTime(night, new Date(from)).toISOString()).toBe(from.replace(':00:00', ':30:00'))
})

const clock = fc
  .integer({ min: 0, max: 48 })
  .map((half) => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 ? '30' : '00'}`)
const span = fc
  .tuple(clock, clock)
  .filter(([from, to]) => from !== to)
  .map(([one, other]) => (one < other ? { from: one, to: other } : { from: other, to: one }))
const spans = fc.array(span, { maxLength: 1 })
const anySettings: fc.Arbitrary<CallSettings> = fc
  .record({ week: fc.array(spans, { minLength: 7, maxLength: 7 }), fridayPause: fc.option(span), ramadanHours: span })
  .map(({ week, fridayPause, ramadanHours }) => ({
    ...defaultCallSettings,
    week,
    fridayPause,
    ramadan: { ...defaultCallSettings.ramadan, hours: [ramadanHours] },
  }))
  .filter((settings) => settingsFault(settings) === null)

/** The weeks around both changes of 2026, and plain days. */
const moments = fc.oneof(
  fc.date({ min: new Date('2026-02-13'), max: new Date('2026-02-17'), noInvalidDate: true }),
  fc.date({ min: new Date('2026-03-20'), max: new Date('2026-03-24'), noInvalidDate: true }),
  fc.date({ min: new Date('2026-01-01'), max: new Date('2026-08-31'), noInvalidDate: true }),
)

test('law 14: no call is offered outside allowed hours, on either day when the offset changes', () => {
  fc.assert(
    fc.property(anySettings, moments, (settings, from) => {
      const next = nextCallTime(settings, from)
      expect(next.getTime()).toBeGreaterThanOrEqual(from.getTime())
      const { day, hour, minute, weekday } = wallClockOf(next)
      const inRamadan = settings.ramadan.periods.some((period) => period.from <= day && day <= period.to)
      const hours = inRamadan ? settings.ramadan.hours : (settings.week[weekday - 1] ?? [])
      const wall = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
      expect(hours.some((one) => one.from <= wall && wall < one.to)).toBe(true)
      expect(settings.week[weekday - 1]).not.toEqual([])
      expect(settings.holidays.some((one) => !one.yearly && one.from <= day && day <= one.to)).toBe(false)
      const { fridayPause: pause } = settings
      if (weekday === 5 && pause) expect(pause.from <= wall && wall < pause.to).toBe(false)
      // Nothing allowed is passed over on the way, looked at hour by hour.
      const early = Array.from({ length: 30 }, (_, step) => new Date(from.getTime() + step * 3_600_000))
      for (const one of early.filter((moment) => moment < next && wallClockOf(moment).hour > 3))
        expect(isCallTime(settings, one)).toBe(false)
    }),
    { numRuns: 300 },
  )
})

describe('settings that make no sense', () => {
  const change = (part: Partial<CallSettings>) => settingsFault({ ...defaultCallSettings, ...part })
  const day = { key: null, name: 'Inventaire', yearly: false, provisional: false }
  test.each<[Partial<CallSettings>, string | null]>([
    [{}, null],
    [{ week: Array.from({ length: 7 }, () => []) }, 'no_hours'],
    [
      { week: defaultCallSettings.week.map((_, index) => (index === 4 ? [{ from: '09:00', to: '21:00' }] : [])) },
      'no_hours',
    ],
    [{ fridayPause: { from: '15:00', to: '12:30' } }, 'spans'],
    [
      {
        week: defaultCallSettings.week.map(() => [
          { from: '09:00', to: '12:00' },
          { from: '11:00', to: '18:00' },
        ]),
      },
      'spans',
    ],
    [{ ramadan: { ...defaultCallSettings.ramadan, hours: [{ from: '20:00', to: '19:00' }] } }, 'spans'],
    [
      {
        ramadan: {
          ...defaultCallSettings.ramadan,
          periods: [{ from: '2027-02-09', to: '2027-06-09', provisional: true }],
        },
      },
      'days',
    ],
    [{ holidays: [{ ...day, from: '2027-01-02', to: '2027-01-01' }] }, 'days'],
    [{ holidays: [{ ...day, name: null, from: '2027-01-02', to: '2027-01-02' }] }, 'name'],
    [
      { holidays: Array.from({ length: 10 }, () => ({ ...day, from: '2027-01-02', to: '2027-01-16' })) },
      'too_many_days',
    ],
    [{ dayParts: { afternoonFrom: '18:00', eveningFrom: '17:00' } }, 'parts'],
  ])('case %#', (part, code) => expect(change(part)?.code ?? null).toBe(code))
})
