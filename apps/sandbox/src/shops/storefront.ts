import { type BelievableOrder, believableOrder } from '../believable.ts'
import type { Chance } from '../chance.ts'
import type { Provider } from '../faults.ts'
import { type Delivery, type Outgoing, sendAll } from '../outgoing.ts'
import { nextId, type World } from '../world.ts'

type Json = Readonly<Record<string, unknown>>

/** An address that waits for a shop's webhooks. */
export interface Hook {
  readonly id: string
  readonly topic: string
  url: string
  secret: string
  status: 'active' | 'disabled'
  /** Failed deliveries in a row. */
  failures: number
}

/** An address pasted in the shop's own settings: everything goes there, and nowhere else. */
export interface PastedHook {
  readonly url: string
  readonly secret: string
}

export interface PlayedOrder {
  body: Json
  readonly hook: PastedHook | null
}

/** A shop of a platform whose shops are all played alike. */
export interface PlayedShop {
  /** By which it is found: a slug, a site, an account. */
  readonly name: string
  readonly title: string
  readonly orders: Map<string, PlayedOrder>
  readonly hooks: Map<string, Hook>
  lastNumber: number
  /** Client id of the app, or the key, that was let in; null when none is. */
  installedBy: string | null
  installedAt: number
}

export interface OrderIdentity {
  readonly id: number
  readonly number: number
  readonly at: Date
}

export interface Webhook {
  readonly topic: string
  readonly body: Json
  readonly url: string
  readonly secret: string
  /** Of the subscription, when there is one. */
  readonly hookId: string | null
}

/** What differs between platforms. Bodies are in the platform's own format. */
export interface Storefront {
  readonly provider: Exclude<Provider, 'sendit' | 'whatsapp' | 'mailbox' | 'generic' | 'shopify'>
  /** The shop that a call means when it names none and none is connected. */
  readonly usualName: string
  /** The name in the platform's form, or null when the text is none. */
  nameOf(text: string): string | null
  given(order: Json, identity: OrderIdentity): Json
  believable(order: BelievableOrder, identity: OrderIdentity, chance: Chance): Json
  changed(order: Json, change: Json, at: Date): Json
  readonly cancellation: Json
  readonly topics: Readonly<Record<'created' | 'updated' | 'cancelled', readonly string[]>>
  webhook(world: World, shop: PlayedShop, webhook: Webhook): Outgoing
  /** After so many failures in a row a hook is switched off; null where it never is. */
  readonly failuresBeforeOff: number | null
}

export const shopsOf = (world: World, { provider }: Storefront): Map<string, PlayedShop> => world.state[provider].shops

/** The shop of a name, opened at its first visit; undefined when the text is no shop's name. */
export const shopNamed = (world: World, front: Storefront, text: string): PlayedShop | undefined => {
  const name = front.nameOf(text)
  if (name === null) return undefined
  const shops = shopsOf(world, front)
  const known = shops.get(name)
  if (known) return known
  const shop: PlayedShop = {
    name,
    title: titleOf(name),
    orders: new Map(),
    hooks: new Map(),
    lastNumber: 1000,
    installedBy: null,
    installedAt: 0,
  }
  shops.set(name, shop)
  return shop
}

const titleOf = (name: string): string =>
  name
    .replace(/\..*$/, '')
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')

/** The one connected last, else the usual one. */
export const usualShop = (world: World, front: Storefront): PlayedShop | undefined =>
  [...shopsOf(world, front).values()]
    .filter(({ installedBy }) => installedBy !== null)
    .toSorted((one, other) => one.installedAt - other.installedAt)
    .at(-1) ?? shopNamed(world, front, front.usualName)

export interface Happened {
  readonly orders: readonly Json[]
  readonly deliveries: readonly Delivery[]
}

/** Buyers place orders: the one given, in the platform's own format, or believable ones. */
export const placeOrders = async (
  world: World,
  front: Storefront,
  shop: PlayedShop,
  { count, order, hook }: { count: number; order: Json | null; hook: PastedHook | null },
): Promise<Happened> => {
  const { chance } = world.state
  const bodies = Array.from({ length: count }, () => {
    const identity = { id: nextId(world), number: ++shop.lastNumber, at: world.now() }
    const body = order ? front.given(order, identity) : front.believable(believableOrder(chance), identity, chance)
    shop.orders.set(String(body.id), { body, hook })
    return body
  })
  const outgoing = bodies.flatMap((body) => outgoingOf(world, front, shop, front.topics.created, body, hook))
  return { orders: bodies, deliveries: await sendAll(world, outgoing) }
}

/** The order of an id, or the newest when none is named. */
export const findOrder = (shop: PlayedShop, id: string | null): PlayedOrder | undefined =>
  id === null ? [...shop.orders.values()].at(-1) : shop.orders.get(id)

/** Somebody edits or cancels an order in the shop. */
export const changeOrder = async (
  world: World,
  front: Storefront,
  shop: PlayedShop,
  {
    placed,
    change,
    as,
    hook,
  }: { placed: PlayedOrder; change: Json; as: 'updated' | 'cancelled'; hook: PastedHook | null },
): Promise<Happened> => {
  placed.body = front.changed(placed.body, change, world.now())
  const outgoing = outgoingOf(world, front, shop, front.topics[as], placed.body, hook ?? placed.hook)
  return { orders: [placed.body], deliveries: await sendAll(world, outgoing) }
}

/** Tells all hooks of these topics, or the pasted address alone. */
export const outgoingOf = (
  world: World,
  front: Storefront,
  shop: PlayedShop,
  topics: readonly string[],
  body: Json,
  pasted: PastedHook | null,
): readonly Outgoing[] =>
  topics.flatMap((topic) => {
    if (pasted) return [front.webhook(world, shop, { topic, body, ...pasted, hookId: null })]
    const waiting = [...shop.hooks.values()].filter((hook) => hook.topic === topic && hook.status === 'active')
    return waiting.map((hook) => ({
      ...front.webhook(world, shop, { topic, body, url: hook.url, secret: hook.secret, hookId: hook.id }),
      afterAttempt: (accepted: boolean) => count(front, hook, accepted),
    }))
  })

const count = ({ failuresBeforeOff }: Storefront, hook: Hook, accepted: boolean): void => {
  hook.failures = accepted ? 0 : hook.failures + 1
  if (failuresBeforeOff !== null && hook.failures > failuresBeforeOff) hook.status = 'disabled'
}
