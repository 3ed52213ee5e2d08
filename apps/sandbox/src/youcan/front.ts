import { randomUUID } from 'node:crypto'
import type { BelievableOrder } from '../believable.ts'
import { type Chance, happens, pick } from '../chance.ts'
import type { Outgoing } from '../outgoing.ts'
import type { OrderIdentity, PlayedShop, Storefront, Webhook } from '../shops/storefront.ts'
import { hexSignature } from '../signatures.ts'
import type { World } from '../world.ts'

type Json = Readonly<Record<string, unknown>>

/** A slug, as in `slug.youcan.shop`. */
const namePattern = /^[a-z0-9][a-z0-9-]{0,60}$/

/** Names of events of the older generation, whose bodies are the order itself. */
const older = ['order.create', 'upsell.accept', 'inventory.low']

/** Five tries over about four hours, here in four minutes, and only where the receiver failed. */
const retrySeconds = [5, 15, 60, 160]

/** YouCan's shops. Source: integrations.md 3.2. */
export const youcanFront: Storefront = {
  provider: 'youcan',
  usualName: 'boutique-demo',
  nameOf: (text) => {
    const name = text
      .trim()
      .toLowerCase()
      .replace(/\.youcan\.shop$/, '')
    return namePattern.test(name) ? name : null
  },
  given: (order, identity) => ({ ...emptyOrder(identity), ...order }),
  believable: (order, identity, chance) => ({ ...emptyOrder(identity), ...believable(order, identity, chance) }),
  changed: (order, change, at) => ({ ...order, ...change, id: order.id, ...later(order, change, at) }),
  cancellation: {
    status: 6,
    status_new: 'canceled',
    status_object: { slug: 'canceled', name: 'Annulée', color: '#c00' },
  },
  topics: { created: ['order.created', 'order.create'], updated: ['order.updated'], cancelled: ['order.updated'] },
  webhook: (world, _shop, webhook) => webhookOf(world, webhook),
  failuresBeforeOff: null,
}

/** A version is at least a second younger than the one before. */
const later = (order: Json, change: Json, at: Date): Json => {
  if ('updated_at' in change) return {}
  const before = Date.parse(String(order.updated_at))
  return { updated_at: new Date(Math.max(at.getTime(), Number.isNaN(before) ? 0 : before + 1_000)).toISOString() }
}

const emptyOrder = ({ id, number, at }: OrderIdentity): Json => ({
  id: uuidOf(id),
  ref: `YC-${number}`,
  total: 0,
  vat: 0,
  currency: 'MAD',
  status: 1,
  status_new: 'open',
  status_object: { slug: 'open', name: 'Ouverte', color: '#333' },
  payment_status: 2,
  payment_status_new: 'unpaid',
  confirmation_status: null,
  shipping_status: null,
  notes: null,
  tags: [],
  extra_fields: [],
  custom_fields: [],
  customer: null,
  payment: {
    status: 2,
    status_text: 'unpaid',
    gateway_type: 'cod',
    payload: { gateway: 'cod', gateway_id: null },
    address: [],
  },
  shipping: { price: 0, is_free: true, status: 1, tracking_number: null, payload: null, address: [] },
  variants: [],
  created_at: at.toISOString(),
  updated_at: at.toISOString(),
  links: { self: null },
})

/** A UUID that carries the number, so that ids are in order and never repeat. */
const uuidOf = (id: number): string => {
  const hex = id.toString(16).padStart(20, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-8${hex.slice(15, 18)}-${hex.slice(18)}${'0'.repeat(10)}`
}

const believable = (order: BelievableOrder, { id }: OrderIdentity, chance: Chance): Json => {
  const goods = order.lines.reduce((sum, { product, quantity }) => sum + product.priceDirhams * quantity, 0)
  const cityOnForm = !order.formApp || happens(chance, 0.5)
  const person = { first_name: order.firstName, last_name: order.lastName, phone: order.formApp ? null : order.phone }
  const place = {
    ...person,
    [pick(chance, ['first_line', 'address'])]: order.address,
    city: cityOnForm ? order.city : null,
  }
  const extras = {
    ...(order.formApp && order.phone ? { [pick(chance, ['Téléphone', 'phone', 'رقم الهاتف'])]: order.phone } : {}),
    ...(!cityOnForm && order.city ? { [pick(chance, ['Ville', 'المدينة'])]: order.city } : {}),
    ...order.utm,
  }
  return {
    total: goods + order.shippingDirhams,
    notes: order.note,
    // Checkout extras come as a list, or as one object.
    extra_fields: happens(chance, 0.5) ? Object.entries(extras).map(([name, value]) => ({ name, value })) : extras,
    customer: {
      id: uuidOf(id + 1),
      ...person,
      full_name: `${order.firstName} ${order.lastName}`,
      email: null,
      city: place.city,
      region: null,
      country: 'MA',
    },
    shipping: {
      price: order.shippingDirhams,
      is_free: order.shippingDirhams === 0,
      status: 1,
      tracking_number: null,
      payload: { name: 'Livraison' },
      address: [{ ...place, second_line: null, region: null, zip_code: null }],
    },
    variants: order.lines.map(({ product, quantity }, index) => ({
      id: uuidOf(id + 10 + index),
      price: product.priceDirhams,
      quantity,
      variant: {
        id: uuidOf(product.variantId),
        sku: product.sku,
        options: product.variant ? ['Modèle'] : [],
        values: product.variant ? [product.variant] : ['default'],
        variations: product.variant ? { Modèle: product.variant } : {},
        product: {
          id: uuidOf(product.productId),
          name: product.title,
          slug: product.sku.toLowerCase(),
          thumbnail: null,
        },
      },
    })),
  }
}

/** As PHP prints JSON: `/` escaped, letters beyond ASCII as `\uXXXX`. These bytes are what is signed. */
export const phpJson = (body: unknown): string =>
  JSON.stringify(body)
    .replaceAll('/', '\\/')
    .replace(/[\u007f-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)

const webhookOf = (world: World, { topic, body, url, secret }: Webhook): Outgoing => {
  const bare = older.includes(topic)
  const happenedAt = world.now().toISOString()
  return textWebhook(
    url,
    secret,
    topic,
    phpJson(bare ? body : { event_name: topic, event_happened_at: happenedAt, data: body }),
  )
}

/** A body of any bytes, signed and sent as an event would be. */
export const textWebhook = (url: string, secret: string, topic: string, text: string): Outgoing => {
  const id = randomUUID()
  return {
    id,
    provider: 'youcan',
    topic,
    url,
    body: text,
    secret,
    retrySeconds,
    retries: (status) => status === null || status >= 500,
    headers: (key) => ({
      'user-agent': 'YouCan',
      ...(older.includes(topic)
        ? {}
        : { 'x-youcan-topic': topic, 'x-youcan-delivery-id': id, 'x-youcan-api-version': 'v1' }),
      ...(key === null ? {} : { 'x-youcan-signature': hexSignature(key, text) }),
    }),
  }
}

/** The merchant removes the app: told first, then it hears nothing more. */
export const uninstalled = (shop: PlayedShop): Json => ({ slug: shop.name, name: shop.title })
