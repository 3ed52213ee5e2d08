import { describe, expect, it } from 'vitest'
import { base64Signature } from '../signatures.ts'
import { type TestSandbox, testSandbox } from '../testing/client.ts'
import { startReceiver } from '../testing/receiver.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const site = '/woocommerce/atlas.ma'
const basic = (key: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
})
const api = (sandbox: TestSandbox, method: string, path: string, body?: object, key = 'ck_demo') =>
  sandbox.call(method, `${site}/wp-json/wc/v3${path}`, body, basic(key, 'cs_demo'))
const asked = (callback_url: string) => ({
  app_name: 'Sendocki',
  scope: 'read_write',
  user_id: 'st1',
  return_url: 'http://localhost:3000/back',
  callback_url,
})
const place = (sandbox: TestSandbox, body: object = {}) =>
  sandbox.control('shops/woocommerce/orders', { shop: 'atlas.ma', ...body })

describe("WooCommerce's consent", () => {
  it('needs a click, hands the keys over before it leads back, and they open this site alone', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    const query = new URLSearchParams(asked(receiver.url)).toString()
    const shown = await sandbox.call('GET', `${site}/wc-auth/v1/authorize?${query}`)
    expect(shown.text).toContain('read_write')
    expect(receiver.received).toEqual([])
    const back = await sandbox.call('POST', `${site}/wc-auth/v1/authorize`, `${query}&choice=install`, form)
    const given = JSON.parse(receiver.received[0]?.body ?? '')
    expect(given).toMatchObject({ user_id: 'st1', key_permissions: 'read_write' })
    expect(back.headers.get('location')).toBe('http://localhost:3000/back?success=1&user_id=st1')
    const call = (path: string) =>
      sandbox.call('GET', path, undefined, basic(given.consumer_key, given.consumer_secret))
    expect((await call(`${site}/wp-json/wc/v3/orders`)).status).toBe(200)
    expect((await call('/woocommerce/other.ma/wp-json/wc/v3/orders')).status).toBe(401)
  })

  it('gives no keys when it is refused, when nobody takes them, or to an unsafe address', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    receiver.answers.push(401)
    const answer = (fields: Record<string, string>) =>
      sandbox.call('POST', `${site}/wc-auth/v1/authorize`, new URLSearchParams(fields).toString(), form)
    const refused = await answer({ ...asked(receiver.url), choice: 'refuse' })
    expect(refused.headers.get('location')).toContain('success=0')
    expect((await answer({ ...asked(receiver.url), choice: 'install' })).status).toBe(500)
    expect((await answer({ ...asked('http://elsewhere.example/keys'), choice: 'install' })).status).toBe(400)
    expect(receiver.received).toHaveLength(1)
  })
})

describe("WooCommerce's API", () => {
  it('opens by keys in the header or in the address, and behind a parameter', async () => {
    const sandbox = await testSandbox()
    const inAddress = 'consumer_key=ck_demo&consumer_secret=cs_demo'
    expect((await api(sandbox, 'GET', '/orders')).status).toBe(200)
    expect((await sandbox.call('GET', `${site}/wp-json/wc/v3/orders?${inAddress}`)).status).toBe(200)
    expect((await sandbox.call('GET', `${site}/?rest_route=/wc/v3/orders&${inAddress}`)).status).toBe(200)
    const wrong = await sandbox.call('GET', `${site}/wp-json/wc/v3/orders`)
    expect([wrong.status, wrong.body.data]).toEqual([401, { status: 401 }])
  })

  it('lists what was modified after a moment, which it leaves out itself, with the totals in its headers', async () => {
    const sandbox = await testSandbox()
    for (const second of [1, 2, 3])
      await place(sandbox, { order: { id: second, date_modified_gmt: `2026-11-20T10:00:0${second}` } })
    const query = 'modified_after=2026-11-20T10:00:01&dates_are_gmt=true&orderby=modified&order=asc&per_page=1&page=2'
    const { body, headers } = await api(sandbox, 'GET', `/orders?${query}`)
    expect(body.map(({ id }: { id: number }) => id)).toEqual([3])
    expect([headers.get('x-wp-total'), headers.get('x-wp-totalpages')]).toEqual(['2', '2'])
    expect((await api(sandbox, 'GET', '/orders?per_page=101')).status).toBe(400)
  })

  it('makes, changes and removes hooks, and never shows their secret', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    const hook = { topic: 'order.created', delivery_url: receiver.url, secret: 'hush' }
    expect((await api(sandbox, 'POST', '/webhooks', hook, 'ck_demo_read')).status).toBe(401)
    const { status, body } = await api(sandbox, 'POST', '/webhooks', hook)
    expect([status, JSON.stringify(body).includes('hush')]).toEqual([201, false])
    expect(receiver.received[0]).toMatchObject({ body: `webhook_id=${body.id}`, headers: form })
    expect((await api(sandbox, 'DELETE', `/webhooks/${body.id}`)).status).toBe(501)
    expect((await api(sandbox, 'DELETE', `/webhooks/${body.id}?force=true`)).status).toBe(200)
    expect((await api(sandbox, 'GET', '/webhooks')).body).toEqual([])
  })
})

describe("WooCommerce's webhooks", () => {
  it('carry their headers and a signature; a failed one never comes again, and after six the hook is off', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    const hook = { topic: 'order.created', delivery_url: receiver.url, secret: 'hush' }
    const { id } = (await api(sandbox, 'POST', '/webhooks', hook)).body
    await place(sandbox)
    const [, webhook] = receiver.received
    expect(webhook?.headers).toMatchObject({
      'x-wc-webhook-topic': 'order.created',
      'x-wc-webhook-resource': 'order',
      'x-wc-webhook-id': String(id),
      'x-wc-webhook-source': 'https://atlas.ma/',
      'x-wc-webhook-signature': base64Signature('hush', webhook?.body ?? ''),
    })
    receiver.answers.push(...Array.from({ length: 6 }, () => 500))
    for (let order = 0; order < 7; order += 1) await place(sandbox)
    expect(receiver.received).toHaveLength(8)
    const { status } = (await api(sandbox, 'GET', '/webhooks')).body[0]
    expect(status).toBe('disabled')
  })
})
