import type { FastifyInstance, FastifyReply } from 'fastify'
import { type Static, Type } from 'typebox'
import { editGenericOrder, genericWebhook, type PageHook, placeGenericOrders } from '../generic/hook.ts'
import { send } from '../outgoing.ts'
import {
  cancelOrder,
  editOrder,
  findOrder,
  placeOrders,
  privacyRequest,
  privacyTopics,
  uninstall,
} from '../shopify/shop.ts'
import { type Shop, type ShopHook, shopOf, usualShop } from '../shopify/state.ts'
import { rawWebhook } from '../shopify/webhooks.ts'
import type { World } from '../world.ts'
import { refuse, told } from './answers.ts'
import { frontOf, playedEvent, playedOrders, shopPlatforms } from './storefronts.ts'

const Address = Type.String({ format: 'uri', pattern: '^https?://', maxLength: 2000 })
const Json = Type.Record(Type.String(), Type.Unknown())
const OrderId = Type.Union([Type.String({ maxLength: 80 }), Type.Integer()])

export const shopTarget = {
  shop: Type.Optional(Type.String({ maxLength: 100 })),
  webhookUrl: Type.Optional(Address),
  webhookSecret: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  unsigned: Type.Optional(Type.Boolean()),
}

const ShopCall = Type.Object(
  {
    ...shopTarget,
    /** An order in the platform's own format; without it, believable ones. */
    order: Type.Optional(Json),
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000 })),
    /** Changed fields in the platform's own format; `id` names the order, else the newest. */
    edit: Type.Optional(Json),
    cancel: Type.Optional(Type.Union([OrderId, Type.Literal(true)])),
    /** Sent and signed byte for byte, and kept nowhere: for bodies that no shop would send. */
    raw: Type.Optional(Type.String({ maxLength: 2_000_000 })),
  },
  { additionalProperties: false },
)
export type ShopCall = Static<typeof ShopCall>

const EventCall = Type.Object(
  {
    ...shopTarget,
    topic: Type.Union([Type.Literal('app/uninstalled'), ...privacyTopics.map((topic) => Type.Literal(topic))]),
    orderId: Type.Optional(OrderId),
  },
  { additionalProperties: false },
)

/** Events of the other platforms; each has its own. */
const PlayedEvent = Type.Object(
  { ...shopTarget, topic: Type.String({ minLength: 1, maxLength: 60 }), orderId: Type.Optional(OrderId) },
  { additionalProperties: false },
)
type PlayedEvent = Static<typeof PlayedEvent>

/** What a shop can be made to do. Source: api.md 3. */
export const shopControls = (app: FastifyInstance, world: World): void => {
  app.post<{ Params: { platform: string }; Body: ShopCall }>(
    '/control/shops/:platform/orders',
    { schema: { body: ShopCall } },
    async (request, reply) => {
      const { platform } = request.params
      const given = ['order', 'edit', 'cancel', 'raw'].filter((name) => name in request.body)
      if (given.length > 1) return refuse(reply, 400, `Give one of ${given.join(' and ')}, not both.`)
      if (platform === 'shopify') return shopifyOrders(world, request.body, reply)
      if (platform === 'generic') return genericOrders(world, request.body, reply)
      const front = frontOf(platform)
      if (front) return playedOrders(world, front, request.body, reply)
      return refuse(reply, 404, `This sandbox plays ${shopPlatforms.join(', ')}, not ${platform}.`)
    },
  )
  app.post<{ Body: Static<typeof EventCall> }>(
    '/control/shops/shopify/events',
    { schema: { body: EventCall } },
    (request, reply) => shopifyEvent(world, request.body, reply),
  )
  app.post<{ Params: { platform: string }; Body: PlayedEvent }>(
    '/control/shops/:platform/events',
    { schema: { body: PlayedEvent } },
    ({ params, body }, reply) => {
      const front = frontOf(params.platform)
      if (!front) return refuse(reply, 404, `${params.platform} has no events.`)
      return playedEvent(world, front, body, reply)
    },
  )
}

const shopNamed = (world: World, name: string | undefined): Shop | undefined =>
  name === undefined ? usualShop(world) : shopOf(world, name.includes('.') ? name : `${name}.myshopify.com`)

const hookIn = ({ webhookUrl, webhookSecret }: Pick<ShopCall, 'webhookUrl' | 'webhookSecret'>): ShopHook | null =>
  webhookUrl === undefined ? null : { url: webhookUrl, secret: webhookSecret ?? 'demo' }

const noShop = (reply: FastifyReply) => refuse(reply, 400, 'A shop is named like demo-shop.myshopify.com.')
const noOrder = (reply: FastifyReply) => refuse(reply, 404, 'This shop has no such order.')

const shopifyOrders = async (world: World, call: ShopCall, reply: FastifyReply) => {
  const shop = shopNamed(world, call.shop)
  if (!shop) return noShop(reply)
  const hook = hookIn(call)
  if (call.raw !== undefined) {
    if (!hook) return refuse(reply, 400, 'Give webhookUrl: a raw body goes to one address.')
    return {
      shop: shop.domain,
      orders: [],
      deliveries: told([await send(world, rawWebhook(world, shop, call.raw, hook))]),
    }
  }
  const happened = await shopifyHappening(world, shop, call, hook)
  if (!happened) return noOrder(reply)
  reply.code(call.edit || call.cancel !== undefined ? 200 : 201)
  const { orders, deliveries } = happened
  return { shop: shop.domain, order: orders[0], orders, deliveries: told(deliveries) }
}

const shopifyHappening = async (world: World, shop: Shop, call: ShopCall, hook: ShopHook | null) => {
  if (call.edit) {
    const { id, ...change } = call.edit
    const placed = findOrder(shop, id === undefined ? null : String(id))
    return placed && editOrder(world, shop, placed, { change, hook })
  }
  if (call.cancel !== undefined) {
    const placed = findOrder(shop, call.cancel === true ? null : String(call.cancel))
    return placed && cancelOrder(world, shop, placed, hook)
  }
  return placeOrders(world, shop, { count: call.count ?? 1, order: call.order ?? null, hook })
}

const genericOrders = async (world: World, call: ShopCall, reply: FastifyReply) => {
  const { generic } = world.state
  const { webhookUrl: url, webhookSecret, unsigned } = call
  const hook: PageHook | null =
    url === undefined ? generic.hook : { url, secret: unsigned ? null : (webhookSecret ?? 'demo') }
  if (!hook) return refuse(reply, 400, 'Give webhookUrl: no address was pasted into the landing page yet.')
  if (call.cancel !== undefined) return refuse(reply, 400, 'A landing page cannot cancel an order.')
  generic.hook = hook
  if (call.raw !== undefined)
    return { orders: [], deliveries: told([await send(world, genericWebhook(world, hook, call.raw))]) }
  if (call.edit) {
    const { external_id: id, ...change } = call.edit
    const order = id === undefined ? [...generic.orders.values()].at(-1) : generic.orders.get(String(id))
    if (!order) return noOrder(reply)
    const { orders, deliveries } = await editGenericOrder(world, order, { change, hook })
    return { order: orders[0], orders, deliveries: told(deliveries) }
  }
  reply.code(201)
  const placed = await placeGenericOrders(world, { count: call.count ?? 1, order: call.order ?? null, hook })
  return { order: placed.orders[0], orders: placed.orders, deliveries: told(placed.deliveries) }
}

const shopifyEvent = async (world: World, call: Static<typeof EventCall>, reply: FastifyReply) => {
  const shop = shopNamed(world, call.shop)
  if (!shop) return noShop(reply)
  const hook = hookIn(call)
  if (call.topic === 'app/uninstalled')
    return { shop: shop.domain, deliveries: told(await uninstall(world, shop, hook)) }
  const { shopify } = world.state
  shopify.privacyHook = hook ?? shopify.privacyHook
  if (!shopify.privacyHook)
    return refuse(reply, 400, "Give webhookUrl: the app's settings name no address for privacy topics yet.")
  const placed =
    call.topic === 'shop/redact' ? undefined : findOrder(shop, call.orderId === undefined ? null : String(call.orderId))
  if (call.topic !== 'shop/redact' && !placed) return noOrder(reply)
  const deliveries = await privacyRequest(world, shop, { topic: call.topic, placed, hook: shopify.privacyHook })
  return { shop: shop.domain, deliveries: told(deliveries) }
}
