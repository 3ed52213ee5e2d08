import { type CarrierOption, lackingOptions, type OptionCapabilities } from '../orders/options.ts'
import type { IncompleteReason, OrderState } from '../orders/states.ts'
import { localPhone } from '../phone-format.ts'
import { ok, type Result, refuse } from '../result.ts'

/*
 * Whether an order may be handed to a carrier, and what is asked of the carrier then. Facts in, decision out.
 */

/** An order as far as a parcel depends on it. */
export interface ShippableOrder {
  readonly id: string
  readonly number: number
  /** An example of ours: no carrier ever hears of it. */
  readonly isSample: boolean
  readonly state: OrderState | null
  readonly toComplete: readonly IncompleteReason[]
  readonly customerName: string | null
  /** E.164 */
  readonly phone: string | null
  readonly alternatePhone: string | null
  readonly addressLine: string | null
  readonly district: string | null
  readonly landmark: string | null
  readonly cityId: string | null
  readonly cityText: string | null
  readonly codAmountCentimes: number | null
  readonly lines: readonly { readonly name: string; readonly quantity: number }[]
  readonly note: string | null
  readonly allowOpen: boolean | null
  readonly allowTry: boolean | null
  readonly fragile: boolean | null
  /** `YYYY-MM-DD`, a Moroccan day. */
  readonly shipNotBefore: string | null
  readonly deliverTo: 'home' | 'agency'
  /** The order whose goods are swapped at the door. */
  readonly exchangeOfOrderId: string | null
}

/** What a carrier can and cannot do, as far as an order can ask for it. */
export interface ShippingLimits extends OptionCapabilities {
  /** The carrier takes whole dirhams only. */
  readonly wholeDirhams: boolean
  /** Moroccan numbers only. */
  readonly localPhones: boolean
}

/** Where the carrier's own catalogue puts the order's city. */
export type PlaceAnswer =
  | { readonly kind: 'found'; readonly placeId: string; readonly feeCentimes: number | null }
  /** Likely, but somebody must say so: a weak match is asked, never guessed. */
  | { readonly kind: 'weak' }
  | { readonly kind: 'none' }

export interface Shipment {
  readonly placeId: string
  readonly recipientName: string
  readonly phone: string
  readonly address: string
  readonly amountCentimes: number
  readonly feeCentimes: number | null
  readonly products: readonly { readonly name: string; readonly quantity: number }[]
  readonly comment: string | null
  readonly allowOpen: boolean | null
  readonly allowTry: boolean | null
}

/** Confirmed orders ship, and those in a stage of the merchant's own without a state, such as "Preparation". */
const shippableStates: readonly (OrderState | null)[] = ['confirmed', null]

/** The shipment that an order asks for, or why it cannot be shipped yet. `today` is a Moroccan day. */
export const planShipment = (
  order: ShippableOrder,
  place: PlaceAnswer,
  limits: ShippingLimits,
  today: string,
): Result<Shipment> => {
  if (order.isSample) return refuse('order.sample')
  if (!shippableStates.includes(order.state)) return refuse('parcel.order_not_ready', { state: order.state })
  if (order.toComplete.length > 0) return refuse('order.incomplete', { reasons: order.toComplete })
  if (order.shipNotBefore !== null && order.shipNotBefore > today)
    return refuse('parcel.order_not_ready', { shipNotBefore: order.shipNotBefore })
  if (order.deliverTo === 'agency' && !limits.agencyDelivery)
    return refuse('carrier.capability_missing', { capability: 'agencyDelivery' })
  const phone = phoneFor(order, limits)
  if (phone === null) return refuse('parcel.phone_unusable')
  const { codAmountCentimes: amountCentimes } = order
  if (amountCentimes === null) return refuse('order.currency_unsupported')
  const rest = amountCentimes % 100
  if (limits.wholeDirhams && rest !== 0)
    return refuse('parcel.amount_not_whole', { amountCentimes, differenceCentimes: rest })
  if (place.kind === 'weak') return refuse('parcel.city_unmatched', { cityId: order.cityId })
  if (place.kind === 'none') return refuse('parcel.city_not_served', { cityId: order.cityId })
  return ok({
    placeId: place.placeId,
    recipientName: order.customerName ?? String(order.number),
    phone,
    address: addressOf(order),
    amountCentimes,
    feeCentimes: place.feeCentimes,
    products: order.lines,
    comment: commentOf(order, limits),
    allowOpen: order.allowOpen,
    allowTry: order.allowTry,
  })
}

const phoneFor = ({ phone, alternatePhone }: ShippableOrder, limits: ShippingLimits): string | null =>
  [phone, alternatePhone].find((candidate) => candidate && (!limits.localPhones || localPhone(candidate))) ?? null

/** Carriers print one line. An address is often only a quarter and a landmark; without any, the courier asks by phone. */
const addressOf = ({ addressLine, district, landmark, cityText }: ShippableOrder): string => {
  const parts = [addressLine, district, landmark].flatMap((part) => part?.trim() || [])
  return parts.length > 0 ? [...new Set(parts)].join(', ') : (cityText ?? '-')
}

/** Read by couriers, who speak French with their carrier. */
const said: Record<Exclude<CarrierOption, 'agencyDelivery'>, (order: ShippableOrder) => string> = {
  allowOpen: ({ allowOpen }) => (allowOpen ? 'OUVERTURE AUTORISÉE' : 'NE PAS OUVRIR'),
  allowTry: ({ allowTry }) => (allowTry ? 'ESSAI AUTORISÉ' : 'PAS D’ESSAI'),
  fragile: () => 'FRAGILE',
  exchange: () => 'ÉCHANGE',
}

/** What the carrier has no field for is told in words, before anything else. */
const commentOf = (order: ShippableOrder, limits: ShippingLimits): string | null => {
  const { note, alternatePhone, phone } = order
  const options = lackingOptions(order, limits).flatMap((option) =>
    option === 'agencyDelivery' ? [] : [said[option](order)],
  )
  const other = alternatePhone && alternatePhone !== phone ? localPhone(alternatePhone) : null
  const parts = [...options, other ? `Tél. 2 : ${other}` : null, note?.trim() || null]
  return parts.filter((part) => part !== null).join(' · ') || null
}
