import { expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'

const api = await startApi()
const owner = api.as('owner')

const body = (over: object = {}) => ({
  customer: { name: 'Fatima Zahra El Idrissi', phone: '06 12 34 56 78' },
  shippingAddress: { line: '12 rue des Roses, Maârif', city: 'Casa' },
  lines: [{ name: 'Huile d’argan', quantity: 2, unitPriceCentimes: 12_450 }],
  shippingFeeCentimes: 3_500,
  ...over,
})

it('creates an order by hand with server totals, a number and the first stage', async () => {
  const { status, body: order } = await owner.post('/orders', body())
  expect(order).toMatchObject({ number: 10_001, state: 'new' })
  expect(status).toBe(201)
})

it('lists, counts and heads', async () => {
  const page = await owner.get('/orders')
  expect(page.body).toMatchObject({ items: [{ number: 10_001 }] })
  expect((await owner.get('/orders/count')).body).toEqual({ count: 1, capped: false })
  const board = await owner.get('/board')
  expect(board.body.columns[0]).toMatchObject({ count: 1, sumCentimes: 28_400 })
})

it('moves', async () => {
  const pipeline = (await owner.get('/pipeline')).body
  const confirmed = pipeline.stages.find((s: { state: string }) => s.state === 'confirmed').id
  const [order] = (await owner.get('/orders')).body.items
  const moved = await owner.post(`/orders/${order.id}/move`, { stageId: confirmed, version: order.version })
  expect(moved.body).toMatchObject({ state: 'confirmed', version: 2 })
  expect((await owner.get(`/orders/${order.id}`)).body).toEqual(moved.body)
})
