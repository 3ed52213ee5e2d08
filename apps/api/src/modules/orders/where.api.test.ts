import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, startApi } from '../../../../../tests/support/app.ts'
import { freshPhone, givenOrder, moveTo } from '../../../../../tests/support/orders.ts'

const api = await startApi()
const owner = api.as('owner')
const agent = api.as('confirmation_agent')
const viewer = api.as('viewer')

const text = (where: object) => encodeURIComponent(JSON.stringify(where))
const found = async (where: object, client: Client = owner, more = ''): Promise<Set<string>> => {
  const ids = new Set<string>()
  for (let cursor = ''; ; ) {
    const { status, body, text: said } = await client.get(`/orders?limit=7&where=${text(where)}${more}${cursor}`)
    if (status !== 200) throw new Error(said)
    for (const { id } of body.items) {
      expect(ids.has(id)).toBe(false)
      ids.add(id)
    }
    if (body.nextCursor === null) return ids
    cursor = `&cursor=${body.nextCursor}`
  }
}

const names = ['محمد العلوي', 'Mohamed Alaoui', 'Salma Ben Jelloun']
const cities = ['Casablanca', 'Rabat', 'Marrakech']
let all: any[] = []
beforeAll(async () => {
  for (let index = 0; index < 36; index += 1) {
    const name = names[index] ?? 'Fatima Zahra El Idrissi'
    const order = await givenOrder(owner, {
      customer: { name, phone: freshPhone() },
      shippingAddress: { line: `${index} rue du Test`, city: cities[index % 3] },
      tags: index % 4 === 0 ? ['promo'] : [],
      lines: [{ name: 'Lampe', quantity: 1 + (index % 5), unitPriceCentimes: 10_000 }],
    })
    if (index % 2 === 0) await moveTo(owner, order.id, index % 6 === 0 ? 'confirmed' : 'unreachable')
  }
  all = (await owner.get('/orders?limit=200')).body.items
})

type Leaf = { readonly term: object; readonly holds: (order: any) => boolean }
const leaves: fc.Arbitrary<Leaf> = fc.oneof(
  fc.subarray(['casablanca', 'rabat', 'marrakech'], { minLength: 1 }).chain((values) =>
    fc.constantFrom(
      { term: { field: 'city', op: 'in', values }, holds: (o: any) => values.includes(o.shippingAddress.city?.id) },
      {
        term: { field: 'city', op: 'notIn', values },
        holds: (o: any) => !values.includes(o.shippingAddress.city?.id),
      },
    ),
  ),
  fc.subarray(['new', 'confirmed', 'unreachable'], { minLength: 1 }).map((values) => ({
    term: { field: 'state', op: 'in', values },
    holds: (o: any) => values.includes(o.state),
  })),
  fc.integer({ min: 10_000, max: 60_000 }).chain((value) =>
    fc.constantFrom(
      {
        term: { field: 'totalCentimes', op: 'atLeast', values: [value] },
        holds: (o: any) => o.totalCentimes >= value,
      },
      {
        term: { field: 'totalCentimes', op: 'atMost', values: [value] },
        holds: (o: any) => o.totalCentimes <= value,
      },
    ),
  ),
  fc.constantFrom(
    { term: { field: 'tag', op: 'in', values: ['promo'] }, holds: (o: any) => o.tags.includes('promo') },
    { term: { field: 'tag', op: 'notIn', values: ['promo'] }, holds: (o: any) => !o.tags.includes('promo') },
    { term: { field: 'assigneeId', op: 'notSet' }, holds: (o: any) => o.assignee === null },
    { term: { field: 'toComplete', op: 'in', values: [true] }, holds: (o: any) => o.toComplete.length > 0 },
    { term: { field: 'createdAt', op: 'lastDays', values: [2] }, holds: () => true },
    { term: { field: 'stateSince', op: 'olderThanDays', values: [1] }, holds: () => false },
  ),
)
const join = (word: 'all' | 'any', parts: readonly Leaf[]): Leaf => ({
  term: { [word]: parts.map(({ term }) => term) },
  holds: (order) =>
    word === 'all' ? parts.every(({ holds }) => holds(order)) : parts.some(({ holds }) => holds(order)),
})
const words = fc.constantFrom<'all' | 'any'>('all', 'any')
const groups = fc
  .tuple(words, fc.array(leaves, { minLength: 1, maxLength: 3 }))
  .map(([word, parts]) => join(word, parts))
const sentences = fc
  .tuple(words, fc.array(fc.oneof(leaves, groups), { minLength: 1, maxLength: 3 }))
  .map(([word, parts]) => join(word, parts))

describe('a sentence of filters', () => {
  it('finds a customer by words of a name in any order and either script, the last by its beginning', async () => {
    const named = async (words: string, client = owner) => {
      const ids = await found({ all: [{ field: 'customerName', op: 'contains', values: [words] }] }, client)
      return all.filter(({ id }) => ids.has(id)).map((order) => order.customer.name)
    }
    expect((await named('Mohamed')).sort()).toEqual(['Mohamed Alaoui', 'محمد العلوي'])
    expect(await named('علوي')).toEqual([])
    expect(await named('العلوي محم')).toEqual(['محمد العلوي'])
    expect(await named('alaoui moh')).toEqual(['Mohamed Alaoui'])
    expect(await named('jelloun ben sal')).toEqual(['Salma Ben Jelloun'])
    expect(await named('salma', viewer)).toEqual(['Salma Ben Jelloun'])
    const vague = await owner.get(
      `/orders?where=${text({ all: [{ field: 'customerName', op: 'contains', values: ['a'] }] })}`,
    )
    expect(vague).toMatchObject({ status: 400, body: { code: 'request.invalid' } })
  })

  it('finds exactly the orders for which it holds, page by page, and counts them', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        sentences,
        fc.constantFrom('-createdAt', 'createdAt', '-totalCentimes', 'stateSince'),
        async ({ term, holds }, sort) => {
          const expected = new Set(all.filter(holds).map(({ id }) => id))
          expect(await found(term, owner, `&sort=${sort}`)).toEqual(expected)
          for (const exact of ['', '&exact=true'])
            expect((await owner.get(`/orders/count?where=${text(term)}${exact}`)).body.count).toBe(expected.size)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('never adds a row: role, other filters and columns stand around it', { timeout: 120_000 }, async () => {
    const whole = new Set((await agent.get('/orders?limit=200')).body.items.map(({ id }: any) => id))
    const ofRabat = new Set(all.filter((o) => o.shippingAddress.city?.id === 'rabat').map(({ id }) => id))
    await fc.assert(
      fc.asyncProperty(sentences, async ({ term }) => {
        for (const id of await found(term, agent)) expect(whole.has(id)).toBe(true)
        for (const id of await found(term, owner, '&city=rabat')) expect(ofRabat.has(id)).toBe(true)
        const { columns } = (await agent.get(`/board?where=${text(term)}`)).body
        const counted = columns.reduce((sum: number, { count }: any) => sum + count, 0)
        expect(counted).toBe((await found(term, agent)).size)
      }),
      { numRuns: 20 },
    )
  })

  it('law 12: refuses a role that must not find orders by a phone, whether it exists or not', async () => {
    for (const phone of [all[0].customer.phone, '0600000000'])
      for (const client of [agent, viewer, api.as('delivery_agent')]) {
        const where = text({ any: [{ field: 'phone', op: 'in', values: [phone] }] })
        const answers = await Promise.all(
          ['/orders', '/orders/count', '/board'].map((path) => client.get(`${path}?where=${where}`)),
        )
        for (const { status, body } of answers) expect([status, body.code]).toEqual([403, 'auth.forbidden'])
      }
    const where = { all: [{ field: 'phone', op: 'in', values: [all[0].customer.phone.replace('+212', '0')] }] }
    expect([...(await found(where))]).toEqual([all[0].id])
  })

  it.each([
    'nothing',
    '[]',
    '{"all":[]}',
    '{"all":[{"field":"merchantId","op":"in","values":["x"]}]}',
    '{"all":[{"field":"city","op":"in","values":["rabat"],"raw":"1=1"}]}',
    '{"any":[{"all":[{"any":[{"field":"city","op":"isSet"}]}]}]}',
    '{"all":[{"field":"stageId","op":"in","values":["\' or true --"]}]}',
  ])('refuses %s', async (where) => {
    const { status, body } = await owner.get(`/orders?where=${encodeURIComponent(where)}`)
    expect([status, body.code]).toEqual([400, 'request.invalid'])
  })
})
