import { describe, expect, it } from 'vitest'
import { connectShop, testSandbox } from '../testing/client.ts'
import { startReceiver, until } from '../testing/receiver.ts'

describe('the control calls', () => {
  it.each([
    ['shops/shopify/orders', { count: 0 }, /count must be >= 1/],
    ['shops/shopify/orders', { count: '2' }, /count must be integer/],
    ['shops/shopify/orders', { colour: 'red' }, /no field "colour"/],
    ['shops/shopify/orders', { webhookUrl: 'ftp://x' }, /webhookUrl/],
    ['shops/shopify/orders', { order: {}, cancel: true }, /order and cancel/],
    ['shops/shopify/orders', { shop: 'not a shop' }, /demo-shop.myshopify.com/],
    ['shops/shopify/events', { topic: 'orders/burnt' }, /topic/],
    ['faults', { provider: 'sendit' }, /kind/],
    ['faults', { provider: 'sendit', kind: 'plague' }, /allowed values: timeout_after_success, /],
    ['faults', { provider: 'sendit', kind: 'slow', rate: 0 }, /rate must be > 0/],
    ['faults', { provider: 'generic', kind: 'outage' }, /generic knows these faults: duplicate_webhooks/],
    ['tokens', { provider: 'generic' }, /provider/],
    ['sendit/webhook', { url: 'nowhere' }, /url/],
    ['stream', { platform: 'shopify', everySeconds: 0 }, /everySeconds must be >= /],
    ['stream', { platform: 'generic', everySeconds: 1 }, /webhookUrl/],
  ])('%s with %j are refused with a sentence', async (path, body, sentence) => {
    const sandbox = await testSandbox()
    const answer = await sandbox.control(path, body)
    expect(answer.status).toBe(400)
    expect(answer.body.error).toMatch(sentence)
  })

  it('say what is not there', async () => {
    const sandbox = await testSandbox()
    expect((await sandbox.control('shops/magento/orders', {})).status).toBe(404)
    expect((await sandbox.control('shops/shopify/orders', { cancel: 5 })).body.error).toMatch(/no such order/)
    expect((await sandbox.call('GET', '/nothing')).body.error).toMatch(/nothing at GET \/nothing/)
  })

  it('need no body where every field may be left out', async () => {
    const sandbox = await testSandbox()
    expect((await sandbox.call('POST', '/control/shops/shopify/orders')).status).toBe(201)
    expect((await sandbox.call('POST', '/control/reset')).status).toBe(200)
  })

  it('take JSON alone, so that a page elsewhere cannot send them', async () => {
    const sandbox = await testSandbox()
    const plain = await sandbox.call('POST', '/control/reset', '{}', { 'content-type': 'text/plain' })
    expect(plain.status).toBe(415)
    const broken = await sandbox.call('POST', '/control/reset', '{', { 'content-type': 'application/json' })
    expect(broken.status).toBe(400)
  })

  it('forget everything, and give ids that were never given before', async () => {
    const sandbox = await testSandbox({ now: () => new Date('2026-11-20T10:00:00Z') })
    const { graphql } = await connectShop(sandbox)
    const before = (await sandbox.control('shops/shopify/orders', {})).body.order
    await sandbox.control('faults', { provider: 'sendit', kind: 'outage' })
    await sandbox.control('reset', {})
    expect(await sandbox.state()).toMatchObject({
      shops: [{ platform: 'generic' }],
      deliveries: [],
      calls: [],
      faults: [],
    })
    expect((await graphql('{ shop { name } }')).status).toBe(401)
    const after = (await sandbox.control('shops/shopify/orders', {})).body.order
    expect(after.id).toBeGreaterThan(before.id)
    expect(after.customer.first_name).toBe(before.customer.first_name)
  })

  it('list faults and mend them', async () => {
    const sandbox = await testSandbox()
    await sandbox.control('faults', { provider: 'sendit', kind: 'http_500', times: 2 })
    expect((await sandbox.call('GET', '/control/faults')).body.items).toMatchObject([
      { kind: 'http_500', remaining: 2 },
    ])
    expect((await sandbox.call('DELETE', '/control/faults')).body.items).toEqual([])
    expect((await sandbox.call('GET', '/control/faults')).body.items).toEqual([])
  })

  it('keep the newest of each list when asked to', async () => {
    const sandbox = await testSandbox()
    await sandbox.control('shops/shopify/orders', { count: 5 })
    const { shops } = (await sandbox.call('GET', '/control/state?limit=2')).body
    expect(shops[0].orderCount).toBe(5)
    expect(shops[0].orders.map(({ name }: { name: string }) => name)).toEqual(['#1004', '#1005'])
  })

  it('make orders keep arriving, and stop', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    const call = { platform: 'generic', webhookUrl: receiver.url, everySeconds: 0.05 }
    const { status, body } = await sandbox.control('stream', call)
    expect(status).toBe(201)
    await until(() => receiver.received.length >= 3)
    expect((await sandbox.call('DELETE', `/control/stream/${body.id}`)).body.items).toEqual([])
    expect((await sandbox.state()).streams).toEqual([])
  })
})

describe('the pages', () => {
  it.each([
    ['/', /Passer une commande/],
    ['/mailbox/view', /Boîte aux lettres/],
    ['/public/control.js', /control\/state/],
    ['/public/mailbox.js', /mailbox/],
    ['/public/sandbox.css', /body/],
  ])('%s is served under a strict policy', async (path, content) => {
    const sandbox = await testSandbox()
    const page = await sandbox.call('GET', path)
    expect(page.status).toBe(200)
    expect(page.text).toMatch(content)
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'/)
    expect(page.text).not.toMatch(/<script>| on\w+="/)
  })
})
