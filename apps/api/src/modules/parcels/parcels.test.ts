import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  confirmedOrder,
  confirmedOrders,
  connectSendit,
  parcelsAtCarrier,
  ship,
  startDelivery,
} from '../../../../../tests/support/delivery.ts'
import { eraseCustomersAndOrders } from '../orders/index.ts'
import { loseBooking, retakeAfterSearch, takeBookingTurn } from './booking.commands.ts'

const delivery = await startDelivery()
const { api, owner, settle, control } = delivery
let accountId = ''
beforeAll(async () => {
  accountId = await connectSendit(delivery)
})
beforeEach(() => control('DELETE', '/faults'))
afterAll(() => delivery.close())

const orderOf = async (id: string) => (await owner.get(`/orders/${id}`)).body
const parcelOf = async (id: string) => (await owner.get(`/parcels/${id}`)).body
const atCarrierFor = async (number: number) =>
  (await parcelsAtCarrier(delivery)).filter(({ reference }) => reference.startsWith(`${number}-`))
/** A booked parcel of a fresh order. */
const shipped = async () => {
  const order = await confirmedOrder(delivery)
  const { body } = await ship(owner, [order.id], accountId)
  await settle()
  const parcel = await parcelOf(body.items[0].parcelId)
  return { order, parcel }
}
const say = async (trackingNumber: string, status: string, more: object = {}) => {
  await control('POST', `/parcels/${trackingNumber}`, { status, ...more })
  await settle()
}

describe('shipping', () => {
  it('turns a confirmed order into a parcel at the carrier, and the order shows it', async () => {
    const { order, parcel } = await shipped()
    expect(parcel).toMatchObject({
      status: 'created',
      booking: 'accepted',
      codAmountCentimes: 24_900,
      orderId: order.id,
    })
    expect(parcel.feeCentimes).toBeGreaterThan(0)
    const [there] = await atCarrierFor(order.number)
    expect(there).toMatchObject({ trackingNumber: parcel.trackingNumber, reference: parcel.reference, amount: 249 })
    expect(await orderOf(order.id)).toMatchObject({
      state: 'confirmed',
      parcel: { id: parcel.id, status: 'created', trackingNumber: parcel.trackingNumber, carrierAccountId: accountId },
    })
  })

  it('answers for each order by itself', async () => {
    const good = await confirmedOrder(delivery)
    const odd = await confirmedOrder(delivery, { priceCentimes: 24_950 })
    const missing = '019a0000-0000-7000-8000-00000000dead'
    const { status, body } = await ship(owner, [odd.id, missing, good.id])
    expect(status).toBe(202)
    expect(body.items.map(({ refusal, status: one }: any) => [one, refusal?.code ?? null])).toEqual([
      [null, 'parcel.amount_not_whole'],
      [null, 'order.not_found'],
      ['draft', null],
    ])
    expect(body.items[0].refusal.params).toMatchObject({ differenceCentimes: 50 })
    await settle()
  })

  it('law 4: an order has at most one live parcel per leg under fifty requests at once', async () => {
    const order = await confirmedOrder(delivery)
    const answers = await Promise.all(Array.from({ length: 50 }, () => ship(owner, [order.id], accountId)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
    expect(answers.filter(({ body }) => body.items[0].refusal === null)).toHaveLength(1)
    await settle()
    expect(await atCarrierFor(order.number)).toHaveLength(1)
    expect((await ship(owner, [order.id])).body.items[0].refusal.code).toBe('parcel.already_live')
  })

  it('shows what the carrier refused and sets the order free', async () => {
    const order = await confirmedOrder(delivery)
    await control('POST', '/faults', { provider: 'sendit', kind: 'http_422', times: 1, only: 'POST /' })
    const { body } = await ship(owner, [order.id], accountId)
    await settle()
    const parcel = await parcelOf(body.items[0].parcelId)
    expect(parcel).toMatchObject({ booking: 'rejected', trackingNumber: null })
    expect(parcel.bookingReasons.join()).toContain('phone')
    expect((await ship(owner, [order.id], accountId)).body.items[0].refusal).toBeNull()
    await settle()
    expect(await atCarrierFor(order.number)).toHaveLength(1)
  })

  it('is closed to roles without the permission, and to keys that are missing', async () => {
    const order = await confirmedOrder(delivery)
    expect((await ship(api.as('viewer'), [order.id])).status).toBe(403)
    expect((await ship(api.as('confirmation_agent'), [order.id])).status).toBe(403)
    expect((await owner.post('/parcels', { orderIds: [order.id] })).body.code).toBe('idempotency.key_required')
  })
})

describe('answers that never came', () => {
  it('law 7: a parcel that the carrier made before it fell silent is found, not made again', async () => {
    const orders = await confirmedOrders(delivery, 20)
    await control('POST', '/faults', {
      provider: 'sendit',
      kind: 'timeout_after_success',
      rate: 0.6,
      seconds: 0,
      only: 'POST /',
    })
    await ship(
      owner,
      orders.map(({ id }) => id),
      accountId,
    )
    await settle(60)
    for (const { id, number } of orders) {
      expect(await atCarrierFor(number)).toHaveLength(1)
      expect((await orderOf(id)).parcel.status).toBe('created')
    }
  })

  it('sends again what the carrier is sure not to have', async () => {
    const order = await confirmedOrder(delivery)
    await control('POST', '/faults', { provider: 'sendit', kind: 'http_500', times: 1, only: 'POST /' })
    await ship(owner, [order.id], accountId)
    await settle()
    expect(await atCarrierFor(order.number)).toHaveLength(1)
  })

  it('waits as long as the carrier asks, and does not call before', async () => {
    const order = await confirmedOrder(delivery)
    await control('POST', '/faults', { provider: 'sendit', kind: 'http_429', times: 1, seconds: 30, only: 'POST /' })
    const { body } = await ship(owner, [order.id], accountId)
    await api.runJobs()
    expect(await parcelOf(body.items[0].parcelId)).toMatchObject({ booking: 'intended' })
    expect(await atCarrierFor(order.number)).toHaveLength(0)
    await settle()
    expect(await atCarrierFor(order.number)).toHaveLength(1)
  })

  it('takes up a booking whose process died after the call', async () => {
    const order = await confirmedOrder(delivery)
    const { body } = await ship(owner, [order.id], accountId)
    expect((await takeBookingTurn(api.ctx(), body.items[0].parcelId)).kind).toBe('call')
    await settle()
    expect(await atCarrierFor(order.number)).toHaveLength(1)
    expect(await parcelOf(body.items[0].parcelId)).toMatchObject({ booking: 'accepted', status: 'created' })
  })

  it('law 4: two workers that search at the same time send it again once', async () => {
    const order = await confirmedOrder(delivery)
    const { body } = await ship(owner, [order.id], accountId)
    const { parcelId } = body.items[0]
    await takeBookingTurn(api.ctx(), parcelId)
    await loseBooking(api.ctx(), parcelId)
    api.clock.advance(61_000)
    const turn = await takeBookingTurn(api.ctx(), parcelId)
    if (turn.kind !== 'search') throw new Error(turn.kind)
    const turns = await Promise.all([1, 2, 3].map(() => retakeAfterSearch(api.ctx(), parcelId, turn.since)))
    expect(turns.map(({ kind }) => kind).sort()).toEqual(['call', 'done', 'done'])
    await settle()
    expect(await atCarrierFor(order.number)).toHaveLength(1)
  })
})

describe('following', () => {
  it('moves the order by rule, visible as by the carrier', async () => {
    const { order, parcel } = await shipped()
    await say(parcel.trackingNumber, 'PICKEDUP')
    expect(await orderOf(order.id)).toMatchObject({ state: 'shipped', parcel: { status: 'picked_up' } })
    await say(parcel.trackingNumber, 'UNREACHABLE')
    expect((await orderOf(order.id)).state).toBe('shipped')
    await say(parcel.trackingNumber, 'UNREACHABLE')
    expect((await orderOf(order.id)).state).toBe('delivery_failed')
    await say(parcel.trackingNumber, 'DELIVERING')
    expect((await orderOf(order.id)).state).toBe('shipped')
    const { body } = await owner.get(`/orders/${order.id}/events`)
    const move = body.items.find(({ type }: any) => type === 'order.moved')
    expect(move.actor).toMatchObject({ kind: 'carrier', id: accountId })
  })

  it('lets older news and repeats change nothing', async () => {
    const { order, parcel } = await shipped()
    const now = api.clock.now().getTime()
    await say(parcel.trackingNumber, 'DELIVERED', { at: new Date(now + 7_200_000).toISOString() })
    await say(parcel.trackingNumber, 'DELIVERING', { at: new Date(now + 3_600_000).toISOString() })
    expect(await orderOf(order.id)).toMatchObject({ state: 'delivered', cash: { status: 'due' } })
    expect((await parcelOf(parcel.id)).status).toBe('delivered')
  })

  it('finds by polling what no webhook told', async () => {
    const { order, parcel } = await shipped()
    await say(parcel.trackingNumber, 'REJECTED', { silent: true })
    expect((await orderOf(order.id)).state).toBe('confirmed')
    expect((await owner.post(`/parcels/${parcel.id}/refresh`)).status).toBe(202)
    await settle()
    expect((await orderOf(order.id)).state).toBe('delivery_failed')
  })

  it('law 13: an unknown word moves nothing, is shown, and once explained is read again', async () => {
    const { order, parcel } = await shipped()
    await say(parcel.trackingNumber, 'PICKEDUP')
    await say(parcel.trackingNumber, 'CHEZ_LE_VOISIN')
    expect(await orderOf(order.id)).toMatchObject({
      state: 'shipped',
      flag: 'carrier_word_unknown',
      parcel: { status: 'unknown' },
    })
    const words = await owner.get(`/carrier-accounts/${accountId}/unknown-statuses`)
    expect(words.body.items).toMatchObject([{ carrierStatus: 'CHEZ_LE_VOISIN', count: 1, mappedTo: null }])
    const mapped = await owner.put(`/carrier-accounts/${accountId}/unknown-statuses`, {
      carrierStatus: 'CHEZ_LE_VOISIN',
      status: 'delivered',
    })
    expect(mapped.body.items[0].mappedTo).toBe('delivered')
    await settle()
    expect(await orderOf(order.id)).toMatchObject({ state: 'delivered', cash: { status: 'due' }, flag: null })
  })

  it('sends an order whose parcel the carrier cancelled back to confirmed, flagged', async () => {
    const { order, parcel } = await shipped()
    await say(parcel.trackingNumber, 'CANCELLED')
    expect(await orderOf(order.id)).toMatchObject({ state: 'confirmed', flag: 'parcel_cancelled' })
    expect((await ship(owner, [order.id], accountId)).body.items[0].refusal).toBeNull()
    await settle()
    expect((await orderOf(order.id)).flag).toBeNull()
    expect(await atCarrierFor(order.number)).toHaveLength(2)
  })
})

describe('calling off', () => {
  it('ends an intent that was never sent, and asks a booked parcel back', async () => {
    const order = await confirmedOrder(delivery)
    const { body } = await ship(owner, [order.id], accountId)
    const { parcelId } = body.items[0]
    expect((await owner.post(`/parcels/${parcelId}/cancel`)).body).toMatchObject({
      status: 'cancelled',
      booking: 'withdrawn',
    })
    await settle()
    expect(await atCarrierFor(order.number)).toHaveLength(0)
    const again = await ship(owner, [order.id], accountId)
    await settle()
    const booked = again.body.items[0].parcelId
    expect((await owner.post(`/parcels/${booked}/cancel`)).body.cancelRequestedAt).not.toBeNull()
    await settle()
    expect(await parcelOf(booked)).toMatchObject({ status: 'cancelled' })
    expect(await atCarrierFor(order.number)).toHaveLength(0)
    expect(await orderOf(order.id)).toMatchObject({ state: 'confirmed', flag: null })
  })

  it('is refused once the carrier has the parcel', async () => {
    const { parcel } = await shipped()
    await say(parcel.trackingNumber, 'PICKEDUP')
    expect((await owner.post(`/parcels/${parcel.id}/cancel`)).body.code).toBe('parcel.not_cancellable')
  })
})

describe('papers', () => {
  it('prints labels as PDF, fetched while the link lives', async () => {
    const { parcel } = await shipped()
    const asked = await owner.post('/labels', { parcelIds: [parcel.id] }, { prefer: 'respond-async' })
    expect(asked.status).toBe(202)
    await settle()
    expect((await owner.get(`/labels/${asked.body.id}`)).body.status).toBe('ready')
    const file = await owner.get(`/labels/${asked.body.id}/file`)
    expect(file.headers['content-type']).toBe('application/pdf')
    expect(file.text.startsWith('%PDF-')).toBe(true)
  })

  it('asks for a pick-up once', async () => {
    const { parcel } = await shipped()
    const { status, body } = await owner.post('/pickups', { parcelIds: [parcel.id], note: 'Avant midi' })
    expect(status).toBe(202)
    await settle()
    const { items } = (await owner.get('/pickups')).body
    expect(items.find(({ id }: any) => id === body.id)).toMatchObject({ status: 'accepted', parcelIds: [parcel.id] })
  })
})

describe('lists', () => {
  it('filters, pages, and finds by the start of a tracking number', async () => {
    const { parcel } = await shipped()
    const byNumber = await owner.get(`/parcels?q=${parcel.trackingNumber.slice(0, 8)}`)
    expect(byNumber.body.items.map(({ id }: any) => id)).toContain(parcel.id)
    const all = (await owner.get('/parcels?limit=200')).body.items.map(({ id }: any) => id)
    const paged: string[] = []
    for (let cursor = ''; ; ) {
      const { body } = await owner.get(`/parcels?limit=7${cursor ? `&cursor=${cursor}` : ''}`)
      paged.push(...body.items.map(({ id }: any) => id))
      if (!body.nextCursor) break
      cursor = body.nextCursor
    }
    expect(paged).toEqual(all)
    const created = await owner.get('/parcels?status=created&limit=200')
    expect(created.body.items.every(({ status }: any) => status === 'created')).toBe(true)
  })

  it('law 12: hides fees where costs are hidden, and the parcels of others from a driver', async () => {
    const { parcel } = await shipped()
    expect((await api.as('viewer').get(`/parcels/${parcel.id}`)).body.feeCentimes).toBeNull()
    expect((await api.as('delivery_agent').get('/parcels')).body.items).toEqual([])
    expect((await api.as('delivery_agent').get(`/parcels/${parcel.id}`)).status).toBe(404)
    expect((await api.asRival('owner').get(`/parcels/${parcel.id}`)).status).toBe(404)
  })
})

it('forgets what a courier said of a buyer who is forgotten', async () => {
  const { order, parcel } = await shipped()
  await say(parcel.trackingNumber, 'UNREACHABLE', { comment: 'Salma ne répond pas' })
  expect(JSON.stringify(await parcelOf(parcel.id))).toContain('Salma ne répond pas')
  const { customer } = await orderOf(order.id)
  await api.ctx().transaction((tx) => eraseCustomersAndOrders(api.ctx(), tx, [customer.id]))
  const left = await parcelOf(parcel.id)
  expect(JSON.stringify(left)).not.toContain('Salma')
  expect(left.events.map(({ carrierStatus }: any) => carrierStatus)).toContain('UNREACHABLE')
})
