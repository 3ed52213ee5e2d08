import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Agent, seatAgents } from '../support/agents.ts'
import { type DatabaseServer, startDatabaseServer } from '../support/database-server.ts'
import { testSecret } from '../support/postgres.ts'
import { type Shopkeeper, signUp } from '../support/shopkeeper.ts'
import { eventually, type Stack, startStack } from '../support/stack.ts'

const agentCount = 50
const customerCount = 1_500
const orderCount = 2_000
/** One process dies when so many orders are done, with calls of half of the agents on their way. */
const killedAfter = 700

/** Customers of one phone each, and orders that wait to be called: every third customer has two. */
const givenCustomers = `insert into customers (merchant_id, id, phone, name, created_at, updated_at)
  select $1, gen_random_uuid(), '+21266' || (1000000 + i), 'Client ' || i, now(), now() from generate_series(1, $2::int) i`
const givenOrders = `insert into orders (merchant_id, id, number, created_at, updated_at, placed_at, stage_id, state, state_since,
    customer_id, contact_name, phone, phone_verdict, address_line, district, city_text, city_id, region_code, subtotal_centimes,
    shipping_fee_centimes, discount_centimes, deposit_centimes, adjustment_centimes, total_centimes, cod_amount_centimes)
  select $1, gen_random_uuid(), i, now(), now(), now(), stages.id, 'new', now() - make_interval(secs => i),
    c.id, c.name, c.phone, 'good', i || ' rue des Orangers', 'Maârif', 'Casablanca', 'casablanca', 'MA-06', 21900, 0, 0, 0, 0, 21900, 21900
  from generate_series(1, $2::int) i
  join (select *, row_number() over (order by phone) as place from customers where merchant_id = $1) c
    on c.place = 1 + (i - 1) % $3::int
  join stages on stages.merchant_id = $1 and stages.state = 'new'`

/**
 * The database's own memory of who had the hand on whom, by its clock: written beside each change of a lease, in the same
 * transaction. A lease lasts until it is let go, until another takes its place, or to its end.
 */
const witness = `
create schema witness;
create table witness.hands (lease_id uuid primary key, customer_id uuid not null, member_id uuid not null, lasted tstzrange not null);
create function witness.see() returns trigger language plpgsql security definer as $$
begin
  if tg_op = 'DELETE' or (tg_op = 'UPDATE' and new.id <> old.id) then
    update witness.hands set lasted = tstzrange(lower(lasted), least(upper(lasted), clock_timestamp())) where lease_id = old.id;
  end if;
  if tg_op = 'INSERT' or (tg_op = 'UPDATE' and new.id <> old.id) then
    insert into witness.hands values (new.id, new.customer_id, new.member_id, tstzrange(new.claimed_at, new.expires_at));
  elsif tg_op = 'UPDATE' then
    update witness.hands set lasted = tstzrange(lower(lasted), new.expires_at) where lease_id = new.id;
  end if;
  return null;
end $$;
create trigger seen after insert or update or delete on call_leases for each row execute function witness.see();`

let server: DatabaseServer
let stacks: Stack[]
let keeper: Shopkeeper
let database: pg.Client
let agents: Agent[]

beforeAll(async () => {
  server = await startDatabaseServer()
  const first = await startStack({ databaseUrl: server.url })
  keeper = await signUp(first.url, first.sandboxUrl)
  stacks = [first, await startStack({ databaseUrl: server.url, beside: first })]
  // Calls at any hour: the machine's clock is not the merchant's.
  const { settings, version } = (await keeper.get('/calls/settings')).body
  const always = { week: Array(7).fill([{ from: '00:00', to: '24:00' }]), fridayPause: null, holidays: [] }
  const ramadan = { ...settings.ramadan, periods: [] }
  const saved = await keeper.call('PUT', '/calls/settings', { version, settings: { ...settings, ...always, ramadan } })
  expect(saved.status).toBe(200)
  database = new pg.Client({ connectionString: server.url })
  await database.connect()
  const merchantId = (await keeper.get('/me')).body.merchant.id
  await database.query(givenCustomers, [merchantId, customerCount])
  await database.query(givenOrders, [merchantId, orderCount, customerCount])
  await database.query(witness)
  agents = await seatAgents(database, { merchantId, secret: testSecret, count: agentCount })
})
afterAll(async () => {
  await database.end()
  for (const stack of stacks.toReversed()) await stack.stop()
  await server.stop()
})

interface Call {
  readonly lease: { readonly id: string }
  readonly order: { readonly id: string }
}
/** Orders whose outcome was answered, as often as it was, and the requests that had to be sent again. */
const worked: string[] = []
let repeated = 0

/** Asks one process, and the other when it does not answer, with the same key until there is an answer. */
const insist = async (agent: Agent, at: number, path: string, body: object): Promise<any> => {
  const headers = {
    authorization: `Bearer ${agent.token}`,
    'content-type': 'application/json',
    'idempotency-key': crypto.randomUUID(),
  }
  let tries = 0
  const answer = await eventually(
    async () => {
      const stack = stacks[(at + tries) % stacks.length]
      tries += 1
      const send = { method: 'POST', headers, body: JSON.stringify(body) }
      const response = await fetch(`${stack?.url}/api/v1${path}`, send).catch(() => null)
      // An answer that is cut in the middle is none.
      const text = await response?.text().catch(() => null)
      return response && typeof text === 'string' ? { status: response.status, text } : { status: 0, text: '' }
    },
    ({ status, text }) => status !== 0 && status < 500 && !text.includes('idempotency.in_progress'),
    `an answer to ${path}`,
    60,
  )
  repeated += tries - 1
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`)
  return answer.status === 204 ? null : JSON.parse(answer.text)
}

/** One agent's shift: the next call, what came of it, and on, until every order of the merchant is done. */
const work = async (agent: Agent, at: number): Promise<void> => {
  let call: Call | null = null
  while (worked.length < orderCount) {
    call ??= (await insist(agent, at, '/calls/claim', {})) as Call | null
    // What is left is in other hands, and one of them may have a second order for whoever asks again.
    if (call === null) continue
    if (worked.length % 10 === 0) await insist(agent, at, `/calls/leases/${call.lease.id}/renew`, {})
    const saved: { next: Call | null } = await insist(agent, at, `/calls/leases/${call.lease.id}/outcome`, {
      ...{ orderId: call.order.id, outcome: 'confirmed' },
      answers: { amountTold: true, dateTold: '2030-01-01' },
    })
    worked.push(call.order.id)
    call = saved.next
  }
}

const numbersOf = async (query: string) => (await database.query(query)).rows[0]

it(`laws 3 and 7: ${agentCount} agents work ${orderCount} orders of ${customerCount} customers on two processes, one of them killed: no customer is in two hands, each order is worked once`, async () => {
  const shifts = agents.map((agent, index) => work(agent, index))
  await eventually(
    async () => worked.length,
    (count) => count >= killedAfter,
    'the first part of the shift',
    120,
  )
  await stacks[1]?.kill()
  await stacks[1]?.restart()
  await Promise.all(shifts)

  expect(repeated).toBeGreaterThan(0)
  expect(worked).toHaveLength(orderCount)
  expect(new Set(worked).size).toBe(orderCount)
  expect(
    await numbersOf(`select count(*)::int as hands, count(distinct customer_id)::int as customers,
    (count(*) filter (where exists (select from witness.hands other where other.lease_id <> mine.lease_id
      and (other.customer_id = mine.customer_id or other.member_id = mine.member_id) and other.lasted && mine.lasted)))::int as overlapping
    from witness.hands mine`),
  ).toEqual({ hands: orderCount, customers: customerCount, overlapping: 0 })
  expect(
    await numbersOf(`select count(*)::int as attempts, count(distinct order_id)::int as orders,
    count(distinct member_id)::int as members, count(set_aside)::int as aside from call_attempts`),
  ).toEqual({
    attempts: orderCount,
    orders: orderCount,
    members: agentCount,
    aside: 0,
  })
  expect(
    await numbersOf(`select count(*)::int as orders, (count(*) filter (where state = 'confirmed' and attempt_count = 1
    and call_at is null))::int as done from orders`),
  ).toEqual({ orders: orderCount, done: orderCount })
  expect(
    await numbersOf(`select count(*) filter (where type = 'order.called')::int as called,
    count(*) filter (where type = 'order.moved')::int as moved from events where order_id is not null`),
  ).toEqual({
    called: orderCount,
    moved: orderCount,
  })
})
