import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Shopkeeper, signUp } from '../support/shopkeeper.ts'
import { eventually, type Stack, startStack } from '../support/stack.ts'

/** The whole of the fault matrix at night: KILL_BULK=5000 KILL_ROUNDS=20. */
const count = Number(process.env.KILL_BULK ?? 400)
const papers = Math.min(500, Math.ceil(count / 2))
const rounds = Number(process.env.KILL_ROUNDS ?? 3)
const instants = Array.from({ length: rounds }, () => 20 + Math.floor(Math.random() * 300))

let stack: Stack
let keeper: Shopkeeper
let stages: { id: string; state: string | null }[]
const ids: string[] = []

beforeAll(async () => {
  stack = await startStack()
  keeper = await signUp(stack.url, stack.sandboxUrl)
  stages = (await keeper.get('/pipeline')).body.stages
  for (let index = 0; index < count; index += 1) {
    const { status, body } = await keeper.post('/orders', {
      customer: { name: `Client ${index}`, phone: `06614${String(10_000 + index)}` },
      shippingAddress: { line: `${index} rue Exemple`, city: 'Rabat' },
      lines: [{ name: 'Lampe solaire', quantity: 1, unitPriceCentimes: 21_900 }],
    })
    expect(status).toBe(201)
    ids.push(body.id)
  }
})
afterAll(() => stack.stop())

const stageOf = (state: string): string => stages.find((stage) => stage.state === state)?.id ?? ''

/** Kills at each instant, brings it back, and waits until the operation is over. */
const overThroughKills = async (id: string): Promise<any> => {
  for (const instant of instants) {
    await new Promise((resolve) => setTimeout(resolve, instant))
    await stack.kill()
    await stack.restart()
  }
  return (
    await eventually(
      () => keeper.get(`/bulk-operations/${id}`),
      ({ body }) => (body as { status?: string }).status === 'done',
      'the end of the operation',
      240,
    )
  ).body
}

const everyRow = async (id: string): Promise<{ orderId: string; outcome: string }[]> => {
  const rows = []
  for (let cursor = ''; ; ) {
    const { body }: { body: any } = await keeper.get(
      `/bulk-operations/${id}/rows?limit=200${cursor && `&cursor=${cursor}`}`,
    )
    rows.push(...body.items)
    if (body.nextCursor === null) return rows
    cursor = body.nextCursor
  }
}

it(`law 7: killing the API at any instant (${instants.join(', ')} ms) during a bulk move of ${count} moves each order once`, {
  timeout: 600_000,
}, async () => {
  const key = crypto.randomUUID()
  const body = { noun: 'orders', ids, action: 'move', params: { stageId: stageOf('confirmed') } }
  const asked = await keeper.post('/bulk-operations', body, key)
  expect(asked.status).toBe(202)
  const { id } = asked.body as { id: string }
  const over = await overThroughKills(id)
  expect(over).toMatchObject({ rows: count, done: count, refused: 0 })
  expect((await keeper.post('/bulk-operations', body, key)).body).toMatchObject({ id })
  const rows = await everyRow(id)
  expect(new Set(rows.map(({ orderId }) => orderId)).size).toBe(count)
  for (const orderId of [ids[0], ids[Math.floor(count / 2)], ids.at(-1)]) {
    const { items } = (await keeper.get(`/orders/${orderId}/events`)).body as { items: { type: string }[] }
    expect(items.map(({ type }) => type)).toEqual(['order.moved', 'order.created'])
  }
  const versions = (await keeper.get(`/orders?stageId=${stageOf('confirmed')}&limit=200`)).body as {
    items: { version: number }[]
  }
  for (const { version } of versions.items) expect(version).toBe(2)
})

it('law 10: killed again while it is taken back, every order stands where it stood', { timeout: 600_000 }, async () => {
  const { items } = (await keeper.get('/bulk-operations')).body as { items: { id: string }[] }
  const asked = await keeper.post(`/bulk-operations/${items[0]?.id}/undo`, undefined)
  expect(asked.status).toBe(202)
  const over = await overThroughKills((asked.body as { id: string }).id)
  expect(over).toMatchObject({ rows: count, done: count, refused: 0 })
  const { body } = await keeper.get(`/orders/count?stageId=${stageOf('new')}&exact=true`)
  expect(body).toMatchObject({ count })
})

it('law 7: an export that is killed in the middle is made anew and whole', { timeout: 600_000 }, async () => {
  const asked = await keeper.post('/exports', {
    kind: 'orders',
    columns: ['number', 'customer', 'phone'],
    format: 'csv',
  })
  expect(asked.status).toBe(202)
  const { id } = asked.body as { id: string }
  await stack.kill()
  await stack.restart()
  const { body } = await eventually(
    () => keeper.get(`/exports/${id}`),
    ({ body: file }) => (file as { status?: string }).status === 'ready',
    'the file',
    240,
  )
  expect(body).toMatchObject({ rows: count })
})

it('law 7: labels that are killed while they are drawn are drawn anew, whole, and marked as printed once', {
  timeout: 600_000,
}, async () => {
  const orders: { id: string; number: number }[] = []
  for (let index = 0; index < papers; index += 1) {
    const { status, body } = await keeper.post('/orders', {
      customer: { name: `Colis ${index}`, phone: `06615${String(10_000 + index)}` },
      shippingAddress: { line: `${index} rue Exemple`, city: 'Rabat' },
      lines: [{ name: 'Lampe solaire', quantity: 1, unitPriceCentimes: 21_900 }],
      stageId: stageOf('confirmed'),
    })
    expect(status).toBe(201)
    orders.push(body)
  }
  const { body: carrier } = await keeper.post('/carrier-accounts', { carrier: 'manual', name: 'Atlas Colis' })
  const orderIds = orders.map(({ id }) => id)
  const shipped = await keeper.post('/parcels', { orderIds, carrierAccountId: carrier.id })
  const parcelIds = shipped.body.items.map(({ parcelId }: { parcelId: string }) => parcelId)
  const asked = await keeper.post('/papers', { kind: 'label', parcelIds })
  expect(asked.status).toBe(202)
  for (const instant of instants) {
    await new Promise((resolve) => setTimeout(resolve, instant))
    await stack.kill()
    await stack.restart()
  }
  const { body: paper } = await eventually(
    () => keeper.get(`/papers/${asked.body.id}`),
    ({ body }) => body.status !== 'running',
    'the end of the labels',
    240,
  )
  expect(paper).toMatchObject({ status: 'ready', printed: papers, pages: papers, leftOut: [], problem: null })
  const file = await fetch(`${stack.url}/api/v1/papers/${paper.id}/file`, {
    headers: { authorization: `Bearer ${keeper.token()}` },
  })
  const bytes = Buffer.from(await file.arrayBuffer())
  expect([bytes.length, bytes.subarray(0, 5).toString()]).toEqual([paper.bytes, '%PDF-'])
  expect((bytes.toString('latin1').match(/\/Type \/Page\b/g) ?? []).length).toBe(papers)
  for (const id of [orderIds[0], orderIds.at(-1)]) {
    const { items } = (await keeper.get(`/orders/${id}/events`)).body as { items: { type: string }[] }
    expect(items.filter(({ type }) => type === 'parcel.label_printed')).toHaveLength(1)
  }
})
