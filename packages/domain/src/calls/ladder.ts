import { addDays, dayOf, endOfDay, wallClockOf } from '../time.ts'
import { type AnswerCurve, bestHour } from './answer-hours.ts'
import { callSpansOf, closedBecause, instantOn, nextCallTime } from './hours.ts'
import { type Attempt, type RetriedOutcome, wasAnswered } from './outcomes.ts'
import { type CallSettings, type DayPart, dayParts, minuteOf } from './settings.ts'

/*
 * When an order is called again after nobody spoke, or after somebody wanted to think. Attempts are spread over the parts
 * of the day, because who works in the morning answers in the evening. Source: product.md 6, X8.
 */

/**
 * Why a time was chosen, in the order in which it was: `waited` { outcome, minutes }, `cap_per_day` { count }, `closed`
 * { reason }, `part` { part }, `answers` { source, hour, percent }.
 */
export const becauseCodes = ['waited', 'cap_per_day', 'closed', 'part', 'answers'] as const
export interface Because {
  readonly code: (typeof becauseCodes)[number]
  readonly params: Readonly<Record<string, string | number>>
}

export type NextAttempt =
  | { readonly at: Date; readonly because: readonly Because[]; readonly giveUp?: never }
  | { readonly giveUp: true }

export interface LadderFacts {
  readonly outcome: RetriedOutcome
  /** Every call of the order so far, the one that has just ended included, oldest first. */
  readonly attempts: readonly Attempt[]
  readonly now: Date
  readonly curve?: AnswerCurve
}

const minuteMillis = 60_000
/** How far ahead a part of the day is looked for; a merchant may be closed for a long week-end. */
const partDays = 4
/** A short wait is not stretched by more than this for a better hour. */
const slackMillis = 2 * 60 * minuteMillis

const partOfMinute = ({ dayParts: parts }: CallSettings, minute: number): DayPart => {
  if (minute >= minuteOf(parts.eveningFrom)) return 'evening'
  return minute >= minuteOf(parts.afternoonFrom) ? 'afternoon' : 'morning'
}

/** The part of the day in which an instant lies. */
export const dayPartOf = (settings: CallSettings, at: Date): DayPart => {
  const { hour, minute } = wallClockOf(at)
  return partOfMinute(settings, hour * 60 + minute)
}

interface Slot {
  readonly part: DayPart
  readonly from: Date
  readonly to: Date
}

const partSpans = ({ dayParts: parts }: CallSettings): readonly (readonly [DayPart, string, string])[] => [
  ['morning', '00:00', parts.afternoonFrom],
  ['afternoon', parts.afternoonFrom, parts.eveningFrom],
  ['evening', parts.eveningFrom, '24:00'],
]

/** The hours of calls from an instant on, cut where a part of the day ends, in their order. */
const slotsFrom = (settings: CallSettings, from: Date): Slot[] => {
  const days = Array.from({ length: partDays }, (_, index) => addDays(dayOf(from), index))
  const slots = days.flatMap((day) =>
    callSpansOf(settings, day).flatMap((span) =>
      partSpans(settings).flatMap(([part, begins, ends]): Slot[] => {
        const opens = span.from > begins ? span.from : begins
        const closes = span.to < ends ? span.to : ends
        return opens < closes ? [{ part, from: instantOn(day, opens), to: instantOn(day, closes) }] : []
      }),
    ),
  )
  return slots.filter(({ to }) => to > from).map((slot) => (slot.from < from ? { ...slot, from } : slot))
}

const triedParts = (settings: CallSettings, attempts: readonly Attempt[]): Record<DayPart, number> => {
  const tried = { morning: 0, afternoon: 0, evening: 0 }
  for (const { at } of attempts) tried[dayPartOf(settings, at)] += 1
  return tried
}

/** The earliest slot in the wanted part, or among those in which was called least; null when the coming days lack it. */
const slotOf = (
  settings: CallSettings,
  slots: readonly Slot[],
  wanted: DayPart | 'other',
  attempts: readonly Attempt[],
): Slot | null => {
  if (wanted !== 'other') return slots.find(({ part }) => part === wanted) ?? null
  const tried = triedParts(settings, attempts)
  const least = Math.min(
    ...dayParts.filter((part) => slots.some((slot) => slot.part === part)).map((part) => tried[part]),
  )
  return slots.find(({ part }) => tried[part] === least) ?? null
}

/** The first moment allowed by the wait, the cap of a day and the hours. */
const earliest = (settings: CallSettings, from: Date, attempts: readonly Attempt[], because: Because[]): Date => {
  const { capPerDay } = settings.ladder
  const madeOn = (at: Date): number => attempts.filter((attempt) => dayOf(attempt.at) === dayOf(at)).length
  let at = from
  if (madeOn(at) >= capPerDay) {
    because.push({ code: 'cap_per_day', params: { count: capPerDay } })
    at = new Date(endOfDay(dayOf(at)))
  }
  const reason = closedBecause(settings, at)
  if (reason !== null) because.push({ code: 'closed', params: { reason } })
  return nextCallTime(settings, at)
}

/**
 * When an order is called again, and why then; or that it is given up: it then goes to the stage of the state
 * `unreachable`. What a person chose, thinking, is never given up by a machine.
 */
export const nextAttempt = (settings: CallSettings, { outcome, attempts, now, curve }: LadderFacts): NextAttempt => {
  const { ladder } = settings
  const unanswered = attempts.filter((attempt) => wasAnswered(attempt.outcome) === false).length
  if (wasAnswered(outcome) === false && unanswered >= ladder.capInAll) return { giveUp: true }
  const steps = ladder[outcome]
  const made = Math.max(1, attempts.filter((attempt) => attempt.outcome === outcome).length)
  const step = steps[Math.min(made, steps.length) - 1]
  if (step === undefined) return { giveUp: true }
  const because: Because[] = [{ code: 'waited', params: { outcome, minutes: step.afterMinutes } }]
  const from = earliest(settings, new Date(now.getTime() + step.afterMinutes * minuteMillis), attempts, because)
  const slots = slotsFrom(settings, from)
  const slot = step.dayPart === 'any' ? null : slotOf(settings, slots, step.dayPart, attempts)
  if (slot) because.push({ code: 'part', params: { part: slot.part } })
  const window = slot ?? { from, to: new Date(from.getTime() + slackMillis) }
  const best = curve && settings.useAnswerHours ? bestHour(settings, curve, window) : null
  if (best === null) return { at: window.from, because }
  const percent = Math.round(best.share * 100)
  because.push({ code: 'answers', params: { source: best.source, hour: best.hour, percent } })
  return { at: best.at, because }
}
