import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { deliverShopify } from '../../../../../tests/support/shops.ts'
import { startShopifyWorld } from '../../../../../tests/support/shopify.ts'

const world = await startShopifyWorld()
const { api } = world
const owner = api.as('owner')
const database = new pg.Client({ connectionString: api.databaseUrl })
beforeAll(() => database.connect())
afterAll(() => database.end())
afterEach(() => world.mend())

const storeOf = async (id: string) => (await owner.get(`/stores/${id}`)).body
const ordersOf = async (id: string) =>
  (await owner.get(`/orders?storeId=${id}&limit=200`)).body.items as {
    id: string
    sourceReference: string
    state: string
    totalCentimes: number
  }[]
const inboundOf = async (id: string) =>
  (await owner.get(`/inbound?connectionId=${id}&limit=200`)).body.items as {
    kind: string
    topic: string
    outcome: string
    status: string
  }[]
/** The journal's entries of one type about a store. */
const recorded = async (type: string, storeId: string) =>
  (
    await database.query<{ data: { orderIds?: string[] } }>(
      'select data from events where type = $1 and subject_id = $2',
      [type, storeId],
    )
  ).rows
const place = (shop: string, body: object = {}) =>
  world.control('shops/shopify/orders', { shop: `${shop}.myshopify.com`, ...body })
/** What the clock would start now. */
const tick = async () => {
  const ctx = api.ctx()
  await ctx.platform(async (tx) => ctx.enqueue(tx, 'schedule.stores', {}))
  await api.runJobs()
}

describe('connecting a shop by its consent page', () => {
  it('ends with living subscriptions, and its orders arrive', async () => {
    const id = await world.connect('first-shop')
    expect(await storeOf(id)).toMatchObject({
      status: 'connected',
      shop: 'first-shop.myshopify.com',
      health: 'ok',
      problem: null,
      connectedAt: expect.any(String) as string,
    })
    const { order } = await place('first-shop')
    await api.runJobs()
    expect(await ordersOf(id)).toMatchObject([{ sourceReference: order.name }])
    const { lines } = (await owner.get(`/orders/${(await ordersOf(id))[0]?.id}`)).body
    expect(lines).toHaveLength(order.line_items.length)
  })

  it('follows edits and cancellations there', async () => {
    const id = await world.connect('edit-shop')
    await place('edit-shop')
    await api.runJobs()
    await place('edit-shop', { edit: { shipping_address: { name: 'Salma', city: 'Rabat', phone: '0612345678' } } })
    await api.runJobs()
    const [order] = await ordersOf(id)
    expect((await owner.get(`/orders/${order?.id}`)).body.shippingAddress.cityText).toBe('Rabat')
    await place('edit-shop', { cancel: true })
    await api.runJobs()
    expect(await ordersOf(id)).toMatchObject([{ state: 'cancelled' }])
  })

  it('is refused without harm when the owner refuses there', async () => {
    const { id, authorizeUrl } = await world.begin('refused-shop')
    expect(await world.consent(authorizeUrl, 'refuse')).toBeNull()
    expect((await storeOf(id)).status).toBe('connecting')
  })

  it.each([
    ['from another browser', (callback: URL) => callback, null],
    ['with a state of its own', (callback: URL) => withParameter(callback, 'state', 'x'.repeat(43)), 'own'],
    ['without a state', (callback: URL) => withParameter(callback, 'state', null), 'own'],
  ])('cannot be finished %s', async (_name, change, whose) => {
    const { id, authorizeUrl, cookie } = await world.begin(`astray-${_name.length}`)
    const callback = await world.consent(authorizeUrl)
    const back = await world.comeBack(change(callback as URL), whose === null ? null : cookie)
    expect(back.status).toBe(302)
    expect(back.location.searchParams.get('result')).toBe('expired')
    await api.runJobs()
    expect((await storeOf(id)).status).toBe('connecting')
  })

  it.each([
    ['a code that Shopify did not sign', (callback: URL) => withParameter(callback, 'code', 'forged')],
    ['another shop', (callback: URL) => withParameter(callback, 'shop', 'other.myshopify.com')],
    ['no signature', (callback: URL) => withParameter(callback, 'hmac', null)],
  ])('refuses %s', async (_name, change) => {
    const { id, authorizeUrl, cookie } = await world.begin(`forged-${_name.length}`)
    const callback = change((await world.consent(authorizeUrl)) as URL)
    const back = await world.comeBack(callback, cookie)
    expect(back.location.searchParams.get('result')).toBe('refused')
    expect(await storeOf(id)).toMatchObject({ status: 'connecting', problem: 'oauth_refused' })
    // The state was good once: it does not open a second time.
    const again = await world.comeBack((await world.consent(authorizeUrl)) as URL, cookie)
    expect(again.location.searchParams.get('result')).toBe('expired')
  })

  it('leads back to the app and nowhere else, and its cookie is gone', async () => {
    const { authorizeUrl, cookie, id } = await world.begin('leads-back')
    const callback = withParameter((await world.consent(authorizeUrl)) as URL, 'return_to', '//evil.example')
    const { location } = await world.comeBack(callback, cookie)
    expect(location.origin + location.pathname).toBe(`${new URL(callback).origin}/settings/stores`)
    expect([...location.searchParams.keys()].sort()).toEqual(['result', 'store'])
    expect(location.searchParams.get('store')).toBe(id)
  })

  it('is too late after ten minutes', async () => {
    const { authorizeUrl, cookie } = await world.begin('too-late')
    const callback = (await world.consent(authorizeUrl)) as URL
    api.clock.advance(10 * 60_000 + 1_000)
    expect((await world.comeBack(callback, cookie)).location.searchParams.get('result')).toBe('expired')
  })
})

const withParameter = (url: URL, name: string, value: string | null): URL => {
  const changed = new URL(url)
  if (value === null) changed.searchParams.delete(name)
  else changed.searchParams.set(name, value)
  return changed
}

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

describe('the end of a shop', () => {
  it('disconnected by the merchant takes its subscriptions and tokens with it', async () => {
    const id = await world.connect('leaving-shop')
    await owner.delete(`/stores/${id}`)
    await api.runJobs()
    const { shops } = await world.state()
    const shop = shops.find((one: { shop: string }) => one.shop === 'leaving-shop.myshopify.com')
    expect(shop.subscriptions).toEqual([])
    await place('leaving-shop', { webhookUrl: `${(await storeOf(id)).webhookUrl}`, webhookSecret: 'demo' })
    expect(await inboundOf(id)).toEqual([])
  })

  it('uninstalled keeps its data for 48 hours, for a merchant who comes back', async () => {
    const id = await world.connect('back-shop')
    await place('back-shop')
    await api.runJobs()
    await world.control('shops/shopify/events', { shop: 'back-shop', topic: 'app/uninstalled' })
    await api.runJobs()
    expect(await storeOf(id)).toMatchObject({ status: 'uninstalled', eraseAfter: expect.any(String) as string })
    api.clock.advance(47 * 60 * 60_000)
    await world.connect('back-shop')
    expect(await storeOf(id)).toMatchObject({ status: 'connected', eraseAfter: null })
    api.clock.advance(2 * 60 * 60_000)
    await tick()
    expect(await storeOf(id)).toMatchObject({ status: 'connected', erasedAt: null })
  })

  it('uninstalled for good loses credentials, deliveries and the people known only from it; its orders stay', async () => {
    const id = await world.connect('gone-shop')
    const other = await world.connect('kept-shop')
    const known = { name: 'Rachida Alami', phone: '0661000001' }
    const onlyHere = { name: 'Idriss Benkirane', phone: '0661000002' }
    const order = ({ name, phone }: typeof known) => ({
      order: { ...believable, phone, shipping_address: { name, phone, city: 'Fès' } },
    })
    await place('gone-shop', order(known))
    await place('gone-shop', order(onlyHere))
    await place('kept-shop', order(known))
    await api.runJobs()
    await world.control('shops/shopify/events', { shop: 'gone-shop', topic: 'app/uninstalled' })
    await api.runJobs()
    api.clock.advance(48 * 60 * 60_000 + 60_000)
    await tick()
    expect(await storeOf(id)).toMatchObject({
      status: 'uninstalled',
      eraseAfter: null,
      erasedAt: expect.any(String) as string,
    })
    const names = await namesOf(id)
    const bodies = await database.query(
      'select 1 from inbound_bodies b join inbound i on i.id = b.inbound_id where i.connection_id = $1',
      [id],
    )
    const secrets = await database.query('select 1 from stores where id = $1 and credentials is not null', [id])
    expect(names.sort()).toEqual(['Rachida Alami', '–'])
    expect([bodies.rowCount, secrets.rowCount]).toEqual([0, 0])
    expect(await namesOf(other)).toEqual(['Rachida Alami'])
    const [row] = await inboundOf(id)
    expect((await owner.get(`/inbound/${(row as unknown as { id: string }).id}`)).body).toMatchObject({
      body: null,
      bodyErased: true,
    })
    expect(await owner.post(`/inbound/${(row as unknown as { id: string }).id}/replay`)).toMatchObject({
      status: 409,
      body: { code: 'inbound.erased' },
    })
    expect(
      (await database.query("select 1 from search_terms where term like '%0661000002' or term like 'idriss%'"))
        .rowCount,
    ).toBe(0)
  })

  it('erased by the privacy topic, unless it was installed again', async () => {
    const [gone, back] = [await world.connect('redact-shop'), await world.connect('again-shop')]
    const hook = {
      webhookUrl: `${new URL((await storeOf(gone)).webhookUrl).origin}/hooks/shopify`,
      webhookSecret: 'demo',
    }
    for (const shop of ['redact-shop', 'again-shop']) {
      await place(shop)
      await api.runJobs()
      await world.control('shops/shopify/events', { shop, topic: 'app/uninstalled' })
      await api.runJobs()
    }
    await world.connect('again-shop')
    for (const shop of ['redact-shop', 'again-shop'])
      await world.control('shops/shopify/events', { shop, topic: 'shop/redact', ...hook })
    await api.runJobs()
    expect(await storeOf(gone)).toMatchObject({ status: 'uninstalled', erasedAt: expect.any(String) as string })
    expect(await namesOf(gone)).toEqual(['–'])
    expect(await storeOf(back)).toMatchObject({ status: 'connected', erasedAt: null })
    expect(await namesOf(back)).not.toEqual(['–'])
  })

  it('does not end a connection that was made after the word of its end', async () => {
    const id = await world.connect('late-word')
    const { webhookUrl } = await storeOf(id)
    const earlier = new Date(api.clock.now().getTime() - 60_000).toISOString()
    const answer = await deliverShopify(
      api,
      { id, secret: 'demo' },
      'app/uninstalled',
      { id: 1 },
      {
        'x-shopify-shop-domain': 'late-word.myshopify.com',
        'x-shopify-triggered-at': earlier,
      },
    )
    expect(answer.status, webhookUrl).toBe(200)
    await api.runJobs()
    expect((await storeOf(id)).status).toBe('connected')
  })
})

describe("a buyer's own wish", () => {
  it('to know what is kept lists their orders for the merchant', async () => {
    const id = await world.connect('wish-shop')
    const hook = {
      webhookUrl: `${new URL((await storeOf(id)).webhookUrl).origin}/hooks/shopify`,
      webhookSecret: 'demo',
    }
    await place('wish-shop')
    await api.runJobs()
    await world.control('shops/shopify/events', { shop: 'wish-shop', topic: 'customers/data_request', ...hook })
    await api.runJobs()
    const [order] = await ordersOf(id)
    expect((await recorded('store.customer_data_requested', id)).map(({ data }) => data.orderIds)).toEqual([
      [order?.id],
    ])
  })

  it('to be forgotten takes their name from the order and from every delivery', async () => {
    const id = await world.connect('forget-shop')
    const hook = {
      webhookUrl: `${new URL((await storeOf(id)).webhookUrl).origin}/hooks/shopify`,
      webhookSecret: 'demo',
    }
    await place('forget-shop')
    await place('forget-shop')
    await api.runJobs()
    const [named] = await namesOf(id)
    await world.control('shops/shopify/events', { shop: 'forget-shop', topic: 'customers/redact', ...hook })
    await api.runJobs()
    expect((await namesOf(id)).filter((name) => name === '–')).toHaveLength(1)
    expect(named).not.toBe('–')
    const left = await database.query(
      'select i.topic from inbound_bodies b join inbound i on i.id = b.inbound_id where i.connection_id = $1',
      [id],
    )
    expect(left.rows).toEqual([{ topic: 'orders/create' }])
    // What the shop still remembers does not bring the person back.
    api.clock.advance(10 * 60_000)
    await owner.post(`/stores/${id}/sync`, {
      since: new Date(api.clock.now().getTime() - 24 * 60 * 60_000).toISOString(),
    })
    await api.runJobs()
    expect((await namesOf(id)).filter((name) => name === '–')).toHaveLength(1)
  })
})

const believable = {
  total_price: '249.00',
  current_total_price: '249.00',
  total_outstanding: '249.00',
  currency: 'MAD',
  financial_status: 'pending',
  line_items: [{ id: 1, title: 'Lampe', quantity: 1, current_quantity: 1, price: '249.00' }],
}
const namesOf = async (storeId: string): Promise<string[]> =>
  (
    await database.query<{ name: string }>(
      'select contact_name as name from orders where store_id = $1 order by number',
      [storeId],
    )
  ).rows.map(({ name }) => name)
