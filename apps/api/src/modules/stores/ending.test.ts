import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startShopifyWorld } from '../../../../../tests/support/shopify.ts'
import { deliverShopify } from '../../../../../tests/support/shops.ts'

const world = await startShopifyWorld()
const { api, place, tick, storeOf, ordersOf, inboundOf } = world
const owner = api.as('owner')
const database = new pg.Client({ connectionString: api.databaseUrl })
beforeAll(() => database.connect())
afterAll(() => database.end())

/** The journal's entries of one type about a store. */
const recorded = async (type: string, storeId: string) =>
  (
    await database.query<{ data: { orderIds?: string[] } }>(
      'select data from events where type = $1 and subject_id = $2',
      [type, storeId],
    )
  ).rows

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
    expect((await owner.get(`/inbound/${row.id}`)).body).toMatchObject({
      body: null,
      bodyErased: true,
    })
    expect(await owner.post(`/inbound/${row.id}/replay`)).toMatchObject({
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
    const asked = (await api.as('owner').get('/audit-log?type=store.erasure_asked')).body.items
    expect(asked).toMatchObject([{ actor: { kind: 'shop' }, subject: { id: gone } }])
    expect(await storeOf(back)).toMatchObject({ status: 'connected', erasedAt: null })
    expect(await namesOf(back)).not.toEqual(['–'])
  })

  it("does not believe another shop's delivery at its address, though our app's secret signed it", async () => {
    const id = await world.connect('own-address')
    const from = (shop: string) => ({ 'x-shopify-shop-domain': `${shop}.myshopify.com` })
    const ended = { id, secret: 'demo' }
    expect((await deliverShopify(api, ended, 'app/uninstalled', { id: 1 }, from('other-shop'))).status).toBe(401)
    await api.runJobs()
    expect((await storeOf(id)).status).toBe('connected')
    expect(await inboundOf(id)).toEqual([])
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
