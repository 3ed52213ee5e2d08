import { builtInRoles, type Permission, roleKeys } from '@sendocki/domain/permissions'
import { expect, it } from 'vitest'
import { contractOf, sampleOf } from '../support/contract.ts'
import { fixtures, startPlayedApi } from '../support/fixtures.ts'

const api = await startPlayedApi({ checkAnswers: false })
const { operations, schemas } = contractOf(api.app)
const existing = await fixtures(api)

const fill = (path: string): string =>
  path
    .replace('/api/v1', '')
    .replaceAll(/([a-z-]+)\/\{[^}]+\}/g, (_all, noun: string) => `${noun}/${existing[noun] ?? crypto.randomUUID()}`)

const guarded = operations.filter(
  ({ path, permission }) =>
    path.startsWith('/api/v1') && !path.endsWith('/stream') && !['public', 'session'].includes(permission),
)

for (const role of roleKeys) {
  const rights = new Set<Permission>(builtInRoles[role].permissions)
  const closed = guarded.filter(({ permission }) => !rights.has(permission as Permission))
  it.each(closed.map((operation) => [operation.name, operation] as const))(
    `${role} may not %s`,
    async (_name, { path, method, body }) => {
      const payload = body ? sampleOf(body, schemas) : undefined
      const headers = {
        'idempotency-key': crypto.randomUUID(),
        ...(body ? { 'content-type': 'application/json' } : {}),
      }
      const client = api.as(role)
      const answer =
        method === 'get' ? await client.get(fill(path)) : await client[method](fill(path), payload, headers)
      expect(answer.status).toBe(403)
      expect(answer.body.code).toBe('auth.forbidden')
    },
  )
}

it.each(guarded.map((operation) => [operation.name, operation] as const))(
  'a stranger may not %s',
  async (_name, { path, method }) => {
    const stranger = api.withToken(null)
    const answer = method === 'get' ? await stranger.get(fill(path)) : await stranger[method](fill(path), {})
    expect(answer.status).toBe(401)
  },
)

it('leaves the owner shut out of nothing', () => {
  const rights = new Set<Permission>(builtInRoles.owner.permissions)
  expect(guarded.filter(({ permission }) => !rights.has(permission as Permission)).map(({ name }) => name)).toEqual([])
})
