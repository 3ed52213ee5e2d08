import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import { genericStore, shopifyApp } from '../../../../../tests/support/shops.ts'

const api = await startApi({ env: shopifyApp })
const owner = api.as('owner')
const database = new pg.Client({ connectionString: api.databaseUrl })
beforeAll(() => database.connect())
afterAll(() => database.end())

const shopify = (shop: string, more: object = {}) =>
  owner.post('/stores', { platform: 'shopify', name: 'Boutique', shop, ...more })

describe('connecting a store', () => {
  it('of the generic hook makes a secret and shows it once', async () => {
    const { status, body } = await owner.post('/stores', { platform: 'generic', name: 'Page' })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      platform: 'generic',
      status: 'connected',
      health: 'unknown',
      unsigned: false,
      version: 1,
    })
    expect(body.webhookUrl).toBe(`http://localhost:3000/hooks/generic/${body.id}`)
    expect(Buffer.from(body.webhookSecret, 'base64url')).toHaveLength(32)
    expect((await owner.get(`/stores/${body.id}`)).body).not.toHaveProperty('webhookSecret')
    expect((await owner.get('/stores')).text).not.toContain(body.webhookSecret)
  })

  it('with a pasted secret listens and calls nothing', async () => {
    const { status, body } = await owner.post('/stores', {
      platform: 'shopify',
      name: 'Boutique',
      credentials: { webhookSecret: 'theirs' },
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({ status: 'webhook_only', shop: null, health: 'unknown' })
    expect(JSON.stringify(body)).not.toContain('theirs')
    expect((await owner.post(`/stores/${body.id}/sync`)).body.code).toBe('store.not_connected')
  })

  it('of Shopify sends this browser to the consent page', async () => {
    const { status, body, headers } = await shopify('Consent-Shop')
    expect(status).toBe(201)
    expect(body).toMatchObject({ status: 'connecting', shop: 'consent-shop.myshopify.com', health: 'unknown' })
    const url = new URL(body.authorizeUrl)
    expect(url.host).toBe('consent-shop.myshopify.com')
    expect(url.searchParams.get('redirect_uri')).toBe('http://localhost:3000/api/v1/stores/oauth/shopify/callback')
    expect(String(headers['set-cookie'])).toMatch(
      /^__Host-store-consent=[^;]+; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
  })

  it('by hand needs nothing', async () => {
    expect(await owner.post('/stores', { platform: 'manual', name: 'Téléphone' })).toMatchObject({
      status: 201,
      body: { status: 'connected', webhookUrl: null, health: 'ok' },
    })
  })

  it('keeps its secrets encrypted, bound to their row', async () => {
    const store = await genericStore(api)
    const { rows } = await database.query<{ text: string }>(
      "select encode(credentials, 'escape') as text from stores where id = $1",
      [store.id],
    )
    expect(rows[0]?.text).not.toContain(store.secret)
    const other = await genericStore(api)
    await database.query(
      'update stores set credentials = (select credentials from stores where id = $1) where id = $2',
      [store.id, other.id],
    )
    expect((await owner.post(`/stores/${other.id}/rotate-secret`)).status).toBe(500)
  })

  it.each([
    ['a platform without an adapter', { platform: 'youcan', name: 'A' }, 'store.platform_unavailable'],
    ['a shop that is no name', { platform: 'shopify', name: 'A', shop: 'evil.example/x' }, 'store.shop_invalid'],
    ['no shop at all', { platform: 'shopify', name: 'A' }, 'store.shop_invalid'],
    ['an unsigned shop', { platform: 'shopify', name: 'A', shop: 'a', unsigned: true }, 'store.platform_unavailable'],
    ['an unknown platform', { platform: 'amazon', name: 'A' }, 'request.invalid'],
    [
      'a field of its own',
      { platform: 'generic', name: 'A', id: '01900000-0000-7000-8000-000000000001' },
      'request.invalid',
    ],
    ['a blank name', { platform: 'generic', name: '  ' }, 'request.invalid'],
    ['an empty secret', { platform: 'shopify', name: 'A', credentials: { webhookSecret: '' } }, 'request.invalid'],
  ])('is refused with %s', async (_name, body, code) => {
    expect((await owner.post('/stores', body)).body.code).toBe(code)
  })

  it('twice to one shop is refused; a shop that is not connected yet begins again as the same store', async () => {
    const first = (await shopify('twice')).body
    const again = (await shopify('twice')).body
    expect(again.id).toBe(first.id)
    expect(again.authorizeUrl).not.toBe(first.authorizeUrl)
    const pasted = { credentials: { webhookSecret: 'theirs' } }
    expect((await shopify('twice', pasted)).body).toMatchObject({ id: first.id, status: 'webhook_only' })
    expect((await shopify('twice')).body.code).toBe('store.shop_taken')
    // Another merchant may connect the same shop and learns nothing of the first.
    expect((await api.asRival('owner').post('/stores', { platform: 'shopify', name: 'B', shop: 'twice' })).status).toBe(
      201,
    )
  })

  it('repeated with its key makes one store and does not tell the secret again', async () => {
    const key = { 'idempotency-key': 'store-1' }
    const body = { platform: 'generic', name: 'Une fois' }
    const first = await owner.post('/stores', body, key)
    const again = await owner.post('/stores', body, key)
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(again.body).toMatchObject({ id: first.body.id, webhookSecret: null })
  })
})

describe('a connected store', () => {
  it('is renamed and set by its version', async () => {
    const { id } = await genericStore(api)
    const settings = { codPatterns: ['à la porte'] }
    const changed = await owner.patch(`/stores/${id}`, { name: 'Nouvelle page', settings, version: 1 })
    expect(changed).toMatchObject({ status: 200, body: { name: 'Nouvelle page', settings, version: 2 } })
    const stale = await owner.patch(`/stores/${id}`, { name: 'Autre', version: 1 })
    expect(stale).toMatchObject({
      status: 409,
      body: { code: 'store.changed_meanwhile', current: { name: 'Nouvelle page', version: 2 } },
    })
  })

  it('disconnected says until when its data stays, and can come back before and after', async () => {
    const { id, secret } = await genericStore(api)
    const ended = (await owner.delete(`/stores/${id}`)).body
    expect(ended).toMatchObject({ status: 'disconnected', health: 'unknown' })
    const hours = (Date.parse(ended.eraseAfter) - api.clock.now().getTime()) / 3_600_000
    expect(hours).toBeGreaterThan(47.9)
    expect(hours).toBeLessThanOrEqual(48)
    expect((await owner.delete(`/stores/${id}`)).body.eraseAfter).toBe(ended.eraseAfter)
    const back = (await owner.post(`/stores/${id}/reconnect`)).body
    expect(back).toMatchObject({ id, status: 'connected', eraseAfter: null })
    expect(back.webhookSecret).not.toBe(secret)
    expect((await owner.post(`/stores/${id}/reconnect`)).body.code).toBe('store.shop_taken')
  })

  it('is listed in pages, oldest first', async () => {
    const all: string[] = []
    let cursor: string | null = null
    do {
      const { body } = await owner.get(`/stores?limit=3${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)
      all.push(...body.items.map(({ id }: { id: string }) => id))
      cursor = body.nextCursor
    } while (cursor)
    expect(all).toEqual([...new Set(all)].sort())
    expect(all.length).toBeGreaterThan(6)
  })

  it('is nobody else’s', async () => {
    const { id } = await genericStore(api)
    const rival = api.asRival('owner')
    const missing = '01900000-0000-7000-8000-0000000000aa'
    for (const call of [
      (target: string) => rival.get(`/stores/${target}`),
      (target: string) => rival.patch(`/stores/${target}`, { name: 'X', version: 1 }),
      (target: string) => rival.delete(`/stores/${target}`),
      (target: string) => rival.post(`/stores/${target}/rotate-secret`),
      (target: string) => rival.post(`/stores/${target}/sync`),
      (target: string) => rival.post(`/stores/${target}/test`),
      (target: string) => rival.post(`/stores/${target}/reconnect`),
    ]) {
      const [theirs, random] = [await call(id), await call(missing)]
      expect(theirs.status).toBe(404)
      expect({ ...theirs.body, requestId: '' }).toEqual({ ...random.body, requestId: '' })
    }
    expect((await owner.get(`/stores/${id}`)).body.name).toBe('Page Argan')
  })

  it('is changed by owners and managers only', async () => {
    for (const role of ['confirmation_agent', 'delivery_agent', 'viewer'] as const) {
      expect((await api.as(role).get('/stores')).status, role).toBe(403)
      expect((await api.as(role).post('/stores', { platform: 'generic', name: 'X' })).status, role).toBe(403)
      expect((await api.as(role).get('/inbound')).status, role).toBe(403)
      expect((await api.as(role).get('/dead-letters')).status, role).toBe(403)
    }
  })
})
