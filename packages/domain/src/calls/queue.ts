import type { RiskLevel } from '../risk/settings.ts'
import { type CallKind, callKinds } from './call.ts'
import type { RetriedOutcome } from './outcomes.ts'

/*
 * Who is called next, and why. The order of the kinds is the order of the queue: somebody who said yes and lacks only an
 * address is nearest to a sale, a promise to call back is kept, a new order is called while the buyer still thinks of it,
 * and the rest is tried again. Source: product.md 6, 7.
 */

export const taskKinds = ['said_yes', 'callback', 'new', 'retry'] as const
export type TaskKind = (typeof taskKinds)[number]

export interface CallTask {
  readonly kind: TaskKind
  /** From when on it may be called: the promised time of a call-back, the ladder's of a retry, the arrival of the rest. */
  readonly dueAt: Date
  /** By when the merchant wants a new order called: the age limit of its stage. Null: no limit is set. */
  readonly promisedBy: Date | null
  /** When the order was placed, which decides among equals. */
  readonly placedAt: Date
}

const rankOf = ({ kind }: CallTask): number => taskKinds.indexOf(kind)
const never = Number.POSITIVE_INFINITY
const keyOf = (task: CallTask): readonly number[] => [
  rankOf(task),
  // New orders go by what was promised for them; everything else by when it is due.
  task.kind === 'new' ? (task.promisedBy?.getTime() ?? never) : task.dueAt.getTime(),
  task.placedAt.getTime(),
]

/** Negative when the first is called before the second. */
export const compareTasks = (one: CallTask, other: CallTask): number => {
  const [left, right] = [keyOf(one), keyOf(other)]
  const at = left.findIndex((value, index) => value !== right[index])
  return at < 0 ? 0 : (left[at] ?? 0) < (right[at] ?? 0) ? -1 : 1
}

/** Whether a task's time has come. Hours of calls are asked beside it, by `isCallTime`. */
export const isDue = (task: CallTask, now: Date): boolean => task.dueAt <= now

/** How many that are due are looked through for those at risk. Beyond, whatever waits longest is given out first. */
export const riskLookahead = 100

const weightOf: Record<RiskLevel, number> = { low: 0, medium: 1, high: 2 }

/**
 * Tasks in the order in which risk has them given out: within one kind high risk before medium (step -1) or behind it (1),
 * the rest as it was. What is unknown stands with the low, and promised call-backs keep their time.
 */
export const inRiskOrder = <Task extends { readonly kind: CallKind; readonly riskLevel: RiskLevel | null }>(
  tasks: readonly Task[],
  step: -1 | 0 | 1,
): Task[] => {
  const weight = ({ kind, riskLevel }: Task) => (riskLevel === null || kind === 'callback' ? 0 : weightOf[riskLevel])
  return tasks.toSorted(
    (one, other) => callKinds.indexOf(one.kind) - callKinds.indexOf(other.kind) || step * (weight(one) - weight(other)),
  )
}

export interface WhyFacts {
  /** Calls made for the order so far. */
  readonly attempts: number
  readonly lastOutcome: RetriedOutcome | null
  /** Null where the reader may not see it, or it is unknown. */
  readonly totalCentimes: number | null
  readonly cityName: string | null
  readonly riskLevel: string | null
}

/**
 * The parts of "new, 6 min, 420 DH, Casablanca": `said_yes`; `callback` { minutes } late; `new` { minutes } old; `retry`
 * { attempt, outcome? }, the number of the call to come; `promised` { minutes } left, negative when past; `amount`
 * { centimes }; `city` { name }; `risk` { level }.
 */
export interface Why {
  readonly code: TaskKind | 'promised' | 'amount' | 'city' | 'risk'
  readonly params?: Readonly<Record<string, string | number>>
}

const minutesFrom = (from: Date, to: Date): number => Math.floor((to.getTime() - from.getTime()) / 60_000)

const firstWhy = (task: CallTask, facts: WhyFacts, now: Date): Why => {
  switch (task.kind) {
    case 'said_yes':
      return { code: 'said_yes' }
    case 'callback':
      return { code: 'callback', params: { minutes: Math.max(0, minutesFrom(task.dueAt, now)) } }
    case 'new':
      return { code: 'new', params: { minutes: Math.max(0, minutesFrom(task.placedAt, now)) } }
    case 'retry': {
      const outcome = facts.lastOutcome === null ? {} : { outcome: facts.lastOutcome }
      return { code: 'retry', params: { attempt: facts.attempts + 1, ...outcome } }
    }
  }
}

/** Why a task is next, in codes that the screen says in words. */
export const whyNext = (task: CallTask, facts: WhyFacts, now: Date): Why[] => [
  firstWhy(task, facts, now),
  ...(task.kind === 'new' && task.promisedBy !== null
    ? [{ code: 'promised' as const, params: { minutes: minutesFrom(now, task.promisedBy) } }]
    : []),
  ...(facts.totalCentimes === null ? [] : [{ code: 'amount' as const, params: { centimes: facts.totalCentimes } }]),
  ...(facts.cityName === null ? [] : [{ code: 'city' as const, params: { name: facts.cityName } }]),
  ...(facts.riskLevel === null ? [] : [{ code: 'risk' as const, params: { level: facts.riskLevel } }]),
]
