import { wallClockOf } from '../time.ts'
import { isCallTime } from './hours.ts'
import { type Attempt, wasAnswered } from './outcomes.ts'
import type { CallSettings } from './settings.ts'

/*
 * When people answer, from counts of calls and nothing else. The narrow counts of a customer and a city are few, so each
 * is pulled towards the wider one: customer towards city, city towards merchant, merchant towards a first guess. Hours
 * are those of Moroccan clocks. Source: product.md X8.
 */

/** Calls made in one hour of the week, and those that somebody answered. `weekday` is 1, Monday, to 7. */
export interface AnswerCell {
  readonly weekday: number
  readonly hour: number
  readonly tried: number
  readonly answered: number
}

export interface AnswerCounts {
  /** Of this customer; their weekdays are added up, for nobody is called often enough to tell them apart. */
  readonly customer?: readonly AnswerCell[]
  readonly city?: readonly AnswerCell[]
  readonly merchant?: readonly AnswerCell[]
}

export const curveSources = ['customer', 'city', 'merchant', 'default'] as const
export type CurveSource = (typeof curveSources)[number]

export interface AnswerCurve {
  /** The share of calls that are answered in an hour, 0 to 1, and the narrowest counts that have a say in it. */
  readonly at: (weekday: number, hour: number) => { readonly share: number; readonly source: CurveSource }
}

/**
 * A first guess for a merchant who has not called yet, November 2026: the late morning and the evening. It is no
 * measurement, and is outweighed by the first twenty calls of an hour.
 */
const firstGuess: readonly number[] = [
  ...[0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.15, 0.25, 0.4, 0.5, 0.52],
  ...[0.48, 0.42, 0.42, 0.45, 0.48, 0.54, 0.58, 0.58, 0.54, 0.46, 0.36, 0.2],
]

/** How many calls the wider counts weigh against the narrower ones. */
const weights = { customer: 4, city: 20, merchant: 20 } as const

/** From how many calls on a level is named as the reason. */
const heard = { customer: 2, city: 20, merchant: 20 } as const

interface Sum {
  readonly tried: number
  readonly answered: number
}
const nothing: Sum = { tried: 0, answered: 0 }

const sumsBy = (cells: readonly AnswerCell[] = [], keyOf: (cell: AnswerCell) => number): Map<number, Sum> => {
  const sums = new Map<number, Sum>()
  for (const cell of cells) {
    const sum = sums.get(keyOf(cell)) ?? nothing
    sums.set(keyOf(cell), { tried: sum.tried + cell.tried, answered: sum.answered + cell.answered })
  }
  return sums
}

const pulled = ({ tried, answered }: Sum, towards: number, weight: number): number =>
  (answered + weight * towards) / (tried + weight)

const hourOfWeek = (weekday: number, hour: number): number => (weekday - 1) * 24 + hour
const weekCell = (cell: AnswerCell): number => hourOfWeek(cell.weekday, cell.hour)

/** The curve of one customer of one city; without counts it is the first guess. */
export const answerCurve = (counts: AnswerCounts): AnswerCurve => {
  const levels = [
    ['merchant', sumsBy(counts.merchant, weekCell), hourOfWeek],
    ['city', sumsBy(counts.city, weekCell), hourOfWeek],
    ['customer', sumsBy(counts.customer, (cell) => cell.hour), (_: number, hour: number) => hour],
  ] as const
  return {
    at: (weekday, hour) => {
      let share = firstGuess[hour] ?? 0
      let source: CurveSource = 'default'
      for (const [level, sums, keyOf] of levels) {
        const sum = sums.get(keyOf(weekday, hour)) ?? nothing
        share = pulled(sum, share, weights[level])
        if (sum.tried >= heard[level]) source = level
      }
      return { share, source }
    },
  }
}

/** The counts of calls that were made, by the hour of the week. A wrong number counts nowhere. */
export const countAnswers = (attempts: readonly Attempt[]): AnswerCell[] => {
  const cells = new Map<number, AnswerCell>()
  for (const { at, outcome } of attempts) {
    const answered = wasAnswered(outcome)
    if (answered === null) continue
    const { weekday, hour } = wallClockOf(at)
    const key = hourOfWeek(weekday, hour)
    const cell = cells.get(key) ?? { weekday, hour, tried: 0, answered: 0 }
    cells.set(key, { ...cell, tried: cell.tried + 1, answered: cell.answered + (answered ? 1 : 0) })
  }
  return [...cells.values()].sort((one, other) => weekCell(one) - weekCell(other))
}

/** Hours of the day, the second excluded. */
export interface UsualHours {
  readonly from: number
  readonly to: number
}

/** How often somebody must have answered in an hour before it is called usual. */
const usualAnswers = 2

/** Around the hour in which a customer answered most, the hours beside it in which they did too; null while it is unknown. */
export const usualHours = (customer: readonly AnswerCell[]): UsualHours | null => {
  const answers = new Map([...sumsBy(customer, ({ hour }) => hour)].map(([hour, { answered }]) => [hour, answered]))
  const most = [...answers].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0] as [number, number])
  if (most[1] < usualAnswers) return null
  let [from, to] = [most[0], most[0] + 1]
  while ((answers.get(from - 1) ?? 0) > 0) from -= 1
  while ((answers.get(to) ?? 0) > 0) to += 1
  return { from, to }
}

export interface BestHour {
  readonly at: Date
  readonly share: number
  readonly source: CurveSource
  readonly weekday: number
  readonly hour: number
}

const hourMillis = 3_600_000
/** A window longer than two days has every hour of the day twice. */
const mostHours = 48

/**
 * The moment between two instants, the second excluded, at which an answer is likeliest: the beginning of the window or
 * of one of its full hours, the earliest among equals. Null when the window allows no call.
 */
export const bestHour = (
  settings: CallSettings,
  curve: AnswerCurve,
  { from, to }: { from: Date; to: Date },
): BestHour | null => {
  let best: BestHour | null = null
  const next = Math.floor(from.getTime() / hourMillis) * hourMillis + hourMillis
  for (let hour = 0; hour <= mostHours; hour += 1) {
    const at = hour === 0 ? from : new Date(next + (hour - 1) * hourMillis)
    if (at >= to) break
    if (!isCallTime(settings, at)) continue
    const clock = wallClockOf(at)
    const chance = curve.at(clock.weekday, clock.hour)
    if (best === null || chance.share > best.share) best = { at, ...chance, weekday: clock.weekday, hour: clock.hour }
  }
  return best
}
