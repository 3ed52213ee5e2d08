import { expect, it } from 'vitest'
import { believable, contractOf, idPathsOf, sampleOf, sampleWith } from '../support/contract.ts'
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

/** What an address must say beside its ids, so that it is asked as far as them. */
const demanded = ({ parameters }: (typeof operations)[number]): string => {
  const needed = parameters.filter(({ in: where, required }) => where === 'query' && required)
  const said = needed.map(({ name, schema }): [string, string] => [name, String(sampleOf(schema, schemas))])
  return said.length > 0 ? `?${new URLSearchParams(said)}` : ''
}

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
    const addressOf = (id: string) => fill(path, id) + demanded(operation)
    const ask = async (id: string) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
      const send = api.asRival('owner')
      const answer =
        method === 'get'
          ? await send.get(addressOf(id))
          : await send[method](
              addressOf(id),
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

it.each(
  withId.filter(({ permission }) => permission !== 'session').map((operation) => [operation.name, operation] as const),
)("law 2: %s answers another merchant's API key for a row as for none", async (_name, operation) => {
  const { path, method, body } = operation
  const addressOf = (id: string) => fill(path, id) + demanded(operation)
  const ask = async (id: string) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
    const key = api.asKey('manager', api.rival)
    const answer =
      method === 'get'
        ? await key.get(addressOf(id))
        : await key[method](addressOf(id), body ? bodyFor(body) : undefined, body ? headers : {})
    return { status: answer.status, body: { ...answer.body, requestId: null } }
  }
  const foreign = await ask(existing[nounOf(path)] ?? nobody)
  expect(foreign).toEqual(await ask(nobody))
  expect([403, 404]).toContain(foreign.status)
})

const rival = { ...api, as: api.asRival, merchant: api.rival }
const own = await fixtures(rival)

/** The noun that an id in a body or a query belongs to, by its name there. */
const nounOfName = (name: string): string => {
  const word = name.replace(/Ids?$/, '')
  const known: Record<string, string> = {
    toMember: 'members',
    assignee: 'members',
    actor: 'members',
    exchangeOfOrder: 'orders',
    keepOrder: 'orders',
    subject: 'orders',
    afterStage: 'stages',
    nextStage: 'stages',
    previousStage: 'stages',
    driverMember: 'members',
    carrierAccount: 'carrier-accounts',
    ids: 'orders',
    connection: 'stores',
    account: 'carrier-accounts',
    incomingCall: 'incoming-calls',
    media: 'media',
  }
  return known[word] ?? `${word}s`
}
const nameIn = (path: readonly string[]): string => path.findLast((part) => part !== '*') ?? ''

const withIdsInside = operations.flatMap((operation) => {
  const { path, permission, body } = operation
  if (!path.startsWith('/api/v1') || permission === 'public' || !body) return []
  const ids = idPathsOf(body, schemas)
  return ids.map((at) => ({ operation, at }))
})
const withIdsAsked = operations.flatMap((operation) =>
  operation.parameters
    .filter(({ name, in: where }) => where === 'query' && /Ids?$|^ids$/.test(name) && name !== 'cityId')
    .map(({ name }) => ({ operation, name })),
)

it('law 2: knows a row for every noun that a body or a query can name', () => {
  const names = [...withIdsInside.map(({ at }) => nameIn(at)), ...withIdsAsked.map(({ name }) => name)]
  expect([...new Set(names)].filter((name) => !(nounOfName(name) in existing))).toEqual([])
})

/** Whether the id was looked up and found to be none of one's own, which a body of another shape is never asked. */
const isUnknownIn = (body: unknown, field: string | undefined): boolean =>
  ((body as { fields?: { path: string; code: string }[] }).fields ?? []).some(
    ({ path, code }) => path === field && code === 'not_in_list',
  )

/** A carousel has two cards at least. */
const cards = (mediaId: string) => {
  const buttons = [{ kind: 'quick_reply', text: 'Oui', url: null }]
  return [1, 2].map((number) => ({ mediaId, body: `Pack ${number}`, buttons }))
}
/** What a body says besides, so that its ids are looked up at all; sometimes around the id itself. */
const besides: Record<string, object | ((id: string) => object)> = {
  // Only a carrier without API is driven by a member.
  'driverMemberId of POST /api/v1/carrier-accounts': { carrier: 'manual', name: 'Atlas Colis' },
  'orderIds.* of POST /api/v1/parcels': { carrierAccountId: own['carrier-accounts'] },
  'orderId of POST /api/v1/whatsapp/conversations/{id}/messages': { text: 'Bonjour' },
  'cards.*.mediaId of POST /api/v1/whatsapp/templates': (id: string) => ({ category: 'marketing', cards: cards(id) }),
  'cards.*.mediaId of PATCH /api/v1/whatsapp/templates/{id}': (id: string) => ({
    cards: cards(id).map(({ mediaId }) => ({ mediaId })),
  }),
  'params.memberId of POST /api/v1/bulk-operations': { action: 'assign' },
  'params.carrierAccountId of POST /api/v1/bulk-operations': { action: 'ship' },
}
/** Orders are moved somewhere unless the name says otherwise. */
const paramsOf = (name: string): object =>
  name.endsWith('of POST /api/v1/bulk-operations') && !(name in besides) ? { stageId: own['stages'] } : {}

/** In which version one's own row is, read by itself or where its noun is listed. */
const versionOf = async (target: string): Promise<number | undefined> => {
  const [, noun, id] = target.split('/')
  const one = await rival.as('owner').get(`/${noun}/${id ?? ''}`)
  if (one.body?.version) return one.body.version
  const all = await rival.as('owner').get(`/${noun}`)
  return all.body?.items?.find((row: { id: string }) => row.id === id)?.version
}

/** The answer without what differs between any two askings: whose it is, which row was made, and when. */
const comparable = ({ status, text }: { status: number; text: string }, id: string) => ({
  status,
  text: text
    .replaceAll(id, 'the id')
    .replace(/^\{"id":"[^"]*"/, '{')
    .replaceAll(/"(?:requestId|createdAt|updatedAt)":"[^"]*"|"(?:version|position)":\d+/g, ''),
})

it.each(withIdsInside.map(({ operation, at }) => [`${at.join('.')} of ${operation.name}`, operation, at] as const))(
  "law 2: %s, beside one's own rows, is answered for a row of another merchant as for none",
  async (name, { path, method, body }, at) => {
    const target = fill(path, own[nounOf(path)] ?? nobody)
    const ask = async (id: string) => {
      // A person may have a few files made at once.
      if (path.endsWith('/exports')) await rival.runJobs()
      const sample = believable(sampleWith(body ?? {}, schemas, at, id)) as { params?: object; version?: number }
      const more = besides[name]
      const version = 'version' in sample ? { version: (await versionOf(target)) ?? sample.version } : {}
      const params = sample.params ? { params: { ...paramsOf(name), ...sample.params } } : {}
      const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
      return rival
        .as('owner')
        [method as 'post'](
          target,
          { ...sample, ...(typeof more === 'function' ? more(id) : more), ...params, ...version },
          headers,
        )
    }
    const foreignId = existing[nounOfName(nameIn(at))] ?? nobody
    const [foreign, random] = [await ask(foreignId), await ask(nobody)]
    expect(comparable(foreign, foreignId)).toEqual(comparable(random, nobody))
    if (!isUnknownIn(foreign.body, at[0])) expect(foreign.status, foreign.text).not.toBe(400)
    // What is kept or asked as a filter finds nothing; anything else says that it was not found.
    if (foreign.status < 300 && at[0] !== 'filter') expect(foreign.text).toContain('not_found')
  },
)

it.each(withIdsAsked.map(({ operation, name }) => [`${name} of ${operation.name}`, operation, name] as const))(
  'law 2: a filter by %s finds nothing of another merchant',
  async (_name, { path }, name) => {
    const ask = (id: string) => rival.as('owner').get(`${fill(path, own[nounOf(path)] ?? nobody)}?${name}=${id}`)
    const foreignId = existing[nounOfName(name)] ?? nobody
    const [foreign, random] = [await ask(foreignId), await ask(nobody)]
    expect(comparable(foreign, foreignId)).toEqual(comparable(random, nobody))
    expect(foreign.status, foreign.text).not.toBe(400)
  },
)
