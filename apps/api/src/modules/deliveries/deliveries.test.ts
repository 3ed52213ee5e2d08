import { beforeAll, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import { confirmedOrder, ship } from '../../../../../tests/support/delivery.ts'

const api = await startApi()
const owner = api.as('owner')
const driver = api.as('delivery_agent')
const { memberId } = api.merchant.people.delivery_agent
const key = () => ({ 'idempotency-key': crypto.randomUUID() })

let account = ''
beforeAll(async () => {
  const { body } = await owner.post('/carrier-accounts', {
    carrier: 'manual',
    name: 'Notre livreur',
    driverMemberId: memberId,
  })
  account = body.id
})

const assigned = async (priceCentimes = 24_900): Promise<any> => {
  const order = await confirmedOrder({ owner }, { priceCentimes })
  const { parcelId } = (await ship(owner, [order.id], account)).body.items[0]
  return (await owner.get(`/parcels/${parcelId}`)).body
}
const route = async () => (await driver.get('/driver/route')).body
const stopOf = async (id: string) => (await route()).items.find(({ parcelId }: any) => parcelId === id)
const settle = (parcel: any, body: object, client = driver) =>
  client.post(`/driver/deliveries/${parcel.id}`, { version: parcel.version, ...body }, key())

it('shows drivers their own parcels with what they need at the door, the oldest first', async () => {
  const [first, second] = [await assigned(), await assigned()]
  const { items, openCount } = await route()
  expect(openCount).toBe(2)
  expect(items.map(({ parcelId }: any) => parcelId)).toEqual([first.id, second.id])
  expect(items[0]).toMatchObject({
    position: 1,
    state: 'open',
    phone: expect.stringMatching(/^\+212/),
    addressLine: '12 rue Exemple',
    pieces: 1,
    codAmountCentimes: 24_900,
  })
})

it('shows nobody the parcels of another driver', async () => {
  const parcel = await assigned()
  expect((await owner.get('/driver/route')).body.items).toEqual([])
  const { status, body } = await settle(parcel, { outcome: 'delivered' }, owner)
  expect([status, body.code]).toEqual([404, 'parcel.not_found'])
  expect((await api.as('viewer').get('/driver/route')).status).toBe(403)
})

it('delivers with the amount taken: order, cash in hand and ledger follow, once', async () => {
  const parcel = await assigned()
  const before = (await route()).inHandCentimes
  const headers = key()
  const body = { version: parcel.version, outcome: 'delivered' }
  const done = await driver.post(`/driver/deliveries/${parcel.id}`, body, headers)
  expect(done.body.stop).toMatchObject({ state: 'delivered', collectedCentimes: 24_900 })
  const again = await driver.post(`/driver/deliveries/${parcel.id}`, body, headers)
  expect(again.headers['idempotency-replayed']).toBe('true')
  expect((await route()).inHandCentimes - before).toBe(24_900)
  expect((await owner.get(`/orders/${parcel.orderId}`)).body).toMatchObject({
    state: 'delivered',
    cash: { status: 'due' },
  })
  const { items, sumCentimes } = (await owner.get('/ledger/balances')).body
  expect(sumCentimes).toBe(0)
  expect(items.map(({ account: name }: any) => name)).toContain(`driver:${memberId}`)
  // What the driver hands over is marked like any other cash, and leaves the driver's account.
  const marked = { parcelIds: [parcel.id], status: 'collected', mode: 'cash' }
  expect((await owner.post('/collections/mark', marked, key())).status).toBe(200)
  expect((await route()).inHandCentimes).toBe(before)
})

it('books what was really taken and asks somebody to look when it is another amount', async () => {
  const parcel = await assigned()
  const before = (await route()).inHandCentimes
  await settle(parcel, { outcome: 'delivered', collectedCentimes: 20_000 })
  expect((await route()).inHandCentimes - before).toBe(20_000)
  expect((await owner.get(`/orders/${parcel.orderId}`)).body.flag).toBe('amount_differs')
  expect((await owner.get(`/parcels/${parcel.id}`)).body.collectedCentimes).toBe(20_000)
})

it('fails with a reason, which says what becomes of the parcel', async () => {
  const parcel = await assigned()
  expect((await settle(parcel, { outcome: 'failed' })).body.fields).toEqual([{ path: 'reason', code: 'missing' }])
  const failed = await settle(parcel, { outcome: 'failed', reason: 'no_answer', note: 'Rappeler à 18 h' })
  expect(failed.body.stop).toMatchObject({ state: 'failed', status: 'attempt_failed', attempts: 1 })
  const refused = await assigned()
  await settle(refused, { outcome: 'failed', reason: 'refused' })
  expect(await stopOf(refused.id)).toMatchObject({ state: 'failed', status: 'refused' })
  expect((await owner.get(`/orders/${refused.orderId}`)).body.state).toBe('delivery_failed')
})

it('keeps the moment at the door when the network comes later, and believes no clock that is wrong', async () => {
  const parcel = await assigned()
  const said = api.clock.now()
  api.clock.advance(600_000)
  await settle(parcel, { outcome: 'failed', reason: 'no_answer', at: said.toISOString() })
  expect(await stopOf(parcel.id)).toMatchObject({ status: 'attempt_failed' })
  const { events } = (await owner.get(`/parcels/${parcel.id}`)).body
  expect(Math.abs(Date.parse(events[0].at) - said.getTime())).toBeLessThan(1_000)
  for (const wrong of ['2020-01-01T00:00:00.000Z', '2099-01-01T00:00:00.000Z']) {
    const other = await assigned()
    const { body } = await settle(other, { outcome: 'delivered', at: wrong })
    expect(body.stop).toMatchObject({ state: 'delivered', collectedCentimes: 24_900 })
  }
})

it('takes the newest word back: nothing is in hand and the stop is open again', async () => {
  const parcel = await assigned()
  const before = (await route()).inHandCentimes
  await settle(parcel, { outcome: 'delivered', collectedCentimes: 10_000 })
  const { body } = await driver.post(`/driver/deliveries/${parcel.id}/undo`)
  expect(body.inHandCentimes).toBe(before)
  expect(await stopOf(parcel.id)).toMatchObject({ state: 'open', collectedCentimes: null })
  expect((await owner.get(`/orders/${parcel.orderId}`)).body).toMatchObject({ state: 'confirmed', flag: null })
  expect((await driver.post(`/driver/deliveries/${parcel.id}/undo`)).body.code).toBe('tracking_operation.not_found')
})

it('refuses what was settled already, and what somebody changed meanwhile', async () => {
  const parcel = await assigned()
  expect((await settle({ ...parcel, version: 99 }, { outcome: 'delivered' })).body.code).toBe(
    'parcel.changed_meanwhile',
  )
  await settle(parcel, { outcome: 'delivered' })
  const { version } = (await owner.get(`/parcels/${parcel.id}`)).body
  expect((await settle({ ...parcel, version }, { outcome: 'delivered' })).body.code).toBe('delivery.not_open')
})

it('gives a driver to carriers without API only, and only a member who is there', async () => {
  const open = (driverMemberId: string) =>
    owner.post('/carrier-accounts', { carrier: 'manual', name: 'Essai', driverMemberId })
  expect((await open(crypto.randomUUID())).body.code).toBe('member.not_found')
  expect((await open(api.rival.people.delivery_agent.memberId)).body.code).toBe('member.not_found')
})
