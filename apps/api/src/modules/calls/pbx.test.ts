import { describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import { callingOf, ring } from '../../../../../tests/support/calling.ts'
import { freshPhone } from '../../../../../tests/support/orders.ts'

const api = await startApi()
const owner = api.as('owner')
const manager = api.as('manager')
const agent = api.as('confirmation_agent')
const { claim, given, key } = callingOf(api)

const connected = async () => (await owner.post('/calls/pbx', undefined, key())).body
const incoming = async (client = agent) => (await client.get('/calls/incoming')).body.items
const emailOf = api.merchant.people.confirmation_agent.email

describe('a telephone exchange', () => {
  it('is given an address and a secret that is shown once, and a new one stops the old at once', async () => {
    expect((await owner.get('/calls/pbx')).body).toEqual({ hook: null })
    const headers = key()
    const first = await owner.post('/calls/pbx', undefined, headers)
    expect([first.status, first.body.url]).toEqual([201, expect.stringMatching(/\/hooks\/pbx\/[0-9a-f-]{36}$/)])
    expect((await owner.post('/calls/pbx', undefined, headers)).body).toMatchObject({
      url: first.body.url,
      secret: null,
    })
    expect((await owner.get('/calls/pbx')).text).not.toContain(first.body.secret)
    const second = await connected()
    const news = { callId: 'a', event: 'started', from: '0661000000' }
    expect((await ring(api, first.body, news)).status).toBe(401)
    expect((await ring(api, second, news)).status).toBe(200)
    expect((await owner.get('/calls/pbx')).body.hook.lastEventAt).not.toBeNull()
    expect((await owner.delete('/calls/pbx')).status).toBe(204)
    expect((await owner.delete('/calls/pbx')).body.code).toBe('pbx_hook.not_found')
    expect((await ring(api, second, news)).status).toBe(401)
    expect((await agent.post('/calls/pbx', undefined, key())).status).toBe(403)
  })

  it('that signs wrongly, or names no hook of ours, gets one and the same refusal', async () => {
    const hook = await connected()
    const news = { callId: 'b', event: 'started', from: '0661000000' }
    const wrong = await ring(api, { ...hook, secret: 'another' }, news)
    const lost = await ring(api, { ...hook, url: hook.url.replace(/[^/]+$/, crypto.randomUUID()) }, news)
    const none = await ring(api, { ...hook, url: hook.url.replace(/[^/]+$/, 'x') }, news)
    const plain = ({ status, body }: { status: number; body: object }) => ({ status, ...body, requestId: null })
    expect(plain(wrong)).toMatchObject({ status: 401, code: 'hook.refused' })
    expect([plain(lost), plain(none)]).toEqual([plain(wrong), plain(wrong)])
    expect((await owner.get(`/inbound?connectionId=${hook.url.split('/').at(-1)}`)).body.items).toEqual([])
  })

  it('tells who calls: whoever opens it has the hand, types no number, and it is written down', async () => {
    const hook = await connected()
    const phone = freshPhone()
    const order = await given({ customer: { name: 'Appelante', phone } })
    const news = { callId: 'c', event: 'started', from: `00212${phone.slice(1)}` }
    await ring(api, hook, news)
    const [call] = await incoming()
    expect(call).toMatchObject({ status: 'started', customer: { name: 'Appelante' }, orderCount: 1, isMine: false })
    expect(JSON.stringify(call)).not.toContain(phone.slice(-6))
    // Answered: by whom, the exchange says by the address with which they sign in.
    await ring(api, hook, { ...news, event: 'answered', agent: emailOf.toUpperCase() })
    expect(await incoming()).toMatchObject([{ id: call.id, status: 'answered', isMine: true }])
    expect(await incoming(manager)).toMatchObject([{ id: call.id, isMine: false }])
    const opened = await claim(agent, { incomingCallId: call.id })
    expect(opened.body).toMatchObject({ lease: { orderId: order.id }, order: { customer: { phoneMasked: false } } })
    expect(await incoming()).toEqual([])
    expect((await claim(manager, { incomingCallId: call.id })).body.code).toBe('call.incoming_over')
    const { items } = (await owner.get('/audit-log?type=member.incoming_call')).body
    expect(items).toMatchObject([{ data: { customerId: order.customer.id, incomingCallId: call.id } }])
    expect((await owner.get('/audit-log?type=customer.called_in')).body.items).toHaveLength(1)
    await agent.post(`/calls/leases/${opened.body.lease.id}/release`)
    expect((await claim(api.asRival('owner'), { incomingCallId: call.id })).body.code).toBe('call.incoming_over')
  })

  it('may tell twice, late and out of order: a call that ended is over, and its number is not kept', async () => {
    const hook = await connected()
    const news = { callId: 'd', event: 'ended', from: '0661999999' }
    const again = crypto.randomUUID()
    await ring(api, hook, news, again)
    await ring(api, hook, news, again)
    await ring(api, hook, { ...news, event: 'started' })
    expect(await incoming()).toEqual([])
    const { items } = (await owner.get(`/inbound?connectionId=${hook.url.split('/').at(-1)}`)).body
    expect(items.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['unknown_caller', 'unknown_caller'])
    const detail = (await owner.get(`/inbound/${items[0].id}`)).body
    expect([detail.body, detail.bodyErased]).toEqual([null, true])
  })

  it('is shown as unknown when no customer has the number, and no longer once nothing is heard of it', async () => {
    const hook = await connected()
    await ring(api, hook, { callId: 'e', event: 'started', from: '0661888888' })
    const [call] = await incoming()
    expect(call).toMatchObject({ customer: null, orderCount: 0 })
    expect((await claim(agent, { incomingCallId: call.id })).body.code).toBe('call.phone_unknown')
    api.clock.advance(4 * 60_000)
    expect(await incoming()).toEqual([])
  })

  it('is kept and put before a person when what it tells cannot be read', async () => {
    const hook = await connected()
    for (const news of [
      { callId: 'f', event: 'rings', from: '06' },
      { event: 'started' },
      { callId: 'f', event: 'started', from: '06', x: 1 },
    ])
      expect((await ring(api, hook, news)).status).toBe(200)
    expect(await incoming()).toEqual([])
    const { items } = (await owner.get(`/inbound?connectionId=${hook.url.split('/').at(-1)}&status=failed`)).body
    expect(items).toHaveLength(3)
  })
})
