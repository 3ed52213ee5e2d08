import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import {
  freshPhone,
  givenOrder,
  moveTo,
  reasonFor,
  receive,
  shopOrder,
  stageFor,
} from '../../../../../tests/support/orders.ts'

const api = await startApi()
const owner = api.as('owner')
const key = () => ({ 'idempotency-key': crypto.randomUUID() })

type Order = Awaited<ReturnType<typeof givenOrder>>
const read = async (id: string): Promise<Order> => (await owner.get(`/orders/${id}`)).body
const readAll = (orders: readonly Pick<Order, 'id'>[]) => Promise.all(orders.map(({ id }) => read(id)))
const eventsOf = async (id: string) => (await owner.get(`/orders/${id}/events`)).body.items
/** Everything of an order but how often and when it was written. */
const facts = ({ version: _v, updatedAt: _u, ...order }: Order) => order

/** Orders of one buyer with these delivery fees; what they order brings in 200 DH each. */
const givenTwins = async (fees: readonly number[]) => {
  const customer = { name: 'Meryem Chraibi', phone: freshPhone() }
  const lines = [{ name: 'Savon noir', quantity: 2, unitPriceCentimes: 10_000 }]
  const made = []
  for (const shippingFeeCentimes of fees) made.push(await givenOrder(owner, { customer, lines, shippingFeeCentimes }))
  return readAll(made)
}
const decide = (orders: readonly Order[]) => {
  const [first, ...others] = orders
  return owner.post(`/orders/${first.id}/duplicates/decide`, {
    outcome: 'ship_together',
    version: first.version,
    others: others.map(({ id, version }) => ({ orderId: id, version })),
  })
}
const together = async (...fees: number[]) => {
  const decided = await decide(await givenTwins(fees))
  if (decided.status !== 200) throw new Error(decided.text)
  return readAll(decided.body.orders)
}
let changedMind = ''
beforeAll(async () => {
  changedMind = await reasonFor(owner, 'changed_mind')
})
const cancel = async ({ id }: Pick<Order, 'id'>) => {
  const answer = await moveTo(owner, id, 'cancelled', { reasonId: changedMind })
  if (answer.status !== 200) throw new Error(answer.text)
  return answer.body as Order
}
const undo = (order: Order) =>
  owner.post(`/orders/${order.id}/undo`, { eventId: order.undoEventId, version: order.version })

/** With whom each travels, by its place among these, and what it asks for its delivery. */
const travels = async (orders: readonly Order[]) => {
  const now = await readAll(orders)
  return now.map(({ shipWithOrderId, shippingFeeCentimes, codAmountCentimes }) => {
    expect(codAmountCentimes).toBe(20_000 + shippingFeeCentimes)
    const lead = now.findIndex(({ id }) => id === shipWithOrderId)
    return [lead < 0 ? null : lead, shippingFeeCentimes]
  })
}

describe('an order that leaves those it was to travel with', () => {
  it('gives the fee to those that are left, which is told to each and taken back whole', async () => {
    const before = await together(3_500, 5_000, 2_000)
    const [lead, second, third] = before
    expect(await travels(before)).toEqual([
      [0, 3_500],
      [0, 1_500],
      [0, 0],
    ])
    const cancelled = await cancel(lead)
    expect(cancelled).toMatchObject({ shipWithOrderId: null, shippingFeeCentimes: 3_500, state: 'cancelled' })
    expect(await travels(before)).toEqual([
      [null, 3_500],
      [1, 5_000],
      [1, 0],
    ])
    const [moved] = await eventsOf(lead.id)
    expect(moved).toMatchObject({ type: 'order.moved', undoable: true })
    expect(moved.data.together.map(({ number, goes }: any) => [number, goes])).toEqual(
      expect.arrayContaining([
        [lead.number, false],
        [second.number, true],
        [third.number, true],
      ]),
    )
    const [told] = await eventsOf(second.id)
    expect(told).toMatchObject({
      type: 'order.companion_left',
      before: { shippingFeeCentimes: 1_500 },
      after: { shippingFeeCentimes: 5_000 },
      data: { numbers: [lead.number], leadNumber: second.number, waivedCentimes: 0 },
    })
    // What they did before was done under another fee.
    expect((await undo(await read(third.id))).body.code).toBe('request.invalid')
    expect((await undo(cancelled)).status).toBe(200)
    expect((await readAll(before)).map(facts)).toEqual(before.map(facts))
    expect((await eventsOf(second.id))[0]).toMatchObject({ type: 'order.companion_back' })
    expect((await undo(await read(third.id))).status).toBe(200)
    expect(await travels(before)).toEqual([
      [null, 3_500],
      [null, 5_000],
      [null, 2_000],
    ])
  })

  it('sets the last one free, and is a question about duplicates again once somebody brings it back', async () => {
    const [lead, other] = await together(3_500, 3_500)
    await cancel(lead)
    expect(await travels([lead, other])).toEqual([
      [null, 3_500],
      [null, 3_500],
    ])
    await moveTo(owner, lead.id, 'new')
    expect((await readAll([lead, other])).map(({ duplicateCount }) => duplicateCount)).toEqual([1, 1])
    expect((await decide(await readAll([lead, other]))).status).toBe(200)
  })

  it('does not come back to those that have gone on since', async () => {
    const [lead, second, third] = await together(3_500, 5_000, 2_000)
    const cancelled = await cancel(lead)
    await cancel(third)
    const refused = await undo(cancelled)
    expect([refused.status, refused.body.code, refused.body.params.number]).toEqual([
      409,
      'order.together_changed',
      expect.any(Number),
    ])
    expect(await travels([lead, second, third])).toEqual([
      [null, 3_500],
      [null, 5_000],
      [null, 2_000],
    ])
    expect((await undo(await read(third.id))).status).toBe(200)
    expect((await undo(await read(lead.id))).status).toBe(200)
    expect(await travels([lead, second, third])).toEqual([
      [0, 3_500],
      [0, 1_500],
      [0, 0],
    ])
  })

  it('leaves by many moves at once, and all come back by their undo', async () => {
    const before = await together(3_500, 5_000, 2_000, 6_000)
    const [lead, second] = before
    const asked = await owner.post(
      '/bulk-operations',
      {
        ...{ noun: 'orders', action: 'move', ids: [second.id, lead.id] },
        params: { stageId: await stageFor(owner, 'cancelled'), reasonId: changedMind },
      },
      key(),
    )
    await api.runJobs()
    expect(await travels(before)).toEqual([
      [null, 3_500],
      [null, 5_000],
      [2, 2_000],
      [2, 4_000],
    ])
    const alone = await undo(await read(lead.id))
    expect([alone.status, alone.body.code]).toEqual([409, 'order.together_changed'])
    const back = await owner.post(`/bulk-operations/${asked.body.id}/undo`, undefined, key())
    await api.runJobs()
    expect((await owner.get(`/bulk-operations/${back.body.id}`)).body).toMatchObject({ done: 2, refused: 0 })
    expect((await readAll(before)).map(facts)).toEqual(before.map(facts))
  })

  it('leaves by the shop’s word as well', async () => {
    const { id: storeId } = (await owner.post('/stores', { platform: 'generic', name: 'Boutique' })).body
    const customer = { name: 'Salma Bennani', email: null, phones: [freshPhone()] }
    const sent = (externalId: string, over: object = {}) =>
      receive(api, storeId, shopOrder(externalId, { customer, updatedAt: '2026-11-20T09:00:00.000Z', ...over }))
    const first = await sent('P-1')
    const second = await sent('P-2', { lines: [{ ...shopOrder('x').lines[0], name: 'Savon noir', sku: 'SAV' }] })
    const pair = await readAll([{ id: first.orderId }, { id: second.orderId }])
    expect((await decide(pair)).status).toBe(200)
    expect((await read(second.orderId)).shippingFeeCentimes).toBe(0)
    await sent('P-1', { updatedAt: '2026-11-20T10:00:00.000Z', cancelledAt: '2026-11-20T10:00:00.000Z' })
    expect(await read(first.orderId)).toMatchObject({ state: 'cancelled', shipWithOrderId: null })
    expect(await read(second.orderId)).toMatchObject({ shipWithOrderId: null, shippingFeeCentimes: 3_000 })
  })

  it('law: over any joins, cancellations and undos, each parcel to be asks for one fee', async () => {
    const step = fc.record({
      kind: fc.constantFrom('join', 'cancel', 'undo'),
      at: fc.uniqueArray(fc.nat({ max: 3 }), { minLength: 2, maxLength: 3 }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(0, 2_000, 3_500, 5_000, 6_500), { minLength: 4, maxLength: 4 }),
        fc.array(step, { minLength: 3, maxLength: 7 }),
        async (fees, steps) => {
          const made = await givenTwins(fees)
          const feeOf = new Map(made.map(({ id }, at) => [id, fees[at] ?? 0]))
          for (const { kind, at } of [{ kind: 'join' as const, at: [0, 1, 2] }, ...steps]) {
            const chosen = await readAll(at.map((one) => made[one]))
            if (kind === 'join') await decide(chosen)
            else if (kind === 'undo') await undo(chosen[0])
            else if (chosen[0].state !== 'cancelled') await cancel(chosen[0])
            const now = await readAll(made)
            const going = now.filter(({ state }) => state !== 'cancelled')
            for (const orders of Map.groupBy(going, ({ id, shipWithOrderId }) => shipWithOrderId ?? id).values()) {
              const asked = orders.map(({ shippingFeeCentimes }) => shippingFeeCentimes as number)
              expect(asked.reduce((sum, fee) => sum + fee, 0)).toBe(
                Math.max(...orders.map(({ id }) => feeOf.get(id) ?? 0)),
              )
              expect(orders.length > 1 || orders[0].shipWithOrderId === null).toBe(true)
            }
            for (const { shippingFeeCentimes, totalCentimes, codAmountCentimes } of now)
              expect(Math.min(shippingFeeCentimes, totalCentimes, codAmountCentimes)).toBeGreaterThanOrEqual(0)
          }
        },
      ),
      { numRuns: 8 },
    )
  })
})
