import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confirmedOrder, connectSendit, ship, startDelivery } from '../../../../../tests/support/delivery.ts'
import { sizesOfPages, textOfPages } from '../../adapters/papers/testing.ts'
import { eraseCustomersAndOrders } from '../orders/index.ts'

const delivery = await startDelivery()
const { api, owner, settle } = delivery
let sendit = ''
let manual = ''
beforeAll(async () => {
  sendit = await connectSendit(delivery)
  const account = await owner.post('/carrier-accounts', { carrier: 'manual', name: 'Atlas Colis' })
  manual = account.body.id
})
afterAll(() => delivery.close())

const nobody = '019a0000-0000-7000-8000-00000000dead'

/** Orders that left with a carrier, and their parcels. */
const shipped = async (count: number, account = manual) => {
  const orders = []
  for (let made = 0; made < count; made += 1) orders.push(await confirmedOrder(delivery))
  const { body } = await ship(
    owner,
    orders.map(({ id }) => id),
    account,
  )
  await settle()
  return { orders, parcelIds: body.items.map(({ parcelId }: { parcelId: string }) => parcelId) as string[] }
}

const ask = async (body: object) => {
  const answer = await owner.post('/papers', body)
  expect(answer.status).toBe(202)
  return answer.body
}
const printed = async (body: object) => {
  const { id } = await ask(body)
  await settle()
  return (await owner.get(`/papers/${id}`)).body
}
const fileOf = async (id: string) => {
  const { statusCode, rawPayload, headers } = await api.app.inject({
    url: `/api/v1/papers/${id}/file`,
    headers: { authorization: `Bearer ${api.tokenOf(api.merchant, 'owner')}` },
  })
  return { status: statusCode, file: rawPayload, headers }
}

describe('labels', () => {
  it('prints labels of any carrier as one file, in the order in which they were asked for', async () => {
    const own = await shipped(2)
    const theirs = await shipped(1, sendit)
    const parcelIds = [own.parcelIds[1], theirs.parcelIds[0], own.parcelIds[0]]
    const paper = await printed({ kind: 'label', parcelIds, language: 'ar' })
    expect(paper).toMatchObject({
      status: 'ready',
      total: 3,
      done: 3,
      printed: 3,
      leftOut: [],
      pages: 3,
      size: '100x150',
    })
    const { file, headers } = await fileOf(paper.id)
    expect(headers['content-type']).toBe('application/pdf')
    expect(file.length).toBe(paper.bytes)
    const texts = await textOfPages(file)
    const numbers = [own.orders[1], theirs.orders[0], own.orders[0]].map((order) => `#${order?.number}`)
    expect(texts.map((text, index) => text.includes(numbers[index] ?? '?'))).toEqual([true, true, true])
    const { trackingNumber } = (await owner.get(`/parcels/${theirs.parcelIds[0]}`)).body
    expect(texts[1]).toContain(trackingNumber)
  })

  it('marks the parcels as printed, with when and for whom, and each order’s history tells it', async () => {
    const { orders, parcelIds } = await shipped(1)
    const before = (await owner.get(`/parcels/${parcelIds[0]}`)).body
    expect(before).toMatchObject({ labelPrintedAt: null, labelPrintedBy: null })
    await printed({ kind: 'label', orderIds: [orders[0]?.id] })
    const after = (await owner.get(`/parcels/${parcelIds[0]}`)).body
    expect(after.labelPrintedAt).toEqual(expect.any(String))
    expect(after.labelPrintedBy).toMatchObject({ id: api.merchant.people.owner.memberId })
    expect(after.version).toBe(before.version)
    const events = (await owner.get(`/orders/${orders[0]?.id}/events`)).body.items
    expect(events.map(({ type }: { type: string }) => type)).toContain('parcel.label_printed')
  })

  it('says for each that is left out why, and prints the others', async () => {
    const { orders } = await shipped(1)
    const waiting = await confirmedOrder(delivery)
    const gone = await shipped(1)
    await owner.post(`/parcels/${gone.parcelIds[0]}/cancel`)
    await settle()
    const erased = await shipped(1)
    const { customer } = (await owner.get(`/orders/${erased.orders[0]?.id}`)).body
    await api.ctx().transaction((tx) => eraseCustomersAndOrders(api.ctx(), tx, [customer.id]))
    const orderIds = [waiting.id, orders[0]?.id, nobody, gone.orders[0]?.id, erased.orders[0]?.id]
    const paper = await printed({ kind: 'label', orderIds, size: 'a4' })
    expect(paper).toMatchObject({ status: 'ready', printed: 1, done: 5, pages: 1, size: 'a4' })
    expect(paper.leftOut.map(({ orderId, reason }: any) => [orderId, reason])).toEqual([
      [waiting.id, 'no_parcel'],
      [nobody, 'not_found'],
      [gone.orders[0]?.id, 'no_parcel'],
      [erased.orders[0]?.id, 'erased'],
    ])
    expect(paper.leftOut[0].number).toBe(waiting.number)
    expect(await sizesOfPages((await fileOf(paper.id)).file)).toEqual([[595, 842]])
  })

  it('says that nothing was printed, instead of giving an empty file', async () => {
    const waiting = await confirmedOrder(delivery)
    const paper = await printed({ kind: 'label', orderIds: [waiting.id] })
    expect(paper).toMatchObject({ status: 'failed', problem: 'paper.nothing_to_print', printed: 0 })
    expect((await fileOf(paper.id)).status).toBe(409)
  })

  it('prints the options of the order', async () => {
    const { id, version } = await confirmedOrder(delivery)
    const options = { allowOpen: true, fragile: true, deliverTo: 'agency' }
    const order = (await owner.patch(`/orders/${id}`, { version, ...options })).body
    await ship(owner, [order.id], manual)
    const paper = await printed({ kind: 'label', orderIds: [order.id], language: 'fr' })
    const [text] = await textOfPages((await fileOf(paper.id)).file)
    for (const option of ['Ouverture autorisée', 'Fragile', 'Livraison en agence']) expect(text).toContain(option)
  })

  it('marks what the carrier printed too', async () => {
    const { parcelIds } = await shipped(1, sendit)
    const answer = await owner.post('/labels', { parcelIds }, { prefer: 'respond-async' })
    expect(answer.status).toBe(202)
    await settle()
    expect((await owner.get(`/parcels/${parcelIds[0]}`)).body.labelPrintedBy).toMatchObject({
      id: api.merchant.people.owner.memberId,
    })
  })
})

describe('slips and lists', () => {
  it('prints a packing slip an order, shipped or not', async () => {
    const order = await confirmedOrder(delivery)
    const { orders } = await shipped(1)
    const paper = await printed({ kind: 'slip', orderIds: [order.id, orders[0]?.id] })
    expect(paper).toMatchObject({ status: 'ready', pages: 2, size: 'a4' })
    const texts = await textOfPages((await fileOf(paper.id)).file)
    expect(texts[0]).toContain('Bordereau')
    expect(texts[1]).toContain(`#${orders[0]?.number}`)
  })

  it('prints one picking list of all orders, an article once', async () => {
    const orders = [await confirmedOrder(delivery), await confirmedOrder(delivery), await confirmedOrder(delivery)]
    const paper = await printed({ kind: 'picking', orderIds: orders.map(({ id }) => id) })
    expect(paper).toMatchObject({ status: 'ready', pages: 1, printed: 3 })
    const [text] = await textOfPages((await fileOf(paper.id)).file)
    expect(text).toContain('Liste de préparation')
    for (const { number } of orders) expect(text).toContain(`#${number}`)
  })
})

describe('under way', () => {
  it('is not begun for orders or parcels that nobody here knows', async () => {
    for (const [body, code] of [
      [{ kind: 'slip', orderIds: [nobody] }, 'order.not_found'],
      [{ kind: 'label', parcelIds: [nobody] }, 'parcel.not_found'],
    ] as const)
      expect((await owner.post('/papers', body)).body.code).toBe(code)
  })

  it('refuses a wrong asking at once', async () => {
    for (const body of [
      { kind: 'label' },
      { kind: 'label', orderIds: [nobody], parcelIds: [nobody] },
      { kind: 'picking', size: '100x150', orderIds: [nobody] },
    ])
      expect((await owner.post('/papers', body)).status).toBe(400)
  })

  it('is stopped by whoever asked, and leaves no file', async () => {
    const { orders } = await shipped(1)
    const { id } = await ask({ kind: 'label', orderIds: [orders[0]?.id] })
    expect((await owner.post(`/papers/${id}/cancel`)).body.status).toBe('cancelled')
    await settle()
    expect((await owner.get(`/papers/${id}`)).body).toMatchObject({ status: 'cancelled', bytes: null })
    expect((await fileOf(id)).status).toBe(409)
    expect((await owner.post(`/papers/${id}/cancel`)).body.code).toBe('paper.settled')
  })

  it('lets one person have three under way, and no more', async () => {
    const order = await confirmedOrder(delivery)
    const manager = api.as('manager')
    const body = { kind: 'slip', orderIds: [order.id] }
    for (let asked = 0; asked < 3; asked += 1) expect((await manager.post('/papers', body)).status).toBe(202)
    expect((await manager.post('/papers', body)).body.code).toBe('paper.too_many_open')
    expect((await owner.post('/papers', body)).status).toBe(202)
    await settle()
    expect((await manager.post('/papers', body)).status).toBe(202)
    await settle()
  })

  it('belongs to whoever asked for it', async () => {
    const order = await confirmedOrder(delivery)
    const paper = await printed({ kind: 'slip', orderIds: [order.id] })
    expect((await api.as('manager').get(`/papers/${paper.id}`)).status).toBe(404)
  })

  it('is gone after its day', async () => {
    const order = await confirmedOrder(delivery)
    const paper = await printed({ kind: 'slip', orderIds: [order.id] })
    expect((await fileOf(paper.id)).status).toBe(200)
    api.clock.advance(25 * 3_600_000)
    expect((await fileOf(paper.id)).status).toBe(409)
  })
})
