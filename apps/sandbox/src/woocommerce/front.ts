import { randomBytes } from 'node:crypto'
import { decimalText } from '../amounts.ts'
import type { BelievableOrder } from '../believable.ts'
import { type Chance, happens, pick } from '../chance.ts'
import type { Outgoing } from '../outgoing.ts'
import type { OrderIdentity, PlayedShop, Storefront, Webhook } from '../shops/storefront.ts'
import { base64Signature } from '../signatures.ts'

type Json = Readonly<Record<string, unknown>>

const sitePattern = /^[a-z0-9][a-z0-9.-]*\.[a-z]{2,}(:\d{1,5})?$/

/** WooCommerce sites, each on a host of its own. Source: integrations.md 3.3. */
export const woocommerceFront: Storefront = {
  provider: 'woocommerce',
  usualName: 'boutique-demo.ma',
  nameOf: (text) => {
    const site = text
      .trim()
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/\/+$/, '')
    return sitePattern.test(site) ? site : null
  },
  given: (order, identity) => ({ ...emptyOrder(identity), ...order }),
  believable: (order, identity, chance) => ({ ...emptyOrder(identity), ...believable(order, identity, chance) }),
  changed: (order, change, at) => ({ ...order, ...change, id: order.id, ...later(order, change, at) }),
  cancellation: { status: 'cancelled' },
  // A new order is saved twice by most checkouts, which tells of it twice.
  topics: { created: ['order.created', 'order.updated'], updated: ['order.updated'], cancelled: ['order.updated'] },
  webhook: (_world, shop, webhook) => webhookOf(shop, webhook, JSON.stringify(webhook.body)),
  failuresBeforeOff: 5,
}

/** GMT to the second, without its `Z`, as WordPress writes it. */
export const gmtText = (at: Date): string => at.toISOString().slice(0, 19)

/** A version is at least a second younger than the one before. */
const later = (order: Json, change: Json, at: Date): Json => {
  if ('date_modified_gmt' in change) return {}
  const before = Date.parse(`${String(order.date_modified_gmt)}Z`)
  return { date_modified_gmt: gmtText(new Date(Math.max(at.getTime(), Number.isNaN(before) ? 0 : before + 1_000))) }
}

const noAddress = {
  first_name: '',
  last_name: '',
  company: '',
  address_1: '',
  address_2: '',
  city: '',
  state: '',
  postcode: '',
  country: '',
  phone: '',
}

const emptyOrder = ({ id, number, at }: OrderIdentity): Json => ({
  id,
  parent_id: 0,
  number: String(number),
  order_key: `wc_order_${id.toString(36)}`,
  created_via: 'checkout',
  version: '10.3.0',
  status: 'processing',
  currency: 'MAD',
  date_created_gmt: gmtText(at),
  date_modified_gmt: gmtText(at),
  discount_total: '0.00',
  discount_tax: '0.00',
  shipping_total: '0.00',
  shipping_tax: '0.00',
  total: '0.00',
  total_tax: '0.00',
  customer_id: 0,
  payment_method: 'cod',
  payment_method_title: 'Paiement à la livraison',
  date_paid_gmt: null,
  billing: { ...noAddress, email: '' },
  shipping: noAddress,
  customer_note: '',
  meta_data: [],
  line_items: [],
  shipping_lines: [],
  fee_lines: [],
  coupon_lines: [],
})

const believable = (order: BelievableOrder, { id }: OrderIdentity, chance: Chance): Json => {
  const goods = order.lines.reduce((sum, { product, quantity }) => sum + product.priceDirhams * quantity, 0)
  const fee = happens(chance, 0.2) ? 5 : 0
  const cityIsState = happens(chance, 0.2)
  const money = (dirhams: number) => decimalText(dirhams * 100)
  const phoneInMeta = order.formApp && happens(chance, 0.4)
  return {
    total: money(goods + order.shippingDirhams + fee),
    shipping_total: money(order.shippingDirhams),
    payment_method_title: pick(chance, ['Paiement à la livraison', 'Cash on delivery', 'الدفع عند الاستلام']),
    billing: {
      ...noAddress,
      first_name: order.firstName,
      last_name: order.lastName,
      address_1: order.address,
      city: cityIsState ? '' : (order.city ?? ''),
      state: cityIsState ? (order.city ?? '') : '',
      country: 'MA',
      email: '',
      phone: phoneInMeta ? '' : (order.phone ?? ''),
    },
    customer_note: order.note ?? '',
    meta_data: [
      ...(phoneInMeta && order.phone ? [{ id: id + 1, key: 'billing_phone_2', value: order.phone }] : []),
      ...Object.entries(order.utm).map(([name, value], index) => ({
        id: id + 2 + index,
        key: `_wc_order_attribution_${name}`,
        value,
      })),
      { id: id + 9, key: '_form_state', value: { step: 1 } },
    ],
    line_items: order.lines.map(({ product, quantity }, index) => ({
      id: id + 20 + index,
      name: product.variant ? `${product.title} - ${product.variant}` : product.title,
      product_id: product.productId,
      variation_id: product.variant ? product.variantId : 0,
      quantity,
      sku: product.sku,
      price: product.priceDirhams,
      subtotal: money(product.priceDirhams * quantity),
      subtotal_tax: '0.00',
      total: money(product.priceDirhams * quantity),
      total_tax: '0.00',
      meta_data: [],
    })),
    shipping_lines: [{ id: id + 40, method_title: 'Livraison', total: money(order.shippingDirhams) }],
    fee_lines: fee > 0 ? [{ id: id + 41, name: 'Frais de paiement à la livraison', total: money(fee) }] : [],
  }
}

/** A failed delivery is never sent again. */
const webhookOf = (shop: PlayedShop, { topic, url, secret, hookId }: Webhook, text: string): Outgoing => {
  const id = randomBytes(16).toString('hex')
  const [resource = '', event = ''] = topic.split('.')
  return {
    id,
    provider: 'woocommerce',
    topic,
    url,
    body: text,
    secret,
    retrySeconds: [],
    headers: (key) => ({
      'user-agent': 'WooCommerce/10.3.0 Hookshot (WordPress/6.9)',
      'x-wc-webhook-source': `https://${shop.name}/`,
      'x-wc-webhook-topic': topic,
      'x-wc-webhook-resource': resource,
      'x-wc-webhook-event': event,
      'x-wc-webhook-id': hookId ?? '1',
      'x-wc-webhook-delivery-id': id,
      ...(key === null ? {} : { 'x-wc-webhook-signature': base64Signature(key, text) }),
    }),
  }
}

/** A body of any bytes, signed and sent as an event would be. */
export const textWebhook = (shop: PlayedShop, url: string, secret: string, topic: string, text: string): Outgoing =>
  webhookOf(shop, { topic, body: {}, url, secret, hookId: null }, text)

/** What is sent when a hook is saved: a form, unsigned. */
export const pingOf = (url: string, hookId: string): Outgoing => ({
  id: randomBytes(16).toString('hex'),
  provider: 'woocommerce',
  topic: 'ping',
  url,
  body: `webhook_id=${hookId}`,
  secret: null,
  retrySeconds: [],
  headers: () => ({ 'content-type': 'application/x-www-form-urlencoded' }),
})
