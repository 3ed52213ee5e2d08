import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import { freshPhone, givenOrder, moveTo, receive, shopOrder } from '../../../../../tests/support/orders.ts'
import { genericStore } from '../../../../../tests/support/shops.ts'
import { eraseShopOrders, eraseStorePersonalData, setOrderParcel } from './index.ts'

const api = await startApi()
const owner = api.as('owner')
const { id: storeId } = await genericStore(api)
const { id: otherStoreId } = await genericStore(api, { name: 'Page Savon' })

const minute = (n: number) => new Date(Date.parse('2026-11-20T09:00:00Z') + n * 60_000).toISOString()
const read = async (id: string) => (await owner.get(`/orders/${id}`)).body
const history = async (id: string) =>
  (await owner.get(`/orders/${id}/events`)).body.items.map(({ type }: { type: string }) => type)
const ofStore = async (externalId: string) =>
  (await owner.get(`/orders?q=${encodeURIComponent(`#${externalId}`)}`)).body.items
const buyer = () => ({ name: 'Salma Bennani', email: null, phones: [freshPhone()] })
const sql = async (query: string) => (await api.ctx().read((tx) => tx.db.execute(query))).rows

describe('law 1: one order in its newest version', () => {
  it('however many times its first delivery comes, also all at once', async () => {
    const order = shopOrder('L1-1', { customer: buyer() })
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => receive(api, storeId, order)))
    expect(outcomes.filter(({ outcome }) => outcome === 'created')).toHaveLength(1)
    expect(outcomes.filter(({ outcome }) => outcome === 'unchanged')).toHaveLength(49)
    expect(new Set(outcomes.map(({ orderId }) => orderId)).size).toBe(1)
    expect(await history(outcomes[0]?.orderId ?? '')).toEqual(['order.created'])
  })

  it('in whatever order its versions come', async () => {
    let run = 0
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }),
        fc.boolean(),
        async (arrival, atOnce) => {
          const externalId = `L1-P${(run += 1)}`
          const customer = buyer()
          const version = (n: number) =>
            shopOrder(externalId, {
              customer,
              updatedAt: minute(n),
              totalCentimes: 20_000 + n,
              cancelledAt: n === 5 ? minute(5) : null,
              address: { line: `${n} avenue Hassan II`, city: 'Rabat', district: null, country: 'MA' },
            })
          const deliveries = [...arrival, ...arrival.slice(0, 3)]
          if (atOnce) await Promise.all(deliveries.map((n) => receive(api, storeId, version(n))))
          else for (const n of deliveries) await receive(api, storeId, version(n))
          const found = await ofStore(externalId)
          expect(found).toHaveLength(1)
          expect(found[0].state).toBe('cancelled')
          if (arrival[0] === 5) expect(found[0].totalCentimes).toBe(20_005)
        },
      ),
      { numRuns: 15 },
    )
  })

  it('two stores may use one reference: they are two orders', async () => {
    const [a, b] = [await receive(api, storeId, shopOrder('SAME')), await receive(api, otherStoreId, shopOrder('SAME'))]
    expect(a.orderId).not.toBe(b.orderId)
  })
})

describe('an order that arrives', () => {
  it('keeps what the shop said: reference, source, UTM, note, total', async () => {
    const { orderId, outcome } = await receive(
      api,
      storeId,
      shopOrder('A-1', {
        customer: buyer(),
        utm: { source: 'tiktok' },
        note: 'Le soir',
        tags: ['cod', 'cod'],
        outstandingCentimes: 4_900,
      }),
    )
    expect(outcome).toBe('created')
    expect(await read(orderId)).toMatchObject({
      sourceReference: '#A-1',
      source: 'Boutique',
      storeId,
      utm: { source: 'tiktok' },
      note: 'Le soir',
      tags: ['cod'],
      totalCentimes: 24_900,
      adjustmentCentimes: 0,
      depositCentimes: 20_000,
      codAmountCentimes: 4_900,
      state: 'new',
      shippingAddress: { city: { id: 'rabat' }, regionCode: 'MA-04' },
    })
  })

  it('without usable phone or city, in foreign money, as a test or unsigned waits in the tray with its reasons', async () => {
    const nameless = { name: null, email: null, phones: ['0612'] }
    const nowhere = { line: null, city: null, district: null, country: null }
    const { orderId, outcome } = await receive(
      api,
      storeId,
      shopOrder('A-2', { customer: nameless, address: nowhere, currency: 'EUR', test: true, lines: [] }),
      'unsigned',
    )
    expect(outcome).toBe('held')
    expect(await read(orderId)).toMatchObject({
      toComplete: [
        'phone_impossible',
        'city_missing',
        'currency_not_mad',
        'test_order',
        'lines_missing',
        'unsigned_source',
      ],
      codAmountCentimes: null,
      customer: { name: '–', phone: null, phoneText: '0612' },
    })
    const tray = (await owner.get('/orders?toComplete=true')).body.items
    expect(tray.map(({ id }: { id: string }) => id)).toContain(orderId)
  })

  it('unsigned is settled when somebody has looked at it', async () => {
    const { orderId } = await receive(api, storeId, shopOrder('A-3', { customer: buyer() }), 'unsigned')
    expect((await read(orderId)).toComplete).toEqual(['unsigned_source'])
    expect((await moveTo(owner, orderId, 'to_confirm')).body.toComplete).toEqual([])
  })

  it('is compared with the week’s orders of that phone or address, of all stores and by hand', async () => {
    const phone = freshPhone()
    const customer = { name: 'Twin', email: null, phones: [phone] }
    const first = await receive(api, storeId, shopOrder('D-1', { customer }))
    const second = await receive(api, otherStoreId, shopOrder('D-2', { customer }))
    const third = await givenOrder(owner, {
      customer: { name: 'Twin', phone },
      lines: [{ name: 'Savon', quantity: 1, unitPriceCentimes: 100 }],
    })
    const pairs = (await owner.get(`/orders/${second.orderId}/duplicates`)).body.items
    expect(pairs.map(({ orderId, verdict }: { orderId: string; verdict: string }) => [orderId, verdict])).toEqual([
      [third.id, 'second_item'],
      [first.orderId, 'certain'],
    ])
    expect((await read(first.orderId)).duplicateCount).toBe(2)
    await receive(api, storeId, shopOrder('D-1', { customer, updatedAt: minute(1), cancelledAt: minute(1) }))
    expect((await read(second.orderId)).duplicateCount).toBe(1)
  })

  it('more than a week apart is a customer who comes back', async () => {
    const customer = buyer()
    await receive(
      api,
      storeId,
      shopOrder('D-3', { customer, address: { line: null, city: 'Rabat', district: null, country: null } }),
    )
    api.clock.advance(7 * 86_400_000 + 60_000)
    const later = await receive(
      api,
      storeId,
      shopOrder('D-4', { customer, address: { line: null, city: 'Rabat', district: null, country: null } }),
    )
    api.clock.set(new Date().toISOString())
    expect((await read(later.orderId)).duplicateCount).toBe(0)
  })
})

describe('an order that the shop changes', () => {
  it('before confirmation follows the shop, part by part: what people corrected and the shop left alone stays', async () => {
    const customer = buyer()
    const { orderId } = await receive(api, storeId, shopOrder('C-1', { customer }))
    await owner.patch(`/orders/${orderId}`, { version: 1, shippingAddress: { line: '9 rue corrigée' } })
    const lines = [{ externalId: '1', sku: 'SAV', name: 'Savon', quantity: 2, unitPriceCentimes: 5_000 }]
    const changed = shopOrder('C-1', { customer, updatedAt: minute(5), lines, totalCentimes: 13_000 })
    expect((await receive(api, storeId, changed)).outcome).toBe('updated')
    const order = await read(orderId)
    expect(order).toMatchObject({ totalCentimes: 13_000, version: 3, shippingAddress: { line: '9 rue corrigée' } })
    expect(order.lines).toMatchObject([{ name: 'Savon', quantity: 2 }])
    const moved = { line: '1 rue neuve', city: 'Salé', district: null, country: null }
    await receive(api, storeId, { ...changed, updatedAt: minute(6), address: moved })
    expect((await read(orderId)).shippingAddress).toMatchObject({ line: '1 rue neuve', city: { id: 'sale' } })
    expect(await history(orderId)).toEqual([
      'order.changed_by_shop',
      'order.changed_by_shop',
      'order.edited',
      'order.created',
    ])
  })

  it('before confirmation takes over note, payment, currency and tags, beside the tags that people added', async () => {
    const customer = buyer()
    const first = shopOrder('C-7', { customer, note: 'Le soir', tags: ['cod'] })
    const { orderId } = await receive(api, storeId, first)
    await owner.patch(`/orders/${orderId}`, { version: 1, tags: ['cod', 'vip'] })
    const fresh = { note: 'Le matin', tags: ['cod', 'promo'], paymentStatus: 'partially_paid' }
    await receive(api, storeId, { ...first, ...fresh, updatedAt: minute(5) })
    expect(await read(orderId)).toMatchObject({ ...fresh, tags: ['cod', 'vip', 'promo'] })
    expect((await owner.get('/orders?tag=promo')).body.items).toMatchObject([{ id: orderId }])
    const [event] = (await owner.get(`/orders/${orderId}/events`)).body.items
    expect(event).toMatchObject({ before: { note: 'Le soir' }, after: { note: 'Le matin' } })
    await receive(api, storeId, { ...first, ...fresh, updatedAt: minute(6), currency: 'EUR' })
    expect(await read(orderId)).toMatchObject({
      sourceCurrency: 'EUR',
      codAmountCentimes: null,
      toComplete: ['currency_not_mad'],
    })
  })

  it('after confirmation keeps what was promised, and says so', async () => {
    const customer = buyer()
    const { orderId } = await receive(api, storeId, shopOrder('C-2', { customer }))
    await moveTo(owner, orderId, 'confirmed')
    const before = await read(orderId)
    const changed = shopOrder('C-2', { customer, updatedAt: minute(5), totalCentimes: 1_000 })
    expect((await receive(api, storeId, changed)).outcome).toBe('updated')
    expect(await read(orderId)).toEqual({
      ...before,
      shopChangedAfterwards: true,
      flag: 'shop_changed',
      updatedAt: expect.any(String),
    })
    expect((await receive(api, storeId, changed)).outcome).toBe('unchanged')
  })

  it('cancelled by the shop is cancelled here while nothing was shipped, else somebody is asked to look', async () => {
    const cancel = (externalId: string, customer: ReturnType<typeof buyer>) =>
      receive(api, storeId, shopOrder(externalId, { customer, updatedAt: minute(9), cancelledAt: minute(9) }))
    const [a, b] = [buyer(), buyer()]
    const open = await receive(api, storeId, shopOrder('C-3', { customer: a }))
    await moveTo(owner, open.orderId, 'confirmed')
    await cancel('C-3', a)
    expect(await read(open.orderId)).toMatchObject({ state: 'cancelled', flag: null, reasonId: expect.any(String) })
    const booked = await receive(api, storeId, shopOrder('C-4', { customer: b }))
    await moveTo(owner, booked.orderId, 'confirmed')
    const parcel = {
      id: booked.orderId,
      status: 'created' as const,
      since: minute(8),
      trackingNumber: 'SDT-77',
      carrierAccountId: null,
    }
    await api.ctx().transaction((tx) => setOrderParcel(tx, booked.orderId, parcel))
    await cancel('C-4', b)
    expect(await read(booked.orderId)).toMatchObject({ state: 'confirmed', flag: 'shop_cancelled' })
  })

  it('cancelled before it reached us is kept, cancelled, and an older version does not revive it', async () => {
    const customer = buyer()
    const cancelled = shopOrder('C-5', { customer, updatedAt: minute(9), cancelledAt: minute(9) })
    const { orderId } = await receive(api, storeId, cancelled)
    expect((await read(orderId)).state).toBe('cancelled')
    expect((await receive(api, storeId, shopOrder('C-5', { customer }))).outcome).toBe('ignored_older')
    expect((await read(orderId)).state).toBe('cancelled')
  })
})

describe('people who are to be forgotten', () => {
  it('leave orders without a name, no search, and a history without their values', async () => {
    const phone = freshPhone()
    const customer = { name: 'Zoubida Tazi', email: 'zoubida@example.com', phones: [phone] }
    const { orderId } = await receive(api, storeId, shopOrder('E-1', { customer, note: 'Chez Zoubida' }))
    await owner.post(`/orders/${orderId}/notes`, { text: 'Zoubida rappelle' })
    await owner.patch(`/orders/${orderId}`, { version: 1, customer: { name: 'Zoubida El Tazi' } })
    const before = await read(orderId)
    await api.ctx().transaction((tx) => eraseShopOrders(api.ctx(), tx, storeId, ['E-1']))
    const after = await read(orderId)
    expect(after).toMatchObject({
      number: before.number,
      totalCentimes: before.totalCentimes,
      customer: { name: '–', phone: null, email: null },
      shippingAddress: { line: null, city: { id: 'rabat' } },
      note: null,
    })
    for (const q of ['Zoubida', phone, 'zoubida@example.com'])
      expect((await owner.get(`/search?q=${q}`)).body).toEqual({ orders: [], customers: [] })
    const shown = JSON.stringify((await owner.get(`/orders/${orderId}/events`)).body)
    expect(shown).not.toMatch(/Zoubida|zoubida/)
    expect(shown).toContain('order.note_added')
    expect(await sql(`select 1 from customer_keys where customer_id = '${before.customer.id}'`)).toEqual([])
    const again = shopOrder('E-1', { customer, updatedAt: minute(60) })
    expect((await receive(api, storeId, again)).outcome).toBe('unchanged')
    expect((await read(orderId)).customer.name).toBe('–')
  })

  it('known from elsewhere too stay known when a store is erased', async () => {
    const [only, both] = [freshPhone(), freshPhone()]
    const { id } = await genericStore(api, { name: 'Éphémère' })
    const person = (phone: string) => ({ name: 'Somebody', email: null, phones: [phone] })
    const gone = await receive(api, id, shopOrder('E-2', { customer: person(only) }))
    const kept = await receive(api, id, shopOrder('E-3', { customer: person(both) }))
    await receive(api, storeId, shopOrder('E-4', { customer: person(both) }))
    const erase = () => api.ctx().transaction((tx) => eraseStorePersonalData(api.ctx(), tx, id))
    expect([await erase(), await erase()]).toEqual([1, 0])
    expect((await read(gone.orderId)).customer).toMatchObject({ name: '–', phone: null })
    expect((await read(kept.orderId)).customer).toMatchObject({ name: 'Somebody', phone: `+212${both.slice(1)}` })
  })
})
