import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DatabaseServer, startDatabaseServer } from '../support/database-server.ts'
import { type Shopkeeper, signUp } from '../support/shopkeeper.ts'
import { eventually, type Stack, startStack } from '../support/stack.ts'
import { demoLine } from '../support/whatsapp.ts'

/** At night: KILL_AUTOMATIONS=2000 KILL_ROUNDS=20. */
const count = Number(process.env.KILL_AUTOMATIONS ?? 60)
const rounds = Number(process.env.KILL_ROUNDS ?? 2)
const instants = Array.from({ length: rounds }, () => 20 + Math.floor(Math.random() * 1_000))
/** Messages whose answer Meta's servers lose, and deliveries that come twice. */
const lostAnswers = 5

let server: DatabaseServer
/** Both work off jobs; the second one is killed, the first one takes what Meta delivers. */
let stacks: [Stack, Stack]
let keeper: Shopkeeper
let database: pg.Client

const outside = async (path: string, body?: object): Promise<any> => {
  const answer = await fetch(`${stacks[0].sandboxUrl}/control/${path}`, {
    ...(body
      ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
      : { method: 'GET' }),
  })
  if (!answer.ok) throw new Error(await answer.text())
  return answer.json()
}

/** Calls at any hour: the machine's clock is not the merchant's. */
const openAlways = async (): Promise<void> => {
  const { settings, version } = (await keeper.get('/calls/settings')).body
  const always = { week: Array(7).fill([{ from: '00:00', to: '24:00' }]), fridayPause: null, holidays: [] }
  const ramadan = { ...settings.ramadan, periods: [] }
  const saved = await keeper.call('PUT', '/calls/settings', { version, settings: { ...settings, ...always, ramadan } })
  expect(saved.status).toBe(200)
}

/** New orders are asked for their confirmation. */
const automate = async (): Promise<void> => {
  const number = await keeper.post('/whatsapp/numbers', demoLine)
  const numberId = number.body.id as string
  await keeper.post('/whatsapp/templates', {
    ...{ numberId, name: 'cod_ask', language: 'fr', category: 'utility' },
    body: 'Salam {{1}}, vous confirmez la commande {{2}} ?',
    variables: ['customer_name', 'order_number'],
    buttons: ['Je confirme', 'Annuler'],
  })
  const [template] = await eventually(
    async () => (await keeper.get('/whatsapp/templates?state=approved')).body.items as { id: string }[],
    (items) => items.length > 0,
    'the approval of a template',
  )
  const { stages } = (await keeper.get('/pipeline')).body
  const made = await keeper.post('/automations', {
    ...{ name: 'Confirmation', numberId, templateId: template?.id, delaySeconds: 0, silence: null },
    stageId: stages.find((stage: { state: string }) => stage.state === 'new').id,
    buttons: [
      { index: 0, stageId: null },
      { index: 1, stageId: null },
    ],
  })
  const on = await keeper.call('PATCH', `/automations/${made.body.id}`, { version: 1, enabled: true })
  expect(on.body).toMatchObject({ enabled: true, problem: null })
}

beforeAll(async () => {
  server = await startDatabaseServer()
  const first = await startStack({ databaseUrl: server.url })
  stacks = [first, await startStack({ databaseUrl: server.url, beside: first })]
  keeper = await signUp(first.url, first.sandboxUrl)
  database = new pg.Client({ connectionString: server.url })
  await database.connect()
  await openAlways()
  await automate()
})
afterAll(async () => {
  await database.end()
  for (const stack of stacks.toReversed()) await stack.stop()
  await server.stop()
})

const phoneOf = (index: number): string => `+21266${String(1_000_000 + index)}`

/** Orders of one buyer each, a few at a time. */
const placeAll = async (): Promise<void> => {
  let next = 0
  const place = async () => {
    while (next < count) {
      const index = next++
      const { status } = await keeper.post('/orders', {
        customer: { name: `Client ${index}`, phone: phoneOf(index) },
        shippingAddress: { line: `${index} rue Exemple`, city: 'Rabat' },
        lines: [{ name: 'Lampe solaire', quantity: 1, unitPriceCentimes: 21_900 }],
      })
      expect(status).toBe(201)
    }
  }
  await Promise.all(Array.from({ length: 4 }, place))
}

interface Asked {
  readonly phone: string
  readonly runs: number
  readonly status: string | null
  readonly problem: string | null
}
/** Every order with the runs that it has and what became of its message. */
const asked = async (): Promise<Asked[]> =>
  (
    await database.query(`select o.phone, count(r.id)::int as runs, min(m.status) as status, min(m.problem) as problem
      from orders o
      left join automation_runs r on r.merchant_id = o.merchant_id and r.order_id = o.id
      left join messages m on m.merchant_id = r.merchant_id and m.id = r.message_id
      group by o.id, o.phone`)
  ).rows

it(`one message for an order, an entry and an automation: ${count} orders, two workers, one killed after ${instants.join(', ')} ms, answers lost and news told twice`, {
  timeout: 600_000,
}, async () => {
  await outside('faults', { provider: 'whatsapp', kind: 'duplicate_webhooks', rate: 0.5 })
  await outside('faults', {
    provider: 'whatsapp',
    kind: 'timeout_after_success',
    only: '/messages',
    times: lostAnswers,
  })
  const placing = placeAll()
  for (const instant of instants) {
    await new Promise((resolve) => setTimeout(resolve, instant))
    await stacks[1].kill()
    await stacks[1].restart()
  }
  await placing
  // A message whose answer was lost is in doubt until a status with our own id settles it; none is on its way for ever.
  const settled = new Set(['delivered', 'read', 'unknown'])
  await eventually(
    asked,
    (orders) => orders.length === count && orders.every(({ status }) => settled.has(status ?? '')),
    'the end of every message',
    240,
  )
  // What nothing was heard of in the end is told to a person, who decides; news that come after that are believed.
  await database.query("update graphile_worker._private_jobs set run_at = now() where key like 'whatsapp.doubt:%'")
  const { messages } = (await outside('whatsapp')) as { messages: { to: string }[] }
  const given = Map.groupBy(messages, ({ to }) => `+${to}`)
  const orders = await eventually(
    asked,
    (all) => all.every(({ phone, status }) => status !== 'unknown' && (status !== 'failed' || !given.has(phone))),
    'the end of every doubt',
    60,
  )

  for (const { phone, runs, status, problem } of orders) {
    const times = given.get(phone)?.length ?? 0
    expect({ phone, runs, times }).toEqual({ phone, runs: 1, times: status === 'failed' ? 0 : 1 })
    expect(problem).toBe(status === 'failed' ? 'message.outcome_unknown' : null)
  }
  // A process that dies between its word and its deed leaves at most one message ungiven.
  expect(orders.filter(({ status }) => status === 'failed').length).toBeLessThanOrEqual(rounds)
  expect((await keeper.get('/dead-letters')).body.items).toEqual([])
})
