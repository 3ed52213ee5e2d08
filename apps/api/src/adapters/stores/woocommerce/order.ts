import { isCashOnDelivery } from '@sendocki/domain/stores/cash-on-delivery'
import { parseInstant } from '@sendocki/domain/time'
import { type Attribute, allSaid, attributeOf, phonesIn, said, utmIn } from '../attributes.ts'
import type { ShopOrder } from '../port.ts'
import { amountOf, type Fields, fieldsOf, firstText, listOf, quantityOf, textOf, Unreadable } from '../reading.ts'

const money = { decimalSign: '.' } as const
const amount = (fields: Fields, name: string, where = name) => amountOf(fields[name], where, money) ?? 0

/** WooCommerce's GMT texts lack their `Z`. */
export const gmt = (value: unknown): string | null =>
  typeof value === 'string' && value !== ''
    ? parseInstant(/(Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value}Z`)
    : null

const gone = ['cancelled', 'failed', 'trash']

/** A WooCommerce order. Source: integrations.md 3.3. */
export const orderOf = (order: Fields, codPatterns: readonly string[]): ShopOrder => {
  const externalId = textOf(order.id, 40)
  if (externalId === null) throw new Unreadable('The order has no id.')
  const totalCentimes = amountOf(order.total, 'total', money)
  if (totalCentimes === null) throw new Unreadable('The order has no total.')
  const status = textOf(order.status, 40) ?? ''
  const updatedAt = gmt(order.date_modified_gmt)
  const attributes = listOf(order.meta_data).flatMap((entry) => {
    const { key, value } = fieldsOf(entry)
    return attributeOf(key, value)
  })
  return {
    externalId,
    reference: `#${textOf(order.number, 110) ?? externalId}`,
    placedAt: gmt(order.date_created_gmt),
    updatedAt,
    cancelledAt: gone.includes(status) ? (updatedAt ?? gmt(order.date_created_gmt)) : null,
    test: false,
    currency: (textOf(order.currency, 3) ?? '').toUpperCase(),
    totalCentimes,
    // Fees (the surcharge of cash on delivery) stand in the shop's total alone: they become its adjustment.
    shippingFeeCentimes: amount(order, 'shipping_total') + amount(order, 'shipping_tax'),
    discountCentimes: amount(order, 'discount_total') + amount(order, 'discount_tax'),
    ...paymentOf(order, status, totalCentimes, codPatterns),
    ...personOf(order, attributes),
    lines: linesOf(order),
    note: textOf(order.customer_note, 2_000),
    source: textOf(order.created_via, 60),
    utm: utmOf(attributes),
    tags: [],
  }
}

/**
 * Cash on delivery begins as `processing` and counts as paid for the shop once it is completed, which tells nothing of
 * the cash: what is to be collected stays the whole total. Any other method is paid when the shop says when.
 */
const paymentOf = (
  order: Fields,
  status: string,
  totalCentimes: number,
  codPatterns: readonly string[],
): Pick<ShopOrder, 'outstandingCentimes' | 'paymentMethod' | 'cashOnDelivery' | 'paymentStatus'> => {
  const methods = [order.payment_method, order.payment_method_title].flatMap((name) => textOf(name, 80) ?? [])
  const paid = gmt(order.date_paid_gmt) !== null
  const cashOnDelivery = isCashOnDelivery(
    { methods, pending: !paid, outstandingCentimes: paid ? 0 : totalCentimes },
    codPatterns,
  )
  return {
    outstandingCentimes: paid && !cashOnDelivery ? 0 : null,
    paymentMethod: firstText(textOf(order.payment_method_title, 80), textOf(order.payment_method, 80)),
    cashOnDelivery,
    paymentStatus: textOf(status, 40),
  }
}

/** Themes for cash on delivery fill in the billing address alone; forms put the phone wherever they like. */
const personOf = (order: Fields, attributes: readonly Attribute[]): Pick<ShopOrder, 'customer' | 'address'> => {
  const [shipping, billing] = [order.shipping, order.billing].map(fieldsOf) as [Fields, Fields]
  const anywhere = (read: (place: Fields) => string | null) => firstText(read(shipping), read(billing))
  return {
    customer: {
      name: firstText(anywhere(nameOf), said(attributes, 'name')),
      email: textOf(billing.email, 254),
      phones: phonesIn(shipping.phone, billing.phone, ...allSaid(attributes, 'phone')),
    },
    address: {
      line: firstText(anywhere(lineOf), said(attributes, 'address')),
      city: firstText(
        anywhere((place) => textOf(place.city, 120)),
        said(attributes, 'city'),
        // Some plug-ins for Morocco make the list of cities a list of states.
        anywhere((place) => textOf(place.state, 120)),
      ),
      district: said(attributes, 'district'),
      country: anywhere((place) => textOf(place.country, 2)),
    },
  }
}

const nameOf = (place: Fields): string | null =>
  textOf([place.first_name, place.last_name].flatMap((part) => textOf(part, 60) ?? []).join(' '), 120)

const lineOf = (place: Fields): string | null =>
  textOf([place.address_1, place.address_2].flatMap((part) => textOf(part, 200) ?? []).join(', '), 300)

const linesOf = (order: Fields): ShopOrder['lines'] =>
  listOf(order.line_items)
    .slice(0, 250)
    .flatMap((entry, index) => {
      const line = fieldsOf(entry)
      const quantity = quantityOf(line.quantity, `line_items.${index}.quantity`)
      if (quantity === 0) return []
      const sku = textOf(line.sku, 100)
      return [
        {
          externalId: textOf(line.id, 40),
          sku,
          name: textOf(line.name, 200) ?? sku ?? '?',
          quantity,
          unitPriceCentimes: unitPriceOf(line, quantity, `line_items.${index}`),
        },
      ]
    })

/**
 * Before discounts, taxes included. `price` is a quotient with any number of decimals, so the line's own sum is divided;
 * a centime that does not divide goes into the order's adjustment.
 */
const unitPriceOf = (line: Fields, quantity: number, where: string): number => {
  const [sum, tax] = line.subtotal == null ? (['total', 'total_tax'] as const) : (['subtotal', 'subtotal_tax'] as const)
  return Math.round((amount(line, sum, `${where}.${sum}`) + amount(line, tax, `${where}.${tax}`)) / quantity)
}

const attribution = '_wc_order_attribution_'

/** WooCommerce notes where the visit came from in fields of its own. */
const utmOf = (attributes: readonly Attribute[]): Record<string, string> =>
  utmIn(attributes.map(({ name, value }) => [name.replace(attribution, ''), value] as const))
