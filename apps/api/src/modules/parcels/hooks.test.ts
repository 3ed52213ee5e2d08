import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confirmedOrder, connectSendit, ship, startDelivery } from '../../../../../tests/support/delivery.ts'

const delivery = await startDelivery()
const { api, owner, settle, control } = delivery
const secret = 'demo'
let accountId = ''
beforeAll(async () => {
  accountId = await connectSendit(delivery)
  // These tests send the carrier's deliveries themselves.
  await control('DELETE', '/sendit/webhook')
})
afterAll(() => delivery.close())

const shipped = async (account = accountId) => {
  const order = await confirmedOrder(delivery)
  const { body } = await ship(owner, [order.id], account)
  await settle()
  return { order, parcel: (await owner.get(`/parcels/${body.items[0].parcelId}`)).body }
}
const orderOf = async (id: string) => (await owner.get(`/orders/${id}`)).body
const clock = (minutes: number): string =>
  new Date(Date.parse('2027-02-10T09:00:00Z') + minutes * 60_000).toISOString().slice(0, 19).replace('T', ' ')
const word = (code: string, newStatus: string, minutes: number, more: object = {}) =>
  JSON.stringify({
    event: 'delivery.status.update',
    code,
    oldStatus: 'PENDING',
    newStatus,
    lastActionAt: clock(minutes),
    message: null,
    ...more,
  })
const sign = (body: string, key = secret) => createHmac('sha256', key).update(body).digest('hex')
const send = (body: string, headers: Record<string, string> = { 'x-sendit-signature': sign(body) }, id = accountId) =>
  api.withToken(null).post(`//hooks/sendit/${id}`, body, { 'content-type': 'application/json', ...headers })

describe('a carrier’s delivery', () => {
  it('is answered with one and the same refusal when it is false, unsigned, or for nobody', async () => {
    const { order, parcel } = await shipped()
    const body = word(parcel.trackingNumber, 'DELIVERED', 1)
    const answers = [
      await send(body, { 'x-sendit-signature': sign(body, 'another') }),
      await send(body, {}),
      await send(body, { 'x-sendit-signature': 'not hexadecimal' }),
      await send(body, { 'x-sendit-signature': sign(body) }, '019a0000-0000-7000-8000-00000000dead'),
      await send(body, { 'x-sendit-signature': sign(body) }, 'x'),
    ]
    for (const { status, body: problem } of answers) {
      expect(status).toBe(401)
      expect({ ...problem, requestId: null }).toEqual({ ...answers[0]?.body, requestId: null })
    }
    await settle()
    expect((await orderOf(order.id)).state).toBe('confirmed')
  })

  it('is taken in hexadecimal and in base64, with the prefix and without', async () => {
    const body = word('DHNOBODY', 'DELIVERED', 1)
    const digest = createHmac('sha256', secret).update(body).digest()
    for (const signature of [digest.toString('hex'), digest.toString('base64'), `sha256=${digest.toString('hex')}`])
      expect((await send(body, { 'x-sendit-signature': signature })).status).toBe(200)
  })

  it('changes things once, whatever the number and order of its repeats', async () => {
    const { order, parcel } = await shipped()
    const words = ['PICKEDUP', 'TRANSIT', 'DELIVERING', 'DELIVERED'].map((status, index) =>
      word(parcel.trackingNumber, status, index),
    )
    const shuffled = [...words, ...words].sort((a, b) => sign(a).localeCompare(sign(b)))
    for (const { status } of await Promise.all(shuffled.map((body) => send(body)))) expect(status).toBe(200)
    await settle()
    expect(await orderOf(order.id)).toMatchObject({ state: 'delivered', cash: { status: 'due' } })
    const { body: entries } = await owner.get(`/ledger/entries?subjectId=${parcel.id}`)
    expect(entries.items).toHaveLength(1)
  })

  it('that cannot be read becomes a dead letter with its body, and holds nothing up', async () => {
    const { order, parcel } = await shipped()
    const broken = '{"event":"delivery.status.update"}'
    expect((await send(broken)).status).toBe(200)
    await send(word(parcel.trackingNumber, 'PICKEDUP', 1))
    await settle()
    expect((await orderOf(order.id)).state).toBe('shipped')
    const { body } = await owner.get('/dead-letters')
    const letter = body.items.find(({ code }: any) => code === 'inbound.unreadable')
    expect((await owner.get(`/dead-letters/${letter.id}`)).body.inbound.body).toBe(broken)
  })

  it('of an event that we do not know is kept and does nothing', async () => {
    const body = JSON.stringify({ event: 'invoice.created', code: 'X' })
    expect((await send(body)).status).toBe(200)
    await settle()
    expect((await owner.get(`/inbound?connectionId=${accountId}`)).body.items[0]).toMatchObject({
      status: 'processed',
      outcome: 'ignored',
    })
  })
})

it('confirms by reading the parcel what a panel without signature tells', async () => {
  const { version } = (await owner.get(`/carrier-accounts/${accountId}`)).body
  await owner.patch(`/carrier-accounts/${accountId}`, { version, settings: { signedWebhook: false } })
  const { order, parcel } = await shipped()
  const lie = word(parcel.trackingNumber, 'DELIVERED', 1)
  expect((await send(lie, {})).status).toBe(200)
  await settle()
  expect((await orderOf(order.id)).state).toBe('confirmed')
  await control('POST', `/parcels/${parcel.trackingNumber}`, { status: 'PICKEDUP' })
  expect((await send(word(parcel.trackingNumber, 'PICKEDUP', 2), {})).status).toBe(200)
  await settle()
  expect((await orderOf(order.id)).state).toBe('shipped')
})

it('takes a crowd of deliveries in any order, each of them once', async () => {
  const parcels = await Promise.all(Array.from({ length: 5 }, () => shipped()))
  const statuses = ['PICKEDUP', 'WAREHOUSE', 'TRANSIT', 'DISTRIBUTED', 'DELIVERING', 'MOT_INCONNU', 'DELIVERED']
  const bodies = parcels.flatMap(({ parcel }) =>
    statuses.flatMap((status, index) => Array.from({ length: 4 }, () => word(parcel.trackingNumber, status, index))),
  )
  const answers = await Promise.all(bodies.map((body) => send(body)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  await settle()
  for (const { order, parcel } of parcels) {
    expect(await orderOf(order.id)).toMatchObject({ state: 'delivered' })
    expect((await owner.get(`/parcels/${parcel.id}`)).body.events).toHaveLength(statuses.length + 1)
  }
}, 60_000)
