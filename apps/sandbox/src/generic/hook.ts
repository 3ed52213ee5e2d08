import { randomUUID } from 'node:crypto'
import { decimalText } from '../amounts.ts'
import { type BelievableOrder, believableOrder } from '../believable.ts'
import { type Delivery, type Outgoing, sendAll } from '../outgoing.ts'
import { timedSignature } from '../signatures.ts'
import { nextId, type World } from '../world.ts'

/** An order as a landing page posts it. Source: integrations.md 3.6. */
export interface GenericOrder extends Record<string, unknown> {
  readonly external_id: string
}

export interface PageHook {
  readonly url: string
  /** Null posts without a signature, as tools that cannot sign do. */
  readonly secret: string | null
}

export interface GenericState {
  readonly orders: Map<string, GenericOrder>
  /** The address that was pasted into the landing page last. */
  hook: PageHook | null
}

export const noGenericState = (): GenericState => ({ orders: new Map(), hook: null })

/** A script behind a page tries a few times and gives up. */
const retrySeconds = [1, 5, 30]

/** Buyers fill in the landing page: the order given, in the hook's own format, or believable ones. */
export const placeGenericOrders = async (
  world: World,
  { count, order, hook }: { count: number; order: Readonly<Record<string, unknown>> | null; hook: PageHook },
): Promise<{ readonly orders: readonly GenericOrder[]; readonly deliveries: readonly Delivery[] }> => {
  const orders = Array.from({ length: count }, () => {
    const id = `LP-${nextId(world)}`
    const created_at = world.now().toISOString()
    const body: GenericOrder = order
      ? { external_id: id, created_at, ...order }
      : { external_id: id, created_at, ...believableBody(believableOrder(world.state.chance)) }
    world.state.generic.orders.set(body.external_id, body)
    return body
  })
  const deliveries = await sendAll(
    world,
    orders.map((body) => genericWebhook(world, hook, JSON.stringify(body))),
  )
  return { orders, deliveries }
}

/** The page posts an order again with changes. */
export const editGenericOrder = async (
  world: World,
  order: GenericOrder,
  { change, hook }: { change: Readonly<Record<string, unknown>>; hook: PageHook },
): Promise<{ readonly orders: readonly GenericOrder[]; readonly deliveries: readonly Delivery[] }> => {
  const changed: GenericOrder = { ...order, ...change, external_id: order.external_id }
  world.state.generic.orders.set(changed.external_id, changed)
  const deliveries = await sendAll(world, [genericWebhook(world, hook, JSON.stringify(changed))])
  return { orders: [changed], deliveries }
}

/** Signed anew at each attempt, because a signature is good for five minutes. */
export const genericWebhook = (world: World, { url, secret }: PageHook, body: string): Outgoing => {
  const id = randomUUID()
  return {
    id,
    provider: 'generic',
    topic: 'order',
    url,
    body,
    secret,
    retrySeconds,
    headers: (key) => ({
      'idempotency-key': id,
      ...(key === null ? {} : { 'x-signature': timedSignature(key, body, Math.floor(world.now().getTime() / 1000)) }),
    }),
  }
}

const believableBody = (order: BelievableOrder) => {
  const sum = order.lines.reduce((total, { product, quantity }) => total + product.priceDirhams * quantity, 0)
  return {
    customer: {
      name: `${order.firstName} ${order.lastName}`,
      ...(order.phone ? { phone: order.phone } : {}),
      ...(order.city ? { city: order.city } : {}),
      address: order.address,
    },
    items: order.lines.map(({ product, quantity }) => ({
      sku: product.sku,
      name: product.variant ? `${product.title} - ${product.variant}` : product.title,
      quantity,
      unit_price: decimalText(product.priceDirhams * 100),
    })),
    shipping_fee: decimalText(order.shippingDirhams * 100),
    discount: '0.00',
    total: decimalText((sum + order.shippingDirhams) * 100),
    ...(order.note ? { note: order.note } : {}),
    source: order.utm.utm_source ?? 'landing',
    utm: Object.fromEntries(Object.entries(order.utm).map(([name, value]) => [name.replace('utm_', ''), value])),
  }
}
