import { sumCentimes } from '@sendocki/domain/money'
import { carefully, fragileAmong } from '@sendocki/domain/orders/options'
import { lineTotal } from '@sendocki/domain/orders/totals'
import {
  type LabelContent,
  labelObstacle,
  type PrintedOptions,
  type Receiver,
  type SlipContent,
} from '@sendocki/domain/papers/content'
import type { LeftOutReason } from '@sendocki/domain/papers/paper'
import { distinct, latestDay, sumOrUnknown } from '@sendocki/domain/parcels/together'
import { maskPhone } from '@sendocki/domain/phone-format'
import { cityById } from '@sendocki/domain/places/cities'
import { type Ctx, hides } from '../../context.ts'
import type { LineOnPaper, OrderOnPaper, ParcelOnPaper } from './facts.queries.ts'

/** What one order or parcel of a paper is about. */
export interface Item {
  readonly subjectId: string
  readonly order: OrderOnPaper | undefined
  /** Those that travel in the same parcel. */
  readonly companions: readonly OrderOnPaper[]
  readonly parcel: ParcelOnPaper | undefined
  /** Of all of them. */
  readonly lines: readonly LineOnPaper[]
}

/** Who prints, for whom, on which day. */
export interface Printing {
  readonly ctx: Ctx
  readonly merchant: string
  /** `YYYY-MM-DD` */
  readonly day: string
}

/** What a role hides is hidden on paper too: a masked phone is printed as a mask, an address not at all. */
const receiverOf = (ctx: Ctx, order: OrderOnPaper): Receiver => {
  const phones = [...new Set([order.phone, order.alternatePhone])].filter((phone) => phone !== null)
  const parts = [order.addressLine, order.district, order.landmark].flatMap((part) => part?.trim() || [])
  const city = order.cityId === null ? undefined : cityById.get(order.cityId)
  return {
    name: order.customerName,
    phones: hides(ctx, 'phone') ? phones.map(maskPhone) : phones,
    address: hides(ctx, 'address') ? [] : [...new Set(parts)],
    city: city ? { fr: city.fr, ar: city.ar } : order.cityText,
  }
}

/** Of several in one parcel the careful one of each, as the carrier is told. */
const optionsOn = (orders: Orders): PrintedOptions => {
  const { deliverTo, exchangeOf } = orders[0]
  return {
    allowOpen: carefully(orders.map(({ allowOpen }) => allowOpen)),
    allowTry: carefully(orders.map(({ allowTry }) => allowTry)),
    fragile: fragileAmong(orders.map(({ fragile }) => fragile)),
    deliverTo,
    exchangeOf,
    notBefore: latestDay(orders.map(({ shipNotBefore }) => shipNotBefore)),
  }
}

type Orders = readonly [OrderOnPaper, ...OrderOnPaper[]]

const notesOn = (orders: Orders): string | null => distinct(orders.map(({ note }) => note)).join(' · ') || null

/** The label of a parcel, or why there is none. */
export const labelOf = (
  { ctx, merchant, day }: Printing,
  { order, companions, parcel, lines }: Item,
): LabelContent | LeftOutReason => {
  if (!order) return 'not_found'
  const obstacle = labelObstacle({ ...order, erased: order.erasedAt !== null, parcel: parcel ?? null })
  if (obstacle !== null || !parcel) return obstacle ?? 'no_parcel'
  const orders: Orders = [order, ...companions]
  return {
    kind: 'label',
    sender: { merchant, store: order.store },
    carrier: parcel.carrier,
    code: parcel.trackingNumber ?? parcel.reference,
    reference: parcel.reference,
    orderNumbers: orders.map(({ number }) => number),
    day,
    receiver: receiverOf(ctx, order),
    amountCentimes: parcel.amountCentimes,
    products: lines,
    options: optionsOn(orders),
    note: notesOn(orders),
  }
}

/** The packing slip of an order, or why there is none. */
export const slipOf = (
  { ctx, merchant, day }: Printing,
  { order, companions, parcel, lines }: Item,
): SlipContent | LeftOutReason => {
  if (!order) return 'not_found'
  if (order.erasedAt !== null) return 'erased'
  const orders: Orders = [order, ...companions]
  const sumOf = (amount: (one: OrderOnPaper) => number): number => sumCentimes(orders.map(amount))
  return {
    kind: 'slip',
    sender: { merchant, store: order.store },
    orderNumbers: orders.map(({ number }) => number),
    day,
    trackingNumber: parcel?.trackingNumber ?? null,
    receiver: receiverOf(ctx, order),
    lines: lines.map((line) => ({ ...line, totalCentimes: lineTotal(line) })),
    shippingFeeCentimes: sumOf((one) => one.shippingFeeCentimes),
    discountCentimes: sumOf((one) => one.discountCentimes),
    adjustmentCentimes: sumOf((one) => one.adjustmentCentimes),
    depositCentimes: sumOf((one) => one.depositCentimes),
    totalCentimes: sumOf((one) => one.totalCentimes),
    amountCentimes: sumOrUnknown(orders.map(({ codAmountCentimes }) => codAmountCentimes)),
    options: optionsOn(orders),
    note: notesOn(orders),
  }
}
