import type { Language } from '@sendocki/domain/language'
import { formatPhone } from '@sendocki/domain/phone-format'
import { dayOf, wallTimeOf } from '@sendocki/domain/time'

/** Western digits in every language; between groups U+00A0, because Intl's narrow space is too thin here. */
const groupSign: Record<Language, string> = { fr: '\u00A0', en: ',', ar: '\u00A0' }
const decimalSign: Record<Language, string> = { fr: ',', en: '.', ar: ',' }
const minus = '\u2212'

const group = (digits: string, language: Language): string => digits.replace(/\B(?=(\d{3})+$)/g, groupSign[language])

/** A whole number with its groups. */
export const formatNumber = (value: number, language: Language): string =>
  `${value < 0 ? minus : ''}${group(String(Math.abs(Math.trunc(value))), language)}`

/** A capped count: `1 000+` when there are more than were counted. */
export const formatCount = (count: number, capped: boolean, language: Language): string =>
  `${formatNumber(count, language)}${capped ? '+' : ''}`

/** A ratio as a percentage with one decimal, `–` for an unknown or undefined one. */
export const formatPercent = (ratio: number | null, language: Language): string => {
  if (ratio === null || !Number.isFinite(ratio)) return '–'
  const tenths = Math.round(Math.abs(ratio) * 1000)
  const sign = ratio < 0 && tenths > 0 ? minus : ''
  const whole = group(String(Math.floor(tenths / 10)), language)
  return `${sign}${whole}${decimalSign[language]}${tenths % 10}${language === 'fr' ? '\u00A0' : ''}%`
}

/** A phone of an answer, masked or whole, as people read it: `06 12 34 56 78`. */
export const displayPhone = (phone: string): string => formatPhone(phone).replaceAll(' ', '\u00A0')

const locales: Record<Language, string> = { fr: 'fr-MA-u-nu-latn', en: 'en-GB-u-nu-latn', ar: 'ar-MA-u-nu-latn' }

const formatters = new Map<string, Intl.DateTimeFormat>()
const dateFormatter = (language: Language, key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const name = `${language} ${key}`
  const known = formatters.get(name)
  if (known) return known
  // What is printed is a wall's time already: a browser's own calendar may be older than the latest decree.
  const made = new Intl.DateTimeFormat(locales[language], { timeZone: 'UTC', ...options })
  formatters.set(name, made)
  return made
}

/** `30/11/2026` of `2026-11-30`, as it is written in Morocco in every language. */
export const dayShown = (day: string): string => day.split('-').reverse().join('/')

/** "novembre 2026" of `2026-11`. */
export const formatMonth = (month: string, language: Language): string =>
  dateFormatter(language, 'month', { month: 'long', year: 'numeric' }).format(new Date(`${month}-01`))

/** Date and time in Morocco, to the minute: the exact moment behind every relative one. */
export const formatInstant = (instant: string, language: Language): string =>
  dateFormatter(language, 'instant', { dateStyle: 'full', timeStyle: 'short' }).format(wallTimeOf(instant))

/** Hour and minute in Morocco. */
export const formatTime = (instant: string, language: Language): string =>
  dateFormatter(language, 'time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(wallTimeOf(instant))

/** The day in Morocco, with the year only when it is not that of `now`. */
export const formatDay = (instant: string, now: Date, language: Language): string => {
  const date = wallTimeOf(instant)
  const sameYear = yearOf(date) === yearOf(wallTimeOf(now))
  const options = { weekday: 'short', day: 'numeric', month: 'short' } as const
  return sameYear
    ? dateFormatter(language, 'day', options).format(date)
    : dateFormatter(language, 'day year', { day: 'numeric', month: 'short', year: 'numeric' }).format(date)
}

/** The day in Morocco by its name: today, yesterday, else the day itself. */
export const formatDayName = (instant: string, now: Date, language: Language): string => {
  const days = (Date.parse(dayOf(now)) - Date.parse(dayOf(new Date(instant)))) / (day * 1000)
  if (days < 0 || days > 1) return formatDay(instant, now, language)
  const name = new Intl.RelativeTimeFormat(locales[language], { numeric: 'auto' }).format(-days, 'day')
  return name.charAt(0).toLocaleUpperCase(locales[language]) + name.slice(1)
}

const yearOf = (date: Date): string => dateFormatter('en', 'year', { year: 'numeric' }).format(date)

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** "il y a 6 min", "hier"; from the eighth day on the date itself. Never negative: a clock ahead of ours reads "now". */
export const formatRelative = (instant: string, now: Date, language: Language): string => {
  const seconds = (now.getTime() - new Date(instant).getTime()) / 1000
  if (Math.abs(seconds) >= 7 * day) return formatDay(instant, now, language)
  const relative = new Intl.RelativeTimeFormat(locales[language], { numeric: 'auto', style: 'short' })
  const [size, unit] = stepOf(Math.abs(seconds))
  const count = Math.floor(Math.abs(seconds) / size)
  return relative.format(seconds < 0 ? count : -count, unit)
}

const stepOf = (seconds: number): [number, Intl.RelativeTimeFormatUnit] => {
  if (seconds < minute) return [minute * 60, 'second']
  if (seconds < hour) return [minute, 'minute']
  return seconds < day ? [hour, 'hour'] : [day, 'day']
}

interface AgeWords {
  readonly now: string
  readonly minutes: (count: number) => string
  readonly hours: (hours: number, minutes: number) => string
  readonly days: (count: number) => string
}

const two = (count: number): string => String(count).padStart(2, '0')

const arabicCount = (count: number, one: string, pair: string, few: string, many: string): string => {
  if (count === 1) return one
  if (count === 2) return pair
  const rest = count % 100
  return rest >= 3 && rest <= 10 ? `${count} ${few}` : `${count} ${many}`
}

const ageWords: Record<Language, AgeWords> = {
  fr: {
    now: 'à l’instant',
    minutes: (count) => `${count} min`,
    hours: (hours, minutes) => (minutes > 0 ? `${hours} h ${two(minutes)}` : `${hours} h`),
    days: (count) => `${count} j`,
  },
  en: {
    now: 'just now',
    minutes: (count) => `${count} min`,
    hours: (hours, minutes) => (minutes > 0 ? `${hours} h ${two(minutes)}` : `${hours} h`),
    days: (count) => `${count} d`,
  },
  ar: {
    now: 'الآن',
    minutes: (count) => (count === 1 ? 'دقيقة' : `${count} د`),
    hours: (hours, minutes) => {
      const whole = hours === 1 ? 'ساعة' : `${hours} س`
      if (minutes === 0) return whole
      return hours === 1 ? `${whole} و${minutes} د` : `${whole} ${minutes} د`
    },
    days: (count) => arabicCount(count, 'يوم', 'يومان', 'أيام', 'يومًا'),
  },
}

/** How old something is, short: `22 min`, `1 h 20`, `9 h`, `2 j`. Minutes are dropped from the fifth hour on. */
export const formatAge = (instant: string, now: Date, language: Language): string => {
  const words = ageWords[language]
  const minutes = Math.floor((now.getTime() - new Date(instant).getTime()) / 60_000)
  if (minutes < 1) return words.now
  if (minutes < 60) return words.minutes(minutes)
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return words.hours(hours, hours < 5 ? minutes % 60 : 0)
  return words.days(Math.floor(hours / 24))
}
