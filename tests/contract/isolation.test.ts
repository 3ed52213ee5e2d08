import { expect, it } from 'vitest'
import { contractOf, idPathsOf, sampleOf, sampleWithId } from '../support/contract.ts'
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

/** Rows that bodies and questions name by a field of their own. */
const owner = api.as('owner')
const pipeline = (await owner.get('/pipeline')).body
const [happening] = (await owner.get(`/orders/${existing.orders}/events`)).body.items
const named: Readonly<Record<string, string | undefined>> = {
  merchantId: api.merchant.merchantId,
  actorId: api.merchant.people.owner.memberId,
  assigneeId: existing.members,
  memberId: existing.members,
  toMemberId: existing.members,
  roleId: api.merchant.people.viewer.roleId,
  subjectId: existing.orders,
  ids: existing.orders,
  orderId: existing.orders,
  orderIds: existing.orders,
  exchangeOfOrderId: existing.orders,
  parcelIds: existing.parcels,
  stageId: existing.stages,
  reasonId: pipeline.reasons[0].id,
  storeId: existing.stores,
  connectionId: existing.stores,
  customerId: existing.customers,
  carrierAccountId: existing['carrier-accounts'],
  eventId: happening.id,
}
/** Products come later: no row of theirs can be pointed to yet. */
const rowless = ['variantId']
const guarded = operations.filter(({ permission }) => permission !== 'public')
const pointing = guarded.flatMap(({ body, ...operation }) =>
  idPathsOf(body, schemas)
    .filter((path) => !rowless.includes(fieldOf(path)))
    .map((path) => ({ ...operation, body: body ?? {}, at: path })),
)
function fieldOf(path: readonly string[]): string {
  return path.filter((part) => part !== '*').at(-1) ?? ''
}
const asking = guarded.flatMap(({ parameters, ...operation }) =>
  parameters
    .filter((parameter) => parameter.in === 'query' && idPathsOf(parameter.schema, schemas).length > 0)
    .map(({ name: field }) => ({ ...operation, field })),
)

/** What an answer says apart from the id that was asked with and what differs from one call to the next. */
const said = (answer: { status: number; text: string }, id: string): unknown => [
  answer.status,
  JSON.parse(answer.text.replaceAll(id, 'ID'), (key, value) => (key === 'requestId' ? null : value)),
]

it('law 2: knows a row for every field by which a body or a question can name one', () => {
  const fields = [...pointing.map(({ at }) => fieldOf(at)), ...asking.map(({ field }) => field)]
  expect([...new Set(fields)].filter((field) => named[field] === undefined)).toEqual([])
})

it.each(pointing.map((one) => [one.name, one.at.join('.'), one] as const))(
  'law 2: %s with %s of another merchant answers as with none',
  async (_name, _at, { path, method, body, at }) => {
    const rival = api.asRival('owner')
    const own = await rivalRow(nounOf(path))
    const ask = async (id: string) => {
      const sample = sampleWithId(body, at, id, schemas)
      const payload = { ...sample, ...('version' in sample && own ? { version: own.version } : {}) }
      const answer = await rival[method as 'post'](fill(path, own?.id ?? nobody), payload, {
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      })
      return said(answer, id)
    }
    expect(await ask(named[fieldOf(at)] ?? '')).toEqual(await ask(nobody))
  },
)

/** A row of the second merchant, where an address names one. */
const rivalRow = async (noun: string): Promise<{ id: string; version: number } | undefined> => {
  const rival = api.asRival('owner')
  if (noun === 'members') return (await rival.get(`/members/${api.rival.people.viewer.memberId}`)).body
  if (noun !== 'orders') return undefined
  const { body } = await rival.post('/orders', {
    customer: { name: 'Client', phone: '0661987654' },
    shippingAddress: { line: '4 rue Exemple', city: 'Rabat' },
    lines: [{ name: 'Lampe solaire', quantity: 1, unitPriceCentimes: 21_900 }],
  })
  return body
}

it.each(asking.map((one) => [one.name, one.field, one] as const))(
  'law 2: %s asked with %s of another merchant finds nothing',
  async (_name, _field, { path, field }) => {
    const ask = async (id: string) => said(await api.asRival('owner').get(`${fill(path, nobody)}?${field}=${id}`), id)
    expect(await ask(named[field] ?? '')).toEqual(await ask(nobody))
  },
)
