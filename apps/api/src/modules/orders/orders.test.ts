import { describe, expect, it } from 'vitest'
import { type Answer, startApi } from '../../../../../tests/support/app.ts'
import { freshPhone, givenOrder, moveTo, orderBody, reasonFor, stageFor } from '../../../../../tests/support/orders.ts'

const api = await startApi()
const owner = api.as('owner')
const agent = api.as('confirmation_agent')
const nobody = '01900000-0000-7000-8000-00000000dead'

const history = async (id: string) => (await owner.get(`/orders/${id}/events`)).body.items
const setEffectsOf = (stageId: string, effects: readonly object[]) =>
  api
    .ctx()
    .transaction((tx) =>
      tx.db.execute(
        `update stages set effects = '${JSON.stringify(effects)}' where merchant_id = '${api.merchant.merchantId}' and id = '${stageId}'`,
      ),
    )

describe('an order by hand', () => {
  it('has a number, the first stage, its city and the server’s totals', async () => {
    const { status, body } = await owner.post(
      '/orders',
      orderBody({ shippingAddress: { line: '12 rue X, Maârif', city: 'Casa' }, depositCentimes: 5_000 }),
    )
    expect(status).toBe(201)
    expect(body).toMatchObject({
      number: 10_001,
      state: 'new',
      version: 1,
      subtotalCentimes: 24_900,
      totalCentimes: 28_400,
      codAmountCentimes: 23_400,
      toComplete: [],
      customer: { phoneVerdict: 'good', phoneMasked: false },
      shippingAddress: {
        city: { id: 'casablanca', name: 'Casablanca' },
        regionCode: 'MA-06',
        district: 'Maârif',
        cityText: 'Casa',
      },
      lines: [{ quantity: 2, totalCentimes: 24_900 }],
      cash: { status: 'not_due', since: null },
      parcel: null,
    })
    expect((await owner.get(`/orders/${body.id}`)).body).toEqual(body)
  })

  it('numbers run on, and twins of one phone are one customer', async () => {
    const phone = freshPhone()
    const made = await Promise.all(
      Array.from({ length: 8 }, () => givenOrder(owner, { customer: { name: 'Twin', phone } })),
    )
    expect(new Set(made.map(({ number }) => number)).size).toBe(8)
    expect(new Set(made.map(({ customer }) => customer.id)).size).toBe(1)
  })

  it('waits in the tray while its city is open, and leaves it when the city is known', async () => {
    const order = await givenOrder(owner, { shippingAddress: { city: 'Qwxyz' } })
    expect(order).toMatchObject({ toComplete: ['city_unknown'], shippingAddress: { city: null, cityText: 'Qwxyz' } })
    const edit = { version: order.version, shippingAddress: { city: 'Fès' } }
    const { body } = await owner.patch(`/orders/${order.id}`, edit)
    expect(body).toMatchObject({ toComplete: [], version: 2, shippingAddress: { city: { id: 'fes' } } })
  })

  it.each([
    [{ customer: { name: 'X', phone: '0612' } }, 422, 'order.phone_impossible'],
    [{ customer: { name: 'X', phone: '+2126••••••78' } }, 422, 'order.masked_value'],
    [{ lines: [] }, 400, 'request.invalid'],
    [{ lines: [{ quantity: 1, unitPriceCentimes: 100 }] }, 422, 'order.field_required'],
    [{ lines: [{ name: 'X', quantity: -1, unitPriceCentimes: 100 }] }, 400, 'request.invalid'],
    [{ lines: [{ name: 'X', quantity: 1, unitPriceCentimes: 2 ** 53 }] }, 400, 'request.invalid'],
    [{ discountCentimes: 99_999_999 }, 422, 'order.total_mismatch'],
    [{ depositCentimes: 28_401 }, 422, 'order.deposit_above_total'],
    [{ storeId: nobody }, 404, 'store.not_found'],
    [{ stageId: nobody }, 422, 'order.stage_unknown'],
    [{ assigneeId: nobody }, 404, 'member.not_found'],
    [{ exchangeOfOrderId: nobody }, 404, 'order.not_found'],
    [{ totalCentimes: 1 }, 400, 'request.invalid'],
  ])('is refused with a reason: %j', async (over, status, code) => {
    const before = (await owner.get('/orders/count')).body.count
    const answer = await owner.post('/orders', orderBody(over))
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect((await owner.get('/orders/count')).body.count).toBe(before)
  })

  it('is made once for one idempotency key', async () => {
    const body = orderBody()
    const key = { 'idempotency-key': 'k-1' }
    const first = await owner.post('/orders', body, key)
    const again = await owner.post('/orders', body, key)
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect([again.status, again.body]).toEqual([201, first.body])
  })

  it('may start further on for a role that may move there, and stays in its maker’s sight', async () => {
    const stageId = await stageFor(owner, 'confirmed')
    const order = await givenOrder(agent, { stageId })
    expect(order).toMatchObject({
      state: 'confirmed',
      assignee: { id: api.merchant.people.confirmation_agent.memberId },
    })
    expect((await agent.get(`/orders/${order.id}`)).status).toBe(200)
    const shipped = await agent.post('/orders', orderBody({ stageId: await stageFor(owner, 'shipped') }))
    expect([shipped.status, shipped.body.code]).toEqual([403, 'order.move_forbidden'])
  })

  it('starts further on only with what the stage demands, and triggers what a move there would', async () => {
    const stageId = await stageFor(owner, 'confirmed')
    const nowhere = { line: '12 rue X', city: 'Nulle Part les Bains' }
    const refused = await owner.post('/orders', orderBody({ stageId, shippingAddress: nowhere }))
    expect([refused.status, refused.body.code, refused.body.fields]).toEqual([
      422,
      'order.field_required',
      [{ path: 'shippingAddress.city', code: 'not_in_list' }],
    ])
    await setEffectsOf(stageId, [{ kind: 'create_parcel', carrierAccountId: null }])
    const order = await givenOrder(owner, { stageId })
    await setEffectsOf(stageId, [])
    expect((await history(order.id)).at(-1).effects).toMatchObject([{ kind: 'create_parcel' }])
  })
})

describe('an edit', () => {
  it('computes totals anew, reads the phone anew, and says what changed', async () => {
    const order = await givenOrder(owner)
    const phone = freshPhone()
    const { status, body } = await owner.patch(`/orders/${order.id}`, {
      version: 1,
      customer: { phone, name: 'Salma Alaoui' },
      lines: [{ name: 'Savon noir', quantity: 3, unitPriceCentimes: 4_000 }],
      discountCentimes: 500,
      note: 'Appeler le soir',
      tags: ['vip'],
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      version: 2,
      customer: { name: 'Salma Alaoui', phone: `+212${phone.slice(1)}` },
      totalCentimes: 15_000,
      codAmountCentimes: 15_000,
      note: 'Appeler le soir',
      tags: ['vip'],
      lines: [{ name: 'Savon noir', quantity: 3 }],
    })
    expect(body.customer.id).not.toBe(order.customer.id)
    const [edited] = await history(order.id)
    expect(edited).toMatchObject({
      type: 'order.edited',
      actor: { kind: 'member', name: 'Test owner' },
      before: { name: 'Fatima Zahra El Idrissi', totalCentimes: 28_400 },
      after: { name: 'Salma Alaoui', totalCentimes: 15_000, phone: `+212${phone.slice(1)}` },
    })
    expect(edited.data.changed.toSorted()).toEqual(['amounts', 'lines', 'name', 'note', 'phone', 'tags'])
    expect((await owner.get('/orders?tag=vip')).body.items.map(({ id }: { id: string }) => id)).toEqual([order.id])
  })

  it('changes nothing where nothing differs', async () => {
    const order = await givenOrder(owner)
    const same = { version: 1, customer: { name: order.customer.name, phone: order.customer.phone }, note: null }
    expect((await owner.patch(`/orders/${order.id}`, same)).body).toMatchObject({ version: 1 })
    expect((await history(order.id)).map(({ type }: { type: string }) => type)).toEqual(['order.created'])
  })

  it('of an old version is answered with who, when, and the order as it is', async () => {
    const order = await givenOrder(owner)
    await owner.patch(`/orders/${order.id}`, { version: 1, note: 'one' })
    const late = await api.as('manager').patch(`/orders/${order.id}`, { version: 1, note: 'two' })
    expect(late.status).toBe(409)
    expect(late.body).toMatchObject({
      code: 'order.changed_meanwhile',
      params: { by: { kind: 'member', name: 'Test owner' } },
      current: { id: order.id, version: 2, note: 'one' },
    })
    expect(Date.parse(late.body.params.at)).not.toBeNaN()
  })

  it('keeps its resolved city when only the street changes', async () => {
    const order = await givenOrder(owner, { shippingAddress: { line: 'A', city: 'Casa' } })
    const { body } = await owner.patch(`/orders/${order.id}`, { version: 1, shippingAddress: { line: '5 rue Y' } })
    expect(body.shippingAddress).toMatchObject({ line: '5 rue Y', city: { id: 'casablanca' }, cityText: 'Casa' })
  })

  it('refuses a mask and an impossible phone', async () => {
    const order = await givenOrder(owner)
    const phone = (text: string) => owner.patch(`/orders/${order.id}`, { version: 1, customer: { phone: text } })
    expect((await phone('+2126••••••78')).body.code).toBe('order.masked_value')
    expect((await phone('0612')).body.code).toBe('order.phone_impossible')
  })
})

describe('notes and assignment', () => {
  it('a note is in the history, its words only under the customer’s key', async () => {
    const order = await givenOrder(owner)
    const { status, body } = await agent.post(`/orders/${order.id}/notes`, { text: 'Rappeler Salma' })
    expect([status, body]).toMatchObject([
      201,
      { type: 'order.note_added', after: { text: 'Rappeler Salma' }, actor: { name: 'Test confirmation_agent' } },
    ])
    expect((await history(order.id))[0]).toEqual(body)
    const stored = await api
      .ctx()
      .read((tx) => tx.db.execute(`select before, after, data from events where order_id = '${order.id}'`))
    expect(JSON.stringify(stored.rows)).not.toContain('Salma')
    expect((await owner.post(`/orders/${order.id}/notes`, { text: ' ' })).status).toBe(400)
  })

  it('an order is given to an active member, and taken back', async () => {
    const order = await givenOrder(owner)
    const { memberId } = api.merchant.people.delivery_agent
    const given = await owner.post(`/orders/${order.id}/assign`, { memberId, version: 1 })
    expect(given.body).toMatchObject({ version: 2, assignee: { id: memberId, name: 'Test delivery_agent' } })
    const stranger = api.rival.people.owner.memberId
    expect((await owner.post(`/orders/${order.id}/assign`, { memberId: stranger, version: 2 })).body.code).toBe(
      'member.not_found',
    )
    expect((await agent.post(`/orders/${order.id}/assign`, { memberId: null, version: 2 })).status).toBe(403)
    const back = await owner.post(`/orders/${order.id}/undo`, { eventId: given.body.undoEventId, version: 2 })
    expect(back.body).toMatchObject({ version: 3, assignee: null })
  })
})

describe('the history', () => {
  it('is paged, newest first, and names people', async () => {
    const order = await givenOrder(owner)
    await moveTo(owner, order.id, 'to_confirm')
    await moveTo(agent, order.id, 'confirmed')
    const types = []
    let cursor: string | null = null
    do {
      const page: Answer['body'] = (
        await owner.get(`/orders/${order.id}/events?limit=1${cursor ? `&cursor=${cursor}` : ''}`)
      ).body
      types.push(
        ...page.items.map(({ type, actor }: { type: string; actor: { name: string } }) => `${type} ${actor.name}`),
      )
      cursor = page.nextCursor
    } while (cursor)
    expect(types).toEqual(['order.moved Test confirmation_agent', 'order.moved Test owner', 'order.created Test owner'])
  })

  it('keeps the state as it was at the time, whatever becomes of the stage', async () => {
    const order = await givenOrder(owner)
    await moveTo(owner, order.id, 'unreachable')
    const stageId = await stageFor(owner, 'unreachable')
    const become = (state: string) =>
      api
        .ctx()
        .transaction((tx) =>
          tx.db.execute(
            `update stages set state = '${state}' where merchant_id = '${api.merchant.merchantId}' and id = '${stageId}'`,
          ),
        )
    await become('to_confirm')
    expect((await history(order.id))[0].after).toMatchObject({ stageId, state: 'unreachable' })
    expect((await owner.get(`/orders/${order.id}`)).body.state).toBe('unreachable')
    await become('unreachable')
  })
})

describe('an order that is not there', () => {
  it('is the same refusal for a missing one and another merchant’s', async () => {
    const mine = await givenOrder(owner)
    const paths = (id: string) =>
      Promise.all([
        api.asRival('owner').get(`/orders/${id}`),
        api.asRival('owner').patch(`/orders/${id}`, { version: 1, note: 'x' }),
        api.asRival('owner').get(`/orders/${id}/events`),
        api.asRival('owner').get(`/orders/${id}/duplicates`),
        api.asRival('owner').post(`/orders/${id}/notes`, { text: 'x' }),
        api.asRival('owner').post(`/orders/${id}/assign`, { memberId: null, version: 1 }),
        api.asRival('owner').post(`/orders/${id}/undo`, { eventId: nobody, version: 1 }),
        api.asRival('owner').post(`/orders/${id}/move`, { stageId: nobody, version: 1 }),
      ])
    const shown = (answers: Awaited<ReturnType<typeof paths>>) =>
      answers.map(({ status, body: { requestId: _id, ...body } }) => [status, body])
    const foreign = shown(await paths(mine.id))
    expect(foreign).toEqual(shown(await paths(nobody)))
    for (const [status, body] of foreign)
      expect([status, (body as { code: string }).code]).toEqual([404, 'order.not_found'])
  })
})

it('reasons are asked for and kept', async () => {
  const order = await givenOrder(owner)
  expect((await moveTo(owner, order.id, 'cancelled')).body.code).toBe('order.reason_required')
  const reasonId = await reasonFor(owner, 'duplicate')
  expect((await moveTo(owner, order.id, 'cancelled', { reasonId })).body).toMatchObject({
    state: 'cancelled',
    reasonId,
  })
})
