import type { OrderState } from '../orders/states.ts'
import { liveParcelStatuses, type ParcelStatus } from './parcel.ts'

/*
 * What a carrier's news make of a parcel and of its order. A parcel is what its events say, in the order in which they
 * happened: whatever way they arrive in, repeated or late, the same events give the same parcel. Source: product.md 3
 * and 8, laws 7 and 13.
 */

/** One thing a carrier told, as far as the parcel depends on it. */
export interface TrackingFact {
  /** When it happened, by the carrier's clock. */
  readonly at: string
  /** Null: a word that nobody has explained to us. */
  readonly status: ParcelStatus | null
  readonly carrierStatus: string
  readonly comment: string | null
  /** The carrier's own count of failed attempts, where it gives one. */
  readonly attempts: number | null
}

export interface Track {
  readonly status: ParcelStatus
  readonly since: string
  readonly carrierStatus: string | null
  readonly comment: string | null
  readonly attempts: number
  /** Whether the carrier has ever had the parcel in its hands. */
  readonly pickedUp: boolean
}

/** How far along a parcel is: of two events of one second, the further one came second. */
const progress: Record<ParcelStatus, number> = {
  draft: 0,
  unknown: 0,
  created: 1,
  awaiting_pickup: 2,
  picked_up: 3,
  in_transit: 4,
  out_for_delivery: 5,
  attempt_failed: 6,
  postponed: 6,
  action_needed: 6,
  delivered: 7,
  refused: 7,
  cancelled: 7,
  lost: 7,
  returning: 8,
  returned: 9,
}

const compare = (a: TrackingFact, b: TrackingFact): number =>
  Date.parse(a.at) - Date.parse(b.at) ||
  progress[a.status ?? 'unknown'] - progress[b.status ?? 'unknown'] ||
  (a.carrierStatus < b.carrierStatus ? -1 : a.carrierStatus > b.carrierStatus ? 1 : 0)

/** No courier tries twice within a minute: what a webhook and a later reading tell a second apart is one attempt. */
const minuteOf = (at: string): number => Math.floor(Date.parse(at) / 60_000)

/** Statuses that only a parcel in the carrier's hands can have. */
const inHand: readonly (ParcelStatus | null)[] = [
  'picked_up',
  'in_transit',
  'out_for_delivery',
  'attempt_failed',
  'postponed',
  'delivered',
  'refused',
  'returning',
  'returned',
]

/** The parcel that these events tell of, in whatever order they are given; a parcel without any is `created`. */
export const trackOf = (facts: readonly TrackingFact[], createdAt: string): Track => {
  const ordered = [...facts].sort(compare)
  const last = ordered.at(-1)
  const counts = facts.flatMap(({ attempts }) => attempts ?? [])
  const failures = new Set(facts.filter(({ status }) => status === 'attempt_failed').map(({ at }) => minuteOf(at)))
  return {
    status: last ? (last.status ?? 'unknown') : 'created',
    since: last?.at ?? createdAt,
    carrierStatus: last?.carrierStatus ?? null,
    comment: last?.comment ?? null,
    attempts: counts.length > 0 ? Math.max(...counts) : failures.size,
    pickedUp: facts.some(({ status }) => inHand.includes(status)),
  }
}

/** Why somebody should look at an order that a carrier moved. */
export const parcelFlags = ['parcel_cancelled', 'carrier_word_unknown', 'parcel_two_live'] as const
export type ParcelFlag = (typeof parcelFlags)[number]

export interface RuleMove {
  readonly state: OrderState
  readonly flag: ParcelFlag | null
}

/** Failed attempts from which an order counts as a failed delivery that somebody must handle. */
const attemptsToFail = 2

/** Where a parcel takes its order by rule; null means that it leaves the order where it is. Source: product.md 8. */
export const ruleMoveOf = ({ status, attempts, pickedUp }: Track): RuleMove | null => {
  switch (status) {
    case 'draft':
    case 'created':
    case 'awaiting_pickup':
    case 'postponed':
    case 'returning':
    case 'unknown':
      return null
    case 'attempt_failed':
      return attempts >= attemptsToFail ? { state: 'delivery_failed', flag: null } : null
    case 'picked_up':
    case 'in_transit':
    case 'out_for_delivery':
      return { state: 'shipped', flag: null }
    case 'action_needed':
    case 'lost':
    case 'refused':
      return { state: 'delivery_failed', flag: null }
    case 'delivered':
      return { state: 'delivered', flag: null }
    case 'returned':
      return { state: 'returned', flag: null }
    case 'cancelled':
      return { state: pickedUp ? 'delivery_failed' : 'confirmed', flag: 'parcel_cancelled' }
  }
}

/** What the parcel's cash does: a delivery makes it due, a delivery taken back withdraws it, an unknown word nothing. */
export const cashStepOf = (before: ParcelStatus, after: ParcelStatus): 'due' | 'withdraw' | null => {
  if (after === 'unknown' || before === after) return null
  if (after === 'delivered') return 'due'
  return before === 'delivered' || before === 'unknown' ? 'withdraw' : null
}

export interface TrackChange {
  /** False when the newest thing we know of the parcel is what we knew before. */
  readonly changed: boolean
  readonly move: RuleMove | null
  readonly cash: 'due' | 'withdraw' | null
  readonly live: boolean
}

/** What follows from a parcel's new track, compared with the one we acted on before. */
export const changeOf = (before: Pick<Track, 'status' | 'since' | 'attempts'>, after: Track): TrackChange => {
  const changed = before.status !== after.status || before.since !== after.since || before.attempts !== after.attempts
  return {
    changed,
    move: changed ? ruleMoveOf(after) : null,
    cash: cashStepOf(before.status, after.status),
    live: liveParcelStatuses.includes(after.status),
  }
}

/** Whether the carrier can still be asked to forget the parcel. */
export const isCancellable = ({ status, pickedUp }: Pick<Track, 'status' | 'pickedUp'>): boolean =>
  !pickedUp && ['draft', 'created', 'awaiting_pickup', 'action_needed', 'unknown'].includes(status)
