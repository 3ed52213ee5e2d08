import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type TestSandbox, testSandbox } from '../testing/client.ts'
import { startReceiver } from '../testing/receiver.ts'

const ship = async (sandbox: TestSandbox) => {
  const base = '/sendit/api/v1'
  const login = await sandbox.call('POST', `${base}/login`, { public_key: 'demo', secret_key: 'demo' })
  const headers = { authorization: `Bearer ${login.body.data.token}` }
  const parcel = { pickup_district_id: 40, district_id: 42, name: 'A', phone: '0612345678', address: 'B', amount: 100 }
  const { code } = (await sandbox.call('POST', `${base}/deliveries`, parcel, headers)).body.data
  const read = async () => (await sandbox.call('GET', `${base}/deliveries/${code}`, undefined, headers)).body.data
  const tell = (body: object) => sandbox.control(`parcels/${code}`, body)
  return { code, read, tell }
}

describe("Sendit's webhook", () => {
  it('tells each status to the address of the panel, signed in hexadecimal', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    const { code, tell, read } = await ship(sandbox)
    await sandbox.control('sendit/webhook', { url: receiver.url, secretKey: 'demo-secret' })
    const { body } = await tell({ status: 'DELIVERED', comment: 'Remis' })
    expect(body.deliveries).toMatchObject([{ status: 'delivered' }])
    const [webhook] = receiver.received
    expect(webhook!.headers['x-sendit-signature']).toBe(
      createHmac('sha256', 'demo-secret').update(webhook!.body).digest('hex'),
    )
    expect(JSON.parse(webhook!.body)).toEqual({
      event: 'delivery.status.update',
      code,
      oldStatus: 'PENDING',
      newStatus: 'DELIVERED',
      lastActionAt: (await read()).last_action_at,
      message: 'Remis',
      proofImage: null,
      deliverBy: 'Livreur Test',
      counterUnreachable: 0,
    })
  })

  it('is not tried again, and can be unsigned, sent to one address, or not sent', async () => {
    const sandbox = await testSandbox()
    const [panel, other] = [await startReceiver(), await startReceiver()]
    const { tell, read } = await ship(sandbox)
    await sandbox.control('sendit/webhook', { url: panel.url, unsigned: true })
    panel.answers.push(500)
    expect((await tell({ status: 'PICKEDUP' })).body.deliveries).toMatchObject([{ status: 'failed' }])
    expect(panel.received[0]!.headers['x-sendit-signature']).toBeUndefined()
    await tell({ status: 'TRANSIT', webhookUrl: other.url, webhookSecret: 's' })
    await tell({ status: 'DELIVERING', silent: true })
    expect([panel.received.length, other.received.length]).toEqual([1, 1])
    expect((await read()).status).toBe('DELIVERING')
  })

  it('counts unanswered calls, each younger than the one before', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    const { tell } = await ship(sandbox)
    await sandbox.control('sendit/webhook', { url: receiver.url })
    await tell({ status: 'UNREACHABLE' })
    await tell({ status: 'UNREACHABLE' })
    const [one, two] = receiver.received.map(({ body }) => JSON.parse(body))
    expect([one.counterUnreachable, two.counterUnreachable]).toEqual([1, 2])
    expect(two.lastActionAt > one.lastActionAt).toBe(true)
  })

  it('tells late news with its own time, and the parcel stays where it is', async () => {
    const sandbox = await testSandbox()
    const receiver = await startReceiver()
    const { tell, read } = await ship(sandbox)
    await sandbox.control('sendit/webhook', { url: receiver.url })
    await tell({ status: 'DELIVERED' })
    await tell({ status: 'TRANSIT', at: '2020-01-01T10:00:00Z' })
    expect(JSON.parse(receiver.received[1]!.body)).toMatchObject({
      newStatus: 'TRANSIT',
      lastActionAt: '2020-01-01 11:00:00',
    })
    const { status, audits } = await read()
    expect(status).toBe('DELIVERED')
    expect(audits[0].data.status).toBe('TRANSIT')
  })

  it('follows the way back after a refusal', async () => {
    const sandbox = await testSandbox()
    const { tell, read } = await ship(sandbox)
    await tell({ status: 'DELIVERING' })
    await tell({ status: 'REJECTED' })
    expect(await read()).toMatchObject({ status: 'REJECTED', status_return: 'RETOUR_PENDING' })
    await tell({ status: 'RETURN_SELLER' })
    expect(await read()).toMatchObject({ status: 'REJECTED', status_return: 'RETURN_SELLER' })
  })

  it('has no way back for a parcel cancelled before it was picked up', async () => {
    const { tell, read } = await ship(await testSandbox())
    await tell({ status: 'CANCELLED' })
    expect(await read()).toMatchObject({ status: 'CANCELLED', status_return: null })
  })

  it('says a word that no catalogue has, when it is made to', async () => {
    const sandbox = await testSandbox()
    const { tell, read } = await ship(sandbox)
    await sandbox.control('faults', { provider: 'sendit', kind: 'unknown_status', times: 1 })
    await tell({ status: 'DELIVERED' })
    expect((await read()).status).toBe('EN_LITIGE')
    await tell({ status: 'DELIVERED' })
    expect((await read()).status).toBe('DELIVERED')
  })

  it('cannot be made to speak of a parcel that nobody sent, or at no time', async () => {
    const sandbox = await testSandbox()
    const { tell } = await ship(sandbox)
    expect(await sandbox.control('parcels/DHNONE', { status: 'DELIVERED' })).toMatchObject({ status: 404 })
    expect((await tell({ status: 'DELIVERED', at: 'hier' })).body.error).toMatch(/^at must be a time/)
  })
})
