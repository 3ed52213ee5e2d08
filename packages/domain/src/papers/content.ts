import type { DeliveryPlace } from '../orders/options.ts'
import type { BookingState } from '../parcels/booking.ts'
import { liveParcelStatuses, type ParcelStatus } from '../parcels/parcel.ts'
import type { LeftOutReason } from './paper.ts'
import type { PickingRow } from './picking.ts'

/*
 * What stands on a paper, before it is drawn: names, numbers and amounts as they are; words and layout come later.
 */

/** A city in both scripts, so that the label is read at the shop and at the carrier's. */
export interface CityNames {
  readonly fr: string
  readonly ar: string
}

export interface Receiver {
  readonly name: string
  /** E.164, or a mask. */
  readonly phones: readonly string[]
  /** Street, quarter, landmark; as many as there are. */
  readonly address: readonly string[]
  /** As it was written where it is none of ours. */
  readonly city: CityNames | string | null
}

/** What the courier must know. `exchangeOf` is the number of the order whose goods come back. */
export interface PrintedOptions {
  readonly allowOpen: boolean | null
  readonly allowTry: boolean | null
  readonly fragile: boolean | null
  readonly deliverTo: DeliveryPlace
  readonly exchangeOf: number | null
  /** `YYYY-MM-DD` */
  readonly notBefore: string | null
}

export interface Sender {
  readonly merchant: string
  readonly store: string | null
}

export interface LabelContent {
  readonly kind: 'label'
  readonly sender: Sender
  readonly carrier: string
  /** What the bars say: the carrier's number, or ours while it has given none. */
  readonly code: string
  readonly reference: string
  /** Of all orders in the parcel, its own first. */
  readonly orderNumbers: readonly number[]
  /** `YYYY-MM-DD` */
  readonly day: string
  readonly receiver: Receiver
  readonly amountCentimes: number
  readonly products: readonly { readonly name: string; readonly quantity: number }[]
  readonly options: PrintedOptions
  readonly note: string | null
}

export interface SlipContent {
  readonly kind: 'slip'
  readonly sender: Sender
  /** Of all orders in the parcel, its own first. */
  readonly orderNumbers: readonly number[]
  readonly day: string
  readonly trackingNumber: string | null
  readonly receiver: Receiver
  readonly lines: readonly {
    readonly sku: string | null
    readonly name: string
    readonly quantity: number
    readonly unitPriceCentimes: number
    readonly totalCentimes: number
  }[]
  readonly shippingFeeCentimes: number
  readonly discountCentimes: number
  readonly adjustmentCentimes: number
  readonly depositCentimes: number
  readonly totalCentimes: number
  readonly amountCentimes: number | null
  readonly options: PrintedOptions
  readonly note: string | null
}

export interface PickingContent {
  readonly kind: 'picking'
  readonly merchant: string
  readonly day: string
  readonly orderCount: number
  readonly rows: readonly PickingRow[]
}

export type PaperContent = LabelContent | SlipContent | PickingContent

/** A parcel and its order, as far as a label depends on them. */
export interface LabelFacts {
  readonly erased: boolean
  readonly cityId: string | null
  readonly cityText: string | null
  readonly phone: string | null
  readonly parcel: { readonly booking: BookingState; readonly status: ParcelStatus } | null
}

/** Why there is no label for a parcel; null when there is one. A label nobody could deliver by is not printed. */
export const labelObstacle = ({ erased, cityId, cityText, phone, parcel }: LabelFacts): LeftOutReason | null => {
  if (erased) return 'erased'
  if (!parcel) return 'no_parcel'
  if (parcel.booking === 'rejected' || parcel.booking === 'withdrawn') return 'parcel_ended'
  if (parcel.booking !== 'accepted') return 'not_booked'
  if (!liveParcelStatuses.includes(parcel.status) || parcel.status === 'delivered') return 'parcel_ended'
  if (cityId === null && !cityText?.trim()) return 'city_missing'
  return phone === null ? 'phone_missing' : null
}
