import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, startApi } from '../../../../../tests/support/app.ts'
import { freshPhone, givenOrder, moveTo, reasonFor, receive, shopOrder } from '../../../../../tests/support/orders.ts'
import { type ParcelAxis, setOrderParcel } from './index.ts'

const api = await startApi()
const owner = api.as('owner')
const agent = api.as('confirmation_agent')

const read = async (id: string) => (await owner.get(`/orders/${id}`)).body
const listed = async (id: string) => (await owner.get(`/orders/${id}/duplicates`)).body
const argan = { name: 'Huile d’argan', sku: 'ARG-50', quantity: 1, unitPriceCentimes: 12_000 }
const soap = { name: 'Savon noir', quantity: 2, unitPriceCentimes: 4_000 }

/** Orders of one phone, each with its lines. */
const givenTwins = async (...wishes: readonly (readonly object[])[]) => {
  const customer = { name: 'Meryem Chraibi', phone: freshPhone() }
  const made = []
  for (const lines of wishes) made.push(await givenOrder(owner, { customer, lines }))
  return Promise.all(made.map(({ id }) => read(id)))
}
type Twin = Awaited<ReturnType<typeof givenTwins>>[number]
const seen = (orders: readonly Twin[]) => orders.map(({ id, version }) => ({ orderId: id, version }))
/** The answer's orders stand as they were given. */
const decide = (orders: readonly Twin[], choice: object, client: Client = owner) => {
  const [first, ...others] = orders
  const body = { ...choice, version: first.version, others: seen(others) }
  return client.post(`/orders/${first.id}/duplicates/decide`, body)
}
const keep = (kept: Twin, orders: readonly Twin[], client: Client = owner) =>
  decide(orders, { outcome: 'keep_one', keepOrderId: kept.id }, client)
const bothReal = (orders: readonly Twin[], client: Client = owner) => decide(orders, { outcome: 'both_real' }, client)
const undo = (order: Twin, client: Client = owner) =>
  client.post(`/orders/${order.id}/undo`, { eventId: order.undoEventId, version: order.version })

describe('orders side by side', () => {
  it('have the verdict of each line, and the fuller one is proposed', async () => {
    const phone = freshPhone()
    const address = { line: '12, rue Oued Sebou', city: 'Rabat' }
    const full = await givenOrder(owner, {
      customer: { name: 'Meryem Chraibi', phone },
      shippingAddress: address,
      lines: [argan, soap],
    })
    const bare = await givenOrder(owner, {
      customer: { name: 'مريم الشرايبي', phone },
      shippingAddress: { ...address, line: '12 rue oued sebou' },
      lines: [argan],
      source: 'Publicité',
    })
    const { items, proposedOrderId } = await listed(bare.id)
    expect(proposedOrderId).toBe(full.id)
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({ orderId: full.id, verdict: 'likely', open: true, fate: null, version: 1 })
    expect(items[0].comparison).toEqual({
      phone: 'same',
      name: 'alike',
      address: 'same',
      lines: 'alike',
      morePieces: -2,
      moreCentimes: -8_000,
      source: 'other',
      minutesApart: 0,
    })
  })
})

describe('keeping one', () => {
  it('cancels the others as duplicates of it, and nobody is asked again', async () => {
    const [one, two, three] = await givenTwins([argan], [argan, soap], [argan])
    const { status, body } = await keep(two, [one, two, three], agent)
    expect(status).toBe(200)
    const reasonId = await reasonFor(owner, 'duplicate')
    expect(body.orders.map(({ state, reasonId: why }: Twin) => [state, why])).toEqual([
      ['cancelled', reasonId],
      ['new', null],
      ['cancelled', reasonId],
    ])
    expect(body.orders.map(({ duplicateCount }: Twin) => duplicateCount)).toEqual([0, 0, 0])
    expect((await listed(one.id)).items).toContainEqual(
      expect.objectContaining({ orderId: two.id, fate: 'kept', open: false }),
    )
    const [told] = (await owner.get(`/orders/${two.id}/events`)).body.items
    expect(told).toMatchObject({ type: 'order.duplicates_decided', undoable: true, data: { outcome: 'keep_one' } })
    const [cancelled] = (await owner.get(`/orders/${one.id}/events`)).body.items
    expect(cancelled).toMatchObject({ type: 'order.moved', data: { duplicateOf: two.id } })
    const duplicates = (await owner.get('/orders?duplicate=true&limit=200')).body.items.map(({ id }: Twin) => id)
    for (const { id } of [one, two, three]) expect(duplicates).not.toContain(id)
  })

  it('keeps all as they were when one of them may not be cancelled', async () => {
    const [one, two] = await givenTwins([argan], [argan])
    const since = api.clock.now().toISOString()
    const parcel = {
      id: crypto.randomUUID(),
      status: 'in_transit',
      since,
      trackingNumber: null,
      carrierAccountId: null,
    }
    await api.ctx().transaction((tx) => setOrderParcel(tx, one.id, parcel as ParcelAxis))
    const [booked, other] = [await read(one.id), await read(two.id)]
    const { status, body } = await keep(other, [booked, other])
    expect([status, body.code]).toEqual([409, 'order.locked_by_parcel'])
    expect(await read(two.id)).toEqual(other)
  })

  it('asks again when somebody brings the cancelled one back', async () => {
    const [one, two] = await givenTwins([argan], [argan])
    await keep(two, [one, two])
    expect((await moveTo(owner, one.id, 'new')).status).toBe(200)
    expect([(await read(one.id)).duplicateCount, (await read(two.id)).duplicateCount]).toEqual([1, 1])
  })
})

describe('both real', () => {
  it('ends the question for good, also when one of them is edited', async () => {
    const [one, two] = await givenTwins([argan], [argan])
    const { body } = await bothReal([one, two], agent)
    expect(body.orders.map(({ state, duplicateCount }: Twin) => [state, duplicateCount])).toEqual([
      ['new', 0],
      ['new', 0],
    ])
    const edit = { version: body.orders[0].version, lines: [argan, soap] }
    expect((await owner.patch(`/orders/${one.id}`, edit)).body.duplicateCount).toBe(0)
    expect((await read(two.id)).duplicateCount).toBe(0)
    const [third] = await Promise.all([givenOrder(owner, { customer: { name: 'Meryem', phone: one.customer.phone } })])
    expect((await read(third.id)).duplicateCount).toBe(2)
    const again = await bothReal([await read(one.id), await read(two.id)])
    expect([again.status, again.body.code]).toEqual([409, 'order.duplicate_decided'])
  })
})

describe('law 10: a decision is one command', () => {
  const facts = ({ version: _v, updatedAt: _u, ...order }: Twin) => order

  it('that is taken back whole from any of its orders, which stand as they stood', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom([argan], [soap], [argan, soap]), { minLength: 2, maxLength: 4 }),
        fc.nat(),
        fc.nat(),
        fc.constantFrom('keep_one', 'both_real', 'ship_together'),
        async (wishes, keptAt, undoneAt, outcome) => {
          const before = await givenTwins(...wishes)
          const kept = before[keptAt % before.length]
          const address = outcome === 'both_real' ? {} : { keepOrderId: kept.id }
          const decided = await decide(before, { outcome, ...address })
          expect(decided.status).toBe(200)
          const undone = await undo(decided.body.orders[undoneAt % before.length])
          expect(undone.status).toBe(200)
          const after = await Promise.all(before.map(({ id }) => read(id)))
          expect(after.map(facts)).toEqual(before.map(facts))
          expect((await listed(before[0].id)).items.every(({ open }: { open: boolean }) => open)).toBe(true)
        },
      ),
      { numRuns: 10 },
    )
  })

  it('that is not taken back in part: once one of its orders went on, nothing is', async () => {
    const [one, two] = await givenTwins([argan], [argan])
    await keep(two, [one, two])
    await moveTo(owner, two.id, 'confirmed')
    const cancelled = await read(one.id)
    const { status, body } = await undo(cancelled)
    expect([status, body.code]).toEqual([409, 'order.undo_superseded'])
    expect(await read(one.id)).toEqual(cancelled)
  })

  it('that a day takes out of reach, and that roles who may not decide may not take back', async () => {
    const [one, two] = await givenTwins([argan], [argan])
    const { body } = await keep(two, [one, two])
    expect((await undo(body.orders[0], api.as('delivery_agent'))).status).toBe(403)
    api.clock.advance(25 * 3_600_000)
    expect((await undo(body.orders[1])).body.code).toBe('order.undo_expired')
  })
})

describe('law 4: of two who decide at once', () => {
  it('one is first, the other is told what became of it, and no order is lost', async () => {
    const [one, two] = await givenTwins([argan], [argan])
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        n % 3 === 2
          ? bothReal([one, two], api.as('manager'))
          : keep(n % 3 ? one : two, n % 2 ? [one, two] : [two, one], n % 2 ? owner : agent),
      ),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const { status, body } of answers.filter((answer) => answer.status !== 200))
      expect([status, body.code]).toEqual([409, 'order.changed_meanwhile'])
    const states = [(await read(one.id)).state, (await read(two.id)).state]
    expect(states).toContain('new')
  })

  it('that are undone at once is undone once', async () => {
    const [one, two] = await givenTwins([argan], [argan])
    const { body } = await keep(two, [one, two])
    const answers = await Promise.all([0, 1, 0, 1].map((at) => undo(body.orders[at])))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect([(await read(one.id)).state, (await read(two.id)).state]).toEqual(['new', 'new'])
  })
})

describe('a decision that cannot be', () => {
  it('is refused in words', async () => {
    const [one, two] = await givenTwins([argan], [argan])
    const stranger = await givenOrder(owner)
    const foreign = await givenOrder(api.asRival('owner'))
    const codeOf = async (answer: ReturnType<typeof decide>) => (await answer).body.code
    expect(await codeOf(bothReal([one, stranger]))).toBe('order.no_duplicate')
    expect(await codeOf(keep(stranger, [one, two]))).toBe('request.invalid')
    expect(await codeOf(decide([one, two], { outcome: 'both_real', keepOrderId: two.id }))).toBe('request.invalid')
    expect(await codeOf(bothReal([one, one]))).toBe('request.invalid')
    expect(await codeOf(bothReal([one, foreign]))).toBe('order.not_found')
    expect((await api.as('viewer').post(`/orders/${one.id}/duplicates/decide`, {})).status).toBe(403)
  })
})

describe('one click that a shop sent twice', () => {
  let storeId = ''
  beforeAll(async () => {
    storeId = (await owner.post('/stores', { platform: 'generic', name: 'Double clic' })).body.id
  })
  const setting = async (mergesIdentical: boolean) => {
    const { version } = (await owner.get('/merchant')).body
    expect((await owner.patch('/merchant', { version, mergesIdentical })).body.mergesIdentical).toBe(mergesIdentical)
  }
  const sent = async (externalId: string, phone: string, over: object = {}) => {
    const customer = { name: 'Salma Bennani', email: null, phones: [phone] }
    const { orderId } = await receive(api, storeId, shopOrder(externalId, { customer, ...over }))
    return orderId
  }

  it('is merged only where the merchant switched that on, never with less than all the same, and can be taken back', async () => {
    const asked = freshPhone()
    await sent('S-1', asked)
    expect((await read(await sent('S-2', asked))).state).toBe('new')
    await setting(true)
    const phone = freshPhone()
    const first = await sent('S-3', phone)
    const second = await read(await sent('S-4', phone))
    expect(second).toMatchObject({ state: 'cancelled', reasonId: await reasonFor(owner, 'duplicate') })
    const kept = await read(first)
    expect(kept).toMatchObject({ state: 'new', duplicateCount: 0 })
    const dearer = await read(await sent('S-5', phone, { totalCentimes: 99_900 }))
    expect(dearer.state).toBe('new')
    expect((await undo(second)).body).toMatchObject({ state: 'new', duplicateCount: 1 })
    const later = freshPhone()
    await sent('S-6', later)
    api.clock.advance(11 * 60_000)
    expect((await read(await sent('S-7', later))).state).toBe('new')
    await setting(false)
  })
})

describe('duplicates that were shipped', () => {
  it('are counted once for each order too many, and not where people said that both are real', async () => {
    const from = api.clock.now().toISOString()
    const ship = async (orders: readonly Twin[]) => {
      for (const { id } of orders)
        for (const state of ['confirmed', 'shipped'] as const) expect((await moveTo(owner, id, state)).status).toBe(200)
    }
    const doubled = await givenTwins([argan], [argan])
    const [real, other] = await givenTwins([argan], [argan])
    await bothReal([real, other])
    const second = await givenTwins([argan], [soap])
    await ship([...doubled, real, other, ...second])
    const to = new Date(Date.parse(from) + 3_600_000).toISOString()
    const { body } = await owner.get(`/reports/duplicates-shipped?from=${from}&to=${to}`)
    expect(body).toEqual({ count: 1 })
  })
})
