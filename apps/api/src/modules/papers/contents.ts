import { lineTotal } from '@sendocki/domain/orders/totals'
import {
  type LabelContent,
  labelObstacle,
  type PrintedOptions,
  type Receiver,
  type SlipContent,
} from '@sendocki/domain/papers/content'
import type { LeftOutReason } from '@sendocki/domain/papers/paper'
import { maskPhone } from '@sendocki/domain/phone-format'
import { cityById } from '@sendocki/domain/places/cities'
import { type Ctx, hides } from '../../context.ts'
import type { LineOnPaper, OrderOnPaper, ParcelOnPaper } from './facts.queries.ts'

/** What one order or parcel of a paper is about. */
export interface Item {
  readonly subjectId: string
  readonly order: OrderOnPaper | undefined
  readonly parcel: ParcelOnPaper | undefined
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

const optionsOn = (order: OrderOnPaper): PrintedOptions => ({
  allowOpen: order.allowOpen,
  allowTry: order.allowTry,
  fragile: order.fragile,
  deliverTo: order.deliverTo,
  exchangeOf: order.exchangeOf,
  notBefore: order.shipNotBefore,
})

/** The label of a parcel, or why there is none. */
export const labelOf = (
  { ctx, merchant, day }: Printing,
  { order, parcel, lines }: Item,
): LabelContent | LeftOutReason => {
  if (!order) return 'not_found'
  const obstacle = labelObstacle({ ...order, erased: order.erasedAt !== null, parcel: parcel ?? null })
  if (obstacle !== null || !parcel) return obstacle ?? 'no_parcel'
  return {
    kind: 'label',
    sender: { merchant, store: order.store },
    carrier: parcel.carrier,
    code: parcel.trackingNumber ?? parcel.reference,
    reference: parcel.reference,
    orderNumber: order.number,
    day,
    receiver: receiverOf(ctx, order),
    amountCentimes: parcel.amountCentimes,
    products: lines,
    options: optionsOn(order),
    note: order.note,
  }
}

/** The packing slip of an order, or why there is none. */
export const slipOf = (
  { ctx, merchant, day }: Printing,
  { order, parcel, lines }: Item,
): SlipContent | LeftOutReason => {
  if (!order) return 'not_found'
  if (order.erasedAt !== null) return 'erased'
  return {
    kind: 'slip',
    sender: { merchant, store: order.store },
    orderNumber: order.number,
    day,
    trackingNumber: parcel?.trackingNumber ?? null,
    receiver: receiverOf(ctx, order),
    lines: lines.map((line) => ({ ...line, totalCentimes: lineTotal(line) })),
    shippingFeeCentimes: order.shippingFeeCentimes,
    discountCentimes: order.discountCentimes,
    adjustmentCentimes: order.adjustmentCentimes,
    depositCentimes: order.depositCentimes,
    totalCentimes: order.totalCentimes,
    amountCentimes: order.codAmountCentimes,
    options: optionsOn(order),
    note: order.note,
  }
}
