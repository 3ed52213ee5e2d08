import { type MustAskField, mustAskFields } from './settings.ts'

/** Why an order waits for a call, in the order in which the queue goes through them. Source: product.md 6. */
export const callKinds = [
  'said_yes', // the buyer agreed in writing, and something is missing before the order is confirmed
  'callback', // a time was promised
  'check', // an outcome came too late to be believed
  'new',
  'retry',
] as const
export type CallKind = (typeof callKinds)[number]

/** How somebody came to have the hand on a customer. */
export const claimWays = ['next', 'order', 'phone', 'take_over'] as const
export type ClaimWay = (typeof claimWays)[number]

/** Why an outcome changed nothing: it is kept as an attempt, and somebody looks. */
export const setAsides = ['taken_over', 'order_moved'] as const
export type SetAside = (typeof setAsides)[number]

export const pauseReasons = ['break', 'meal', 'prayer', 'meeting', 'training', 'end_of_shift'] as const
export type PauseReason = (typeof pauseReasons)[number]

/** The facts and answers by which the questions are settled. */
export interface Asked {
  readonly cityId: string | null
  readonly district: string | null
  readonly landmark: string | null
  readonly amountTold: boolean
  /** A day, `YYYY-MM-DD`. */
  readonly dateTold: string | null
  /** The buyer heard the order again and said yes a second time. */
  readonly confirmedTwice: boolean
}

/** What can be asked on a call: the merchant's questions, and at high risk a second yes (see risk/settings.ts). */
export const callQuestions = [...mustAskFields, 'confirmedTwice'] as const
export type CallQuestion = MustAskField | 'confirmedTwice'

const isSettled: Record<CallQuestion, (asked: Asked) => boolean> = {
  city: ({ cityId }) => cityId !== null,
  districtOrLandmark: ({ district, landmark }) => district !== null || landmark !== null,
  amountTold: ({ amountTold }) => amountTold,
  dateTold: ({ dateTold }) => dateTold !== null,
  confirmedTwice: ({ confirmedTwice }) => confirmedTwice,
}

/** The questions that must still be asked before the order may be confirmed. Source: product.md 6. */
export const openQuestions = (asked: Asked, mustAsk: readonly CallQuestion[]): CallQuestion[] =>
  mustAsk.filter((field) => !isSettled[field](asked))

/** Seconds after its last renewal at which a lease ends, and how often the screen renews it. Source: product.md 6. */
export const leaseSeconds = 60
export const renewSeconds = 20
/** Once dialled, a lease lasts this long without renewal: the browser of a phone sleeps during a call. */
export const onCallSeconds = 600
/** For how long a colleague who asks for a customer waits for an answer, and then lives with it. */
export const askSeconds = 60
/** A promised call-back that is late by this much is anybody's: it is never lost with the person who promised it. */
export const callbackGraceMinutes = 10
