import { describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import { freshPhone, givenOrder, moveTo } from '../../../../../tests/support/orders.ts'

const api = await startApi()
const owner = api.as('owner')
const day = 86_400_000

const twice = [{ field: 'orders', op: 'atLeast', value: 2 }]
const given = async (name: string, orders = 1): Promise<{ id: string; orderIds: string[] }> => {
  const phone = freshPhone()
  const orderIds: string[] = []
  let id = ''
  for (let n = 0; n < orders; n += 1) {
    const order = await givenOrder(owner, { customer: { name, phone } })
    orderIds.push(order.id)
    id = order.customer.id
  }
  return { id, orderIds }
}
const inSegment = async (segment: string): Promise<string[]> =>
  (await owner.get(`/customers?limit=200&segment=${segment}`)).body.items.map(({ id }: { id: string }) => id)
const sized = async (id: string) =>
  (await owner.get('/segments')).body.items.find((segment: { id: string }) => segment.id === id)
const run = async (task: 'schedule.segments' | 'schedule.segments_nightly') => {
  const job = { task, payload: {}, key: null, queue: null, runAt: null, maxAttempts: null }
  await api.ctx().transaction(async (tx) => void tx.outbox.jobs.push(job))
  await api.runJobs()
}

describe('a segment', () => {
  it('says beforehand how many it would choose, and is filled in the background', async () => {
    const [once, back] = [await given('Une Fois'), await given('Deux Fois', 2)]
    expect((await owner.post('/segments/preview', { rule: twice })).body).toEqual({ count: 1, capped: false })
    const { body, status } = await owner.post('/segments', { name: 'Reviennent', rule: twice })
    expect([status, body]).toMatchObject([201, { key: null, name: 'Reviennent', size: { count: 0 } }])
    await api.runJobs()
    expect(await inSegment(body.id)).toEqual([back.id])
    expect((await sized(body.id)).size).toEqual({ count: 1, capped: false })
    // Orders are found by it too, and the other way round.
    const where = (op: string) => JSON.stringify({ all: [{ field: 'segment', op, values: [body.id] }] })
    const ordersBy = async (op: string) =>
      (await owner.get(`/orders?limit=200&where=${encodeURIComponent(where(op))}`)).body.items.map(
        ({ id }: { id: string }) => id,
      )
    expect((await ordersBy('in')).toSorted()).toEqual(back.orderIds.toSorted())
    expect(await ordersBy('notIn')).toEqual(once.orderIds)
  })

  it('follows its customers: who fits comes in, who fits no more goes', async () => {
    const { id } = await given('Bonne Cliente')
    await run('schedule.segments')
    expect(await inSegment('new')).toContain(id)
    expect(await inSegment('dormant')).not.toContain(id)
    api.clock.advance(181 * day)
    await run('schedule.segments_nightly')
    expect(await inSegment('new')).not.toContain(id)
    expect(await inSegment('dormant')).toContain(id)
    api.clock.advance(-181 * day)
    await run('schedule.segments_nightly')
    expect(await inSegment('dormant')).not.toContain(id)
  })

  it('of those who refuse is found by what came back', async () => {
    const { id, orderIds } = await given('Refuse Souvent', 2)
    for (const orderId of orderIds)
      for (const state of ['confirmed', 'shipped', 'returned'] as const) {
        const { status, text } = await moveTo(owner, orderId, state)
        if (status !== 200) throw new Error(text)
      }
    await run('schedule.segments')
    expect(await inSegment('cod_risk')).toEqual([id])
  })

  it('is changed in the version that was read; a built-in one gets its usual rule back', async () => {
    const edit = await owner.patch('/segments/loyal', { version: 1, name: 'Autre', rule: twice })
    expect(edit.body).toMatchObject({ id: 'loyal', name: null, rule: twice, changed: true, version: 2 })
    expect((await owner.patch('/segments/loyal', { version: 1, rule: twice })).body.code).toBe(
      'segment.changed_meanwhile',
    )
    expect((await sized('loyal')).changed).toBe(true)
    await owner.delete('/segments/loyal')
    expect(await sized('loyal')).toMatchObject({ changed: false, version: 1 })
    const own = (await owner.post('/segments', { name: 'À supprimer', rule: twice })).body
    await api.runJobs()
    await owner.delete(`/segments/${own.id}`)
    expect(await inSegment(own.id)).toEqual([])
    expect((await owner.delete(`/segments/${own.id}`)).body.code).toBe('segment.not_found')
  })

  it('asks nothing that a field cannot be asked', async () => {
    const rule = [{ field: 'lastOrderAt', op: 'atLeast', value: 3 }]
    const { status, body } = await owner.post('/segments', { name: 'Faux', rule })
    expect([status, body.fields]).toEqual([400, [{ path: 'rule.0.value', code: 'invalid' }]])
  })

  it('law 12: is no filter for who sees no amounts', async () => {
    for (const role of ['confirmation_agent', 'delivery_agent', 'viewer'] as const) {
      expect((await api.as(role).get('/segments')).status).toBe(403)
      expect((await api.as(role).get('/customers?segment=top_buyers')).body.code).toBe('auth.forbidden')
      const where = encodeURIComponent(
        JSON.stringify({ all: [{ field: 'segment', op: 'in', values: ['top_buyers'] }] }),
      )
      expect((await api.as(role).get(`/orders?where=${where}`)).body.code).toBe('auth.forbidden')
    }
  })
})
