/*
 * Moroccan time. Instants are ISO 8601 texts in UTC, days are `YYYY-MM-DD` in Africa/Casablanca. The offset always comes
 * from the tz database through Intl and is never written here: Morocco moves its clocks around Ramadan, and has changed
 * the rule itself by decree. The parsers answer null for what they cannot read; the other functions take what a parser
 * or a schema let through and throw a RangeError for anything else. Source: product.md 5.
 */

/** An instant as it is stored, or as a clock gives it. */
export type Moment = Date | string

export const moroccoZone = 'Africa/Casablanca'

const minuteMillis = 60_000
const dayMillis = 24 * 60 * minuteMillis

const wallClock = new Intl.DateTimeFormat('en-US', {
  timeZone: moroccoZone,
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
})

const millisOf = (at: Moment): number => {
  const millis = at instanceof Date ? at.getTime() : Date.parse(at)
  if (Number.isNaN(millis)) throw new RangeError(`${String(at)} is no instant`)
  return millis
}

const isoOf = (millis: number): string => new Date(millis).toISOString()

const shownAt = (millis: number): number => {
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
  for (const { type, value } of wallClock.formatToParts(millis)) shown[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown
  return Date.UTC(year, month - 1, day, hour, minute, second, new Date(millis).getUTCMilliseconds())
}

/** No clock in the world has changed its offset inside a quarter of an hour since 1970, and asking the calendar is slow. */
const quarterMillis = 15 * 60_000
const mostOffsets = 4_096
const offsets = new Map<number, number>()

/** How the clock in Morocco stands until an instant: from when on it is how many minutes ahead of UTC, in order. */
export interface MoroccanClock {
  readonly changes: readonly { readonly from: string; readonly minutes: number }[]
  readonly until: string
}

interface Told {
  readonly from: number
  readonly until: number
  readonly offset: number
}
let told: readonly Told[] = []

/**
 * Puts what the server knows of the Moroccan clock in the place of the device's own calendar, which may be older than the
 * latest decree: what the server allows at nine is then shown as nine. Before and after it, the device's own holds.
 */
export const followClock = (clock: MoroccanClock | null): void => {
  const { changes, until } = clock ?? { changes: [], until: '' }
  told = changes.map(({ from, minutes }, index) => ({
    from: millisOf(from),
    until: millisOf(changes[index + 1]?.from ?? until),
    offset: minutes * minuteMillis,
  }))
  offsets.clear()
}

const offsetAt = (millis: number): number => {
  const quarter = Math.floor(millis / quarterMillis)
  const known = offsets.get(quarter)
  if (known !== undefined) return known
  const offset = told.find(({ from, until }) => from <= millis && millis < until)?.offset ?? shownAt(millis) - millis
  if (offsets.size >= mostOffsets) offsets.clear()
  offsets.set(quarter, offset)
  return offset
}

/** What a wall clock in Morocco shows at an instant, written as if that clock ran in UTC. */
const wallMillis = (millis: number): number => millis + offsetAt(millis)

/** The Moroccan day of an instant, `YYYY-MM-DD`. */
export const dayOf = (at: Moment): string => isoOf(wallMillis(millisOf(at))).slice(0, 10)

/** What a wall clock in Morocco shows at an instant, as a date to be printed as if it were in UTC. */
export const wallTimeOf = (at: Moment): Date => new Date(wallMillis(millisOf(at)))

/** The quarter of an hour in which the offset changes, between two instants of which the second has another one. */
const changeBetween = (before: number, after: number): number => {
  let [low, high] = [before, after]
  while (high - low > quarterMillis) {
    const middle = Math.floor((low + high) / 2 / quarterMillis) * quarterMillis
    if (offsetAt(middle) === offsetAt(low)) low = middle
    else high = middle
  }
  return high
}

/** How the clock stands from one day's midnight UTC until another's, as the tz database of this process has it. */
export const clockBetween = (fromDay: string, toDay: string): MoroccanClock => {
  const [first, last] = [wallOfDay(fromDay), wallOfDay(toDay)]
  const changes = [{ from: isoOf(first), minutes: offsetAt(first) / minuteMillis }]
  for (let day = first; day < last; day += dayMillis) {
    const next = day + dayMillis
    if (offsetAt(next) === offsetAt(day)) continue
    changes.push({ from: isoOf(changeBetween(day, next)), minutes: offsetAt(next) / minuteMillis })
  }
  return { changes, until: isoOf(last) }
}

export interface WallClock {
  readonly day: string
  readonly hour: number
  readonly minute: number
  /** 1 is Monday, 7 is Sunday. */
  readonly weekday: number
}

/** What the clock and the calendar on a Moroccan wall show at an instant. */
export const wallClockOf = (at: Moment): WallClock => {
  const wall = new Date(wallMillis(millisOf(at)))
  return {
    day: wall.toISOString().slice(0, 10),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
    weekday: wall.getUTCDay() || 7,
  }
}

const pattern = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?(Z|[+-]\d\d(?::?\d\d)?)?$/i

interface Written {
  /** The date and time as if they were in UTC. */
  readonly millis: number
  readonly hasTime: boolean
  readonly offset: string | undefined
}

/**
 * Years far off stand for "no date" in other systems (`0000-00-00`, `0001-01-01`, `9999-12-31`), and a day that does not
 * exist (30 February) is a fault of the sender: both are unreadable.
 */
const readWritten = (text: string): Written | null => {
  const [, year, month, day, hour, minute, second, fraction, offset] = pattern.exec(text.trim()) ?? []
  if (year === undefined || Number(year) < 1970 || Number(year) > 2999) return null
  const time = [hour, minute, second].map((part) => Number(part ?? 0)) as [number, number, number]
  if (time[0] > 23 || time[1] > 59 || time[2] > 59) return null
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day))
  if (isoOf(date).slice(0, 10) !== `${year}-${month}-${day}`) return null
  const millis =
    date + ((time[0] * 60 + time[1]) * 60 + time[2]) * 1000 + Number((fraction ?? '').padEnd(3, '0').slice(0, 3))
  return { millis, hasTime: hour !== undefined, offset }
}

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
export const isDay = (text: string): boolean => {
  const written = readWritten(text)
  return written !== null && text.length === 10
}

/**
 * Reads an ISO 8601 instant that says its offset (`Z`, `+01:00`, `+0100`) and answers it in UTC. A text without one is
 * null: whose clock it was is for the caller to know (`fromMoroccanClock`).
 */
export const parseInstant = (text: string): string | null => {
  const written = readWritten(text)
  if (!written?.hasTime || written.offset === undefined) return null
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(written.offset) ?? []
  if (Number(hours) > 14 || Number(minutes) > 59) return null
  const offset = (Number(hours) * 60 + Number(minutes)) * minuteMillis
  return isoOf(sign === '-' ? written.millis + offset : written.millis - offset)
}

/** `twice` and `skipped` are the hour that a change of offset repeats or leaves out. */
export type ClockReading = { readonly at: string; readonly certainty: 'exact' | 'twice' | 'skipped' }

const instantOfWall = (wall: number): ClockReading => {
  const before = wall - offsetAt(wall - dayMillis)
  const after = wall - offsetAt(wall + dayMillis)
  const fits = [before, after].filter((millis) => wallMillis(millis) === wall)
  if (fits.length === 0) return { at: isoOf(before), certainty: 'skipped' }
  return { at: isoOf(Math.min(...fits)), certainty: new Set(fits).size === 2 ? 'twice' : 'exact' }
}

/**
 * The instant of `YYYY-MM-DD HH:mm:ss` on a Moroccan clock, as carriers and exports write it; null when unreadable. An
 * hour that comes twice (Ramadan begins) means its first pass, one that is skipped (Ramadan ends) is counted on from
 * before the change: 02:30 is then 03:30. These are the rules of Temporal's `compatible`, and order is kept by both.
 */
export const fromMoroccanClock = (text: string): ClockReading | null => {
  const written = readWritten(text)
  return written?.hasTime && written.offset === undefined ? instantOfWall(written.millis) : null
}

const wallOfDay = (day: string): number => {
  if (!isDay(day)) throw new RangeError(`${day} is no day`)
  return Date.parse(day)
}

/** The day `count` days later; earlier for a negative count. */
export const addDays = (day: string, count: number): string => isoOf(wallOfDay(day) + count * dayMillis).slice(0, 10)

/** Days from one day to another; negative when the second is earlier. */
export const daysBetween = (from: string, to: string): number => (wallOfDay(to) - wallOfDay(from)) / dayMillis

/** The Monday of the week of a day. */
export const mondayOf = (day: string): string => addDays(day, -((new Date(wallOfDay(day)).getUTCDay() + 6) % 7))

/** The first instant of a Moroccan day. */
export const startOfDay = (day: string): string => instantOfWall(wallOfDay(day)).at

/** The first instant after a Moroccan day: use it as an excluded bound. 23 and 25 hours from the start exist. */
export const endOfDay = (day: string): string => startOfDay(addDays(day, 1))

/** When the merchant works, on Moroccan clocks, `HH:mm`, every day of the week. */
export interface WorkingHours {
  readonly opensAt: string
  readonly closesAt: string
}
export const defaultWorkingHours: WorkingHours = { opensAt: '09:00', closesAt: '21:00' }

const millisOfClock = (clock: string): number => {
  const [, hours, minutes] = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(clock) ?? []
  const millis = (Number(hours) * 60 + Number(minutes)) * minuteMillis
  if (!(millis <= dayMillis)) throw new RangeError(`${clock} is no time of a clock`)
  return millis
}

const dayOfWork = ({ opensAt, closesAt }: WorkingHours): { opens: number; length: number } => {
  const opens = millisOfClock(opensAt)
  const length = millisOfClock(closesAt) - opens
  if (length <= 0) throw new RangeError(`${opensAt} to ${closesAt} are no working hours of one day`)
  return { opens, length }
}

/** Working time since the epoch of a wall clock: every day gone by, and the part of today already worked. */
const workedUntil = (wall: number, { opens, length }: { opens: number; length: number }): number => {
  const days = Math.floor(wall / dayMillis)
  return days * length + Math.min(Math.max(wall - days * dayMillis - opens, 0), length)
}

/**
 * Whole minutes of working time between two instants, 0 when the second is earlier. Stage age limits are counted in it:
 * an order that arrives at night is not late in the morning. Counted on wall clocks, so a change of offset shows only
 * for those who work at three in the morning.
 */
export const workingMinutesBetween = (from: Moment, to: Moment, hours: WorkingHours = defaultWorkingHours): number => {
  const work = dayOfWork(hours)
  const [start, end] = [wallMillis(millisOf(from)), wallMillis(millisOf(to))]
  return Math.max(0, Math.floor((workedUntil(end, work) - workedUntil(start, work)) / minuteMillis))
}

/** The instant at which one or more minutes of working time have passed since another: when an age limit is reached. */
export const afterWorkingMinutes = (
  from: Moment,
  minutes: number,
  hours: WorkingHours = defaultWorkingHours,
): string => {
  const work = dayOfWork(hours)
  const target = workedUntil(wallMillis(millisOf(from)), work) + minutes * minuteMillis
  // A limit that falls on closing time is reached then, not when the next day opens.
  const days = Math.ceil(target / work.length) - 1
  return instantOfWall(days * dayMillis + work.opens + target - days * work.length).at
}

/** How long something has been due, in Moroccan days: `days_0_2` was due today, yesterday or the day before. */
export const ageBuckets = ['days_0_2', 'days_3_7', 'days_8_14', 'days_15_30', 'days_over_30'] as const
export type AgeBucket = (typeof ageBuckets)[number]

/** The bucket of an instant as of `now`; what is dated ahead is as fresh as today. */
export const ageBucketOf = (at: Moment, now: Moment): AgeBucket => {
  const days = daysBetween(dayOf(at), dayOf(now))
  if (days <= 2) return 'days_0_2'
  if (days <= 7) return 'days_3_7'
  if (days <= 14) return 'days_8_14'
  return days <= 30 ? 'days_15_30' : 'days_over_30'
}
