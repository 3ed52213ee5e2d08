import { builtInRoles, type RoleKey, roleKeys } from '@sendocki/domain/permissions'
import { beforeAll, expect, it } from 'vitest'
import type { Answer } from '../support/app.ts'
import { contractOf } from '../support/contract.ts'
import { canaries, fixtures, startPlayedApi } from '../support/fixtures.ts'

const api = await startPlayedApi({ checkAnswers: false })
const { operations } = contractOf(api.app)
const existing = await fixtures(api)

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

/** Until calls are leased, who confirms orders sees the phone of one that is opened; each opening is written down. */
const opens = (role: RoleKey, path: string): boolean =>
  builtInRoles[role].permissions.includes('phones.reveal') && path === '/api/v1/orders/{id}'

for (const role of roleKeys.filter((key) => builtInRoles[key].masks.includes('phone'))) {
  it.each(readable.filter(({ path }) => !opens(role, path)).map(({ name, path }) => [name, path] as const))(
    `law 12: ${role} sees no phone in %s`,
    async (_name, path) => {
      const { text } = await api.as(role).get(fill(path))
      for (const form of canaries.phones.flatMap(phoneForms)) expect(text).not.toContain(form)
    },
  )

  it(`law 12: ${role} finds nobody by the digits of a hidden phone`, async () => {
    for (const digits of canaries.phones.map((phone) => phone.slice(-6))) {
      for (const path of [`/orders?q=${digits}`, `/search?q=${digits}`, `/orders/count?q=${digits}`]) {
        const { body } = await api.as(role).get(path)
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

it('shows the owner what it hides from others, or these tests would prove nothing', () => {
  expect(owned.body.customer.phone).toBe(canaries.phones[0])
  expect(owned.body.customer.phoneMasked).toBe(false)
})

it('law 12: a mask keeps the length of the phone and says that it is one', async () => {
  const { body } = await api.as('viewer').get(`/orders/${existing.orders}`)
  expect(body.customer.phoneMasked).toBe(true)
  expect(body.customer.phone).toHaveLength(owned.body.customer.phone.length)
})
