import { createHmac } from 'node:crypto'
import type { Answer, TestApi } from './app.ts'

/** Our app's credentials at Shopify, in tests without the sandbox. */
export const shopifyApp = { SHOPIFY_CLIENT_ID: 'test-app', SHOPIFY_CLIENT_SECRET: 'test-app-secret' }

export interface ConnectedStore {
  readonly id: string
  readonly secret: string
}

/** A store of the generic hook, connected by a manager. */
export const genericStore = async (
  api: TestApi,
  { name = 'Page Argan', unsigned = false } = {},
): Promise<ConnectedStore> => {
  const { status, body, text } = await api.as('manager').post('/stores', { platform: 'generic', name, unsigned })
  if (status !== 201) throw new Error(text)
  return { id: body.id, secret: body.webhookSecret }
}

/** A Shopify shop whose owner pasted our address and gave us their signing secret. */
export const webhookOnlyShop = async (api: TestApi, secret = 'pasted-secret'): Promise<ConnectedStore> => {
  const { status, body, text } = await api
    .as('owner')
    .post('/stores', { platform: 'shopify', name: 'Boutique', credentials: { webhookSecret: secret } })
  if (status !== 201) throw new Error(text)
  return { id: body.id, secret }
}

type Headers = Readonly<Record<string, string>>
const bytesOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body))

export const genericSignature = (secret: string, body: string, at: Date): string => {
  const time = Math.floor(at.getTime() / 1000)
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`
}

/** Sends one delivery of the generic hook, signed now unless other headers say otherwise. */
export const deliverGeneric = (
  api: TestApi,
  { id, secret }: ConnectedStore,
  body: unknown,
  headers: Headers = {},
): Promise<Answer> => {
  const text = bytesOf(body)
  return api.withToken(null).post(`//hooks/generic/${id}`, text, {
    'content-type': 'application/json',
    'x-signature': genericSignature(secret, text, api.clock.now()),
    ...headers,
  })
}

export const shopifySignature = (secret: string, body: string): string =>
  createHmac('sha256', secret).update(body).digest('base64')

let deliveries = 0
/** Sends one Shopify delivery to a connection's own address, or to the app's when `id` is null. */
export const deliverShopify = (
  api: TestApi,
  { id, secret }: { readonly id: string | null; readonly secret: string },
  topic: string,
  body: unknown,
  headers: Headers = {},
): Promise<Answer> => {
  const text = bytesOf(body)
  deliveries += 1
  return api.withToken(null).post(id === null ? '//hooks/shopify' : `//hooks/shopify/${id}`, text, {
    'content-type': 'application/json',
    'x-shopify-topic': topic,
    'x-shopify-webhook-id': `delivery-${deliveries}`,
    'x-shopify-shop-domain': 'dar-argan.myshopify.com',
    'x-shopify-hmac-sha256': shopifySignature(secret, text),
    ...headers,
  })
}

/** An order of the generic hook that needs nothing to be completed. */
export const genericOrder = (externalId: string, changes: object = {}): object => ({
  external_id: externalId,
  customer: { name: 'Salma Bennani', phone: '06 12 34 56 78', city: 'Casablanca', address: '12 rue des Fleurs' },
  items: [{ sku: 'ARG-1', name: "Huile d'argan", quantity: 1, unit_price: '219.00' }],
  shipping_fee: '30.00',
  total: '249.00',
  ...changes,
})

/** An order as Shopify's webhook tells it; versions differ by their date and total. */
export const shopifyOrder = (id: number, version = 1, changes: object = {}): object => ({
  id,
  name: `#${id}`,
  created_at: '2026-11-20T10:00:00Z',
  updated_at: `2026-11-20T10:00:${String(version).padStart(2, '0')}Z`,
  currency: 'MAD',
  total_price: `${100 + version}.00`,
  current_total_price: `${100 + version}.00`,
  total_outstanding: `${100 + version}.00`,
  financial_status: 'pending',
  payment_gateway_names: ['Cash on Delivery (COD)'],
  shipping_address: {
    name: 'Salma Bennani',
    address1: '12 rue des Fleurs',
    city: 'Casablanca',
    phone: '0612345678',
    country_code: 'MA',
  },
  line_items: [
    {
      id: id * 10,
      title: "Huile d'argan",
      sku: 'ARG-1',
      quantity: 1,
      current_quantity: 1,
      price: `${100 + version}.00`,
    },
  ],
  ...changes,
})
