import { type FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { placeGenericOrders } from '../generic/hook.ts'
import { placeOrders } from '../shopify/shop.ts'
import { shopOf, usualShop } from '../shopify/state.ts'
import { placeOrders as placePlayed } from '../shops/storefront.ts'
import { nextId, type World } from '../world.ts'
import { refuse } from './answers.ts'
import { shopTarget } from './shops.ts'
import { frontOf, type ShopPlatform, shopIn, shopPlatforms } from './storefronts.ts'

/** Buyers who keep ordering. */
export interface Stream {
  readonly id: number
  readonly platform: ShopPlatform
  readonly shop: string | null
  readonly webhookUrl: string | null
  readonly webhookSecret: string
  readonly everySeconds: number
  placed: number
}

const StreamCall = Type.Object(
  {
    ...shopTarget,
    platform: Type.Unsafe<ShopPlatform>({ type: 'string', enum: [...shopPlatforms] }),
    everySeconds: Type.Number({ minimum: 0.05, maximum: 86_400 }),
  },
  { additionalProperties: false },
)

export const streamControls = (app: FastifyInstance, world: World): void => {
  app.post<{ Body: Static<typeof StreamCall> }>(
    '/control/stream',
    { schema: { body: StreamCall } },
    ({ body }, reply) => {
      if (body.platform === 'generic' && !body.webhookUrl && !world.state.generic.hook)
        return refuse(reply, 400, 'Give webhookUrl: no address was pasted into the landing page yet.')
      const front = frontOf(body.platform)
      if (front && !shopIn(world, front, body)) return refuse(reply, 400, `A shop is named like ${front.usualName}.`)
      if (!front && body.shop !== undefined && !shopOf(world, body.shop))
        return refuse(reply, 400, 'A shop is named like demo-shop.myshopify.com.')
      const stream: Stream = {
        id: nextId(world),
        platform: body.platform,
        shop: body.shop ?? null,
        webhookUrl: body.webhookUrl ?? null,
        webhookSecret: body.webhookSecret ?? 'demo',
        everySeconds: body.everySeconds,
        placed: 0,
      }
      world.state.streams.push(stream)
      follow(world, stream)
      return reply.code(201).send(stream)
    },
  )
  app.delete('/control/stream', () => stopStreams(world, () => true))
  app.delete<{ Params: { id: string } }>('/control/stream/:id', ({ params }) =>
    stopStreams(world, ({ id }) => String(id) === params.id),
  )
}

/** Takes up the streams of a kept state again. */
export const resumeStreams = (world: World): void => {
  for (const stream of world.state.streams) follow(world, stream)
}

const stopStreams = (world: World, stops: (stream: Stream) => boolean) => {
  const { streams } = world.state
  const left = streams.filter((stream) => !stops(stream))
  streams.splice(0, streams.length, ...left)
  return { items: streams }
}

/** A stopped stream is no longer in the list, which ends it at its next turn. */
const follow = (world: World, stream: Stream): void =>
  world.streamTimers.after(stream.everySeconds * 1000, () => {
    if (!world.state.streams.includes(stream)) return
    stream.placed++
    world.changes++
    follow(world, stream)
    void placeOne(world, stream)
  })

const placeOne = async (world: World, { platform, shop: domain, webhookUrl: url, webhookSecret: secret }: Stream) => {
  const one = { count: 1, order: null }
  if (platform === 'generic') {
    const hook = url === null ? world.state.generic.hook : { url, secret }
    if (hook) await placeGenericOrders(world, { ...one, hook })
    return
  }
  const front = frontOf(platform)
  if (front) {
    const played = shopIn(world, front, domain === null ? {} : { shop: domain })
    if (played) await placePlayed(world, front, played, { ...one, hook: url === null ? null : { url, secret } })
    return
  }
  const shop = domain === null ? usualShop(world) : shopOf(world, domain)
  if (shop) await placeOrders(world, shop, { ...one, hook: url === null ? null : { url, secret } })
}
