import { isCashOnDelivery } from '@sendocki/domain/stores/cash-on-delivery'
import { parseInstant } from '@sendocki/domain/time'
import { type Attribute, allSaid, attributeOf, phonesIn, said, utmIn } from '../attributes.ts'
import type { ShopOrder } from '../port.ts'
import { amountOf, type Fields, fieldsOf, firstText, listOf, quantityOf, textOf, Unreadable } from '../reading.ts'

const money = { decimalSign: '.' } as const
const amount = (fields: Fields, name: string) => amountOf(fields[name], name, money)
const instant = (value: unknown): string | null => (typeof value === 'string' ? parseInstant(value) : null)

/** A Shopify order in its webhook's JSON. Source: integrations.md 3.1, "fields we use". */
export const orderOf = (body: unknown, codPatterns: readonly string[]): ShopOrder => {
  const order = fieldsOf(body)
  const externalId = textOf(order.id, 40)
  if (externalId === null) throw new Unreadable('The order has no id.')
  const totalCentimes = amount(order, 'current_total_price') ?? amount(order, 'total_price')
  if (totalCentimes === null) throw new Unreadable('The order has no total.')
  const attributes = attributesOf(order.note_attributes)
  const outstandingCentimes = amount(order, 'total_outstanding')
  const methods = listOf(order.payment_gateway_names).flatMap((name) => textOf(name, 80) ?? [])
  const pending = ['pending', 'authorized', 'partially_paid'].includes(String(order.financial_status))
  return {
    externalId,
    reference: textOf(order.name, 120) ?? externalId,
    placedAt: instant(order.processed_at) ?? instant(order.created_at),
    updatedAt: instant(order.updated_at),
    cancelledAt: instant(order.cancelled_at),
    test: order.test === true,
    currency: (textOf(order.currency, 3) ?? '').toUpperCase(),
    totalCentimes,
    shippingFeeCentimes: shippingOf(order),
    discountCentimes: amount(order, 'current_total_discounts') ?? amount(order, 'total_discounts') ?? 0,
    outstandingCentimes,
    paymentMethod: textOf(methods.join(', '), 200),
    cashOnDelivery: isCashOnDelivery(
      { methods, pending, outstandingCentimes: outstandingCentimes ?? totalCentimes },
      codPatterns,
    ),
    paymentStatus: textOf(order.financial_status, 40),
    ...personOf(order, attributes),
    lines: linesOf(order),
    note: textOf(order.note, 2_000),
    source: textOf(order.source_name, 60),
    utm: utmOf(order, attributes),
    tags:
      textOf(order.tags, 1_000)
        ?.split(',')
        .flatMap((tag) => textOf(tag, 40) ?? [])
        .slice(0, 20) ?? [],
  }
}

const attributesOf = (value: unknown): readonly Attribute[] =>
  listOf(value).flatMap((entry) => {
    const { name, value: text } = fieldsOf(entry)
    return attributeOf(name, text)
  })

/** The likeliest place first; which of the phones is a usable one is for the arrival to find out. */
const personOf = (order: Fields, attributes: readonly Attribute[]): Pick<ShopOrder, 'customer' | 'address'> => {
  const [shipping, billing, customer] = [order.shipping_address, order.billing_address, order.customer].map(
    fieldsOf,
  ) as [Fields, Fields, Fields]
  const places = [shipping, billing]
  const phones = [shipping.phone, order.phone, billing.phone, customer.phone, ...allSaid(attributes, 'phone')]
  const anywhere = (read: (place: Fields) => string | null) => firstText(...places.map(read))
  return {
    customer: {
      name: firstText(...[shipping, billing, customer].map(nameOf), said(attributes, 'name')),
      email: firstText(textOf(order.email, 254), textOf(order.contact_email, 254), textOf(customer.email, 254)),
      phones: phonesIn(...phones),
    },
    address: {
      line: firstText(anywhere(lineOf), said(attributes, 'address')),
      city: firstText(
        anywhere((place) => textOf(place.city, 120)),
        said(attributes, 'city'),
      ),
      district: firstText(said(attributes, 'district')),
      country: anywhere((place) => textOf(place.country_code, 2)),
    },
  }
}

const nameOf = (place: Fields): string | null =>
  firstText(
    textOf(place.name, 120),
    textOf([place.first_name, place.last_name].flatMap((part) => textOf(part, 60) ?? []).join(' '), 120),
  )

const lineOf = (place: Fields): string | null =>
  textOf([place.address1, place.address2].flatMap((part) => textOf(part, 200) ?? []).join(', '), 300)

/** After an edit `current_quantity` is what remains; a line at zero was removed. */
const linesOf = (order: Fields): ShopOrder['lines'] =>
  listOf(order.line_items)
    .slice(0, 250)
    .flatMap((entry, index) => {
      const line = fieldsOf(entry)
      const field = (name: string) => `line_items.${index}.${name}`
      const quantity = quantityOf(line.current_quantity ?? line.quantity, field('quantity'))
      if (quantity === 0) return []
      const variant = textOf(line.variant_title, 120)
      const title = textOf(line.title, 200) ?? textOf(line.name, 200) ?? textOf(line.sku, 100) ?? '?'
      return [
        {
          externalId: textOf(line.id, 40),
          sku: textOf(line.sku, 100),
          name: (variant && variant !== 'Default Title' ? textOf(`${title} – ${variant}`, 200) : null) ?? title,
          quantity,
          unitPriceCentimes: amountOf(line.price, field('price'), money) ?? 0,
        },
      ]
    })

const shippingOf = (order: Fields): number => {
  const set = fieldsOf(fieldsOf(order.total_shipping_price_set).shop_money)
  const told = amountOf(set.amount, 'total_shipping_price_set', money)
  if (told !== null) return told
  return listOf(order.shipping_lines).reduce<number>(
    (sum, line, index) => sum + (amountOf(fieldsOf(line).price, `shipping_lines.${index}.price`, money) ?? 0),
    0,
  )
}

/** Where the visit came from: the landing page's own parameters, then what a form app noted. */
const utmOf = (order: Fields, attributes: readonly Attribute[]): Record<string, string> => {
  const landing = textOf(order.landing_site, 2_000)
  const query = landing?.includes('?') ? [...new URLSearchParams(landing.slice(landing.indexOf('?') + 1))] : []
  return utmIn([...query, ...attributes.map(({ name, value }) => [name, value] as const)])
}
