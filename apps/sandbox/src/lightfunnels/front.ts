import { randomUUID } from 'node:crypto'
import type { BelievableOrder } from '../believable.ts'
import { type Chance, happens, pick } from '../chance.ts'
import type { Outgoing } from '../outgoing.ts'
import type { OrderIdentity, Storefront } from '../shops/storefront.ts'
import { base64Signature } from '../signatures.ts'

type Json = Readonly<Record<string, unknown>>

/** Nothing is stated about retries: a few, as most senders do. */
const retrySeconds = [2, 10, 60]

/** LightFunnels' accounts. Source: integrations.md 3.4. */
export const lightfunnelsFront: Storefront = {
  provider: 'lightfunnels',
  usualName: 'compte-demo',
  nameOf: (text) => {
    const name = text.trim().toLowerCase()
    return /^[a-z0-9][a-z0-9-]{0,60}$/.test(name) ? name : null
  },
  given: (order, identity) => ({ ...emptyOrder(identity), ...order }),
  believable: (order, identity, chance) => ({ ...emptyOrder(identity), ...believable(order, identity, chance) }),
  changed: (order, change, at) => ({ ...order, ...change, id: order.id, ...later(order, change, at) }),
  cancellation: { financial_status: 'voided' },
  topics: {
    created: ['order/created', 'order/confirmed'],
    updated: ['order/confirmed'],
    cancelled: ['order/cancelled'],
  },
  webhook: (_world, _shop, { topic, body, url, secret }) => textWebhook(url, secret, topic, JSON.stringify(body)),
  failuresBeforeOff: null,
}

/** A version is at least a second younger than the one before; a cancelled one says since when. */
const later = (order: Json, change: Json, at: Date): Json => {
  if ('updated_at' in change) return {}
  const before = Date.parse(String(order.updated_at))
  const updated_at = new Date(Math.max(at.getTime(), Number.isNaN(before) ? 0 : before + 1_000)).toISOString()
  return { updated_at, ...(change.financial_status === 'voided' ? { cancelled_at: updated_at } : {}) }
}

const emptyOrder = ({ id, number, at }: OrderIdentity): Json => ({
  id: `order_${Buffer.from(`Order:${id}`).toString('base64url')}`,
  _id: id,
  name: `#${number}`,
  total: 0,
  subtotal: 0,
  shipping: 0,
  discount_value: 0,
  paid_by_customer: 0,
  currency: 'MAD',
  financial_status: 'pending',
  test: false,
  email: null,
  phone: null,
  customer: null,
  shipping_address: null,
  billing_address: null,
  items: [],
  custom: {},
  notes: null,
  tags: [],
  cancelled_at: null,
  created_at: at.toISOString(),
  updated_at: at.toISOString(),
})

const believable = (order: BelievableOrder, { id }: OrderIdentity, chance: Chance): Json => {
  const goods = order.lines.reduce((sum, { product, quantity }) => sum + product.priceDirhams * quantity, 0)
  const phoneAtTop = happens(chance, 0.5)
  const address = {
    first_name: order.firstName,
    last_name: order.lastName,
    line1: order.address,
    line2: '',
    city: order.city ?? '',
    state: '',
    zip: '',
    country: 'MA',
    phone: phoneAtTop ? '' : (order.phone ?? ''),
  }
  return {
    total: goods + order.shippingDirhams,
    subtotal: goods,
    shipping: order.shippingDirhams,
    phone: phoneAtTop ? order.phone : null,
    customer: { full_name: `${order.firstName} ${order.lastName}`, email: null, phone: null },
    shipping_address: address,
    billing_address: pick(chance, [null, address]),
    items: order.lines.map(({ product, quantity }, index) => ({
      id: `item_${id + 10 + index}`,
      sku: product.sku,
      title: product.variant ? `${product.title} - ${product.variant}` : product.title,
      price: product.priceDirhams,
      quantity,
    })),
    custom: order.utm,
    notes: order.note,
  }
}

/** A body of any bytes, signed and sent as an event would be; nothing in it says which account it is for. */
export const textWebhook = (url: string, secret: string, topic: string, text: string): Outgoing => ({
  id: randomUUID(),
  provider: 'lightfunnels',
  topic,
  url,
  body: text,
  secret,
  retrySeconds,
  headers: (key) => ({
    'lightfunnels-topic': topic,
    ...(key === null ? {} : { 'lightfunnels-hmac': base64Signature(key, text) }),
  }),
})
