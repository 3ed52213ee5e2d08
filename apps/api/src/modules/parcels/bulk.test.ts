import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  confirmedOrders,
  connectSendit,
  parcelsAtCarrier,
  ship,
  startDelivery,
} from '../../../../../tests/support/delivery.ts'

const delivery = await startDelivery()
const { api, owner, settle, control } = delivery
let accountId = ''
beforeAll(async () => {
  accountId = await connectSendit(delivery)
})
afterAll(() => delivery.close())

it('takes 500 orders at once, holds them through an outage, and books each exactly once', {
  timeout: 240_000,
}, async () => {
  const orders = []
  for (let batch = 0; batch < 50; batch += 1) orders.push(...(await confirmedOrders(delivery, 10)))
  const ids = orders.map(({ id }) => id)
  await control('POST', '/faults', { provider: 'sendit', kind: 'outage' })
  const key = { 'idempotency-key': crypto.randomUUID() }
  const asked = await owner.post('/parcels', { orderIds: ids, carrierAccountId: accountId }, key)
  expect(asked.status).toBe(202)
  expect(asked.body.items.map(({ orderId }: any) => orderId)).toEqual(ids)
  expect(asked.body.items.every(({ refusal }: any) => refusal === null)).toBe(true)
  const again = await owner.post('/parcels', { orderIds: ids, carrierAccountId: accountId }, key)
  expect([again.headers['idempotency-replayed'], again.body]).toEqual(['true', asked.body])
  await api.runJobs()
  expect(await parcelsAtCarrier(delivery)).toHaveLength(0)
  expect((await owner.get('/dead-letters')).body.items).toEqual([])
  await control('DELETE', '/faults')
  await settle(40)
  const references = (await parcelsAtCarrier(delivery)).map(({ reference }) => reference)
  expect(new Set(references).size).toBe(500)
  expect(references).toHaveLength(500)
  const open = await owner.get('/parcels?booking=intended')
  expect(open.body.items).toEqual([])
})

it('refuses more than 500 at once', async () => {
  const orderIds = Array.from({ length: 501 }, () => crypto.randomUUID())
  const { status, body } = await ship(owner, orderIds, accountId)
  expect([status, body.fields[0]]).toEqual([400, { path: 'orderIds', code: 'too_many' }])
})
