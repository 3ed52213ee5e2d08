import { parseInstant } from '@sendocki/domain/time'
import { digestOf, hmacSha256, signedByOne } from '../../signature.ts'
import { consentByCode } from '../consent.ts'
import type { DeliveryHead, RawDelivery, StoredDelivery, StoreMap, StoreNews, Verdict } from '../port.ts'
import { fieldsOf, jsonOf, readingOf, textOf } from '../reading.ts'
import { orderOf } from './order.ts'
import { phpText } from './php-text.ts'

export interface YouCanSettings {
  /** Where the seller says yes. */
  readonly consentUrl: string
  readonly apiUrl: string
  readonly clientId: string | null
  readonly clientSecret: string | null
  /** The secret before the last rotation: deliveries may be signed with either for a while. */
  readonly clientSecretPrevious: string | null
}

/** Read only towards the shop, but for the subscriptions, which we make ourselves. */
export const scopes = ['read-orders', 'read-rest-hooks', 'edit-rest-hooks', 'view-store-info'] as const

/** Under this topic our own readings of the shop's list are stored. */
export const listedTopic = 'order.listed'

/** The whole of YouCan's contract that needs no network. Source: integrations.md 3.2. */
export const youcanMap = (settings: YouCanSettings): StoreMap => {
  const { consentUrl, clientId, clientSecret, clientSecretPrevious } = settings
  return {
    platform: 'youcan',
    appSecrets: [clientSecret, clientSecretPrevious].filter((secret) => secret !== null),
    head,
    verify: (delivery, { secrets }) => verify(delivery, secrets),
    parse: (delivery, { codPatterns }) => readingOf(() => newsOf(delivery, codPatterns)),
    ...(clientId !== null && clientSecret !== null
      ? {
          consent: consentByCode(({ state, redirectUrl }) => {
            const url = new URL(consentUrl)
            const asked = { client_id: clientId, redirect_uri: redirectUrl, response_type: 'code', state }
            for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
            for (const scope of scopes) url.searchParams.append('scope[]', scope)
            return url.toString()
          }),
        }
      : {}),
  }
}

const header = (delivery: RawDelivery, name: string): string | null => textOf(delivery.headers[`x-youcan-${name}`], 500)

/** What the newer generation writes before the order itself. Hints: nothing true depends on them but the key. */
const glance = (body: Buffer, field: RegExp): string | null => field.exec(body.toString('utf8', 0, 4_096))?.[1] ?? null

const head = (delivery: RawDelivery): DeliveryHead => {
  const { body } = delivery
  const topic = header(delivery, 'topic') ?? glance(body, /"event_name"\s*:\s*"([\w.]{1,60})"/) ?? 'order.create'
  const happenedAt = glance(body, /"event_happened_at"\s*:\s*"([^"\\]{1,40})"/)
  return {
    key: header(delivery, 'delivery-id') ?? `${topic}:${digestOf(body)}`,
    topic,
    shop: null,
    subject: topic.startsWith('order.') ? glance(body, /"id"\s*:\s*"([\w-]{1,60})"/) : null,
    sentAt: happenedAt === null ? null : parseInstant(happenedAt),
  }
}

/**
 * Over the delivered bytes; failing that, over the text as PHP would print it, which is what YouCan's own example
 * signs. Which of the two matched is logged, until a real account has shown it.
 */
const verify = (delivery: RawDelivery, secrets: readonly string[]): Verdict => {
  const given = (header(delivery, 'signature') ?? '').toLowerCase()
  const matches = (body: Buffer | string) => signedByOne(given, secrets, (secret) => hmacSha256(secret, body, 'hex'))
  if (matches(delivery.body)) return { ok: true, trust: 'signed' }
  const php = phpText(delivery.body)
  return php !== null && matches(php) ? { ok: true, trust: 'signed', matched: 'php_text' } : { ok: false }
}

/** The newer generation wraps the order, the older one sends it bare: `event_name` tells them apart. */
const newsOf = (delivery: StoredDelivery, codPatterns: readonly string[]): StoreNews => {
  const body = fieldsOf(jsonOf(delivery.body))
  const wrapped = textOf(body.event_name, 60)
  const topic = wrapped ?? delivery.topic
  switch (topic) {
    case 'app.uninstalled':
      return { kind: 'uninstalled' }
    case 'upsell.accept':
    case 'upsell.accepted':
    case 'inventory.low':
    case 'product.inventory.low':
    case 'app.charge_updated':
      return { kind: 'ignored', why: topic }
    default:
      if (!topic.startsWith('order.')) return { kind: 'unknown', raw: topic }
      return {
        kind: 'order',
        order: orderOf(wrapped === null ? body : body.data, {
          codPatterns,
          happenedAt: textOf(body.event_happened_at, 40) ?? delivery.sentAt,
        }),
      }
  }
}
