import { nextId, type World } from '../world.ts'

/** An order as Shopify's webhooks carry it. What a caller gives is kept as it is, so only the identity is certain. */
export interface ShopifyOrder extends Record<string, unknown> {
  readonly id: number | string
  readonly updated_at: string
}

export interface PlacedOrder {
  body: ShopifyOrder
  /** Where its webhooks go when the shop has no subscription of ours: the address pasted in the shop's settings. */
  readonly hook: ShopHook | null
}

export interface ShopHook {
  readonly url: string
  readonly secret: string
}

export interface Subscription {
  readonly id: string
  readonly topic: string
  uri: string
  readonly clientId: string
  includeFields: readonly string[]
  filter: string | null
  readonly createdAt: string
  updatedAt: string
  /** Failed attempts in a row; at eight Shopify deletes the subscription. */
  failures: number
}

export interface Shop {
  readonly id: number
  readonly domain: string
  readonly name: string
  readonly orders: Map<string, PlacedOrder>
  readonly subscriptions: Map<string, Subscription>
  lastNumber: number
  /** Client id of the app that is installed, null when none is. */
  installedBy: string | null
  /** When it was installed last (milliseconds). */
  installedAt: number
  /** Cost points left, as they were at `pointsAt` (milliseconds). */
  points: number
  pointsAt: number
}

/** What a code or a token opens. */
export interface Grant {
  readonly shop: string
  readonly clientId: string
  readonly scope: string
  /** Milliseconds; null never ends. */
  readonly expiresAt: number | null
}

export interface ShopifyState {
  readonly shops: Map<string, Shop>
  readonly codes: Map<string, Grant>
  readonly accessTokens: Map<string, Grant>
  readonly refreshTokens: Map<string, Grant>
  tokenSeconds: number
  /** Where the app's settings send the privacy topics; known once a call named it. */
  privacyHook: ShopHook | null
}

export const noShopifyState = (): ShopifyState => ({
  shops: new Map(),
  codes: new Map(),
  accessTokens: new Map(),
  refreshTokens: new Map(),
  tokenSeconds: 3600,
  privacyHook: null,
})

const domainPattern = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/

/** The shop of a domain, opened at its first visit; undefined when the text is no shop's domain. */
export const shopOf = (world: World, text: string): Shop | undefined => {
  const domain = text.toLowerCase()
  if (!domainPattern.test(domain)) return undefined
  const known = world.state.shopify.shops.get(domain)
  if (known) return known
  const shop: Shop = {
    id: nextId(world),
    domain,
    name: nameOf(domain),
    orders: new Map(),
    subscriptions: new Map(),
    lastNumber: 1000,
    installedBy: null,
    installedAt: 0,
    points: 2000,
    pointsAt: world.now().getTime(),
  }
  world.state.shopify.shops.set(domain, shop)
  return shop
}

const nameOf = (domain: string): string =>
  domain
    .replace('.myshopify.com', '')
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')

/** The shop that a call means when it names none: the one connected last, else the demo shop. */
export const usualShop = (world: World): Shop | undefined =>
  [...world.state.shopify.shops.values()]
    .filter(({ installedBy }) => installedBy !== null)
    .toSorted((one, other) => one.installedAt - other.installedAt)
    .at(-1) ?? shopOf(world, 'demo-shop.myshopify.com')
