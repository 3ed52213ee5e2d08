import { describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import { at, callingOf } from '../../../../../tests/support/calling.ts'
import { freshPhone, moveTo, reasonFor, stageFor } from '../../../../../tests/support/orders.ts'

const api = await startApi()
const owner = api.as('owner')
const manager = api.as('manager')
const agent = api.as('confirmation_agent')
// A Tuesday, eleven in the morning in Casablanca.
api.clock.set('2026-12-01T10:00:00Z')

const { claim, claimOf, given, outcome, told, clearQueue, key } = callingOf(api)
const read = async (id: string, client = owner) => (await client.get(`/orders/${id}`)).body
/** Makes a lease look as old as if nobody had renewed it. */
const expire = (id: string) =>
  api.deps.world.database.platform(async (tx) => {
    await tx.db.execute(`update call_leases set expires_at = clock_timestamp() - interval '1 s' where id = '${id}'`)
  })

describe('the hand on a customer', () => {
  it('law 3: a second agent is refused with the holder and until when', async () => {
    const order = await given()
    const { lease } = await claimOf(agent, order.id)
    const second = await claim(manager, { orderId: order.id })
    expect(second.status).toBe(409)
    expect(second.body).toMatchObject({
      code: 'call.customer_held',
      params: { holder: { id: api.merchant.people.confirmation_agent.memberId, name: 'Test confirmation_agent' } },
    })
    expect(Date.parse(second.body.params.until)).toBe(Date.parse(lease.expiresAt))
    await agent.post(`/calls/leases/${lease.id}/release`)
    expect((await claim(manager, { orderId: order.id })).status).toBe(200)
  })

  it('is told to whoever reads the order, until it ends', async () => {
    const order = await given()
    const holder = async (client = owner) => (await client.get(`/orders/${order.id}/holder`)).body.holder
    expect(await holder()).toBeNull()
    const { lease } = await claimOf(agent, order.id)
    const { memberId: id } = api.merchant.people.confirmation_agent
    expect(await holder(api.as('viewer'))).toMatchObject({ id, name: 'Test confirmation_agent', dialledAt: null })
    await agent.post(`/calls/leases/${lease.id}/dial`)
    expect((await holder()).dialledAt).not.toBeNull()
    await expire(lease.id)
    expect(await holder()).toBeNull()
  })

  it('law 3: covers every order of the customer, and the orders of the same phone', async () => {
    const phone = freshPhone()
    const [one, two] = [
      await given({ customer: { name: 'A', phone } }),
      await given({ customer: { name: 'B', phone } }),
    ]
    await claimOf(agent, one.id)
    expect((await claim(manager, { orderId: two.id })).body.code).toBe('call.customer_held')
  })

  it('two tabs of one agent are one: both show the same call, and the second outcome is not counted', async () => {
    const order = await given()
    const first = await claimOf(agent, order.id)
    const second = (await claim(agent)).body
    expect(second.lease.id).toBe(first.lease.id)
    expect((await outcome(agent, first, { outcome: 'no_answer', stop: true })).status).toBe(200)
    expect((await outcome(agent, second, { outcome: 'busy', stop: true })).body.code).toBe('call.outcome_saved')
    expect((await read(order.id)).attemptCount).toBe(1)
  })

  it('ends a minute after the last renewal, lasts ten minutes once dialled, and is free then', async () => {
    const { lease } = await claimOf(agent, (await given()).id)
    const length = (one: { expiresAt: string }) => (Date.parse(one.expiresAt) - Date.now()) / 1000
    expect(length((await agent.post(`/calls/leases/${lease.id}/renew`)).body)).toBeLessThanOrEqual(60)
    const { body } = await agent.post(`/calls/leases/${lease.id}/dial`)
    expect(length(body)).toBeGreaterThan(590)
    expect(length((await agent.post(`/calls/leases/${lease.id}/renew`)).body)).toBeGreaterThan(590)
    await expire(lease.id)
    expect((await claim(manager, { orderId: lease.orderId })).status).toBe(200)
    const lost = await agent.post(`/calls/leases/${lease.id}/renew`)
    expect([lost.status, lost.body.code]).toEqual([409, 'call.customer_held'])
  })

  it('is freed when its holder signs out, is disabled or pauses', async () => {
    const order = await given()
    const { memberId } = api.merchant.people.confirmation_agent
    for (const free of [
      async () => agent.post('/calls/pause', { reason: 'meal' }),
      async () => {
        const { version } = (await owner.get(`/members/${memberId}`)).body
        await owner.post(`/members/${memberId}/disable`, { version })
        await owner.post(`/members/${memberId}/enable`, { version: version + 1 })
        await api.deps.world.database.platform(async (tx) => {
          await tx.db.execute(`update members set sessions_ended_at = null where id = '${memberId}'`)
          tx.outbox.dropped.push(memberId)
        })
      },
    ]) {
      await agent.post('/calls/pause', { reason: null })
      await claimOf(agent, order.id)
      expect((await claim(manager, { orderId: order.id })).status).toBe(409)
      await free()
      const { lease } = await claimOf(manager, order.id)
      await manager.post(`/calls/leases/${lease.id}/release`)
    }
    await agent.post('/calls/pause', { reason: null })
  })

  it('refuses moves and edits of others, and lets whoever leads through', async () => {
    const order = await given()
    await claimOf(manager, order.id)
    const moved = await moveTo(agent, order.id, 'to_confirm')
    expect([moved.status, moved.body.code]).toEqual([409, 'call.customer_held'])
    const edit = await agent.patch(`/orders/${order.id}`, { version: order.version, note: 'x' })
    expect(edit.body.code).toBe('call.customer_held')
    expect((await moveTo(owner, order.id, 'to_confirm')).status).toBe(200)
  })

  it('whoever leads takes over; the other is told who has it', async () => {
    const order = await given()
    const { lease } = await claimOf(agent, order.id)
    expect((await agent.post(`/calls/leases/${lease.id}/take-over`)).status).toBe(403)
    const taken = await manager.post(`/calls/leases/${lease.id}/take-over`)
    expect([taken.status, taken.body.why.way]).toEqual([200, 'take_over'])
    expect((await agent.post(`/calls/leases/${lease.id}/renew`)).body.code).toBe('call.customer_held')
  })
})

describe('what comes of a call', () => {
  it('confirms only once the questions are asked, gives out the next in the same request, and can be taken back', async () => {
    await clearQueue()
    const order = await given()
    const following = await given()
    const call = (await claim(agent)).body
    expect([call.order.id, call.why.kind]).toEqual([order.id, 'new'])
    const early = await outcome(agent, call, { outcome: 'confirmed', answers: { amountTold: true } })
    expect([early.status, early.body.params]).toEqual([422, { fields: ['dateTold'] }])
    const saved = await outcome(agent, call, { outcome: 'confirmed', note: 'Après 17h', ...told })
    expect(saved.body).toMatchObject({
      order: { state: 'confirmed' },
      setAside: null,
      next: { order: { id: following.id } },
    })
    const events = (await agent.get(`/orders/${order.id}/events`)).body.items
    expect(events.map(({ type }: { type: string }) => type).slice(0, 2)).toEqual(['order.moved', 'order.called'])
    expect(events[1].after.note).toBe('Après 17h')
    const now = await read(order.id)
    const undone = await agent.post(`/orders/${order.id}/undo`, { eventId: now.undoEventId, version: now.version })
    expect(undone.body.state).toBe('new')
    await outcome(agent, saved.body.next, { outcome: 'wrong_number', stop: true })
  })

  it('goes on with what else the customer waits for while they are on the line, and with the queue when they are not', async () => {
    await clearQueue()
    const phone = freshPhone()
    const first = await given({ customer: { name: 'Deux fois', phone } })
    const between = await given()
    const second = await given({ customer: { name: 'Deux fois', phone } })
    const call = await claimOf(agent, first.id)
    const { next } = (await outcome(agent, call, { outcome: 'confirmed', ...told })).body
    expect(next.order.id).toBe(second.id)
    expect((await outcome(agent, next, { outcome: 'no_answer' })).body.next.order.id).toBe(between.id)
    await clearQueue()
    const [silent, queued] = [await given({ customer: { name: 'Muet', phone } }), await given()]
    await given({ customer: { name: 'Muet', phone } })
    const unheard = await outcome(agent, await claimOf(agent, silent.id), { outcome: 'no_answer' })
    expect(unheard.body.next.order.id).toBe(queued.id)
    await clearQueue()
  })

  it('tries again by the ladder, gives up after the last try, and a single try can be taken back', async () => {
    await clearQueue()
    const order = await given()
    const tries: (string | null)[] = []
    for (let tried = 1; tried <= 6; tried += 1) {
      const call = await claimOf(agent, order.id)
      const { body } = await outcome(agent, call, { outcome: 'no_answer', stop: true })
      tries.push(body.nextAttemptAt)
      expect(body.order.attemptCount).toBe(tried)
      if (tried === 1) {
        expect((await claim(agent)).status).toBe(204)
        const { undoEventId, version } = await read(order.id)
        const { body: back } = await agent.post(`/orders/${order.id}/undo`, { eventId: undoEventId, version })
        expect([back.nextAttemptAt, back.attemptCount]).toEqual([null, 1])
        expect((await claim(agent)).body.order.id).toBe(order.id)
      }
      if (body.nextAttemptAt) api.clock.set(body.nextAttemptAt)
    }
    expect(tries.map((at) => at !== null)).toEqual([true, true, true, true, true, false])
    expect(await read(order.id)).toMatchObject({ state: 'unreachable', nextAttemptAt: null })
    api.clock.set('2026-12-08T10:00:00Z')
    expect((await claim(agent)).status).toBe(204)
  })

  it('calls back at the promised time before anything else, by whoever promised it until it is late', async () => {
    await clearQueue()
    const order = await given()
    const call = await claimOf(agent, order.id)
    const past = await outcome(agent, call, { outcome: 'callback', callbackAt: '2026-12-01T09:00:00Z' })
    expect(past.body.code).toBe('call.callback_past')
    const night = await outcome(agent, call, { outcome: 'callback', callbackAt: '2026-12-08T23:00:00Z' })
    expect([night.body.code, night.body.params.opensAt]).toEqual(['call.outside_hours', at('2026-12-09', '09:00')])
    expect((await outcome(agent, call, { outcome: 'callback' })).body.code).toBe('call.callback_unread')
    const { at: promised } = (await agent.get(`/calls/callback-time?text=${encodeURIComponent('demain 15h')}`)).body
    expect(promised).toBe(at('2026-12-09', '15:00'))
    await outcome(agent, call, { outcome: 'callback', callbackAt: promised, stop: true })
    expect((await agent.get('/calls/queue')).body.items).toMatchObject([
      { orderId: order.id, kind: 'callback', dueAt: promised },
    ])
    api.clock.set(promised)
    const fresh = await given()
    expect((await claim(manager)).body.order.id).toBe(fresh.id)
    expect((await claim(agent)).body).toMatchObject({ order: { id: order.id }, why: { kind: 'callback' } })
    await agent.post('/calls/pause', { reason: 'prayer' })
    api.clock.advance(11 * 60_000)
    await outcome(manager, (await claim(manager)).body, { outcome: 'wrong_number', stop: true })
    expect((await claim(manager)).body.order.id).toBe(order.id)
    expect((await claim(agent)).body.code).toBe('call.on_pause')
    await agent.post('/calls/pause', { reason: null })
  })

  it('cancels with a reason, as a duplicate with its own, and sends a wrong number to be completed', async () => {
    await clearQueue()
    const [cancelled, duplicate, wrong] = [await given(), await given(), await given()]
    const call = await claimOf(agent, cancelled.id)
    expect((await outcome(agent, call, { outcome: 'cancelled' })).body.code).toBe('order.reason_required')
    const reasonId = await reasonFor(agent, 'changed_mind')
    await outcome(agent, call, { outcome: 'cancelled', reasonId, stop: true })
    await outcome(agent, await claimOf(agent, duplicate.id), { outcome: 'duplicate', stop: true })
    await outcome(agent, await claimOf(agent, wrong.id), { outcome: 'wrong_number', stop: true })
    expect(await read(cancelled.id)).toMatchObject({ state: 'cancelled', reasonId })
    expect((await read(duplicate.id)).reasonId).toBe(await reasonFor(agent, 'duplicate'))
    expect(await read(wrong.id)).toMatchObject({ state: 'new', toComplete: ['phone_wrong'] })
    expect((await claim(agent)).status).toBe(204)
    const { version } = await read(wrong.id)
    await owner.post(`/orders/${wrong.id}/repair`, { version, phone: freshPhone() })
    expect((await claim(agent)).body.order.id).toBe(wrong.id)
  })

  it('that comes after somebody else took the customer is kept, moves nothing, and asks for a look', async () => {
    await clearQueue()
    const order = await given()
    const call = await claimOf(agent, order.id)
    await expire(call.lease.id)
    const other = await claimOf(manager, order.id)
    await outcome(manager, other, { outcome: 'no_answer', stop: true })
    const headers = key()
    const late = await outcome(
      agent,
      call,
      { outcome: 'confirmed', note: 'Elle dit oui', ...told, stop: true },
      headers,
    )
    expect(late.body).toMatchObject({
      setAside: 'taken_over',
      order: { state: 'new', flag: 'late_outcome', attemptCount: 2 },
    })
    const again = await outcome(
      agent,
      call,
      { outcome: 'confirmed', note: 'Elle dit oui', ...told, stop: true },
      headers,
    )
    expect([again.headers['idempotency-replayed'], again.body]).toEqual(['true', late.body])
    const [{ type, after }] = (await owner.get(`/orders/${order.id}/events`)).body.items.filter(
      (event: { type: string }) => event.type === 'order.called',
    )
    expect([type, after.note]).toEqual(['order.called', 'Elle dit oui'])
    expect((await claim(agent)).body).toMatchObject({ order: { id: order.id }, why: { kind: 'check' } })
  })

  it('of a lease that only ended while typing counts as ever', async () => {
    const order = await given()
    const call = await claimOf(agent, order.id)
    await expire(call.lease.id)
    const { body } = await outcome(agent, call, { outcome: 'confirmed', ...told, stop: true })
    expect(body).toMatchObject({ setAside: null, order: { state: 'confirmed' } })
  })

  it('on an order that moved meanwhile is kept and explained', async () => {
    const order = await given()
    const call = await claimOf(agent, order.id)
    await moveTo(owner, order.id, 'cancelled', { reasonId: await reasonFor(owner, 'changed_mind') })
    const { body } = await outcome(agent, call, { outcome: 'confirmed', ...told, stop: true })
    expect(body).toMatchObject({ setAside: 'order_moved', order: { state: 'cancelled' } })
  })

  it('keeps the hand on the order whose number was corrected while talking', async () => {
    const order = await given()
    const call = await claimOf(agent, order.id)
    const edited = await agent.patch(`/orders/${order.id}`, {
      version: order.version,
      customer: { phone: freshPhone() },
    })
    expect(edited.status).toBe(200)
    expect((await read(order.id, agent)).customer).toMatchObject({ phoneMasked: false })
    expect((await outcome(agent, call, { outcome: 'confirmed', ...told, stop: true })).body.setAside).toBeNull()
  })
})

describe('the queue', () => {
  it('law 14: offers nothing outside the hours, and dials nobody', async () => {
    await clearQueue()
    const order = await given()
    api.clock.set('2027-01-12T21:30:00Z')
    expect((await claim(agent)).status).toBe(204)
    expect((await agent.get('/calls/queue')).body).toMatchObject({
      ...{ open: false, opensAt: at('2027-01-13', '09:00') },
      opensOn: { day: '2027-01-13', hour: 9, minute: 0 },
    })
    const { lease } = await claimOf(agent, order.id)
    expect((await agent.post(`/calls/leases/${lease.id}/dial`)).body.code).toBe('call.outside_hours')
    await agent.post(`/calls/leases/${lease.id}/release`)
    api.clock.set('2027-01-13T10:00:00Z')
    expect((await claim(agent)).body.order.id).toBe(order.id)
  })

  it('shows who is on what, the own figures, and the context of the held customer', async () => {
    await clearQueue()
    const phone = freshPhone()
    const past = await given({ customer: { name: 'Fidèle', phone } })
    await moveTo(owner, past.id, 'confirmed')
    const order = await given({ customer: { name: 'Fidèle', phone } })
    const { lease } = await claimOf(agent, order.id)
    const { items } = (await manager.get('/calls/queue')).body
    expect(items).toMatchObject([{ orderId: order.id, holder: { name: 'Test confirmation_agent' } }])
    const context = (await agent.get(`/calls/leases/${lease.id}`)).body
    expect(context).toMatchObject({ customer: { orderCount: 2, phoneMasked: false }, otherOrders: [{ id: past.id }] })
    expect((await manager.get(`/calls/leases/${lease.id}`)).body.code).toBe('call.not_found')
    expect(context.block).toBeNull()
    await owner.post(`/customers/${order.customer.id}/block`, { mode: 'cod', reason: 'Trois refus' })
    expect((await agent.get(`/calls/leases/${lease.id}`)).body.block).toMatchObject({
      mode: 'cod',
      reason: 'Trois refus',
    })
    await owner.post(`/customers/${order.customer.id}/unblock`)
    const before = (await agent.get('/calls/queue')).body.today
    await outcome(agent, { lease, order }, { outcome: 'confirmed', ...told, stop: true })
    const after = (await agent.get('/calls/queue')).body.today
    expect(after.confirmedCount - before.confirmedCount).toBe(1)
    const floor = (await manager.get('/calls/floor')).body
    const mine = floor.members.find(({ name }: { name: string }) => name === 'Test confirmation_agent')
    expect(mine.today).toEqual(after)
    expect(floor.hours.reduce((sum: number, hour: { confirmedCount: number }) => sum + hour.confirmedCount, 0)).toBe(
      floor.members.reduce((sum: number, { today }: any) => sum + today.confirmedCount, 0),
    )
    expect((await agent.get('/calls/floor')).status).toBe(403)
  })

  it('gives an order that is assigned to its assignee, and follows any way of moving', async () => {
    await clearQueue()
    const order = await given()
    await owner.post(
      '/bulk-operations',
      {
        ...{ noun: 'orders', ids: [order.id], action: 'move' },
        params: { stageId: await stageFor(owner, 'confirmed') },
      },
      key(),
    )
    await api.runJobs()
    expect((await read(order.id)).state).toBe('confirmed')
    expect((await claim(agent)).status).toBe(204)
    expect((await moveTo(owner, order.id, 'to_confirm')).status).toBe(200)
    expect((await claim(agent)).body.order.id).toBe(order.id)
  })
})
