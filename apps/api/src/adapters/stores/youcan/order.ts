import { isCashOnDelivery } from '@sendocki/domain/stores/cash-on-delivery'
import { parseInstant } from '@sendocki/domain/time'
import { type Attribute, allSaid, attributeOf, phonesIn, said, utmIn } from '../attributes.ts'
import type { ShopOrder } from '../port.ts'
import { amountOf, type Fields, fieldsOf, firstText, listOf, quantityOf, textOf, Unreadable } from '../reading.ts'

const money = { decimalSign: '.' } as const
const instant = (value: unknown): string | null => (typeof value === 'string' ? parseInstant(value) : null)

interface Context {
  readonly codPatterns: readonly string[]
  /** When the platform says that it happened: the version of an order that has no date of its own. */
  readonly happenedAt: string | null
}

/** Slugs of statuses that mean that the order is off; a merchant's own statuses stay words to show. */
const cancelledSlug = /^(cancel|canceled|cancelled|annule|annulee)$/

/** A YouCan order, of either generation. Source: integrations.md 3.2. */
export const orderOf = (body: unknown, { codPatterns, happenedAt }: Context): ShopOrder => {
  const order = fieldsOf(body)
  const externalId = textOf(order.id, 60)
  if (externalId === null) throw new Unreadable('The order has no id.')
  const totalCentimes = amountOf(order.total, 'total', money)
  if (totalCentimes === null) throw new Unreadable('The order has no total.')
  const attributes = [...attributesOf(order.extra_fields), ...attributesOf(order.custom_fields)]
  const updatedAt = instant(order.updated_at) ?? instant(happenedAt)
  return {
    externalId,
    reference: textOf(order.ref, 120) ?? externalId,
    placedAt: instant(order.created_at),
    updatedAt,
    cancelledAt: isCancelled(order) ? (updatedAt ?? instant(order.created_at) ?? happenedAt) : null,
    test: order.is_test === true,
    currency: currencyOf(order.currency),
    totalCentimes,
    shippingFeeCentimes: shippingOf(fieldsOf(order.shipping)),
    discountCentimes: amountOf(order.discount, 'discount', money) ?? 0,
    ...paymentOf(order, totalCentimes, codPatterns),
    ...personOf(order, attributes),
    lines: linesOf(order),
    note: textOf(order.notes, 2_000),
    source: firstText(textOf(order.source, 60), textOf(order.channel, 60)),
    utm: utmIn([...Object.entries(fieldsOf(order.utm)).map(utmField), ...attributes.map(pairOf)]),
    tags: listOf(order.tags)
      .flatMap((tag) => textOf(typeof tag === 'object' ? fieldsOf(tag).name : tag, 40) ?? [])
      .slice(0, 20),
  }
}

const pairOf = ({ name, value }: Attribute) => [name, value] as const
const utmField = ([name, value]: [string, unknown]) => [name.startsWith('utm_') ? name : `utm_${name}`, value] as const

const isCancelled = (order: Fields): boolean =>
  [fieldsOf(order.status_object).slug, order.status_new, order.status, order.confirmation_status].some((status) =>
    cancelledSlug.test(slugOf(status)),
  ) || order.cancelled_at != null

const slugOf = (value: unknown): string =>
  (textOf(value, 60) ?? '')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()

const currencyOf = (value: unknown): string => (textOf(value, 3) ?? textOf(fieldsOf(value).code, 3) ?? '').toUpperCase()

const shippingOf = (shipping: Fields): number =>
  shipping.is_free === true ? 0 : (amountOf(shipping.price, 'shipping.price', money) ?? 0)

const paymentOf = (
  order: Fields,
  totalCentimes: number,
  codPatterns: readonly string[],
): Pick<ShopOrder, 'outstandingCentimes' | 'paymentMethod' | 'cashOnDelivery' | 'paymentStatus'> => {
  const payment = fieldsOf(order.payment)
  const payload = fieldsOf(payment.payload)
  const methods = [payload.gateway, payload.name, payment.gateway_type].flatMap((name) => textOf(name, 80) ?? [])
  const status = firstText(textOf(payment.status_text, 40), textOf(order.payment_status_new, 40))
  const paid = slugOf(status) === 'paid'
  return {
    outstandingCentimes: paid ? 0 : null,
    paymentMethod: methods[0] ?? null,
    cashOnDelivery: isCashOnDelivery(
      { methods, pending: !paid, outstandingCentimes: paid ? 0 : totalCentimes },
      codPatterns,
    ),
    paymentStatus: firstText(status, textOf(order.payment_status, 40)),
  }
}

/** Checkout extras come as a list of named values, or as one object of them. */
const attributesOf = (value: unknown): readonly Attribute[] => {
  if (Array.isArray(value))
    return value.flatMap((entry) => {
      const field = fieldsOf(entry)
      return attributeOf(field.label ?? field.name ?? field.key, field.value)
    })
  return Object.entries(fieldsOf(value)).flatMap(([name, entry]) => {
    const field = fieldsOf(entry)
    return attributeOf(field.label ?? field.name ?? name, field.value ?? entry)
  })
}

/** The likeliest place first; addresses are lists, of which the first counts. */
const personOf = (order: Fields, attributes: readonly Attribute[]): Pick<ShopOrder, 'customer' | 'address'> => {
  const customer = fieldsOf(order.customer)
  const [shipping, billing] = [order.shipping, order.payment].map((part) => firstAddress(fieldsOf(part).address)) as [
    Fields,
    Fields,
  ]
  const places = [shipping, billing, customer]
  const anywhere = (read: (place: Fields) => string | null) => firstText(...places.map(read))
  return {
    customer: {
      name: firstText(...places.map(nameOf), said(attributes, 'name')),
      email: textOf(customer.email, 254),
      phones: phonesIn(shipping.phone, customer.phone, billing.phone, ...allSaid(attributes, 'phone')),
    },
    address: {
      line: firstText(anywhere(lineOf), said(attributes, 'address')),
      city: firstText(
        anywhere((place) => textOf(place.city, 120)),
        said(attributes, 'city'),
        anywhere((place) => textOf(place.region, 120)),
      ),
      district: said(attributes, 'district'),
      country: anywhere((place) => countryOf(place.country_code ?? place.country)),
    },
  }
}

const firstAddress = (value: unknown): Fields => fieldsOf(Array.isArray(value) ? value[0] : value)

/** A code of two letters; a name of a country is not one. */
const countryOf = (value: unknown): string | null => {
  const text = textOf(value, 60)
  return text !== null && /^[A-Za-z]{2}$/.test(text) ? text.toUpperCase() : null
}

const nameOf = (place: Fields): string | null =>
  firstText(
    textOf([place.first_name, place.last_name].flatMap((part) => textOf(part, 60) ?? []).join(' '), 120),
    textOf(place.full_name, 120),
  )

const lineOf = (place: Fields): string | null =>
  textOf(
    [place.first_line ?? place.address, place.second_line].flatMap((part) => textOf(part, 200) ?? []).join(', '),
    300,
  )

const linesOf = (order: Fields): ShopOrder['lines'] =>
  listOf(order.variants)
    .slice(0, 250)
    .flatMap((entry, index) => {
      const line = fieldsOf(entry)
      const variant = fieldsOf(line.variant)
      const quantity = quantityOf(line.quantity ?? 1, `variants.${index}.quantity`)
      if (quantity === 0) return []
      const sku = textOf(variant.sku, 100)
      const product = textOf(fieldsOf(variant.product).name, 200) ?? textOf(line.name, 200) ?? sku ?? '?'
      const chosen = variationsOf(variant)
      return [
        {
          externalId: textOf(line.id, 60),
          sku,
          name: (chosen && textOf(`${product} – ${chosen}`, 200)) ?? product,
          quantity,
          unitPriceCentimes: amountOf(line.price, `variants.${index}.price`, money) ?? 0,
        },
      ]
    })

/** `{ Couleur: Noir }`, or only the values; a product without variants says `default`. */
const variationsOf = (variant: Fields): string | null => {
  const named = Object.values(fieldsOf(variant.variations)).flatMap((value) => textOf(value, 60) ?? [])
  const values = named.length > 0 ? named : listOf(variant.values).flatMap((value) => textOf(value, 60) ?? [])
  return textOf(values.filter((value) => !/^default$/i.test(value)).join(', '), 120)
}
