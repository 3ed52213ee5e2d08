import { beforeAll, describe, expect, it } from 'vitest'
import { callingOf } from '../../../../../tests/support/calling.ts'
import { freshPhone, moveTo } from '../../../../../tests/support/orders.ts'
import { connectLine, nextEleven, startWhatsApp } from '../../../../../tests/support/whatsapp.ts'

const world = await startWhatsApp()
const { api, owner, control, settle } = world
const { claimOf, given } = callingOf(api)

beforeAll(async () => {
  api.clock.set(nextEleven())
  await connectLine(world)
})

const marksOf = async (ids: readonly string[], client = owner) =>
  (await client.get(`/orders/marks?${ids.map((id) => `ids=${id}`).join('&')}`)).body.items
const say = async (phone: string) => {
  await control('messages', { from: `+212${phone.slice(1)}`, text: 'Bonjour' })
  await settle()
}
const ways = {
  delivered: ['confirmed', 'shipped', 'delivered'],
  returned: ['confirmed', 'shipped', 'returned'],
  cancelled: ['cancelled'],
} as const
/** Moves an order stage by stage to its end, with a reason where one is asked for. */
const moveFar = async (id: string, end: keyof typeof ways) => {
  const { reasons } = (await owner.get('/pipeline')).body
  for (const state of ways[end]) {
    const reason = reasons.find((one: any) => one.state === state)
    const { status, text } = await moveTo(owner, id, state, reason ? { reasonId: reason.id } : {})
    if (status !== 200) throw new Error(text)
  }
}
const orderOf = (phone: string) => given({ customer: { name: 'Imane Tazi', phone } })

describe('the marks of orders', () => {
  it('count the messages that a buyer wrote and nobody opened, on each of their orders, until somebody does', async () => {
    const phone = freshPhone()
    const [first, second, other] = [await orderOf(phone), await orderOf(phone), await orderOf(freshPhone())]
    await say(phone)
    await say(phone)
    const ids = [first.id, second.id, other.id]
    const unread = async () =>
      new Map((await marksOf(ids)).map((marks: any) => [marks.orderId, marks.unreadCount] as const))
    expect(await unread()).toEqual(new Map([...[first.id, second.id].map((id) => [id, 2]), [other.id, 0]] as never))
    const [conversation] = (await owner.get(`/whatsapp/conversations?q=${phone}`)).body.items
    expect(await marksOf([first.id])).toMatchObject([{ conversationId: conversation.id }])
    await owner.post(`/whatsapp/conversations/${conversation.id}/read`)
    expect([...(await unread()).values()]).toEqual([0, 0, 0])
  })

  it('count what comes from the phone of a customer who was merged into theirs', async () => {
    const [kept, merged] = [await orderOf(freshPhone()), await orderOf(freshPhone())]
    await owner.post(`/customers/${kept.customer.id}/merge`, { customerId: merged.customer.id })
    await say(merged.customer.phone.replace('+212', '0'))
    expect(await marksOf([kept.id])).toMatchObject([{ unreadCount: 1 }])
  })

  it('say what became of the customer’s orders to who sees every order, and to nobody else', async () => {
    const phone = freshPhone()
    for (const state of ['delivered', 'delivered', 'returned', 'cancelled'] as const)
      await moveFar((await orderOf(phone)).id, state)
    const { id } = await orderOf(phone)
    expect(await marksOf([id])).toMatchObject([{ record: { deliveredCount: 2, returnedCount: 1 } }])
    expect(await marksOf([id], api.as('viewer'))).toMatchObject([
      { record: { deliveredCount: 2, returnedCount: 1 }, unreadCount: null },
    ])
    expect(await marksOf([id], api.as('confirmation_agent'))).toMatchObject([{ record: null, unreadCount: 0 }])
  })

  it('name who has the hand on the customer, on each of their orders, as long as they have it', async () => {
    const phone = freshPhone()
    const [first, second] = [await orderOf(phone), await orderOf(phone)]
    const agent = api.as('confirmation_agent')
    const { lease } = await claimOf(agent, first.id)
    const held = await marksOf([second.id])
    expect(held).toMatchObject([
      { holder: { id: api.merchant.people.confirmation_agent.memberId, dialledAt: null, expiresAt: lease.expiresAt } },
    ])
    await agent.post(`/calls/leases/${lease.id}/release`)
    expect(await marksOf([second.id])).toMatchObject([{ holder: null }])
  })

  it('are of orders in sight only, a hundred at most', async () => {
    const { id } = await orderOf(freshPhone())
    await moveFar(id, 'delivered')
    expect(await marksOf([id])).toHaveLength(1)
    expect(await marksOf([id], api.as('confirmation_agent'))).toEqual([])
    expect(await marksOf([id], api.asRival('owner'))).toEqual([])
    const many = Array.from({ length: 101 }, () => `ids=${crypto.randomUUID()}`).join('&')
    expect((await owner.get(`/orders/marks?${many}`)).status).toBe(400)
  })
})
