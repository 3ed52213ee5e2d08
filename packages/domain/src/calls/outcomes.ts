/*
 * What a call can end in, in the order of the keys 1 to 8. The list is closed: figures, the retry ladder and the curve of
 * answers read it. Source: product.md 6.
 */

export const outcomes = [
  'confirmed',
  'no_answer',
  'busy',
  'callback',
  'wrong_number',
  'cancelled',
  'duplicate',
  'thinking',
] as const
export type Outcome = (typeof outcomes)[number]

/** Outcomes after which the same order is called again by the ladder; a call-back has a time of its own. */
export const retriedOutcomes = ['no_answer', 'busy', 'thinking'] as const satisfies readonly Outcome[]
export type RetriedOutcome = (typeof retriedOutcomes)[number]

/** Nobody spoke: these count towards the cap in all, and lower the share of answers of their hour. */
export const unansweredOutcomes = ['no_answer', 'busy'] as const satisfies readonly Outcome[]

export const isRetried = (outcome: Outcome): outcome is RetriedOutcome =>
  (retriedOutcomes as readonly Outcome[]).includes(outcome)

/**
 * Whether somebody spoke. Null for a wrong number: whoever answered there says nothing of when this customer answers.
 */
export const wasAnswered = (outcome: Outcome): boolean | null => {
  if (outcome === 'wrong_number') return null
  return !(unansweredOutcomes as readonly Outcome[]).includes(outcome)
}

/** One call that was made, as the rules see it. */
export interface Attempt {
  readonly at: Date
  readonly outcome: Outcome
}
