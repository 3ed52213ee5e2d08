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
