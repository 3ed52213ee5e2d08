import pg from 'pg'
import { seatAgents } from '../support/agents.ts'
import type { Bench } from './bench.ts'
import { benchSecret, large } from './data.ts'
import { atMost, type Row } from './report.ts'

const agents = 50
const claimsAsked = 100_000

interface Agent {
  readonly memberId: string
  readonly headers: Bench['headers']
}
interface Held {
  readonly lease: { readonly id: string; readonly customerId: string }
  readonly order: { readonly id: string }
}

/** Fifty managers of the merchant with a million orders, of which more than 20,000 wait to be called. */
const givenAgents = async (bench: Bench, client: pg.Client): Promise<Agent[]> =>
  (await seatAgents(client, { merchantId: large.merchantId, secret: benchSecret, count: agents })).map(
    ({ memberId, token }) => ({ memberId, headers: { ...bench.headers, authorization: `Bearer ${token}` } }),
  )

/** Calls at any hour: the bench runs when it runs. */
const openAlways = async (bench: Bench): Promise<void> => {
  const at = `${bench.apiUrl}/api/v1/calls/settings`
  const { settings, version } = await (await fetch(at, { headers: bench.headers })).json()
  const week = Array(7).fill([{ from: '00:00', to: '24:00' }])
  const ramadan = { ...settings.ramadan, periods: [] }
  const body = { version, settings: { ...settings, week, fridayPause: null, holidays: [], ramadan } }
  const saved = await fetch(at, { method: 'PUT', headers: bench.headers, body: JSON.stringify(body) })
  if (!saved.ok) throw new Error(`settings: ${saved.status} ${await saved.text()}`)
}

const waitingAsked = 20_000

/** An earlier run has put its calls off: they wait again, and nobody holds anything. */
const refillQueue = async (client: pg.Client): Promise<void> => {
  const ofMerchant = [large.merchantId]
  await client.query(
    `update orders set call_kind = 'new', next_attempt_at = null, call_member_id = null
     where merchant_id = $1 and call_at > now()`,
    ofMerchant,
  )
  await client.query('delete from call_leases where merchant_id = $1', ofMerchant)
  const { rows } = await client.query<{ waiting: number }>(
    'select count(*)::int as waiting from orders where merchant_id = $1 and call_at <= now()',
    ofMerchant,
  )
  const waiting = rows[0]?.waiting ?? 0
  if (waiting < waitingAsked) throw new Error(`Only ${waiting} orders wait to be called.`)
  await client.query('vacuum analyze orders')
}

const post = async (bench: Bench, agent: Agent, path: string, body?: object): Promise<any> => {
  const response = await fetch(`${bench.apiUrl}/api/v1${path}`, {
    method: 'POST',
    headers: agent.headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response.status === 204 ? null : response.json()
}

const p95 = (durations: readonly number[]): number =>
  [...durations].sort((one, other) => one - other)[Math.floor(durations.length * 0.95)] ?? 0

const timed = async <T>(durations: number[], work: () => Promise<T>): Promise<T> => {
  const began = performance.now()
  const result = await work()
  durations.push(performance.now() - began)
  return result
}

/** As many askers at once as there are agents, over as many connections as the API has. */
const updateByKey = async (bench: Bench): Promise<number> => {
  const pool = new pg.Pool({ connectionString: bench.databaseUrl, max: 10 })
  const { rows } = await pool.query<{ id: string }>('select id from orders where merchant_id = $1 limit 500', [
    large.merchantId,
  ])
  const durations: number[] = []
  const update = (id: string | undefined) =>
    pool.query('update orders set updated_at = now() where merchant_id = $1 and id = $2', [large.merchantId, id])
  await Promise.all(
    Array.from({ length: agents }, async (_, agent) => {
      for (let turn = 0; turn < 40; turn += 1)
        await timed(durations, () => update(rows[(agent * 40 + turn) % rows.length]?.id))
    }),
  )
  await pool.end()
  return p95(durations)
}

/**
 * Fifty agents at once: the claim of the next call and the outcome that gives out the one after it, against one update by
 * primary key with as many askers; and whether any two of them ever held one customer.
 */
export const callRows = async (bench: Bench): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: bench.databaseUrl })
  await client.connect()
  const people = await givenAgents(bench, client)
  await refillQueue(client)
  await client.end()
  await openAlways(bench)
  const held = new Map<string, string>()
  let overlaps = 0
  let claims = 0
  const take = (agent: Agent, call: Held | null): void => {
    if (!call) throw new Error('The queue ran dry.')
    claims += 1
    const other = held.get(call.lease.customerId)
    if (other !== undefined && other !== agent.memberId) overlaps += 1
    held.set(call.lease.customerId, agent.memberId)
  }
  const claiming: number[] = []
  const saving: number[] = []
  const claimed = await Promise.all(
    people.map(async (agent) => {
      for (;;) {
        const call: Held = await timed(claiming, () => post(bench, agent, '/calls/claim', {}))
        take(agent, call)
        if (claiming.length >= agents * 40) return { agent, call }
        held.delete(call.lease.customerId)
        await post(bench, agent, `/calls/leases/${call.lease.id}/release`)
      }
    }),
  )
  const yardstick = await updateByKey(bench)
  await Promise.all(
    claimed.map(async ({ agent, ...first }) => {
      let call = first.call
      for (let turn = 0; turn < 40; turn += 1) {
        held.delete(call.lease.customerId)
        const body = { orderId: call.order.id, outcome: 'no_answer' }
        const saved = await timed(saving, () => post(bench, agent, `/calls/leases/${call.lease.id}/outcome`, body))
        take(agent, saved.next)
        call = saved.next
      }
      held.delete(call.lease.customerId)
      await post(bench, agent, `/calls/leases/${call.lease.id}/release`)
    }),
  )
  await Promise.all(
    people.map(async (agent) => {
      while (claims < claimsAsked) {
        const call: Held = await post(bench, agent, '/calls/claim', {})
        take(agent, call)
        held.delete(call.lease.customerId)
        await post(bench, agent, `/calls/leases/${call.lease.id}/release`)
      }
    }),
  )
  return [
    atMost('Claim of the next call, 50 agents at once, p95', 10, p95(claiming), yardstick),
    atMost('Outcome saved and next call given, p95', 15, p95(saving), yardstick),
    {
      what: `Two agents on one customer in ${claims.toLocaleString('en')} claims`,
      limit: '0',
      figure: String(overlaps),
      met: overlaps === 0,
    },
  ]
}
