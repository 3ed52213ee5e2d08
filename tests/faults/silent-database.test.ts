import pg from 'pg'
import { afterAll, expect, inject, it, onTestFinished } from 'vitest'
import { startApi } from '../support/app.ts'
import { openWire } from '../support/database-server.ts'
import { insist } from '../support/endurance.ts'
import { openScreen } from '../support/screen.ts'
import { eventually } from '../support/stack.ts'

/** The cuts of the fault matrix at night: COMMIT_CUTS=200. */
const commitCuts = Number(process.env.COMMIT_CUTS ?? 20)

const wire = await openWire(inject('serverUrl'))
// Registered before the API's own closing, so that it runs after it.
afterAll(() => wire.close())
const api = await startApi({ wire: wire.url, env: { DATABASE_POOL_SIZE: '4' } })
const url = await api.app.listen({ host: '127.0.0.1', port: 0 })
const owner = api.as('owner')

const order = (index: number) => ({
  customer: { name: `Client ${index}`, phone: `06612${String(10_000 + index)}` },
  shippingAddress: { line: '4 rue Exemple', city: 'Rabat' },
  lines: [{ name: 'Lampe solaire', quantity: 1, unitPriceCentimes: 21_900 }],
})
const timed = async <T>(work: () => Promise<T>): Promise<{ answer: T; seconds: number }> => {
  const started = performance.now()
  const answer = await work()
  return { answer, seconds: (performance.now() - started) / 1000 }
}
const onServer = async () => {
  const client = new pg.Client({ connectionString: api.databaseUrl })
  await client.connect()
  onTestFinished(() => client.end())
  client.on('error', () => undefined)
  return client
}

it('refuses within six seconds what a silent database does not answer, and is well again when it speaks', async () => {
  const screen = await openScreen(url, api.tokenOf(api.merchant, 'owner'))
  await screen.hear('event: ready')
  // What is silent now stays so, as when a router has forgotten the connection.
  wire.silence()
  const asked = await Promise.all(
    [() => owner.get('/orders'), () => owner.post('/orders', order(1)), () => api.as('viewer').get('/pipeline')].map(
      timed,
    ),
  )
  for (const { answer, seconds } of asked) {
    expect([answer.status, answer.body.code]).toEqual([503, 'server.unavailable'])
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    expect(seconds).toBeLessThan(6)
  }
  const ready = await timed(() => owner.get('//health/ready'))
  expect([ready.answer.status, ready.answer.body.database, ready.seconds < 6]).toEqual([503, false, true])
  expect((await owner.get('//health/live')).status).toBe(200)
  wire.speak()
  expect((await insist(() => owner.get('/orders'))).body.items).toEqual([])
  expect((await owner.get('//health/ready')).status).toBe(200)
  // The one connection that listens was dead as well, and said nothing about it.
  await screen.hear('event: resync')
  // Other connections may have fallen silent as well: whoever meets one asks again.
  const { body } = await insist(() => owner.post('/orders', order(2), { 'idempotency-key': 'after-the-silence' }))
  await screen.hear(body.id)
  screen.close()
})

it(`law 7: ${commitCuts} connections cut between commit and its answer lose no order and double none`, async () => {
  const before = (await owner.get('/orders?limit=200')).body.items.length
  wire.cutAfter('commit', commitCuts)
  let made = 0
  for (; wire.cuts() < commitCuts; made += 1) {
    const body = { ...order(1_000 + made), externalReference: `CUT-${made}` }
    const headers = { 'idempotency-key': `cut-${made}` }
    const first = await insist(() => owner.post('/orders', body, headers))
    const again = await insist(() => owner.post('/orders', body, headers))
    expect(again.body).toEqual(first.body)
  }
  wire.cutAfter('commit', 0)
  const { items } = (await insist(() => owner.get('/orders?limit=200'))).body
  expect(items).toHaveLength(before + made)
  expect(new Set(items.map(({ sourceReference }: any) => sourceReference)).size).toBe(made + 1)
})

it('answers 503 within five seconds when every connection is taken, and says that it lives', async () => {
  const client = await onServer()
  await client.query('begin; lock table orders in access exclusive mode')
  const crowd = Promise.all(Array.from({ length: 30 }, () => timed(() => owner.get('/orders'))))
  const live = await timed(() => owner.get('//health/live'))
  expect([live.answer.status, live.seconds < 1]).toEqual([200, true])
  for (const { answer, seconds } of await crowd) {
    expect(answer.status).toBe(503)
    expect(seconds).toBeLessThan(6)
  }
  await client.query('rollback')
  expect((await insist(() => owner.get('/orders'))).status).toBe(200)
})

it('survives the end of any of its connections in the middle of its work', async () => {
  const client = await onServer()
  for (let round = 0; round < 10; round += 1) {
    const crowd = Promise.all(Array.from({ length: 12 }, () => owner.get('/orders')))
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    for (const { status } of await crowd) expect([200, 503]).toContain(status)
  }
  await eventually(
    () => owner.get('/orders'),
    ({ status }) => status === 200,
    'the next connection',
    2,
  )
})

it('lets one of many movers of an order through, and tells the others what it is now', async () => {
  const { body: one } = await insist(() => owner.post('/orders', order(5_000)))
  const { stages } = (await owner.get('/pipeline')).body
  const target = stages.find(({ state }: any) => state === 'confirmed')
  const answers = await Promise.all(
    Array.from({ length: 100 }, () =>
      owner.post(`/orders/${one.id}/move`, { stageId: target.id, version: one.version }),
    ),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  for (const { status, body } of answers.filter((answer) => answer.status !== 200))
    expect([status, body.code, body.current.version > one.version]).toEqual([409, 'order.changed_meanwhile', true])
})

it('is slower and right when the database is 200 ms away: no time-out, nothing lost', async () => {
  wire.farAway(200)
  onTestFinished(() => wire.farAway(0))
  const listed = await timed(() => owner.get('/orders?limit=200'))
  expect(listed.answer.status).toBe(200)
  // A read leaves in one flight, however many statements it is; a connection that has to be opened takes a few more.
  expect(listed.seconds).toBeLessThan(3)
  const made = await timed(() => owner.post('/orders', order(6_000)))
  expect([made.answer.status, made.seconds < 10]).toEqual([201, true])
  expect((await owner.get(`/orders/${made.answer.body.id}`)).body.id).toBe(made.answer.body.id)
  expect((await owner.get('//health/ready')).status).toBe(200)
})

it('lets no transaction stay open and idle for more than half a minute', async () => {
  const { rows } = await (await onServer()).query(
    "select rolname, setting from pg_roles, unnest(rolconfig) setting where rolname like 'sendocki%' and setting like 'idle_in_transaction%' order by 1",
  )
  expect(rows).toEqual([
    { rolname: 'sendocki_app', setting: 'idle_in_transaction_session_timeout=30s' },
    { rolname: 'sendocki_platform', setting: 'idle_in_transaction_session_timeout=30s' },
  ])
})
