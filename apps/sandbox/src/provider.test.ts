import { describe, expect, it } from 'vitest'
import { connectShop, type TestSandbox, testSandbox } from './testing/client.ts'

const base = '/sendit/api/v1'
const keys = { public_key: 'demo', secret_key: 'demo' }
const parcel = { pickup_district_id: 40, district_id: 42, name: 'A', phone: '0612345678', address: 'B', amount: 100 }

const sendit = async (sandbox: TestSandbox) => {
  const { body } = await sandbox.call('POST', `${base}/login`, keys)
  return (method: string, path: string, sent?: unknown) =>
    sandbox.call(method, base + path, sent, { authorization: `Bearer ${body.data.token}` })
}

describe('a provider under a fault', () => {
  it('does the deed, then its answer is lost', async () => {
    const sandbox = await testSandbox()
    const call = await sendit(sandbox)
    await sandbox.control('faults', { provider: 'sendit', kind: 'timeout_after_success', times: 1 })
    expect((await call('GET', '/deliveries')).status).toBe(200)
    await sandbox.call('POST', `${base}/login`, keys)
    await expect(call('POST', '/deliveries', { ...parcel, reference: 'R-1' })).rejects.toThrow('fetch failed')
    expect((await call('GET', '/deliveries?querystring=R-1')).body.total).toBe(1)
    expect((await call('POST', '/deliveries', parcel)).status).toBe(200)
  })

  it('does not lose the answer of a refusal', async () => {
    const sandbox = await testSandbox()
    const call = await sendit(sandbox)
    await sandbox.control('faults', { provider: 'sendit', kind: 'timeout_after_success', times: 1 })
    expect((await call('POST', '/deliveries', {})).status).toBe(422)
    await expect(call('POST', '/deliveries', parcel)).rejects.toThrow('fetch failed')
  })

  it('never answers and does nothing', async () => {
    const sandbox = await testSandbox()
    const call = await sendit(sandbox)
    await sandbox.control('faults', { provider: 'sendit', kind: 'timeout', times: 1, seconds: 0.01 })
    await expect(call('POST', '/deliveries', parcel)).rejects.toThrow('fetch failed')
    expect((await sandbox.state()).parcelCount).toBe(0)
  })

  it('asks to wait, with and without saying how long', async () => {
    const sandbox = await testSandbox()
    const call = await sendit(sandbox)
    await sandbox.control('faults', { provider: 'sendit', kind: 'http_429', times: 1 })
    const silent = await call('GET', '/deliveries')
    expect([silent.status, silent.headers.get('retry-after')]).toEqual([429, null])
    await sandbox.control('faults', { provider: 'sendit', kind: 'http_429', seconds: 30 })
    const told = await call('GET', '/deliveries')
    expect([told.status, told.headers.get('retry-after')]).toEqual([429, '30'])
    sandbox.clock.advance(31)
    expect((await call('GET', '/deliveries')).status).toBe(200)
  })

  it('breaks with a page, hangs up, answers half, or slowly', async () => {
    const sandbox = await testSandbox()
    const call = await sendit(sandbox)
    const once = (kind: string, seconds?: number) =>
      sandbox.control('faults', { provider: 'sendit', kind, ...(seconds === undefined ? { times: 1 } : { seconds }) })
    await once('http_500')
    expect(await call('GET', '/deliveries')).toMatchObject({ status: 500, text: expect.stringContaining('<h1>') })
    await once('outage')
    await expect(call('GET', '/deliveries')).rejects.toThrow('fetch failed')
    await once('bad_json')
    await expect(call('POST', '/deliveries', parcel)).rejects.toThrow(SyntaxError)
    expect((await sandbox.state()).parcelCount).toBe(1)
    await once('slow', 0.01)
    expect((await call('GET', '/deliveries')).status).toBe(200)
    expect((await sandbox.state()).calls.at(-1)).toMatchObject({ fault: 'slow', status: 200 })
  })

  it("refuses in the carrier's own ways", async () => {
    const sandbox = await testSandbox()
    const call = await sendit(sandbox)
    for (const [kind, status] of [
      ['http_401', 401],
      ['http_422', 422],
      ['refused', 200],
    ] as const) {
      await sandbox.control('faults', { provider: 'sendit', kind, times: 1, only: 'POST /sendit/api/v1/deliveries' })
      expect((await call('GET', '/deliveries')).body.success).toBe(true)
      const refused = await call('POST', '/deliveries', parcel)
      expect(refused.status).toBe(status)
      expect(refused.body.success).not.toBe(true)
    }
    expect((await sandbox.state()).parcelCount).toBe(0)
  })

  it('is down for as long as it was told, login included, and nobody else with it', async () => {
    const sandbox = await testSandbox()
    const { graphql } = await connectShop(sandbox)
    await sandbox.control('faults', { provider: 'sendit', kind: 'outage', seconds: 60 })
    await expect(sandbox.call('POST', `${base}/login`, keys)).rejects.toThrow('fetch failed')
    expect((await graphql('{ shop { name } }')).status).toBe(200)
    sandbox.clock.advance(61)
    expect((await sandbox.call('POST', `${base}/login`, keys)).status).toBe(200)
  })

  it('is throttled as Shopify words it, and loses the answer of a mutation only', async () => {
    const sandbox = await testSandbox()
    const { graphql, subscribe } = await connectShop(sandbox)
    await sandbox.control('faults', { provider: 'shopify', kind: 'throttled', times: 1 })
    expect((await graphql('{ shop { name } }')).body.errors[0].extensions.code).toBe('THROTTLED')
    await sandbox.control('faults', { provider: 'shopify', kind: 'timeout_after_success', times: 1 })
    expect((await graphql('{ shop { name } }')).status).toBe(200)
    await expect(subscribe('ORDERS_CREATE', 'http://127.0.0.1:9/x')).rejects.toThrow('fetch failed')
    expect((await sandbox.state()).shops[0].subscriptions).toHaveLength(1)
  })
})
