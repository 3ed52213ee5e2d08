/** Calls an hour that a credential may make unless its account says otherwise. Source: integrations.md 1.2, one client. */
export const defaultCallsPerHour = 1_000

export interface CallBudget {
  /** When the hour began in which `calls` were made. */
  readonly hourStart: string
  readonly calls: number
  /** Until when the carrier asked to be left alone. */
  readonly pausedUntil: string | null
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
  if (fresh) return { kind: 'go', budget: { hourStart: now.toISOString(), calls: 1, pausedUntil: null } }
  if (budget.calls >= callsPerHour) return { kind: 'wait', seconds: Math.ceil((start + hourMillis - at) / 1000) }
  return { kind: 'go', budget: { ...budget, calls: budget.calls + 1, pausedUntil: null } }
}
