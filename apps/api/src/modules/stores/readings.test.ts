import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startShopifyWorld } from '../../../../../tests/support/shopify.ts'

const world = await startShopifyWorld()
const { api, place, tick, storeOf, ordersOf, inboundOf } = world
const owner = api.as('owner')
const database = new pg.Client({ connectionString: api.databaseUrl })
beforeAll(() => database.connect())
afterAll(() => database.end())
afterEach(() => world.mend())

/** The journal's entries of one type about a store. */
const recorded = async (type: string, storeId: string) =>
  (
    await database.query<{ data: { orderIds?: string[] } }>(
      'select data from events where type = $1 and subject_id = $2',
      [type, storeId],
    )
  ).rows

describe('reading the shop ourselves', () => {
  it('finds what no delivery brought, once, and says that it was missed', async () => {
    const id = await world.connect('missed-shop')
    api.clock.advance(1_000)
    await place('missed-shop', { webhookUrl: 'http://127.0.0.1:1/nobody', webhookSecret: 'x', count: 60 })
    api.clock.advance(10 * 60_000)
    await tick()
    expect(await ordersOf(id)).toHaveLength(60)
    expect(await storeOf(id)).toMatchObject({ health: 'late', lastCheckedAt: expect.any(String) as string })
    api.clock.advance(10 * 60_000)
    await tick()
    expect(await ordersOf(id)).toHaveLength(60)
    expect((await inboundOf(id)).filter(({ kind }) => kind === 'poll')).toHaveLength(60)
  })

  it('does not read again what deliveries brought', async () => {
    const id = await world.connect('told-shop')
    await place('told-shop', { count: 3 })
    await api.runJobs()
    api.clock.advance(10 * 60_000)
    await tick()
    expect((await inboundOf(id)).map(({ kind }) => kind)).toEqual(['hook', 'hook', 'hook'])
    expect((await storeOf(id)).health).toBe('ok')
  })

  it('fills the gap of an outage of ours, and restores the subscriptions that it cost', async () => {
    const id = await world.connect('outage-shop')
    for (let order = 0; order < 3; order += 1)
      await place('outage-shop', { webhookUrl: 'http://127.0.0.1:1/nobody', webhookSecret: 'x' })
    api.clock.advance(25 * 60 * 60_000)
    await tick()
    expect(await ordersOf(id)).toHaveLength(3)
    await place('outage-shop')
    await api.runJobs()
    expect(await ordersOf(id)).toHaveLength(4)
  })

  it('goes back in time when it is asked to', async () => {
    await place('early-shop', { count: 2 })
    api.clock.advance(60 * 60_000)
    const id = await world.connect('early-shop')
    expect(await ordersOf(id)).toHaveLength(0)
    const since = new Date(api.clock.now().getTime() - 3 * 60 * 60_000).toISOString()
    expect((await owner.post(`/stores/${id}/sync`, { since })).status).toBe(202)
    await api.runJobs()
    expect(await ordersOf(id)).toHaveLength(2)
  })

  it('keeps on through an outage of the shop, and leaves no dead letter', async () => {
    const id = await world.connect('away-shop')
    await world.control('faults', { provider: 'shopify', kind: 'outage' })
    for (const expected of ['late', 'late', 'failing']) {
      api.clock.advance(10 * 60_000)
      await tick()
      expect(await storeOf(id)).toMatchObject({ status: 'connected', health: expected, problem: 'shop_unreachable' })
    }
    await world.mend()
    api.clock.advance(10 * 60_000)
    await tick()
    expect(await storeOf(id)).toMatchObject({ health: 'ok', problem: null })
    expect((await owner.get('/dead-letters')).body.items).toEqual([])
  })

  it.each(['http_500', 'bad_json', 'http_429', 'throttled'] as const)(
    'survives %s and reads on afterwards',
    async (kind) => {
      const id = await world.connect(`broken-${kind.replace('_', '-')}`)
      await world.control('faults', { provider: 'shopify', kind, times: 1 })
      api.clock.advance(10 * 60_000)
      await tick()
      await world.mend()
      api.clock.advance(10 * 60_000)
      await tick()
      expect(await storeOf(id)).toMatchObject({ status: 'connected', health: 'ok', problem: null })
    },
  )
})

describe('tokens', () => {
  it('that are about to end are renewed before they are used', async () => {
    const id = await world.connect('renewed-shop')
    api.clock.advance(58 * 60_000)
    await tick()
    expect(await storeOf(id)).toMatchObject({ status: 'connected', health: 'ok' })
  })

  it('that died early are renewed once and the call is made again', async () => {
    const id = await world.connect('died-shop')
    await world.control('tokens', { provider: 'shopify', expire: true })
    api.clock.advance(10 * 60_000)
    await tick()
    expect(await storeOf(id)).toMatchObject({ status: 'connected', health: 'ok' })
  })

  it('are renewed by one job at a time: the second would end the consent', async () => {
    const id = await world.connect('rotating-shop')
    api.clock.advance(59 * 60_000)
    await Promise.all([
      owner.post(`/stores/${id}/sync`),
      owner.post(`/stores/${id}/test`),
      owner.post(`/stores/${id}/sync`),
    ])
    await Promise.all([api.runJobs(), api.runJobs(), api.runJobs()])
    expect((await storeOf(id)).status).toBe('connected')
  })

  it('whose consent is gone stop every call after at most three tries, and the owner is told', async () => {
    const id = await world.connect('revoked-shop')
    await world.control('tokens', { provider: 'shopify', revoke: true })
    const before = (
      await world.control('faults', { provider: 'shopify', kind: 'slow', seconds: 0, only: 'revoked-shop' })
    ).id
    api.clock.advance(10 * 60_000)
    await tick()
    for (let turn = 0; turn < 3; turn += 1) {
      api.clock.advance(10 * 60_000)
      await tick()
    }
    expect(await storeOf(id)).toMatchObject({ status: 'reconnect', health: 'failing', problem: 'credentials_refused' })
    expect(await recorded('store.reconnect_needed', id)).toHaveLength(1)
    const { items } = (await (await fetch(`${world.url}/control/faults`)).json()) as {
      items: { id: number; hits: number }[]
    }
    expect(items.find((fault) => fault.id === before)?.hits).toBeLessThanOrEqual(3)
    // The same consent again makes it the same store, with its orders.
    await world.connect('revoked-shop')
    expect(await storeOf(id)).toMatchObject({ id, status: 'connected', problem: null })
  })
})
