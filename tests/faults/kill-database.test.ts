import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DatabaseServer, startDatabaseServer } from '../support/database-server.ts'
import {
  confirmedOrder,
  expectEachOnce,
  expectFeedWhole,
  expectParcelsOnce,
  insist,
  instantsOf,
  openShop,
  orderBody,
  pause,
  type Sellers,
} from '../support/endurance.ts'
import { openScreen, type Screen } from '../support/screen.ts'
import { type Shopkeeper, signUp } from '../support/shopkeeper.ts'
import { eventually, type Stack, startStack } from '../support/stack.ts'
import { connectSendit, type Outside, outsideOf } from '../support/trade.ts'

/** More rounds at night: KILL_ROUNDS=20. */
const rounds = Number(process.env.KILL_ROUNDS ?? 2)
const instants = instantsOf(rounds, 30, 430)
const perRound = 12
const parcels = 24

let server: DatabaseServer
let stack: Stack
let keeper: Shopkeeper
let outside: Outside
let sellers: Sellers
let account: { id: string }

beforeAll(async () => {
  server = await startDatabaseServer()
  stack = await startStack({ databaseUrl: server.url, separateWorker: true })
  keeper = await signUp(stack.url, stack.sandboxUrl)
  outside = outsideOf(stack.sandboxUrl)
  sellers = await openShop(keeper)
  account = await connectSendit(keeper, outside)
})
afterAll(async () => {
  await stack.stop()
  await server.stop()
})

let last = 9_000
const health = async (which: 'live' | 'ready') => (await fetch(`${stack.url}/health/${which}`)).status
const numbers = (round: number) => Array.from({ length: perRound }, (_, index) => 1_000 + round * perRound + index)

/** After a restart changes flow to screens a moment later than answers come, and nothing says when: until one is heard. */
const hearChanges = async (screen: Screen): Promise<void> => {
  const { id } = (await keeper.get('/orders')).body.items[0]
  const before = screen.count('event: change')
  await eventually(
    async () => {
      expect((await keeper.post(`/orders/${id}/notes`, { text: 'Vu' })).status).toBe(201)
      return screen.count('event: change')
    },
    (count) => count > before,
    'a change on the stream',
  )
}

it(`law 7: killing PostgreSQL at any instant (${instants.join(', ')} ms) loses no order, doubles none, and makes each parcel once`, {
  timeout: 600_000,
}, async () => {
  const orderIds: string[] = []
  for (let index = 0; index < parcels; index += 1) orderIds.push(await confirmedOrder(keeper, index))
  const { pid } = stack.api()
  expect((await keeper.post('/parcels', { orderIds, carrierAccountId: account.id })).status).toBe(202)
  for (const [round, instant] of instants.entries()) {
    const sent = sellers.send(numbers(round))
    await pause(instant)
    await server.kill()
    const away = await eventually(
      () => keeper.get('/orders'),
      ({ status }) => status === 503,
      'the refusal of a database that is away',
    )
    expect(away.body.code).toBe('server.unavailable')
    expect(Number(away.headers.get('retry-after'))).toBeGreaterThan(0)
    expect([await health('live'), await health('ready')]).toEqual([200, 503])
    await server.start()
    await insist(() => keeper.get('/orders'))
    await sent
  }
  expect(
    await eventually(
      () => health('ready'),
      (status) => status === 200,
      'ready',
    ),
  ).toBe(200)
  expect([stack.api().pid, stack.api().exitCode, stack.worker()?.exitCode]).toEqual([pid, null, null])
  await expectEachOnce(keeper, parcels + rounds * perRound * 2)
  await expectParcelsOnce(keeper, outside, parcels)
  await expectFeedWhole(keeper, rounds * perRound)
})

it.each([
  ['one of its connections is killed', () => server.killBackend()],
  ['it is restarted by an administrator', () => server.restart()],
])('refuses with 503 only, and writes again within ten seconds, when %s', async (_what, harm) => {
  const statuses = new Set<number>()
  const stopped = new AbortController()
  const reader = async () => {
    while (!stopped.signal.aborted) statuses.add((await keeper.get('/orders')).status)
  }
  const readers = Promise.all(Array.from({ length: 4 }, reader))
  await harm()
  await eventually(
    () => keeper.post('/orders', orderBody((last += 1))),
    ({ status }) => status === 201,
    'the next write',
    10,
  )
  stopped.abort()
  await readers
  expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([])
})

it('tells open screens again what changes, after the server was killed and came back', async () => {
  const screen = await openScreen(stack.url, keeper.token())
  await hearChanges(screen)
  const resyncs = screen.count('event: resync')
  await server.kill()
  await server.start()
  await eventually(
    async () => screen.count('event: resync'),
    (count) => count > resyncs,
    'the news that something may have been missed',
  )
  await insist(() => keeper.get('/orders'))
  const orderId = await confirmedOrder(keeper, 2_000)
  await screen.hear(orderId)
  screen.close()
})

it(`law 7: killing the worker at any instant (${instants.join(', ')} ms) leaves no delivery unread and makes each parcel once`, {
  timeout: 600_000,
}, async () => {
  const orderIds: string[] = []
  for (let index = 0; index < parcels; index += 1) orderIds.push(await confirmedOrder(keeper, 3_000 + index))
  expect((await keeper.post('/parcels', { orderIds, carrierAccountId: account.id })).status).toBe(202)
  for (const [round, instant] of instants.entries()) {
    const sent = sellers.send(numbers(rounds + round))
    await pause(instant)
    await stack.killWorker()
    await sent
  }
  await expectEachOnce(keeper, 3 + 2 * parcels + 2 * rounds * perRound * 2)
  await expectParcelsOnce(keeper, outside, 2 * parcels)
  const { body } = await keeper.get('/dead-letters')
  expect(body.items).toEqual([])
})
