import { describe, expect, it } from 'vitest'
import { base64Signature } from './signatures.ts'
import { testSandbox } from './testing/client.ts'
import { startReceiver, until } from './testing/receiver.ts'

const place = 'shops/shopify/orders'

describe('webhooks under a fault', () => {
  it('arrive twice with one id', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    await sandbox.control('faults', { provider: 'shopify', kind: 'duplicate_webhooks', times: 1 })
    await sandbox.control(place, { webhookUrl: receiver.url })
    await sandbox.control(place, { webhookUrl: receiver.url })
    const [first, second, third] = receiver.received.map(({ headers }) => headers['x-shopify-webhook-id'])
    expect(second).toBe(first)
    expect(third).not.toBe(first)
    expect(receiver.received).toHaveLength(3)
  })

  it('arrive after younger ones', async () => {
    const sandbox = await testSandbox({ pace: 1 })
    const receiver = await startReceiver()
    await sandbox.control('faults', { provider: 'shopify', kind: 'reordered_webhooks', times: 2 })
    const { body } = await sandbox.control(place, { webhookUrl: receiver.url, order: { name: 'old' } })
    expect(body.deliveries[0].status).toBe('held')
    await sandbox.control(place, { edit: { name: 'middle' } })
    await sandbox.control(place, { edit: { name: 'new' } })
    expect(receiver.received.map((one) => JSON.parse(one.body).name)).toEqual(['new', 'middle', 'old'])
  })

  it('arrive all the same when nothing younger comes', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    await sandbox.control('faults', { provider: 'shopify', kind: 'reordered_webhooks', times: 1 })
    await sandbox.control(place, { webhookUrl: receiver.url })
    await until(() => receiver.received.length === 1)
  })

  it('go by the inner address where the public one leads elsewhere', async () => {
    const receiver = await startReceiver()
    const reach = { address: 'https://shop.example', by: receiver.url }
    const sandbox = await testSandbox({ reach })
    const { body } = await sandbox.control(place, { webhookUrl: 'https://shop.example/hooks/shopify/1?x=2' })
    expect(body.deliveries).toMatchObject([{ url: 'https://shop.example/hooks/shopify/1?x=2', status: 'delivered' }])
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hooks/shopify/1?x=2'])
  })

  it('carry a wrong signature', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    await sandbox.control('faults', { provider: 'shopify', kind: 'wrong_signature', times: 1 })
    await sandbox.control(place, { webhookUrl: receiver.url, webhookSecret: 'k' })
    await sandbox.control(place, { webhookUrl: receiver.url, webhookSecret: 'k' })
    const right = receiver.received.map(
      ({ headers, body }) => headers['x-shopify-hmac-sha256'] === base64Signature('k', body),
    )
    expect(right).toEqual([false, true])
  })
})

describe('webhooks that nobody takes', () => {
  it('are noted with the reason, and the call is answered', async () => {
    const sandbox = await testSandbox()
    const { status, body } = await sandbox.control(place, { webhookUrl: 'http://127.0.0.1:1/hook' })
    expect(status).toBe(201)
    expect(body.deliveries[0]).toMatchObject({ status: 'waiting', attempts: [{ status: null }] })
    expect(body.deliveries[0].attempts[0].error).toMatch(/fetch failed/)
  })

  it('arrive by the hundred, each once', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    const { body } = await sandbox.control(place, { count: 300, webhookUrl: receiver.url })
    expect(body.deliveries).toHaveLength(300)
    expect(new Set(receiver.received.map((one) => JSON.parse(one.body).id)).size).toBe(300)
    expect(receiver.received).toHaveLength(300)
  })
})
