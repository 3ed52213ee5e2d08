import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectEachOnce, expectFeedWhole, instantsOf, openShop, pause, type Sellers } from '../support/endurance.ts'
import { type Shopkeeper, signUp } from '../support/shopkeeper.ts'
import { type Stack, startStack } from '../support/stack.ts'

/** More rounds at night: KILL_ROUNDS=100. */
const rounds = Number(process.env.KILL_ROUNDS ?? 5)
const instants = instantsOf(rounds, 30, 530)
const perRound = 12

let stack: Stack
let keeper: Shopkeeper
let sellers: Sellers

beforeAll(async () => {
  stack = await startStack()
  keeper = await signUp(stack.url, stack.sandboxUrl)
  sellers = await openShop(keeper)
})
afterAll(() => stack.stop())

it(`law 7: killing the API at any instant (${instants.join(', ')} ms) loses no order and doubles none`, async () => {
  for (const [round, instant] of instants.entries()) {
    const sent = sellers.send(Array.from({ length: perRound }, (_, i) => round * perRound + i))
    await pause(instant)
    await stack.kill()
    await stack.restart()
    await sent
  }
  await expectEachOnce(keeper, rounds * perRound * 2)
})

it('starts again after the API was killed and its database server was left behind', async () => {
  await stack.kill()
  await stack.restart()
  const ready = await fetch(`${stack.url}/health/ready`)
  expect(ready.status).toBe(200)
})

it('keeps the events of a merchant without gaps through all of it', () => expectFeedWhole(keeper, rounds * perRound))
