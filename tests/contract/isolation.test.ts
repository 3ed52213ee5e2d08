import { expect, it } from 'vitest'
import { contractOf, sampleOf } from '../support/contract.ts'
import { fixtures, startPlayedApi } from '../support/fixtures.ts'

const api = await startPlayedApi({ checkAnswers: false })
const { operations, schemas } = contractOf(api.app)
const existing = await fixtures(api)
const nobody = '019a0000-0000-7000-8000-00000000dead'

const withId = operations.filter(({ path, permission }) => path.includes('{') && permission !== 'public')

/** The noun that an id belongs to: the segment before it. */
const nounOf = (path: string): string => path.split('/{')[0]?.split('/').at(-1) ?? ''
const fill = (path: string, id: string): string =>
  path
    .replace('/api/v1', '')
    .replace(/\{[^}]+\}/, id)
    .replaceAll(/\{[^}]+\}/g, nobody)

/** A body that passes validation and points, wherever it points, to rows of the owner of the id. */
const bodyFor = (body: (typeof operations)[number]['body']): unknown => {
  if (!body) return undefined
  const sample = sampleOf(body, schemas)
  const point = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => point(item, key))
    if (value && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, point(inner, name)]))
    return value === nobody ? (existing[`${key.replace(/Ids?$/, '')}s`] ?? nobody) : value
  }
  return point(sample, '')
}

it('law 2: knows a row of its own for every noun that an address can name', () => {
  const nouns = [...new Set(withId.map(({ path }) => nounOf(path)))]
  expect(nouns.filter((noun) => !(noun in existing))).toEqual([])
})

it.each(withId.map((operation) => [operation.name, operation] as const))(
  'law 2: %s answers for a row of another merchant as for none',
  async (_name, operation) => {
    const { path, method, body } = operation
    const ask = async (id: string) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
      const send = api.asRival('owner')
      const answer =
        method === 'get'
          ? await send.get(fill(path, id))
          : await send[method](
              fill(path, id),
              body ? bodyFor(body) : undefined,
              body ? headers : { 'idempotency-key': headers['idempotency-key'] },
            )
      return { status: answer.status, body: { ...answer.body, requestId: null } }
    }
    const foreign = await ask(existing[nounOf(path)] ?? nobody)
    const random = await ask(nobody)
    expect(foreign).toEqual(random)
    expect(foreign.status).toBe(404)
  },
)
