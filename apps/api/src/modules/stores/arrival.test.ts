import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import {
  type ConnectedStore,
  deliverGeneric,
  deliverShopify,
  genericOrder,
  genericStore,
  shopifyApp,
  shopifyOrder,
  webhookOnlyShop,
} from '../../../../../tests/support/shops.ts'
import { processDelivery } from './news.commands.ts'

const api = await startApi({ env: shopifyApp })
const owner = api.as('owner')

const ordersOf = async (store: ConnectedStore) =>
  (await owner.get(`/orders?storeId=${store.id}&limit=200`)).body.items as {
    id: string
    totalCentimes: number
    state: string
    toComplete: string[]
  }[]
const inboundOf = async (store: ConnectedStore) =>
  (await owner.get(`/inbound?connectionId=${store.id}&limit=200`)).body.items as {
    id: string
    status: string
    outcome: string
    orderId: string
  }[]
/** Reads everything that waits, all of it at the same time, as several workers may. */
const readAtOnce = async (store: ConnectedStore): Promise<void> => {
  const waiting = (await inboundOf(store)).filter(({ status }) => status === 'waiting')
  await Promise.all(waiting.map(({ id }) => processDelivery(api.ctx(), id, false)))
}

let nextId = 7_100
const freshId = (): number => {
  nextId += 1
  return nextId
}

describe('law 1: a source event delivered any number of times, in any order, concurrently, yields one order in its newest version', () => {
  it('holds for one delivery sent fifty times at once, under one id or fifty', async () => {
    const shop = await webhookOnlyShop(api)
    const order = shopifyOrder(freshId())
    await Promise.all(
      Array.from({ length: 25 }, () =>
        deliverShopify(api, shop, 'orders/create', order, { 'x-shopify-webhook-id': 'same' }),
      ),
    )
    await Promise.all(Array.from({ length: 25 }, () => deliverShopify(api, shop, 'orders/create', order)))
    expect(await inboundOf(shop)).toHaveLength(26)
    await readAtOnce(shop)
    expect(await ordersOf(shop)).toHaveLength(1)
    const outcomes = (await inboundOf(shop)).map(({ outcome }) => outcome).sort()
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'unchanged')).toHaveLength(25)
  })

  it('holds for versions in any order, repeated, read one by one or all at once', async () => {
    const versions = fc.shuffledSubarray([1, 1, 2, 2, 3, 3, 4, 4], { minLength: 8 })
    await fc.assert(
      fc.asyncProperty(versions, fc.boolean(), async (order, together) => {
        const shop = await webhookOnlyShop(api)
        const id = freshId()
        for (const version of order)
          await deliverShopify(api, shop, version === 1 ? 'orders/create' : 'orders/updated', shopifyOrder(id, version))
        await (together ? readAtOnce(shop) : api.runJobs())
        const orders = await ordersOf(shop)
        expect(orders).toHaveLength(1)
        expect(orders[0]?.totalCentimes).toBe(10_400)
      }),
      { numRuns: 8 },
    )
  })

  it('holds when the change comes before the creation, and when the cancellation does', async () => {
    const shop = await webhookOnlyShop(api)
    const [changed, cancelled] = [freshId(), freshId()]
    await deliverShopify(api, shop, 'orders/updated', shopifyOrder(changed, 3))
    await api.runJobs()
    await deliverShopify(api, shop, 'orders/create', shopifyOrder(changed, 1))
    await deliverShopify(
      api,
      shop,
      'orders/cancelled',
      shopifyOrder(cancelled, 2, { cancelled_at: '2026-11-20T10:00:02Z' }),
    )
    await api.runJobs()
    await deliverShopify(api, shop, 'orders/create', shopifyOrder(cancelled, 1))
    await api.runJobs()
    const orders = await ordersOf(shop)
    expect(orders.map(({ totalCentimes, state }) => `${totalCentimes} ${state}`).sort()).toEqual([
      '10200 cancelled',
      '10300 new',
    ])
  })

  it('holds for the generic hook, where the moment of signing tells versions apart', async () => {
    const store = await genericStore(api)
    await deliverGeneric(api, store, genericOrder('LP-1', { total: '249.00' }))
    await deliverGeneric(api, store, genericOrder('LP-1', { total: '249.00' }))
    api.clock.advance(2_000)
    await deliverGeneric(api, store, genericOrder('LP-1', { total: '259.00' }))
    expect(await inboundOf(store)).toHaveLength(2)
    await readAtOnce(store)
    expect(await ordersOf(store)).toMatchObject([{ totalCentimes: 25_900 }])
  })

  it('keeps the same number of two shops, and of two merchants, apart', async () => {
    const [one, two] = [await webhookOnlyShop(api), await webhookOnlyShop(api, 'other-secret')]
    const order = shopifyOrder(freshId())
    await deliverShopify(api, one, 'orders/create', order)
    await deliverShopify(api, two, 'orders/create', order)
    await api.runJobs()
    expect(await ordersOf(one)).toHaveLength(1)
    expect(await ordersOf(two)).toHaveLength(1)
    expect((await api.asRival('owner').get('/orders')).body.items).toEqual([])
  })
})

describe('an order without', () => {
  it('a usable phone or city waits in the tray "to complete" and says why', async () => {
    const store = await genericStore(api)
    await deliverGeneric(api, store, genericOrder('T-1', { customer: { name: 'Inconnue' } }))
    await api.runJobs()
    const [order] = await ordersOf(store)
    expect(order?.toComplete).toEqual(expect.arrayContaining(['phone_missing', 'city_missing']))
    expect(await inboundOf(store)).toMatchObject([{ status: 'processed', outcome: 'held', orderId: order?.id }])
  })

  it('a signature waits there too', async () => {
    const store = await genericStore(api, { unsigned: true })
    await api
      .withToken(null)
      .post(`//hooks/generic/${store.id}?key=${store.secret}`, JSON.stringify(genericOrder('T-2')))
    await api.runJobs()
    expect((await ordersOf(store))[0]?.toComplete).toEqual(['unsigned_source'])
  })
})

describe('a delivery that cannot be read', () => {
  it('waits for a person with its bytes, and lets the others pass', async () => {
    const store = await genericStore(api)
    const poison = [
      '{"external_id": "P-1", "total": "beaucoup"}',
      '{"external_id": "P-2"',
      '{"external_id": "P-3", "total": "10", "items": [{"name": "A", "quantity": -1}]}',
      '[]',
      'id=5&total=10',
      '['.repeat(100_000),
      '{"external_id": "P-4", "total": 1e308}',
    ]
    for (const body of poison) expect((await deliverGeneric(api, store, body)).status).toBe(200)
    await deliverGeneric(api, store, genericOrder('P-ok', { note: '🌙 \u0000 \ud800 بعد العصر' }))
    await api.runJobs()
    expect(await ordersOf(store)).toHaveLength(1)
    const failed = (await inboundOf(store)).filter(({ status }) => status === 'failed')
    expect(failed.map(({ outcome }) => outcome)).toEqual(poison.map(() => 'unreadable'))

    const letters = (await owner.get('/dead-letters')).body.items as {
      id: string
      subject: { id: string }
      code: string
      job: string
      attempts: number
    }[]
    const mine = letters.filter(({ subject }) => failed.some(({ id }) => id === subject.id))
    expect(mine).toHaveLength(poison.length)
    expect(mine[0]).toMatchObject({ job: 'inbox.process', code: 'inbound.unreadable', attempts: 1 })
    const details = await Promise.all(mine.map(async ({ id }) => (await owner.get(`/dead-letters/${id}`)).body))
    expect(details.map(({ inbound }) => inbound.body).sort()).toEqual([...poison].sort())
  })

  it('is tried again from the screen once, or dismissed once', async () => {
    const store = await genericStore(api)
    await deliverGeneric(api, store, '{"external_id": "P-9"}')
    await api.runJobs()
    const letterOf = async () =>
      (await owner.get('/dead-letters')).body.items.find(
        ({ subject }: { subject: { id: string } }) => subject.id === inbound?.id,
      )
    const [inbound] = await inboundOf(store)
    const first = await letterOf()
    expect(await owner.post(`/dead-letters/${first.id}/replay`)).toMatchObject({
      status: 200,
      body: { settledAs: 'replayed' },
    })
    expect((await owner.post(`/dead-letters/${first.id}/replay`)).body.code).toBe('dead_letter.settled')
    await api.runJobs()
    const second = await letterOf()
    expect(second.id).not.toBe(first.id)
    expect(await owner.post(`/dead-letters/${second.id}/dismiss`)).toMatchObject({
      status: 200,
      body: { settledAs: 'dismissed' },
    })
    expect(await letterOf()).toBeUndefined()
    const settled = (await owner.get('/dead-letters?settled=true')).body.items.map(({ id }: { id: string }) => id)
    expect(settled).toEqual(expect.arrayContaining([first.id, second.id]))
  })

  it('is nobody else’s to look at', async () => {
    const [letter] = (await owner.get('/dead-letters?settled=true')).body.items
    const [row] = (await owner.get('/inbound')).body.items
    const rival = api.asRival('owner')
    for (const path of [`/dead-letters/${letter.id}`, `/inbound/${row.id}`])
      expect((await rival.get(path)).status).toBe(404)
    for (const path of [
      `/dead-letters/${letter.id}/replay`,
      `/dead-letters/${letter.id}/dismiss`,
      `/inbound/${row.id}/replay`,
    ])
      expect((await rival.post(path)).status).toBe(404)
    expect((await rival.get('/inbound')).body.items).toEqual([])
    expect((await rival.get('/dead-letters')).body.items).toEqual([])
  })
})

describe('the inbox', () => {
  it('reads a delivery again without doing anything twice', async () => {
    const store = await genericStore(api)
    await deliverGeneric(api, store, genericOrder('R-1'))
    await api.runJobs()
    const [row] = await inboundOf(store)
    expect(row).toMatchObject({ status: 'processed', outcome: 'created' })
    expect(await owner.post(`/inbound/${row?.id}/replay`)).toMatchObject({ status: 200, body: { status: 'waiting' } })
    await api.runJobs()
    expect(await inboundOf(store)).toMatchObject([{ status: 'processed', outcome: 'unchanged', orderId: row?.orderId }])
    expect(await ordersOf(store)).toHaveLength(1)
  })

  it('is listed newest first, in pages that leave nothing out', async () => {
    const store = await genericStore(api)
    for (let index = 0; index < 7; index += 1) await deliverGeneric(api, store, genericOrder(`L-${index}`))
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const query: string = `connectionId=${store.id}&limit=3${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`
      const { items, nextCursor }: { items: { id: string }[]; nextCursor: string | null } = (
        await owner.get(`/inbound?${query}`)
      ).body
      seen.push(...items.map(({ id }: { id: string }) => id))
      cursor = nextCursor
    } while (cursor)
    expect(seen).toEqual((await inboundOf(store)).map(({ id }) => id))
    expect(seen).toEqual([...seen].sort().reverse())
    expect((await owner.get('/inbound?cursor=abc')).status).toBe(400)
    expect((await owner.get(`/inbound?connectionId=${store.id}&status=waiting`)).body.items).toHaveLength(7)
    expect((await owner.get(`/inbound?connectionId=${store.id}&status=failed`)).body.items).toHaveLength(0)
  })

  it('tells a store when it last heard of its shop', async () => {
    const store = await genericStore(api)
    expect((await owner.get(`/stores/${store.id}`)).body).toMatchObject({ lastEventAt: null, health: 'unknown' })
    await deliverGeneric(api, store, genericOrder('H-1'))
    await api.runJobs()
    expect((await owner.get(`/stores/${store.id}`)).body).toMatchObject({
      lastEventAt: expect.any(String) as string,
      health: 'ok',
    })
    api.clock.advance(25 * 60 * 60_000)
    expect((await owner.get(`/stores/${store.id}`)).body.health).toBe('quiet')
  })
})
