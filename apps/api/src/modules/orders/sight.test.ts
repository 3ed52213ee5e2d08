import { revealsAllowed } from '@sendocki/domain/orders/visibility'
import { describe, expect, it } from 'vitest'
import { type Client, startApi } from '../../../../../tests/support/app.ts'
import { freshPhone, givenOrder, moveTo, orderBody, reasonFor, stageFor } from '../../../../../tests/support/orders.ts'

const api = await startApi()
const owner = api.as('owner')
const agent = api.as('confirmation_agent')
const driver = api.as('delivery_agent')
const viewer = api.as('viewer')
const members = api.merchant.people

const listed = async (client: Client, id: string) =>
  (await client.get('/orders?limit=200')).body.items.find((order: { id: string }) => order.id === id)
const seen = async (client: Client, id: string) => ({
  list: (await listed(client, id)) !== undefined,
  open: (await client.get(`/orders/${id}`)).status === 200,
  events: (await client.get(`/orders/${id}/events`)).status === 200,
})
const yes = { list: true, open: true, events: true }
const no = { list: false, open: false, events: false }
const assign = async (id: string, memberId: string) => {
  const { version } = (await owner.get(`/orders/${id}`)).body
  return (await owner.post(`/orders/${id}/assign`, { memberId, version })).body
}
const maskOf = (phone: string) => `+2126••••••${phone.slice(-2)}`

describe('which orders a role sees', () => {
  it('an agent: what is to be confirmed, and their own', async () => {
    const order = await givenOrder(owner)
    expect(await seen(agent, order.id)).toEqual(yes)
    await moveTo(owner, order.id, 'confirmed')
    expect(await seen(agent, order.id)).toEqual(no)
    await assign(order.id, members.confirmation_agent.memberId)
    expect(await seen(agent, order.id)).toEqual(yes)
  })

  it('a driver: their own; a viewer: all', async () => {
    const order = await givenOrder(owner)
    expect([await seen(driver, order.id), await seen(viewer, order.id)]).toEqual([no, yes])
    await assign(order.id, members.delivery_agent.memberId)
    expect(await seen(driver, order.id)).toEqual(yes)
  })

  it('no filter, count, column or customer reaches beyond', async () => {
    const order = await givenOrder(owner)
    await moveTo(owner, order.id, 'confirmed')
    for (const query of [
      `stageId=${await stageFor(owner, 'confirmed')}`,
      'state=confirmed',
      `customerId=${order.customer.id}`,
      `q=${order.number}`,
      'assigneeId=none',
    ]) {
      expect([query, (await driver.get(`/orders?${query}`)).body.items]).toEqual([query, []])
      expect([query, (await driver.get(`/orders/count?${query}`)).body.count]).toEqual([query, 0])
      const { columns } = (await driver.get(`/board?${query}`)).body
      for (const { count, oldestSince } of columns) expect([count, oldestSince]).toEqual([0, null])
    }
    for (const path of [`/customers/${order.customer.id}`, `/customers/${order.customer.id}/orders`])
      expect((await driver.get(path)).body.code).toBe('customer.not_found')
    expect((await owner.get(`/customers/${order.customer.id}/orders`)).body.items).toMatchObject([{ id: order.id }])
    expect((await driver.get(`/search?q=${order.number}`)).body).toEqual({ orders: [], customers: [] })
  })

  it('an exchange refers to no order out of sight', async () => {
    const order = await givenOrder(owner)
    const exchange = () => agent.post('/orders', orderBody({ exchangeOfOrderId: order.id }))
    expect((await exchange()).status).toBe(201)
    await moveTo(owner, order.id, 'confirmed')
    expect((await exchange()).body.code).toBe('order.not_found')
  })

  it('a duplicate out of sight is not named', async () => {
    const phone = freshPhone()
    const [one, two] = [
      await givenOrder(owner, { customer: { name: 'D', phone } }),
      await givenOrder(owner, { customer: { name: 'D', phone } }),
    ]
    expect((await agent.get(`/orders/${two.id}/duplicates`)).body.items).toMatchObject([{ orderId: one.id }])
    await moveTo(owner, one.id, 'confirmed')
    expect((await agent.get(`/orders/${two.id}/duplicates`)).body.items).toEqual([])
  })
})

describe('law 12: nobody sees a phone that their role hides', () => {
  it('a viewer: masked everywhere, and not to be found by its digits', async () => {
    const phone = freshPhone()
    const order = await givenOrder(owner, { customer: { name: 'Hidden Person', phone } })
    await owner.patch(`/orders/${order.id}`, { version: 1, customer: { alternatePhone: freshPhone() } })
    for (const path of [
      `/orders/${order.id}`,
      '/orders?limit=200',
      `/orders/${order.id}/events`,
      `/customers/${order.customer.id}`,
      `/customers/${order.customer.id}/orders`,
      '/search?q=Hidden',
    ]) {
      const { status, text } = await viewer.get(path)
      expect([path, status, text.includes(phone.slice(1))]).toEqual([path, 200, false])
    }
    expect((await viewer.get(`/orders/${order.id}`)).body.customer).toMatchObject({
      phone: maskOf(phone),
      phoneMasked: true,
    })
    for (const q of [phone, phone.slice(3), `+212${phone.slice(1)}`]) {
      expect((await viewer.get(`/search?q=${encodeURIComponent(q)}`)).body).toEqual({ orders: [], customers: [] })
      expect((await viewer.get(`/orders?q=${encodeURIComponent(q)}`)).body.items).toEqual([])
      expect((await viewer.get(`/orders/count?q=${encodeURIComponent(q)}`)).body.count).toBe(0)
      expect((await owner.get(`/orders?q=${encodeURIComponent(q)}`)).body.items).toHaveLength(1)
    }
  })

  it('an agent: masked in lists, in search, on what is opened, and in what a move answers', async () => {
    const phone = freshPhone()
    const order = await givenOrder(owner, { customer: { name: 'Opened Person', phone } })
    expect((await listed(agent, order.id)).customer).toMatchObject({ phone: maskOf(phone), phoneMasked: true })
    expect((await agent.get(`/orders?q=${phone}`)).body.items).toEqual([])
    const moved = await agent.post(`/orders/${order.id}/move`, {
      stageId: await stageFor(owner, 'to_confirm'),
      version: 1,
    })
    expect(moved.body.customer.phone).toBe(maskOf(phone))
    for (const path of [`/orders/${order.id}`, `/customers/${order.customer.id}`])
      expect((await agent.get(path)).text).not.toContain(phone.slice(1))
    const types = (await owner.get(`/orders/${order.id}/events`)).body.items.map(({ type }: { type: string }) => type)
    expect(types).toEqual(['order.moved', 'order.created'])
  })

  it('an agent who claims one customer after another is told to wait, and is shown those of before again', async () => {
    const orders: { id: string; customer: { id: string; phone: string } }[] = []
    for (let n = 0; n <= revealsAllowed; n += 1) orders.push(await givenOrder(owner))
    const claim = (n: number) => agent.post('/calls/claim', { orderId: orders[n]?.id })
    for (let n = 0; n < revealsAllowed; n += 1) expect((await claim(n)).status).toBe(200)
    const { status, body, headers, text } = await claim(revealsAllowed)
    expect([status, body.code]).toEqual([429, 'request.too_many'])
    expect(text).not.toContain(orders[revealsAllowed]?.customer.phone)
    const again = await claim(revealsAllowed - 1)
    expect(again.status).toBe(200)
    // What came of that call is kept all the same; only no further one is given.
    const { lease, order } = again.body
    const said = await agent.post(`/calls/leases/${lease.id}/outcome`, { orderId: order.id, outcome: 'no_answer' })
    expect([said.status, said.body.next]).toEqual([200, null])
    api.clock.advance(Number(headers['retry-after']) * 1000)
    expect((await claim(revealsAllowed)).status).toBe(200)
    api.clock.set(new Date().toISOString())
  })

  it('a refusal that carries the order hides the same', async () => {
    const phone = freshPhone()
    const order = await givenOrder(owner, { customer: { name: 'Refused Person', phone } })
    await owner.patch(`/orders/${order.id}`, { version: 1, note: 'x' })
    const { status, body, text } = await agent.post(`/orders/${order.id}/move`, {
      stageId: await stageFor(owner, 'unreachable'),
      version: 1,
    })
    expect([status, body.current.customer.phone]).toEqual([409, maskOf(phone)])
    expect(text).not.toContain(phone.slice(1))
  })

  it('a driver: seen on their own orders until two days after the end', async () => {
    const phone = freshPhone()
    const order = await givenOrder(owner, { customer: { name: 'Driven Person', phone } })
    await assign(order.id, members.delivery_agent.memberId)
    const reasonId = await reasonFor(owner, 'duplicate')
    expect((await listed(driver, order.id)).customer.phone).toBe(`+212${phone.slice(1)}`)
    await moveTo(owner, order.id, 'cancelled', { reasonId })
    expect((await driver.get(`/orders/${order.id}`)).body.customer.phone).toBe(`+212${phone.slice(1)}`)
    expect((await driver.get(`/orders?q=${phone}`)).body.items).toHaveLength(1)
    api.clock.advance(49 * 3_600_000)
    expect((await driver.get(`/orders/${order.id}`)).body.customer).toMatchObject({
      phone: maskOf(phone),
      phoneMasked: true,
    })
    expect((await listed(driver, order.id)).customer.phone).toBe(maskOf(phone))
    expect((await driver.get(`/orders?q=${phone}`)).body.items).toEqual([])
    expect((await driver.get(`/search?q=${phone}`)).body).toEqual({ orders: [], customers: [] })
    expect((await driver.get(`/customers/${order.customer.id}`)).text).not.toContain(phone.slice(1))
    api.clock.set(new Date().toISOString())
  })

  it('a mask is never taken back', async () => {
    const order = await givenOrder(owner)
    const shown = (await listed(agent, order.id)).customer.phone
    expect((await agent.patch(`/orders/${order.id}`, { version: 1, customer: { phone: shown } })).body.code).toBe(
      'order.masked_value',
    )
  })
})
