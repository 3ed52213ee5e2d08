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
  /** Where the newest event that moves orders sends this one; later events that move nothing leave it. */
  readonly wanted: WantedState | null
  /** When it was delivered, unless that was taken back since. */
  readonly deliveredAt: string | null
}

/** Why somebody should look at an order that a carrier moved. */
export const parcelFlags = ['parcel_cancelled', 'carrier_word_unknown', 'parcel_two_live'] as const
export type ParcelFlag = (typeof parcelFlags)[number]

export interface RuleMove {
  readonly state: OrderState
  readonly flag: ParcelFlag | null
}
export interface WantedState extends RuleMove {
  readonly since: string
  /** The carrier's word that asked for it. */
  readonly carrierStatus: string
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

const start = (createdAt: string): Track => ({
  status: 'created',
  since: createdAt,
  carrierStatus: null,
  comment: null,
  attempts: 0,
  pickedUp: false,
  wanted: null,
  deliveredAt: null,
})

/** The parcel that these events tell of, in whatever order they are given; a parcel without any is `created`. */
export const trackOf = (facts: readonly TrackingFact[], createdAt: string): Track => {
  const failures = new Set<number>()
  let counted = 0
  return [...facts].sort(compare).reduce((track, fact): Track => {
    const status = fact.status ?? 'unknown'
    if (status === 'attempt_failed') failures.add(Date.parse(fact.at))
    counted = Math.max(counted, fact.attempts ?? 0)
    const next: Track = {
      status,
      since: fact.at,
      carrierStatus: fact.carrierStatus,
      comment: fact.comment,
      attempts: counted > 0 ? counted : failures.size,
      pickedUp: track.pickedUp || inHand.includes(status),
      wanted: track.wanted,
      deliveredAt: status === 'delivered' ? fact.at : status === 'unknown' ? track.deliveredAt : null,
    }
    const move = ruleMoveOf(next)
    return move ? { ...next, wanted: { ...move, since: fact.at, carrierStatus: fact.carrierStatus } } : next
  }, start(createdAt))
}

/** Failed attempts from which an order counts as a failed delivery that somebody must handle. */
const attemptsToFail = 2

/** Where a parcel takes its order by rule; null means that it leaves the order where it is. Source: product.md 8. */
export const ruleMoveOf = ({
  status,
  attempts,
  pickedUp,
}: Pick<Track, 'status' | 'attempts' | 'pickedUp'>): RuleMove | null => {
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

/** What we acted on when we last read the parcel. */
export type KnownTrack = Pick<Track, 'status' | 'since' | 'attempts' | 'deliveredAt'> & {
  readonly wantedState: OrderState | null
  readonly wantedSince: string | null
}

export interface TrackChange {
  /** False when the events say what we knew before. */
  readonly changed: boolean
  /** Where the order goes now; null when nothing new asks for it. */
  readonly move: WantedState | null
  /** A delivery makes the cash due, a delivery taken back withdraws it. */
  readonly cash: 'due' | 'withdraw' | null
  readonly live: boolean
}

const sameInstant = (a: string | null, b: string | null): boolean =>
  a === b || (a !== null && b !== null && Date.parse(a) === Date.parse(b))

/** What follows from a parcel's new track, compared with the one we acted on before. */
export const changeOf = (before: KnownTrack, after: Track): TrackChange => {
  const sameWish =
    before.wantedState === (after.wanted?.state ?? null) && sameInstant(before.wantedSince, after.wanted?.since ?? null)
  const sameDelivery = sameInstant(before.deliveredAt, after.deliveredAt)
  const same = before.status === after.status && sameInstant(before.since, after.since)
  return {
    changed: !(same && sameWish && sameDelivery && before.attempts === after.attempts),
    move: sameWish ? null : after.wanted,
    cash: sameDelivery ? null : after.deliveredAt ? 'due' : 'withdraw',
    live: liveParcelStatuses.includes(after.status),
  }
}

/** Whether the carrier can still be asked to forget the parcel. */
export const isCancellable = ({ status, pickedUp }: Pick<Track, 'status' | 'pickedUp'>): boolean =>
  !pickedUp && ['draft', 'created', 'awaiting_pickup', 'action_needed', 'unknown'].includes(status)
