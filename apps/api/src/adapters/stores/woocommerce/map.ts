import { guardedUrl } from '../../guard.ts'
import { digestOf, hmacSha256, signedByOne } from '../../signature.ts'
import type { Consent, DeliveryHead, RawDelivery, StoredDelivery, StoreMap, StoreNews } from '../port.ts'
import { fieldsOf, jsonOf, readingOf, textOf, Unreadable } from '../reading.ts'
import { gmt, orderOf } from './order.ts'

export interface WooCommerceSettings {
  /** `{site}` stands for the site's host, with the folder if it lives in one. */
  readonly baseUrl: string
  /** Let through the guard while the sandbox is on. */
  readonly sandboxUrl: string | null
  /** What the site's owner reads on the consent page. */
  readonly appName: string
}

/** Under this topic our own readings of the shop's list are stored. */
export const listedTopic = 'order.listed'

/** The whole of WooCommerce's contract that needs no network. Source: integrations.md 3.3. */
export const woocommerceMap = (settings: WooCommerceSettings): StoreMap => ({
  platform: 'woocommerce',
  appSecrets: [],
  head,
  verify: (delivery, { secrets }) => {
    const given = header(delivery, 'signature') ?? ''
    const tried = [...new Set(secrets.flatMap((secret) => [secret, withoutEntities(secret)]))]
    const signed = signedByOne(given, tried, (secret) => hmacSha256(secret, delivery.body, 'base64'))
    return signed ? { ok: true, trust: 'signed' } : { ok: false }
  },
  parse: (delivery, { codPatterns }) => readingOf(() => newsOf(delivery, codPatterns)),
  isGreeting: ({ body }) => /^webhook_id=\d{1,20}$/.test(body.toString('latin1', 0, 64).trim()),
  shopOf: (text) => {
    const site = siteOf(text)
    if (site !== null) guardedUrl(`https://${site}`)
    return site
  },
  consent: consentOf(settings),
})

const header = (delivery: RawDelivery, name: string): string | null =>
  textOf(delivery.headers[`x-wc-webhook-${name}`], 500)

/** WooCommerce signs with the secret as it reads, not as WordPress stored it. */
const withoutEntities = (secret: string): string =>
  secret
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll(/&#0?39;/g, "'")
    .replaceAll('&amp;', '&')

/** The site from what a person types: its host, any address of its shop or its admin pages. Https is meant always. */
export const siteOf = (text: string): string | null => {
  const address = text.trim().replace(/^https?:\/\//i, '')
  if (!URL.canParse(`https://${address}`)) return null
  const { host, pathname, username, password } = new URL(`https://${address}`)
  if (username !== '' || password !== '' || !/^[^.]+\..*[^.]$/.test(host)) return null
  const folder = pathname.replace(/\/(wp-admin|wp-json|wp-login\.php|shop|boutique|index\.php)(\/.*)?$/, '')
  return `${host}${folder.replace(/\/+$/, '')}`
}

/**
 * The same change comes once for each hook that tells it, each time with a delivery id of its own: the body is the key,
 * so that it is read once. A deletion says nothing but the id, and an order can be deleted twice.
 */
const head = (delivery: RawDelivery): DeliveryHead => {
  const topic = header(delivery, 'topic') ?? 'none'
  const digest = `body:${digestOf(delivery.body)}`
  return {
    key: topic === 'order.deleted' ? (header(delivery, 'delivery-id') ?? `${topic}:${digest}`) : digest,
    topic,
    // The site's own idea of its address may differ from the one we were given; its secret is its own.
    shop: null,
    subject: /^\s*\{\s*"id"\s*:\s*(\d{1,20})\b/.exec(delivery.body.toString('latin1', 0, 64))?.[1] ?? null,
    sentAt: gmt(/"date_modified_gmt"\s*:\s*"([\d:T-]{1,30})"/.exec(delivery.body.toString('latin1', 0, 4_096))?.[1]),
  }
}

const newsOf = ({ topic, body }: StoredDelivery, codPatterns: readonly string[]): StoreNews => {
  switch (topic) {
    case 'order.deleted':
      return { kind: 'order_deleted', externalId: idOf(fieldsOf(jsonOf(body)).id) }
    case 'order.created':
    case 'order.updated':
    case 'order.restored':
    case listedTopic: {
      const order = fieldsOf(jsonOf(body))
      // A basket that nobody sent off yet.
      if (order.status === 'checkout-draft' || order.status === 'auto-draft')
        return { kind: 'ignored', why: String(order.status) }
      return { kind: 'order', order: orderOf(order, codPatterns) }
    }
    default:
      return { kind: 'unknown', raw: topic }
  }
}

const idOf = (value: unknown): string => {
  const id = textOf(value, 40)
  if (id === null) throw new Unreadable('The id is missing.')
  return id
}

/** The site's server posts the keys first, then sends the browser back. That post is unsigned: the state makes it ours. */
const consentOf = ({ baseUrl, appName }: WooCommerceSettings): Consent => ({
  gives: 'keys',
  authorizeUrl: ({ shop, state, redirectUrl, keysUrl }) => {
    const url = new URL(`${baseUrl.replace('{site}', shop)}/wc-auth/v1/authorize`)
    const asked = {
      app_name: appName,
      // Reading alone would not let us make the webhooks.
      scope: 'read_write',
      user_id: state,
      return_url: redirectUrl,
      callback_url: keysUrl,
    }
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
    return url.toString()
  },
  stateOf: ({ user_id: state }) => state,
  isGranted: ({ success }) => success === '1',
  keysOf: ({ body }) => {
    const given = handedOver(body)
    const [state, consumerKey, consumerSecret] = [given.user_id, given.consumer_key, given.consumer_secret].map(
      (text) => textOf(text, 200),
    )
    return state && consumerKey && consumerSecret ? { state, credentials: { consumerKey, consumerSecret } } : null
  },
})

const handedOver = (body: Buffer) => {
  try {
    return fieldsOf(jsonOf(body))
  } catch {
    return {}
  }
}
