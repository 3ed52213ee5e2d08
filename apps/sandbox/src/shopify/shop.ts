import { believableOrder } from '../believable.ts'
import { offsetText } from '../moroccan-clock.ts'
import type { Delivery } from '../outgoing.ts'
import { nextId, type World } from '../world.ts'
import { believablePayload, changedPayload, givenPayload } from './payload.ts'
import type { PlacedOrder, Shop, ShopHook, ShopifyOrder } from './state.ts'
import { announce } from './webhooks.ts'

interface Happened {
  readonly orders: readonly ShopifyOrder[]
  readonly deliveries: readonly Delivery[]
}

/** Buyers place orders: the one given, in Shopify's own format, or believable ones. */
export const placeOrders = async (
  world: World,
  shop: Shop,
  { count, order, hook }: { count: number; order: Readonly<Record<string, unknown>> | null; hook: ShopHook | null },
): Promise<Happened> => {
  const orders = Array.from({ length: count }, () => {
    const identity = { id: nextId(world), number: ++shop.lastNumber, at: world.now() }
    const { chance } = world.state
    const body = order ? givenPayload(order, identity) : believablePayload(believableOrder(chance), identity, chance)
    shop.orders.set(String(body.id), { body, hook })
    return body
  })
  const deliveries = await announce(
    world,
    shop,
    orders.map((body) => ({ topics: ['orders/create'], body, hook })),
  )
  return { orders, deliveries }
}

/** The order of an id, or the newest when none is named. */
export const findOrder = (shop: Shop, id: string | null): PlacedOrder | undefined =>
  id === null ? [...shop.orders.values()].at(-1) : shop.orders.get(id)

/** Somebody edits an order in the shop: the changed fields, in Shopify's own format. */
export const editOrder = async (
  world: World,
  shop: Shop,
  placed: PlacedOrder,
  { change, hook }: { change: Readonly<Record<string, unknown>>; hook: ShopHook | null },
): Promise<Happened> => {
  placed.body = changedPayload(placed.body, change, world.now())
  return told(world, shop, placed, ['orders/updated'], hook)
}

/** Somebody cancels an order in the shop; two topics are born of it. */
export const cancelOrder = async (
  world: World,
  shop: Shop,
  placed: PlacedOrder,
  hook: ShopHook | null,
): Promise<Happened> => {
  const cancelled_at = offsetText(world.now())
  const change = { cancelled_at, cancel_reason: 'customer', financial_status: 'voided' }
  placed.body = changedPayload(placed.body, change, world.now())
  return told(world, shop, placed, ['orders/cancelled', 'orders/updated'], hook)
}

const told = async (
  world: World,
  shop: Shop,
  placed: PlacedOrder,
  topics: readonly string[],
  hook: ShopHook | null,
): Promise<Happened> => {
  const deliveries = await announce(world, shop, [{ topics, body: placed.body, hook: hook ?? placed.hook }])
  return { orders: [placed.body], deliveries }
}

/** The merchant removes the app: its tokens are dead before the webhook leaves, and its subscriptions go. */
export const uninstall = async (world: World, shop: Shop, hook: ShopHook | null): Promise<readonly Delivery[]> => {
  const { accessTokens, refreshTokens } = world.state.shopify
  for (const tokens of [accessTokens, refreshTokens])
    for (const [token, grant] of tokens) if (grant.shop === shop.domain) tokens.delete(token)
  shop.installedBy = null
  const body = { id: shop.id, name: shop.name, domain: shop.domain, myshopify_domain: shop.domain }
  const sent = announce(world, shop, [{ topics: ['app/uninstalled'], body, hook }])
  shop.subscriptions.clear()
  return sent
}

export const privacyTopics = ['customers/data_request', 'customers/redact', 'shop/redact'] as const
export type PrivacyTopic = (typeof privacyTopics)[number]

/** A privacy request about the buyer of an order, or about the whole shop. Source: integrations.md 3.1. */
export const privacyRequest = (
  world: World,
  shop: Shop,
  { topic, placed, hook }: { topic: PrivacyTopic; placed: PlacedOrder | undefined; hook: ShopHook },
): Promise<readonly Delivery[]> => {
  const about = { shop_id: shop.id, shop_domain: shop.domain }
  const customer = customerOf(placed?.body)
  const orderIds = placed ? [placed.body.id] : []
  const bodies: Record<PrivacyTopic, Readonly<Record<string, unknown>>> = {
    'customers/data_request': { ...about, orders_requested: orderIds, customer, data_request: { id: nextId(world) } },
    'customers/redact': { ...about, customer, orders_to_redact: orderIds },
    'shop/redact': about,
  }
  return announce(world, shop, [{ topics: [topic], body: bodies[topic], hook }])
}

const customerOf = (order: ShopifyOrder | undefined) => {
  const { customer, shipping_address, phone, email } = (order ?? {}) as {
    customer?: { id?: unknown; email?: unknown; phone?: unknown } | null
    shipping_address?: { phone?: unknown } | null
    phone?: unknown
    email?: unknown
  }
  return {
    id: customer?.id ?? null,
    email: customer?.email ?? (email || null),
    phone: customer?.phone ?? shipping_address?.phone ?? phone ?? null,
  }
}
