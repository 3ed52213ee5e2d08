import type { ShopOrder } from '@sendocki/api/adapters/stores/port'
import { systemActor } from '@sendocki/api/context'
import { type Received, receiveShopOrder } from '@sendocki/api/modules/orders/index'
import type { OrderState } from '@sendocki/domain/orders/states'
import type { Client, TestApi } from './app.ts'

let given = 0
/** A good Moroccan mobile that no other order of the test has. */
export const freshPhone = (): string => `06${String(10_000_000 + (given += 1))}`

/** An order by hand that lacks nothing and resembles no other. */
export const orderBody = (over: object = {}): Record<string, unknown> => ({
  customer: { name: 'Fatima Zahra El Idrissi', phone: freshPhone() },
  shippingAddress: { line: `${(given += 1)} rue des Roses`, city: 'Casablanca' },
  lines: [{ name: 'Huile d’argan', sku: 'ARG-50', quantity: 2, unitPriceCentimes: 12_450 }],
  shippingFeeCentimes: 3_500,
  ...over,
})

/** An order by hand, made by whoever may. */
export const givenOrder = async (client: Client, over: object = {}) => {
  const { status, body, text } = await client.post('/orders', orderBody(over))
  if (status !== 201) throw new Error(text)
  return body
}

/** The stage that stands for a state in the merchant's pipeline. */
export const stageFor = async (client: Client, state: OrderState | null): Promise<string> => {
  const { body } = await client.get('/pipeline')
  return body.stages.find((stage: { state: OrderState | null }) => stage.state === state).id
}

export const reasonFor = async (client: Client, key: string): Promise<string> => {
  const { body } = await client.get('/pipeline')
  return body.reasons.find((reason: { key: string }) => reason.key === key).id
}

/** Moves an order in the version it has now, and gives the answer. */
export const moveTo = async (client: Client, id: string, state: OrderState | null, over: object = {}) => {
  const { body } = await client.get(`/orders/${id}`)
  return client.post(`/orders/${id}/move`, { stageId: await stageFor(client, state), version: body.version, ...over })
}

/** An order as a shop tells it, in our words. */
export const shopOrder = (externalId: string, over: Partial<ShopOrder> = {}): ShopOrder => ({
  externalId,
  reference: `#${externalId}`,
  placedAt: '2026-11-20T09:00:00.000Z',
  updatedAt: '2026-11-20T09:00:00.000Z',
  cancelledAt: null,
  test: false,
  currency: 'MAD',
  totalCentimes: 24_900,
  shippingFeeCentimes: 3_000,
  discountCentimes: 0,
  outstandingCentimes: null,
  paymentMethod: 'Cash on Delivery (COD)',
  cashOnDelivery: true,
  paymentStatus: 'pending',
  customer: { name: 'Salma Bennani', email: 'salma@example.com', phones: ['0661223344'] },
  address: { line: `Lot ${externalId}, avenue Hassan II`, city: 'Rabat', district: null, country: 'MA' },
  lines: [{ externalId: '1', sku: 'ARG-50', name: 'Huile d’argan', quantity: 1, unitPriceCentimes: 21_900 }],
  note: null,
  source: null,
  utm: {},
  tags: [],
  ...over,
})

/** Brings in an order of a shop as the job that reads deliveries does. */
export const receive = (
  api: TestApi,
  storeId: string,
  order: ShopOrder,
  trust: 'signed' | 'unsigned' = 'signed',
): Promise<Received> => {
  const ctx = api.ctx().inMerchant(api.merchant.merchantId, systemActor('shop', storeId, 'Boutique'))
  return ctx.transaction((tx) => receiveShopOrder(ctx, tx, { storeId, storeName: 'Boutique', order, trust }))
}
