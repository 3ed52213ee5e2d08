import { describe, expect, it } from 'vitest'
import { timedSignature } from '../signatures.ts'
import { testSandbox } from '../testing/client.ts'
import { startReceiver, until } from '../testing/receiver.ts'

describe('the landing page', () => {
  it('posts believable orders of the documented shape, signed over the time and the body', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    const call = { count: 20, webhookUrl: receiver.url, webhookSecret: 'demo-secret' }
    const { status, body } = await sandbox.control('shops/generic/orders', call)
    expect(status).toBe(201)
    expect(body.orders).toHaveLength(20)
    for (const { headers, body: text } of receiver.received) {
      const signature = String(headers['x-signature'])
      const seconds = Number(/^t=(\d+),/.exec(signature)?.[1])
      expect(signature).toBe(timedSignature('demo-secret', text, seconds))
      expect(headers['idempotency-key']).toMatch(/^[\w-]{36}$/)
      const order = JSON.parse(text)
      expect(order.items.length).toBeGreaterThan(0)
      const lines = order.items.reduce((sum: number, item: any) => sum + item.quantity * Number(item.unit_price), 0)
      expect(Number(order.total)).toBe(lines + Number(order.shipping_fee))
    }
    expect(new Set(receiver.received.map(({ body: text }) => JSON.parse(text).external_id)).size).toBe(20)
  })

  it('remembers the pasted address, and posts a changed order under its old id', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    expect((await sandbox.control('shops/generic/orders', {})).body.error).toMatch(/webhookUrl/)
    await sandbox.control('shops/generic/orders', {
      order: { external_id: 'L-1', total: '10' },
      webhookUrl: receiver.url,
    })
    await sandbox.control('shops/generic/orders', { edit: { external_id: 'L-1', total: '20' } })
    expect(receiver.received.map(({ body }) => JSON.parse(body))).toMatchObject([
      { external_id: 'L-1', total: '10' },
      { external_id: 'L-1', total: '20' },
    ])
  })

  it('can post without a signature, and cannot cancel', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    await sandbox.control('shops/generic/orders', { webhookUrl: receiver.url, unsigned: true })
    expect(receiver.received[0]!.headers['x-signature']).toBeUndefined()
    expect((await sandbox.control('shops/generic/orders', { cancel: true })).status).toBe(400)
  })

  it('tries again with a new signature and the same key, and gives up', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    receiver.answers.push(500, 500, 500, 500, 500)
    await sandbox.control('shops/generic/orders', { webhookUrl: receiver.url })
    await until(async () => (await sandbox.state()).deliveries[0].status === 'failed')
    expect(receiver.received).toHaveLength(4)
    expect(new Set(receiver.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
  })
})
