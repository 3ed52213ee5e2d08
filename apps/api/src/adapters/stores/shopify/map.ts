import { parseInstant } from '@sendocki/domain/time'
import { digestOf, hmacSha256, sameText, signedByOne } from '../../signature.ts'
import type { DeliveryHead, RawDelivery, StoreMap, StoreNews } from '../port.ts'
import { fieldsOf, jsonOf, listOf, readingOf, textOf, Unreadable } from '../reading.ts'
import { payloadOf } from './node.ts'
import { orderOf } from './order.ts'

export interface ShopifySettings {
  /** `{shop}` stands for the shop's host. */
  readonly baseUrl: string
  /** The same for pages that a person's browser opens. */
  readonly pageUrl: string
  readonly clientId: string | null
  readonly clientSecret: string | null
  /** The secret before the last rotation: deliveries may be signed with either for an hour. */
  readonly clientSecretPrevious: string | null
  readonly apiVersion: string
}

/** One table of header names: the newer delivery format drops the `X-`. */
const header = (delivery: RawDelivery, name: string): string | null =>
  textOf(delivery.headers[`x-shopify-${name}`] ?? delivery.headers[`shopify-${name}`], 500)

/** Read only towards the shop: nothing here writes into it. */
export const scopes = ['read_orders', 'read_customers', 'read_products', 'read_fulfillments'] as const

/** Under this topic our own readings of the shop's list are stored. */
export const listedTopic = 'orders/listed'

const shopPattern = /^[a-z0-9][a-z0-9-]{0,80}\.myshopify\.com$/

/** The host of a shop from what a person types: the name alone, the host, or an address of it. */
export const shopOf = (text: string): string | null => {
  const host = text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/?#].*$/, '')
  const whole = /^[a-z0-9][a-z0-9-]{0,80}$/.test(host) ? `${host}.myshopify.com` : host
  return shopPattern.test(whole) ? whole : null
}

/** The whole of Shopify's contract that needs no network. Source: integrations.md 3.1. */
export const shopifyMap = (settings: ShopifySettings): StoreMap => {
  const { pageUrl, clientId, clientSecret, clientSecretPrevious } = settings
  return {
    platform: 'shopify',
    appSecrets: [clientSecret, clientSecretPrevious].filter((secret) => secret !== null),
    head,
    verify: (delivery, { secrets }) => {
      const given = header(delivery, 'hmac-sha256') ?? ''
      const signed = signedByOne(given, secrets, (secret) => hmacSha256(secret, delivery.body, 'base64'))
      return signed ? { ok: true, trust: 'signed' } : { ok: false }
    },
    parse: ({ topic, body }, { codPatterns }) => readingOf(() => newsOf(topic, jsonOf(body), codPatterns)),
    shopOf,
    ...(clientId !== null && clientSecret !== null
      ? {
          consent: {
            gives: 'code',
            stateOf: ({ state }) => state,
            authorizeUrl: ({ shop, state, redirectUrl }) => {
              const url = new URL(`${pageUrl.replace('{shop}', shop)}/admin/oauth/authorize`)
              const asked = { client_id: clientId, scope: scopes.join(','), redirect_uri: redirectUrl, state }
              for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
              return url.toString()
            },
            isGranted: (query, shop) =>
              verifyCallback(query, clientSecret) && shop !== null && shopOf(query.shop ?? '') === shop,
          },
        }
      : {}),
  }
}

const head = (delivery: RawDelivery): DeliveryHead => {
  const triggeredAt = header(delivery, 'triggered-at')
  const topic = header(delivery, 'topic') ?? 'none'
  return {
    key: header(delivery, 'webhook-id') ?? `${topic}:${digestOf(delivery.body)}`,
    topic,
    shop: header(delivery, 'shop-domain')?.toLowerCase() ?? null,
    subject: topic.startsWith('orders/') ? idAtTheStart(delivery.body) : null,
    sentAt: triggeredAt === null ? null : parseInstant(triggeredAt),
  }
}

/** Shopify writes the id first. A hint for the order of reading only: nothing true depends on it. */
const idAtTheStart = (body: Buffer): string | null =>
  /^\s*\{\s*"id"\s*:\s*(\d{1,20})\b/.exec(body.toString('latin1', 0, 64))?.[1] ?? null

const verifyCallback = (query: Readonly<Record<string, string | undefined>>, secret: string): boolean => {
  const { hmac = '', ...others } = query
  const text = Object.keys(others)
    .sort()
    .map((name) => `${name}=${others[name] ?? ''}`)
    .join('&')
  return sameText(hmac.toLowerCase(), hmacSha256(secret, text, 'hex'))
}

const newsOf = (topic: string, body: unknown, codPatterns: readonly string[]): StoreNews => {
  switch (topic) {
    case listedTopic:
      return { kind: 'order', order: orderOf(payloadOf(body), codPatterns) }
    case 'orders/delete':
      return { kind: 'order_deleted', externalId: idOf(fieldsOf(body).id) }
    case 'app/uninstalled':
      return { kind: 'uninstalled' }
    case 'customers/data_request':
      return privacy('customer_data', body, 'orders_requested')
    case 'customers/redact':
      return privacy('customer_redact', body, 'orders_to_redact')
    case 'shop/redact':
      return privacy('shop_redact', body, 'none')
    default:
      return topic.startsWith('orders/')
        ? { kind: 'order', order: orderOf(body, codPatterns) }
        : { kind: 'unknown', raw: topic }
  }
}

const idOf = (value: unknown): string => {
  const id = textOf(value, 40)
  if (id === null) throw new Unreadable('The id is missing.')
  return id
}

const privacy = (
  topic: 'customer_data' | 'customer_redact' | 'shop_redact',
  body: unknown,
  orders: string,
): StoreNews => {
  const fields = fieldsOf(body)
  const customer = fieldsOf(fields.customer)
  const told = { externalId: textOf(customer.id, 40), email: textOf(customer.email), phone: textOf(customer.phone, 60) }
  return {
    kind: 'privacy',
    topic,
    customer: topic === 'shop_redact' ? null : told,
    orderIds: listOf(fields[orders]).flatMap((id) => textOf(id, 40) ?? []),
  }
}
