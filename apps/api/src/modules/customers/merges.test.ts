import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import { freshPhone, givenOrder, moveTo } from '../../../../../tests/support/orders.ts'

const api = await startApi()
const owner = api.as('owner')

const rowsOf = async (text: string): Promise<unknown[]> =>
  api.ctx().read(async (tx) => ((await tx.db.execute(text)) as unknown as { rows: unknown[] }).rows)
/** Everything that a merge may touch of these customers, but when it was last touched. */
const snapshot = async (ids: readonly string[]) => {
  const list = ids.map((id) => `'${id}'`).join(', ')
  return {
    customers: await rowsOf(
      `select to_jsonb(c) - 'version' - 'updated_at' as row from customers c where id in (${list}) order by id`,
    ),
    orders: await rowsOf(
      `select id, customer_id, block_mode, blocked_until from orders where customer_id in (${list}) order by id`,
    ),
    terms: await rowsOf(
      `select subject_id, kind, term from search_terms where subject_id in (${list}) order by 1, 2, 3`,
    ),
    tags: await rowsOf(`select customer_id, tag from customer_tags where customer_id in (${list}) order by 1, 2`),
    blocks: await rowsOf(`select * from customer_blocks where customer_id in (${list}) order by id`),
  }
}

interface Shape {
  readonly orders: number
  readonly email: boolean
  readonly alternate: boolean
  readonly tags: readonly string[]
  readonly consent: boolean | null
  readonly block: 'cod' | 'all' | null
  readonly city: string
}
const shape: fc.Arbitrary<Shape> = fc.record({
  orders: fc.integer({ min: 1, max: 3 }),
  email: fc.boolean(),
  alternate: fc.boolean(),
  tags: fc.uniqueArray(fc.constantFrom('vip', 'gros', 'fidèle', 'rappeler')),
  consent: fc.constantFrom(true, false, null),
  block: fc.constantFrom('cod' as const, 'all' as const, null),
  city: fc.constantFrom('Rabat', 'Fès'),
})

let made = 0
const given = async ({ orders, email, alternate, tags, consent, block, city }: Shape): Promise<string> => {
  const customer = {
    name: `Client ${(made += 1)}`,
    phone: freshPhone(),
    ...(email ? { email: `client${made}@example.com` } : {}),
    ...(alternate ? { alternatePhone: freshPhone() } : {}),
  }
  let id = ''
  for (let n = 0; n < orders; n += 1) {
    const order = await givenOrder(owner, { customer, shippingAddress: { city } })
    id = order.customer.id
    if (n > 0) await moveTo(owner, order.id, 'cancelled', { reasonId: await reason() })
  }
  const { version } = (await owner.get(`/customers/${id}`)).body
  const edit = { version, tags, ...(consent === null ? {} : { consent: { given: consent } }) }
  await owner.patch(`/customers/${id}`, edit)
  if (block) await owner.post(`/customers/${id}/block`, { mode: block, reason: 'Refus répétés' })
  return id
}
const reason = async (): Promise<string> => (await owner.get('/pipeline')).body.reasons[0].id
const plain: Shape = { orders: 1, email: false, alternate: false, tags: [], consent: null, block: null, city: 'Rabat' }
const merge = (kept: string, customerId: string, over: object = {}) =>
  owner.post(`/customers/${kept}/merge`, { customerId, ...over })

describe('a merge of customers', () => {
  it('says what would move, and moves it', async () => {
    const [kept, other] = [await given(plain), await given({ ...plain, orders: 2, email: true, tags: ['vip'] })]
    await owner.post(`/customers/${other}/notes`, { text: 'Appelle du 2e numéro' })
    const phone = (await owner.get(`/customers/${other}`)).body.phone
    const preview = await merge(kept, other, { dryRun: true })
    expect(preview.body).toMatchObject({
      mergeId: null,
      orders: 2,
      notes: 1,
      phones: [phone],
      tags: ['vip'],
      others: 0,
    })
    expect(preview.body.fields.toSorted()).toEqual(['email', 'tags'])
    expect((await owner.get(`/customers/${other}`)).body.id).toBe(other)
    const { body, status } = await merge(kept, other)
    expect([status, body.customer.statistics.orders, body.customer.otherPhones]).toEqual([200, 3, [phone]])
    expect(body.customer.merged).toMatchObject([{ mergeId: body.mergeId, customerId: other, phone }])
    // An old address leads to the one who stayed, and so does the number: also for orders to come.
    expect((await owner.get(`/customers/${other}`)).body.id).toBe(kept)
    expect((await owner.get(`/customers?q=${phone.slice(-9)}`)).body.items.map(({ id }: { id: string }) => id)).toEqual(
      [kept],
    )
    expect((await givenOrder(owner, { customer: { name: 'Retour', phone } })).customer.id).toBe(kept)
    expect((await owner.get(`/customers/${kept}/notes`)).body.items).toMatchObject([{ text: 'Appelle du 2e numéro' }])
  })

  it('law 10: taken back, leaves everything as it was', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(shape, shape, async (one, two) => {
        const ids = [await given(one), await given(two)] as const
        const before = await snapshot(ids)
        const { body } = await merge(...ids)
        expect(await snapshot(ids)).not.toEqual(before)
        const undone = await owner.post(`/customers/merges/${body.mergeId}/undo`)
        expect(undone.status).toBe(200)
        expect(await snapshot(ids)).toEqual(before)
      }),
      { numRuns: 6 },
    )
  })

  it('taken back, keeps what was changed since, and gives back the orders that came with the number', async () => {
    const [kept, other] = [await given(plain), await given({ ...plain, email: true, tags: ['vip'] })]
    const phone = (await owner.get(`/customers/${other}`)).body.phone
    const { mergeId, customer } = (await merge(kept, other)).body
    await owner.patch(`/customers/${kept}`, {
      version: customer.version,
      email: 'choisi@example.com',
      tags: ['vip', 'neuf'],
    })
    const since = await givenOrder(owner, { customer: { name: 'Depuis', phone } })
    const undone = await owner.post(`/customers/merges/${mergeId}/undo`)
    expect(undone.body).toMatchObject({ id: kept, email: 'choisi@example.com', tags: ['neuf'], merged: [] })
    expect((await owner.get(`/orders/${since.id}`)).body.customer.id).toBe(other)
    expect((await owner.post(`/customers/merges/${mergeId}/undo`)).body.code).toBe('merge.already_undone')
  })

  it('of a merged customer is refused in words, and a chain is undone from its end', async () => {
    const [a, b, c] = [await given(plain), await given(plain), await given(plain)]
    const first = (await merge(b, a)).body.mergeId
    expect((await merge(c, a)).body.code).toBe('customer.already_merged')
    expect((await merge(a, c)).body.code).toBe('customer.already_merged')
    expect((await merge(c, c)).body.code).toBe('customer.merge_itself')
    const second = (await merge(c, b)).body
    expect(second).toMatchObject({ others: 1, orders: 2 })
    expect((await owner.get(`/customers/${a}`)).body.id).toBe(c)
    expect((await owner.post(`/customers/merges/${first}/undo`)).body.code).toBe('merge.superseded')
    await owner.post(`/customers/merges/${second.mergeId}/undo`)
    expect((await owner.post(`/customers/merges/${first}/undo`)).body.id).toBe(b)
    for (const id of [a, b, c])
      expect((await owner.get(`/customers/${id}`)).body).toMatchObject({ id, statistics: { orders: 1 } })
  })

  it('law 3: takes the hand and what was tried along, and gives them back', async () => {
    const agent = api.as('confirmation_agent')
    const [kept, other] = [await given(plain), await given(plain)]
    const orderOf = async (id: string) => (await owner.get(`/customers/${id}/orders`)).body.items[0].id
    const claim = async (orderId: string, by = agent) => (await by.post('/calls/claim', { orderId })).body
    const tried = async (id: string) => (await owner.get(`/customers/${id}/attempts`)).body.items
    const orderId = await orderOf(other)
    const { lease } = await claim(orderId)
    const said = await agent.post(`/calls/leases/${lease.id}/outcome`, { orderId, outcome: 'no_answer', stop: true })
    expect([said.status, said.text.slice(0, 200)]).toEqual([200, said.text.slice(0, 200)])
    const [attempt] = await tried(other)
    expect(attempt).toMatchObject({ orderId, outcome: 'no_answer' })
    await claim(orderId)
    const { mergeId } = (await merge(kept, other)).body
    // Whoever talks to one of the two talks to the one that they are now.
    expect((await claim(await orderOf(kept), api.as('manager'))).code).toBe('call.customer_held')
    expect(await tried(kept)).toEqual([attempt])
    expect((await owner.post(`/customers/merges/${mergeId}/undo`)).status).toBe(200)
    expect([await tried(kept), await tried(other)]).toEqual([[], [attempt]])
    expect((await claim(orderId, api.as('manager'))).code).toBe('call.customer_held')
    const held = await api.as('manager').post('/calls/claim', { orderId: await orderOf(kept) })
    expect(held.status).toBe(200)
    // While two members talk to them, they stay two.
    expect((await merge(kept, other)).body.code).toBe('call.customer_held')
  })

  it('asked twice at once is done once', async () => {
    const [kept, other] = [await given(plain), await given(plain)]
    const answers = await Promise.all([merge(kept, other), merge(kept, other), merge(other, kept)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
  })
})

describe('a customer who is forgotten', () => {
  it('leaves orders and figures behind, and nothing of who they were', async () => {
    const [kept, other] = [
      await given({ ...plain, email: true, tags: ['vip'] }),
      await given({ ...plain, block: 'all' }),
    ]
    await owner.post(`/customers/${kept}/notes`, { text: 'Voisine de Karima' })
    const card = (await owner.get(`/customers/${kept}`)).body
    const { mergeId } = (await merge(kept, other)).body
    expect((await owner.post(`/customers/${kept}/anonymise`)).body).toEqual({ orders: 2 })
    const forgotten = (await owner.get(`/customers/${kept}`)).body
    expect(forgotten).toMatchObject({ name: '–', phone: null, email: null, tags: [], block: null, otherPhones: [] })
    expect(forgotten).toMatchObject({ addresses: [], statistics: { orders: 2 } })
    expect(forgotten.erasedAt).not.toBeNull()
    expect((await owner.get(`/customers/${kept}/notes`)).body.items).toMatchObject([{ text: null }])
    const everything = JSON.stringify(await snapshot([kept, other]))
    for (const word of [card.phone, card.name, card.email, 'Karima']) expect(everything).not.toContain(word)
    expect((await owner.get(`/customers?q=${card.phone.slice(-9)}`)).body.items).toEqual([])
    expect((await owner.post(`/customers/merges/${mergeId}/undo`)).body.code).toBe('merge.already_undone')
    expect((await owner.post(`/customers/${kept}/anonymise`)).body.code).toBe('customer.already_erased')
    expect((await api.as('confirmation_agent').post(`/customers/${kept}/anonymise`)).status).toBe(403)
  })
})

describe('two cards that may be one person', () => {
  const called = async (name: string, over: object = {}): Promise<string> =>
    (await givenOrder(owner, { customer: { name, phone: freshPhone(), ...over } })).customer.id
  const twinsOf = async (id: string) =>
    (await owner.get(`/customers/${id}/twins`)).body.items.map(({ reason, customer }: any) => [reason, customer.id])

  it('are laid side by side by name and city, by number, and no longer once they are one', async () => {
    const one = await called('Loubna Kadmiri')
    const [other, { phone }] = [await called('KADMIRI loubna'), (await owner.get(`/customers/${one}`)).body]
    const byNumber = await called('Rachid Ouhssaine', { alternatePhone: phone })
    await called('Loubna Chraibi')
    expect(await twinsOf(one)).toEqual([
      ['phone', byNumber],
      ['name', other],
    ])
    await merge(one, other)
    expect(await twinsOf(one)).toEqual([['phone', byNumber]])
  })
})
