import { createHmac } from 'node:crypto'
import pg from 'pg'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { connectLine, demoLine, nextEleven, startWhatsApp, until } from '../../../../../tests/support/whatsapp.ts'

const world = await startWhatsApp()
const { api, owner, control, meta, settle, hurry, mend } = world
let numberId = ''
let phones = 0
const freshPhone = () => `+21266${String(1_000_000 + ++phones)}`

beforeAll(async () => {
  api.clock.set(nextEleven())
  numberId = await connectLine(world)
})
beforeEach(() => mend())

const orderOf = async (phone: string) =>
  (
    await owner.post('/orders', {
      customer: { name: 'Khadija Ouazzani', phone },
      shippingAddress: { line: '4 rue des Orangers', city: 'Casablanca' },
      lines: [{ name: 'Pack ghassoul', quantity: 1, unitPriceCentimes: 56_000 }],
    })
  ).body
const say = async (phone: string, more: object = { text: 'Bonjour' }) => {
  await control('messages', { from: phone, ...more })
  await settle()
}
const conversationOf = async (phone: string, client = owner) =>
  (await client.get(`/whatsapp/conversations?q=${encodeURIComponent(phone)}`)).body.items[0]
const messagesOf = async (id: string, client = owner) =>
  (await client.get(`/whatsapp/conversations/${id}/messages`)).body.items
const open = async (phone: string) => {
  await say(phone)
  return conversationOf(phone)
}
const write = (id: string, body: object, client = owner) => client.post(`/whatsapp/conversations/${id}/messages`, body)
const sentTo = async (phone: string) => (await meta()).messages.filter((one: any) => one.to === phone.slice(1))
const statusOf = async (conversationId: string, messageId: string) => {
  await settle()
  return (await messagesOf(conversationId)).find(({ id }: any) => id === messageId)?.status
}

describe('a number', () => {
  it('is connected by six checks, and its keys never come back', async () => {
    const { body, text } = await owner.get(`/whatsapp/numbers/${numberId}`)
    expect(body).toMatchObject({ status: 'connected', quality: 'green', dailyLimit: 250, verifiedName: 'Dar Argan' })
    expect(body.checks.map(({ result }: any) => result)).toEqual(Array(6).fill('passed'))
    expect(body.webhookUrl).toBe(`http://localhost:3000/hooks/whatsapp/${numberId}`)
    expect(text).not.toMatch(/"demo"|accessToken|appSecret/)
    const { steps } = (await owner.get('/onboarding')).body
    expect(steps).toContainEqual({ key: 'whatsapp', status: 'done', count: 1 })
  })

  it('says which check failed, and waits with those behind it', async () => {
    const bad = await connectLine(world, { ...demoLine, phoneNumberId: '999999999', accessToken: 'wrong' })
    const { body } = await owner.get(`/whatsapp/numbers/${bad}`)
    expect(body).toMatchObject({ status: 'reconnect', problem: 'whatsapp.token_refused' })
    expect(body.checks[0]).toEqual({ kind: 'token', result: 'failed', code: 190 })
    expect(body.checks.slice(1).every(({ result }: any) => result === 'waiting')).toBe(true)
    const repaired = await owner.patch(`/whatsapp/numbers/${bad}`, { version: body.version, accessToken: 'demo' })
    expect(repaired.body.status).toBe('connecting')
    await settle()
    expect((await owner.get(`/whatsapp/numbers/${bad}`)).body).toMatchObject({
      status: 'action_needed',
      problem: 'whatsapp.number_refused',
    })
    await owner.delete(`/whatsapp/numbers/${bad}`)
  })

  it('is connected once', async () => {
    const { status, body } = await owner.post('/whatsapp/numbers', demoLine)
    expect([status, body.code]).toEqual([409, 'whatsapp_number.already_there'])
  })
})

describe('the address of the webhook', () => {
  const hook = (query: string) => owner.get(`//hooks/whatsapp/${numberId}?${query}`)

  it('gives the challenge back to who knows the verify token, and to nobody else', async () => {
    const { verifyToken } = (await owner.get(`/whatsapp/numbers/${numberId}`)).body
    const asked = 'hub.mode=subscribe&hub.challenge=123456'
    const right = await hook(`${asked}&hub.verify_token=${verifyToken}`)
    expect([right.status, right.text]).toEqual([200, '123456'])
    expect((await hook(`${asked}&hub.verify_token=x`)).status).toBe(403)
  })

  it('takes what the new key signs from the moment it is changed, and nothing once it is disconnected', async () => {
    const line = await owner.post('/whatsapp/numbers', { ...demoLine, phoneNumberId: '123456789', appSecret: 'first' })
    const { id, version } = line.body
    let sent = 0
    const send = async (secret: string) => {
      const body = `{"object":"whatsapp_business_account","entry":[],"n":${(sent += 1)}}`
      const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
      return (await owner.post(`//hooks/whatsapp/${id}`, body, { 'x-hub-signature-256': signature })).status
    }
    expect([await send('first'), await send('first'), await send('second')]).toEqual([200, 200, 401])
    await owner.patch(`/whatsapp/numbers/${id}`, { version, appSecret: 'second' })
    expect([await send('first'), await send('second')]).toEqual([401, 200])
    await owner.delete(`/whatsapp/numbers/${id}`)
    expect(await send('second')).toBe(401)
  })

  it('refuses a wrong signature and an unknown number in the same words', async () => {
    const body = '{"object":"whatsapp_business_account","entry":[]}'
    const signature = (secret: string) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
    const send = (id: string, secret: string) =>
      owner.post(`//hooks/whatsapp/${id}`, body, { 'x-hub-signature-256': signature(secret) })
    const answers = [await send(numberId, 'not demo'), await send(crypto.randomUUID(), 'demo')]
    expect(answers.map(({ status, body: problem }) => [status, problem.code])).toEqual([
      [401, 'hook.refused'],
      [401, 'hook.refused'],
    ])
    expect((await send(numberId, 'demo')).status).toBe(200)
  })
})

describe('a conversation', () => {
  it('begins with what a buyer writes, told once however often Meta tells it', async () => {
    const phone = freshPhone()
    await control('faults', { provider: 'whatsapp', kind: 'duplicate_webhooks', times: 1 })
    const conversation = await open(phone)
    expect(conversation).toMatchObject({ unreadCount: 1, last: { text: 'Bonjour', direction: 'in' }, customerId: null })
    expect(await messagesOf(conversation.id)).toHaveLength(1)
    const { id: customerId } = (await orderOf(phone)).customer
    expect(await conversationOf(phone)).toMatchObject({ customerId, contact: { name: 'Khadija Ouazzani' } })
  })

  it('takes free text for 24 hours, follows it to the eyes of the buyer, then asks for a template', async () => {
    const phone = freshPhone()
    const { id } = await open(phone)
    const { status, body } = await write(id, { text: 'Livraison demain' })
    expect([status, body.status]).toEqual([202, 'queued'])
    await settle()
    await until(async () => (await statusOf(id, body.id)) === 'read')
    expect(await conversationOf(phone)).toMatchObject({ waitingSince: null, unreadCount: 0 })
    api.clock.advance(25 * 3_600_000)
    expect((await write(id, { text: 'Toujours là ?' })).body.code).toBe('message.window_closed')
    api.clock.advance(-25 * 3_600_000)
    expect(await sentTo(phone)).toHaveLength(1)
  })

  it('proposes what a free text seems to say, and moves nothing by itself', async () => {
    const phone = freshPhone()
    const order = await orderOf(phone)
    await say(phone, { text: 'واخا' })
    const { id, proposal } = await conversationOf(phone)
    expect(proposal).toBe('yes')
    expect((await owner.get(`/orders/${order.id}`)).body.stageId).toBe(order.stageId)
    expect((await owner.post(`/whatsapp/conversations/${id}/settle-proposal`)).body.proposal).toBeNull()
  })

  it('is one, when a person who hid their number turns out to be known', async () => {
    const phone = freshPhone()
    await control('whatsapp/buyers', { phone, hidesPhone: true, name: 'Salma' })
    await say(phone, { text: 'Sans numéro' })
    const hidden = (await owner.get('/whatsapp/conversations?q=Salma')).body.items[0]
    expect(hidden.contact).toMatchObject({ phone: null, name: 'Salma' })
    const answered = await write(hidden.id, { text: 'Bonjour Salma' })
    await settle()
    await until(async () => (await statusOf(hidden.id, answered.body.id)) === 'read')
    await control('whatsapp/buyers', { phone, hidesPhone: false })
    await say(phone, { text: 'Avec numéro' })
    expect(await conversationOf(phone)).toMatchObject({ id: hidden.id, contact: { phone } })
    expect(await messagesOf(hidden.id)).toHaveLength(3)
  })

  it('keeps notes, assignment and filters, and leaves the buyer out of notes', async () => {
    const phone = freshPhone()
    const { id } = await open(phone)
    const { memberId } = api.merchant.people.manager
    await owner.post(`/whatsapp/conversations/${id}/assign`, { memberId })
    expect((await owner.post(`/whatsapp/conversations/${id}/notes`, { text: '−10 % vendredi' })).status).toBe(201)
    const mine = (await api.as('manager').get('/whatsapp/conversations?filter=mine')).body.items
    expect(mine.map((one: any) => one.id)).toContain(id)
    const waiting = (await owner.get('/whatsapp/conversations?filter=no_reply')).body.items
    expect(waiting.map((one: any) => one.id)).toContain(id)
    expect(await sentTo(phone)).toHaveLength(0)
    expect((await owner.get('/whatsapp/conversations/counts')).body.unread.count).toBeGreaterThan(0)
    await owner.post(`/whatsapp/conversations/${id}/read`)
    const unread = (await owner.get('/whatsapp/conversations?filter=unread')).body.items
    expect(unread.map((one: any) => one.id)).not.toContain(id)
  })

  it('is opened by three questions to the database, whatever is said in it', async () => {
    const phone = freshPhone()
    const { id } = await open(phone)
    for (const text of ['Où est mon colis ?', 'Merci']) await say(phone, { text })
    const asked = vi.spyOn(pg.Client.prototype, 'query')
    await Promise.all([owner.get(`/whatsapp/conversations/${id}`), owner.get(`/whatsapp/conversations/${id}/messages`)])
    const texts = asked.mock.calls.map(([query]) => String((query as { text?: string }).text ?? query))
    asked.mockRestore()
    expect(
      texts.filter((text) => /^select (?!set_config)/.test(text) && /conversations|messages/.test(text)),
    ).toHaveLength(3)
    expect(texts.filter((text) => text.startsWith('select')).length).toBeLessThanOrEqual(3)
  })

  it('law 12: shows no phone to who must not see it, in names and texts neither', async () => {
    const phone = freshPhone()
    const local = `0${phone.slice(4)}`
    await control('whatsapp/buyers', { phone, name: local })
    await say(phone, { text: `Appelez-moi au ${local}` })
    const { id } = await conversationOf(phone)
    const agent = api.as('confirmation_agent')
    const [one, list, all] = await Promise.all([
      agent.get(`/whatsapp/conversations/${id}`),
      agent.get('/whatsapp/conversations'),
      agent.get(`/whatsapp/conversations/${id}/messages`),
    ])
    for (const { status, text } of [one, list, all]) {
      expect(status).toBe(200)
      expect(text).not.toContain(phone.slice(4))
    }
    expect(one.body.contact).toMatchObject({ name: null, phoneMasked: true })
    expect((await agent.get(`/whatsapp/conversations?q=${local}`)).body.items).toEqual([])
    expect(JSON.stringify(await messagesOf(id))).toContain(local)
  })
})

describe('an order from a conversation', () => {
  const lines = [{ name: 'Pack ghassoul', quantity: 1, unitPriceCentimes: 56_000 }]
  const order = (id: string, customer: object, client = owner) =>
    client.post(`/whatsapp/conversations/${id}/orders`, { customer, shippingAddress: { city: 'Casablanca' }, lines })

  it('is under the number of who writes, also for who is not shown it', async () => {
    const phone = freshPhone()
    const { id } = await open(phone)
    const made = await order(id, { name: 'Salma' }, api.as('confirmation_agent'))
    expect([made.status, made.body.source, made.body.customer.phoneMasked]).toEqual([201, 'whatsapp', true])
    expect((await owner.get(`/orders/${made.body.id}`)).body.customer.phone).toBe(phone)
    expect((await conversationOf(phone)).order.id).toBe(made.body.id)
  })

  it('asks for the number of who hides it', async () => {
    const phone = freshPhone()
    await control('whatsapp/buyers', { phone, hidesPhone: true, name: 'Ghita' })
    await say(phone)
    const [hidden] = (await owner.get('/whatsapp/conversations?q=Ghita')).body.items
    expect((await order(hidden.id, { name: 'Ghita' })).body.fields).toEqual([
      { path: 'customer.phone', code: 'missing' },
    ])
    expect((await order(hidden.id, { name: 'Ghita', phone })).status).toBe(201)
  })
})

describe('a message', () => {
  it('law 7: whose answer is lost is not sent again, and a status with our id settles it', async () => {
    const phone = freshPhone()
    const { id } = await open(phone)
    await control('faults', { provider: 'whatsapp', kind: 'timeout_after_success', times: 1, only: '/messages' })
    const { body } = await write(id, { text: 'Une seule fois' })
    await settle()
    await until(async () => (await statusOf(id, body.id)) === 'read')
    await hurry()
    expect(await sentTo(phone)).toHaveLength(1)
  })

  it('that never left is given again, once', async () => {
    const phone = freshPhone()
    const { id } = await open(phone)
    await control('faults', { provider: 'whatsapp', kind: 'http_500', times: 1, only: '/messages' })
    await write(id, { text: 'Encore' })
    await settle()
    await hurry()
    await until(async () => (await sentTo(phone)).length === 1)
    expect(await sentTo(phone)).toHaveLength(1)
  })

  it('law 7: that was being sent when its process died is left in doubt, then told to a person', async () => {
    const phone = freshPhone()
    const { id } = await open(phone)
    const { body } = await write(id, { text: 'Interrompu' })
    await api.deps.world.database.platform((tx) =>
      tx.db.execute(`update messages set status = 'sending' where id = '${body.id}'`),
    )
    await settle()
    expect(await statusOf(id, body.id)).toBe('unknown')
    await hurry()
    const [failed] = await messagesOf(id)
    expect(failed).toMatchObject({ status: 'failed', problem: 'message.outcome_unknown' })
    expect(await sentTo(phone)).toHaveLength(0)
  })

  it.each([
    ['failsWith', 131_026, 'message.no_whatsapp'],
    ['refusedWith', 131_050, 'message.opted_out'],
    ['failsWith', 131_047, 'message.window_closed'],
    ['refusedWith', 100, 'message.refused'],
  ] as const)('that %s %i says why', async (how, code, problem) => {
    const phone = freshPhone()
    const { id } = await open(phone)
    await control('whatsapp/buyers', { phone, [how]: code })
    const { body } = await write(id, { text: 'Bonjour' })
    await settle()
    await until(async () => (await statusOf(id, body.id)) === 'failed')
    const [failed] = await messagesOf(id)
    expect(failed).toMatchObject({ problem, metaCode: code })
    if (code === 131_026) expect((await conversationOf(phone)).contact.unreachableAt).not.toBeNull()
    if (code === 131_050) expect((await conversationOf(phone)).contact.optedOutAt).not.toBeNull()
  })

  it('waits while the token is refused, and goes out by itself once it is right again', async () => {
    const phone = freshPhone()
    const { id } = await open(phone)
    await control('faults', { provider: 'whatsapp', kind: 'http_401', times: 1, only: '/messages' })
    const { body } = await write(id, { text: 'Patience' })
    await settle()
    expect((await owner.get(`/whatsapp/numbers/${numberId}`)).body.status).toBe('reconnect')
    expect(await statusOf(id, body.id)).toBe('queued')
    await owner.post(`/whatsapp/numbers/${numberId}/test`)
    await settle()
    await until(async () => (await statusOf(id, body.id)) === 'read')
    expect(await sentTo(phone)).toHaveLength(1)
  })
})

describe('a template', () => {
  const make = (name: string, more: object = {}) =>
    owner.post('/whatsapp/templates', {
      ...{ numberId, name, language: 'fr', category: 'utility' },
      body: 'Salam {{1}}, votre commande {{2}} : {{3}}. Vous confirmez ?',
      variables: ['customer_name', 'order_number', 'amount'],
      buttons: ['Je confirme', 'Rappelez-moi', 'Annuler'],
      ...more,
    })
  const approved = async (name: string, more: object = {}) => {
    const { body } = await make(name, more)
    await settle()
    return until(async () => {
      await settle()
      const { items } = (await owner.get(`/whatsapp/templates?numberId=${numberId}`)).body
      return items.find((one: any) => one.id === body.id && one.state === 'approved')
    })
  }

  it('is handed in, approved by webhook, and follows what Meta makes of it', async () => {
    const { id } = await approved('cod_confirm')
    await control('whatsapp/templates/cod_confirm', { event: 'PAUSED', category: 'MARKETING', quality: 'RED' })
    await settle()
    const { items } = (await owner.get('/whatsapp/templates')).body
    expect(items.find((one: any) => one.id === id)).toMatchObject({
      state: 'paused',
      category: 'marketing',
      quality: 'red',
      numberIds: expect.arrayContaining([numberId]),
    })
  })

  it.each([
    ['Salam {{2}}, bonjour', ['customer_name'], 'variables_not_in_order'],
    ['Salam {{1}}, bonjour', [], 'variables_unnamed'],
    ['{{1}} bonjour', ['customer_name'], 'variable_at_the_edge'],
  ])('is refused before Meta would: %s', async (body, variables, code) => {
    const answer = await make('wrong', { body, variables })
    expect([answer.status, answer.body.fields]).toEqual([400, [{ path: 'body', code }]])
  })

  it('begins a conversation with a real order filled in, and marks the button that the buyer pressed', async () => {
    const phone = freshPhone()
    const order = await orderOf(phone)
    const template = await approved('begin')
    const preview = await owner.get(`/whatsapp/templates/${template.id}/preview?orderId=${order.id}`)
    expect(preview.body.text).toMatch(/Salam Khadija Ouazzani, votre commande #\d+ : 560.DH/)
    await control('whatsapp/buyers', { phone, answer: 'yes' })
    const { id } = (await owner.post('/whatsapp/conversations', { customerId: order.customer.id })).body
    expect((await write(id, { text: 'Bonjour' })).body.code).toBe('message.window_closed')
    const { body } = await write(id, { templateId: template.id, orderId: order.id })
    await settle()
    const chosen = await until(async () => {
      await settle()
      const found = (await messagesOf(id)).find((one: any) => one.id === body.id)
      return found.buttons.find((button: any) => button.chosen)
    })
    expect(chosen.text).toBe('Je confirme')
    expect((await conversationOf(phone)).proposal).toBe('yes')
    expect((await owner.get(`/orders/${order.id}`)).body.stageId).toBe(order.stageId)
  })

  it('law 14: begins nothing outside the allowed hours, and nothing that sells with who said STOP', async () => {
    const phone = freshPhone()
    const order = await orderOf(phone)
    const template = await approved('offer', { category: 'marketing', body: 'Salam !', variables: [], buttons: [] })
    const { id } = (await owner.post('/whatsapp/conversations', { customerId: order.customer.id })).body
    api.clock.advance(13 * 3_600_000)
    expect((await write(id, { templateId: template.id })).body.code).toBe('message.outside_hours')
    api.clock.advance(-13 * 3_600_000)
    await say(phone, { text: 'STOP' })
    expect((await write(id, { templateId: template.id })).body.code).toBe('message.opted_out')
    expect((await write(id, { text: 'Bien noté' })).status).toBe(202)
  })
})
