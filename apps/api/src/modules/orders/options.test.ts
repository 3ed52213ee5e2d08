import { describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import { givenOrder, receive, shopOrder } from '../../../../../tests/support/orders.ts'

const api = await startApi()
const owner = api.as('owner')
const agent = api.as('confirmation_agent')

const read = async (id: string) => (await owner.get(`/orders/${id}`)).body
const history = async (id: string) => (await owner.get(`/orders/${id}/events`)).body.items
const givenStore = async (delivery: object) => {
  const { body } = await owner.post('/stores', { platform: 'generic', name: `Page ${crypto.randomUUID()}` })
  const settings = { ...body.settings, delivery }
  const edited = await owner.patch(`/stores/${body.id}`, { settings, version: body.version })
  expect(edited.status).toBe(200)
  return edited.body
}
const quiet = { allowOpen: null, allowTry: null, fragile: null, deliverTo: 'home' }

describe('the defaults of a store', () => {
  it('fill what an order that arrives does not say', async () => {
    const store = await givenStore({ allowOpen: true, fragile: true, deliverTo: 'agency' })
    const { orderId } = await receive(api, store.id, shopOrder('options-1'))
    expect(await read(orderId)).toMatchObject({ allowOpen: true, allowTry: null, fragile: true, deliverTo: 'agency' })
  })

  it('give way to what was asked for the order', async () => {
    const store = await givenStore({ allowOpen: true, deliverTo: 'agency' })
    const order = await givenOrder(owner, { storeId: store.id, allowOpen: false, deliverTo: 'home' })
    expect(order).toMatchObject({ ...quiet, allowOpen: false })
  })

  it('touch no order that is here already, and no order of another store', async () => {
    const store = await givenStore({})
    const { orderId } = await receive(api, store.id, shopOrder('options-2'))
    const settings = { codPatterns: store.settings.codPatterns, delivery: { allowTry: true } }
    await owner.patch(`/stores/${store.id}`, { settings, version: store.version })
    expect(await read(orderId)).toMatchObject(quiet)
    expect(await givenOrder(owner)).toMatchObject(quiet)
  })

  it('stay when somebody changes other settings of the store', async () => {
    const store = await givenStore({ fragile: true })
    const edit = { settings: { codPatterns: ['à la livraison'] }, version: store.version }
    const { body } = await owner.patch(`/stores/${store.id}`, edit)
    expect(body.settings).toEqual({ codPatterns: ['à la livraison'], delivery: { fragile: true } })
  })
})

describe('the options of an order', () => {
  it('are changed in the version that was seen, and told in the history as one thing', async () => {
    const order = await givenOrder(owner)
    const change = { allowOpen: true, shipNotBefore: '2027-01-15' }
    const { body } = await agent.patch(`/orders/${order.id}`, { version: order.version, ...change, note: 'Le matin' })
    expect(body).toMatchObject({ ...change, version: order.version + 1 })
    expect((await owner.patch(`/orders/${order.id}`, { version: order.version, fragile: true })).body.code).toBe(
      'order.changed_meanwhile',
    )
    const events = await history(order.id)
    const told = events.find(({ type }: { type: string }) => type === 'order.options_changed')
    expect(told).toMatchObject({
      undoable: true,
      before: { allowOpen: null, shipNotBefore: null },
      after: change,
      data: { changed: ['allowOpen', 'shipNotBefore'] },
    })
    const edited = events.find(({ type }: { type: string }) => type === 'order.edited')
    expect(edited.data.changed).toEqual(['note'])
  })

  it('are taken back, newest first, by whoever may edit', async () => {
    const order = await givenOrder(owner)
    const first = (await owner.patch(`/orders/${order.id}`, { version: order.version, fragile: true })).body
    const second = (await owner.patch(`/orders/${order.id}`, { version: first.version, deliverTo: 'agency' })).body
    const undo = (eventId: string, version: number) => agent.post(`/orders/${order.id}/undo`, { eventId, version })
    expect((await undo(first.undoEventId, second.version)).body.code).toBe('order.undo_superseded')
    const once = (await undo(second.undoEventId, second.version)).body
    expect(once).toMatchObject({ fragile: true, deliverTo: 'home', undoEventId: first.undoEventId })
    const twice = (await undo(once.undoEventId, once.version)).body
    expect(twice).toMatchObject({ ...quiet, undoEventId: null })
    expect(twice.stageId).toBe(order.stageId)
    expect((await history(order.id))[0]).toMatchObject({ type: 'order.undone', undoable: false })
    const viewer = await api.as('viewer').post(`/orders/${order.id}/undo`, {
      eventId: first.undoEventId,
      version: twice.version,
    })
    expect(viewer.status).toBe(403)
  })

  it('are not taken back after a day', async () => {
    const order = await givenOrder(owner)
    const { body } = await owner.patch(`/orders/${order.id}`, { version: order.version, fragile: true })
    api.clock.advance(25 * 3_600_000)
    const late = await owner.post(`/orders/${order.id}/undo`, { eventId: body.undoEventId, version: body.version })
    expect(late.body.code).toBe('order.undo_expired')
  })

  it('name another order to be swapped, one’s own merchant’s and not itself', async () => {
    const [order, other] = [await givenOrder(owner), await givenOrder(owner)]
    const rival = await givenOrder(api.asRival('owner'))
    const swap = (exchangeOfOrderId: string | null) =>
      owner.patch(`/orders/${order.id}`, { version: order.version, exchangeOfOrderId })
    expect((await swap(order.id)).status).toBe(400)
    expect((await swap(rival.id)).status).toBe(404)
    const { body } = await swap(other.id)
    expect(body.exchangeOfOrderId).toBe(other.id)
  })

  it('write nothing when nothing changes', async () => {
    const order = await givenOrder(owner, { fragile: true })
    const { body } = await owner.patch(`/orders/${order.id}`, { version: order.version, fragile: true })
    expect(body.version).toBe(order.version)
    expect((await history(order.id)).map(({ type }: { type: string }) => type)).toEqual(['order.created'])
  })
})
