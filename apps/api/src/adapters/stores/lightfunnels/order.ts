import { isCashOnDelivery } from '@sendocki/domain/stores/cash-on-delivery'
import { parseInstant } from '@sendocki/domain/time'
import { type Attribute, allSaid, attributeOf, phonesIn, said, utmIn } from '../attributes.ts'
import type { ShopOrder } from '../port.ts'
import { amountOf, type Fields, fieldsOf, firstText, listOf, quantityOf, textOf, Unreadable } from '../reading.ts'

const money = { decimalSign: '.' } as const
const amount = (fields: Fields, name: string): number => amountOf(fields[name], name, money) ?? 0
/** Lists show some dates as "3 days ago": what is no instant is unknown. */
const instant = (value: unknown): string | null => (typeof value === 'string' ? parseInstant(value) : null)

/** A LightFunnels order, as its webhook and its list carry it. Source: integrations.md 3.4. */
export const orderOf = (
  order: Fields,
  { codPatterns, cancelled }: { readonly codPatterns: readonly string[]; readonly cancelled: boolean },
): ShopOrder => {
  const externalId = textOf(order.id, 80)
  if (externalId === null) throw new Unreadable('The order has no id.')
  const totalCentimes = amountOf(order.total, 'total', money)
  if (totalCentimes === null) throw new Unreadable('The order has no total.')
  const updatedAt = instant(order.updated_at)
  const attributes = attributesOf(order)
  return {
    externalId,
    reference: referenceOf(order) ?? externalId,
    placedAt: instant(order.created_at),
    updatedAt,
    cancelledAt: cancelled || order.cancelled_at != null ? (instant(order.cancelled_at) ?? updatedAt ?? epoch) : null,
    test: order.test === true,
    currency: (textOf(order.currency, 3) ?? textOf(fieldsOf(order.currency).code, 3) ?? 'MAD').toUpperCase(),
    totalCentimes,
    shippingFeeCentimes: amount(order, 'shipping'),
    discountCentimes: amount(order, 'discount_value'),
    ...paymentOf(order, totalCentimes, codPatterns),
    ...personOf(order, attributes),
    lines: linesOf(order),
    note: textOf(order.notes, 2_000),
    source: textOf(order.source, 60),
    utm: utmIn([
      ...Object.entries(fieldsOf(order.utm)),
      ...attributes.map(({ name, value }) => [name, value] as const),
    ]),
    tags: listOf(order.tags)
      .flatMap((tag) => textOf(tag, 40) ?? [])
      .slice(0, 20),
  }
}

/** Only that it was cancelled is known, not when; the moment itself is shown nowhere. */
const epoch = '1970-01-01T00:00:00.000Z'

/** `name` is the order's (`#1017`); a payload that puts the buyer there has no reference. */
const referenceOf = (order: Fields): string | null => {
  const name = textOf(order.name, 120)
  return name !== null && /\d/.test(name) ? name : textOf(order._id, 120)
}

const paymentOf = (
  order: Fields,
  totalCentimes: number,
  codPatterns: readonly string[],
): Pick<ShopOrder, 'outstandingCentimes' | 'paymentMethod' | 'cashOnDelivery' | 'paymentStatus'> => {
  const status = textOf(order.financial_status, 40)
  const paid = status === 'paid'
  const methods = [order.payment_method, fieldsOf(order.payment).gateway].flatMap((name) => textOf(name, 80) ?? [])
  const paidCentimes = amountOf(order.paid_by_customer, 'paid_by_customer', money)
  const outstandingCentimes = paid ? 0 : paidCentimes === null ? null : Math.max(0, totalCentimes - paidCentimes)
  return {
    outstandingCentimes,
    paymentMethod: textOf(methods.join(', '), 200),
    cashOnDelivery: isCashOnDelivery(
      { methods, pending: !paid, outstandingCentimes: outstandingCentimes ?? totalCentimes },
      codPatterns,
    ),
    paymentStatus: status,
  }
}

const attributesOf = (order: Fields): readonly Attribute[] => {
  const custom = order.custom ?? order.custom_fields
  if (Array.isArray(custom))
    return custom.flatMap((entry) => {
      const field = fieldsOf(entry)
      return attributeOf(field.label ?? field.name ?? field.key, field.value)
    })
  return Object.entries(fieldsOf(custom)).flatMap(([name, value]) => attributeOf(name, value))
}

const personOf = (order: Fields, attributes: readonly Attribute[]): Pick<ShopOrder, 'customer' | 'address'> => {
  const [shipping, billing, customer] = [order.shipping_address, order.billing_address, order.customer].map(
    fieldsOf,
  ) as [Fields, Fields, Fields]
  const places = [shipping, billing]
  const anywhere = (read: (place: Fields) => string | null) => firstText(...places.map(read))
  return {
    customer: {
      name: firstText(...[shipping, billing, customer].map(nameOf), said(attributes, 'name'), buyerIn(order)),
      email: firstText(textOf(order.email, 254), textOf(customer.email, 254)),
      phones: phonesIn(shipping.phone, order.phone, customer.phone, billing.phone, ...allSaid(attributes, 'phone')),
    },
    address: {
      line: firstText(anywhere(lineOf), said(attributes, 'address')),
      city: firstText(
        anywhere((place) => textOf(place.city, 120)),
        said(attributes, 'city'),
        anywhere((place) => textOf(place.state, 120)),
      ),
      district: said(attributes, 'district'),
      country: anywhere((place) => textOf(place.country, 2)),
    },
  }
}

/** A `name` without digits is the buyer's, not the order's. */
const buyerIn = (order: Fields): string | null => {
  const name = textOf(order.name, 120)
  return name !== null && !/\d/.test(name) ? name : null
}

const nameOf = (place: Fields): string | null =>
  firstText(
    textOf([place.first_name, place.last_name].flatMap((part) => textOf(part, 60) ?? []).join(' '), 120),
    textOf(place.full_name, 120),
  )

const lineOf = (place: Fields): string | null =>
  textOf([place.line1, place.line2].flatMap((part) => textOf(part, 200) ?? []).join(', '), 300)

/**
 * The webhook counts pieces, the list shows each piece by itself: equal ones are put together, so that both say the same
 * order. Their ids would not.
 */
const linesOf = (order: Fields): ShopOrder['lines'] => {
  const lines = new Map<string, ShopOrder['lines'][number]>()
  for (const [index, entry] of listOf(order.items).slice(0, 250).entries()) {
    const item = fieldsOf(entry)
    const quantity = quantityOf(item.quantity ?? 1, `items.${index}.quantity`)
    const unitPriceCentimes = amountOf(item.price, `items.${index}.price`, money) ?? 0
    const sku = textOf(item.sku, 100)
    const name = textOf(item.title, 200) ?? sku ?? '?'
    const key = JSON.stringify([sku, name, unitPriceCentimes])
    const sum = (lines.get(key)?.quantity ?? 0) + quantity
    if (sum > 0) lines.set(key, { externalId: null, sku, name, quantity: sum, unitPriceCentimes })
  }
  return [...lines.values()]
}
