import type { FastifyInstance } from 'fastify'
import { resetWorld } from '../beginning.ts'
import { activeFaults } from '../faults.ts'
import { shopsOf } from '../shops/storefront.ts'
import type { World } from '../world.ts'
import { allFronts } from './storefronts.ts'

/** All that the sandbox remembers, for tests that count and for the control page. `limit` keeps the newest of each list. */
export const stateControls = (app: FastifyInstance, world: World): void => {
  app.get<{ Querystring: { limit?: string } }>('/control/state', ({ query }) => stateShown(world, Number(query.limit)))
  app.post('/control/reset', () => {
    resetWorld(world)
    return stateShown(world, 0)
  })
}

const stateShown = (world: World, limit: number) => {
  const newest = <T>(list: Iterable<T>): readonly T[] => (limit > 0 ? [...list].slice(-limit) : [...list])
  const { shopify, generic, sendit, mails, deliveries, streams } = world.state
  const shops = [...shopify.shops.values()].map(({ domain, name, installedBy, orders, subscriptions }) => ({
    platform: 'shopify',
    shop: domain,
    name,
    installed: installedBy !== null,
    orderCount: orders.size,
    orders: newest(orders.values()).map(({ body }) => body),
    subscriptions: [...subscriptions.values()],
  }))
  const played = allFronts.flatMap((front) =>
    [...shopsOf(world, front).values()].map(({ name, title, installedBy, orders, hooks }) => ({
      platform: front.provider,
      shop: name,
      name: title,
      installed: installedBy !== null,
      orderCount: orders.size,
      orders: newest(orders.values()).map(({ body }) => body),
      subscriptions: [...hooks.values()].map(({ secret: _secret, url, ...hook }) => ({ ...hook, uri: url })),
    })),
  )
  const page = {
    platform: 'generic',
    shop: null,
    name: 'Landing page',
    installed: generic.hook !== null,
    orderCount: generic.orders.size,
    orders: newest(generic.orders.values()),
    subscriptions: [],
  }
  return {
    shops: [...shops, ...played, page],
    parcels: newest(sendit.parcels.values()).map(({ code, ...parcel }) => ({
      carrier: 'sendit',
      trackingNumber: code,
      ...parcel,
    })),
    parcelCount: sendit.parcels.size,
    pickups: newest(sendit.pickups.values()),
    returns: newest(sendit.returns.values()),
    carrierWebhooks: sendit.webhooks,
    deliveries: newest(deliveries),
    mailCount: mails.length,
    calls: newest(world.calls),
    faults: activeFaults(world.faults),
    streams,
  }
}
