import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import { freshPhone, givenOrder, receive, shopOrder } from '../../../../../tests/support/orders.ts'
import { genericStore } from '../../../../../tests/support/shops.ts'
import { setOrderParcel } from '../orders/index.ts'

const api = await startApi()
const owner = api.as('owner')
const { id: storeId } = await genericStore(api)

let made = 0
const arrives = async (
  over: Parameters<typeof shopOrder>[1] = {},
  trust: 'signed' | 'unsigned' = 'signed',
): Promise<any> => {
  const externalId = `T-${(made += 1)}`
  const customer = { name: 'Salma Bennani', email: null, phones: [freshPhone()] }
  const { orderId } = await receive(api, storeId, shopOrder(externalId, { customer, ...over }), trust)
  return read(orderId)
}
const read = async (id: string) => (await owner.get(`/orders/${id}`)).body
const inCity = (city: string | null) => ({
  line: `${(made += 1)} avenue des Orangers`,
  city,
  district: null,
  country: 'MA',
})
const ofPhone = (phone: string) => ({ name: 'Karim Alaoui', email: null, phones: [phone] })
const repair = async (order: any, body: object, as = owner) =>
  as.post(`/orders/${order.id}/repair`, { version: order.version, ...body })
const undo = async (order: any) =>
  owner.post(`/orders/${order.id}/undo`, { version: order.version, eventId: order.undoEventId })
const tray = async () => (await owner.get('/orders?toComplete=true&limit=200')).body.items.map(({ id }: any) => id)
/** What an order says, without what every change changes. */
const said = ({ version: _version, updatedAt: _at, undoEventId: _undo, ...order }: any) => order

describe('a repair', () => {
  it('of the phone finds the customer whose it is and the order that is the same wish', async () => {
    const phone = freshPhone()
    const first = await arrives({ customer: ofPhone(phone) })
    const order = await arrives({ customer: ofPhone('061234') })
    expect(order.toComplete).toEqual(['phone_impossible'])
    const { body } = await repair(order, { phone })
    expect(body).toMatchObject({
      toComplete: [],
      duplicateCount: 1,
      customer: { id: first.customer.id, phoneText: null },
    })
    expect(await tray()).not.toContain(order.id)
  })

  it('of the city reads region and carrier’s city as if it had come so', async () => {
    const order = await arrives({ address: inCity('Casabanca centre ville X') })
    const { body } = await repair(order, { city: 'casablanca' })
    expect(body).toMatchObject({
      toComplete: [],
      shippingAddress: { city: { id: 'casablanca' }, cityText: 'casablanca' },
    })
  })

  it('of what has no lines takes a variant or free words, and computes the totals', async () => {
    const { body: product } = await owner.post('/products', { name: 'Savon', sku: 'SAV-77', priceCentimes: 4_900 })
    const order = await arrives({ lines: [], totalCentimes: 0, shippingFeeCentimes: 0 })
    expect(order.toComplete).toEqual(['lines_missing'])
    const lines = [{ variantId: product.variants[0].id, quantity: 2, unitPriceCentimes: 4_900 }]
    const { body } = await repair(order, { lines })
    expect(body).toMatchObject({ toComplete: [], lines: [{ name: 'Savon', sku: 'SAV-77' }], subtotalCentimes: 9_800 })
  })

  it('of another currency is the amount in dirhams that a person says', async () => {
    const order = await arrives({ currency: 'EUR' })
    expect(order.codAmountCentimes).toBeNull()
    const { body } = await repair(order, { totalCentimes: 27_000 })
    expect(body).toMatchObject({
      toComplete: [],
      totalCentimes: 27_000,
      codAmountCentimes: 27_000,
      sourceCurrency: 'MAD',
    })
    const { subtotalCentimes, shippingFeeCentimes, discountCentimes, adjustmentCentimes } = body
    expect(subtotalCentimes + shippingFeeCentimes - discountCentimes + adjustmentCentimes).toBe(27_000)
  })

  it('takes an order from an unsigned source as it is, once a person says so', async () => {
    const order = await arrives({}, 'unsigned')
    expect(order.toComplete).toEqual(['unsigned_source'])
    expect((await repair(order, { accept: ['unsigned_source'] })).body.toComplete).toEqual([])
  })

  it('of several things in one act leaves what is still missing', async () => {
    const order = await arrives({ customer: ofPhone('12'), address: inCity('Zzyzx') }, 'unsigned')
    const { body } = await repair(order, { phone: freshPhone(), accept: ['unsigned_source'] })
    expect(body.toComplete).toEqual(['city_unknown'])
    expect(await tray()).toContain(order.id)
  })

  it.each([
    ['a phone that is none', { phone: '0612' }, 'order.phone_impossible', 'phone'],
    ['a mask', { phone: '+2126••••••78' }, 'order.masked_value', undefined],
    ['a city that is none', { city: 'Zzyzx' }, 'order.city_unknown', 'city'],
    ['nothing', {}, 'order.nothing_to_repair', undefined],
  ])('with %s is refused, and the order waits as before', async (_name, body, code, path) => {
    const order = await arrives({ customer: ofPhone('12'), address: inCity('Zzyzx') })
    const answer = await repair(order, body)
    expect(answer.body).toMatchObject({ code, ...(path ? { fields: [{ path }] } : {}) })
    expect(await read(order.id)).toEqual(order)
  })

  it('of an order that lacks nothing is refused, as is one of an older version', async () => {
    const whole = await givenOrder(owner)
    expect((await repair(whole, { phone: freshPhone() })).body.code).toBe('order.nothing_to_repair')
    const order = await arrives({ address: inCity('Zzyzx') })
    await owner.patch(`/orders/${order.id}`, { version: order.version, note: 'Rappeler' })
    expect((await repair(order, { city: 'rabat' })).body.code).toBe('order.changed_meanwhile')
  })

  it('is written in the history without a word of the person in the journal', async () => {
    const order = await arrives({ customer: ofPhone('061234') })
    const phone = freshPhone()
    await repair(order, { phone })
    const { body } = await owner.get(`/orders/${order.id}/events`)
    expect(body.items[0]).toMatchObject({ type: 'order.repaired', undoable: true, before: { phone: '061234' } })
    const { rows } = await api.ctx().read((tx) => tx.db.execute(`select * from events where order_id = '${order.id}'`))
    for (const word of [phone.slice(1), '061234']) expect(JSON.stringify(rows)).not.toContain(word)
  })
})

describe('undoing a repair', () => {
  it('puts any order back in the tray with all that it said, whatever was repaired', async () => {
    const { body: product } = await owner.post('/products', { name: 'Plat', sku: 'PLAT-1', priceCentimes: 9_900 })
    const faults = {
      phone: { break: { customer: ofPhone('0612') }, repair: () => ({ phone: freshPhone() }) },
      city: { break: { address: inCity('Zzyzx') }, repair: () => ({ city: 'rabat' }) },
      currency: { break: { currency: 'EUR' }, repair: () => ({ totalCentimes: 30_000 }) },
      test: { break: { test: true }, repair: () => ({ accept: ['test_order'] }) },
      lines: {
        break: { lines: [] },
        repair: () => ({ lines: [{ variantId: product.variants[0].id, quantity: 1, unitPriceCentimes: 9_900 }] }),
      },
    } as const
    const names = Object.keys(faults) as (keyof typeof faults)[]
    await fc.assert(
      fc.asyncProperty(fc.subarray(names, { minLength: 1 }), async (chosen) => {
        const order = await arrives(Object.assign({}, ...chosen.map((name) => faults[name].break)))
        const { body: repaired } = await repair(
          order,
          Object.assign({}, ...chosen.map((name) => faults[name].repair())),
        )
        expect(repaired.toComplete).toEqual([])
        const { body: undone } = await undo(repaired)
        expect(said(undone)).toEqual(said(order))
        expect(undone.undoEventId).toBe(order.undoEventId)
      }),
      { numRuns: 12 },
    )
  })

  it('is refused once somebody changed the same thing, and then nothing is lost', async () => {
    const order = await arrives({ address: inCity('Zzyzx') })
    const { body: repaired } = await repair(order, { city: 'rabat' })
    const { body: edited } = await owner.patch(`/orders/${order.id}`, {
      version: repaired.version,
      shippingAddress: { city: 'Fès' },
    })
    expect((await undo(edited)).body.code).toBe('order.undo_impossible')
    expect((await read(order.id)).shippingAddress.city.id).toBe('fes')
  })

  it('is not for who may not edit', async () => {
    const { body: repaired } = await repair(await arrives({ address: inCity('Zzyzx') }), { city: 'rabat' })
    const answer = await api
      .as('delivery_agent')
      .post(`/orders/${repaired.id}/undo`, { version: repaired.version, eventId: repaired.undoEventId })
    expect([403, 404]).toContain(answer.status)
  })
})

describe('a spelling of a city', () => {
  const explain = (text: string, city: string, as = owner) => as.post('/city-spellings', { text, city })
  const cityOf = async (id: string) => (await read(id)).shippingAddress.city?.id ?? null

  it('explained once repairs every order that waits under it, in whatever accents and case, and those that come', async () => {
    const waiting = [
      await arrives({ address: inCity('Blad Lkhir') }),
      await arrives({ address: inCity('blad  LKHIR') }),
    ]
    const other = await arrives({ address: inCity('Blad Chrir') })
    const { status, body } = await explain('Blad Lkhir', 'kenitra')
    expect([status, body.orderCount, body.city]).toEqual([201, 2, { id: 'kenitra', name: 'Kénitra' }])
    for (const order of waiting)
      expect(await read(order.id)).toMatchObject({ toComplete: [], shippingAddress: { city: { id: 'kenitra' } } })
    expect(await cityOf(other.id)).toBeNull()
    const later = await arrives({ address: inCity('BLAD LKHIR') })
    expect(later).toMatchObject({
      toComplete: [],
      shippingAddress: { city: { id: 'kenitra' }, cityText: 'BLAD LKHIR' },
    })
    const byHand = await givenOrder(owner, { shippingAddress: { city: 'Blad lkhir' } })
    expect(byHand.shippingAddress.city.id).toBe('kenitra')
    expect(await (await api.asRival('owner').get('/city-spellings')).body.items).toEqual([])
  })

  it('counts who waits under it before it is explained', async () => {
    for (const text of ['Dwar Tnin', 'dwar tnin', 'Dwar Larba']) await arrives({ address: inCity(text) })
    expect((await owner.get('/orders/count?toComplete=true&cityText=Dwar%20Tnin')).body.count).toBe(2)
    expect((await owner.get('/orders/count?toComplete=true&cityText=%E2%80%93')).body.count).toBe(0)
  })

  it('taken back opens the city of its orders again, but not where a parcel has left or somebody chose another', async () => {
    const [free, shipped, changed] = [
      await arrives({ address: inCity('Hay Jdid Sghir') }),
      await arrives({ address: inCity('Hay Jdid Sghir') }),
      await arrives({ address: inCity('Hay Jdid Sghir') }),
    ]
    const { body } = await explain('Hay Jdid Sghir', 'sale')
    const parcel = { id: crypto.randomUUID(), status: 'created', since: api.clock.now().toISOString() } as const
    await api
      .ctx()
      .transaction((tx) => setOrderParcel(tx, shipped.id, { ...parcel, trackingNumber: null, carrierAccountId: null }))
    const now = await read(changed.id)
    await owner.patch(`/orders/${changed.id}`, { version: now.version, shippingAddress: { city: 'Rabat' } })
    expect((await owner.post(`/city-spellings/${body.id}/undo`)).status).toBe(200)
    expect(await read(free.id)).toMatchObject({ toComplete: free.toComplete, shippingAddress: { city: null } })
    expect([await cityOf(shipped.id), await cityOf(changed.id)]).toEqual(['sale', 'rabat'])
    expect((await arrives({ address: inCity('Hay Jdid Sghir') })).shippingAddress.city).toBeNull()
    expect((await owner.post(`/city-spellings/${body.id}/undo`)).body.code).toBe('city_spelling.not_found')
  })

  it('is forgotten without touching the orders that were read by it', async () => {
    const order = await arrives({ address: inCity('Bled Qdim') })
    const { body } = await explain('Bled Qdim', 'fes')
    expect((await owner.delete(`/city-spellings/${body.id}`)).status).toBe(204)
    expect(await cityOf(order.id)).toBe('fes')
    expect((await arrives({ address: inCity('Bled Qdim') })).shippingAddress.city).toBeNull()
  })

  it('reaches more orders than one transaction takes, and back, by jobs', async () => {
    for (let at = 0; at < 55; at += 1) await arrives({ address: inCity('Karyan Kbir') })
    const { body } = await explain('Karyan Kbir', 'agadir')
    await api.runJobs()
    const open = async () => (await owner.get('/orders/count?cityText=Karyan%20Kbir')).body.count
    expect(await open()).toBe(0)
    await owner.post(`/city-spellings/${body.id}/undo`)
    await api.runJobs()
    expect(await open()).toBe(55)
  })

  it('that several cities bear is asked about each time, and one that is explained is not explained otherwise', async () => {
    expect((await explain('العيون', 'laayoune')).body.code).toBe('city_spelling.homonym')
    expect((await explain('Rabat', 'sale')).status).toBe(400)
    await explain('Dchira Fokia', 'rabat')
    expect((await explain('dchira fokia', 'sale')).body.code).toBe('city_spelling.taken')
    expect((await explain('Autre Bled', 'atlantis')).body.code).toBe('order.city_unknown')
    expect((await explain('Autre Bled', 'rabat', api.as('confirmation_agent'))).status).toBe(403)
  })
})
