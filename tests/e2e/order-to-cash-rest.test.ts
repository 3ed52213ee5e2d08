import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Shopkeeper, signUp } from '../support/shopkeeper.ts'
import { eventually, type Stack, startStack } from '../support/stack.ts'
import { connectSendit, connectShopify, type Outside, outsideOf } from '../support/trade.ts'

let stack: Stack
let keeper: Shopkeeper
let outside: Outside

beforeAll(async () => {
  stack = await startStack()
  outside = outsideOf(stack.sandboxUrl)
  keeper = await signUp(stack.url, stack.sandboxUrl)
})
afterAll(() => stack.stop())

const stageOf = async (state: string): Promise<string> => {
  const { body } = await keeper.get('/pipeline')
  return body.stages.find((stage: { state: string | null; active: boolean }) => stage.active && stage.state === state)
    .id
}

it('takes an order from the shop to the cash and back by REST alone', { timeout: 120_000 }, async () => {
  // A shop is connected by its consent page, and an order placed there arrives.
  const shop = `dar-argan-${crypto.randomUUID().slice(0, 6)}`
  await connectShopify(keeper, `${shop}.myshopify.com`)
  await eventually(
    outside.state,
    ({ shops }) => shops.some((one: any) => one.shop === `${shop}.myshopify.com` && one.subscriptions.length > 0),
    'the subscriptions',
  )
  await outside.control('shops/shopify/orders', {
    shop,
    order: {
      shipping_address: {
        name: 'Salma Alami',
        address1: '12 rue des Orangers, Maârif',
        city: 'casa',
        phone: '06 61 23 45 67',
        country_code: 'MA',
      },
      line_items: [
        {
          id: 1,
          title: 'Lampe solaire',
          variant_title: 'Noir',
          sku: 'LAMP-N',
          quantity: 1,
          current_quantity: 1,
          price: '219.00',
        },
      ],
      shipping_lines: [{ title: 'Livraison', price: '30.00' }],
      total_price: '249.00',
      current_total_price: '249.00',
      total_outstanding: '249.00',
      payment_gateway_names: ['Cash on Delivery (COD)'],
    },
  })
  const [arrived] = (
    await eventually(
      async () => (await keeper.get('/orders')).body,
      ({ items }) => items.length === 1,
      'the order',
    )
  ).items
  expect(arrived).toMatchObject({
    state: 'new',
    toComplete: [],
    customer: { phone: '+212661234567', phoneVerdict: 'good' },
  })
  expect(arrived.shippingAddress.city.id).toBe('casablanca')

  // It is confirmed, and shipped.
  const confirmed = await keeper.post(`/orders/${arrived.id}/move`, {
    stageId: await stageOf('confirmed'),
    version: arrived.version,
  })
  expect(confirmed.status).toBe(200)
  expect(confirmed.body.state).toBe('confirmed')
  const account = await connectSendit(keeper, outside)
  const shipped = await keeper.post('/parcels', { orderIds: [arrived.id], carrierAccountId: account.id })
  expect(shipped.status).toBe(202)
  expect(shipped.body.items[0].refusal).toBeNull()
  const parcel = await eventually(
    async () => (await keeper.get(`/parcels/${shipped.body.items[0].parcelId}`)).body,
    ({ trackingNumber }) => Boolean(trackingNumber),
    'the tracking number',
  )
  expect(parcel.codAmountCentimes).toBe(arrived.codAmountCentimes)

  // The carrier picks it up and delivers it; each word moves the order by rule.
  const tell = (status: string) => outside.control(`parcels/${parcel.trackingNumber}`, { status })
  const orderIn = (state: string) =>
    eventually(
      async () => (await keeper.get(`/orders/${arrived.id}`)).body,
      (order) => order.state === state,
      state,
    )
  await tell('PICKEDUP')
  await orderIn('shipped')
  await tell('DELIVERED')
  const delivered = await orderIn('delivered')
  expect(delivered.cash.status).toBe('due')

  // Its cash is due, marked collected, and that is undone.
  const due = (
    await eventually(
      async () => (await keeper.get('/collections?status=due')).body,
      ({ items }) => items.length === 1,
      'the collection',
    )
  ).items[0]
  expect(due).toMatchObject({ orderId: arrived.id, codAmountCentimes: arrived.codAmountCentimes, status: 'due' })
  const marked = await keeper.post('/collections/mark', {
    parcelIds: [parcel.id],
    status: 'collected',
    mode: 'transfer',
    reference: 'VIR 2026-11',
  })
  expect(marked.status).toBe(200)
  expect((await keeper.get(`/orders/${arrived.id}`)).body.cash.status).toBe('collected')
  expect((await keeper.get('/collections?status=due')).body.items).toEqual([])
  const undone = await keeper.post(`/collections/operations/${marked.body.operationId}/undo`, {})
  expect(undone.status).toBe(200)
  expect((await keeper.get(`/orders/${arrived.id}`)).body.cash.status).toBe('due')

  // The books balance, and the history tells who did what.
  const { body: balances } = await keeper.get('/ledger/balances')
  expect(
    balances.items.reduce((sum: number, { balanceCentimes }: { balanceCentimes: number }) => sum + balanceCentimes, 0),
  ).toBe(0)
  const { body: history } = await keeper.get(`/orders/${arrived.id}/events`)
  const actors = history.items.map(({ actor }: any) => actor.kind)
  expect(actors).toEqual(expect.arrayContaining(['shop', 'member', 'carrier']))
})
