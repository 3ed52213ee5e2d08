import { systemActor } from '@sendocki/api/context'
import { claimCall } from '@sendocki/api/modules/calls/incoming.commands'
import { saveOutcome } from '@sendocki/api/modules/calls/outcomes.commands'
import type { Call } from '@sendocki/domain/calls/call-schema'
import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import { freshPhone, givenOrder } from '../../../../../tests/support/orders.ts'
import { claimCustomer, dialLease, freeLease, renewLease, takeLease } from './leases.queries.ts'

const api = await startApi()
api.clock.set('2026-12-01T10:00:00Z')
const { merchantId } = api.merchant
const sql = (text: string) =>
  api.deps.world.database.platform(async (tx) => (await tx.db.execute(text)).rows as Record<string, any>[])

const agents = Array.from({ length: 50 }, () => crypto.randomUUID())
beforeAll(async () => {
  const { roleId } = api.merchant.people.manager
  for (const [index, id] of agents.entries()) {
    const email = `agent${index}@dar-argan.example`
    await sql(`insert into users (id, email, full_name, password_hash, language, created_at)
      values ('${id}', '${email}', 'Agent ${index}', 'none', 'fr', now())`)
    await sql(`insert into members (merchant_id, id, user_id, role_id, full_name, email, joined_at)
      values ('${merchantId}', '${id}', '${id}', '${roleId}', 'Agent ${index}', '${email}', now())`)
  }
})
const as = (memberId: string) =>
  api
    .ctx()
    .inMerchant(merchantId as never, { ...systemActor(), kind: 'member', id: memberId, memberId: memberId as never })

interface Held {
  readonly customerId: string
  readonly memberId: string
  readonly from: number
  readonly to: number
}

/** One agent at work until nothing waits: claims, holds for a moment, says what came of it, and is given the next. */
const workAll = async (memberId: string, held: Held[], worked: string[]): Promise<void> => {
  const ctx = as(memberId)
  let call: Call | null = await claimCall(ctx, {})
  while (call) {
    const { lease, order } = call
    const from = performance.now()
    await new Promise((resolve) => setImmediate(resolve))
    held.push({ customerId: lease.customerId, memberId, from, to: performance.now() })
    const orderId = order?.id ?? ''
    const saved = await saveOutcome(ctx, { leaseId: lease.id, orderId, outcome: 'no_answer' })
    expect(saved.setAside).toBeNull()
    worked.push(orderId)
    call = saved.next ?? (await claimCall(ctx, {}))
  }
}

it('law 3: fifty agents at once never hold one customer, and every order is worked once', async () => {
  const owner = api.as('owner')
  const phones = Array.from({ length: 150 }, freshPhone)
  const orders: string[] = []
  for (let index = 0; index < 200; index += 1)
    orders.push((await givenOrder(owner, { customer: { name: 'Client', phone: phones[index % phones.length] } })).id)
  const held: Held[] = []
  const worked: string[] = []
  await Promise.all(agents.map((agent) => workAll(agent, held, worked)))
  // Whoever found everything taken may have stopped while the last orders were in other hands.
  await workAll(agents[0] as string, held, worked)
  expect(worked.toSorted()).toEqual(orders.toSorted())
  const overlaps = held.filter((one) =>
    held.some(
      (other) =>
        other !== one &&
        other.customerId === one.customerId &&
        other.memberId !== one.memberId &&
        other.from < one.to &&
        one.from < other.to,
    ),
  )
  expect(overlaps).toEqual([])
  const [attempts] = await sql('select count(*)::int as n, count(distinct order_id)::int as orders from call_attempts')
  expect(attempts).toEqual({ n: 200, orders: 200 })
  expect(await sql('select 1 from call_leases')).toEqual([])
})

it('law 3: where risk decides who is next, each order goes to one agent too, and the riskiest first', async () => {
  const owner = api.as('owner')
  const { version, settings } = (await owner.get('/risk/settings')).body
  const change = { ...settings, enabled: true, queueOrder: 'high_first' }
  expect((await owner.put('/risk/settings', { version, settings: change })).status).toBe(200)
  const orders: string[] = []
  for (let index = 0; index < 60; index += 1)
    orders.push((await givenOrder(owner, { customer: { name: 'Client', phone: freshPhone() } })).id)
  const [risky, calm] = [orders.slice(40), orders.slice(0, 40)]
  await sql(`update orders set risk_level = 'high' where id in ('${risky.join("','")}')`)
  const held: Held[] = []
  const worked: string[] = []
  await Promise.all(agents.slice(0, 10).map((agent) => workAll(agent, held, worked)))
  await workAll(agents[0] as string, held, worked)
  expect(worked.toSorted()).toEqual(orders.toSorted())
  expect(worked.slice(0, 10).filter((id) => calm.includes(id))).toEqual([])
  expect((await owner.put('/risk/settings', { version: version + 1, settings })).status).toBe(200)
})

it('law 3: two hundred races for one customer have one winner each', async () => {
  for (let race = 0; race < 200; race += 1) {
    const customerId = crypto.randomUUID()
    const wins = await Promise.all(
      agents
        .slice(0, 10)
        .map((memberId) =>
          as(memberId).transaction((tx) =>
            claimCustomer(tx, { customerId, orderId: null, way: 'order', memberId, id: crypto.randomUUID() }),
          ),
        ),
    )
    expect(wins.filter((lease) => lease !== undefined)).toHaveLength(1)
  }
})

it('law 3: a clock of ours that jumps by an hour or a month frees nobody: leases end by the clock of the database', async () => {
  const customerId = crypto.randomUUID()
  const claim = (agent: number) => {
    const memberId = agents[agent] as string
    const wanted = { customerId, orderId: null, way: 'order', memberId, id: crypto.randomUUID() } as const
    return as(memberId).transaction((tx) => claimCustomer(tx, wanted))
  }
  const now = api.clock.now().toISOString()
  expect(await claim(20)).toBeDefined()
  for (const hours of [1, -2, 30 * 24]) {
    api.clock.advance(hours * 3_600_000)
    expect(await claim(21)).toBeUndefined()
  }
  api.clock.set(now)
  await sql('delete from call_leases')
})

const step = fc.record({
  act: fc.constantFrom('claim', 'renew', 'dial', 'release', 'take', 'expire'),
  member: fc.nat({ max: 2 }),
  customer: fc.nat({ max: 2 }),
})

it('law 3: whatever is done in whatever order, a customer has one holder, a member one customer, as the model says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      await sql('delete from call_leases')
      const customers = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]
      /** Who holds each customer; a lease that ended stays with its holder until somebody takes it. */
      const model = new Map<number, { member: number; id: string; ended: boolean }>()
      const heldBy = (member: number) => [...model].find(([, lease]) => lease.member === member)
      for (const { act, member, customer } of steps) {
        const memberId = agents[member] as string
        const customerId = customers[customer] as string
        const id = crypto.randomUUID()
        await as(memberId).transaction(async (tx) => {
          const there = model.get(customer)
          const own = heldBy(member)
          if (act === 'claim') {
            const lease = await claimCustomer(tx, { customerId, orderId: null, way: 'order', memberId, id })
            const mine = own?.[0] === customer && !own[1].ended
            const free = !there || there.ended || there.member === member
            expect(lease !== undefined).toBe(mine || free)
            if (own && !mine) model.delete(own[0])
            if (lease && !mine) model.set(customer, { member, id, ended: false })
          } else if (own && act === 'release') {
            await freeLease(tx, own[1].id, memberId)
            model.delete(own[0])
          } else if (own && (act === 'renew' || act === 'dial')) {
            const lease = await (act === 'renew' ? renewLease : dialLease)(tx, own[1].id, memberId)
            expect(lease?.customerId).toBe(customers[own[0]])
            own[1].ended = false
          } else if (there && act === 'take' && there.member !== member) {
            await takeLease(tx, { id: there.id, newId: id, memberId, way: 'take_over' })
            if (own) model.delete(own[0])
            model.set(customer, { member, id, ended: false })
          }
        })
        if (act === 'expire' && model.has(customer)) {
          await sql(
            `update call_leases set expires_at = clock_timestamp() - interval '1 s' where customer_id = '${customerId}'`,
          )
          ;(model.get(customer) as { ended: boolean }).ended = true
        }
        const rows = await sql('select customer_id, member_id from call_leases where expires_at > clock_timestamp()')
        const live = [...model].filter(([, { ended }]) => !ended)
        expect(rows.map(({ customer_id, member_id }) => `${customer_id} ${member_id}`).toSorted()).toEqual(
          live.map(([held, lease]) => `${customers[held]} ${agents[lease.member]}`).toSorted(),
        )
      }
    }),
    { numRuns: 25 },
  )
})
