/** Calls an hour that a credential may make unless its account says otherwise. Source: integrations.md 1.2, one client. */
export const defaultCallsPerHour = 1_000

export interface CallBudget {
  /** When the hour began in which `calls` were made. */
  readonly hourStart: string
  readonly calls: number
  /** Until when the carrier is left alone: because it asked for it, or because it does not answer. */
  readonly pausedUntil: string | null
  /** Calls in a row that got no usable answer. */
  readonly failures: number
}

export type Spending =
  | { readonly kind: 'go'; readonly budget: CallBudget }
  | { readonly kind: 'wait'; readonly seconds: number }

const hourMillis = 3_600_000

/** Takes one call out of a credential's hour, or says how long to wait: its own budget and the carrier's 429 alike. */
export const spendCall = (budget: CallBudget | null, callsPerHour: number, now: Date): Spending => {
  const at = now.getTime()
  const paused = budget?.pausedUntil ? Date.parse(budget.pausedUntil) - at : 0
  if (paused > 0) return { kind: 'wait', seconds: Math.ceil(paused / 1000) }
  const start = budget ? Date.parse(budget.hourStart) : at
  const fresh = budget === null || at - start >= hourMillis || at < start
  const failures = budget?.failures ?? 0
  if (fresh) return { kind: 'go', budget: { hourStart: now.toISOString(), calls: 1, pausedUntil: null, failures } }
  if (budget.calls >= callsPerHour) return { kind: 'wait', seconds: Math.ceil((start + hourMillis - at) / 1000) }
  return { kind: 'go', budget: { ...budget, calls: budget.calls + 1, pausedUntil: null } }
}

/** Failures in a row that may be chance; from the next one on the carrier counts as out of order. */
const failuresByChance = 2
const longestPauseSeconds = 300

/**
 * How long to leave a carrier alone after so many calls in a row without a usable answer: five seconds at first, twice
 * as long each time, five minutes at most. Hundreds of waiting jobs then make one call a pause instead of one each.
 */
export const outagePauseSeconds = (failures: number): number =>
  failures <= failuresByChance ? 0 : Math.min(longestPauseSeconds, 5 * 2 ** (failures - failuresByChance - 1))
