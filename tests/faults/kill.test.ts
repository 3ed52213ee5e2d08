import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Shopkeeper, sendGenericOrder, signUp } from '../support/shopkeeper.ts'
import { eventually, type Stack, startStack } from '../support/stack.ts'

/** More rounds at night: KILL_ROUNDS=100. */
const rounds = Number(process.env.KILL_ROUNDS ?? 5)
/** A fixed seed would kill at the same instants each time; the instants are printed so that a failure can be told. */
const instants = Array.from({ length: rounds }, () => 30 + Math.floor(Math.random() * 500))

let stack: Stack
let keeper: Shopkeeper
let webhookUrl: string
let webhookSecret: string

beforeAll(async () => {
  stack = await startStack()
  keeper = await signUp(stack.url, stack.sandboxUrl)
  const { status, body } = await keeper.post('/stores', { platform: 'generic', name: 'Page de vente' })
  expect(status).toBe(201)
  webhookUrl = body.webhookUrl
  webhookSecret = body.webhookSecret
})
afterAll(() => stack.stop())

const orderBody = (index: number) => ({
  customer: { name: `Client ${index}`, phone: `06612${String(10_000 + index)}` },
  shippingAddress: { line: '4 rue Exemple', city: 'Rabat' },
  lines: [{ name: 'Lampe solaire', quantity: 1, unitPriceCentimes: 21_900 }],
  externalReference: `KILL-${index}`,
})

/** Sends until it is answered, as a careful client does: the same key, the same body. */
const insist = async (send: () => Promise<{ status: number }>): Promise<number> =>
  (
    await eventually(
      () => send().catch(() => ({ status: 0 })),
      ({ status }) => status >= 200 && status < 300,
      'an answer',
      60,
    )
  ).status

const everyOrder = async (): Promise<{ number: number; sourceReference: string | null }[]> => {
  const found = []
  for (let cursor: string | null = null; ; ) {
    const {
      body,
    }: { body: { items: { number: number; sourceReference: string | null }[]; nextCursor: string | null } } =
      await keeper.get(`/orders?limit=200${cursor ? `&cursor=${cursor}` : ''}`)
    found.push(...body.items)
    cursor = body.nextCursor
    if (cursor === null) return found
  }
}

it(`law 7: killing the API and its database at any instant (${instants.join(', ')} ms) loses no order and doubles none`, async () => {
  const perRound = 12
  for (const [round, instant] of instants.entries()) {
    const indexes = Array.from({ length: perRound }, (_, i) => round * perRound + i)
    const byHand = indexes.map((index) => insist(() => keeper.post('/orders', orderBody(index), `kill-${index}`)))
    const byShop = indexes.map((index) =>
      insist(() => sendGenericOrder(webhookUrl, webhookSecret, { external_id: `SHOP-${index}` })),
    )
    await new Promise((resolve) => setTimeout(resolve, instant))
    await stack.kill()
    await stack.restart()
    await Promise.all([...byHand, ...byShop])
  }
  const expected = rounds * perRound
  const orders = await eventually(everyOrder, (found) => found.length >= expected * 2, 'every order', 60)
  const references = orders.map(({ sourceReference }) => sourceReference)
  expect(new Set(references).size).toBe(references.length)
  expect(orders).toHaveLength(expected * 2)
  expect(new Set(orders.map(({ number }) => number)).size).toBe(expected * 2)
})

it('starts again after the API was killed and its database server was left behind', async () => {
  await stack.kill()
  await stack.restart()
  const ready = await fetch(`${stack.url}/health/ready`)
  expect(ready.status).toBe(200)
})

it('keeps the events of a merchant without gaps through all of it', async () => {
  let cursor: string | null = null
  let last = 0
  for (;;) {
    const { status, body }: { status: number; body: { items: { sequence: number }[]; nextCursor: string | null } } =
      await keeper.get(`/events?limit=200${cursor ? `&cursor=${cursor}` : ''}`)
    expect(status).toBe(200)
    for (const { sequence } of body.items) {
      expect(sequence).toBe(last + 1)
      last = sequence
    }
    if (body.items.length === 0 || body.nextCursor === null) break
    cursor = body.nextCursor
  }
  expect(last).toBeGreaterThan(rounds * 12)
})
