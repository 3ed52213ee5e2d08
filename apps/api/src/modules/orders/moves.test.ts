import { Refused } from '@sendocki/domain/result'
import { beforeAll, describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import { givenOrder, moveTo, reasonFor, stageFor } from '../../../../../tests/support/orders.ts'
import { type Ctx, systemActor } from '../../context.ts'
import { type EffectHandlers, settleEffect } from './effects.commands.ts'
import { moveByRule, setOrderParcel } from './index.ts'

const api = await startApi()
const owner = api.as('owner')
const agent = api.as('confirmation_agent')
const { merchantId } = api.merchant

const newest = async (id: string) => (await owner.get(`/orders/${id}/events`)).body.items[0]
const rows = async (query: string) => (await api.ctx().read((tx) => tx.db.execute(query))).rows
const change = (query: string) => api.ctx().transaction((tx) => tx.db.execute(query))
const undo = (client: typeof owner, order: { id: string; undoEventId: string; version: number }) =>
  client.post(`/orders/${order.id}/undo`, { eventId: order.undoEventId, version: order.version })

describe('two people who move one order at once', () => {
  it('one is first, the other is told who, when, and what the order is now', async () => {
    const order = await givenOrder(owner)
    const [confirmed, unreachable] = [await stageFor(owner, 'confirmed'), await stageFor(owner, 'unreachable')]
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        (n % 2 ? owner : api.as('manager')).post(`/orders/${order.id}/move`, {
          stageId: n % 2 ? confirmed : unreachable,
          version: 1,
        }),
      ),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const [winner] = answers.filter(({ status }) => status === 200)
    for (const { status, body } of answers.filter((answer) => answer !== winner)) {
      expect([status, body.code]).toEqual([409, 'order.changed_meanwhile'])
      expect(body.current).toMatchObject({ version: 2, stageId: winner?.body.stageId })
      expect(body.params.by.name).toMatch(/^Test /)
    }
    expect((await owner.get(`/orders/${order.id}/events`)).body.items).toHaveLength(2)
  })

  it('an agent who lost sight of it by that is told who and when, and no more', async () => {
    const order = await givenOrder(owner)
    const mine = (await moveTo(owner, order.id, 'confirmed')).body
    const late = { stageId: await stageFor(owner, 'unreachable'), version: 1 }
    const { status, body } = await agent.post(`/orders/${order.id}/move`, late)
    expect([status, body]).toMatchObject([
      409,
      { code: 'order.changed_meanwhile', params: { by: { name: 'Test owner' } } },
    ])
    expect(body.current).toBeUndefined()
    await moveTo(owner, order.id, 'shipped')
    const later = await agent.post(`/orders/${order.id}/move`, { ...late, version: mine.version })
    expect([later.status, later.body.code]).toEqual([404, 'order.not_found'])
  })
})

describe('a move', () => {
  it('answers what was stored, and writes one event with before and after', async () => {
    const order = await givenOrder(owner)
    const { status, body } = await moveTo(owner, order.id, 'confirmed')
    expect(status).toBe(200)
    expect((await owner.get(`/orders/${order.id}`)).body).toEqual(body)
    expect(await newest(order.id)).toMatchObject({
      id: body.undoEventId,
      type: 'order.moved',
      before: { stageId: order.stageId, state: 'new' },
      after: { stageId: body.stageId, state: 'confirmed' },
      undoable: true,
      effects: [],
    })
  })

  it('makes the order late when the stage’s age limit has passed in working hours', async () => {
    const order = await givenOrder(owner)
    expect(order.lateAt).not.toBeNull()
    const late = async () => (await owner.get('/orders?late=true')).body.items.map(({ id }: { id: string }) => id)
    expect(await late()).not.toContain(order.id)
    api.clock.set(new Date(Date.parse(order.lateAt) + 1_000).toISOString())
    expect(await late()).toContain(order.id)
    api.clock.set(new Date().toISOString())
  })

  it('keeps its note under the customer’s key', async () => {
    const order = await givenOrder(owner)
    await moveTo(owner, order.id, 'unreachable', { note: 'Sœur de Karim a répondu' })
    expect((await newest(order.id)).after).toMatchObject({ state: 'unreachable', note: 'Sœur de Karim a répondu' })
    expect(JSON.stringify(await rows(`select * from events where order_id = '${order.id}'`))).not.toContain('Karim')
  })

  it('is refused beyond the role, to every role that may not', async () => {
    const order = await givenOrder(owner)
    await moveTo(owner, order.id, 'confirmed')
    await owner.post(`/orders/${order.id}/assign`, {
      memberId: api.merchant.people.confirmation_agent.memberId,
      version: 2,
    })
    expect((await moveTo(agent, order.id, 'shipped')).body.code).toBe('order.move_forbidden')
    expect((await moveTo(api.as('viewer'), order.id, 'shipped')).body.code).toBe('auth.forbidden')
    expect((await moveTo(api.as('manager'), order.id, 'shipped')).status).toBe(200)
  })
})

describe('an undo', () => {
  it('law 10: leaves the order as before the move, clocks and figures too', async () => {
    const order = await givenOrder(owner)
    const moved = (await moveTo(owner, order.id, 'confirmed')).body
    const firsts = `select first_confirmed_at from orders where id = '${order.id}'`
    expect((await rows(firsts))[0]?.first_confirmed_at).not.toBeNull()
    const { status, body } = await undo(owner, moved)
    expect(status).toBe(200)
    expect(body).toEqual({ ...order, version: 3, updatedAt: body.updatedAt })
    expect((await rows(firsts))[0]?.first_confirmed_at).toBeNull()
    expect(await newest(order.id)).toMatchObject({
      type: 'order.undone',
      undoable: false,
      data: { undoes: moved.undoEventId },
    })
  })

  it('goes back step by step, the newest first, and never twice', async () => {
    const order = await givenOrder(owner)
    const first = (await moveTo(owner, order.id, 'to_confirm')).body
    const second = (await moveTo(owner, order.id, 'confirmed')).body
    const early = await undo(owner, { ...first, version: second.version })
    expect([early.status, early.body.code]).toEqual([409, 'order.undo_superseded'])
    const back = (await undo(owner, second)).body
    expect(back).toMatchObject({ state: 'to_confirm', undoEventId: first.undoEventId })
    expect((await undo(owner, { ...second, version: back.version })).body.code).toBe('order.undo_superseded')
    const start = (await undo(owner, back)).body
    expect(start).toMatchObject({ state: 'new', undoEventId: null })
    expect((await undo(owner, { ...back, version: start.version })).body.code).toBe('order.nothing_to_undo')
  })

  it('by two at once happens once', async () => {
    const order = await givenOrder(owner)
    const moved = (await moveTo(owner, order.id, 'confirmed')).body
    const answers = await Promise.all(Array.from({ length: 6 }, () => undo(owner, moved)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409, 409])
  })

  it('is possible for a day, and needs the permission of the change', async () => {
    const order = await givenOrder(owner)
    const moved = (await moveTo(owner, order.id, 'to_confirm')).body
    expect((await undo(api.as('viewer'), moved)).status).toBe(403)
    api.clock.advance(24 * 3_600_000 + 1_000)
    expect((await newest(order.id)).undoable).toBe(false)
    expect((await undo(owner, moved)).body.code).toBe('order.undo_expired')
    api.clock.set(new Date().toISOString())
    const given = (
      await owner.post(`/orders/${order.id}/assign`, { memberId: api.merchant.people.owner.memberId, version: 2 })
    ).body
    expect((await undo(agent, given)).status).toBe(403)
  })

  it('leaves the mover with the order in sight: what they took by moving is given back', async () => {
    const order = await givenOrder(owner)
    const moved = (await moveTo(agent, order.id, 'confirmed')).body
    expect(moved.assignee).toMatchObject({ id: api.merchant.people.confirmation_agent.memberId })
    const back = await undo(agent, moved)
    expect(back.body).toMatchObject({ state: 'new', assignee: null })
  })

  it('of a move that the role may not make is refused', async () => {
    const order = await givenOrder(owner, { assigneeId: api.merchant.people.confirmation_agent.memberId })
    await moveTo(owner, order.id, 'confirmed')
    const shipped = (await moveTo(owner, order.id, 'shipped')).body
    const refused = await undo(agent, shipped)
    expect([refused.status, refused.body.code]).toEqual([403, 'order.move_forbidden'])
    const back = (await undo(owner, shipped)).body
    expect((await undo(agent, back)).body).toMatchObject({ state: 'new' })
  })

  it('of an event that is not there, or cannot be undone, is refused', async () => {
    const order = await givenOrder(owner)
    const other = (await moveTo(owner, (await givenOrder(owner)).id, 'confirmed')).body
    expect((await undo(owner, { ...order, undoEventId: other.undoEventId })).body.code).toBe('event.not_found')
    const created = (await newest(order.id)).id
    expect((await undo(owner, { ...order, undoEventId: created })).body.code).toBe('order.undo_impossible')
  })
})

describe('a move by rule', () => {
  const as = (kind: 'carrier' | 'shop' | 'system'): Ctx =>
    api.ctx().inMerchant(merchantId, systemActor(kind, null, 'Sendit'))
  const rule = (kind: 'carrier' | 'shop' | 'system', input: Parameters<typeof moveByRule>[2]) => {
    const ctx = as(kind)
    return ctx.transaction((tx) => moveByRule(ctx, tx, input))
  }

  it('ignores transitions, says who, raises the version and cannot be undone', async () => {
    const order = await givenOrder(owner)
    const moved = (await moveTo(owner, order.id, 'confirmed')).body
    expect(await rule('carrier', { orderId: order.id, state: 'delivered', note: 'LIVRE' })).toMatchObject({
      moved: true,
    })
    expect((await owner.get(`/orders/${order.id}`)).body).toMatchObject({
      state: 'delivered',
      version: 3,
      undoEventId: null,
    })
    expect(await newest(order.id)).toMatchObject({
      actor: { kind: 'carrier', name: 'Sendit' },
      data: { byRule: true, note: 'LIVRE' },
    })
    expect((await undo(owner, { ...moved, version: 3 })).body.code).toBe('order.nothing_to_undo')
  })

  it('stays where it is when it is there already, and flags what has no stage', async () => {
    const order = await givenOrder(owner)
    expect(await rule('carrier', { orderId: order.id, state: 'new' })).toMatchObject({ moved: false })
    expect((await owner.get(`/orders/${order.id}`)).body).toMatchObject({ version: 1, flag: null })
    const returned = await stageFor(owner, 'returned')
    await change(`update stages set active = false where merchant_id = '${merchantId}' and id = '${returned}'`)
    expect(await rule('carrier', { orderId: order.id, state: 'returned' })).toMatchObject({ moved: false })
    await change(`update stages set active = true where merchant_id = '${merchantId}' and id = '${returned}'`)
    expect((await owner.get(`/orders/${order.id}`)).body).toMatchObject({ state: 'new', flag: 'no_stage' })
  })

  it('of another merchant’s order finds nothing', async () => {
    const order = await givenOrder(api.asRival('owner'))
    await expect(rule('carrier', { orderId: order.id, state: 'delivered' })).rejects.toThrow(Refused)
  })

  it('waits for a person who is moving the same order, and comes after', async () => {
    const order = await givenOrder(owner)
    const stageId = await stageFor(owner, 'confirmed')
    const [person] = await Promise.all([
      owner.post(`/orders/${order.id}/move`, { stageId, version: 1 }),
      rule('carrier', { orderId: order.id, state: 'shipped' }),
    ])
    expect([200, 409]).toContain(person.status)
    expect((await owner.get(`/orders/${order.id}`)).body.state).toMatch(/confirmed|shipped/)
  })
})

describe('effects', () => {
  let ran: string[] = []
  const done =
    (name: string) =>
    async (
      _ctx: Ctx,
      tx: Parameters<EffectHandlers['create_parcel']['run']>[1],
      effect: { id: string; orderId: string },
    ) => {
      ran.push(`${name} ${effect.id}`)
      await setOrderParcel(tx, effect.orderId, {
        id: effect.id,
        status: name === 'run' ? 'created' : 'cancelled',
        since: api.clock.now().toISOString(),
        trackingNumber: null,
        carrierAccountId: null,
      })
    }
  const handlers: EffectHandlers = { create_parcel: { run: done('run'), reverse: done('reverse') } }
  const settle = (id: string, step: 'run' | 'reverse', with_ = handlers) => settleEffect(api.ctx(), with_, id, step)

  beforeAll(async () => {
    const stageId = await stageFor(owner, 'confirmed')
    const effects = JSON.stringify([{ kind: 'create_parcel', carrierAccountId: null }])
    await change(`update stages set effects = '${effects}' where merchant_id = '${merchantId}' and id = '${stageId}'`)
  })

  const confirmed = async () => {
    ran = []
    const order = await givenOrder(owner)
    const moved = (await moveTo(owner, order.id, 'confirmed')).body
    const [effect] = (await newest(order.id)).effects
    return { moved, effect }
  }

  it('law 7: one row and one job a move; run by many at once, it happens once', async () => {
    const { moved, effect } = await confirmed()
    expect(effect).toMatchObject({ kind: 'create_parcel', status: 'pending', reversible: true })
    await Promise.all(Array.from({ length: 8 }, () => settle(effect.id, 'run')))
    expect(ran).toEqual([`run ${effect.id}`])
    const events = (await owner.get(`/orders/${moved.id}/events`)).body.items
    expect(events.filter(({ type }: { type: string }) => type === 'effect.done')).toHaveLength(1)
  })

  it('an undo cancels what waits: the job then does nothing', async () => {
    const { moved, effect } = await confirmed()
    expect((await undo(owner, moved)).status).toBe(200)
    await settle(effect.id, 'run')
    expect(ran).toEqual([])
  })

  it('an undo takes back what ran, once', async () => {
    const { moved, effect } = await confirmed()
    await settle(effect.id, 'run')
    expect((await undo(owner, moved)).status).toBe(200)
    await Promise.all([settle(effect.id, 'reverse'), settle(effect.id, 'reverse')])
    expect(ran).toEqual([`run ${effect.id}`, `reverse ${effect.id}`])
  })

  it('an undo is refused once the parcel has left, and names the effect', async () => {
    const { moved, effect } = await confirmed()
    await settle(effect.id, 'run')
    const gone = {
      id: effect.id,
      status: 'picked_up' as const,
      since: api.clock.now().toISOString(),
      trackingNumber: 'SDT1',
      carrierAccountId: null,
    }
    await api.ctx().transaction((tx) => setOrderParcel(tx, moved.id, gone))
    const { status, body } = await undo(owner, moved)
    expect([status, body]).toMatchObject([
      409,
      {
        code: 'order.undo_impossible',
        params: { effects: [{ id: effect.id, kind: 'create_parcel' }], reversible: [] },
      },
    ])
    const { items } = (await owner.get(`/orders/${moved.id}/events`)).body
    expect(items.find(({ type }: { type: string }) => type === 'order.moved')).toMatchObject({
      undoable: false,
      effects: [{ id: effect.id, reversible: false }],
    })
    expect((await owner.get(`/orders/${moved.id}`)).body).toMatchObject({ state: 'confirmed', version: moved.version })
    const reasonId = await reasonFor(owner, 'duplicate')
    expect((await moveTo(owner, moved.id, 'cancelled', { reasonId })).body.code).toBe('order.locked_by_parcel')
    expect(
      (await owner.patch(`/orders/${moved.id}`, { version: moved.version, shippingFeeCentimes: 0 })).body.code,
    ).toBe('order.locked_by_parcel')
    expect((await owner.patch(`/orders/${moved.id}`, { version: moved.version, note: 'still mine' })).status).toBe(200)
  })

  it('a refused effect is failed, flagged and not tried again; a crash rolls all of it back', async () => {
    const { moved, effect } = await confirmed()
    const crash: EffectHandlers = {
      create_parcel: {
        ...handlers.create_parcel,
        run: async (ctx, tx, row) => {
          await handlers.create_parcel.run(ctx, tx, row)
          throw new Error('killed')
        },
      },
    }
    await expect(settle(effect.id, 'run', crash)).rejects.toThrow('killed')
    expect((await owner.get(`/orders/${moved.id}`)).body.parcel).toBeNull()
    const refusing: EffectHandlers = {
      create_parcel: { ...handlers.create_parcel, run: () => Promise.reject(new Refused('parcel.city_not_served')) },
    }
    await settle(effect.id, 'run', refusing)
    expect((await owner.get(`/orders/${moved.id}`)).body).toMatchObject({ flag: 'effect_failed', parcel: null })
    const events = (await owner.get(`/orders/${moved.id}/events`)).body.items
    const failed = events.find(({ type }: { type: string }) => type === 'effect.failed')
    expect(failed.after).toEqual({ problem: 'parcel.city_not_served' })
    const before = ran.length
    await settle(effect.id, 'run')
    expect(ran).toHaveLength(before)
  })
})
