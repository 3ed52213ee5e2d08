import { expect } from 'vitest'
import { type Shopkeeper, sendGenericOrder } from './shopkeeper.ts'
import { eventually } from './stack.ts'

/** Random instants in milliseconds; a test prints them in its name, so that a failure can be told. */
export const instantsOf = (rounds: number, from: number, to: number): number[] =>
  Array.from({ length: rounds }, () => from + Math.floor(Math.random() * (to - from)))

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Sends until it is answered, as a careful client does: the same key, the same body. */
export const insist = async <A extends { status: number }>(send: () => Promise<A>): Promise<A> =>
  (await eventually(
    () => send().catch(() => ({ status: 0 })),
    ({ status }) => status >= 200 && status < 300,
    'an answer',
    60,
  )) as A

export const orderBody = (index: number) => ({
  customer: { name: `Client ${index}`, phone: `06612${String(10_000 + index)}` },
  shippingAddress: { line: '4 rue Exemple', city: 'Rabat' },
  lines: [{ name: 'Lampe solaire', quantity: 1, unitPriceCentimes: 21_900 }],
  externalReference: `KILL-${index}`,
})

/** A person who enters orders and a shop that sends them, neither of whom gives up. */
export interface Sellers {
  /** Each of these, once by hand and once from the shop. */
  send(indexes: readonly number[]): Promise<unknown>
}

export const openShop = async (keeper: Shopkeeper): Promise<Sellers> => {
  const { status, body } = await keeper.post('/stores', { platform: 'generic', name: 'Page de vente' })
  expect(status).toBe(201)
  const { webhookUrl, webhookSecret } = body
  return {
    send: (indexes) =>
      Promise.all(
        indexes.flatMap((index) => [
          insist(() => keeper.post('/orders', orderBody(index), `kill-${index}`)),
          insist(() => sendGenericOrder(webhookUrl, webhookSecret, { external_id: `SHOP-${index}` })),
        ]),
      ),
  }
}

/** A confirmed order, which can be shipped. */
export const confirmedOrder = async (keeper: Shopkeeper, index: number): Promise<string> => {
  const { stages } = (await keeper.get('/pipeline')).body
  const { id: stageId } = stages.find(({ state }: { state: string | null }) => state === 'confirmed')
  const { status, body } = await keeper.post('/orders', { ...orderBody(index), stageId })
  expect(status).toBe(201)
  return body.id
}

const everyItem = async (keeper: Shopkeeper, path: string): Promise<any[]> => {
  const found = []
  for (let cursor: string | null = null; ; ) {
    const { status, body }: { status: number; body: any } = await keeper.get(
      `${path}?limit=200${cursor ? `&cursor=${cursor}` : ''}`,
    )
    if (status !== 200) return []
    found.push(...body.items)
    cursor = body.nextCursor
    if (cursor === null || body.items.length === 0) return found
  }
}

/** Every order arrived, each once: by its reference and by its number. */
export const expectEachOnce = async (keeper: Shopkeeper, expected: number): Promise<void> => {
  const orders = await eventually(
    () => everyItem(keeper, '/orders'),
    (found) => found.length >= expected,
    'every order',
    60,
  )
  expect(orders).toHaveLength(expected)
  expect(new Set(orders.map(({ sourceReference }) => sourceReference)).size).toBe(expected)
  expect(new Set(orders.map(({ number }) => number)).size).toBe(expected)
}

/** Every booking is settled, and the carrier has exactly the parcels that we think it has. */
export const expectParcelsOnce = async (
  keeper: Shopkeeper,
  outside: { state(): Promise<any> },
  count: number,
): Promise<void> => {
  const parcels = await eventually(
    () => everyItem(keeper, '/parcels'),
    (all) => all.length >= count && all.every(({ booking }) => booking === 'accepted'),
    'every booking to be settled',
    400,
  )
  expect(parcels).toHaveLength(count)
  const references = (all: { reference: string }[]) => all.map(({ reference }) => reference).sort()
  expect(references((await outside.state()).parcels)).toEqual(references(parcels))
}

/** The feed has no gap and no repeat. */
export const expectFeedWhole = async (keeper: Shopkeeper, atLeast: number): Promise<void> => {
  const sequences = (await everyItem(keeper, '/events')).map(({ sequence }) => sequence)
  expect(sequences).toEqual(sequences.map((_one, index) => index + 1))
  expect(sequences.length).toBeGreaterThan(atLeast)
}
