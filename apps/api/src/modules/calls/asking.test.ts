import { beforeEach, describe, expect, it } from 'vitest'
import { type Client, startApi } from '../../../../../tests/support/app.ts'
import { callingOf } from '../../../../../tests/support/calling.ts'

const api = await startApi()
const { people } = api.merchant
const [owner, agent, manager] = [api.as('owner'), api.as('confirmation_agent'), api.as('manager')]
api.clock.set('2026-12-01T10:00:00Z')
const { claimOf, clearQueue, given } = callingOf(api)
beforeEach(() => clearQueue())

const ask = (client: Client, orderId: string) => client.post(`/orders/${orderId}/ask`)
const holder = async (client: Client, orderId: string) => (await client.get(`/orders/${orderId}/holder`)).body
const leaseOf = (call: { lease: { id: string } }) => `/calls/leases/${call.lease.id}`
const eventsOf = async (orderId: string) =>
  (await owner.get(`/orders/${orderId}/events?limit=50`)).body.items.map(({ type }: { type: string }) => type)

describe('a colleague who asks for a customer', () => {
  it('is named to the holder, who hands over: the hand passes in one step, the phone that is seen is written down', async () => {
    const order = await given()
    const call = await claimOf(manager, order.id)
    const asked = await ask(agent, order.id)
    expect(asked.body).toMatchObject({
      holder: { id: people.manager.memberId },
      ask: { by: { id: people.confirmation_agent.memberId }, until: expect.any(String), kept: false },
    })
    expect((await manager.get(leaseOf(call))).body.ask).toEqual(asked.body.ask)
    expect(await holder(manager, order.id)).toEqual(asked.body)
    expect((await manager.post(`${leaseOf(call)}/hand-over`)).status).toBe(204)
    expect(await holder(manager, order.id)).toMatchObject({
      holder: { id: people.confirmation_agent.memberId },
      ask: null,
    })
    expect((await manager.post(`${leaseOf(call)}/renew`)).body.code).toBe('call.customer_held')
    const resumed = await agent.post('/calls/claim', {})
    expect(resumed.body).toMatchObject({ order: { id: order.id, customer: { phoneMasked: false } } })
    const reveals = await owner.get(`/audit-log?type=customer.phone_revealed&subjectId=${order.customer.id}`)
    expect(reveals.body.items.map(({ actor }: any) => actor.id)).toContain(people.confirmation_agent.memberId)
    const events = await eventsOf(order.id)
    expect(events).toEqual(expect.arrayContaining(['customer.asked_for', 'customer.handed_over']))
  })

  it('is told that the holder keeps the customer, and asks again only after a minute', async () => {
    const order = await given()
    const call = await claimOf(manager, order.id)
    await ask(agent, order.id)
    expect((await manager.post(`${leaseOf(call)}/keep`)).status).toBe(204)
    expect(await holder(agent, order.id)).toMatchObject({
      holder: { id: people.manager.memberId },
      ask: { kept: true },
    })
    expect((await manager.post(`${leaseOf(call)}/hand-over`)).body.code).toBe('call.ask_over')
    expect((await ask(agent, order.id)).body.ask.kept).toBe(true)
    api.clock.advance(61_000)
    expect((await holder(agent, order.id)).ask).toBeNull()
    expect((await ask(agent, order.id)).body.ask.kept).toBe(false)
    expect(await eventsOf(order.id)).toContain('customer.kept')
  })

  it('asks once however often they press, alone, and for a minute', async () => {
    const order = await given()
    const call = await claimOf(agent, order.id)
    expect((await ask(agent, order.id)).body.ask).toBeNull()
    const pressed = await Promise.all([ask(manager, order.id), ask(manager, order.id), ask(manager, order.id)])
    expect(pressed.map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await eventsOf(order.id)).filter((type: string) => type === 'customer.asked_for')).toHaveLength(1)
    const second = await ask(owner, order.id)
    expect([second.status, second.body.code]).toEqual([409, 'call.asked_already'])
    expect(second.body.params.by.id).toBe(people.manager.memberId)
    api.clock.advance(61_000)
    expect((await agent.post(`${leaseOf(call)}/hand-over`)).body.code).toBe('call.ask_over')
    expect((await agent.post(`${leaseOf(call)}/keep`)).body.code).toBe('call.ask_over')
  })

  it('is given nothing by who does not hold, nor while they talk to somebody else', async () => {
    const [order, other] = [await given(), await given()]
    expect((await ask(manager, order.id)).body).toEqual({ holder: null, leaseId: null, ask: null })
    const call = await claimOf(agent, order.id)
    const busy = await claimOf(manager, other.id)
    await ask(manager, order.id)
    expect((await owner.post(`${leaseOf(call)}/hand-over`)).body.code).toBe('call.not_found')
    const refused = await agent.post(`${leaseOf(call)}/hand-over`)
    expect([refused.status, refused.body.code]).toEqual([409, 'call.asker_busy'])
    await manager.post(`${leaseOf(busy)}/release`)
    expect((await agent.post(`${leaseOf(call)}/hand-over`)).status).toBe(204)
    expect((await ask(api.as('viewer'), order.id)).status).toBe(403)
  })
})
