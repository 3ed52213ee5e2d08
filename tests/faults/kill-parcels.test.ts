import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Shopkeeper, signUp } from '../support/shopkeeper.ts'
import { eventually, type Stack, startStack } from '../support/stack.ts'
import { connectSendit, type Outside, outsideOf } from '../support/trade.ts'

/** The whole batch of the fault matrix at night: KILL_PARCELS=500 KILL_ROUNDS=20. */
const count = Number(process.env.KILL_PARCELS ?? 60)
const rounds = Number(process.env.KILL_ROUNDS ?? 3)
const instants = Array.from({ length: rounds }, () => 20 + Math.floor(Math.random() * 400))

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

const confirmedOrder = async (stageId: string, index: number): Promise<string> => {
  const { status, body } = await keeper.post('/orders', {
    customer: { name: `Client ${index}`, phone: `06613${String(10_000 + index)}` },
    shippingAddress: { line: '4 rue Exemple', city: 'Rabat' },
    lines: [{ name: 'Lampe solaire', quantity: 1, unitPriceCentimes: 21_900 }],
    stageId,
  })
  expect(status).toBe(201)
  return body.id
}

const everyParcel = async (): Promise<{ reference: string; booking: string; orderId: string }[]> => {
  const found = []
  for (let cursor = ''; ; ) {
    const { body }: { body: any } = await keeper.get(`/parcels?limit=200${cursor && `&cursor=${cursor}`}`)
    found.push(...body.items)
    if (body.nextCursor === null) return found
    cursor = body.nextCursor
  }
}

it(`law 7: killing the API at any instant (${instants.join(', ')} ms) while ${count} parcels are booked makes each exactly once`, {
  timeout: 600_000,
}, async () => {
  const { stages } = (await keeper.get('/pipeline')).body
  const { id: stageId } = stages.find(({ state }: { state: string | null }) => state === 'confirmed')
  const orderIds: string[] = []
  for (let index = 0; index < count; index += 1) orderIds.push(await confirmedOrder(stageId, index))
  // Some answers are lost besides, after the carrier has done its part.
  await outside.control('faults', {
    provider: 'sendit',
    kind: 'timeout_after_success',
    rate: 0.05,
    seconds: 0,
    only: 'POST /',
  })
  const key = crypto.randomUUID()
  const asked = await keeper.post('/parcels', { orderIds, carrierAccountId: account.id }, key)
  expect(asked.status).toBe(202)
  for (const instant of instants) {
    await new Promise((resolve) => setTimeout(resolve, instant))
    await stack.kill()
    await stack.restart()
    // A careful client asks again with its key, and is told the same.
    expect((await keeper.post('/parcels', { orderIds, carrierAccountId: account.id }, key)).body).toEqual(asked.body)
  }
  await fetch(`${stack.sandboxUrl}/control/faults`, { method: 'DELETE' })
  const parcels = await eventually(
    everyParcel,
    (all) => all.every(({ booking }) => booking === 'accepted'),
    'every booking to be settled',
    400,
  )
  expect(parcels).toHaveLength(count)
  const there: { reference: string }[] = (await outside.state()).parcels
  expect(there.map(({ reference }) => reference).sort()).toEqual(parcels.map(({ reference }) => reference).sort())
})
