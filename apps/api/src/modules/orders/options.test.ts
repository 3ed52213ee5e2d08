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

describe('the defaults of a product', () => {
  const givenProduct = async (sku: string, delivery: object) =>
    (await owner.post('/products', { name: `Produit ${sku}`, sku, priceCentimes: 100, delivery })).body
  const lineOf = (sku: string) => ({ sku, name: sku, quantity: 1, unitPriceCentimes: 100 })

  it('go before those of its store and give way to the order; of two products the careful one wins', async () => {
    const store = await givenStore({ allowOpen: true, allowTry: true })
    await givenProduct('OPT-GLASS', { fragile: true, allowOpen: false })
    await givenProduct('OPT-ROBE', { allowOpen: true, deliverTo: 'agency' })
    const lines = [lineOf('opt-robe'), lineOf('opt-glass')]
    expect(await givenOrder(owner, { storeId: store.id, lines })).toMatchObject({
      allowOpen: false,
      allowTry: true,
      fragile: true,
      deliverTo: 'agency',
    })
    expect(await givenOrder(owner, { storeId: store.id, lines, allowOpen: true, deliverTo: 'home' })).toMatchObject({
      allowOpen: true,
      fragile: true,
      deliverTo: 'home',
    })
    const [line] = shopOrder('options-product').lines
    if (!line) throw new Error('An order of a shop without a line.')
    const arrived = shopOrder('options-product', { lines: [{ ...line, sku: 'OPT-GLASS' }] })
    const { orderId } = await receive(api, store.id, arrived)
    expect(await read(orderId)).toMatchObject({ allowOpen: false, allowTry: true, fragile: true, deliverTo: 'home' })
  })

  it('reach a line through the variant that a person chose, and through what a person said of the shop’s thing', async () => {
    const store = await givenStore({})
    const product = await givenProduct('OPT-HAND', { allowTry: true })
    const variantId = product.variants[0].id
    const chosen = await givenOrder(owner, { lines: [{ variantId, quantity: 1, unitPriceCentimes: 100 }] })
    expect(chosen).toMatchObject({ allowTry: true })
    await receive(api, store.id, shopOrder('options-thing-1'))
    const { body } = await owner.get(`/shop-products?storeId=${store.id}`)
    for (const { id } of body.items) await owner.post(`/shop-products/${id}/link`, { variantId })
    const { orderId } = await receive(api, store.id, shopOrder('options-thing-2'))
    expect(await read(orderId)).toMatchObject({ allowTry: true })
  })

  it('are replaced as a whole, and an edit that says nothing of them leaves them', async () => {
    const product = await givenProduct('OPT-EDIT', { fragile: true })
    const named = (await owner.patch(`/products/${product.id}`, { version: product.version, name: 'Autre' })).body
    expect(named.delivery).toEqual({ fragile: true })
    const edit = { version: named.version, delivery: { allowOpen: true } }
    expect((await owner.patch(`/products/${product.id}`, edit)).body.delivery).toEqual({ allowOpen: true })
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

  it('say whose word each of them is, through changes and what was taken back', async () => {
    const store = await givenStore({ allowOpen: true, allowTry: true })
    const sku = 'OPT-ORIGIN'
    await owner.post('/products', {
      name: 'Vase',
      sku,
      priceCentimes: 100,
      delivery: { fragile: true, allowTry: false },
    })
    const line = { sku, name: 'Vase', quantity: 1, unitPriceCentimes: 100 }
    const order = await givenOrder(owner, { storeId: store.id, lines: [line], deliverTo: 'agency' })
    const origins = async () =>
      Object.fromEntries(
        (await api.as('viewer').get(`/orders/${order.id}/options`)).body.items.map(({ name, source, by }: any) => [
          name,
          by === null ? source : `${source} ${by}`,
        ]),
      )
    const arrived = { allowOpen: 'store', allowTry: 'product', fragile: 'product', deliverTo: 'person Test owner' }
    expect(await origins()).toEqual(arrived)
    const change = { version: order.version, allowOpen: false, shipNotBefore: '2027-01-15' }
    const { body } = await agent.patch(`/orders/${order.id}`, change)
    const person = 'person Test confirmation_agent'
    expect(await origins()).toEqual({ ...arrived, allowOpen: person, shipNotBefore: person })
    await agent.post(`/orders/${order.id}/undo`, { eventId: body.undoEventId, version: body.version })
    expect(await origins()).toEqual(arrived)
  })

  it('write nothing when nothing changes', async () => {
    const order = await givenOrder(owner, { fragile: true })
    const { body } = await owner.patch(`/orders/${order.id}`, { version: order.version, fragile: true })
    expect(body.version).toBe(order.version)
    expect((await history(order.id)).map(({ type }: { type: string }) => type)).toEqual(['order.created'])
  })
})
