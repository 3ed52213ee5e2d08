import { afterAll, beforeAll, expect, it } from 'vitest'
import { confirmedOrder, expectParcelsOnce, insist, instantsOf, pause } from '../support/endurance.ts'
import { type Shopkeeper, signUp } from '../support/shopkeeper.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { connectSendit, type Outside, outsideOf } from '../support/trade.ts'

/** The whole batch of the fault matrix at night: KILL_PARCELS=500 KILL_ROUNDS=20. */
const count = Number(process.env.KILL_PARCELS ?? 60)
const instants = instantsOf(Number(process.env.KILL_ROUNDS ?? 3), 20, 420)

let stack: Stack
let keeper: Shopkeeper
let outside: Outside
let account: { id: string }

beforeAll(async () => {
  stack = await startStack()
  keeper = await signUp(stack.url, stack.sandboxUrl)
  outside = outsideOf(stack.sandboxUrl)
  account = await connectSendit(keeper, outside)
})
afterAll(() => stack.stop())

it(`law 7: killing the API at any instant (${instants.join(', ')} ms) while ${count} parcels are booked makes each exactly once`, {
  timeout: 600_000,
}, async () => {
  const orderIds: string[] = []
  for (let index = 0; index < count; index += 1) orderIds.push(await confirmedOrder(keeper, index))
  // Some answers are lost besides, after the carrier has done its part.
  await outside.control('faults', {
    provider: 'sendit',
    kind: 'timeout_after_success',
    rate: 0.05,
    seconds: 0,
    only: 'POST /',
  })
  const key = crypto.randomUUID()
  const ask = () => keeper.post('/parcels', { orderIds, carrierAccountId: account.id }, key)
  const asked = await ask()
  expect(asked.status).toBe(202)
  for (const instant of instants) {
    await pause(instant)
    await stack.kill()
    await stack.restart()
    // A careful client asks again with its key, and is told the same.
    expect((await insist(ask)).body).toEqual(asked.body)
  }
  await fetch(`${stack.sandboxUrl}/control/faults`, { method: 'DELETE' })
  await expectParcelsOnce(keeper, outside, count)
})
