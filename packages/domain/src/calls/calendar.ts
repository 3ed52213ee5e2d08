import { addDays } from '../time.ts'

/*
 * The days that the moon and the law give. Religious days are the tables of Umm al-Qura moved by one day, as Morocco has
 * begun its months in most years: provisional until the ministry of Habous announces each, and editable by everyone.
 * Written in November 2026 for the years to 2030. Source: product.md 5.
 */

/** Holidays whose name the screen knows in every language; a merchant's own carries its own words. */
export const holidayKeys = [
  'new_year',
  'independence_manifesto',
  'amazigh_new_year',
  'labour_day',
  'throne_day',
  'oued_ed_dahab',
  'revolution_day',
  'youth_day',
  'unity_day',
  'green_march',
  'independence_day',
  'eid_al_fitr',
  'eid_al_adha',
  'hijri_new_year',
  'prophet_birthday',
] as const
export type HolidayKey = (typeof holidayKeys)[number]

export interface Holiday {
  readonly key: HolidayKey | null
  readonly name: string | null
  readonly from: string
  readonly to: string
  /** Comes back on the same days of every year. */
  readonly yearly: boolean
  readonly provisional: boolean
}

const fixed = [
  ['new_year', '01-01'],
  ['independence_manifesto', '01-11'],
  ['amazigh_new_year', '01-14'],
  ['labour_day', '05-01'],
  ['throne_day', '07-30'],
  ['oued_ed_dahab', '08-14'],
  ['revolution_day', '08-20'],
  ['youth_day', '08-21'],
  ['unity_day', '10-31'],
  ['green_march', '11-06'],
  ['independence_day', '11-18'],
] as const satisfies readonly (readonly [HolidayKey, string])[]

const lunar = [
  ['eid_al_fitr', 2, ['2026-03-21', '2027-03-10', '2028-02-27', '2029-02-15', '2030-02-05']],
  ['eid_al_adha', 2, ['2026-05-28', '2027-05-17', '2028-05-06', '2029-04-25', '2030-04-14']],
  ['hijri_new_year', 1, ['2026-06-17', '2027-06-07', '2028-05-26', '2029-05-15', '2030-05-05']],
  ['prophet_birthday', 2, ['2026-08-26', '2027-08-15', '2028-08-04', '2029-07-25', '2030-07-14']],
] as const satisfies readonly (readonly [HolidayKey, number, readonly string[]])[]

const moonDays: Holiday[] = lunar.flatMap(([key, length, days]) =>
  days.map((from) => ({ key, name: null, from, to: addDays(from, length - 1), yearly: false, provisional: true })),
)

const yearlyDays: Holiday[] = fixed.map(([key, day]) => ({
  key,
  name: null,
  from: `2026-${day}`,
  to: `2026-${day}`,
  yearly: true,
  provisional: false,
}))

export const defaultHolidays: readonly Holiday[] = [...yearlyDays, ...moonDays].sort((one, other) =>
  one.from.localeCompare(other.from),
)

export interface RamadanPeriod {
  readonly from: string
  readonly to: string
  readonly provisional: boolean
}

const ramadans = [
  ['2026-02-19', '2026-03-20'],
  ['2027-02-09', '2027-03-09'],
  ['2028-01-29', '2028-02-26'],
  ['2029-01-17', '2029-02-14'],
  ['2030-01-06', '2030-02-04'],
  ['2030-12-27', '2031-01-24'],
] as const
export const defaultRamadans: readonly RamadanPeriod[] = ramadans.map(([from, to]) => ({ from, to, provisional: true }))
