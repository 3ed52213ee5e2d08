import { addDays, dayOf, daysBetween, isDay, mondayOf, wallClockOf } from '../time.ts'
import { callbackWords, type PartOfDay, type Prayer } from './callback-vocabulary.ts'
import { type ClockWish, callbackWish, type DayWish, type Wish } from './callback-wish.ts'
import { type ClosedReason, closedBecause, instantOn, isCallTime, nextCallTime } from './hours.ts'
import { aroundPrayer } from './prayers.ts'
import type { CallSettings } from './settings.ts'

/*
 * What "demain 15h", "lundi matin" or "بعد العصر" mean as an instant. A reading is a proposal: it says what was
 * understood and what was moved, and a person agrees to it. What can be read in two ways is asked. Source: product.md 6.
 */

/**
 * What was understood, for the screen to say: `day` { day }, `clock` { clock }, `part` { part }, `prayer` { prayer, side },
 * `in` { minutes }, `assumed_pm` when a bare hour was taken for the afternoon.
 */
export interface Understood {
  readonly code: 'day' | 'clock' | 'part' | 'prayer' | 'in' | 'assumed_pm'
  readonly params: Readonly<Record<string, string | number>>
}

export type CallbackReading =
  | {
      readonly kind: 'resolved'
      readonly at: Date
      readonly understood: readonly Understood[]
      /** What was said, where that was over or outside the hours of calls. */
      readonly moved: { readonly from: Date; readonly because: 'past' | ClosedReason } | null
    }
  | {
      readonly kind: 'asks'
      readonly code: 'which_day' | 'which_time' | 'am_or_pm'
      readonly choices: readonly Date[]
    }
  | {
      readonly kind: 'none'
      readonly code: 'empty' | 'not_understood' | 'negated' | 'past' | 'no_such_day' | 'too_far'
    }

const furthestDays = 60
const minuteMillis = 60_000

/** The clock that a part of the day stands for, and when it is over. */
const partClocks: Readonly<Record<PartOfDay, readonly [at: string, ends: string]>> = {
  morning: ['10:00', '12:00'],
  noon: ['12:00', '14:00'],
  afternoon: ['15:00', '18:00'],
  late_afternoon: ['17:00', '19:00'],
  evening: ['18:30', '21:00'],
  tonight: ['18:30', '23:00'],
  night: ['20:00', '23:00'],
}
const offeredClocks = ['10:00', '12:00', '15:00', '18:30'] as const

const friday = 5
const clockText = (hour: number, minute: number): string =>
  `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`

const plusMinutes = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * minuteMillis)

/** Rounded up to five minutes: nobody promises 15:07. */
const roundedUp = (at: Date): Date => new Date(Math.ceil(at.getTime() / (5 * minuteMillis)) * 5 * minuteMillis)

interface Asked {
  readonly now: Date
  readonly settings: CallSettings
  readonly wish: Wish
}

/** The days that a wish can mean: none said, one, or today and in a week; null for one that no calendar has. */
const daysOf = (wished: DayWish, { now, wish }: Asked): string[] | null => {
  const today = dayOf(now)
  switch (wished.is) {
    case 'add':
      return [addDays(today, wished.days)]
    case 'nextWeek':
      return [addDays(mondayOf(today), 7)]
    case 'weekday': {
      if (wish.nextWeek) return [addDays(mondayOf(today), 6 + wished.weekday)]
      const ahead = (wished.weekday - wallClockOf(now).weekday + 7) % 7
      if (ahead > 0) return [addDays(today, ahead)]
      return wish.next ? [addDays(today, 7)] : [today, addDays(today, 7)]
    }
    case 'date':
      return dateFrom(today, wished)
  }
}

/** The next day of that number, or of that number and month; null when there is none within a year. */
const dateFrom = (today: string, { day, month }: { day: number; month: number | null }): string[] | null => {
  const year = Number(today.slice(0, 4))
  for (let ahead = 0; ahead <= 12; ahead += 1) {
    const at = Number(today.slice(5, 7)) - 1 + ahead
    const text = `${year + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`
    if (month !== null && (at % 12) + 1 !== month) continue
    if (isDay(text) && text >= today) return [text]
  }
  return null
}

interface Moment {
  readonly at: Date
  readonly understood: readonly Understood[]
}

const onDay = (day: string, clock: string, understood: readonly Understood[]): Moment => ({
  at: instantOn(day, clock),
  understood: [{ code: 'day', params: { day } }, ...understood],
})

/** In the afternoon, unless the morning was said: 3 d l3chiya, 8 du soir; noon and what is past it stay as they are. */
const hourInPart = (hour: number, half: 'am' | 'pm'): number => {
  if (half === 'pm') return hour < 12 ? hour + 12 : hour
  return hour === 12 ? 0 : hour
}

/** The hours that a clock can mean on a day, the likeliest alone when the hours of calls leave no other. */
const hoursOf = (clock: ClockWish, day: string, { settings, wish }: Asked): readonly number[] => {
  const { hour, minute } = clock
  const half = clock.half ?? halfOf(wish.parts[0])
  if (half) return [hourInPart(hour, half)]
  if (hour === 0 || hour >= 12 || (clock.exact && hour >= 7)) return [hour]
  const open = [hour, hour + 12].filter((one) => isCallTime(settings, instantOn(day, clockText(one, minute))))
  if (open.length > 0) return open
  return [hour >= 7 ? hour : hour + 12]
}

const halfOf = (part: PartOfDay | undefined): 'am' | 'pm' | null => {
  if (part === undefined) return null
  return part === 'morning' ? 'am' : 'pm'
}

const clockMoments = (clock: ClockWish, day: string, asked: Asked): Moment[] =>
  hoursOf(clock, day, asked).flatMap((hour) => {
    if (hour > 23) return []
    const said = clockText(hour, clock.minute)
    const moment = onDay(day, said, [
      { code: 'clock', params: { clock: said } },
      ...(hour === clock.hour ? [] : [{ code: 'assumed_pm' as const, params: {} }]),
    ])
    return [asked.wish.side === 'before' ? { ...moment, at: plusMinutes(moment.at, -30) } : moment]
  })

const partMoment = (part: PartOfDay, day: string, { now, wish }: Asked): Moment => {
  const [clock, ends] = partClocks[part]
  const moment = onDay(day, clock, [{ code: 'part', params: { part } }])
  // "This afternoon", said in the afternoon, is what is left of it.
  const under = moment.at <= now && now < instantOn(day, ends) && wish.days.every(({ is }) => is !== 'weekday')
  return under ? { ...moment, at: roundedUp(plusMinutes(now, 30)) } : moment
}

const prayerMoment = (prayer: Prayer, day: string, { wish }: Asked): Moment => {
  const side = wish.side ?? 'after'
  return {
    at: aroundPrayer(day, prayer, side),
    understood: [
      { code: 'day', params: { day } },
      { code: 'prayer', params: { prayer, side } },
    ],
  }
}

/** What the wish means on a day; empty when it says no time of day. */
const momentsOn = (day: string, asked: Asked): Moment[] => {
  const { clocks, prayers, parts } = asked.wish
  if (clocks.length > 0) return clocks.flatMap((clock) => clockMoments(clock, day, asked))
  if (prayers.length > 0) return prayers.map((prayer) => prayerMoment(prayer, day, asked))
  return parts.map((part) => partMoment(part, day, asked))
}

const resolved = ({ at, understood }: Moment, { now, settings }: Asked): CallbackReading => {
  if (daysBetween(dayOf(now), dayOf(at)) > furthestDays) return { kind: 'none', code: 'too_far' }
  const because = at < now ? 'past' : closedBecause(settings, at)
  if (because === null) return { kind: 'resolved', at, understood, moved: null }
  const allowed = nextCallTime(settings, at < now ? now : at)
  return { kind: 'resolved', at: allowed, understood, moved: { from: at, because } }
}

const asks = (
  code: 'which_day' | 'which_time' | 'am_or_pm',
  moments: readonly Date[],
  { now, settings }: Asked,
): CallbackReading => ({
  kind: 'asks',
  code,
  choices: [...new Set(moments.filter((at) => at >= now && isCallTime(settings, at)).map(Number))].map(
    (at) => new Date(at),
  ),
})

/** The hours that are offered when a day was said and no time. */
const offers = (days: readonly string[]): Date[] =>
  days.flatMap((day) => offeredClocks.map((clock) => instantOn(day, clock)))

/** A time without a day is the next one: today's, or tomorrow's once today's is over. */
const withoutDay = (asked: Asked): CallbackReading => {
  const today = dayOf(asked.now)
  const { prayers } = asked.wish
  const first = prayers.includes('jumua') ? addDays(today, (friday - wallClockOf(asked.now).weekday + 7) % 7) : today
  const step = prayers.includes('jumua') ? 7 : 1
  const ahead = momentsOn(first, asked).filter(({ at }) => at >= asked.now)
  return oneOf(ahead.length > 0 ? ahead : momentsOn(addDays(first, step), asked), asked)
}

const oneOf = (moments: readonly Moment[], asked: Asked): CallbackReading => {
  const [only, ...others] = moments
  if (only === undefined) return asks('which_time', offers([dayOf(asked.now), addDays(dayOf(asked.now), 1)]), asked)
  if (others.length === 0 || asked.wish.between) return resolved(only, asked)
  const code = asked.wish.clocks.length === 1 ? 'am_or_pm' : 'which_time'
  return asks(
    code,
    moments.map(({ at }) => at),
    asked,
  )
}

const withDays = (days: readonly string[], asked: Asked): CallbackReading => {
  const [day = '', other] = days
  const moments = momentsOn(day, asked)
  if (moments.length === 0) return asks('which_time', offers(days), asked)
  if (other === undefined) return oneOf(moments, asked)
  const ahead = moments.filter(({ at }) => at >= asked.now)
  if (ahead.length === 0) return oneOf(momentsOn(other, asked), asked)
  return asks(
    'which_day',
    [...ahead, ...momentsOn(other, asked)].map(({ at }) => at),
    asked,
  )
}

const isClockless = ({ clocks, parts, prayers }: Wish): boolean => clocks.length + parts.length + prayers.length === 0

/** After so many minutes; after so many days, the time of day is asked where none was said. */
const afterWait = (minutes: number, asked: Asked): CallbackReading => {
  const at = plusMinutes(asked.now, minutes)
  if (minutes < 24 * 60 || (minutes % (24 * 60) !== 0 && isClockless(asked.wish)))
    return resolved({ at, understood: [{ code: 'in', params: { minutes } }] }, asked)
  return withDays([addDays(dayOf(asked.now), Math.round(minutes / (24 * 60)))], asked)
}

const distinctDays = (asked: Asked): string[][] | null => {
  const days = asked.wish.days.map((wished) => daysOf(wished, asked))
  if (days.some((one) => one === null)) return null
  return days.filter((one): one is string[] => one !== null)
}

/** Days that agree are one: "lundi 5" is the fifth if that is a Monday. */
const agreed = (days: readonly string[][]): string[] =>
  days.reduce((both, one) => {
    const common = both.filter((day) => one.includes(day))
    return common.length > 0 ? common : []
  }, days[0] ?? [])

const read = (asked: Asked): CallbackReading => {
  const { wish } = asked
  if (wish.negated) return { kind: 'none', code: 'negated' }
  if (wish.past) return { kind: 'none', code: 'past' }
  if (wish.waitMinutes !== null) return afterWait(wish.waitMinutes, asked)
  const days = distinctDays(asked)
  if (days === null) return { kind: 'none', code: 'no_such_day' }
  if (days.length === 0) {
    if (isClockless(wish) && wish.now) return resolved({ at: asked.now, understood: [] }, asked)
    if (isClockless(wish) && !wish.vague) return { kind: 'none', code: 'not_understood' }
    return withoutDay(asked)
  }
  const common = agreed(days)
  if (common.length > 0) return withDays(common, asked)
  const moments = days.flat().flatMap((day) => momentsOn(day, asked))
  return asks('which_day', moments.length > 0 ? moments.map(({ at }) => at) : offers(days.flat()), asked)
}

/**
 * When to call back, from a person's words. `now` decides what "demain" is; the hours of the settings decide what is
 * allowed: what is over or outside them is moved to the next time that is, and the reading says so.
 */
export const readCallback = (text: string, now: Date, settings: CallSettings): CallbackReading => {
  if (text.trim() === '') return { kind: 'none', code: 'empty' }
  return read({ now, settings, wish: callbackWish(callbackWords(text)) })
}
