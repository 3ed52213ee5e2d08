import { randomUUID } from 'node:crypto'
import { type Delivery, type Outgoing, sendAll } from '../outgoing.ts'
import { base64Signature } from '../signatures.ts'
import type { World } from '../world.ts'
import type { Shop, ShopHook, Subscription } from './state.ts'
import { currentVersion } from './versions.ts'

/** Shopify retries 8 times over 4 hours; here the same ladder lasts 4 minutes. */
const retrySeconds = [1, 2, 4, 8, 15, 30, 60, 120]
const failuresBeforeRemoval = 8

export interface Announcement {
  readonly topics: readonly string[]
  readonly body: Readonly<Record<string, unknown>>
  /** Sends to this address alone instead of the shop's subscriptions. */
  readonly hook: ShopHook | null
}

/** Sends what happened to everyone who asked for it; topics born of one action share an event id. */
export const announce = (
  world: World,
  shop: Shop,
  announcements: readonly Announcement[],
): Promise<readonly Delivery[]> =>
  sendAll(
    world,
    announcements.flatMap((announcement) => outgoingOf(world, shop, announcement)),
  )

const outgoingOf = (world: World, shop: Shop, { topics, body, hook }: Announcement): readonly Outgoing[] => {
  const eventId = randomUUID()
  return topics.flatMap((topic) => {
    if (hook)
      return [webhook(world, shop, { topic, eventId, text: JSON.stringify(body), url: hook.url, secret: hook.secret })]
    const subscriptions = [...shop.subscriptions.values()].filter((subscription) => subscription.topic === topic)
    return subscriptions.map((subscription) => {
      const secret = world.appSecrets.get(subscription.clientId) ?? ''
      const text = JSON.stringify(onlyFields(body, subscription.includeFields))
      const outgoing = webhook(world, shop, { topic, eventId, text, url: subscription.uri, secret })
      return { ...outgoing, afterAttempt: (accepted: boolean) => countFailure(shop, subscription, accepted) }
    })
  })
}

/** A body of any bytes, signed and sent as a new order would be. */
export const rawWebhook = (world: World, shop: Shop, text: string, { url, secret }: ShopHook): Outgoing =>
  webhook(world, shop, { topic: 'orders/create', eventId: randomUUID(), text, url, secret })

interface Webhook {
  readonly topic: string
  readonly eventId: string
  readonly text: string
  readonly url: string
  readonly secret: string
}

const webhook = (world: World, shop: Shop, { topic, eventId, text, url, secret }: Webhook): Outgoing => {
  const id = randomUUID()
  const triggeredAt = world.now().toISOString()
  return {
    id,
    provider: 'shopify',
    topic,
    url,
    body: text,
    secret,
    retrySeconds,
    headers: (key) => ({
      'user-agent': 'Shopify-Captain-Hook',
      'x-shopify-topic': topic,
      'x-shopify-shop-domain': shop.domain,
      'x-shopify-webhook-id': id,
      'x-shopify-event-id': eventId,
      'x-shopify-triggered-at': triggeredAt,
      'x-shopify-api-version': currentVersion(world.now()),
      ...(key === null ? {} : { 'x-shopify-hmac-sha256': base64Signature(key, text) }),
    }),
  }
}

const onlyFields = (body: Readonly<Record<string, unknown>>, fields: readonly string[]) =>
  fields.length === 0
    ? body
    : Object.fromEntries(fields.filter((name) => name in body).map((name) => [name, body[name]]))

const countFailure = (shop: Shop, subscription: Subscription, accepted: boolean): void => {
  subscription.failures = accepted ? 0 : subscription.failures + 1
  if (subscription.failures >= failuresBeforeRemoval) shop.subscriptions.delete(subscription.id)
}
