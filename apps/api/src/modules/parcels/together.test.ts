import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectSendit, parcelsAtCarrier, ship, startDelivery } from '../../../../../tests/support/delivery.ts'
import { freshPhone, givenOrder, moveTo, reasonFor } from '../../../../../tests/support/orders.ts'
import { textOfPages } from '../../adapters/papers/testing.ts'

const delivery = await startDelivery()
const { api, owner, settle, control } = delivery
let sendit = ''
let manual = ''
beforeAll(async () => {
  sendit = await connectSendit(delivery)
  manual = (await owner.post('/carrier-accounts', { carrier: 'manual', name: 'Atlas Colis' })).body.id
})
afterAll(() => delivery.close())

type Order = Awaited<ReturnType<typeof givenOrder>>
const key = () => ({ 'idempotency-key': crypto.randomUUID() })
const read = async (id: string) => (await owner.get(`/orders/${id}`)).body
const readAll = (orders: readonly Order[]) => Promise.all(orders.map(({ id }) => read(id)))
const parcelOf = async (id: string) => (await owner.get(`/parcels/${id}`)).body
const typesOf = async (id: string) =>
  (await owner.get(`/orders/${id}/events?limit=100`)).body.items.map(({ type }: { type: string }) => type)

const wishes = [
  { name: 'Savon noir', quantity: 2, unitPriceCentimes: 10_000 },
  { name: 'Gant kessa', quantity: 1, unitPriceCentimes: 5_000 },
  { name: 'Huile d’argan', quantity: 1, unitPriceCentimes: 7_500 },
]
/** Orders of one phone for one door, each with a wish of its own and a fee of 35 DH. */
const givenPair = async (count = 2, over: readonly object[] = []) => {
  const phone = freshPhone()
  const line = `${phone} rue Oued Sebou`
  const made = []
  for (const [index, wish] of wishes.slice(0, count).entries())
    made.push(
      await givenOrder(owner, {
        customer: { name: 'Meryem Chraibi', phone },
        shippingAddress: { line, city: 'Rabat', district: 'Agdal' },
        lines: [wish],
        ...over[index],
      }),
    )
  return readAll(made)
}
const decide = (orders: readonly Order[], choice: object = {}) => {
  const [first, ...others] = orders
  return owner.post(`/orders/${first.id}/duplicates/decide`, {
    outcome: 'ship_together',
    version: first.version,
    others: others.map(({ id, version }) => ({ orderId: id, version })),
    ...choice,
  })
}
const undo = (order: Order) =>
  owner.post(`/orders/${order.id}/undo`, { eventId: order.undoEventId, version: order.version })
/** Decided to go out together, and confirmed. */
const together = async (count = 2) => {
  const decided = await decide(await givenPair(count))
  if (decided.status !== 200) throw new Error(decided.text)
  for (const { id } of decided.body.orders) await moveTo(owner, id, 'confirmed')
  return readAll(decided.body.orders)
}
const shipped = async (account: string, count = 2) => {
  const orders = await together(count)
  const { body } = await ship(owner, [orders[1].id], account)
  await settle()
  return { orders: await readAll(orders), parcel: await parcelOf(body.items[0].parcelId) }
}
const balances = async (): Promise<Record<string, number>> => {
  const { body } = await owner.get('/ledger/balances')
  expect(body.sumCentimes).toBe(0)
  return Object.fromEntries(body.items.map(({ account, balanceCentimes }: any) => [account, balanceCentimes]))
}
const collectionsOf = async (parcelId: string) =>
  (await owner.get('/collections?limit=200')).body.items.filter((one: any) => one.parcelId === parcelId)
const ownFacts = ({ version: _v, updatedAt: _u, ...order }: Order) => order

describe('deciding to ship together', () => {
  it('joins orders at one address, the fee asked once, and is taken back whole', async () => {
    const before = await givenPair()
    const { status, body } = await decide(before, { keepOrderId: before[1].id })
    expect(status).toBe(200)
    expect(
      body.orders.map((one: Order) => [one.shipWithOrderId, one.shippingFeeCentimes, one.codAmountCentimes]),
    ).toEqual([
      [before[1].id, 0, 20_000],
      [before[1].id, 3_500, 8_500],
    ])
    expect(body.orders.map((one: Order) => [one.state, one.duplicateCount])).toEqual([
      ['new', 0],
      ['new', 0],
    ])
    for (const { id } of before) expect((await typesOf(id))[0]).toBe('order.duplicates_decided')
    const { items } = (await owner.get(`/orders/${before[0].id}/duplicates`)).body
    expect(items[0]).toMatchObject({ fate: 'together', open: false })
    expect((await decide(await readAll(before))).body.code).toBe('order.duplicate_decided')
    expect((await undo(body.orders[0])).status).toBe(200)
    expect((await readAll(before)).map(ownFacts)).toEqual(before.map(ownFacts))
    expect((await owner.get(`/orders/${before[0].id}/duplicates`)).body.items[0].open).toBe(true)
  })

  it('takes a third one in later, which alone leaves again', async () => {
    const [one, two, three] = await givenPair(3)
    const first = await decide([one, two])
    const [joined] = await readAll([one])
    const third = await decide([three, joined])
    expect(third.status).toBe(200)
    expect((await readAll([one, two, three])).map(({ shipWithOrderId }) => shipWithOrderId)).toEqual(
      Array(3).fill(one.id),
    )
    expect((await undo(first.body.orders[1])).body.code).toBe('order.undo_superseded')
    expect((await undo(third.body.orders[0])).status).toBe(200)
    const after = await readAll([one, two, three])
    expect(after.map(({ shipWithOrderId }) => shipWithOrderId)).toEqual([one.id, one.id, null])
    expect(after.map(({ duplicateCount }) => duplicateCount)).toEqual([1, 1, 2])
  })

  it('is refused in words', async () => {
    const codeOf = async (...over: object[]) => {
      const { status, body } = await decide(await givenPair(2, over))
      return [status, body.code, body.params?.number ? 'named' : null]
    }
    const fes = { shippingAddress: { line: '12 rue Oued Sebou', city: 'Fès' } }
    expect(await codeOf({}, fes)).toEqual([422, 'order.together_cities', 'named'])
    expect(await codeOf({}, { deliverTo: 'agency' })).toEqual([422, 'order.together_handover', 'named'])
    const [one, two] = await givenPair()
    await moveTo(owner, two.id, 'confirmed')
    await ship(owner, [two.id], manual)
    expect((await decide(await readAll([one, two]))).body.code).toBe('order.together_parcel')
    const cancelled = await givenPair()
    const reasonId = await reasonFor(owner, 'changed_mind')
    await moveTo(owner, cancelled[1].id, 'cancelled', { reasonId })
    expect((await decide(await readAll(cancelled))).body.code).toBe('order.duplicate_decided')
  })
})

it('a decision is not taken back while a parcel carries its orders, and is once that is called off', async () => {
  const pair = await givenPair()
  for (const { id } of pair) await moveTo(owner, id, 'confirmed')
  const { orders } = (await decide(await readAll(pair))).body
  const { parcelId } = (await ship(owner, [pair[0].id], manual)).body.items[0]
  expect((await undo(orders[1])).body.code).toBe('order.locked_by_parcel')
  await owner.post(`/parcels/${parcelId}/cancel`)
  expect((await undo(await read(pair[1].id))).status).toBe(200)
  expect((await readAll(pair)).map(({ shipWithOrderId }) => shipWithOrderId)).toEqual([null, null])
})

describe('one parcel by Sendit', () => {
  it('carries the sum and the products of all, waits for each, and moves, pays and returns all of them', async () => {
    const [one, two] = (await decide(await givenPair())).body.orders
    await moveTo(owner, one.id, 'confirmed')
    const early = (await ship(owner, [one.id, two.id], sendit)).body.items.map(({ refusal }: any) => refusal.code)
    expect(early).toEqual(['parcel.companion_not_ready', 'parcel.order_not_ready'])
    await moveTo(owner, two.id, 'confirmed')
    const before = await balances()
    const { body } = await ship(owner, [one.id, two.id], sendit)
    const parcelIds = body.items.map(({ parcelId }: any) => parcelId)
    expect(new Set(parcelIds).size).toBe(1)
    await settle()
    const parcel = await parcelOf(parcelIds[0])
    expect(parcel).toMatchObject({
      orderIds: [one.id, two.id],
      companions: [{ id: two.id, number: two.number }],
      codAmountCentimes: 28_500,
      status: 'created',
    })
    const there = (await parcelsAtCarrier(delivery)).filter(({ reference }) => reference === parcel.reference)
    expect(there).toMatchObject([{ amount: 285, trackingNumber: parcel.trackingNumber }])
    expect(JSON.stringify(there)).toContain('Gant kessa')
    for (const order of await readAll([one, two]))
      expect(order.parcel).toMatchObject({ id: parcel.id, trackingNumber: parcel.trackingNumber })
    expect((await owner.get(`/parcels?orderId=${two.id}`)).body.items).toHaveLength(1)

    await control('POST', `/parcels/${parcel.trackingNumber}`, { status: 'DELIVERED' })
    await settle()
    expect((await readAll([one, two])).map(({ state, cash }) => [state, cash.status])).toEqual([
      ['delivered', 'due'],
      ['delivered', 'due'],
    ])
    const due = await collectionsOf(parcel.id)
    expect(new Map(due.map((row: any) => [row.orderId, row.codAmountCentimes]))).toEqual(
      new Map([
        [one.id, 23_500],
        [two.id, 5_000],
      ]),
    )
    expect(await parcelOf(parcel.id)).toMatchObject({ cash: 'due', collectedCentimes: 28_500 })
    const owed = await balances()
    expect((owed[`carrier:${sendit}`] ?? 0) - (before[`carrier:${sendit}`] ?? 0)).toBe(28_500)
    const marked = await owner.post('/collections/mark', { parcelIds: [parcel.id], status: 'collected' }, key())
    expect(marked.body).toMatchObject({ count: 1, sumCentimes: 28_500 })
    expect((await readAll([one, two])).map(({ cash }) => cash.status)).toEqual(['collected', 'collected'])
    expect((await balances()).bank).toBe((owed.bank ?? 0) + 28_500)
    await owner.post(`/collections/operations/${marked.body.operationId}/undo`)
    expect({ bank: 0, ...(await balances()) }).toEqual({ bank: 0, ...owed })

    await control('POST', `/parcels/${parcel.trackingNumber}`, { status: 'RETURN_SELLER' })
    await settle()
    expect((await readAll([one, two])).map(({ state, cash }) => [state, cash.status])).toEqual([
      ['returned', 'not_due'],
      ['returned', 'not_due'],
    ])
    expect(await collectionsOf(parcel.id)).toEqual([])
    expect((await balances())[`carrier:${sendit}`] ?? 0).toBe(before[`carrier:${sendit}`] ?? 0)
    for (const { id } of [one, two])
      expect(await typesOf(id)).toEqual(expect.arrayContaining(['parcel.intended', 'parcel.booked', 'collection.due']))
  })

  it('called off before it is fetched, frees all of them, and the decision can be taken back again', async () => {
    const { orders, parcel } = await shipped(sendit, 3)
    expect(parcel.orderIds).toHaveLength(3)
    expect((await owner.post(`/parcels/${parcel.id}/cancel`)).status).toBe(202)
    await settle()
    const freed = await readAll(orders)
    expect(freed.map((one) => [one.state, one.parcel.status])).toEqual(Array(3).fill(['confirmed', 'cancelled']))
    const again = (await ship(owner, [orders[2].id], sendit)).body.items[0]
    expect(again.refusal).toBeNull()
    expect((await ship(owner, [orders[0].id], sendit)).body.items[0].refusal.code).toBe('parcel.already_live')
    await settle()
  })
})

describe('one parcel by a carrier without API', () => {
  it('is one row of its file, found by the number of any order, and what is said is taken back of all', async () => {
    const { orders, parcel } = await shipped(manual)
    const sheet = { parcelIds: [parcel.id], format: 'csv' }
    const { text } = await owner.post(`/carrier-accounts/${manual}/sheet`, sheet)
    expect(text.trim().split('\r\n')).toHaveLength(2)
    for (const word of ['285', 'Savon noir', 'Gant kessa', `${orders[0].number} + ${orders[1].number}`])
      expect(text).toContain(word)

    const csv = `Commande;Statut\n${orders[1].number};Livré\n`
    const file = (
      await owner.post(`/carrier-accounts/${manual}/files?kind=tracking`, csv, { 'content-type': 'text/csv' })
    ).body
    const words = [{ word: 'Livré', status: 'delivered' }]
    await owner.post(`/carrier-files/${file.id}/dry-run`, { ...file.mapping, words })
    const run = await owner.post(`/carrier-files/${file.id}/run`, {}, key())
    expect(run.status).toBeLessThan(300)
    await settle()
    const delivered = await readAll(orders)
    expect(delivered.map(({ state, cash }) => [state, cash.status])).toEqual(Array(2).fill(['delivered', 'due']))
    const { operationId } = (await owner.get(`/carrier-files/${file.id}`)).body
    await owner.post(`/tracking-operations/${operationId}/undo`)
    await settle()
    expect((await readAll(orders)).map(({ state, cash }) => [state, cash.status])).toEqual(
      Array(2).fill(['confirmed', 'not_due']),
    )
    expect(await collectionsOf(parcel.id)).toEqual([])

    const said = await owner.post(`/parcels/${parcel.id}/tracking-events`, { status: 'refused' })
    expect(said.body.count).toBe(1)
    await owner.post(`/parcels/${parcel.id}/return`)
    expect((await readAll(orders)).map((one) => [one.state, one.return.status])).toEqual(
      Array(2).fill(['returned', 'received']),
    )
  })

  it('has one label, one slip and one picking list with the numbers and lines of all', async () => {
    const { orders, parcel } = await shipped(manual)
    const textOf = async (body: object) => {
      const { id } = (await owner.post('/papers', body)).body
      await settle()
      const { rawPayload } = await api.app.inject({
        url: `/api/v1/papers/${id}/file`,
        headers: { authorization: `Bearer ${api.tokenOf(api.merchant, 'owner')}` },
      })
      return textOfPages(rawPayload)
    }
    const orderIds = orders.map(({ id }) => id)
    for (const asked of [
      { kind: 'label', parcelIds: [parcel.id] },
      { kind: 'slip', orderIds },
      { kind: 'picking', orderIds },
    ]) {
      const pages = await textOf(asked)
      expect(pages).toHaveLength(1)
      for (const word of [...orders.map(({ number }) => String(number)), 'Gant kessa', 'Savon noir'])
        expect(pages[0]).toContain(word)
    }
    for (const { id } of orders) expect(await typesOf(id)).toContain('parcel.label_printed')
  })
})

it('law 4: whoever asks for which order at once, orders that travel together are in one live parcel', async () => {
  const orders = await together(3)
  const answers = await Promise.all(
    Array.from({ length: 24 }, (_, n) => ship(owner, [orders[n % 3].id, orders[(n + 1) % 3].id], manual)),
  )
  const made = answers.flatMap(({ body }) => body.items.filter(({ refusal }: any) => refusal === null))
  expect(new Set(made.map(({ parcelId }) => parcelId)).size).toBe(1)
  for (const { id } of orders) expect((await owner.get(`/parcels?orderId=${id}`)).body.items).toHaveLength(1)
})

it('law 4: an order is not shipped alone while it is decided to go with another', async () => {
  for (let round = 0; round < 6; round += 1) {
    const [one, two] = await givenPair()
    await moveTo(owner, two.id, 'confirmed')
    const [first, second] = await readAll([one, two])
    const [decided] = await Promise.all([decide([first, second]), ship(owner, [two.id], manual)])
    await moveTo(owner, one.id, 'confirmed')
    await ship(owner, [one.id], manual)
    const carried = (await owner.get(`/parcels?orderId=${two.id}`)).body.items
    expect(carried).toHaveLength(1)
    expect(carried[0].orderIds).toHaveLength(decided.status === 200 ? 2 : 1)
  }
})
