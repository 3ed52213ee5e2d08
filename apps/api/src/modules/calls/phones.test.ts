import { describe, expect, it } from 'vitest'
import { callingOf } from '../../../../../tests/support/calling.ts'
import { importForm } from '../../../../../tests/support/forms.ts'
import { freshPhone, moveTo } from '../../../../../tests/support/orders.ts'
import { connectLine, nextEleven, startWhatsApp } from '../../../../../tests/support/whatsapp.ts'

const world = await startWhatsApp()
const { api, owner } = world
const agent = api.as('confirmation_agent')
const manager = api.as('manager')
api.clock.set(nextEleven())

const { claim, claimOf, given, outcome } = callingOf(api)
const maskOf = (phone: string) => `+2126••••••${phone.slice(-2)}`

describe('law 12: a phone', () => {
  it('is shown to the agent who holds the customer, nowhere else, and each claim is written down', async () => {
    const phone = freshPhone()
    const order = await given({ customer: { name: 'Masquée', phone } })
    const e164 = order.customer.phone
    const open = async () => (await agent.get(`/orders/${order.id}`)).body.customer
    expect(await open()).toMatchObject({ phone: maskOf(e164), phoneMasked: true })
    const call = await claimOf(agent, order.id)
    expect(call.order.customer).toMatchObject({ phone: e164, phoneMasked: false })
    expect(await open()).toMatchObject({ phone: e164, phoneMasked: false })
    const listed = (await agent.get('/orders?limit=200')).body.items.find(({ id }: { id: string }) => id === order.id)
    expect(listed.customer.phone).toBe(maskOf(e164))
    const saved = await outcome(agent, call, { outcome: 'no_answer', stop: true })
    expect(saved.body.order.customer.phone).toBe(maskOf(e164))
    expect(await open()).toMatchObject({ phoneMasked: true })
    const { items } = (await owner.get(`/audit-log?type=customer.phone_revealed&subjectId=${order.customer.id}`)).body
    expect(items).toHaveLength(1)
  })

  it('of a whole number opens its customer for whoever answers; a part of one is refused, and each is written down', async () => {
    const phone = freshPhone()
    const order = await given({ customer: { name: 'Appelante', phone } })
    await moveTo(owner, order.id, 'confirmed')
    expect((await claim(agent, { phone: phone.slice(0, 7) })).body.code).toBe('call.phone_incomplete')
    expect((await claim(agent, { phone: maskOf(order.customer.phone) })).body.code).toBe('call.phone_incomplete')
    expect((await claim(agent, { phone: '0699999990' })).body.code).toBe('call.phone_unknown')
    const call = await claim(agent, { phone: `+212 ${phone.slice(1)}` })
    expect(call.body).toMatchObject({ lease: { orderId: order.id }, order: { customer: { phoneMasked: false } } })
    // The holder reads what their own rows would hide: the order is confirmed and nobody's.
    expect((await agent.get(`/orders/${order.id}/events`)).status).toBe(200)
    expect((await agent.get(`/customers/${order.customer.id}`)).body.phone).toBe(order.customer.phone)
    const { items } = (await owner.get('/audit-log?type=member.incoming_call')).body
    expect(items).toHaveLength(2)
    expect(JSON.stringify(items)).not.toContain(phone.slice(-6))
    await agent.post(`/calls/leases/${call.body.lease.id}/release`)
    expect((await agent.get(`/orders/${order.id}`)).status).toBe(404)
  })

  it('of somebody without an order opens them under the hand on them, with what was written, and for nobody else', async () => {
    await connectLine(world)
    const phone = freshPhone()
    const { headers, body } = importForm({
      kind: 'customers',
      file: { name: 'c.csv', content: `Nom,Téléphone\nSara Alami,${phone}` },
    })
    await owner.post(`/imports/${(await owner.post('/imports', body, headers)).body.id}/run`)
    await world.settle()
    await world.control('messages', { from: `+212${phone.slice(1)}`, text: 'Vous êtes ouverts demain ?' })
    await world.settle()
    const call = (await claim(agent, { phone })).body
    expect(call).toMatchObject({ lease: { orderId: null }, order: null })
    const { customer, otherOrders } = (await agent.get(`/calls/leases/${call.lease.id}`)).body
    expect(customer).toMatchObject({ name: 'Sara Alami', phone: `+212${phone.slice(1)}`, phoneMasked: false })
    expect(otherOrders).toEqual([])
    const talk = `/whatsapp/conversations?customerId=${call.lease.customerId}`
    const [conversation] = (await agent.get(talk)).body.items
    const messages = `/whatsapp/conversations/${conversation.id}/messages`
    expect((await agent.get(messages)).body.items).toMatchObject([{ text: 'Vous êtes ouverts demain ?' }])
    // Whoever has not the hand neither writes to them nor calls them.
    expect((await manager.post(messages, { text: 'Oui' })).body.code).toBe('call.customer_held')
    expect((await claim(manager, { phone })).body.code).toBe('call.customer_held')
    expect((await agent.post(messages, { text: 'Oui, dès 9 h.' })).status).toBe(202)
    await agent.post(`/calls/leases/${call.lease.id}/release`)
    expect((await agent.get(talk)).status).toBe(404)
    expect((await agent.get(`/customers/${call.lease.customerId}`)).status).toBe(404)
  })

  it('of somebody who only wrote on WhatsApp makes them a customer, once, named as they named themselves', async () => {
    const phone = freshPhone()
    const from = `+212${phone.slice(1)}`
    await world.control('whatsapp/buyers', { phone: from.slice(1), name: `Nadia ${from}` })
    await world.control('messages', { from, text: 'Salam' })
    await world.settle()
    const call = (await claim(agent, { phone })).body
    const { customer } = (await agent.get(`/calls/leases/${call.lease.id}`)).body
    expect(customer).toMatchObject({ name: 'Nadia •••••••••••••', phone: from, orderCount: 0 })
    const [conversation] = (await agent.get(`/whatsapp/conversations?customerId=${customer.id}`)).body.items
    expect(conversation).toMatchObject({ customerId: customer.id, order: null })
    const { items } = (await owner.get(`/audit-log?type=customer.phone_revealed&subjectId=${customer.id}`)).body
    expect(items).toHaveLength(1)
    await agent.post(`/calls/leases/${call.lease.id}/release`)
    const again = (await claim(manager, { phone })).body
    expect(again.lease.customerId).toBe(customer.id)
    await manager.post(`/calls/leases/${again.lease.id}/release`)
  })

  it('is typed by nobody more often than can be talked to', async () => {
    const driver = api.as('confirmation_agent')
    const answers = []
    for (let tried = 0; tried < 31; tried += 1) answers.push((await claim(driver, { phone: '0699999991' })).status)
    expect(answers.at(-1)).toBe(429)
    api.clock.advance(6 * 60_000)
    expect((await claim(driver, { phone: '0699999991' })).status).toBe(404)
  })
})
