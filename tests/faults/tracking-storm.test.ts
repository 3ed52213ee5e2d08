import { createHmac } from 'node:crypto'
import { trackOf } from '@sendocki/domain/parcels/tracking'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { confirmedOrders, connectSendit, ship, startDelivery } from '../support/delivery.ts'

/** The storm of the fault matrix at night, on a machine of its own, with its figures: STORM_EVENTS=10000. */
const atNight = process.env.STORM_EVENTS !== undefined
const eventCount = Number(process.env.STORM_EVENTS ?? 2_000)
const parcelCount = 50
const delivery = await startDelivery()
const { api, owner, settle, control, url } = delivery
let accountId = ''
beforeAll(async () => {
  accountId = await connectSendit(delivery)
  // The storm is ours; the carrier's own webhook would add to it.
  await control('DELETE', '/sendit/webhook')
})
afterAll(() => delivery.close())

const words = ['TO_PICKUP', 'PICKEDUP', 'WAREHOUSE', 'DELIVERING', 'UNREACHABLE', 'POSTPONED', 'DELIVERED', 'REJECTED']
const newWords = ['CHEZ_LE_VOISIN', 'حالة جديدة', 'Retard 🚚']
/** A pseudo-random order that is the same in each run. */
const shuffled = <T>(list: readonly T[]): T[] =>
  list
    .map((one, index) => ({ one, key: createHmac('sha1', 'storm').update(String(index)).digest('hex') }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ one }) => one)

const send = async (body: string): Promise<number> => {
  const started = performance.now()
  const answer = await fetch(`${url}/hooks/sendit/${accountId}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-sendit-signature': createHmac('sha256', 'demo').update(body).digest('hex'),
    },
    body,
  })
  expect(answer.status).toBe(200)
  await answer.text()
  return performance.now() - started
}

/** Sends all, so many at a time. */
const sendAll = async (bodies: readonly string[], atOnce: number): Promise<number[]> => {
  const waiting = [...bodies]
  const times: number[] = []
  const lane = async () => {
    for (let body = waiting.pop(); body !== undefined; body = waiting.pop()) times.push(await send(body))
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return times
}

it(`law 13: ${eventCount} tracking events out of order, a third of them in unknown words, leave each parcel where its newest known words say`, {
  timeout: 600_000,
}, async () => {
  const orders = await confirmedOrders(delivery, parcelCount)
  const { body } = await ship(
    owner,
    orders.map(({ id }) => id),
    accountId,
  )
  await settle(40)
  const parcels: any[] = []
  for (const { parcelId } of body.items) parcels.push((await owner.get(`/parcels/${parcelId}`)).body)
  const start = Date.parse('2027-02-10T09:00:00Z')
  const bodies = Array.from({ length: eventCount }, (_, index) => {
    const turn = Math.floor(index / parcelCount)
    const said =
      turn % 3 === 2 ? newWords[Math.floor(turn / 3) % newWords.length] : words[(turn * 7 + index) % words.length]
    const at = new Date(start + turn * 60_000).toISOString().slice(0, 19).replace('T', ' ')
    const code = parcels[index % parcelCount].trackingNumber
    return JSON.stringify({
      event: 'delivery.status.update',
      code,
      oldStatus: 'PENDING',
      newStatus: said,
      lastActionAt: at,
    })
  })
  const times = (await sendAll(shuffled(bodies), 50)).sort((a, b) => a - b)
  if (atNight) expect(times[Math.floor(times.length * 0.99)]).toBeLessThan(1_000)
  const drained = performance.now()
  await settle(40)
  if (atNight) expect((performance.now() - drained) / 1000).toBeLessThan(120)

  for (const [index, order] of orders.entries()) {
    const [parcel, shown, events] = await Promise.all([
      owner.get(`/parcels/${parcels[index].id}`),
      owner.get(`/orders/${order.id}`),
      owner.get(`/orders/${order.id}/events?limit=200`),
    ])
    const facts = parcel.body.events.map((event: any) => ({ ...event, attempts: null }))
    const wanted = trackOf(facts, parcels[index].createdAt)
    expect(parcel.body.status).toBe(wanted.status)
    expect(shown.body.state).toBe(wanted.wanted?.state)
    const notes = events.body.items.filter(({ type }: any) => type === 'order.moved').map(({ data }: any) => data.note)
    expect(notes.filter((note: string) => newWords.includes(note))).toEqual([])
  }
  const unread = await owner.get(`/inbound?connectionId=${accountId}&status=waiting`)
  expect(unread.body.items).toEqual([])
  expect((await owner.get('/dead-letters')).body.items).toEqual([])
  const unknown = (await owner.get(`/carrier-accounts/${accountId}/unknown-statuses`)).body.items
  expect(unknown.map(({ carrierStatus }: any) => carrierStatus).sort()).toEqual([...newWords].sort())
  expect((await api.as('owner').get('/ledger/balances')).body.sumCentimes).toBe(0)
})
