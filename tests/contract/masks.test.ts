import { builtInRoles, type RoleKey, roleKeys } from '@sendocki/domain/permissions'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../support/app.ts'
import { believable, contractOf, sampleOf } from '../support/contract.ts'
import { canaries, fixtures, startPlayedApi } from '../support/fixtures.ts'
import { keyRoles } from '../support/founding.ts'

const api = await startPlayedApi({ checkAnswers: false })
const { operations, schemas } = contractOf(api.app)
const rows = await fixtures(api)
/** An order of the same buyer that waits to be confirmed: in sight of everybody who reads orders that are not their own. */
const waiting = await api.as('owner').post('/orders', {
  customer: { name: 'Khadija Ouazzani', phone: canaries.phones[0] },
  shippingAddress: { line: canaries.addresses[0], city: 'Casablanca' },
  lines: [{ name: 'Savon noir', quantity: 1, unitPriceCentimes: 4_900 }],
})
const existing: Readonly<Record<string, string>> = { ...rows, orders: waiting.body.id }

const readable = operations.filter(
  ({ method, path }) =>
    method === 'get' && path.startsWith('/api/v1') && !path.endsWith('/stream') && !path.includes('oauth'),
)
const fill = (path: string): string =>
  path
    .replace('/api/v1', '')
    .replaceAll(/([a-z-]+)\/\{[^}]+\}/g, (_all, noun: string) => `${noun}/${existing[noun] ?? crypto.randomUUID()}`)

/** Every way a phone is written: a hidden one must appear in none of them. */
const phoneForms = (e164: string): string[] => [e164, e164.slice(1), `0${e164.slice(4)}`, e164.slice(4)]

const claiming = ['/api/v1/calls/claim', '/api/v1/calls/leases/{id}/outcome']
/** Whoever claims a customer to call them sees their phone; each claim is written down. */
const claims = (role: RoleKey, path: string): boolean =>
  builtInRoles[role].permissions.includes('phones.reveal') && claiming.includes(path)

/** Whoever reads with a role: a member, and a key where keys can have it. */
const readers = (role: RoleKey) => [
  { who: `a ${role}`, client: api.as(role) },
  ...keyRoles.filter((key) => key === role).map((key) => ({ who: `a key of a ${key}`, client: api.asKey(key) })),
]
const blind = roleKeys.filter((key) => builtInRoles[key].masks.includes('phone'))

for (const { role, who, client } of blind.flatMap((role) => readers(role).map((reader) => ({ role, ...reader })))) {
  it.each(readable.map(({ name, path }) => [name, path] as const))(
    `law 12: ${who} sees no phone in %s`,
    async (_name, path) => {
      const { text } = await client.get(fill(path))
      for (const form of canaries.phones.flatMap(phoneForms)) expect(text).not.toContain(form)
    },
  )

  const rights = new Set<string>(builtInRoles[role].permissions)
  const writable = operations.filter(
    ({ method, permission, path }) => method !== 'get' && rights.has(permission) && !claims(role, path),
  )
  it.each(writable.map((operation) => [operation.name, operation] as const))(
    `law 12: ${who} is answered no phone by %s, done or refused`,
    async (_name, { path, method, body }) => {
      const { version } = (await api.as('owner').get(`/orders/${existing.orders}`)).body
      // Of both versions one is stale, so that the refusal which shows the newest is among the answers.
      for (const seen of [version, version + 1]) {
        const sample = believable(sampleOf(body ?? {}, schemas)) as object
        const payload = 'version' in sample ? { ...sample, version: seen } : sample
        const { text } = await client[method as 'post'](fill(path), payload, {
          'content-type': 'application/json',
          'idempotency-key': crypto.randomUUID(),
        })
        for (const form of canaries.phones.flatMap(phoneForms)) expect(text).not.toContain(form)
      }
    },
  )

  it(`law 12: ${who} finds nobody by the digits of a hidden phone`, async () => {
    for (const digits of canaries.phones.map((phone) => phone.slice(-6))) {
      for (const path of [`/orders?q=${digits}`, `/search?q=${digits}`, `/orders/count?q=${digits}`]) {
        const { body } = await client.get(path)
        expect(JSON.stringify(body)).not.toContain(existing.orders)
        expect(body.count ?? 0).toBe(0)
      }
    }
  })
}

for (const role of roleKeys.filter((key) => builtInRoles[key].masks.includes('financials'))) {
  it(`law 12: ${role} sees no sum of money on the board`, async () => {
    const { status, body } = await api.as(role).get('/board')
    expect(status).toBe(200)
    for (const column of body.columns) expect(column.sumCentimes).toBeNull()
  })
}

let owned: Answer
beforeAll(async () => {
  owned = await api.as('owner').get(`/orders/${existing.orders}`)
})

it('lets the roles read the order whose phone they do not see, or these tests would prove nothing', async () => {
  for (const role of ['confirmation_agent', 'viewer'] as const)
    for (const path of [`/orders/${existing.orders}`, `/orders/${existing.orders}/events`])
      expect([role, (await api.as(role).get(path)).status]).toEqual([role, 200])
})

it('shows the owner what it hides from others, or these tests would prove nothing', () => {
  expect(owned.body.customer.phone).toBe(canaries.phones[0])
  expect(owned.body.customer.phoneMasked).toBe(false)
})

it('law 12: a mask keeps the length of the phone and says that it is one', async () => {
  const { body } = await api.as('viewer').get(`/orders/${existing.orders}`)
  expect(body.customer.phoneMasked).toBe(true)
  expect(body.customer.phone).toHaveLength(owned.body.customer.phone.length)
})

describe('a role that hides addresses', () => {
  beforeAll(async () => {
    const { roleId } = api.merchant.people.viewer
    await api.deps.world.database.platform(async (tx) => {
      await tx.db.execute(`update roles set masks = '["address"]' where id = '${roleId}'`)
      tx.outbox.dropped.push(roleId)
    })
  })

  it.each(readable.map(({ name, path }) => [name, path] as const))('law 12: sees none in %s', async (_name, path) => {
    const { text } = await api.as('viewer').get(fill(path))
    for (const address of canaries.addresses) expect(text).not.toContain(address)
  })

  it('while the owner sees it', () => {
    expect(owned.text).toContain(canaries.addresses[0])
  })
})
