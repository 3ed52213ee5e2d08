import type { Prayer } from './callback-vocabulary.ts'

/*
 * When the prayers fall in Casablanca, on the fifteenth of each month, in UTC and to five minutes: computed in November
 * 2026 from the sun's position (dawn at 19°, night at 17°, the shadow of one length for asr), good for an appointment by
 * phone and for nothing else. In UTC, because the sun does not move its clocks: the offset of the day makes the rest.
 */

type Sun = Exclude<Prayer, 'jumua'>

const months: readonly Readonly<Record<Sun, string>>[] = [
  { fajr: '06:05', dhuhr: '12:45', asr: '15:25', maghrib: '17:45', isha: '19:05' },
  { fajr: '05:50', dhuhr: '12:50', asr: '15:50', maghrib: '18:15', isha: '19:30' },
  { fajr: '05:15', dhuhr: '12:45', asr: '16:05', maghrib: '18:40', isha: '19:55' },
  { fajr: '04:30', dhuhr: '12:35', asr: '16:10', maghrib: '19:05', isha: '20:20' },
  { fajr: '03:50', dhuhr: '12:30', asr: '16:10', maghrib: '19:25', isha: '20:55' },
  { fajr: '03:30', dhuhr: '12:35', asr: '16:15', maghrib: '19:45', isha: '21:20' },
  { fajr: '03:45', dhuhr: '12:40', asr: '16:20', maghrib: '19:45', isha: '21:15' },
  { fajr: '04:15', dhuhr: '12:40', asr: '16:15', maghrib: '19:20', isha: '20:40' },
  { fajr: '04:45', dhuhr: '12:30', asr: '15:55', maghrib: '18:40', isha: '19:55' },
  { fajr: '05:10', dhuhr: '12:20', asr: '15:25', maghrib: '17:55', isha: '19:10' },
  { fajr: '05:35', dhuhr: '12:20', asr: '15:05', maghrib: '17:30', isha: '18:50' },
  { fajr: '05:55', dhuhr: '12:30', asr: '15:05', maghrib: '17:30', isha: '18:50' },
]

const minutesAfter = 20
const minutesBefore = 30
/** The Friday prayer with its sermon takes longer than the others. */
const minutesAfterFriday = 75

/** The moment at which somebody expects a call "after" or "before" a prayer of a day. */
export const aroundPrayer = (day: string, prayer: Prayer, side: 'after' | 'before'): Date => {
  const sun = prayer === 'jumua' ? 'dhuhr' : prayer
  const clock = months[Number(day.slice(5, 7)) - 1]?.[sun]
  if (clock === undefined) throw new RangeError(`${day} is no day`)
  const after = prayer === 'jumua' ? minutesAfterFriday : minutesAfter
  return new Date(Date.parse(`${day}T${clock}:00Z`) + (side === 'after' ? after : -minutesBefore) * 60_000)
}
