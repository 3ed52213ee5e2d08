import { addDays, dayOf, daysBetween, endOfDay, fromMoroccanClock, isDay, wallClockOf } from '../time.ts'
import { type CallSettings, minuteOf, type Span } from './settings.ts'

/*
 * When calls may be offered, on Moroccan clocks. These are hard limits: whatever chooses a time, the ladder, the curve of
 * answers or a person's words, comes through here. Source: product.md 6, law 14.
 */

/** Why no call is made at an instant. */
export const closedReasons = ['hours', 'friday', 'ramadan', 'holiday'] as const
export type ClosedReason = (typeof closedReasons)[number]

const friday = 5

/** Longer than any closed stretch that `settingsFault` lets through. */
const furthestDays = 1_000

const within = (day: string, { from, to }: { from: string; to: string }): boolean => from <= day && day <= to

const isHoliday = ({ holidays }: CallSettings, day: string): boolean =>
  holidays.some((holiday) => {
    if (!holiday.yearly) return within(day, holiday)
    // A yearly holiday may run over the end of the year, so it is looked for from its beginning this year and last.
    const length = daysBetween(holiday.from, holiday.to)
    return [0, 1].some((back) => {
      const start = startIn(holiday.from, Number(day.slice(0, 4)) - back)
      return start !== null && within(day, { from: start, to: addDays(start, length) })
    })
  })

/** The day of a yearly holiday in a year; a 29 February comes in leap years only. */
const startIn = (day: string, year: number): string | null => {
  const start = `${year}-${day.slice(5)}`
  return isDay(start) ? start : null
}

const without = (spans: readonly Span[], pause: Span | null): Span[] => {
  if (pause === null) return [...spans]
  return spans
    .flatMap(({ from, to }) => [
      { from, to: to < pause.from ? to : pause.from },
      { from: from > pause.to ? from : pause.to, to },
    ])
    .filter(({ from, to }) => from < to)
}

export const isRamadan = ({ ramadan }: CallSettings, day: string): boolean =>
  ramadan.periods.some((period) => within(day, period))

/** The spans of a day, and what made them so. */
const dayPlan = (settings: CallSettings, day: string): { spans: Span[]; usual: readonly Span[]; ramadan: boolean } => {
  const weekday = wallClockOf(noonOf(day)).weekday
  const usual = settings.week[weekday - 1] ?? []
  const ramadan = isRamadan(settings, day)
  // A weekday that is closed stays closed in Ramadan.
  const hours = ramadan && usual.length > 0 ? settings.ramadan.hours : usual
  if (isHoliday(settings, day)) return { spans: [], usual, ramadan }
  return { spans: weekday === friday ? without(hours, settings.fridayPause) : [...hours], usual, ramadan }
}

const noonOf = (day: string): string => `${day}T12:00:00Z`

/** The hours in which a day allows calls, first to last; empty for a day without any. */
export const callSpansOf = (settings: CallSettings, day: string): Span[] => dayPlan(settings, day).spans

const holds = (spans: readonly Span[], minute: number): boolean =>
  spans.some(({ from, to }) => minuteOf(from) <= minute && minute < minuteOf(to))

const minuteAt = (at: Date): number => {
  const { hour, minute } = wallClockOf(at)
  return hour * 60 + minute
}

/** Whether a call may be offered at an instant. */
export const isCallTime = (settings: CallSettings, at: Date): boolean =>
  holds(callSpansOf(settings, dayOf(at)), minuteAt(at))

/** Why an instant allows no call; null when it does. */
export const closedBecause = (settings: CallSettings, at: Date): ClosedReason | null => {
  const day = dayOf(at)
  const minute = minuteAt(at)
  const { spans, usual, ramadan } = dayPlan(settings, day)
  if (holds(spans, minute)) return null
  if (isHoliday(settings, day)) return 'holiday'
  const { fridayPause } = settings
  if (fridayPause && wallClockOf(at).weekday === friday && holds([fridayPause], minute)) return 'friday'
  return ramadan && holds(usual, minute) ? 'ramadan' : 'hours'
}

/**
 * The first instant from `from` on at which a call may be offered: `from` itself when it is one. Settings that passed
 * `settingsFault` always have one within the year.
 */
export const nextCallTime = (settings: CallSettings, from: Date): Date => {
  if (isCallTime(settings, from)) return from
  const today = dayOf(from)
  for (let wait = 0; wait <= furthestDays; wait += 1) {
    const day = addDays(today, wait)
    for (const span of callSpansOf(settings, day)) {
      const opens = openingsOf(settings, day, span).find((at) => at >= from)
      if (opens) return opens
    }
  }
  throw new RangeError('these settings have no hours for calls')
}

/** The instant of a clock on a Moroccan day; 24:00 is the first instant of the next. */
export const instantOn = (day: string, clock: string): Date => {
  if (clock === '24:00') return new Date(endOfDay(day))
  const reading = fromMoroccanClock(`${day} ${clock}`)
  if (reading === null) throw new RangeError(`${day} ${clock} is no instant`)
  return new Date(reading.at)
}

const hourMillis = 3_600_000

/**
 * A span may begin in an hour that a change of offset leaves out: what is left of it opens after the change, or never. In
 * an hour that a change repeats it opens twice.
 */
const openingsOf = (settings: CallSettings, day: string, span: Span): Date[] => {
  const opens = instantOn(day, span.from)
  const again = new Date(opens.getTime() + hourMillis)
  const repeats = minuteAt(again) === minuteOf(span.from)
  return [opens, ...(repeats ? [again] : [])].filter((at) => isCallTime(settings, at))
}
