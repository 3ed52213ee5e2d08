import { describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import { freshPhone, givenOrder, moveTo, receive, shopOrder } from '../../../../../tests/support/orders.ts'

const api = await startApi()
const owner = api.as('owner')
const agent = api.as('confirmation_agent')
const driver = api.as('delivery_agent')
const viewer = api.as('viewer')

const listed = async (query = '', client = owner) => (await client.get(`/customers?limit=200&${query}`)).body.items
const idsOf = async (query = '', client = owner) => (await listed(query, client)).map(({ id }: { id: string }) => id)
const card = async (id: string, client = owner) => (await client.get(`/customers/${id}`)).body
const buyer = (name: string, over: object = {}) => ({ customer: { name, phone: freshPhone(), ...over } })
const assign = async (id: string, memberId: string) => {
  const { version } = (await owner.get(`/orders/${id}`)).body
  await owner.post(`/orders/${id}/assign`, { memberId, version })
}
const deliver = async (id: string) => {
  for (const state of ['confirmed', 'shipped', 'delivered'] as const) {
    const { status, text } = await moveTo(owner, id, state)
    if (status !== 200) throw new Error(text)
  }
}

describe('the list', () => {
  it('finds a customer in any notation of a phone, in either script, and by the number of an order', async () => {
    const order = await givenOrder(owner, { customer: { name: 'Mohamed Alaoui', phone: '06 61 55 44 33' } })
    for (const q of ['0661554433', '+212 661-55-44-33', '٠٦٦١٥٥٤٤٣٣', '5544', 'alaoui', 'محمد', `#${order.number}`])
      expect([q, await idsOf(`q=${encodeURIComponent(q)}`)]).toEqual([q, [order.customer.id]])
    expect((await owner.get('/customers/count?q=alaoui')).body).toEqual({ count: 1, capped: false })
    expect(await listed('q=alaoui', api.asRival('owner'))).toEqual([])
  })

  it('is sorted by what their orders come to, page after page, each customer once', async () => {
    const phone = freshPhone()
    for (let n = 0; n < 3; n += 1) await givenOrder(owner, { customer: { name: 'Trois Fois', phone } })
    for (let n = 0; n < 3; n += 1) await givenOrder(owner)
    for (const sort of ['-lastOrderAt', '-ordersCount', '-deliveredShare', '-returnedShare']) {
      const found: string[] = []
      let cursor = ''
      do {
        const { body } = await owner.get(`/customers?limit=2&sort=${sort}${cursor && `&cursor=${cursor}`}`)
        found.push(...body.items.map(({ id }: { id: string }) => id))
        cursor = body.nextCursor ?? ''
      } while (cursor)
      expect([sort, new Set(found).size]).toEqual([sort, found.length])
      expect(new Set(found)).toEqual(new Set(await idsOf()))
    }
    expect((await listed('sort=-ordersCount'))[0]).toMatchObject({ name: 'Trois Fois', statistics: { orders: 3 } })
    expect((await owner.get('/customers?sort=-ordersCount&cursor=bm9wZQ')).status).toBe(400)
  })

  it('is filtered by city and tag, which an edit gives', async () => {
    const { customer } = await givenOrder(owner, { ...buyer('Nadia Amrani'), shippingAddress: { city: 'Tanger' } })
    const { version } = await card(customer.id)
    const edit = { version, tags: ['vip'], address: { city: 'Agadir', line: '3 rue des Palmiers' } }
    expect((await owner.patch(`/customers/${customer.id}`, edit)).body).toMatchObject({
      tags: ['vip'],
      address: { line: '3 rue des Palmiers', city: { id: 'agadir' } },
    })
    expect(await idsOf('tag=vip&city=agadir')).toEqual([customer.id])
    expect(await idsOf('tag=vip&city=tanger')).toEqual([])
    // What an order was given stays as it was.
    expect((await owner.get(`/customers/${customer.id}/orders`)).body.items[0].shippingAddress.city.id).toBe('tanger')
    expect((await owner.patch(`/customers/${customer.id}`, { version, name: 'Autre' })).body).toMatchObject({
      code: 'customer.changed_meanwhile',
      current: { tags: ['vip'] },
    })
  })
})

describe('what their orders come to', () => {
  it('follows every way an order is written: arrival, move, undo, edit of the phone', async () => {
    const { customer, id } = await givenOrder(owner, buyer('Compte Exact'))
    const sums = async (who = customer.id) => (await card(who)).statistics
    expect(await sums()).toMatchObject({ orders: 1, open: 1, delivered: 0, deliveredPermille: null })
    await deliver(id)
    expect(await sums()).toMatchObject({ open: 0, delivered: 1, deliveredPermille: 1_000, deliveredCentimes: 28_400 })
    const { undoEventId, version } = (await owner.get(`/orders/${id}`)).body
    await owner.post(`/orders/${id}/undo`, { eventId: undoEventId, version })
    expect(await sums()).toMatchObject({ open: 1, delivered: 0, deliveredCentimes: 0 })
    const other = await givenOrder(owner, buyer('Autre Client'))
    const { body } = await owner.patch(`/orders/${other.id}`, {
      version: other.version,
      customer: { phone: (await card(customer.id)).phone },
    })
    expect(body.customer.id).toBe(customer.id)
    expect(await sums()).toMatchObject({ orders: 2 })
    expect(await sums(other.customer.id)).toMatchObject({ orders: 0, firstOrderAt: null, lastOrderAt: null })
  })
})

describe('the card', () => {
  it('knows other numbers and addresses, and what is unknown stays unknown', async () => {
    const phone = freshPhone()
    const first = await givenOrder(owner, {
      customer: { name: 'Deux Adresses', phone, alternatePhone: '0655001122' },
      shippingAddress: { line: '1 rue A', city: 'Rabat' },
    })
    await givenOrder(owner, {
      customer: { name: 'Deux Adresses', phone, alternatePhone: '0655003344' },
      shippingAddress: { line: '2 rue B', city: 'Fès' },
    })
    expect(await card(first.customer.id)).toMatchObject({
      alternatePhone: '+212655001122',
      otherPhones: ['+212655003344'],
      address: { line: '1 rue A' },
      addresses: [{ line: '2 rue B' }, { line: '1 rue A' }],
      consent: null,
      block: null,
      merged: [],
    })
  })

  it('keeps a consent with its source and day', async () => {
    const { customer } = await givenOrder(owner)
    const { version } = await card(customer.id)
    const { body } = await owner.patch(`/customers/${customer.id}`, {
      version,
      consent: { given: true, source: 'Salon' },
    })
    expect(body.consent).toEqual({ given: true, source: 'Salon', at: body.updatedAt })
    const unknown = await owner.patch(`/customers/${customer.id}`, { version: body.version, consent: null })
    expect(unknown.body.consent).toBeNull()
  })

  it('carries notes with their authors', async () => {
    const { customer } = await givenOrder(owner, buyer('À Noter'))
    expect((await agent.post(`/customers/${customer.id}/notes`, { text: 'Rappeler le soir' })).status).toBe(201)
    const notes = async () => (await owner.get(`/customers/${customer.id}/notes`)).body.items
    expect(await notes()).toMatchObject([{ text: 'Rappeler le soir', author: 'Test confirmation_agent' }])
    expect((await viewer.post(`/customers/${customer.id}/notes`, { text: 'Non' })).status).toBe(403)
  })
})

describe('law 12: who sees what', () => {
  it('a driver: the customers of their own orders, without the sums of the others', async () => {
    const phone = freshPhone()
    const [mine, other] = [
      await givenOrder(owner, { customer: { name: 'Partagée', phone } }),
      await givenOrder(owner, { customer: { name: 'Partagée', phone } }),
    ]
    expect(await idsOf('', driver)).not.toContain(mine.customer.id)
    await assign(mine.id, api.merchant.people.delivery_agent.memberId)
    expect(await listed('', driver)).toMatchObject([{ id: mine.customer.id, statistics: null, phoneMasked: false }])
    expect((await card(other.customer.id, driver)).statistics).toMatchObject({ orders: 1 })
    expect((await driver.get('/customers?sort=-ordersCount')).body.code).toBe('auth.forbidden')
    // 48 hours after the end the phone is no longer theirs to see, nor to find by.
    await deliver(mine.id)
    api.clock.advance(49 * 3_600_000)
    expect((await listed('', driver))[0]).toMatchObject({ phoneMasked: true, phone: expect.stringContaining('•') })
    expect(await idsOf(`q=${phone}`, driver)).toEqual([])
    expect(await idsOf(`q=${encodeURIComponent('partagée')}`, driver)).toEqual([mine.customer.id])
  })

  it('a masked phone is shown nowhere and finds nobody', async () => {
    const order = await givenOrder(owner, { customer: { name: 'Masquée', phone: '0688112233' } })
    for (const client of [viewer, agent]) {
      expect(await idsOf('q=88112233', client)).toEqual([])
      const [found] = await listed('q=masqu%C3%A9e', client)
      expect(found).toMatchObject({ id: order.customer.id, phoneMasked: true, phone: '+2126••••••33' })
    }
    expect((await card(order.customer.id, viewer)).phone).toBe('+2126••••••33')
    expect((await card(order.customer.id, viewer)).statistics.deliveredCentimes).toBeNull()
  })
})

describe('a block', () => {
  it('is shown on the orders it concerns, moves none and holds back no arrival', async () => {
    const phone = freshPhone()
    const store = (await owner.post('/stores', { platform: 'generic', name: 'Boutique' })).body
    const old = await givenOrder(owner, { customer: { name: 'Refuse Toujours', phone } })
    const { id } = old.customer
    const block = await owner.post(`/customers/${id}/block`, { mode: 'cod', reason: 'Trois colis refusés' })
    expect(block.body).toMatchObject({
      blocked: { mode: 'cod', until: null },
      block: { mode: 'cod', reason: 'Trois colis refusés', by: 'Test owner' },
    })
    expect((await owner.get(`/orders/${old.id}`)).body).toMatchObject({
      stageId: old.stageId,
      blocked: { mode: 'cod' },
    })
    const customer = { name: 'Refuse Toujours', email: null, phones: [phone] }
    const { orderId } = await receive(api, store.id, shopOrder('BLOCK-1', { customer }))
    const paid = await receive(api, store.id, shopOrder('BLOCK-2', { customer, outstandingCentimes: 0 }))
    expect((await owner.get(`/orders/${orderId}`)).body).toMatchObject({ state: 'new', blocked: { mode: 'cod' } })
    expect((await owner.get(`/orders/${paid.orderId}`)).body).toMatchObject({ codAmountCentimes: 0, blocked: null })
    expect(await idsOf('blocked=true')).toEqual([id])
    expect(await idsOf('blocked=false')).not.toContain(id)
    // One order is let through; the others stay marked.
    expect((await owner.post(`/customers/${id}/except`, { orderId })).body.blocked).toEqual({
      mode: 'cod',
      until: null,
    })
    expect((await owner.get(`/orders/${orderId}`)).body.blocked).toBeNull()
    expect((await owner.get(`/orders/${old.id}`)).body.blocked).not.toBeNull()
    expect((await owner.post(`/customers/${id}/unblock`)).body).toMatchObject({ blocked: null, block: null })
    expect((await owner.get(`/orders/${old.id}`)).body.blocked).toBeNull()
    expect((await owner.post(`/customers/${id}/unblock`)).body.code).toBe('customer.not_blocked')
    const types = (await owner.get(`/audit-log?subjectId=${id}`)).body.items.map(({ type }: { type: string }) => type)
    expect(types).toEqual(expect.arrayContaining(['customer.blocked', 'customer.order_excepted', 'customer.unblocked']))
  })

  it('ends by itself, and begins in no past', async () => {
    const { customer, id } = await givenOrder(owner)
    const now = api.clock.now().getTime()
    const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString()
    const past = await owner.post(`/customers/${customer.id}/block`, { mode: 'all', reason: 'x', until: at(-1) })
    expect([past.status, past.body.fields]).toEqual([400, [{ path: 'until', code: 'in_the_past' }]])
    await owner.post(`/customers/${customer.id}/block`, { mode: 'all', reason: 'Absent', until: at(2) })
    expect((await owner.get(`/orders/${id}`)).body.blocked).toMatchObject({ mode: 'all' })
    api.clock.advance(3 * 3_600_000)
    expect((await owner.get(`/orders/${id}`)).body.blocked).toBeNull()
    expect(await card(customer.id)).toMatchObject({ blocked: null, block: null })
    expect(await idsOf('blocked=true')).not.toContain(customer.id)
  })
})
