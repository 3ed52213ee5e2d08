import { liveParcelStatuses, type ParcelStatus } from '../parcels/parcel.ts'
import { type OrderState, queueStates } from './states.ts'

/*
 * What becomes of an order when its shop tells of it again: versions come repeatedly, out of order and at the same time,
 * and people have worked on the order meanwhile. Source: product.md 3, law 1.
 */

/** The parts of an order that a shop can change by themselves. */
export const shopParts = [
  'customer',
  'address',
  'lines',
  'amounts',
  'note',
  'tags',
  'payment',
  'rest',
  'cancelled',
] as const
export type ShopPart = (typeof shopParts)[number]

/** A fingerprint of each part as the shop last told it: a part that the shop did not change stays as people left it. */
export type ShopMarks = Readonly<Record<ShopPart, string>>

export const changedParts = (before: ShopMarks | null, after: ShopMarks): ShopPart[] =>
  shopParts.filter((part) => before?.[part] !== after[part])

export interface ShopVersion {
  /** The shop's own "last changed"; null when it does not say. */
  readonly updatedAt: string | null
  readonly marks: ShopMarks | null
  readonly cancelled: boolean
}

/**
 * Which of two versions counts. An older one never does. Shops count in seconds: of two versions of one second the later
 * to arrive counts, but a cancellation is not taken back by its twin.
 */
export const compareVersions = (
  known: ShopVersion,
  arrived: ShopVersion & { readonly marks: ShopMarks },
): 'newer' | 'unchanged' | 'ignored_older' => {
  const [before, after] = [known.updatedAt, arrived.updatedAt].map((at) => (at === null ? null : Date.parse(at)))
  const dated = typeof before === 'number' && typeof after === 'number'
  if (dated && after < before) return 'ignored_older'
  if (dated && after > before) return 'newer'
  if (changedParts(known.marks, arrived.marks).length === 0) return 'unchanged'
  return dated && known.cancelled && !arrived.cancelled ? 'ignored_older' : 'newer'
}

/** What a change of the shop depends on here. */
export interface OrderOfShop {
  readonly state: OrderState | null
  readonly everConfirmed: boolean
  readonly parcelStatus: ParcelStatus | null
}

export interface ShopChange {
  /** `take_over`: nothing was promised yet. `announce`: people decide. */
  readonly parts: 'take_over' | 'announce' | 'none'
  /** `move`: cancelled here too. `flag`: it was shipped or booked, so somebody must look. */
  readonly cancellation: 'move' | 'flag' | 'none'
}

/** What a newer version does: the shop leads until the order is confirmed, and cancels until it is shipped or booked. */
export const planShopChange = (
  order: OrderOfShop,
  changed: readonly ShopPart[],
  { cancelled }: { readonly cancelled: boolean },
): ShopChange => {
  const open = order.state === null ? !order.everConfirmed : queueStates.includes(order.state)
  const booked = order.parcelStatus !== null && liveParcelStatuses.includes(order.parcelStatus)
  const unshipped = order.state === null || order.state === 'confirmed' || queueStates.includes(order.state)
  const other = changed.some((part) => part !== 'cancelled')
  const settled = order.state === 'cancelled' || !cancelled
  return {
    parts: !other ? 'none' : open ? 'take_over' : 'announce',
    cancellation: settled ? 'none' : unshipped && !booked ? 'move' : 'flag',
  }
}
