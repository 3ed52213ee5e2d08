import { afterEach, describe, expect, it } from 'vitest'
import { clickConsent, type PlayedPlatform, startPlatformsWorld } from '../../../../../tests/support/platforms.ts'

const world = await startPlatformsWorld()
const { api, place, storeOf, ordersOf, inboundOf, tick } = world
const owner = api.as('owner')
afterEach(() => world.mend())

let names = 0
const nameFor = (platform: PlayedPlatform): string => `atlas-${(names += 1)}${platform === 'woocommerce' ? '.ma' : ''}`
const platforms = ['youcan', 'woocommerce', 'lightfunnels'] as const
const newest = async (storeId: string) => (await owner.get(`/orders/${(await ordersOf(storeId))[0]?.id}`)).body

describe.each(platforms)('a shop of %s', (platform) => {
  it('is connected by a click; its orders arrive, follow its edits and its cancellation', async () => {
    const shop = nameFor(platform)
    const id = await world.connect(platform, shop)
    expect(await storeOf(id)).toMatchObject({
      status: 'connected',
      health: 'ok',
      problem: null,
      shop: expect.stringContaining(shop) as string,
    })
    const { order } = await place(platform, shop)
    await api.runJobs()
    expect(await ordersOf(id)).toHaveLength(1)
    expect((await newest(id)).totalCentimes).toBe(Math.round(Number(order.total) * 100))
    const note = platform === 'woocommerce' ? 'customer_note' : 'notes'
    await place(platform, shop, { edit: { [note]: 'بعد العصر، merci', total: '120.50' } })
    await api.runJobs()
    expect(await newest(id)).toMatchObject({ totalCentimes: 12_050 })
    if (platform === 'lightfunnels') {
      // Its cancellations are told to nobody: our own reading finds them.
      await place(platform, shop, { cancel: true })
      api.clock.advance(10 * 60_000)
      await tick()
    } else {
      await place(platform, shop, { cancel: true })
      await api.runJobs()
    }
    expect(await ordersOf(id)).toMatchObject([{ state: 'cancelled' }])
  })

  it('finds by our own reading what no delivery brought, once', async () => {
    const shop = nameFor(platform)
    const id = await world.connect(platform, shop)
    api.clock.advance(1_000)
    await place(platform, shop, { webhookUrl: 'http://127.0.0.1:1/nobody', webhookSecret: 'x', count: 30 })
    api.clock.advance(10 * 60_000)
    await tick()
    expect(await ordersOf(id)).toHaveLength(30)
    expect(await storeOf(id)).toMatchObject({ health: 'late', lastCheckedAt: expect.any(String) as string })
    api.clock.advance(10 * 60_000)
    await tick()
    expect((await inboundOf(id)).filter(({ kind }) => kind === 'poll')).toHaveLength(30)
  })

  it('takes doubled, reordered and wrongly signed deliveries without doubling or losing an order', async () => {
    const shop = nameFor(platform)
    const id = await world.connect(platform, shop)
    await world.control('faults', { provider: platform, kind: 'duplicate_webhooks' })
    await world.control('faults', { provider: platform, kind: 'reordered_webhooks', times: 2 })
    await place(platform, shop, { count: 4 })
    await world.mend()
    await world.control('faults', { provider: platform, kind: 'wrong_signature', times: 2 })
    await place(platform, shop)
    await world.mend()
    await place(platform, shop)
    api.clock.advance(10 * 60_000)
    await api.runJobs()
    await tick()
    expect(await ordersOf(id)).toHaveLength(6)
  })

  it.each(['outage', 'http_500', 'http_429', 'bad_json'] as const)(
    'survives %s and reads on afterwards',
    async (kind) => {
      const shop = nameFor(platform)
      const id = await world.connect(platform, shop)
      await world.control('faults', { provider: platform, kind, times: 1 })
      api.clock.advance(10 * 60_000)
      await tick()
      await world.mend()
      api.clock.advance(10 * 60_000)
      await tick()
      expect(await storeOf(id)).toMatchObject({ status: 'connected', health: 'ok', problem: null })
    },
  )

  it('loses its hooks and our access when it is disconnected; what still comes is refused', async () => {
    const shop = nameFor(platform)
    const id = await world.connect(platform, shop)
    const { webhookUrl } = await storeOf(id)
    await owner.delete(`/stores/${id}`)
    await api.runJobs()
    const { shops } = await world.state()
    expect(shops.find((one: { shop: string }) => one.shop === shop).subscriptions).toEqual([])
    const late = await place(platform, shop, { webhookUrl, webhookSecret: 'demo' })
    expect(late.deliveries[0].attempts[0].status).toBe(401)
    expect(await inboundOf(id)).toEqual([])
    // The same consent again makes it the same store.
    const { body, headers } = await owner.post(`/stores/${id}/reconnect`)
    const callback = await clickConsent(body.authorizeUrl, { shop })
    await world.comeBack(callback as URL, String(headers['set-cookie']).split(';')[0] ?? '')
    await api.runJobs()
    expect(await storeOf(id)).toMatchObject({ status: 'connected', problem: null })
  })

  it('whose consent is refused says so, connects nothing, and can be asked again', async () => {
    const shop = nameFor(platform)
    const begun = await world.begin(platform, { name: 'Refus', shop })
    const callback = (await clickConsent(begun.authorizeUrl, { shop }, 'refuse')) as URL
    const back = await world.comeBack(callback, begun.cookie)
    expect(back.location.searchParams.get('result')).toBe('refused')
    expect(await storeOf(begun.id)).toMatchObject({ status: 'connecting', problem: 'oauth_refused' })
  })

  it.each([
    ['from another browser', (callback: URL) => callback, null],
    ['with a state of its own', (callback: URL) => altered(callback), 'own'],
  ])('is not connected by a return %s', async (_name, change, whose) => {
    const shop = nameFor(platform)
    const begun = await world.begin(platform, { name: 'Égaré', shop })
    const callback = change((await clickConsent(begun.authorizeUrl, { shop }, 'refuse')) as URL)
    const back = await world.comeBack(callback, whose === null ? null : begun.cookie)
    expect(back.location.searchParams.get('result')).toBe('expired')
    expect(await storeOf(begun.id)).toMatchObject({ status: 'connecting', problem: null })
  })

  it('without consent, by webhook alone, takes what is signed with its own secret and refuses the rest', async () => {
    const secret = 'sécret & <clé>'
    const { body: store } = await owner.post('/stores', {
      platform,
      name: 'Webhook seul',
      credentials: { webhookSecret: secret },
    })
    expect(store).toMatchObject({ status: 'webhook_only', health: 'unknown' })
    const to = (webhookSecret: string) => ({ webhookUrl: store.webhookUrl, webhookSecret })
    const signed = await place(platform, nameFor(platform), to(secret))
    const wrong = await place(platform, nameFor(platform), to('demo'))
    expect(signed.deliveries.map(({ status }: { status: string }) => status)).not.toContain('failed')
    expect(wrong.deliveries[0].attempts[0].status).toBe(401)
    await api.runJobs()
    expect(await ordersOf(store.id)).toHaveLength(1)
    expect(await storeOf(store.id)).toMatchObject({ health: 'ok' })
    // A new secret, with an hour for the old one.
    await owner.post(`/stores/${store.id}/rotate-secret`, { webhookSecret: 'nouveau', keepOldForMinutes: 60 })
    for (const one of [secret, 'nouveau']) await place(platform, nameFor(platform), to(one))
    await api.runJobs()
    expect(await ordersOf(store.id)).toHaveLength(3)
  })

  it.each([
    ['cut', '{"id":81'],
    ['of another kind', '[1,2,3]'],
    ['without what makes it an order', '{"id":5}'],
    ['in another encoding', Buffer.from('{"id":"é","total":1}', 'utf16le').toString('latin1')],
  ])('keeps a payload that is %s with its bytes, for a person to look at', async (_name, raw) => {
    const { body: store } = await owner.post('/stores', {
      platform,
      name: 'Illisible',
      credentials: { webhookSecret: 'demo' },
    })
    await place(platform, nameFor(platform), { raw, webhookUrl: store.webhookUrl })
    await api.runJobs()
    expect(await ordersOf(store.id)).toEqual([])
    const [row] = await inboundOf(store.id)
    expect(row).toMatchObject({ status: 'failed', outcome: 'unreadable' })
    expect((await owner.get(`/inbound/${row.id}`)).body.body).toBe(raw)
    const letters = (await owner.get('/dead-letters?limit=200')).body.items
    expect(letters.some((letter: { subject: { id: string } | null }) => letter.subject?.id === row.id)).toBe(true)
  })
})

const altered = (url: URL): URL => {
  const changed = new URL(url)
  for (const name of ['state', 'user_id'])
    if (changed.searchParams.has(name)) changed.searchParams.set(name, 'x'.repeat(43))
  return changed
}

describe.each(['youcan', 'lightfunnels'] as const)(
  'a consent of %s, which says only afterwards for which shop',
  (platform) => {
    it('replayed opens nothing', async () => {
      const shop = nameFor(platform)
      const begun = await world.begin(platform, { name: 'Rejoué' })
      const callback = (await clickConsent(begun.authorizeUrl, { shop })) as URL
      await world.comeBack(callback, begun.cookie)
      await api.runJobs()
      const again = await world.comeBack(callback, begun.cookie)
      expect(again.location.searchParams.get('result')).toBe('expired')
      await api.runJobs()
      expect(await storeOf(begun.id)).toMatchObject({ status: 'connected', problem: null })
    })

    it('with a code that is none says that nothing is connected', async () => {
      const begun = await world.begin(platform, { name: 'Faux code' })
      const callback = (await clickConsent(begun.authorizeUrl, { shop: nameFor(platform) })) as URL
      callback.searchParams.set('code', 'forged')
      await world.comeBack(callback, begun.cookie)
      await api.runJobs()
      expect(await storeOf(begun.id)).toMatchObject({ status: 'connecting', problem: 'oauth_refused' })
    })

    it('for another shop than the store’s is refused with its words', async () => {
      const [shop, other] = [nameFor(platform), nameFor(platform)]
      const id = await world.connect(platform, shop)
      await owner.delete(`/stores/${id}`)
      await api.runJobs()
      const { body, headers } = await owner.post(`/stores/${id}/reconnect`)
      const callback = (await clickConsent(body.authorizeUrl, { shop: other })) as URL
      await world.comeBack(callback, String(headers['set-cookie']).split(';')[0] ?? '')
      await api.runJobs()
      expect(await storeOf(id)).toMatchObject({ status: 'disconnected', problem: 'other_shop' })
    })

    it('for a shop that is here already is refused with its words, and the first store goes on', async () => {
      const shop = nameFor(platform)
      const first = await world.connect(platform, shop)
      const second = await world.connect(platform, shop, 'Encore')
      expect(await storeOf(second)).toMatchObject({ status: 'connecting', problem: 'shop_known' })
      await place(platform, shop)
      await api.runJobs()
      expect(await ordersOf(first)).toHaveLength(1)
      expect(await ordersOf(second)).toEqual([])
    })

    it('taken back stops every call, and the owner is told', async () => {
      const id = await world.connect(platform, nameFor(platform))
      await world.control('tokens', { provider: platform, revoke: true })
      api.clock.advance(10 * 60_000)
      await tick()
      expect(await storeOf(id)).toMatchObject({
        status: 'reconnect',
        health: 'failing',
        problem: 'credentials_refused',
      })
    })
  },
)

it('YouCan’s tokens are renewed before they end, and once when they died early', async () => {
  await world.control('tokens', { provider: 'youcan', lifeSeconds: 3_600 })
  const id = await world.connect('youcan', nameFor('youcan'))
  api.clock.advance(58 * 60_000)
  await tick()
  expect(await storeOf(id)).toMatchObject({ status: 'connected', health: 'ok' })
  await world.control('tokens', { provider: 'youcan', expire: true })
  api.clock.advance(10 * 60_000)
  await tick()
  expect(await storeOf(id)).toMatchObject({ status: 'connected', health: 'ok' })
})

it.each([
  ['youcan', 'app.uninstalled'],
  ['lightfunnels', 'app/uninstalled'],
] as const)('%s removed by its merchant ends here too, and its data waits 48 hours', async (platform, topic) => {
  const shop = nameFor(platform)
  const id = await world.connect(platform, shop)
  const { webhookUrl } = await storeOf(id)
  await world.control(`shops/${platform}/events`, { shop, topic, webhookUrl, webhookSecret: 'demo' })
  await api.runJobs()
  expect(await storeOf(id)).toMatchObject({ status: 'uninstalled', eraseAfter: expect.any(String) as string })
})

describe('WooCommerce by keys', () => {
  const keys = { consumerKey: 'ck_demo', consumerSecret: 'cs_demo' }
  const byKeys = async (shop: string, credentials: object = keys) => {
    const answer = await owner.post('/stores', { platform: 'woocommerce', name: 'Site', shop, credentials })
    await api.runJobs()
    return answer
  }

  it('is connected when the site takes them, and shows no secret', async () => {
    const shop = nameFor('woocommerce')
    const { body, status } = await byKeys(`https://${shop}/wp-admin/`)
    expect([status, body.status, body.webhookSecret]).toEqual([201, 'connecting', undefined])
    expect(await storeOf(body.id)).toMatchObject({ status: 'connected', shop, problem: null })
    await place('woocommerce', shop)
    await api.runJobs()
    expect(await ordersOf(body.id)).toHaveLength(1)
  })

  it.each([
    ['wrong', { ...keys, consumerSecret: 'cs_wrong' }, 'credentials_refused'],
    ['without the right to make webhooks', { ...keys, consumerKey: 'ck_demo_read' }, 'scope_missing'],
  ])('that are %s are said to be so, and not kept', async (_name, credentials, problem) => {
    const { body } = await byKeys(nameFor('woocommerce'), credentials)
    expect(await storeOf(body.id)).toMatchObject({ status: 'connecting', problem })
    // Other keys, and it is the same store.
    const again = await owner.post(`/stores/${body.id}/reconnect`, { credentials: keys })
    expect(again.status).toBe(200)
    await api.runJobs()
    expect(await storeOf(body.id)).toMatchObject({ status: 'connected', problem: null })
  })

  it('of a site that is away are tried again, and the screen says why it waits', async () => {
    await world.control('faults', { provider: 'woocommerce', kind: 'outage' })
    const { body } = await byKeys(nameFor('woocommerce'))
    expect(await storeOf(body.id)).toMatchObject({ status: 'connecting', problem: 'shop_unreachable' })
    await world.mend()
    const now = async () => {
      await api.runJobs()
      return storeOf(body.id)
    }
    await expect.poll(now, { timeout: 30_000, interval: 250 }).toMatchObject({ status: 'connected', problem: null })
  })

  it.each(['127.0.0.1', '10.1.2.3', 'http://localhost/', 'boutique.local', 'maboutique.ma:22'])(
    'are never sent to %s',
    async (shop) => {
      const { status, body } = await byKeys(shop)
      expect([status, body.code]).toEqual([422, shop.includes('localhost') ? 'store.shop_invalid' : 'url.not_allowed'])
    },
  )

  it('come both or not at all, and on no other platform', async () => {
    expect((await byKeys(nameFor('woocommerce'), { consumerKey: 'ck_demo' })).body.code).toBe(
      'store.credentials_refused',
    )
    const elsewhere = await owner.post('/stores', { platform: 'youcan', name: 'X', credentials: keys })
    expect(elsewhere.body.code).toBe('store.platform_unavailable')
  })

  it('handed over twice, late, for another store or with another state open nothing', async () => {
    const shop = nameFor('woocommerce')
    const begun = await world.begin('woocommerce', { name: 'Clés', shop })
    const other = await world.begin('woocommerce', { name: 'Autre', shop: nameFor('woocommerce') })
    const state = new URL(begun.authorizeUrl).searchParams.get('user_id')
    const hand = (id: string, user_id: string | null) =>
      api.withToken(null).post(`//hooks/woocommerce/${id}/keys`, {
        ...{ key_id: 1, user_id, consumer_key: 'ck_demo', consumer_secret: 'cs_demo', key_permissions: 'read_write' },
      })
    expect((await hand(other.id, state)).status).toBe(401)
    expect((await hand(begun.id, 'x'.repeat(43))).status).toBe(401)
    expect((await hand(begun.id, null)).status).toBe(401)
    expect((await hand('01900000-0000-7000-8000-00000000ffff', state)).status).toBe(401)
    expect((await hand(begun.id, state)).status).toBe(200)
    expect((await hand(begun.id, state)).status).toBe(401)
    await api.runJobs()
    expect(await storeOf(begun.id)).toMatchObject({ status: 'connected' })
    api.clock.advance(11 * 60_000)
    expect((await hand(other.id, new URL(other.authorizeUrl).searchParams.get('user_id'))).status).toBe(401)
  })

  it('have their hooks sign with a new secret from the moment it is changed', async () => {
    const shop = nameFor('woocommerce')
    const { body } = await byKeys(shop)
    const rotated = await owner.post(`/stores/${body.id}/rotate-secret`)
    expect([rotated.status, rotated.body.webhookSecret]).toEqual([200, undefined])
    await api.runJobs()
    const { deliveries } = await place('woocommerce', shop)
    expect(deliveries.map(({ status }: { status: string }) => status)).toEqual(['delivered', 'delivered'])
    await api.runJobs()
    expect(await ordersOf(body.id)).toHaveLength(1)
  })
})

describe('WooCommerce’s deliveries', () => {
  it('greet without a signature, for any store, and leave nothing', async () => {
    const { body: store } = await owner.post('/stores', {
      platform: 'woocommerce',
      name: 'Salut',
      credentials: { webhookSecret: 'demo' },
    })
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    for (const id of [store.id, 'nobody', '01900000-0000-7000-8000-00000000ffff'])
      expect((await api.withToken(null).post(`//hooks/woocommerce/${id}`, 'webhook_id=12', form)).status).toBe(200)
    expect((await api.withToken(null).post(`//hooks/youcan/${store.id}`, 'webhook_id=12', form)).status).toBe(401)
    expect(await inboundOf(store.id)).toEqual([])
  })

  it('of a deletion cancel the order, and a restored one is told again', async () => {
    const shop = nameFor('woocommerce')
    const id = await world.connect('woocommerce', shop)
    await place('woocommerce', shop)
    await api.runJobs()
    await world.control('shops/woocommerce/events', { shop, topic: 'order.deleted' })
    await api.runJobs()
    expect(await ordersOf(id)).toMatchObject([{ state: 'cancelled' }])
    expect((await inboundOf(id)).map(({ topic, outcome }) => [topic, outcome])).toContainEqual([
      'order.deleted',
      'updated',
    ])
  })

  it('of a basket that is not sent off bring no order', async () => {
    const shop = nameFor('woocommerce')
    const id = await world.connect('woocommerce', shop)
    await place('woocommerce', shop, { order: { status: 'checkout-draft', total: '10.00' } })
    await api.runJobs()
    expect(await ordersOf(id)).toEqual([])
  })
})
