/** Where a parcel is. Source: product.md 3, the parcel axis. */
export const parcelStatuses = [
  'draft',
  'created',
  'awaiting_pickup',
  'picked_up',
  'in_transit',
  'out_for_delivery',
  'attempt_failed',
  'postponed',
  'action_needed',
  'delivered',
  'refused',
  'returning',
  'returned',
  'cancelled',
  'lost',
  'unknown',
] as const
export type ParcelStatus = (typeof parcelStatuses)[number]

/**
 * Statuses in which a parcel still stands for its order's leg: an order has at most one such parcel per leg (law 4). A
 * delivered one counts, or an order could be shipped twice.
 */
export const liveParcelStatuses: readonly ParcelStatus[] = [
  'draft',
  'created',
  'awaiting_pickup',
  'picked_up',
  'in_transit',
  'out_for_delivery',
  'attempt_failed',
  'postponed',
  'action_needed',
  'delivered',
  'unknown',
]

/** Statuses after which a carrier has nothing more to tell. A refused or cancelled parcel is followed until it is back. */
export const settledParcelStatuses: readonly ParcelStatus[] = ['draft', 'delivered', 'returned', 'lost']

/** Which way of the goods a parcel is: out to the buyer, swapped at the door, or back. */
export const parcelLegs = ['outbound', 'exchange', 'return'] as const
export type ParcelLeg = (typeof parcelLegs)[number]
