import { defaultRiskSettings, type RiskSettings } from '@sendocki/domain/risk/settings'
import { describe, expect, it } from 'vitest'
import { type Client, startApi } from '../../../../../tests/support/app.ts'
import { callingOf } from '../../../../../tests/support/calling.ts'
import { freshPhone, givenOrder, moveTo, receive, shopOrder } from '../../../../../tests/support/orders.ts'
import { historyOf, lookAround, type RiskSubject } from './history.queries.ts'

const api = await startApi()
const owner = api.as('owner')
const agent = api.as('confirmation_agent')
const rival = api.asRival('owner')
// A Tuesday, eleven in the morning in Casablanca.
api.clock.set('2026-12-01T10:00:00Z')
const day = 86_400_000

/** Without the rules that would speak of every order made here within one minute. */
const { rules: usual } = defaultRiskSettings
const on: RiskSettings = {
  ...defaultRiskSettings,
  enabled: true,
  rules: {
    ...usual,
    ordered_often: { ...usual.ordered_often, on: false },
    first_order: { ...usual.first_order, on: false },
  },
}
const save = async (settings: RiskSettings, client = owner) => {
  const { version } = (await client.get('/risk/settings')).body
  const answer = await client.put('/risk/settings', { version, settings })
  if (answer.status !== 200) throw new Error(answer.text)
  await api.runJobs()
  return answer.body
}
const read = async (id: string, client = owner) => (await client.get(`/orders/${id}`)).body
const orderOf = (phone: string, client: Client = owner, over: object = {}) =>
  givenOrder(client, { customer: { name: 'Hanane', phone }, ...over })
const ends = async (id: string, state: 'delivered' | 'returned', client = owner) => {
  for (const to of ['confirmed', 'shipped', state] as const) {
    const { status, text } = await moveTo(client, id, to)
    if (status !== 200) throw new Error(text)
  }
}
/** A customer whose parcels ended so. */
const customerOf = async (...ended: ('delivered' | 'returned')[]): Promise<string> => {
  const phone = freshPhone()
  for (const state of ended) await ends((await orderOf(phone)).id, state)
  return phone
}
const runScheduled = async (task: 'schedule.risk' | 'schedule.risk_nightly') => {
  const job = { task, payload: {}, key: null, queue: null, runAt: null, maxAttempts: null }
  await api.ctx().transaction(async (tx) => void tx.outbox.jobs.push(job))
  await api.runJobs()
}
const line = ({ risk }: { risk: any }): string =>
  risk === null ? 'unknown' : [`${risk.level} ${risk.score}`, ...risk.reasons.map(({ code }: any) => code)].join(', ')

describe('risk', () => {
  it('is said of no order until somebody switches it on, then of the open ones too', async () => {
    const phone = await customerOf('returned', 'delivered', 'returned')
    const order = await orderOf(phone)
    expect(order.risk).toBeNull()
    const saved = await save(on)
    expect(saved).toMatchObject({ version: 2, settings: { enabled: true } })
    const judged = await read(order.id)
    expect(judged.risk).toEqual({
      score: 60,
      level: 'high',
      reasons: [{ code: 'customer_returned', points: 60, counts: { returned: 2, ended: 3, days: 180 } }],
    })
    // It is derived by a machine: what people edit is as it was.
    expect([judged.version, judged.updatedAt]).toEqual([order.version, order.updatedAt])
    expect((await owner.get('/risk/settings')).body.countedAt).not.toBeNull()
  })

  it('stands on an order from its arrival, by hand or from a shop, and is unknown rather than low', async () => {
    const phone = await customerOf('returned')
    expect(line(await orderOf(phone))).toBe('medium 30, customer_returned')
    const { body: store } = await owner.post('/stores', { platform: 'generic', name: 'Boutique' })
    const shop = shopOrder('77', { customer: { name: 'Hanane', email: null, phones: [phone] } })
    const { orderId } = await receive(api, store.id, shop)
    expect(line(await read(orderId))).toBe('medium 30, customer_returned')
    expect(line(await orderOf(freshPhone()))).toBe('unknown')
    expect(line(await orderOf(await customerOf('delivered')))).toBe('low 0')
  })

  it('follows what becomes of the customer’s other orders, within minutes', async () => {
    const phone = freshPhone()
    const [first, second] = [await orderOf(phone), await orderOf(phone)]
    expect(line(second)).toBe('unknown')
    await ends(first.id, 'returned')
    await runScheduled('schedule.risk')
    expect(line(await read(second.id))).toBe('medium 30, customer_returned')
    await ends(second.id, 'delivered')
    // What ended keeps what was said of it.
    await runScheduled('schedule.risk_nightly')
    expect(line(await read(second.id))).toBe('medium 30, customer_returned')
  })

  it('follows what becomes of others at the same address', async () => {
    const shippingAddress = { line: '14 impasse des Oliviers', city: 'Rabat' }
    const open = await orderOf(freshPhone(), owner, { shippingAddress })
    const other = await orderOf(freshPhone(), owner, { shippingAddress })
    await ends(other.id, 'returned')
    await runScheduled('schedule.risk')
    expect((await read(open.id)).risk.reasons).toEqual([
      { code: 'address_returned', points: 20, counts: { returned: 1, ended: 1, customers: 1, days: 180 } },
    ])
  })

  it('is judged anew with the edit of a phone, in the same answer', async () => {
    const phone = await customerOf('returned', 'returned')
    const order = await orderOf(freshPhone())
    const { body } = await owner.patch(`/orders/${order.id}`, { version: order.version, customer: { phone } })
    expect(line(body)).toBe('high 60, customer_returned')
    expect(body.version).toBe(order.version + 1)
  })

  it('chooses orders in the list, the count, the board and a sentence', async () => {
    const high = await orderOf(await customerOf('returned', 'returned'))
    const low = await orderOf(await customerOf('delivered'))
    const ids = async (query: string): Promise<string[]> =>
      (await owner.get(`/orders?limit=200&${query}`)).body.items.map(({ id }: { id: string }) => id)
    expect(await ids('risk=high')).toContain(high.id)
    expect(await ids('risk=high')).not.toContain(low.id)
    expect((await owner.get('/orders/count?risk=high')).body.count).toBe((await ids('risk=high')).length)
    const counts = (await owner.get('/board?risk=low')).body.columns.map(({ count }: any) => count)
    expect(counts.reduce((sum: number, count: number) => sum + count, 0)).toBe((await ids('risk=low')).length)
    const where = (term: object) => `where=${encodeURIComponent(JSON.stringify({ all: [term] }))}`
    expect(await ids(where({ field: 'risk', op: 'in', values: ['low', 'medium'] }))).toContain(low.id)
    expect(await ids(where({ field: 'risk', op: 'notSet' }))).not.toContain(low.id)
    expect((await owner.get('/orders?risk=terrible')).status).toBe(400)
  })

  it('law 2: reads no row of another merchant, nor by the same phone, nor past its own door', async () => {
    const phone = await customerOf('returned', 'returned')
    const theirs = await orderOf(phone)
    expect(theirs.risk.level).toBe('high')
    await save(on, rival)
    const shippingAddress = { line: theirs.shippingAddress.line, city: 'Casablanca' }
    const ours = await orderOf(phone, rival, { shippingAddress })
    await runScheduled('schedule.risk_nightly')
    expect((await read(ours.id, rival)).risk).toBeNull()
    // Behind row level security even the customer's own id, asked in the other's name, finds nothing.
    const subject: RiskSubject = {
      id: ours.id,
      customerId: theirs.customer.id,
      addressKey: null,
      cityId: 'casablanca',
      productIds: [],
      totalCentimes: 1,
      phoneVerdict: 'good',
      placedAt: api.clock.now().toISOString(),
      until: api.clock.now().toISOString(),
    }
    const seen = await api.ctx(api.rival).read(async (tx) => {
      const posing = { ...tx, merchantId: api.merchant.merchantId }
      return [
        await historyOf(tx, [subject], 365),
        await historyOf(posing, [subject], 365),
        await lookAround(posing, [subject]),
      ]
    })
    expect(seen[0]?.[0]).toMatchObject({ delivered: 0, returned: 0, earlier: 0 })
    expect(seen[1]?.[0]).toMatchObject({ delivered: 0, returned: 0, earlier: 0 })
    expect(seen[2]).toEqual([])
    const own = await api.ctx().read((tx) => historyOf(tx, [subject], 365))
    expect(own[0]).toMatchObject({ returned: 2 })
    await save(defaultRiskSettings, rival)
  })

  it('asks for a second yes on a call at high risk, where the merchant wants one, and refuses nobody', async () => {
    await save({ ...on, secondConfirmation: true })
    const order = await orderOf(await customerOf('returned', 'returned'), owner, {
      shippingAddress: { line: '4 rue des Roses', city: 'Casablanca', landmark: 'Près de la poste' },
    })
    const call = (await agent.post('/calls/claim', { orderId: order.id })).body
    expect(call.order.risk.level).toBe('high')
    const { questions } = (await agent.get(`/calls/leases/${call.lease.id}`)).body
    expect(questions.at(-1)).toBe('confirmedTwice')
    const outcome = (answers: object) =>
      agent.post(
        `/calls/leases/${call.lease.id}/outcome`,
        {
          orderId: order.id,
          outcome: 'confirmed',
          stop: true,
          answers: { amountTold: true, dateTold: '2026-12-02', ...answers },
        },
        { 'idempotency-key': crypto.randomUUID() },
      )
    const once = await outcome({})
    expect([once.status, once.body.params]).toEqual([422, { fields: ['confirmedTwice'] }])
    expect((await outcome({ confirmedTwice: true })).body.order.state).toBe('confirmed')
    const calm = await orderOf(await customerOf('returned'))
    const other = (await agent.post('/calls/claim', { orderId: calm.id })).body
    expect((await agent.get(`/calls/leases/${other.lease.id}`)).body.questions).not.toContain('confirmedTwice')
    await agent.post(`/calls/leases/${other.lease.id}/release`)
    // Whoever moves an order by hand is not held up.
    const moved = await orderOf(await customerOf('returned', 'returned'))
    expect((await moveTo(owner, moved.id, 'confirmed')).status).toBe(200)
  })

  it('moves orders forwards or back among calls with the same reason, as the queue shows and gives them', async () => {
    const { clearQueue } = callingOf(api)
    await clearQueue()
    const phones = [freshPhone(), await customerOf('returned'), freshPhone(), await customerOf('returned', 'returned')]
    await clearQueue()
    await save({ ...on, queueOrder: 'high_first' })
    const placed: any[] = []
    for (const phone of phones) placed.push(await orderOf(phone))
    // Of a new buyer nothing is known, or that the city's parcels arrive.
    expect(placed.map(({ risk }) => risk?.level ?? 'low')).toEqual(['low', 'medium', 'low', 'high'])
    const [one, medium, two, high] = placed.map(({ id }) => id)
    const shown = async () => (await agent.get('/calls/queue')).body.items.map(({ orderId }: any) => orderId)
    const next = async () => {
      const { lease } = (await agent.post('/calls/claim', {})).body
      await agent.post(`/calls/leases/${lease.id}/release`)
      return lease.orderId
    }
    const seen: Record<string, unknown> = {}
    for (const queueOrder of ['high_first', 'by_wait', 'high_last'] as const) {
      await save({ ...on, queueOrder })
      seen[queueOrder] = [await next(), await shown()]
    }
    expect(seen).toEqual({
      high_first: [high, [high, medium, one, two]],
      by_wait: [one, [one, medium, two, high]],
      high_last: [one, [one, two, medium, high]],
    })
    // What is promised comes at its time, whatever its risk.
    const at = (minutes: number) => new Date(api.clock.now().getTime() - minutes * 60_000).toISOString()
    const promise = (id: string, minutes: number) =>
      api
        .ctx()
        .transaction((tx) =>
          tx.db.execute(
            `update orders set call_kind = 'callback', next_attempt_at = '${at(minutes)}' where id = '${id}'`,
          ),
        )
    await promise(two, 20)
    await promise(high, 10)
    await save({ ...on, queueOrder: 'high_first' })
    expect([await next(), await shown()]).toEqual([two, [two, high, medium, one]])
    await save(on)
  })

  it('is taken back from every order when it is switched off', async () => {
    expect((await owner.get('/orders/count?risk=high')).body.count).toBeGreaterThan(0)
    await save({ ...on, enabled: false })
    for (const level of ['low', 'medium', 'high'])
      expect((await owner.get(`/orders/count?risk=${level}`)).body.count).toBe(0)
    await save(on)
  })
})

describe('the settings of risk', () => {
  it('are saved by one of two who change them at once, and the journal says what was changed', async () => {
    const { version } = (await owner.get('/risk/settings')).body
    const answers = await Promise.all(
      [90, 120].map((windowDays) => owner.put('/risk/settings', { version, settings: { ...on, windowDays } })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const { items } = (await owner.get('/audit-log?type=risk_settings.changed')).body
    expect(Object.keys(items[0].after)).toEqual(['windowDays'])
    await save(on)
  })

  it('that were saved before the queue could follow risk leave it as it was', async () => {
    await api.ctx().transaction((tx) => tx.db.execute(`update risk_settings set settings = settings - 'queueOrder'`))
    expect((await owner.get('/risk/settings')).body.settings.queueOrder).toBe('by_wait')
    expect((await agent.get('/calls/queue')).status).toBe(200)
    await save(on)
  })

  it('that make no sense are refused with the field that does not', async () => {
    const { version } = (await owner.get('/risk/settings')).body
    const put = (settings: object) => owner.put('/risk/settings', { version, settings })
    const upside = await put({ ...on, thresholds: { medium: 60, high: 60 } })
    expect([upside.status, upside.body.fields]).toEqual([400, [{ path: 'thresholds.high', code: 'order' }]])
    const tried = await owner.post('/risk/trial', { settings: { ...on, thresholds: { medium: 60, high: 60 } } })
    expect(tried.body.fields).toEqual([{ path: 'thresholds.high', code: 'order' }])
    expect((await put({ ...on, rules: { ...on.rules, night_order: { on: true, points: 101 } } })).status).toBe(400)
    expect((await put({ ...on, rules: { ...on.rules, horoscope: { on: true, points: 1 } } })).status).toBe(400)
  })

  it('are for owners and managers', async () => {
    for (const role of ['confirmation_agent', 'delivery_agent', 'viewer'] as const)
      expect([
        (await api.as(role).get('/risk/settings')).status,
        (await api.as(role).post('/risk/trial', { settings: on })).status,
      ]).toEqual([403, 403])
    expect((await api.as('manager').get('/risk/settings')).status).toBe(200)
  })
})

describe('a trial on the past', () => {
  it('shows what would have been said of each order on the day it came, and what became of it', async () => {
    // Nothing that ended before counts: the trial looks at a merchant of its own.
    const trial = async () => (await rival.get('/risk/trial')).body.trial
    expect(await trial()).toBeNull()
    const [refuses, refusesLater] = [freshPhone(), freshPhone()]
    api.clock.advance(-60 * day)
    const first = await orderOf(refuses, rival)
    const both = [await orderOf(refusesLater, rival), await orderOf(refusesLater, rival)]
    api.clock.advance(5 * day)
    await ends(first.id, 'returned', rival)
    for (const { id } of both) await ends(id, 'returned', rival)
    api.clock.advance(15 * day)
    const second = await orderOf(refuses, rival)
    const third = await orderOf(refusesLater, rival)
    api.clock.advance(5 * day)
    await ends(second.id, 'delivered', rival)
    await ends(third.id, 'returned', rival)
    api.clock.advance(35 * day)
    const before = (await rival.get('/risk/settings')).body
    const started = await rival.post('/risk/trial', { settings: on })
    expect([started.status, started.body.status, started.body.percentDone]).toEqual([202, 'running', 0])
    await api.runJobs()
    const done = await trial()
    expect(done).toMatchObject({ status: 'done', percentDone: 100, endedOrders: 5 })
    // Both parcels of one customer were on their way together: neither was known to fail when the other came.
    expect(done.levels).toEqual([
      { level: 'high', orders: 1, delivered: 0, returned: 1, cancelled: 0 },
      { level: 'medium', orders: 1, delivered: 1, returned: 0, cancelled: 0 },
      { level: 'low', orders: 0, delivered: 0, returned: 0, cancelled: 0 },
      { level: null, orders: 3, delivered: 0, returned: 3, cancelled: 0 },
    ])
    expect(done.rules.filter(({ orders }: any) => orders > 0)).toEqual([
      { code: 'customer_returned', orders: 2, delivered: 1, returned: 1, cancelled: 0 },
    ])
    expect(done.examples.map(({ orderId, state, risk }: any) => [orderId, state, risk.level])).toEqual([
      [third.id, 'returned', 'high'],
      [second.id, 'delivered', 'medium'],
    ])
    // Nothing was switched on, and no order was touched.
    expect((await rival.get('/risk/settings')).body).toEqual(before)
    expect((await read(third.id, rival)).risk).toBeNull()
  })

  it('started anew takes the place of the one before', async () => {
    await rival.post('/risk/trial', { settings: on })
    const strict = { ...on, thresholds: { medium: 1, high: 2 } }
    await rival.post('/risk/trial', { settings: strict })
    await api.runJobs()
    const { trial } = (await rival.get('/risk/trial')).body
    expect([trial.status, trial.settings.thresholds]).toEqual(['done', strict.thresholds])
    expect(trial.levels[0]).toMatchObject({ level: 'high', orders: 2 })
    expect((await owner.get('/risk/trial')).body.trial).toBeNull()
  })
})
