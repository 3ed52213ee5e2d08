import { expect, it } from 'vitest'
import { goodPassword, newAccount } from '../../../../../tests/support/account.ts'
import { startApi } from '../../../../../tests/support/app.ts'
import { startMailbox } from '../../../../../tests/support/mailbox.ts'
import { eventually } from '../../../../../tests/support/stack.ts'
import { createApiKey } from './api-keys.commands.ts'

const mailbox = await startMailbox()
const api = await startApi({ env: { SMTP_URL: mailbox.url } })

/** A merchant of a test's own, whose owner has just signed up. */
const newMerchant = async () => {
  const account = await newAccount(api, mailbox)
  const owner = account.from.signedIn()
  const roles = (await owner.get('/roles')).body.items as { id: string; key: string }[]
  const roleId = (key: string) => roles.find((role) => role.key === key)?.id ?? ''
  const makeKey = async (role: string, more: object = {}) =>
    owner.post('/api-keys', { name: 'Site', roleId: roleId(role), ...more })
  return { ...account, owner, roleId, makeKey }
}

const anOrder = {
  customer: { name: 'Yassine Berrada', phone: '0661234567' },
  shippingAddress: { city: 'Casablanca' },
  lines: [{ name: 'Savon noir', quantity: 1, unitPriceCentimes: 4_900 }],
}

it('shows a key once, keeps only its first signs and a hash, and works at once', async () => {
  const { owner, makeKey } = await newMerchant()
  const { status, body } = await makeKey('manager')
  expect(status).toBe(201)
  expect(body.key).toMatch(/^sk_[0-9a-f]{12}_[\w-]{43}$/)
  expect(body.key.startsWith(body.prefix)).toBe(true)
  expect(body).toMatchObject({ name: 'Site', status: 'active', lastUsedAt: null, role: { key: 'manager' } })
  expect((await api.withToken(body.key).get('/orders')).body.items).toEqual([])
  const listed = await owner.get('/api-keys')
  expect(listed.body.items).toHaveLength(1)
  expect(listed.text).not.toContain(body.key)
  const secret = body.key.slice(body.prefix.length)
  const rows = await api.deps.world.database.platform((tx) => tx.db.execute(`select k::text as row from api_keys k`))
  expect(JSON.stringify(rows.rows)).not.toContain(secret)
})

it('repeats the answer of a creation without the key', async () => {
  const { owner, roleId } = await newMerchant()
  const headers = { 'idempotency-key': crypto.randomUUID() }
  const body = { name: 'Tableau de bord', roleId: roleId('viewer') }
  const first = await owner.post('/api-keys', body, headers)
  const again = await owner.post('/api-keys', body, headers)
  expect(again.headers['idempotency-replayed']).toBe('true')
  expect(again.body).toEqual({ ...first.body, key: null })
  expect((await owner.get('/api-keys')).body.items).toHaveLength(1)
})

it('says of each key that does not work why: unknown, expired, revoked, paused', async () => {
  const { owner, makeKey } = await newMerchant()
  const codeOf = async (key: string) => {
    const { status, body } = await api.withToken(key).get('/orders')
    return [status, body.code]
  }
  const { body: good } = await makeKey('manager')
  expect(await codeOf(`${good.key}x`)).toEqual([401, 'api_key.unknown'])
  expect(await codeOf('sk_')).toEqual([401, 'api_key.unknown'])
  const soon = new Date(api.clock.now().getTime() + 60_000).toISOString()
  const { body: brief } = await makeKey('viewer', { expiresAt: soon })
  expect((await api.withToken(brief.key).get('/orders')).status).toBe(200)
  api.clock.advance(60_000)
  expect(await codeOf(brief.key)).toEqual([401, 'api_key.expired'])
  expect((await owner.delete(`/api-keys/${good.id}`)).status).toBe(204)
  expect(await codeOf(good.key)).toEqual([401, 'api_key.revoked'])
  const statuses = (await owner.get('/api-keys?revoked=true')).body.items.map((key: { status: string }) => key.status)
  expect(statuses).toEqual(['expired', 'revoked'])
  expect((await owner.get('/api-keys')).body.items).toHaveLength(1)
  expect((await makeKey('viewer', { expiresAt: soon })).body.fields).toEqual([{ path: 'expiresAt', code: 'too_small' }])
})

it('makes no key an owner, none for a driver, and none of a role that does not exist', async () => {
  const { makeKey, owner } = await newMerchant()
  for (const role of ['owner', 'delivery_agent']) {
    const { status, body } = await makeKey(role)
    expect([role, status, body.code]).toEqual([role, 422, 'api_key.role_not_allowed'])
  }
  const foreign = await owner.post('/api-keys', { name: 'Site', roleId: api.merchant.people.viewer.roleId })
  expect([foreign.status, foreign.body.code]).toEqual([404, 'role.not_found'])
})

it('a key loses at once what its maker loses, and works again when they have it again', async () => {
  const owner = api.as('owner')
  const { people } = api.merchant
  const made = await owner.get(`/members/${people.manager.memberId}`)
  const maker = api.ctx().inMerchant(api.merchant.merchantId, {
    ...{ kind: 'member', id: people.manager.memberId, name: null, role: null },
    ...{ userId: people.manager.userId, memberId: people.manager.memberId },
  })
  const { key } = await createApiKey(maker, { name: 'Relais', roleId: people.manager.roleId })
  const relay = api.withToken(key)
  const order = await relay.post('/orders', anOrder)
  expect(order.status, order.text).toBe(201)
  const asViewer = await owner.patch(`/members/${people.manager.memberId}`, {
    roleId: people.viewer.roleId,
    version: made.body.version,
  })
  expect((await relay.post('/orders', anOrder)).body.code).toBe('auth.forbidden')
  expect((await relay.get(`/orders/${order.body.id}`)).body.customer.phoneMasked).toBe(true)
  const off = await owner.post(`/members/${people.manager.memberId}/disable`, { version: asViewer.body.version })
  const refused = await relay.get('/orders')
  expect([refused.status, refused.body.code]).toEqual([401, 'api_key.paused'])
  const paused = (await owner.get('/api-keys')).body.items.find(({ name }: { name: string }) => name === 'Relais')
  expect(paused.status).toBe('paused')
  const on = await owner.post(`/members/${people.manager.memberId}/enable`, { version: off.body.version })
  await owner.patch(`/members/${people.manager.memberId}`, { roleId: people.manager.roleId, version: on.body.version })
  expect((await relay.get(`/orders/${order.body.id}`)).body.customer.phoneMasked).toBe(false)
})

it('acts in its own name: in the history, in the audit log and beside the idempotency key', async () => {
  const { owner, makeKey } = await newMerchant()
  const [one, other] = [(await makeKey('manager')).body, (await makeKey('manager', { name: 'Autre' })).body]
  const headers = { 'idempotency-key': 'the-same-for-both' }
  const first = await api.withToken(one.key).post('/orders', anOrder, headers)
  const again = await api.withToken(one.key).post('/orders', anOrder, headers)
  const second = await api.withToken(other.key).post('/orders', anOrder, headers)
  expect([first.status, again.status, second.status]).toEqual([201, 201, 201])
  expect(again.body.id).toBe(first.body.id)
  expect(second.body.id).not.toBe(first.body.id)
  const actor = { kind: 'key', id: one.id, name: 'Site' }
  expect((await owner.get(`/orders/${first.body.id}/events`)).body.items.at(-1).actor).toEqual(actor)
  const note = await api.withToken(one.key).post(`/orders/${first.body.id}/notes`, { text: 'Appeler le soir' })
  expect(note.body.actor).toEqual(actor)
  const log = (await owner.get(`/audit-log?actorId=${one.id}`)).body.items
  expect(new Set(log.map((entry: { actor: object }) => JSON.stringify(entry.actor)))).toEqual(
    new Set([JSON.stringify(actor)]),
  )
})

it('writes each making and revoking into the audit log, and an attempt at what it may not', async () => {
  const { owner, makeKey } = await newMerchant()
  const { body } = await makeKey('viewer')
  await api.withToken(body.key).post('/orders', anOrder)
  await owner.delete(`/api-keys/${body.id}`)
  expect((await owner.delete(`/api-keys/${body.id}`)).status).toBe(204)
  const { items } = (await owner.get(`/audit-log?subjectKind=api_key&subjectId=${body.id}`)).body
  expect(items.map(({ type }: { type: string }) => type)).toEqual([
    'api_key.revoked',
    'api_key.refused',
    'api_key.created',
  ])
  expect(items[1].data).toEqual({ operationId: 'createOrder', code: 'auth.forbidden' })
  expect(JSON.stringify(items)).not.toContain(body.key)
})

it('sees with a role that sees the queue only what waits to be confirmed, and no phone: a key calls nobody', async () => {
  const { owner, makeKey } = await newMerchant()
  const { key } = (await makeKey('confirmation_agent')).body
  const centre = api.withToken(key)
  const order = (await centre.post('/orders', anOrder)).body
  expect((await centre.get('/orders')).body.items.map((one: { id: string }) => one.id)).toEqual([order.id])
  const { stages } = (await owner.get('/pipeline')).body
  const confirmed = stages.find(({ state }: { state: string }) => state === 'confirmed')
  const opened = await centre.get(`/orders/${order.id}`)
  expect(opened.body.customer.phoneMasked).toBe(true)
  expect((await centre.post('/calls/claim', { orderId: order.id })).body.code).toBe('auth.person_required')
  const moved = await centre.post(`/orders/${order.id}/move`, { stageId: confirmed.id, version: order.version })
  expect([moved.status, moved.body.state, moved.body.assignee]).toEqual([200, 'confirmed', null])
  expect((await centre.get(`/orders/${order.id}`)).status).toBe(404)
  for (const path of ['/search?q=Yassine', '/events', '/board', `/customers/${order.customer.id}`])
    expect((await centre.get(path)).status, path).toBeLessThan(500)
})

it('notes the last use without a write for each request: at most once a minute', async () => {
  const { owner, makeKey } = await newMerchant()
  const { key, id } = (await makeKey('viewer')).body
  const used = async () => {
    await api.deps.apiKeys.flush()
    return (await owner.get(`/api-keys/${id}`)).body.lastUsedAt as string
  }
  await api.withToken(key).get('/orders')
  const first = await used()
  expect(Date.parse(first)).toBeLessThanOrEqual(api.clock.now().getTime())
  api.clock.advance(59_000)
  await api.withToken(key).get('/orders')
  expect(await used()).toBe(first)
  api.clock.advance(2_000)
  await api.withToken(key).get('/orders')
  expect(Date.parse(await used()) - Date.parse(first)).toBeGreaterThanOrEqual(60_000)
  // It is written soon by itself too.
  const { key: next, id: nextId } = (await makeKey('viewer')).body
  await api.withToken(next).get('/orders')
  await eventually(
    async () => (await owner.get(`/api-keys/${nextId}`)).body.lastUsedAt,
    (at) => at !== null,
    'the last use',
  )
})

it('asks for the password once the sign-in is some time ago', async () => {
  const { makeKey } = await newMerchant()
  expect((await makeKey('viewer')).status).toBe(201)
  // The access token is still good: what has grown old is the sign-in.
  api.clock.advance(15 * 60_000)
  const { status, body } = await makeKey('viewer')
  expect([status, body.code]).toEqual([422, 'auth.password_needed'])
  expect((await makeKey('viewer', { password: 'un autre mot de passe' })).body.code).toBe('auth.wrong_password')
  expect((await makeKey('viewer', { password: goodPassword })).status).toBe(201)
})

it('has room for fifty keys that are not revoked', async () => {
  const { owner, makeKey } = await newMerchant()
  const made = []
  for (let n = 0; n < 50; n += 1) made.push((await makeKey('viewer', { name: `Clé ${n}` })).body.id)
  const { status, body } = await makeKey('viewer')
  expect([status, body.code, body.params]).toEqual([409, 'api_key.too_many', { most: 50 }])
  await owner.delete(`/api-keys/${made[0]}`)
  expect((await makeKey('viewer')).status).toBe(201)
  const first = (await owner.get('/api-keys?limit=20')).body
  const rest = (await owner.get(`/api-keys?limit=200&cursor=${first.nextCursor}`)).body
  expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([20, 30, null])
})
