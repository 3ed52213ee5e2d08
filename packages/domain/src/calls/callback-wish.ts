import { type CallbackWord, type PartOfDay, type Plain, type Prayer, plainWords } from './callback-vocabulary.ts'

/*
 * The words of a call-back put together: a number is an hour after "à", a day after "le", a wait before "minutes".
 */

export interface ClockWish {
  readonly hour: number
  readonly minute: number
  /** `am` or `pm` was said with it. */
  readonly half: 'am' | 'pm' | null
  /** Written as a clock, 15h or 9:30, and so on 24 hours. */
  readonly exact: boolean
}

export type DayWish =
  | { readonly is: 'add'; readonly days: number }
  | { readonly is: 'weekday'; readonly weekday: number }
  | { readonly is: 'date'; readonly day: number; readonly month: number | null }
  | { readonly is: 'nextWeek' }

export interface Wish {
  readonly days: DayWish[]
  readonly clocks: ClockWish[]
  readonly parts: PartOfDay[]
  readonly prayers: Prayer[]
  readonly side: 'after' | 'before' | null
  readonly waitMinutes: number | null
  readonly next: boolean
  readonly nextWeek: boolean
  readonly between: boolean
  readonly vague: boolean
  readonly now: boolean
  readonly past: boolean
  readonly negated: boolean
}

type Lead = 'in' | 'after' | 'before' | 'at' | 'dayNumber' | null
type Draft = { -readonly [Key in keyof Wish]: Wish[Key] } & { lead: Lead; minutes: number }

const minutesIn = { minutes: 1, hours: 60, days: 1_440, weeks: 10_080 } as const
const friday = 5

const addWait = (draft: Draft, minutes: number): void => {
  draft.waitMinutes = (draft.waitMinutes ?? 0) + minutes
}

const addClock = (draft: Draft, hour: number, minute: number, exact: boolean): void => {
  if (hour > 24) return
  const minutes = hour * 60 + minute + draft.minutes
  draft.minutes = 0
  draft.clocks.push({ hour: Math.floor(minutes / 60), minute: minutes % 60, half: null, exact })
}

/** "et demie" belongs to the hour before it, "half past" to the one after it, "ساعة ونص" is a wait. */
const addMinutes = (draft: Draft, value: number): void => {
  const last = draft.clocks.pop()
  if (last) {
    const minutes = last.hour * 60 + last.minute + value
    draft.clocks.push({ ...last, hour: Math.floor(minutes / 60), minute: minutes % 60 })
  } else if (draft.waitMinutes !== null) addWait(draft, value)
  else draft.minutes = value
}

const waits = ({ lead }: Draft): boolean => lead === 'in' || lead === 'after'

/** Takes a number with what follows it; answers how many words that were. */
const takeNumber = (draft: Draft, value: number, rest: readonly CallbackWord[]): number => {
  const [next, later] = rest
  if (next?.is === 'unit') {
    if (next.unit !== 'hours' || waits(draft)) {
      addWait(draft, value * (next.count ?? 1) * minutesIn[next.unit])
      return 2
    }
    const minute = later?.is === 'number' && later.value < 60 ? later.value : null
    addClock(draft, value, minute ?? 0, true)
    return minute === null ? 2 : 3
  }
  if (next?.is === 'month') {
    draft.days.push({ is: 'date', day: value, month: next.month })
    return 2
  }
  if (draft.lead === 'dayNumber') draft.days.push({ is: 'date', day: value, month: null })
  else addClock(draft, value, 0, false)
  return 1
}

const takeWeekday = (draft: Draft, weekday: number): void => {
  draft.days.push({ is: 'weekday', weekday })
  // In Darija the Friday and its prayer are one word: "mn b3d jem3a" is after the prayer.
  if (weekday === friday && (draft.lead === 'after' || draft.lead === 'before')) draft.prayers.push('jumua')
}

const takeHalf = (draft: Draft, half: 'am' | 'pm'): void => {
  const last = draft.clocks.pop()
  if (last) draft.clocks.push({ ...last, half })
}

const takePart = (draft: Draft, part: PartOfDay): void => {
  if (part === 'tonight') draft.days.push({ is: 'add', days: 0 })
  if (!draft.parts.includes(part)) draft.parts.push(part)
}

const takeClock = (draft: Draft, hour: number, minute: number): void => {
  if (draft.lead === 'in') addWait(draft, hour * 60 + minute)
  else addClock(draft, hour, minute, true)
}

const takeUnit = (draft: Draft, unit: keyof typeof minutesIn, count: number | undefined): void => {
  if (count !== undefined || waits(draft)) addWait(draft, (count ?? 1) * minutesIn[unit])
}

const isPlain = (word: CallbackWord): word is { readonly is: Plain } =>
  (plainWords as readonly string[]).includes(word.is)

/** Takes a word with those that belong to it; answers how many they were. */
const take = (draft: Draft, word: CallbackWord, rest: readonly CallbackWord[]): number => {
  if (isPlain(word)) takePlain(draft, word.is)
  else return takeMeaning(draft, word, rest)
  return 1
}

type Meaning = Exclude<CallbackWord, { readonly is: Plain }>

const takeMeaning = (draft: Draft, word: Meaning, rest: readonly CallbackWord[]): number => {
  switch (word.is) {
    case 'number':
      return takeNumber(draft, word.value, rest)
    case 'clock':
      takeClock(draft, word.hour, word.minute)
      break
    case 'unit':
      takeUnit(draft, word.unit, word.count)
      break
    case 'minutes':
      addMinutes(draft, word.value)
      break
    case 'half':
      takeHalf(draft, word.of)
      break
    case 'day':
      draft.days.push({ is: 'add', days: word.add })
      break
    case 'weekday':
      takeWeekday(draft, word.weekday)
      break
    case 'date':
      draft.days.push({ is: 'date', day: word.day, month: word.month })
      break
    case 'part':
      takePart(draft, word.part)
      break
    case 'prayer':
      draft.prayers.push(word.prayer)
      break
    case 'month':
      break
  }
  return 1
}

const takePlain = (draft: Draft, word: Plain): void => {
  if (word === 'next' || word === 'between' || word === 'vague' || word === 'now' || word === 'past') draft[word] = true
  if (word === 'not') draft.negated = true
  if (word === 'nextWeek') {
    draft.nextWeek = true
    draft.days.push({ is: 'nextWeek' })
  }
  if (word === 'after' || word === 'before') draft.side = word
}

const leads: readonly CallbackWord['is'][] = ['in', 'after', 'before', 'at', 'dayNumber']

/** "In about two hours": what is said first of a number decides. */
const leadAfter = ({ lead }: Draft, word: CallbackWord['is']): Lead => {
  if (!leads.includes(word)) return null
  return (word === 'at' || word === 'dayNumber') && lead === 'in' ? lead : (word as Lead)
}

const emptyDraft = (): Draft => ({
  days: [],
  clocks: [],
  parts: [],
  prayers: [],
  side: null,
  waitMinutes: null,
  next: false,
  nextWeek: false,
  between: false,
  vague: false,
  now: false,
  past: false,
  negated: false,
  lead: null,
  minutes: 0,
})

/** "Monday of next week" is one day: the week alone says no more than its Monday. */
const withoutBareWeek = (days: readonly DayWish[]): DayWish[] =>
  days.some(({ is }) => is === 'weekday') ? days.filter(({ is }) => is !== 'nextWeek') : [...days]

export const callbackWish = (words: readonly CallbackWord[]): Wish => {
  const draft = emptyDraft()
  for (let at = 0; at < words.length; ) {
    const word = words[at]
    if (word === undefined) break
    at += take(draft, word, words.slice(at + 1))
    draft.lead = leadAfter(draft, word.is)
  }
  const { lead: _lead, minutes: _minutes, ...wish } = draft
  // "بعد" with nothing after it is "later".
  const vague = wish.vague || (wish.side !== null && wish.clocks.length + wish.prayers.length === 0)
  return { ...wish, vague, days: withoutBareWeek(wish.days) }
}
