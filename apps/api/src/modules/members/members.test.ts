import type { AddressInfo } from 'node:net'
import { roleKeys } from '@sendocki/domain/permissions'
import { expect, it } from 'vitest'
import { browser, goodPassword, newAccount } from '../../../../../tests/support/account.ts'
import { startApi } from '../../../../../tests/support/app.ts'
import { startMailbox } from '../../../../../tests/support/mailbox.ts'

const mailbox = await startMailbox()
const api = await startApi({ env: { SMTP_URL: mailbox.url } })
const { people } = api.merchant

const member = async (role: (typeof roleKeys)[number]) =>
  (await api.as('owner').get(`/members/${people[role].memberId}`)).body
const setRole = async (who: 'owner' | 'manager', memberId: string, roleId: string) => {
  const { version } = (await api.as('owner').get(`/members/${memberId}`)).body
  return api.as(who).patch(`/members/${memberId}`, { roleId, version })
}

/** A merchant of a test's own, with a second owner who accepted an invitation and was promoted. */
const withTwoOwners = async () => {
  const first = await newAccount(api, mailbox)
  const client = first.from.signedIn()
  const roles = (await client.get('/roles')).body.items as { id: string; key: string }[]
  const roleId = (key: string) => roles.find((role) => role.key === key)?.id ?? ''
  const email = `second-${first.userId}@boutique.example`
  await client.post('/invitations', { email, roleId: roleId('manager') })
  await api.runJobs()
  const token = /token=([\w-]+)/.exec(mailbox.to(email)[0]?.text ?? '')?.[1]
  const second = browser(api)
  const joined = await second.post('/invitations/accept', { token, fullName: 'Karim Alaoui', password: goodPassword })
  expect(joined.status).toBe(201)
  const members = (await client.get('/members')).body.items as { id: string; email: string; version: number }[]
  const [one, two] = [members.find((m) => m.email === first.email), members.find((m) => m.email === email)]
  if (!one || !two) throw new Error('Two members were expected.')
  const promoted = await client.patch(`/members/${two.id}`, { roleId: roleId('owner'), version: two.version })
  expect(promoted.status).toBe(200)
  return { client, second, roleId, one, two: promoted.body as typeof two }
}

it('lists members with their roles, page by page, apart from the disabled ones if asked', async () => {
  const { items } = (await api.as('manager').get('/members')).body
  expect(items.map(({ role }: { role: { key: string } }) => role.key)).toEqual([...roleKeys])
  const first = (await api.as('manager').get('/members?limit=2')).body
  const rest = (await api.as('manager').get(`/members?limit=200&cursor=${first.nextCursor}`)).body
  expect([...first.items, ...rest.items]).toEqual(items)
  expect((await api.as('manager').get('/members?disabled=true')).body.items).toEqual([])
})

it('shows and changes members to owners and managers only', async () => {
  for (const role of ['confirmation_agent', 'delivery_agent', 'viewer'] as const) {
    expect((await api.as(role).get('/members')).status).toBe(403)
    expect((await api.as(role).get('/roles')).status).toBe(403)
    expect(
      (await api.as(role).post('/invitations', { email: 'a@b.example', roleId: people.viewer.roleId })).status,
    ).toBe(403)
  }
})

it("law 2: answers another merchant's member as one that does not exist", async () => {
  const { memberId } = api.rival.people.viewer
  const random = '01900000-0000-7000-8000-00000000ffff'
  for (const id of [memberId, random]) {
    const answers = await Promise.all([
      api.as('owner').get(`/members/${id}`),
      api.as('owner').patch(`/members/${id}`, { roleId: people.viewer.roleId, version: 1 }),
      api.as('owner').post(`/members/${id}/disable`, { version: 1 }),
      api.as('owner').post(`/members/${id}/enable`, { version: 1 }),
      api.as('owner').post(`/members/${id}/end-sessions`, {}),
      api.as('owner').post(`/members/${id}/reassign`, { toMemberId: null }),
    ])
    for (const { status, body } of answers) expect([status, body.code]).toEqual([404, 'member.not_found'])
  }
  const foreignRole = await setRole('owner', people.viewer.memberId, api.rival.people.manager.roleId)
  expect([foreignRole.status, foreignRole.body.code]).toEqual([404, 'role.not_found'])
})

it('makes a change of role felt at the next request', async () => {
  expect((await api.as('viewer').get('/members')).status).toBe(403)
  expect((await setRole('owner', people.viewer.memberId, people.manager.roleId)).status).toBe(200)
  expect((await api.as('viewer').get('/members')).status).toBe(200)
  expect((await setRole('owner', people.viewer.memberId, people.viewer.roleId)).status).toBe(200)
  expect((await api.as('viewer').get('/members')).status).toBe(403)
})

it('refuses a change that starts from an old version, and shows the newest', async () => {
  const { version } = await member('viewer')
  await setRole('owner', people.viewer.memberId, people.viewer.roleId)
  const stale = await api
    .as('owner')
    .patch(`/members/${people.viewer.memberId}`, { roleId: people.manager.roleId, version })
  expect([stale.status, stale.body.code]).toEqual([409, 'member.changed_meanwhile'])
  expect(stale.body.current).toEqual(await member('viewer'))
})

it('lets no manager touch an owner or make one', async () => {
  const refusals = await Promise.all([
    setRole('manager', people.owner.memberId, people.viewer.roleId),
    setRole('manager', people.viewer.memberId, people.owner.roleId),
    setRole('manager', people.manager.memberId, people.owner.roleId),
    api.as('manager').post(`/members/${people.owner.memberId}/disable`, { version: 1 }),
    api.as('manager').post(`/members/${people.owner.memberId}/end-sessions`, {}),
  ])
  for (const { status, body } of refusals) expect([status, body.code]).toEqual([403, 'member.owner_protected'])
})

it('keeps the last owner', async () => {
  const demoted = await setRole('owner', people.owner.memberId, people.viewer.roleId)
  expect([demoted.status, demoted.body.code]).toEqual([409, 'member.last_owner'])
  const { version } = await member('owner')
  const disabled = await api.as('owner').post(`/members/${people.owner.memberId}/disable`, { version })
  expect([disabled.status, disabled.body.code]).toEqual([409, 'member.last_owner'])
})

it('keeps one of two owners who take the role from each other at once', async () => {
  const { client, second, roleId, one, two } = await withTwoOwners()
  const answers = await Promise.all([
    client.patch(`/members/${two.id}`, { roleId: roleId('viewer'), version: two.version }),
    second.signedIn().patch(`/members/${one.id}`, { roleId: roleId('viewer'), version: one.version }),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
})

it('keeps one of two owners who disable each other at once', async () => {
  const { client, second, one, two } = await withTwoOwners()
  const answers = await Promise.all([
    client.post(`/members/${two.id}/disable`, { version: two.version }),
    second.signedIn().post(`/members/${one.id}/disable`, { version: one.version }),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
})

it('disables at once: access and refresh end, and enabling brings no session back', async () => {
  const { client, second, two } = await withTwoOwners()
  const disabled = await client.post(`/members/${two.id}/disable`, { version: two.version })
  expect(disabled.body.disabledAt).not.toBeNull()
  expect((await second.signedIn().get('/me')).status).toBe(401)
  const enabled = await client.post(`/members/${two.id}/enable`, { version: disabled.body.version })
  expect(enabled.body.disabledAt).toBeNull()
  expect((await second.signedIn().get('/me')).status).toBe(401)
  expect((await second.post('/auth/refresh')).status).toBe(401)
  const again = browser(api)
  const signedIn = await again.post('/auth/sign-in', { email: two.email, password: goodPassword })
  expect(signedIn.body.merchant.id).toBe((await client.get('/merchant')).body.id)
})

it('moves a disabled member with another merchant there at the next refresh', async () => {
  const { client, roleId } = await withTwoOwners()
  const guest = await newAccount(api, mailbox)
  await client.post('/invitations', { email: guest.email, roleId: roleId('viewer') })
  await api.runJobs()
  const token = /token=([\w-]+)/.exec(mailbox.to(guest.email)[0]?.text ?? '')?.[1]
  expect((await guest.from.signedIn().post('/invitations/accept', { token })).status).toBe(201)
  const me = (await guest.from.signedIn().get('/me')).body
  expect(me.memberships).toHaveLength(2)
  expect(me.merchant.id).not.toBe(guest.merchantId)
  const { memberId } = me.memberships.find(({ merchantId }: { merchantId: string }) => merchantId !== guest.merchantId)
  await client.post(`/members/${memberId}/disable`, { version: 1 })
  expect((await guest.from.signedIn().get('/me')).status).toBe(401)
  expect((await guest.from.post('/auth/refresh')).body.merchant.id).toBe(guest.merchantId)
  expect((await guest.from.signedIn().get('/me')).body.memberships).toHaveLength(1)
})

it('switches between merchants, and into none where the person is not a member', async () => {
  const { client, roleId } = await withTwoOwners()
  const guest = await newAccount(api, mailbox)
  await client.post('/invitations', { email: guest.email, roleId: roleId('viewer') })
  await api.runJobs()
  const token = /token=([\w-]+)/.exec(mailbox.to(guest.email)[0]?.text ?? '')?.[1]
  await guest.from.signedIn().post('/invitations/accept', { token })
  const there = guest.from.signedIn()
  expect((await there.get('/members')).status).toBe(403)
  const back = await there.post('/auth/switch', { merchantId: guest.merchantId })
  expect(back.body.merchant.id).toBe(guest.merchantId)
  const entries = (await there.get('/audit-log?type=member.signed_in')).body.items
  expect(entries).toHaveLength(2)
  expect(entries[0].data).toEqual(entries[1].data)
  expect((await there.get('/members')).status).toBe(200)
  const foreign = await there.post('/auth/switch', { merchantId: api.merchant.merchantId })
  expect([foreign.status, foreign.body.code]).toEqual([404, 'merchant.not_found'])
})

it('ends the sessions of a member, and closes their open screens', async () => {
  const { client, second, two } = await withTwoOwners()
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = api.app.server.address() as AddressInfo
  const stream = await fetch(`http://127.0.0.1:${port}/api/v1/stream`, {
    headers: { authorization: `Bearer ${second.token()}` },
    signal: AbortSignal.timeout(10_000),
  })
  expect(stream.status).toBe(200)
  expect((await client.post(`/members/${two.id}/end-sessions`, {})).status).toBe(200)
  // Resolves when the server has closed the stream; the signal above is the deadline.
  expect(await stream.text()).toContain('event: ready')
  expect((await second.signedIn().get('/me')).status).toBe(401)
  expect((await browser(api).post('/auth/sign-in', { email: two.email, password: goodPassword })).status).toBe(200)
})

it("gives a member's open orders to another, however many there are", async () => {
  const place = (assigneeId: string, n: number) =>
    api.as('owner').post('/orders', {
      customer: { name: 'Yassine Berrada', phone: `06612${String(n).padStart(5, '0')}` },
      shippingAddress: { city: 'Casablanca' },
      lines: [{ name: 'Savon noir', quantity: 1, unitPriceCentimes: 4_900 }],
      assigneeId,
    })
  const [from, to] = [people.confirmation_agent.memberId, people.delivery_agent.memberId]
  for (let n = 0; n < 120; n += 6) {
    const made = await Promise.all([0, 1, 2, 3, 4, 5].map((more) => place(from, n + more)))
    for (const { status, text } of made) expect(status, text).toBe(201)
  }
  const held = async (memberId: string) =>
    (await api.as('owner').get(`/orders?assigneeId=${memberId}&limit=200`)).body.items.length
  const answer = await api.as('manager').post(`/members/${from}/reassign`, { toMemberId: to })
  expect([answer.status, answer.body]).toEqual([200, { orders: 100 }])
  await api.runJobs()
  expect([await held(from), await held(to)]).toEqual([0, 120])
  const [last] = (await api.as('owner').get('/audit-log?type=order.assigned&limit=1')).body.items
  expect(last.actor).toMatchObject({ kind: 'member', id: people.manager.memberId })
  expect((await api.as('manager').post(`/members/${to}/reassign`, { toMemberId: to })).status).toBe(400)
  const foreign = await api
    .as('manager')
    .post(`/members/${to}/reassign`, { toMemberId: api.rival.people.viewer.memberId })
  expect([foreign.status, foreign.body.code]).toEqual([404, 'member.not_found'])
})

it('writes every change into the journal without an e-mail or a name', async () => {
  const { client, two } = await withTwoOwners()
  await client.post(`/members/${two.id}/disable`, { version: two.version })
  const { items } = (await client.get('/audit-log?limit=200')).body
  expect(items.map(({ type }: { type: string }) => type).toReversed()).toEqual([
    'merchant.founded',
    'member.joined',
    'member.signed_in',
    'invitation.sent',
    'member.joined',
    'member.signed_in',
    'member.role_changed',
    'member.disabled',
  ])
  const facts = JSON.stringify(items.map(({ before, after, data }: Record<string, unknown>) => [before, after, data]))
  expect(facts).not.toContain('@')
  expect(facts).not.toContain('Karim')
})
