import { describe, expect, it } from 'vitest'
import { type Client, startApi } from '../../../../../tests/support/app.ts'
import { givenOrder, moveTo, reasonFor, stageFor } from '../../../../../tests/support/orders.ts'
import { runChunk } from './chunks.commands.ts'

const api = await startApi()
const owner = api.as('owner')
const agent = api.as('confirmation_agent')
const { people } = api.merchant

interface Given {
  readonly id: string
  readonly version: number
}
const given = async (count: number, over: object = {}): Promise<Given[]> => {
  const orders = []
  for (let index = 0; index < count; index += 1) orders.push(await givenOrder(owner, over))
  return orders
}
const idsOf = (orders: readonly Given[]) => orders.map(({ id }) => id)
const orderNow = async (id: string) => (await owner.get(`/orders/${id}`)).body
const key = () => ({ 'idempotency-key': crypto.randomUUID() })

const ask = (body: object, client: Client = owner) =>
  client.post('/bulk-operations', { noun: 'orders', params: {}, ...body }, key())
/** Asks, lets the jobs run, and reads what came of it. */
const run = async (body: object, client: Client = owner) => {
  const asked = await ask(body, client)
  if (asked.status !== 202) throw new Error(asked.text)
  await api.runJobs()
  return (await client.get(`/bulk-operations/${asked.body.id}`)).body
}
const rowsOf = async (id: string, query = '') =>
  (await owner.get(`/bulk-operations/${id}/rows?limit=200${query}`)).body.items
const undo = async (id: string, client: Client = owner) => {
  const asked = await client.post(`/bulk-operations/${id}/undo`, undefined, key())
  if (asked.status !== 202) throw new Error(asked.text)
  await api.runJobs()
  return (await client.get(`/bulk-operations/${asked.body.id}`)).body
}
const eventsOf = async (id: string): Promise<string[]> =>
  (await owner.get(`/orders/${id}/events`)).body.items.map(({ type }: { type: string }) => type)
const moveParams = async (state: 'confirmed' | 'unreachable' | 'cancelled' | 'shipped') => ({
  stageId: await stageFor(owner, state),
})

describe('a bulk move', () => {
  it('moves every chosen order by the rules of one move, and answers each row', async () => {
    const orders = await given(3)
    const [gone, far] = await given(2)
    await moveTo(owner, gone?.id ?? '', 'confirmed')
    await moveTo(owner, far?.id ?? '', 'confirmed')
    expect((await moveTo(owner, far?.id ?? '', 'shipped')).status).toBe(200)
    const stranger = crypto.randomUUID()
    const ids = [...idsOf(orders), gone?.id, far?.id, stranger]
    const over = await run({ ids, action: 'move', params: await moveParams('confirmed') })
    expect(over).toMatchObject({ status: 'done', rows: 6, done: 3, refused: 3 })
    const rows = await rowsOf(over.id)
    const codes = Object.fromEntries(rows.map((row: any) => [row.orderId, row.refusal?.code ?? row.outcome]))
    expect(codes).toMatchObject({
      [stranger]: 'order.not_found',
      [gone?.id ?? '']: 'order.already_there',
      [far?.id ?? '']: 'order.move_not_allowed',
    })
    for (const { id, version } of orders) {
      expect(await orderNow(id)).toMatchObject({ state: 'confirmed', version: version + 1 })
      expect(await eventsOf(id)).toEqual(['order.moved', 'order.created'])
    }
  })

  it('by a filter takes exactly what the list shows', async () => {
    const [one, other] = await given(2, { tags: ['bulk-filter'] })
    await given(1)
    const filter = { where: { all: [{ field: 'tag', op: 'in', values: ['bulk-filter'] }] } }
    const over = await run({ filter, action: 'move', params: await moveParams('unreachable') })
    expect(over).toMatchObject({ status: 'done', rows: 2, done: 2 })
    expect(new Set((await rowsOf(over.id)).map(({ orderId }: any) => orderId))).toEqual(new Set([one?.id, other?.id]))
  })

  it('as a dry run says what would happen and changes nothing', async () => {
    const orders = await given(2)
    const params = await moveParams('shipped')
    const over = await run({ ids: idsOf(orders), action: 'move', params, dryRun: true })
    expect(over).toMatchObject({
      status: 'done',
      dryRun: true,
      done: 0,
      refused: 2,
      reasons: [{ code: 'order.move_not_allowed', count: 2 }],
      undoable: false,
    })
    for (const { id, version } of orders) expect((await orderNow(id)).version).toBe(version)
  })

  it('leaves alone what somebody changed between the choice and the change', async () => {
    const [order] = await given(1)
    const asked = await ask({ ids: [order?.id], action: 'move', params: await moveParams('confirmed') })
    await moveTo(owner, order?.id ?? '', 'unreachable')
    await api.runJobs()
    const [row] = await rowsOf(asked.body.id)
    expect(row.refusal.code).toBe('order.changed_meanwhile')
    expect((await orderNow(order?.id ?? '')).state).toBe('unreachable')
  })

  it('is taken back as a whole, clocks and first entries included', async () => {
    const orders = await given(3)
    const before = await Promise.all(orders.map(({ id }) => orderNow(id)))
    const over = await run({ ids: idsOf(orders), action: 'move', params: await moveParams('confirmed') })
    const back = await undo(over.id)
    expect(back).toMatchObject({ status: 'done', done: 3, refused: 0, undoes: over.id, undoable: false })
    for (const { id, stageId, stateSince, state } of before)
      expect(await orderNow(id)).toMatchObject({ stageId, stateSince, state, undoEventId: null })
    const again = await owner.post(`/bulk-operations/${over.id}/undo`, undefined, key())
    expect([again.status, again.body.code]).toEqual([409, 'bulk.not_undoable'])
  })

  it('undone after others moved some, says which ones it left', async () => {
    const [mine, theirs] = await given(2)
    const over = await run({ ids: [mine?.id, theirs?.id], action: 'move', params: await moveParams('unreachable') })
    await moveTo(api.as('manager'), theirs?.id ?? '', 'confirmed')
    const back = await undo(over.id)
    expect(back).toMatchObject({ done: 1, refused: 1, reasons: [{ code: 'order.undo_superseded', count: 1 }] })
    expect((await orderNow(theirs?.id ?? '')).state).toBe('confirmed')
    expect((await orderNow(mine?.id ?? '')).state).toBe('new')
  })

  it('stopped in the middle keeps what is done, and can be taken back', async () => {
    const orders = await given(2)
    const asked = await ask({ ids: idsOf(orders), action: 'move', params: await moveParams('confirmed') })
    const stopped = await owner.post(`/bulk-operations/${asked.body.id}/stop`, undefined, key())
    expect([stopped.status, stopped.body.status]).toEqual([202, 'stopping'])
    await api.runJobs()
    const over = (await owner.get(`/bulk-operations/${asked.body.id}`)).body
    expect(over).toMatchObject({ status: 'stopped', done: 0, undoable: false })
    expect((await rowsOf(over.id)).map(({ outcome }: any) => outcome)).toEqual(['pending', 'pending'])
    const late = await owner.post(`/bulk-operations/${over.id}/stop`, undefined, key())
    expect(late.body.code).toBe('bulk.already_over')
  })

  it('law 7: a chunk that was done is not done again by a second worker', async () => {
    const [order] = await given(1)
    const asked = await ask({ ids: [order?.id], action: 'move', params: await moveParams('confirmed') })
    const ctx = api.ctx()
    await Promise.all([1, 2, 3].map(() => runChunk(ctx, asked.body.id, { rehearsal: false })))
    await api.runJobs()
    expect((await orderNow(order?.id ?? '')).version).toBe(2)
    expect(await eventsOf(order?.id ?? '')).toEqual(['order.moved', 'order.created'])
    expect((await owner.get(`/bulk-operations/${asked.body.id}`)).body).toMatchObject({ done: 1, refused: 0 })
  })

  it('keeps the reason in words under the key of each customer', async () => {
    const orders = await given(2)
    const params = {
      ...(await moveParams('cancelled')),
      reasonId: await reasonFor(owner, 'other'),
      note: 'Fin de série',
    }
    await run({ ids: idsOf(orders), action: 'move', params })
    for (const { id } of orders) {
      const [newest] = (await owner.get(`/orders/${id}/events`)).body.items
      expect(newest.after.note).toBe('Fin de série')
    }
  })

  it('law 7: triggers each effect once', async () => {
    const orders = await given(2)
    const stageId = await stageFor(owner, 'unreachable')
    await api
      .ctx()
      .transaction((tx) =>
        tx.db.execute(
          `update stages set effects = '[{"kind":"create_parcel","carrierAccountId":null}]' where id = '${stageId}'`,
        ),
      )
    try {
      const asked = await ask({ ids: idsOf(orders), action: 'move', params: { stageId } })
      await runChunk(api.ctx(), asked.body.id, { rehearsal: false })
      for (const { id } of orders) {
        const [newest] = (await owner.get(`/orders/${id}/events`)).body.items
        expect(newest.effects).toMatchObject([{ kind: 'create_parcel', status: 'pending' }])
      }
      const back = await undo(asked.body.id)
      expect(back.done).toBe(2)
    } finally {
      await api.ctx().transaction((tx) => tx.db.execute(`update stages set effects = '[]' where id = '${stageId}'`))
    }
  })
})

describe('other bulk actions', () => {
  it('assigns, and takes it back', async () => {
    const orders = await given(2)
    const memberId = people.confirmation_agent.memberId
    const over = await run({ ids: idsOf(orders), action: 'assign', params: { memberId } })
    expect(over.done).toBe(2)
    for (const { id } of orders) expect((await orderNow(id)).assignee.id).toBe(memberId)
    await undo(over.id)
    for (const { id } of orders) expect((await orderNow(id)).assignee).toBeNull()
  })

  it('tags, and takes back only the tags that it changed', async () => {
    const [plain, tagged] = [...(await given(1)), ...(await given(1, { tags: ['vip', 'ancien'] }))]
    const over = await run({
      ids: [plain?.id, tagged?.id],
      action: 'tag',
      params: { add: ['vip'], remove: ['ancien'] },
    })
    expect([(await orderNow(plain?.id ?? '')).tags, (await orderNow(tagged?.id ?? '')).tags]).toEqual([
      ['vip'],
      ['vip'],
    ])
    expect((await owner.get('/orders?tag=vip')).body.items.map(({ id }: any) => id)).toContain(plain?.id)
    await undo(over.id)
    expect((await orderNow(plain?.id ?? '')).tags).toEqual([])
    expect(new Set((await orderNow(tagged?.id ?? '')).tags)).toEqual(new Set(['vip', 'ancien']))
  })

  it('refuses a carrier account or a reason that is not there at once', async () => {
    const ids = idsOf(await given(1))
    const ship = await ask({ ids, action: 'ship', params: { carrierAccountId: crypto.randomUUID() } })
    expect([ship.status, ship.body.code]).toEqual([404, 'carrier_account.not_found'])
    const params = { ...(await moveParams('cancelled')), reasonId: crypto.randomUUID() }
    const move = await ask({ ids, action: 'move', params })
    expect([move.status, move.body.code]).toEqual([422, 'order.reason_unknown'])
  })
})

describe('who may do what in bulk', () => {
  it.each([
    ['viewer', 'move'],
    ['viewer', 'tag'],
    ['confirmation_agent', 'assign'],
    ['confirmation_agent', 'ship'],
    ['delivery_agent', 'tag'],
  ] as const)('a %s may not %s', async (role, action) => {
    const [order] = await given(1)
    const params = {
      move: await moveParams('confirmed'),
      tag: { add: ['x'] },
      assign: { memberId: null },
      ship: { carrierAccountId: crypto.randomUUID() },
    }
    const { status, body } = await ask({ ids: [order?.id], action, params: params[action] }, api.as(role))
    expect([status, body.code]).toEqual([403, 'auth.forbidden'])
  })

  it('an agent reaches no order beyond their sight, by ids or by a filter', async () => {
    const [hidden, seen] = await given(2, { tags: ['sight'] })
    await moveTo(owner, hidden?.id ?? '', 'confirmed')
    const filter = {
      where: {
        any: [
          { field: 'tag', op: 'in', values: ['sight'] },
          { field: 'state', op: 'in', values: ['confirmed'] },
        ],
      },
    }
    const byFilter = await run({ filter, action: 'move', params: await moveParams('unreachable') }, agent)
    const rows = (await agent.get(`/bulk-operations/${byFilter.id}/rows`)).body.items
    expect(rows.map(({ orderId }: any) => orderId)).toEqual([seen?.id])
    const byIds = await run({ ids: [hidden?.id], action: 'move', params: await moveParams('unreachable') }, agent)
    expect(byIds).toMatchObject({ done: 0, refused: 1, reasons: [{ code: 'order.not_found', count: 1 }] })
  })

  it('what was asked is done with the role of the moment, and not at all by somebody who left', async () => {
    const [order] = await given(1)
    const manager = api.as('manager')
    const asked = await ask({ ids: [order?.id], action: 'assign', params: { memberId: null } }, manager)
    await api
      .ctx()
      .transaction((tx) =>
        tx.db.execute(`update members set disabled_at = now() where id = '${people.manager.memberId}'`),
      )
    await api.runJobs()
    const over = (await owner.get(`/bulk-operations/${asked.body.id}`)).body
    await api
      .ctx()
      .transaction((tx) =>
        tx.db.execute(`update members set disabled_at = null where id = '${people.manager.memberId}'`),
      )
    expect(over).toMatchObject({ status: 'stopped', problem: 'auth.forbidden', done: 0 })
  })

  it('each sees their own operations; the owner sees all', async () => {
    const [order] = await given(1)
    const over = await run({ ids: [order?.id], action: 'move', params: await moveParams('unreachable') })
    expect((await agent.get(`/bulk-operations/${over.id}`)).body.code).toBe('bulk.not_found')
    expect((await api.asRival('owner').get(`/bulk-operations/${over.id}/rows`)).body.code).toBe('bulk.not_found')
    expect((await owner.get('/bulk-operations')).body.items[0].id).toBe(over.id)
  })
})

it.each([
  ['neither ids nor a filter', { action: 'assign', params: { memberId: null } }, 400],
  [
    'a parameter of another action',
    { ids: [crypto.randomUUID()], action: 'assign', params: { memberId: null, stageId: crypto.randomUUID() } },
    400,
  ],
  [
    'a stage that is not there',
    { ids: [crypto.randomUUID()], action: 'move', params: { stageId: crypto.randomUUID() } },
    422,
  ],
  ['a filter that holds for nothing', { filter: { tag: 'nowhere' }, action: 'tag', params: { add: ['x'] } }, 422],
  [
    'the same tag on both sides',
    { ids: [crypto.randomUUID()], action: 'tag', params: { add: ['x'], remove: ['x'] } },
    400,
  ],
] as const)('refuses %s', async (_what, body, status) => {
  expect((await ask(body)).status).toBe(status)
})

it('without a key is refused, because it may make parcels', async () => {
  const { body } = await owner.post('/bulk-operations', {
    noun: 'orders',
    ids: [crypto.randomUUID()],
    action: 'tag',
    params: { add: ['x'] },
  })
  expect(body.code).toBe('idempotency.key_required')
})
