import { describe, expect, it } from 'vitest'
import { base64Signature } from '../signatures.ts'
import { connectShop, testSandbox } from '../testing/client.ts'
import { startReceiver, until } from '../testing/receiver.ts'

const paths = { orders: 'shops/shopify/orders', events: 'shops/shopify/events' }

describe("Shopify's webhooks", () => {
  it('go to the subscriptions of the shop, signed with the secret of the app, with every header', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    const { subscribe } = await connectShop(sandbox)
    await subscribe('ORDERS_CREATE', receiver.url)
    const { status, body } = await sandbox.control(paths.orders, {})
    expect(status).toBe(201)
    expect(body.deliveries).toMatchObject([{ topic: 'orders/create', status: 'delivered' }])
    const [webhook] = receiver.received
    expect(JSON.parse(webhook!.body)).toEqual(body.order)
    expect(webhook!.headers).toMatchObject({
      'content-type': 'application/json',
      'x-shopify-topic': 'orders/create',
      'x-shopify-shop-domain': 'atlas.myshopify.com',
      'x-shopify-hmac-sha256': base64Signature('demo', webhook!.body),
      'x-shopify-webhook-id': body.deliveries[0].id,
      'x-shopify-event-id': expect.stringMatching(/^[\w-]{36}$/),
      'x-shopify-triggered-at': expect.stringMatching(/Z$/),
      'x-shopify-api-version': expect.stringMatching(/^20\d\d-\d\d$/),
    })
  })

  it('go to a pasted address alone, signed with the secret it was given', async () => {
    const sandbox = await testSandbox()
    const [subscribed, pasted] = [await startReceiver(), await startReceiver()]
    const { subscribe } = await connectShop(sandbox)
    await subscribe('ORDERS_CREATE', subscribed.url)
    const order = { name: '#سلمى', total_price: '249.00', note: 'a/b é' }
    await sandbox.control(paths.orders, { order, webhookUrl: pasted.url, webhookSecret: 'demo-secret' })
    expect(subscribed.received).toHaveLength(0)
    const [webhook] = pasted.received
    expect(webhook!.headers['x-shopify-hmac-sha256']).toBe(base64Signature('demo-secret', webhook!.body))
    expect(JSON.parse(webhook!.body)).toMatchObject({ ...order, total_outstanding: '249.00', line_items: [] })
  })

  it('are tried again with the same id when they are refused', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    receiver.answers.push(500, 401, 302)
    await sandbox.control(paths.orders, { webhookUrl: receiver.url })
    await until(() => receiver.received.length === 4)
    const ids = receiver.received.map(({ headers }) => headers['x-shopify-webhook-id'])
    expect(new Set(ids).size).toBe(1)
    const { deliveries } = await until(async () => {
      const state = await sandbox.state()
      return state.deliveries[0].status === 'delivered' && state
    })
    expect(deliveries[0].attempts.map(({ status }: { status: number }) => status)).toEqual([500, 401, 302, 200])
  })

  it('cost the subscription after eight failures in a row', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    const { subscribe } = await connectShop(sandbox)
    await subscribe('ORDERS_CREATE', receiver.url)
    receiver.answers.push(...Array.from({ length: 20 }, () => 503))
    await sandbox.control(paths.orders, {})
    await until(async () => (await sandbox.state()).shops[0].subscriptions.length === 0)
    expect(receiver.received.length).toBeGreaterThanOrEqual(8)
  })

  it('tell an edit with a younger date, and a cancellation twice with one event', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    await sandbox.control(paths.orders, { webhookUrl: receiver.url })
    await sandbox.control(paths.orders, { edit: { note: 'Appeler avant' } })
    const { body } = await sandbox.control(paths.orders, { cancel: true })
    expect(body.order).toMatchObject({ note: 'Appeler avant', cancel_reason: 'customer' })
    const told = receiver.received.map(({ headers, body: text }) => ({
      topic: headers['x-shopify-topic'],
      event: headers['x-shopify-event-id'],
      at: Date.parse(JSON.parse(text).updated_at),
    }))
    expect(told.map(({ topic }) => topic).toSorted()).toEqual([
      'orders/cancelled',
      'orders/create',
      'orders/updated',
      'orders/updated',
    ])
    expect(told[1]!.at).toBeGreaterThan(told[0]!.at)
    expect(told[2]!.at).toBeGreaterThan(told[1]!.at)
    expect(told[2]!.event).toBe(told[3]!.event)
  })

  it('say goodbye when the app is removed, after the token died', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    const { graphql, subscribe } = await connectShop(sandbox)
    await subscribe('APP_UNINSTALLED', receiver.url)
    await sandbox.control(paths.events, { topic: 'app/uninstalled' })
    expect(receiver.received[0]!.headers['x-shopify-topic']).toBe('app/uninstalled')
    expect((await graphql('{ shop { name } }')).status).toBe(401)
    expect((await sandbox.state()).shops[0]).toMatchObject({ installed: false, subscriptions: [] })
  })

  it('say goodbye when the app removes itself', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    const { graphql, subscribe } = await connectShop(sandbox)
    await subscribe('APP_UNINSTALLED', receiver.url)
    const { body } = await graphql('mutation { appUninstall { app { id } userErrors { message } } }')
    expect(body.data.appUninstall.userErrors).toEqual([])
    await until(() => receiver.received.length === 1)
  })

  it.each([
    ['customers/data_request', 'orders_requested'],
    ['customers/redact', 'orders_to_redact'],
  ])('carry the privacy topic %s about the buyer of an order', async (topic, field) => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    const order = { customer: { id: 9001, email: 'a@b.test', phone: '+212612345678' } }
    const { body } = await sandbox.control(paths.orders, { order, webhookUrl: receiver.url })
    await sandbox.control(paths.events, { topic, webhookUrl: receiver.url })
    expect(JSON.parse(receiver.received[1]!.body)).toMatchObject({
      shop_domain: 'demo-shop.myshopify.com',
      customer: { id: 9001, email: 'a@b.test', phone: '+212612345678' },
      [field]: [body.order.id],
    })
  })

  it('carry shop/redact, to the address the app named before', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    expect((await sandbox.control(paths.events, { topic: 'shop/redact' })).status).toBe(400)
    await sandbox.control(paths.events, { topic: 'shop/redact', webhookUrl: receiver.url })
    await sandbox.control(paths.events, { topic: 'shop/redact' })
    expect(receiver.received.map(({ headers }) => headers['x-shopify-topic'])).toEqual(['shop/redact', 'shop/redact'])
  })

  it('carry bytes that no shop would send, signed', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    await sandbox.control(paths.orders, { raw: '{"id":', webhookUrl: receiver.url, webhookSecret: 'k' })
    expect(receiver.received[0]).toMatchObject({
      body: '{"id":',
      headers: { 'x-shopify-hmac-sha256': base64Signature('k', '{"id":') },
    })
  })
})
