import { type Static, Type } from 'typebox'
import { closed, Day, Instant, Line, named, nullable, oneOf, Uuid, Version } from '../schema.ts'
import { daysBetween } from '../time.ts'
import { defaultHolidays, defaultRamadans, holidayKeys } from './calendar.ts'

/*
 * How a merchant calls: when, how often, what must be asked. One document per merchant, replaced as a whole. Clocks are
 * Moroccan, `HH:mm`; a span excludes its end. Source: product.md 6, law 14.
 */

const Clock = Type.String({ pattern: '^(?:[01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$', maxLength: 5 })

export const Span = closed({ from: Clock, to: Clock })
export type Span = Static<typeof Span>

const DaySpans = Type.Array(Span, { maxItems: 4 })

const RamadanDates = closed({ from: Day, to: Day, provisional: Type.Boolean() })

const HolidayRow = closed({
  key: nullable(oneOf(holidayKeys)),
  name: nullable(Line(80)),
  from: Day,
  to: Day,
  yearly: Type.Boolean(),
  provisional: Type.Boolean(),
})

export const dayParts = ['morning', 'afternoon', 'evening'] as const
export type DayPart = (typeof dayParts)[number]

/** `any`: as soon as the wait is over. `other`: in the part of the day that was tried least. */
export const wantedParts = ['any', 'other', ...dayParts] as const

export const RetryStep = closed({
  afterMinutes: Type.Integer({ minimum: 1, maximum: 20_160 }),
  dayPart: oneOf(wantedParts),
})
export type RetryStep = Static<typeof RetryStep>

/** The nth call with this outcome waits by the nth step; the last step serves all that follow. */
const Steps = Type.Array(RetryStep, { minItems: 1, maxItems: 10 })

export const mustAskFields = ['city', 'districtOrLandmark', 'amountTold', 'dateTold'] as const
export type MustAskField = (typeof mustAskFields)[number]

export const distributions = ['shared', 'assignee_first', 'assignee_only'] as const

export const CallSettings = closed({
  /** Seven days, Monday first; a day without spans is a day without calls. */
  week: Type.Array(DaySpans, { minItems: 7, maxItems: 7 }),
  fridayPause: nullable(Span),
  /** Its hours replace those of every day that has calls. */
  ramadan: closed({
    hours: Type.Array(Span, { minItems: 1, maxItems: 4 }),
    periods: Type.Array(RamadanDates, { maxItems: 20 }),
  }),
  holidays: Type.Array(HolidayRow, { maxItems: 100 }),
  dayParts: closed({ afternoonFrom: Clock, eveningFrom: Clock }),
  ladder: closed({
    no_answer: Steps,
    busy: Steps,
    thinking: Steps,
    /** Calls of one order in one day, whatever they ended in, before a machine brings it back. */
    capPerDay: Type.Integer({ minimum: 1, maximum: 10 }),
    /** Calls that nobody answered, after which the order goes to the stage of the state `unreachable`. */
    capInAll: Type.Integer({ minimum: 1, maximum: 30 }),
  }),
  mustAsk: Type.Array(oneOf(mustAskFields), { maxItems: mustAskFields.length, uniqueItems: true }),
  /** Seconds between an outcome and the next order, which can be shown sooner; 0 for none. */
  wrapUpSeconds: Type.Integer({ minimum: 0, maximum: 600 }),
  /** Whom an order waits for: anybody of its scope, first or only the person it is assigned to. */
  distribution: oneOf(distributions),
  /** Minutes that an order waits for its assignee before anybody may take it, with `assignee_first`. */
  assigneeFirstMinutes: Type.Integer({ minimum: 1, maximum: 1440 }),
  /** Who brings a call-back: the one who promised it, or anybody once its time has come. */
  callbackTo: oneOf(['same_agent', 'anyone'] as const),
  /** How far a role may move the price of a line from what it cost first, in percent; a role without a row has no limit. */
  priceLimits: Type.Array(closed({ roleId: Uuid, percent: Type.Integer({ minimum: 0, maximum: 100 }) }), {
    maxItems: 100,
  }),
  /** Keys 1 to 8 for the outcomes, outside fields. */
  digitKeys: Type.Boolean(),
  /** Choose the hour inside the ladder's window by when people answer. */
  useAnswerHours: Type.Boolean(),
})
export type CallSettings = Static<typeof CallSettings>

const everyDay = (spans: Span[]): Span[][] => Array.from({ length: 7 }, () => spans)

export const defaultCallSettings: CallSettings = {
  week: everyDay([{ from: '09:00', to: '21:00' }]),
  fridayPause: { from: '12:30', to: '15:00' },
  ramadan: {
    hours: [
      { from: '11:00', to: '17:00' },
      { from: '20:30', to: '23:00' },
    ],
    periods: [...defaultRamadans],
  },
  holidays: [...defaultHolidays],
  dayParts: { afternoonFrom: '13:00', eveningFrom: '17:00' },
  ladder: {
    no_answer: [
      { afterMinutes: 120, dayPart: 'other' },
      { afterMinutes: 240, dayPart: 'other' },
      { afterMinutes: 960, dayPart: 'other' },
    ],
    busy: [
      { afterMinutes: 20, dayPart: 'any' },
      { afterMinutes: 60, dayPart: 'any' },
      { afterMinutes: 240, dayPart: 'other' },
    ],
    thinking: [{ afterMinutes: 1440, dayPart: 'any' }],
    capPerDay: 3,
    capInAll: 6,
  },
  mustAsk: ['city', 'districtOrLandmark', 'amountTold', 'dateTold'],
  wrapUpSeconds: 0,
  distribution: 'shared',
  assigneeFirstMinutes: 30,
  callbackTo: 'same_agent',
  priceLimits: [],
  digitKeys: true,
  useAnswerHours: true,
}

/** How far a role may move a price, in percent; null for no limit. */
export const priceLimitOf = ({ priceLimits }: CallSettings, roleId: string | null): number | null =>
  priceLimits.find((limit) => limit.roleId === roleId)?.percent ?? null

/** The minute of the day that a clock shows. */
export const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

const longestRamadan = 31
const longestHoliday = 15
const mostHolidays = 120

const spansFault = (spans: readonly Span[]): boolean =>
  spans.some(({ from, to }, index) => {
    const before = spans[index - 1]
    return minuteOf(from) >= minuteOf(to) || (before !== undefined && minuteOf(before.to) > minuteOf(from))
  })

const daysFault = ({ from, to }: { from: string; to: string }, most: number): boolean => {
  const length = daysBetween(from, to) + 1
  return length < 1 || length > most
}

export interface SettingsFault {
  /** The field, by path, as a refusal names it. */
  readonly path: string
  readonly code: 'spans' | 'no_hours' | 'days' | 'too_many_days' | 'name' | 'parts'
}

/** What the schema cannot say of the settings; null when they make sense. */
export const settingsFault = (settings: CallSettings): SettingsFault | null => {
  const { week, fridayPause, ramadan, holidays, dayParts: parts } = settings
  const badDay = week.findIndex(spansFault)
  if (badDay >= 0) return { path: `week.${badDay}`, code: 'spans' }
  // Friday can be shortened to nothing by its pause, so the week must hold hours on another day.
  if (!week.some((spans, index) => index !== 4 && spans.length > 0)) return { path: 'week', code: 'no_hours' }
  if (fridayPause && spansFault([fridayPause])) return { path: 'fridayPause', code: 'spans' }
  if (spansFault(ramadan.hours)) return { path: 'ramadan.hours', code: 'spans' }
  const badPeriod = ramadan.periods.findIndex((period) => daysFault(period, longestRamadan))
  if (badPeriod >= 0) return { path: `ramadan.periods.${badPeriod}`, code: 'days' }
  const badHoliday = holidays.findIndex((holiday) => daysFault(holiday, longestHoliday))
  if (badHoliday >= 0) return { path: `holidays.${badHoliday}`, code: 'days' }
  const days = holidays.reduce((sum, { from, to }) => sum + daysBetween(from, to) + 1, 0)
  if (days > mostHolidays) return { path: 'holidays', code: 'too_many_days' }
  const nameless = holidays.findIndex(({ key, name }) => key === null && name === null)
  if (nameless >= 0) return { path: `holidays.${nameless}.name`, code: 'name' }
  if (minuteOf(parts.afternoonFrom) >= minuteOf(parts.eveningFrom)) return { path: 'dayParts', code: 'parts' }
  return null
}

/** A merchant's settings for calls; until somebody saves them they are the defaults, in version 1. */
export const KeptCallSettings = named(
  'CallSettings',
  Type.Object({ settings: CallSettings, version: Version, updatedAt: nullable(Instant) }),
)
export type KeptCallSettings = Static<typeof KeptCallSettings>

/** The whole settings, in the version that was read. */
export const SaveCallSettings = named('SaveCallSettings', closed({ settings: CallSettings, version: Version }))
export type SaveCallSettings = Static<typeof SaveCallSettings>
