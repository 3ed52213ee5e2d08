import { describe, expect, it } from 'vitest'
import { type Client, startApi } from '../../../../../tests/support/app.ts'
import { at, callingOf } from '../../../../../tests/support/calling.ts'

const api = await startApi()
const owner = api.as('owner')
const manager = api.as('manager')
const agent = api.as('confirmation_agent')
// A Tuesday, eleven in the morning in Casablanca.
api.clock.set(at('2027-01-19', '11:00'))

const { claimOf, given, outcome } = callingOf(api)
const read = async (id: string) => (await owner.get(`/orders/${id}`)).body
const sql = (text: string): Promise<any[]> =>
  api.deps.world.database.platform(async (tx) => ((await tx.db.execute(text)) as unknown as { rows: any[] }).rows)

describe('the next try', () => {
  it('is told beforehand with its reason: the hour at which the city answers, counted from calls, within the hours', async () => {
    const fes = { shippingAddress: { line: '4 rue des Roses', city: 'Fès', district: 'Narjiss' } }
    const [one, two] = [await given(fes), await given(fes)]
    // Fès answers at night as well, when nobody may be called.
    await sql(`insert into answer_counts (merchant_id, city_id, weekday, hour, tried, answered)
      select '${api.merchant.merchantId}', 'fes', 2, hour, 40, 40 from unnest(array[3, 15]) hour`)
    const call = await claimOf(agent, one.id)
    const { nextTries } = (await agent.get(`/calls/leases/${call.lease.id}`)).body
    const [told] = nextTries
    expect(nextTries.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['no_answer', 'busy', 'thinking'])
    expect(told.at).toBe(at('2027-01-19', '15:00'))
    expect(told.because.at(-1)).toMatchObject({ code: 'answers', params: { source: 'city', hour: 15 } })
    const { body } = await outcome(agent, call, { outcome: 'no_answer', stop: true })
    expect([body.nextAttemptAt, body.because]).toEqual([told.at, told.because])
    const again = await claimOf(agent, one.id)
    const [attempt] = (await agent.get(`/calls/leases/${again.lease.id}`)).body.attempts
    expect(attempt).toMatchObject({ nextAttemptAt: told.at, because: told.because })
    // Nobody answered at eleven: it is counted for the city and for all, once each.
    const counted = 'select city_id, tried, answered from answer_counts where hour = 11 order by city_id'
    expect(await sql(counted)).toEqual([
      { city_id: '', tried: 1, answered: 0 },
      { city_id: 'fes', tried: 1, answered: 0 },
    ])
    const { settings, version } = (await owner.get('/calls/settings')).body
    await owner.put('/calls/settings', { version, settings: { ...settings, useAnswerHours: false } })
    const plain = await outcome(agent, await claimOf(agent, two.id), { outcome: 'no_answer', stop: true })
    // The two hours of the ladder, to the second.
    expect(plain.body.nextAttemptAt.slice(0, 16)).toBe(at('2027-01-19', '13:00').slice(0, 16))
    expect(plain.body.because.at(-1).code).toBe('part')
    await owner.put('/calls/settings', { version: version + 1, settings })
  })

  it('tells when this customer answers, once two of their calls were answered', async () => {
    api.clock.set(at('2027-01-20', '11:00'))
    const order = await given()
    const hours = []
    for (let tried = 0; tried < 3; tried += 1) {
      const call = await claimOf(agent, order.id)
      hours.push((await agent.get(`/calls/leases/${call.lease.id}`)).body.answersBetween)
      await outcome(agent, call, { outcome: 'thinking', stop: true })
      api.clock.advance(24 * 3_600_000)
    }
    expect(hours).toEqual([null, null, { from: 11, to: 12 }])
  })
})

describe('unusual viewing', () => {
  it('is told once to those who read the audit log: by the own hours, however many others work', async () => {
    const { memberId } = api.merchant.people.confirmation_agent
    const claims = (count: number, ago: string) =>
      sql(`insert into call_claims (merchant_id, id, customer_id, member_id, way, claimed_at)
        select '${api.merchant.merchantId}', gen_random_uuid(), gen_random_uuid(), '${memberId}', 'next',
          clock_timestamp() - interval '${ago}' from generate_series(1, ${count})`)
    const alerts = async () => (await owner.get('/audit-log?type=member.unusual_viewing')).body.items
    const next = async () => agent.post(`/calls/leases/${(await claimOf(agent, (await given()).id)).lease.id}/release`)
    await claims(100, '10 minutes')
    await claims(80, '2 days')
    await next()
    expect(await alerts()).toEqual([])
    await claims(10, '3 days')
    await next()
    await next()
    const told = await alerts()
    expect(told).toMatchObject([{ subject: { kind: 'member', id: memberId }, data: { usual: 45 } }])
    expect(told[0].data.count).toBeGreaterThan(100)
    const feed = async (client: Client) =>
      (await client.get('/events?types=member.unusual_viewing&cursor=0')).body.items
    expect(await feed(owner)).toHaveLength(1)
    expect(await feed(agent)).toEqual([])
  })
})

describe('a price', () => {
  const line = (unitPriceCentimes: number, over: object = {}) => ({
    lines: [{ name: 'Huile', quantity: 1, unitPriceCentimes }],
    ...over,
  })
  const limited = async (percent: number | null) => {
    const { settings, version } = (await owner.get('/calls/settings')).body
    const { roleId } = api.merchant.people.confirmation_agent
    const priceLimits = percent === null ? [] : [{ roleId, percent }]
    expect((await owner.put('/calls/settings', { version, settings: { ...settings, priceLimits } })).status).toBe(200)
  }

  it('moves as far as the role may, held against the first price however small the steps, and not by a discount', async () => {
    await limited(10)
    const order = await given(line(10_000))
    const call = await claimOf(agent, order.id)
    expect((await agent.get(`/calls/leases/${call.lease.id}`)).body.pricePercent).toBe(10)
    const edit = async (body: object, client = agent) => {
      const { version } = await read(order.id)
      return client.patch(`/orders/${order.id}`, { version, ...body })
    }
    expect((await edit(line(9_000))).body.subtotalCentimes).toBe(9_000)
    const further = await edit(line(8_900))
    expect([further.status, further.body.code, further.body.params]).toEqual([
      422,
      'order.price_limit',
      { name: 'Huile', percent: 10 },
    ])
    expect((await edit({ discountCentimes: 100 })).body.code).toBe('order.discount_limited')
    const gift = { name: 'Savon', quantity: 1, unitPriceCentimes: 100 }
    expect((await edit({ lines: [...line(9_000).lines, gift] })).body.code).toBe('order.line_unpriced')
    expect((await edit(line(2_000), manager)).status).toBe(200)
    const more = { lines: [{ ...line(2_000).lines[0], quantity: 3 }] }
    expect((await edit(more)).body.subtotalCentimes).toBe(6_000)
    expect((await edit(line(10_500))).status).toBe(200)
    await limited(null)
    expect((await edit(line(1))).status).toBe(200)
    expect((await read(order.id)).lines[0].unitPriceCentimes).toBe(1)
    await agent.post(`/calls/leases/${call.lease.id}/release`)
  })
})
