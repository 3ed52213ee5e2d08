import { handlers } from '@sendocki/api/handlers'
import { beforeAll, describe, expect, it } from 'vitest'
import { playAutomations } from '../../../../../tests/support/automations.ts'
import { moveTo } from '../../../../../tests/support/orders.ts'
import { startWhatsApp, until } from '../../../../../tests/support/whatsapp.ts'
import type { JobCtx } from '../../context.ts'
import { beginRuns } from '../automation-runs/index.ts'

const world = await startWhatsApp()
const { api, owner, control, settle, hurry } = world
const hour = 3_600_000
const { answers, freshPhone, make, off, orderOf, press, readOrder, runsOf, sentTo, settled, stage, template, wanted } =
  await playAutomations(world)

describe('an automation', () => {
  it('is made switched off, changed in the version that was read, and refused in words', async () => {
    const { body } = await owner.post('/automations', wanted())
    expect(body).toMatchObject({ enabled: false, retrigger: false, problem: null, version: 1 })
    const edit = (change: object) => owner.patch(`/automations/${body.id}`, { version: 1, ...change })
    const refusals = [
      await edit({ buttons: [] }),
      await edit({ stageId: crypto.randomUUID() }),
      await edit({ templateId: crypto.randomUUID() }),
      await edit({ silence: { from: 'sent', hours: 2, stageId: crypto.randomUUID() } }),
    ]
    expect(refusals.map(({ status, body: problem }) => [status, problem.code])).toEqual([
      [422, 'automation.buttons_differ'],
      [422, 'automation.stage_inactive'],
      [404, 'template.not_found'],
      [422, 'automation.stage_inactive'],
    ])
    expect((await edit({ delaySeconds: -1 })).status).toBe(400)
    const both = await Promise.all([edit({ name: 'Une' }), edit({ name: 'Deux' })])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await api.asRival('owner').get(`/automations/${body.id}`)).status).toBe(404)
    expect((await api.as('confirmation_agent').get('/automations')).status).toBe(403)
    expect((await owner.delete(`/automations/${body.id}`)).status).toBe(204)
    expect((await owner.get('/automations')).body.items).toEqual([])
  })

  it('is not switched on while its template could not be sent, and can always be switched off', async () => {
    const paused = await template('paused_one')
    const automation = await make({ templateId: paused.id })
    await control('whatsapp/templates/paused_one', { event: 'PAUSED' })
    await settle()
    const { body } = await owner.get(`/automations/${automation.id}`)
    expect(body.problem).toBe('template.not_approved')
    await off(automation)
    const again = await owner.patch(`/automations/${automation.id}`, { version: body.version + 1, enabled: true })
    expect([again.status, again.body.code]).toEqual([422, 'template.not_approved'])
  })

  it('shows what the newest orders would get, word for word, or why they would get nothing', async () => {
    const order = await orderOf(freshPhone())
    const stopped = freshPhone()
    const lacking = await orderOf(stopped, { customer: { name: '–', phone: stopped } })
    const { body } = await owner.post('/automations', wanted())
    const { items } = (await owner.get(`/automations/${body.id}/preview`)).body
    const of = (id: string) => items.find((item: any) => item.orderId === id)
    expect(of(order.id)).toMatchObject({ problem: null, missing: [], cards: [] })
    expect(of(order.id).text).toMatch(/^Salam Khadija Ouazzani, votre commande #\d+ : 560.DH\. Vous confirmez \?$/)
    expect(of(lacking.id)).toMatchObject({
      text: null,
      sendsAt: null,
      problem: 'template.variable_missing',
      missing: ['customer_name'],
    })
    await owner.delete(`/automations/${body.id}`)
    expect(await runsOf(order.id)).toEqual([])
  })
})

describe('one message for an order, an entry and an automation', () => {
  it('law 7: whoever runs the job, the entry or the webhook twice, at the same time too', async () => {
    const automation = await make()
    const phone = freshPhone()
    const order = await orderOf(phone)
    const [run] = await runsOf(order.id)
    const ctx = {
      ...api.ctx(),
      ports: api.deps.ports,
      job: { name: 'automations.send', attempt: 1, lastAttempt: false },
    }
    const { merchantId } = api.merchant
    const send = () => handlers['automations.send'](ctx as JobCtx, { merchantId, runId: run.id })
    await Promise.all(Array.from({ length: 6 }, send))
    const [row] = await rows(`select event_id, entered_at from automation_runs where id = '${run.id}'`)
    const entry = {
      ...{
        orderId: order.id,
        eventId: String(row?.event_id),
        stageId: order.stageId,
        enteredAt: String(row?.entered_at),
      },
      begins: [{ automationId: automation.id, scheduledAt: run.scheduledAt }],
    }
    await Promise.all([1, 2].map(() => api.ctx().transaction((tx) => beginRuns(api.ctx(), tx, [entry]))))
    await control('faults', { provider: 'whatsapp', kind: 'duplicate_webhooks', times: 5 })
    await settled(order.id, 'delivered')
    await send()
    await settle()
    expect(await sentTo(phone)).toHaveLength(1)
    expect(await runsOf(order.id)).toHaveLength(1)
    await world.mend()
    await off(automation)
  })

  it('that comes back to the stage is not written to again, unless the merchant wants it', async () => {
    const once = await make({ stageId: stage.to_confirm })
    const again = await make({ stageId: stage.to_confirm, name: 'Encore', retrigger: true, delaySeconds: 60 })
    const phone = freshPhone()
    const { id } = await orderOf(phone)
    for (const state of ['to_confirm', 'unreachable', 'to_confirm'] as const) {
      await moveTo(owner, id, state)
      await settle()
    }
    api.clock.advance(2 * 60_000)
    await hurry()
    const runs = await runsOf(id)
    const told = (automationId: string) =>
      runs.filter((run: any) => run.automationId === automationId).map(({ error }: any) => error)
    expect(told(once.id)).toEqual(['automation.already_asked', null])
    // The first entry had been left before its minute was over.
    expect(told(again.id)).toEqual([null, 'automation.order_moved'])
    expect(await sentTo(phone)).toHaveLength(2)
    await Promise.all([off(once), off(again)])
  })
})

const rows = async (query: string): Promise<Record<string, unknown>[]> =>
  (await api.ctx().read((tx) => tx.db.execute(query))).rows as Record<string, unknown>[]

describe('an answer', () => {
  let automation: any
  beforeAll(async () => {
    automation = await make()
  })

  it('yes confirms, and the stage that it leads to begins its own message', async () => {
    const thanks = await template('thanks', { body: 'Merci {{1}} !', variables: ['customer_name'], buttons: [] })
    const chained = await make({ name: 'Merci', stageId: stage.confirmed, templateId: thanks.id, buttons: [] })
    const phone = freshPhone()
    await answers(phone, 'yes')
    const { id } = await orderOf(phone)
    const run = await settled(id, 'replied')
    expect(run).toMatchObject({
      effect: { outcome: 'moved', stageId: stage.confirmed },
      answers: [{ index: 0, outcome: 'moved' }],
      automationName: 'Confirmation',
    })
    expect(run.buttons[0]).toMatchObject({ text: 'Je confirme', chosen: true })
    expect(await readOrder(id)).toMatchObject({ stageId: stage.confirmed })
    const { items } = (await owner.get(`/orders/${id}/events`)).body
    const moved = items.find(({ type }: any) => type === 'order.moved')
    expect(moved).toMatchObject({ actor: { kind: 'customer' }, data: { answer: 'Je confirme' } })
    await until(async () => {
      await settle()
      return (await sentTo(phone)).length === 2
    })
    expect((await runsOf(id)).map(({ automationName }: any) => automationName)).toEqual(['Merci', 'Confirmation'])
    await off(chained)
  })

  it('yes to an order that lacks a city puts it at the head of the calls', async () => {
    const phone = freshPhone()
    await answers(phone, 'yes')
    const { id } = await orderOf(phone, { shippingAddress: { line: '4 rue des Orangers', city: 'Nulle-part' } })
    expect(await settled(id, 'replied')).toMatchObject({
      effect: { outcome: 'to_complete', stageId: stage.to_confirm },
    })
    expect(await readOrder(id)).toMatchObject({ stageId: stage.to_confirm })
    const [row] = await rows(`select call_kind, call_at is not null as due from orders where id = '${id}'`)
    expect(row).toEqual({ call_kind: 'said_yes', due: true })
    const call = (await owner.post('/calls/claim', { orderId: id })).body
    expect(call.why).toMatchObject({ kind: 'said_yes', lacks: 'to_complete' })
    await owner.patch(`/orders/${id}`, { version: call.order.version, shippingAddress: { city: 'Rabat' } })
    const again = (await owner.post('/calls/claim', { orderId: id })).body
    expect(again.why).toMatchObject({ kind: 'said_yes', lacks: null })
    await owner.post(`/calls/leases/${again.lease.id}/release`)
  })

  it('yes to an order that may come back becomes a call where the merchant wants a second yes', async () => {
    const { settings, version } = (await owner.get('/risk/settings')).body
    const change = { ...settings, enabled: true, secondConfirmation: true }
    expect((await owner.put('/risk/settings', { version, settings: change })).status).toBe(200)
    const phone = freshPhone()
    await answers(phone, 'nothing')
    const { id } = await orderOf(phone)
    await settled(id, 'delivered')
    await api.ctx().transaction((tx) => tx.db.execute(`update orders set risk_level = 'high' where id = '${id}'`))
    expect(await press(phone, id, 0)).toMatchObject({
      effect: { outcome: 'second_yes' },
      answers: [{ outcome: 'second_yes' }],
    })
    expect(await readOrder(id)).toMatchObject({ stageId: stage.to_confirm })
    const { items } = (await owner.get('/calls/queue')).body
    expect(items.find(({ orderId }: any) => orderId === id)).toMatchObject({
      ...{ kind: 'said_yes', lacks: 'second_yes', riskLevel: 'high' },
    })
    const off = { version: version + 1, settings: { ...change, enabled: false } }
    expect((await owner.put('/risk/settings', off)).status).toBe(200)
  })

  it('no cancels, later moves nothing, and free words wait for a person', async () => {
    const told: Record<string, unknown> = {}
    for (const answer of ['no', 'later', 'text']) {
      const phone = freshPhone()
      await answers(phone, answer)
      const { id } = await orderOf(phone)
      const run = await settled(id, 'replied')
      told[answer] = [run.answers[0].outcome, (await readOrder(id)).stageId]
    }
    expect(told).toEqual({
      no: ['moved', stage.cancelled],
      later: ['stayed', stage.new],
      text: ['text', stage.new],
    })
  })

  it('after the order moved is kept and shown, and moves nothing', async () => {
    const phone = freshPhone()
    await answers(phone, 'nothing')
    const { id } = await orderOf(phone)
    await settled(id, 'delivered')
    await moveTo(owner, id, 'unreachable')
    const run = await press(phone, id, 0)
    expect(run).toMatchObject({ status: 'replied', effect: null, answers: [{ index: 0, outcome: 'late' }] })
    expect((await readOrder(id)).stageId).toBe(stage.unreachable)
  })

  it('that is given twice counts once, and another one asks for somebody to look', async () => {
    const phone = freshPhone()
    await answers(phone, 'twice')
    const { id } = await orderOf(phone)
    await until(async () => {
      await settle()
      return (await runsOf(id))[0]?.answers.length === 2
    })
    const run = await press(phone, id, 2)
    expect(run.answers.map(({ outcome }: any) => outcome)).toEqual(['moved', 'repeated', 'changed_mind'])
    expect(await readOrder(id)).toMatchObject({ stageId: stage.confirmed, flag: 'changed_mind' })
  })

  it('of somebody else moves nothing', async () => {
    const phone = freshPhone()
    await answers(phone, 'nothing')
    const { id } = await orderOf(phone)
    await settled(id, 'delivered')
    const [sent] = await sentTo(phone)
    const [button] = sent.body.template.components.filter(({ type }: any) => type === 'button')
    await control('messages', { from: freshPhone(), buttonPayload: button.parameters[0].payload })
    await settle()
    expect((await readOrder(id)).stageId).toBe(stage.new)
    expect((await runsOf(id))[0]).toMatchObject({ status: 'delivered', answers: [] })
    await off(automation)
  })
})

describe('a message that waits', () => {
  it('for an answer ends after its hours, and silence moves the order', async () => {
    const automation = await make({ silence: { from: 'delivered', hours: 2, stageId: stage.to_confirm } })
    const phone = freshPhone()
    await answers(phone, 'nothing')
    const { id } = await orderOf(phone)
    expect((await settled(id, 'delivered')).expiresAt).not.toBeNull()
    await hurry()
    expect((await runsOf(id))[0].status).toBe('delivered')
    api.clock.advance(3 * hour)
    await hurry()
    expect((await runsOf(id))[0]).toMatchObject({
      status: 'expired',
      effect: { outcome: 'moved', stageId: stage.to_confirm },
    })
    expect((await readOrder(id)).stageId).toBe(stage.to_confirm)
    api.clock.advance(-3 * hour)
    await off(automation)
  })

  it('law 14: leaves at the opening of the hours, but for the acknowledgement of a fresh order', async () => {
    const old = freshPhone()
    const { id } = await orderOf(old)
    const automation = await make({ stageId: stage.to_confirm })
    const fresh = await make({ name: 'Accusé' })
    api.clock.advance(11 * hour)
    await moveTo(owner, id, 'to_confirm')
    const phone = freshPhone()
    const acknowledged = await orderOf(phone)
    await settled(acknowledged.id, 'delivered')
    const [waiting] = await runsOf(id)
    expect(waiting).toMatchObject({ status: 'scheduled', error: 'message.outside_hours' })
    expect(Date.parse(waiting.scheduledAt)).toBeGreaterThan(api.clock.now().getTime() + 3 * hour)
    expect(await sentTo(old)).toHaveLength(0)
    api.clock.advance(13 * hour)
    await hurry()
    await settled(id, 'delivered')
    expect(await sentTo(old)).toHaveLength(1)
    api.clock.advance(-24 * hour)
    await Promise.all([off(automation), off(fresh)])
  })

  it('is not sent for an order that left, nor to a buyer who has had enough', async () => {
    const automation = await make({ delaySeconds: 3600 })
    const phone = freshPhone()
    const left = await orderOf(phone)
    const settings = (await owner.get('/automation-settings')).body
    const put = (version: number, change: object) =>
      owner.put('/automation-settings', { version, settings: { ...settings.settings, ...change } })
    expect((await put(settings.version, { cap: { messages: 1, hours: 24 } })).status).toBe(200)
    await moveTo(owner, left.id, 'unreachable')
    const two = [await orderOf(phone), await orderOf(phone)]
    api.clock.advance(hour + 1000)
    await hurry()
    expect((await runsOf(left.id))[0]).toMatchObject({ status: 'cancelled', error: 'automation.order_moved' })
    const told = (await Promise.all(two.map(({ id }) => runsOf(id)))).map(([run]) => run.error)
    expect(told.sort()).toEqual(['automation.cap_reached', null])
    expect(await sentTo(phone)).toHaveLength(1)
    expect((await put(settings.version + 1, { cap: { messages: 3, hours: 24 } })).body.version).toBe(
      settings.version + 2,
    )
    expect((await put(settings.version, {})).body.code).toBe('automation_settings.changed_meanwhile')
    await off(automation)
  })
})

describe('costs', () => {
  it('are counted as Meta bills them, and past the budget nothing that sells goes out', async () => {
    const month = () => owner.get('/automation-costs').then(({ body }) => body)
    const before = await month()
    const offer = await template('offer', { category: 'marketing', body: 'Salam !', variables: [], buttons: [] })
    const automation = await make({ name: 'Promo', templateId: offer.id, buttons: [] })
    const first = await orderOf(freshPhone())
    const run = await settled(first.id, 'delivered')
    expect(run.costMicroDirhams).toBe(225_000)
    const after = await month()
    expect(after.microDirhams - before.microDirhams).toBe(225_000)
    expect(after.messages - before.messages).toBe(1)
    expect(after.orders).toBe(before.orders + 1)
    expect(after.confirmedOrders).toBeGreaterThan(0)
    expect(after.perConfirmedMicroDirhams).toBe(Math.round(after.microDirhams / after.confirmedOrders))
    expect(after.templates.find(({ name }: any) => name === 'offer')).toMatchObject({
      messages: 1,
      microDirhams: 225_000,
    })

    const { settings, version } = (await owner.get('/automation-settings')).body
    const budget = Math.ceil(after.microDirhams / 10_000)
    await owner.put('/automation-settings', { version, settings: { ...settings, monthlyBudgetCentimes: budget } })
    const second = await orderOf(freshPhone())
    await settle()
    expect((await runsOf(second.id))[0]).toMatchObject({ status: 'scheduled', error: 'automation.budget_spent' })
    const confirming = await make({ stageId: stage.unreachable })
    await moveTo(owner, second.id, 'unreachable')
    await settled(second.id, 'delivered')
    expect((await month()).reached).toBe(100)
    const { items } = (await owner.get('/audit-log?type=automation_settings.budget_reached')).body
    expect(items).toHaveLength(1)
    await owner.put('/automation-settings', { version: version + 1, settings })
    await Promise.all([off(automation), off(confirming)])
  })

  it('of a message that did not arrive are taken back', async () => {
    const automation = await make()
    const phone = freshPhone()
    await control('whatsapp/buyers', { phone, failsWith: 131_026 })
    const { id } = await orderOf(phone)
    expect(await settled(id, 'failed')).toMatchObject({ error: 'message.no_whatsapp', costMicroDirhams: null })
    await off(automation)
  })
})
