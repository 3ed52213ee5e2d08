import { describe, expect, it } from 'vitest'
import { hexSignature } from '../signatures.ts'
import { type TestSandbox, testSandbox } from '../testing/client.ts'
import { startReceiver, until } from '../testing/receiver.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const keys = { client_id: 'demo', client_secret: 'demo' }
const asked = { client_id: 'demo', redirect_uri: 'http://localhost:3000/callback', response_type: 'code', state: 'st1' }
const allScopes = 'read-orders read-rest-hooks edit-rest-hooks view-store-info'
const page = '/youcan/seller/admin/oauth/authorize'
const text = (fields: Record<string, string>) => new URLSearchParams(fields).toString()

const connect = async (sandbox: TestSandbox, shop = 'atlas', scope = allScopes) => {
  const clicked = await sandbox.call('POST', page, text({ ...asked, scope, shop, choice: 'install' }), form)
  const code = new URL(clicked.headers.get('location') ?? '').searchParams.get('code') ?? ''
  const grant = { ...keys, grant_type: 'authorization_code', redirect_uri: asked.redirect_uri, code }
  const tokens = (await sandbox.call('POST', '/youcan/api/oauth/token', text(grant), form)).body
  const bearer = { authorization: `Bearer ${tokens.access_token}` }
  const api = (method: string, path: string, body?: object) => sandbox.call(method, `/youcan/api${path}`, body, bearer)
  return { code, grant, tokens, api }
}
const orders = { shop: 'atlas' }

describe("YouCan's consent", () => {
  it('needs a click, shows what is asked, and lets its owner choose the shop', async () => {
    const sandbox = await testSandbox()
    const shown = await sandbox.call('GET', `${page}?${text(asked)}&scope[]=read-orders&scope[]=read-rest-hooks`)
    expect(shown.status).toBe(200)
    expect(shown.text).toMatch(/read-orders[\s\S]*read-rest-hooks[\s\S]*name="shop"/)
    expect(shown.headers.get('location')).toBeNull()
    expect((await sandbox.call('GET', `${page}?${text({ ...asked, client_id: 'other' })}`)).status).toBe(400)
  })

  it('that is refused leads back with the refusal and our state', async () => {
    const sandbox = await testSandbox()
    const { headers } = await sandbox.call('POST', page, text({ ...asked, scope: 'x', choice: 'refuse' }), form)
    const back = new URL(headers.get('location') ?? '').searchParams
    expect([back.get('error'), back.get('state'), back.get('code')]).toEqual(['access_denied', 'st1', null])
  })
})

describe("YouCan's tokens", () => {
  it('come once for a code, with the address that it was asked for, and rotate when they are renewed', async () => {
    const sandbox = await testSandbox()
    const { grant, tokens } = await connect(sandbox)
    expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 1_295_999 })
    const call = (fields: Record<string, string>) => sandbox.call('POST', '/youcan/api/oauth/token', text(fields), form)
    expect((await call(grant)).body).toEqual({ error: 'invalid_grant' })
    const refresh = { ...keys, grant_type: 'refresh_token', refresh_token: tokens.refresh_token }
    expect((await call({ ...refresh, client_secret: 'wrong' })).status).toBe(401)
    expect((await call(refresh)).body.access_token).not.toBe(tokens.access_token)
    expect((await call(refresh)).status).toBe(400)
  })

  it('open what was granted, and for their time', async () => {
    const sandbox = await testSandbox()
    await sandbox.control('tokens', { provider: 'youcan', lifeSeconds: 60 })
    const { api } = await connect(sandbox, 'atlas', 'read-orders')
    expect((await api('GET', '/orders')).status).toBe(200)
    expect((await api('GET', '/me')).body).toEqual({ status: 403, detail: 'Invalid scope(s) provided.' })
    sandbox.clock.advance(61)
    expect((await api('GET', '/orders')).body).toEqual({ status: 401, detail: 'Unauthenticated.' })
  })
})

describe("YouCan's API", () => {
  it('lists orders by the day of placing, page by page, with the parts that were asked for', async () => {
    const sandbox = await testSandbox()
    const { api } = await connect(sandbox)
    await sandbox.control('shops/youcan/orders', { ...orders, count: 5 })
    const { body } = await api('GET', '/orders?include=customer&page=2&limit=2&sort_order=asc')
    expect(body.meta.pagination).toMatchObject({ total: 5, count: 2, current_page: 2, total_pages: 3 })
    expect(body.data.map(({ ref }: { ref: string }) => ref)).toEqual(['YC-1003', 'YC-1004'])
    expect(Object.keys(body.data[0])).toContain('customer')
    expect(Object.keys(body.data[0])).not.toContain('variants')
  })

  it('takes seven hooks of an event, refuses an eighth and an unknown event, and lists them', async () => {
    const sandbox = await testSandbox()
    const { api } = await connect(sandbox)
    const hook = (event: string, n = 0) =>
      api('POST', '/resthooks/subscribe', { event, target_url: `http://localhost/${n}` })
    for (let n = 0; n < 7; n += 1) expect((await hook('order.created', n)).body.id).toMatch(/^[\w-]{36}$/)
    expect((await hook('order.created', 8)).status).toBe(429)
    expect((await hook('order.burnt')).body).toMatchObject({
      status: 422,
      meta: { fields: { event: expect.any(Array) } },
    })
    const listed = (await api('GET', '/resthooks/list')).body
    expect(listed).toHaveLength(7)
    expect((await api('POST', `/resthooks/unsubscribe/${listed[0].id}`)).status).toBe(200)
    expect((await api('GET', '/resthooks/list')).body).toHaveLength(6)
  })
})

describe("YouCan's webhooks", () => {
  it('of the current generation are wrapped, printed as PHP prints, and signed over those bytes', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    const { api } = await connect(sandbox)
    await api('POST', '/resthooks/subscribe', { event: 'order.created', target_url: receiver.url })
    await sandbox.control('shops/youcan/orders', { ...orders, order: { notes: 'Fès / فاس', total: 10 } })
    const [webhook] = receiver.received
    expect(webhook?.body).toContain('"F\\u00e8s \\/ \\u0641\\u0627\\u0633"')
    expect(JSON.parse(webhook?.body ?? '')).toMatchObject({ event_name: 'order.created', data: { total: 10 } })
    expect(webhook?.headers).toMatchObject({
      'x-youcan-signature': hexSignature('demo', webhook?.body ?? ''),
      'x-youcan-topic': 'order.created',
      'x-youcan-api-version': 'v1',
    })
  })

  it('of the older generation are the bare order', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    const { api } = await connect(sandbox)
    await api('POST', '/resthooks/subscribe', { event: 'order.create', target_url: receiver.url })
    const { body } = await sandbox.control('shops/youcan/orders', orders)
    expect(JSON.parse(receiver.received[0]?.body ?? '').id).toBe(body.order.id)
    expect(receiver.received[0]?.headers['x-youcan-topic']).toBeUndefined()
  })

  it('are tried again where the receiver failed, and not where it refused', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    receiver.answers.push(500, 401)
    await sandbox.control('shops/youcan/orders', { ...orders, order: { total: 1 }, webhookUrl: receiver.url })
    // Pasted, each event of a new order comes: the second was refused for good, the first is sent again.
    await until(() => receiver.received.length === 3)
    const { deliveries } = await sandbox.state()
    expect(deliveries.map(({ status }: { status: string }) => status).sort()).toEqual(['delivered', 'failed'])
  })
})
