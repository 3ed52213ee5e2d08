import type { FastifyReply } from 'fastify'
import { lightfunnelsFront, textWebhook as lightfunnelsText } from '../lightfunnels/front.ts'
import { type Outgoing, send, sendAll } from '../outgoing.ts'
import { forget } from '../shops/grants.ts'
import {
  changeOrder,
  findOrder,
  outgoingOf,
  type PastedHook,
  type PlayedShop,
  placeOrders,
  type Storefront,
  shopNamed,
  usualShop,
} from '../shops/storefront.ts'
import { woocommerceFront, textWebhook as woocommerceText } from '../woocommerce/front.ts'
import type { World } from '../world.ts'
import { uninstalled, youcanFront, textWebhook as youcanText } from '../youcan/front.ts'
import { refuse, told } from './answers.ts'
import type { ShopCall } from './shops.ts'

const fronts = { youcan: youcanFront, woocommerce: woocommerceFront, lightfunnels: lightfunnelsFront } as const

/** Every platform on which orders can be placed here. */
export const shopPlatforms = ['shopify', 'youcan', 'woocommerce', 'lightfunnels', 'generic'] as const
export type ShopPlatform = (typeof shopPlatforms)[number]

export const allFronts: readonly Storefront[] = Object.values(fronts)
export const frontOf = (platform: string): Storefront | undefined =>
  allFronts.find(({ provider }) => provider === platform)

type Target = Pick<ShopCall, 'shop' | 'webhookUrl' | 'webhookSecret'>

export const shopIn = (world: World, front: Storefront, { shop }: Pick<Target, 'shop'>): PlayedShop | undefined =>
  shop === undefined ? usualShop(world, front) : shopNamed(world, front, shop)

export const pastedIn = ({ webhookUrl, webhookSecret }: Target): PastedHook | null =>
  webhookUrl === undefined ? null : { url: webhookUrl, secret: webhookSecret ?? 'demo' }

const noShop = (reply: FastifyReply, front: Storefront) =>
  refuse(reply, 400, `A shop is named like ${front.usualName}.`)

export const playedOrders = async (world: World, front: Storefront, call: ShopCall, reply: FastifyReply) => {
  const shop = shopIn(world, front, call)
  if (!shop) return noShop(reply, front)
  const hook = pastedIn(call)
  if (call.raw !== undefined) {
    if (!hook) return refuse(reply, 400, 'Give webhookUrl: a raw body goes to one address.')
    const sent = await send(world, rawOf(front, shop, hook, call.raw))
    return { shop: shop.name, orders: [], deliveries: told([sent]) }
  }
  const happened = await happening(world, front, shop, call, hook)
  if (!happened) return refuse(reply, 404, 'This shop has no such order.')
  reply.code(call.edit || call.cancel !== undefined ? 200 : 201)
  const { orders, deliveries } = happened
  return { shop: shop.name, order: orders[0], orders, deliveries: told(deliveries) }
}

const rawOf = (front: Storefront, shop: PlayedShop, { url, secret }: PastedHook, text: string): Outgoing => {
  const topic = front.topics.created[0] ?? ''
  if (front.provider === 'woocommerce') return woocommerceText(shop, url, secret, topic, text)
  return (front.provider === 'youcan' ? youcanText : lightfunnelsText)(url, secret, topic, text)
}

const happening = async (
  world: World,
  front: Storefront,
  shop: PlayedShop,
  call: ShopCall,
  hook: PastedHook | null,
) => {
  if (call.edit) {
    const { id, ...change } = call.edit
    const placed = findOrder(shop, id === undefined ? null : String(id))
    return placed && changeOrder(world, front, shop, { placed, change, as: 'updated', hook })
  }
  if (call.cancel !== undefined) {
    const placed = findOrder(shop, call.cancel === true ? null : String(call.cancel))
    return placed && changeOrder(world, front, shop, { placed, change: front.cancellation, as: 'cancelled', hook })
  }
  return placeOrders(world, front, shop, { count: call.count ?? 1, order: call.order ?? null, hook })
}

const goodbyes: Readonly<Record<string, string>> = { youcan: 'app.uninstalled', lightfunnels: 'app/uninstalled' }

/** The app is removed, or an order is deleted or restored; all else that a platform may tell goes out with the order. */
export const playedEvent = async (
  world: World,
  front: Storefront,
  call: Target & { readonly topic: string; readonly orderId?: string | number | undefined },
  reply: FastifyReply,
) => {
  const shop = shopIn(world, front, call)
  if (!shop) return noShop(reply, front)
  const hook = pastedIn(call)
  if (call.topic === goodbyes[front.provider]) {
    const outgoing = outgoingOf(world, front, shop, [call.topic], uninstalled(shop), hook)
    if (front.provider === 'youcan') forget(world.state.youcan, shop.name)
    if (front.provider === 'lightfunnels') forget(world.state.lightfunnels, shop.name)
    shop.installedBy = null
    shop.hooks.clear()
    return { shop: shop.name, deliveries: told(await sendAll(world, outgoing)) }
  }
  const placed = findOrder(shop, call.orderId === undefined ? null : String(call.orderId))
  if (!placed) return refuse(reply, 404, 'This shop has no such order.')
  const deleted = call.topic === 'order.deleted'
  if (deleted) placed.body = { ...placed.body, status: 'trash' }
  const body = deleted ? { id: placed.body.id } : placed.body
  const outgoing = outgoingOf(world, front, shop, [call.topic], body, hook ?? placed.hook)
  return { shop: shop.name, deliveries: told(await sendAll(world, outgoing)) }
}
