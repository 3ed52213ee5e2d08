import { digestOf, hmacSha256, signedByOne } from '../../signature.ts'
import { consentByCode } from '../consent.ts'
import type { DeliveryHead, RawDelivery, StoredDelivery, StoreMap, StoreNews } from '../port.ts'
import { type Fields, fieldsOf, jsonOf, readingOf, textOf, Unreadable } from '../reading.ts'
import { orderOf } from './order.ts'

export interface LightFunnelsSettings {
  /** Where the account's owner says yes. */
  readonly consentUrl: string
  readonly tokenUrl: string
  readonly apiUrl: string
  readonly clientId: string | null
  readonly clientSecret: string | null
  /** The secret before the last rotation: deliveries may be signed with either for a while. */
  readonly clientSecretPrevious: string | null
}

export const scopes = ['orders'] as const

/** Under this topic our own readings of the account's list are stored. */
export const listedTopic = 'order/listed'

/** The whole of LightFunnels' contract that needs no network. Source: integrations.md 3.4. */
export const lightfunnelsMap = (settings: LightFunnelsSettings): StoreMap => {
  const { consentUrl, clientId, clientSecret, clientSecretPrevious } = settings
  return {
    platform: 'lightfunnels',
    appSecrets: [clientSecret, clientSecretPrevious].filter((secret) => secret !== null),
    head,
    verify: (delivery, { secrets }) => {
      const given = header(delivery, 'hmac') ?? ''
      const signed = signedByOne(given, secrets, (secret) => hmacSha256(secret, delivery.body, 'base64'))
      return signed ? { ok: true, trust: 'signed' } : { ok: false }
    },
    parse: (delivery, { codPatterns }) => readingOf(() => newsOf(delivery, codPatterns)),
    ...(clientId !== null && clientSecret !== null
      ? {
          consent: consentByCode(({ state, redirectUrl }) => {
            const url = new URL(consentUrl)
            const asked = { client_id: clientId, redirect_uri: redirectUrl, scope: scopes.join(','), state }
            for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
            return url.toString()
          }),
        }
      : {}),
  }
}

const header = (delivery: RawDelivery, name: string): string | null =>
  textOf(delivery.headers[`lightfunnels-${name}`], 500)

/** Deliveries have no id and name no account: the body is the key, and the address says whose it is. */
const head = (delivery: RawDelivery): DeliveryHead => ({
  key: `body:${digestOf(delivery.body)}`,
  topic: header(delivery, 'topic') ?? 'order/confirmed',
  shop: null,
  subject: /"id"\s*:\s*"([\w=-]{1,80})"/.exec(delivery.body.toString('utf8', 0, 256))?.[1] ?? null,
  sentAt: null,
})

const newsOf = ({ topic, body }: StoredDelivery, codPatterns: readonly string[]): StoreNews => {
  const fields = fieldsOf(jsonOf(body))
  const told = textOf(fields.type, 60) ?? topic
  if (told === 'app/uninstalled') return { kind: 'uninstalled' }
  if (!told.startsWith('order/')) return { kind: 'unknown', raw: told }
  return { kind: 'order', order: orderOf(unwrapped(fields), { codPatterns, cancelled: told === 'order/cancelled' }) }
}

/** Deliveries were seen bare, and wrapped as `node` or `data`. */
const unwrapped = (fields: Fields): Fields => {
  if (fields.id !== undefined) return fields
  const inner = fieldsOf(fields.node ?? fields.data)
  if (inner.id === undefined) throw new Unreadable('The order has no id.')
  return inner
}
