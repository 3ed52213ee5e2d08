import { isCashOnDelivery } from '@sendocki/domain/stores/cash-on-delivery'
import { parseInstant } from '@sendocki/domain/time'
import { digestOf, hmacSha256, sameText, signedByOne } from '../../signature.ts'
import type { DeliveryHead, HookKeys, RawDelivery, ShopOrder, StoredDelivery, StoreMap, Verdict } from '../port.ts'
import {
  amountOf,
  type Fields,
  fieldsOf,
  firstText,
  jsonOf,
  listOf,
  quantityOf,
  readingOf,
  textOf,
  Unreadable,
} from '../reading.ts'

/** A signature older or newer than this is refused: a delivery that was overheard cannot be sent again later. */
const windowSeconds = 300
const unkeyed = 'body:'

/** Our own hook, for landing pages, sheets and builders. Source: integrations.md 3.6. */
export const genericMap: StoreMap = {
  platform: 'generic',
  appSecrets: [],
  head: (delivery) => headOf(delivery),
  verify: (delivery, keys, now) => verify(delivery, keys, now),
  parse: (delivery, { codPatterns }) => readingOf(() => ({ kind: 'order', order: orderOf(delivery, codPatterns) })),
}

/**
 * Without an `Idempotency-Key` the body itself is the key: sent again unchanged it is a repeat, changed it is another
 * version of the order that `external_id` names.
 */
const headOf = (delivery: RawDelivery): DeliveryHead => {
  const given = textOf(delivery.headers['idempotency-key'], 255)
  const time = signatureOf(delivery)?.time
  return {
    key: given ?? `${unkeyed}${digestOf(delivery.body)}`,
    topic: 'order',
    shop: null,
    subject: /"external_id"\s*:\s*"?([\w.#:-]{1,100})/.exec(delivery.body.toString('utf8', 0, 4_096))?.[1] ?? null,
    sentAt: time === undefined ? null : new Date(time * 1000).toISOString(),
  }
}

interface Signature {
  readonly time: number
  readonly values: readonly string[]
}

const signatureOf = (delivery: RawDelivery): Signature | null => {
  const parts = (delivery.headers['x-signature'] ?? '').split(',').map((part) => part.trim().split('='))
  const time = parts.find(([name]) => name === 't')?.[1]
  if (time === undefined || !/^\d{1,11}$/.test(time)) return null
  return {
    time: Number(time),
    values: parts.flatMap(([name, value]) => (name === 'v1' && value ? [value.toLowerCase()] : [])).slice(0, 4),
  }
}

const verify = (delivery: RawDelivery, { secrets, unsigned }: HookKeys, now: Date): Verdict => {
  const signature = signatureOf(delivery)
  if (signature) {
    const signed = signature.values
      .map((value) => signedByOne(value, secrets, (secret) => signBody(secret, signature.time, delivery.body)))
      .includes(true)
    const inTime = Math.abs(now.getTime() / 1000 - signature.time) <= windowSeconds
    return signed && inTime ? { ok: true, trust: 'signed' } : { ok: false }
  }
  const known = secrets.map((secret) => sameText(delivery.query.key ?? '', secret)).includes(true)
  return unsigned && known ? { ok: true, trust: 'unsigned' } : { ok: false }
}

const signBody = (secret: string, time: number, body: Buffer): string =>
  hmacSha256(secret, Buffer.concat([Buffer.from(`${time}.`), body]), 'hex')

const orderOf = (delivery: StoredDelivery, codPatterns: readonly string[]): ShopOrder => {
  const order = fieldsOf(jsonOf(delivery.body))
  const externalId =
    textOf(order.external_id, 120) ?? (delivery.key.startsWith(unkeyed) ? null : textOf(delivery.key, 120))
  if (externalId === null) throw new Unreadable('external_id or the header Idempotency-Key is needed.')
  const totalCentimes = amountOf(order.total, 'total')
  if (totalCentimes === null) throw new Unreadable('total is missing.')
  if (totalCentimes < 0) throw new Unreadable('total is negative.')
  const customer = fieldsOf(order.customer)
  const method = textOf(order.payment_method, 80)
  return {
    externalId,
    reference: textOf(order.reference, 120) ?? externalId,
    placedAt: instant(order.created_at),
    updatedAt: instant(order.updated_at) ?? momentOf(delivery),
    cancelledAt: instant(order.cancelled_at),
    test: order.test === true,
    currency: (textOf(order.currency, 3) ?? 'MAD').toUpperCase(),
    totalCentimes,
    shippingFeeCentimes: amountOf(order.shipping_fee, 'shipping_fee') ?? 0,
    discountCentimes: amountOf(order.discount, 'discount') ?? 0,
    outstandingCentimes: amountOf(order.outstanding, 'outstanding'),
    paymentMethod: method,
    cashOnDelivery: isCashOnDelivery(
      { methods: method ? [method] : [], pending: true, outstandingCentimes: totalCentimes },
      codPatterns,
    ),
    paymentStatus: textOf(order.payment_status, 40),
    customer: {
      name: textOf(customer.name, 120),
      email: textOf(customer.email, 254),
      phones: [customer.phone, customer.alternate_phone].flatMap((phone) => textOf(phone, 60) ?? []),
    },
    address: {
      line: textOf(customer.address, 300),
      city: textOf(customer.city, 120),
      district: firstText(textOf(customer.district, 120)),
      country: textOf(customer.country, 2),
    },
    lines: linesOf(order),
    note: textOf(order.note, 2_000),
    source: textOf(order.source, 60),
    utm: utmOf(order.utm),
    tags: listOf(order.tags)
      .flatMap((tag) => textOf(tag, 40) ?? [])
      .slice(0, 20),
  }
}

/**
 * Without a date of its own the moment of signing says which of two versions is the newer one; signatures count whole
 * seconds, so within one second the arrival decides.
 */
const momentOf = ({ sentAt, receivedAt }: StoredDelivery): string => {
  if (sentAt === null) return receivedAt
  const signed = Date.parse(sentAt)
  return new Date(signed + Math.min(999, Math.max(0, Date.parse(receivedAt) - signed))).toISOString()
}

const instant = (value: unknown): string | null => (typeof value === 'string' ? parseInstant(value) : null)

const linesOf = (order: Fields): ShopOrder['lines'] =>
  listOf(order.items)
    .slice(0, 250)
    .flatMap((entry, index) => {
      const item = fieldsOf(entry)
      const quantity = quantityOf(item.quantity ?? 1, `items.${index}.quantity`)
      const sku = textOf(item.sku, 100)
      const unitPriceCentimes = amountOf(item.unit_price, `items.${index}.unit_price`) ?? 0
      if (quantity === 0) return []
      return [
        {
          externalId: textOf(item.id, 40),
          sku,
          name: textOf(item.name, 200) ?? sku ?? '?',
          quantity,
          unitPriceCentimes,
        },
      ]
    })

/** `source` and `utm_source` are the same word in two habits. */
const utmOf = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fieldsOf(value))
      .flatMap(([name, said]) => {
        const key = name.toLowerCase().startsWith('utm_') ? name.toLowerCase() : `utm_${name.toLowerCase()}`
        const text = textOf(said, 300)
        return /^utm_[a-z_]{1,40}$/.test(key) && text !== null ? [[key, text] as const] : []
      })
      .slice(0, 20),
  )
