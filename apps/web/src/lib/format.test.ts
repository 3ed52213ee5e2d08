import { followClock } from '@sendocki/domain/time'
import { afterEach, describe, expect, test } from 'vitest'
import {
  displayPhone,
  formatAge,
  formatCount,
  formatDay,
  formatDayName,
  formatInstant,
  formatPercent,
  formatRelative,
  formatTime,
} from './format.ts'

const now = new Date('2026-11-23T12:00:00Z')
const before = (minutes: number): string => new Date(now.getTime() - minutes * 60_000).toISOString()

test('a capped count says that there are more', () => {
  expect(formatCount(1000, true, 'fr')).toBe('1\u00A0000+')
})

test('an undefined ratio is a dash, not zero', () => {
  expect(formatPercent(null, 'fr')).toBe('–')
  expect(formatPercent(Number.NaN, 'fr')).toBe('–')
  expect(formatPercent(0.784, 'fr')).toBe('78,4\u00A0%')
  expect(formatPercent(0.784, 'ar')).toBe('78,4%')
})

describe('a phone', () => {
  test('is shown in pairs', () =>
    expect(displayPhone('+212612345678')).toBe('06 12 34 56 78'.replaceAll(' ', '\u00A0')))
  test('keeps its length when masked', () =>
    expect(displayPhone('+2126••••••78')).toBe('06 •• •• •• 78'.replaceAll(' ', '\u00A0')))
  test('from abroad stays as it is', () => expect(displayPhone('+33612345678')).toBe('+33612345678'))
})

describe('age', () => {
  test.each([
    [0, 'à l’instant', 'الآن'],
    [22, '22 min', '22 د'],
    [80, '1 h 20', 'ساعة و20 د'],
    [540, '9 h', '9 س'],
    [2 * 24 * 60, '2 j', 'يومان'],
    [5 * 24 * 60, '5 j', '5 أيام'],
    [12 * 24 * 60, '12 j', '12 يومًا'],
  ])('%i minutes', (minutes, fr, ar) => {
    expect(formatAge(before(minutes), now, 'fr')).toBe(fr)
    expect(formatAge(before(minutes), now, 'ar')).toBe(ar)
  })
  test('of something from a clock ahead of ours is "now"', () =>
    expect(formatAge(before(-5), now, 'fr')).toBe('à l’instant'))
})

test('time is told in Morocco, whatever the machine says', () => {
  expect(formatTime('2026-07-01T11:04:00Z', 'fr')).toBe('12:04')
})

describe('a device whose calendar is older than the latest decree', () => {
  afterEach(() => followClock(null))

  test.each([
    [0, '23:30', /30 jui/, /mardi 30 juin 2026/],
    [60, '00:30', /\b1 jui/, /mercredi 1 juillet 2026/],
    [120, '01:30', /\b1 jui/, /mercredi 1 juillet 2026/],
  ])('tells time and day by the server: %i minutes ahead of UTC', (minutes, time, day, instant) => {
    followClock({ changes: [{ from: '2026-01-01T00:00:00Z', minutes }], until: '2027-01-01T00:00:00Z' })
    const at = '2026-06-30T23:30:00Z'
    expect(formatTime(at, 'fr')).toBe(time)
    expect(formatDay(at, now, 'fr')).toMatch(day)
    expect(formatInstant(at, 'fr')).toMatch(instant)
    expect(formatInstant(at, 'fr')).toContain(time)
  })
})

test('a day is named today or yesterday by the calendar of Morocco, and by its date before and after', () => {
  // Half past midnight in Morocco, where the summer is an hour ahead of UTC.
  expect(formatDayName('2026-07-01T22:10:00Z', new Date('2026-07-01T23:30:00Z'), 'fr')).toBe('Hier')
  expect(formatDayName(before(60), now, 'fr')).toBe('Aujourd’hui')
  expect(formatDayName(before(60), now, 'ar')).toBe('اليوم')
  expect(formatDayName(before(24 * 60), now, 'fr')).toBe('Hier')
  expect(formatDayName(before(48 * 60), now, 'fr')).toBe(formatDay(before(48 * 60), now, 'fr'))
  expect(formatDayName(before(-24 * 60), now, 'fr')).toBe(formatDay(before(-24 * 60), now, 'fr'))
})

test('Arabic dates have Western digits', () => {
  expect(formatDay('2026-11-21T10:12:00Z', now, 'ar')).toMatch(/21/)
})

test('what is older than a week is told by its date', () => {
  expect(formatRelative(before(6), now, 'fr')).toBe('il y a 6\u00A0min')
  expect(formatRelative(before(10 * 24 * 60), now, 'fr')).toBe(formatDay(before(10 * 24 * 60), now, 'fr'))
})
