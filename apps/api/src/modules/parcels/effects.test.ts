import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  confirmedOrder,
  connectSendit,
  parcelsAtCarrier,
  startDelivery,
} from '../../../../../tests/support/delivery.ts'

const delivery = await startDelivery()
const { api, owner, settle, control } = delivery
let accountId = ''
let stageId = ''

/** Puts the effect on a stage, as the editor does. */
const triggerOn = async (id: string) => {
  const { version } = (await owner.get('/pipeline')).body
  const effects = [{ kind: 'create_parcel', carrierAccountId: accountId }]
  expect((await owner.patch(`/pipeline/stages/${id}`, { version, effects })).status).toBe(200)
}

beforeAll(async () => {
  accountId = await connectSendit(delivery)
  const { body } = await owner.get('/pipeline')
  stageId = body.stages.find(({ state, active }: any) => active && state === null).id
  await triggerOn(stageId)
})
beforeEach(() => control('DELETE', '/faults'))
afterAll(() => delivery.close())

const orderOf = async (id: string) => (await owner.get(`/orders/${id}`)).body
const enter = async ({ id, version }: { id: string; version: number }) =>
  (await owner.post(`/orders/${id}/move`, { stageId, version })).body
const undo = async (order: any) =>
  owner.post(`/orders/${order.id}/undo`, { eventId: order.undoEventId, version: order.version })
const countFor = async (number: number) =>
  (await parcelsAtCarrier(delivery)).filter(({ reference }) => reference.startsWith(`${number}-`)).length

it('creates a parcel when an order enters the stage, once', async () => {
  const order = await confirmedOrder(delivery)
  await enter(order)
  await settle()
  expect((await orderOf(order.id)).parcel).toMatchObject({ status: 'created', carrierAccountId: accountId })
  expect(await countFor(order.number)).toBe(1)
})

it('law 10: an undo calls the parcel off at the carrier and puts the order back where it was', async () => {
  const order = await confirmedOrder(delivery)
  const moved = await enter(order)
  await settle()
  expect(await countFor(order.number)).toBe(1)
  expect((await undo({ ...moved, version: (await orderOf(order.id)).version })).status).toBe(200)
  await settle()
  expect(await countFor(order.number)).toBe(0)
  expect(await orderOf(order.id)).toMatchObject({
    state: 'confirmed',
    stageId: order.stageId,
    parcel: { status: 'cancelled' },
  })
})

it('calls off a parcel whose creation is still in doubt, as soon as the doubt is gone', async () => {
  const order = await confirmedOrder(delivery)
  await control('POST', '/faults', { provider: 'sendit', kind: 'timeout_after_success', times: 1, only: 'POST /' })
  const moved = await enter(order)
  await api.runJobs()
  await api.runJobs()
  expect((await undo({ ...moved, version: (await orderOf(order.id)).version })).status).toBe(200)
  await settle()
  expect(await countFor(order.number)).toBe(0)
})

it('flags an order that cannot be shipped, and leaves it in its stage', async () => {
  const order = await confirmedOrder(delivery, { priceCentimes: 24_950 })
  await enter(order)
  await settle()
  expect(await orderOf(order.id)).toMatchObject({ stageId, flag: 'effect_failed', parcel: null })
})
