import { addDays, dayOf } from '@sendocki/domain/time'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confirmedOrder, connectSendit, ship, startDelivery } from '../../../../../tests/support/delivery.ts'

const delivery = await startDelivery()
const { api, owner, settle, control } = delivery
let accountId = ''
beforeAll(async () => {
  accountId = await connectSendit(delivery)
})
afterAll(() => delivery.close())

const delivered = async (count: number) => {
  const orders = await Promise.all(Array.from({ length: count }, () => confirmedOrder(delivery)))
  const { body } = await ship(
    owner,
    orders.map(({ id }) => id),
    accountId,
  )
  await settle()
  const parcels = []
  for (const { parcelId } of body.items) {
    const { body: parcel } = await owner.get(`/parcels/${parcelId}`)
    await control('POST', `/parcels/${parcel.trackingNumber}`, { status: 'DELIVERED' })
    parcels.push(parcel)
  }
  await settle()
  return parcels
}
const mark = (parcelIds: string[], more: object = {}) =>
  owner.post(
    '/collections/mark',
    { parcelIds, status: 'collected', ...more },
    { 'idempotency-key': crypto.randomUUID() },
  )
const undo = (operationId: string) => owner.post(`/collections/operations/${operationId}/undo`)
const balances = async (): Promise<Record<string, number>> => {
  const { body } = await owner.get('/ledger/balances')
  expect(body.sumCentimes).toBe(0)
  return Object.fromEntries(body.items.map(({ account, balanceCentimes }: any) => [account, balanceCentimes]))
}
const statusOf = async (parcelId: string) =>
  (await owner.get('/collections?limit=200')).body.items.find((one: any) => one.parcelId === parcelId)

describe('collection', () => {
  it('is due once the parcel is delivered, collected by hand, and due again after an undo', async () => {
    const before = await balances()
    const [parcel] = await delivered(1)
    expect(await statusOf(parcel.id)).toMatchObject({
      status: 'due',
      codAmountCentimes: 24_900,
      carrierAccountId: accountId,
    })
    const due = await balances()
    expect((due[`carrier:${accountId}`] ?? 0) - (before[`carrier:${accountId}`] ?? 0)).toBe(24_900)

    const marked = await mark([parcel.id], { note: 'Espèces', mode: 'cash' })
    expect(marked.body).toMatchObject({ status: 'collected', count: 1, sumCentimes: 24_900, undoneAt: null })
    expect(await statusOf(parcel.id)).toMatchObject({ status: 'collected', note: 'Espèces' })
    expect((await owner.get(`/orders/${parcel.orderId}`)).body.cash.status).toBe('collected')
    expect((await balances()).bank).toBe((due.bank ?? 0) + 24_900)

    expect((await undo(marked.body.operationId)).body.undoneAt).not.toBeNull()
    expect(await statusOf(parcel.id)).toMatchObject({ status: 'due', collectedAt: null, note: null })
    expect((await owner.get(`/orders/${parcel.orderId}`)).body.cash.status).toBe('due')
    expect({ bank: 0, ...(await balances()) }).toEqual({ bank: 0, ...due })
    expect((await undo(marked.body.operationId)).body.code).toBe('collection.already_undone')
  })

  it('law 10: an undo leaves the ledger as before, in bulk and after a dispute', async () => {
    const parcels = await delivered(4)
    const ids = parcels.map(({ id }) => id)
    const before = await balances()
    const disputed = await mark(ids.slice(0, 2), { status: 'in_dispute' })
    const collected = await mark(ids)
    expect((await undo(disputed.body.operationId)).body.code).toBe('collection.changed_meanwhile')
    await undo(collected.body.operationId)
    expect({ bank: 0, ...(await balances()) }).toEqual({ bank: 0, ...before })
    expect((await statusOf(ids[0])).status).toBe('in_dispute')
    expect((await undo(disputed.body.operationId)).status).toBe(200)
    expect((await statusOf(ids[0])).status).toBe('due')
  })

  it('marks all or none', async () => {
    const [one, two] = await delivered(2)
    await mark([one.id])
    const { status, body } = await mark([one.id, two.id])
    expect([status, body.code]).toEqual([409, 'collection.status_not_allowed'])
    expect((await statusOf(two.id)).status).toBe('due')
    expect((await mark(['019a0000-0000-7000-8000-00000000dead'])).body.code).toBe('collection.not_due')
  })

  it('is marked once by two people at the same time', async () => {
    const [parcel] = await delivered(1)
    const before = await balances()
    const answers = await Promise.all([mark([parcel.id]), mark([parcel.id]), mark([parcel.id])])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    expect((await balances()).bank).toBe((before.bank ?? 0) + 24_900)
  })

  it('is withdrawn when the carrier takes the delivery back, and the ledger keeps both entries', async () => {
    const before = await balances()
    const [parcel] = await delivered(1)
    await control('POST', `/parcels/${parcel.trackingNumber}`, { status: 'REJECTED' })
    await settle()
    expect(await statusOf(parcel.id)).toBeUndefined()
    expect({ ...(await balances()) }).toEqual({ ...before })
    const { body } = await owner.get(`/ledger/entries?subjectId=${parcel.id}`)
    expect(body.items.map(({ kind }: any) => kind)).toEqual(['reversal', 'delivered'])
    expect(body.items[0].reverses).toBe(body.items[1].id)
    expect((await owner.get(`/orders/${parcel.orderId}`)).body).toMatchObject({
      state: 'delivery_failed',
      cash: { status: 'not_due' },
    })
  })

  it('says when the carrier is expected to pay, once its account says how long that takes', async () => {
    const [parcel] = await delivered(1)
    expect((await statusOf(parcel.id)).expectedPayoutAt).toBeNull()
    const { version } = (await owner.get(`/carrier-accounts/${accountId}`)).body
    await owner.patch(`/carrier-accounts/${accountId}`, { version, settings: { payoutDays: 7 } })
    const { deliveredAt, expectedPayoutAt } = await statusOf(parcel.id)
    expect(expectedPayoutAt).toBe(addDays(dayOf(deliveredAt), 7))
  })

  it('law 5: keeps sums at zero and takes nothing away, whatever is marked and undone', async () => {
    const parcels = await delivered(3)
    const ids = parcels.map(({ id }) => id)
    const entries = async () => (await owner.get('/ledger/entries?limit=200')).body.items
    let known = await entries()
    const steps = [
      () => mark(ids, { status: 'in_dispute' }),
      () => mark(ids.slice(0, 2)),
      async () => undo((await mark([ids[2]])).body.operationId),
      () => mark([ids[2]], { status: 'due' }),
    ]
    for (const step of steps) {
      expect((await step()).status).toBe(200)
      const now = await entries()
      for (const { lines } of now)
        expect(lines.reduce((sum: number, line: any) => sum + line.amountCentimes, 0)).toBe(0)
      expect(now.slice(-known.length)).toEqual(known)
      await balances()
      known = now
    }
  })

  it('law 8: the summary equals the sum of the list', async () => {
    await delivered(2)
    const { items } = (await owner.get('/collections/summary')).body
    for (const cell of items) {
      const list = await owner.get(
        `/collections?status=${cell.status}&age=${cell.age}&carrierAccountId=${cell.carrierAccountId}&limit=200`,
      )
      expect(list.body.items).toHaveLength(cell.count)
      expect(list.body.items.reduce((sum: number, one: any) => sum + one.codAmountCentimes, 0)).toBe(cell.sumCentimes)
    }
  })

  it('is read and marked by those who handle the cash only', async () => {
    for (const role of ['confirmation_agent', 'delivery_agent', 'viewer'] as const)
      for (const path of ['/collections', '/collections/summary', '/ledger/entries', '/ledger/balances'])
        expect((await api.as(role).get(path)).status).toBe(403)
    expect((await api.asRival('owner').get('/ledger/entries')).body.items).toEqual([])
  })

  it('takes a date of receipt, but none to come', async () => {
    const [parcel] = await delivered(1)
    expect((await mark([parcel.id], { date: '2099-01-01' })).body.fields).toEqual([{ path: 'date', code: 'too_large' }])
    await mark([parcel.id], { date: '2026-01-15' })
    expect((await statusOf(parcel.id)).collectedAt.slice(0, 10)).toBe('2026-01-15')
  })
})
