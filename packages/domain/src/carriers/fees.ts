import type { ParcelStatus } from '../parcels/parcel.ts'

/*
 * What a carrier takes for the way in which a parcel ends. Source: product.md 8.
 */

export interface OutcomeFees {
  readonly deliveredFeeCentimes: number | null
  readonly refusedFeeCentimes: number | null
  readonly returnedFeeCentimes: number | null
}

/** How many days ahead a fee can be said. */
export const feesAheadDays = 366

export const paidOutcomes = ['delivered', 'refused', 'returned'] as const
export type PaidOutcome = (typeof paidOutcomes)[number]

/** The outcome that a parcel costs as it stands: one that is on its way is expected to be delivered. */
export const paidOutcomeOf = (status: ParcelStatus): PaidOutcome => {
  if (status === 'refused') return 'refused'
  return status === 'returning' || status === 'returned' ? 'returned' : 'delivered'
}

/** The fee of an outcome in centimes; null while nobody has said it. The fees exclude one another. */
export const feeOf = (outcome: PaidOutcome, fees: OutcomeFees): number | null => fees[`${outcome}FeeCentimes`]
