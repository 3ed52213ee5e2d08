import { afterAll, beforeAll, expect, it } from 'vitest'
import { confirmedOrder, connectSendit, ship, startDelivery } from '../../../../../tests/support/delivery.ts'

const delivery = await startDelivery()
const { owner, settle, control } = delivery
let sendit = ''
let manual = ''
beforeAll(async () => {
  sendit = await connectSendit(delivery)
  manual = (await owner.post('/carrier-accounts', { carrier: 'manual', name: 'Atlas Colis' })).body.id
})
afterAll(() => delivery.close())

const orderWith = async (options: object) => {
  const { id, version } = await confirmedOrder(delivery)
  const answer = await owner.patch(`/orders/${id}`, { version, ...options })
  if (answer.status !== 200) throw new Error(answer.text)
  return answer.body
}
const dryRun = async (orderIds: readonly string[], carrierAccountId: string) => {
  const key = { 'idempotency-key': crypto.randomUUID() }
  const answer = await owner.post('/parcels', { orderIds, carrierAccountId, dryRun: true }, key)
  expect(answer.status).toBe(202)
  return answer.body.items
}
/** The parcel of an order as Sendit has it. */
const atSendit = async (orderId: string) => {
  const { parcel } = (await owner.get(`/orders/${orderId}`)).body
  const told = await control<{ parcel: Record<string, unknown> }>('POST', `/parcels/${parcel.trackingNumber}`, {
    status: 'WAREHOUSE',
    silent: true,
  })
  return told.parcel
}

it('tells Sendit what its contract knows, and writes the rest in the remark', async () => {
  const old = await confirmedOrder(delivery)
  await ship(owner, [old.id], sendit)
  await settle()
  const order = await orderWith({ allowOpen: true, allowTry: false, fragile: true, exchangeOfOrderId: old.id })
  await ship(owner, [order.id], sendit)
  await settle()
  const there = await atSendit(order.id)
  const { trackingNumber } = (await owner.get(`/orders/${old.id}`)).body.parcel
  expect(there).toMatchObject({
    allow_open: 1,
    allow_try: 0,
    option_exchange: 1,
    delivery_exchange_id: trackingNumber,
    comment: 'FRAGILE',
  })
})

it('says before shipping what the carrier lacks, and makes nothing', async () => {
  const swap = await confirmedOrder(delivery)
  const asked = await orderWith({ allowOpen: true, fragile: true, exchangeOfOrderId: swap.id })
  const quiet = await confirmedOrder(delivery)
  const missing = '019a0000-0000-7000-8000-00000000dead'
  const items = await dryRun([asked.id, quiet.id, missing], sendit)
  expect(items).toEqual([
    // Sendit has no word for fragile, and swaps only parcels that it brought.
    { orderId: asked.id, parcelId: null, status: null, refusal: null, lackingOptions: ['fragile', 'exchange'] },
    { orderId: quiet.id, parcelId: null, status: null, refusal: null, lackingOptions: [] },
    { orderId: missing, parcelId: null, status: null, refusal: { code: 'order.not_found' }, lackingOptions: [] },
  ])
  expect((await owner.get(`/parcels?orderId=${asked.id}`)).body.items).toEqual([])
  expect((await owner.get(`/orders/${asked.id}`)).body.parcel).toBeNull()
  expect(await dryRun([asked.id], manual)).toMatchObject([{ lackingOptions: [], refusal: null }])
})

it('says the same of a real shipment', async () => {
  const order = await orderWith({ fragile: true })
  const { body } = await ship(owner, [order.id], sendit)
  expect(body.items).toMatchObject([{ refusal: null, lackingOptions: ['fragile'] }])
  await settle()
})

it('refuses what cannot be told in a remark: a parcel for an agency', async () => {
  const order = await orderWith({ deliverTo: 'agency' })
  const [answer] = await dryRun([order.id], sendit)
  expect(answer).toMatchObject({
    refusal: { code: 'carrier.capability_missing', params: { capability: 'agencyDelivery' } },
    lackingOptions: ['agencyDelivery'],
  })
})

it('changes no option of which a carrier was told, and takes none back', async () => {
  const order = await orderWith({ fragile: true })
  await ship(owner, [order.id], manual)
  const { version, undoEventId } = (await owner.get(`/orders/${order.id}`)).body
  const edit = await owner.patch(`/orders/${order.id}`, { version, allowOpen: true })
  expect(edit.body.code).toBe('order.locked_by_parcel')
  const undo = await owner.post(`/orders/${order.id}/undo`, { eventId: undoEventId, version })
  expect(undo.body.code).toBe('order.locked_by_parcel')
})

it('offers the options as columns of the file for a portal', async () => {
  const old = await confirmedOrder(delivery)
  const shipped = await ship(owner, [old.id], manual)
  await owner.patch(`/parcels/${shipped.body.items[0].parcelId}`, { trackingNumber: 'AC-900', version: 1 })
  const order = await orderWith({
    allowOpen: false,
    exchangeOfOrderId: old.id,
    deliverTo: 'agency',
    shipNotBefore: '2020-01-15',
  })
  const { body } = await ship(owner, [order.id], manual)
  const fields = ['allowOpen', 'allowTry', 'exchange', 'exchangeOf', 'agency', 'shipNotBefore']
  const layout = (await owner.get(`/carrier-accounts/${manual}/sheet-layout`)).body
  const columns = fields.map((field) => ({ field, header: field }))
  const chosen = await owner.put(`/carrier-accounts/${manual}/sheet-layout`, { ...layout, columns })
  expect(chosen.status).toBe(200)
  const sheet = { parcelIds: [body.items[0].parcelId], format: 'csv' }
  const { text } = await owner.post(`/carrier-accounts/${manual}/sheet`, sheet)
  expect(text.split(/\r?\n/)[1]).toBe('Non;;Oui;AC-900;Oui;2020-01-15')
})
