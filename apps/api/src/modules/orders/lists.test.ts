import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Answer, startApi } from '../../../../../tests/support/app.ts'
import {
  freshPhone,
  givenOrder,
  moveTo,
  reasonFor,
  receive,
  shopOrder,
  stageFor,
} from '../../../../../tests/support/orders.ts'
import { genericStore } from '../../../../../tests/support/shops.ts'
import { setOrderCash, setOrderParcel, setOrderReturn } from './index.ts'

const api = await startApi()
const owner = api.as('owner')
const { id: storeId } = await genericStore(api)
const carrierAccountId = '01900000-0000-7000-8000-0000000ca44e'

type Order = Answer['body']
const all: Order[] = []

/** Every page of a list, one after the other. */
const everything = async (query: string, client = owner, between?: () => Promise<unknown>): Promise<Order[]> => {
  const items: Order[] = []
  let cursor: string | null = null
  do {
    const page: Answer = await client.get(`/orders?${query}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)
    if (page.status !== 200) throw new Error(page.text)
    items.push(...page.body.items)
    cursor = page.body.nextCursor
    await between?.()
  } while (cursor !== null)
  return items
}
const ids = (orders: readonly Order[]) => orders.map(({ id }) => id)

const steps = [
  (order: Order) => moveTo(owner, order.id, 'unreachable'),
  (order: Order) => moveTo(owner, order.id, 'confirmed'),
  async (order: Order) => moveTo(owner, order.id, 'cancelled', { reasonId: await reasonFor(owner, 'duplicate') }),
  (order: Order) =>
    owner.post(`/orders/${order.id}/assign`, { memberId: api.merchant.people.owner.memberId, version: 1 }),
]

beforeAll(async () => {
  const cities = ['Casablanca', 'Rabat', 'فاس', 'Qwxyz']
  for (let n = 0; n < 36; n += 1) {
    const phone = n % 6 === 0 ? '+33612345678' : freshPhone()
    const common = { tags: n % 3 ? [] : ['vip', `t${n % 5}`] }
    const shop = shopOrder(`L-${n}`, {
      customer: { name: `Client ${n}`, email: null, phones: [phone] },
      ...common,
      totalCentimes: (n % 4) * 1_000,
    })
    const order =
      n % 4 === 3
        ? (await owner.get(`/orders/${(await receive(api, storeId, shop)).orderId}`)).body
        : await givenOrder(owner, {
            ...common,
            customer: { name: `Client ${n}`, phone },
            shippingAddress: { line: `${n} boulevard Zerktouni`, city: cities[n % cities.length] },
            lines: [{ name: `Produit ${n % 7}`, quantity: 1 + (n % 3), unitPriceCentimes: 5_000 }],
          })
    await steps[n % 6]?.(order)
    if (n % 5 === 0)
      await api.ctx().transaction(async (tx) => {
        const since = api.clock.now().toISOString()
        await setOrderParcel(tx, order.id, {
          id: order.id,
          status: 'in_transit',
          since,
          trackingNumber: `SDT${n}`,
          carrierAccountId,
        })
        await setOrderCash(tx, order.id, { status: 'due', since })
        if (n % 10 === 0) await setOrderReturn(tx, order.id, { status: 'expected', since })
      })
  }
  all.push(
    ...(await Promise.all(
      ids(await everything('limit=200')).map(async (id) => (await owner.get(`/orders/${id}`)).body),
    )),
  )
})

/** What each filter means, said naively. */
const meanings: Record<string, (order: Order, value: string) => boolean> = {
  stageId: (o, v) => o.stageId === v,
  state: (o, v) => o.state === v,
  city: (o, v) => o.shippingAddress.city?.id === v,
  regionCode: (o, v) => o.shippingAddress.regionCode === v,
  carrierAccountId: (o, v) => o.parcel?.carrierAccountId === v,
  storeId: (o, v) => o.storeId === v,
  assigneeId: (o, v) => (v === 'none' ? o.assignee === null : o.assignee?.id === api.merchant.people.owner.memberId),
  customerId: (o, v) => o.customer.id === v,
  tag: (o, v) => o.tags.includes(v),
  cash: (o, v) => o.cash.status === v,
  parcel: (o, v) => o.parcel?.status === v,
  return: (o, v) => o.return?.status === v,
  phoneVerdict: (o, v) => o.customer.phoneVerdict === v,
  toComplete: (o, v) => o.toComplete.length > 0 === (v === 'true'),
  duplicate: (o, v) => o.duplicateCount > 0 === (v === 'true'),
  late: (o, v) => (o.lateAt !== null && Date.parse(o.lateAt) <= api.clock.now().getTime()) === (v === 'true'),
  createdFrom: (o, v) => o.createdAt >= v,
  createdTo: (o, v) => o.createdAt < v,
  placedFrom: (o, v) => o.placedAt >= v,
  placedTo: (o, v) => o.placedAt < v,
  updatedFrom: (o, v) => o.updatedAt >= v,
}
const sorts: Record<string, (a: Order, b: Order) => number> = {
  '-createdAt': (a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : a.id < b.id ? 1 : -1),
  createdAt: (a, b) => -(sorts['-createdAt']?.(a, b) ?? 0),
  '-totalCentimes': (a, b) => b.totalCentimes - a.totalCentimes || (a.id < b.id ? 1 : -1),
  stateSince: (a, b) => (a.stateSince < b.stateSince ? -1 : a.stateSince > b.stateSince ? 1 : a.id < b.id ? -1 : 1),
}

/** Values that filters are tried with: those that orders have, and one that none has. */
const valuesOf = (name: string): string[] => {
  const some = all.slice(0, 12)
  const from = (pick: (order: Order) => string | null | undefined) =>
    [...new Set(some.map(pick))].filter((v): v is string => !!v)
  switch (name) {
    case 'stageId':
    case 'state':
    case 'storeId':
      return from((o) => o[name])
    case 'city':
      return [...from((o) => o.shippingAddress.city?.id), 'agadir']
    case 'regionCode':
      return [...from((o) => o.shippingAddress.regionCode), 'MA-12']
    case 'customerId':
      return from((o) => o.customer.id)
    case 'carrierAccountId':
      return [carrierAccountId, storeId]
    case 'assigneeId':
      return ['me', 'none', api.merchant.people.owner.memberId]
    case 'tag':
      return ['vip', 't0', 't3', 'none']
    case 'cash':
      return ['due', 'not_due', 'collected']
    case 'parcel':
      return ['in_transit', 'lost']
    case 'return':
      return ['expected', 'missing']
    case 'phoneVerdict':
      return ['good', 'doubtful']
    case 'createdFrom':
    case 'createdTo':
      return from((o) => o.createdAt)
    case 'placedFrom':
    case 'placedTo':
      return from((o) => o.placedAt)
    case 'updatedFrom':
      return from((o) => o.updatedAt)
    default:
      return ['true', 'false']
  }
}

const queryOf = (filters: readonly (readonly [string, string])[], sort: string, limit: number) =>
  new URLSearchParams([
    ...filters.map(([name, value]): [string, string] => [name, value]),
    ['sort', sort],
    ['limit', String(limit)],
  ]).toString()

describe('the list', () => {
  it('each filter alone, in every sort and page by page, is what it says', async () => {
    for (const [name, holds] of Object.entries(meanings))
      for (const value of valuesOf(name).slice(0, 2))
        for (const [sort, compare] of Object.entries(sorts)) {
          const found = await everything(queryOf([[name, value]], sort, 13))
          const expected = all.filter((order) => holds(order, value)).toSorted(compare)
          expect([name, value, sort, ids(found)]).toEqual([name, value, sort, ids(expected)])
        }
  })

  it('filters together never add rows: each narrows what the others leave', async () => {
    const anyFilter = fc.constantFrom(...Object.keys(meanings)).chain((name) => fc.nat().map((n) => [name, n] as const))
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyFilter, { minLength: 2, maxLength: 4, selector: ([name]) => name }),
        fc.constantFrom(...Object.keys(sorts)),
        fc.integer({ min: 2, max: 9 }),
        async (chosen, sort, limit) => {
          const filters = chosen.map(([name, n]) => {
            const values = valuesOf(name)
            return [name, values[n % values.length] ?? ''] as const
          })
          const found = await everything(queryOf(filters, sort, limit))
          const expected = all.filter((order) => filters.every(([name, value]) => meanings[name]?.(order, value)))
          expect(ids(found)).toEqual(ids(expected.toSorted(sorts[sort])))
          const count = await owner.get(
            `/orders/count?${new URLSearchParams(filters.map(([n, v]): [string, string] => [n, v]))}`,
          )
          expect(count.body).toEqual({ count: expected.length, capped: false })
        },
      ),
      { numRuns: 25 },
    )
  })

  it('shows in a summary what the order itself says', async () => {
    for (const item of await everything('limit=200')) {
      const order = all.find(({ id }) => id === item.id)
      expect(order).toMatchObject(item)
    }
  })

  it('pages put together are the whole list, none twice, while orders keep coming', async () => {
    for (const sort of Object.keys(sorts)) {
      const before = ids(await everything(`sort=${sort}&limit=200`))
      const seen = ids(await everything(`sort=${sort}&limit=9`, owner, () => givenOrder(owner)))
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen.filter((id) => before.includes(id))).toEqual(before)
    }
  })

  it('refuses what is not in the lists of filters and sorts, and cursors of other lists', async () => {
    const next = (await owner.get('/orders?limit=1')).body.nextCursor
    const forged = Buffer.from(JSON.stringify(['orders:-createdAt', "x'; drop table orders", 'y'])).toString(
      'base64url',
    )
    for (const query of [
      'sort=name',
      'customerName=x',
      'limit=0',
      'limit=201',
      'stageId=7',
      'state=lost',
      'cursor=abc',
      `cursor=${forged}`,
      `sort=createdAt&cursor=${next}`,
      'assigneeId=her',
      'createdFrom=yesterday',
    ])
      expect([query, (await owner.get(`/orders?${query}`)).status]).toEqual([query, 400])
  })
})

describe('the board', () => {
  it('has every active stage in order, with count, sum and since when', async () => {
    const everyOrder = await everything('limit=200')
    const { stages } = (await owner.get('/pipeline')).body
    const { columns } = (await owner.get('/board')).body
    expect(columns.map(({ stageId }: { stageId: string }) => stageId)).toEqual(ids(stages))
    for (const column of columns) {
      const held = everyOrder.filter(({ stageId }) => stageId === column.stageId)
      expect(column).toEqual({
        stageId: column.stageId,
        count: held.length,
        capped: false,
        sumCentimes: held.reduce((sum, { totalCentimes }) => sum + totalCentimes, 0),
        oldestSince: held.map(({ stateSince }) => stateSince).toSorted()[0] ?? null,
      })
    }
  })

  it('takes the filters of the list', async () => {
    const held = await everything('tag=vip&limit=200')
    const { columns } = (await owner.get('/board?tag=vip')).body
    expect(columns.reduce((sum: number, { count }: { count: number }) => sum + count, 0)).toBe(held.length)
  })

  it('counts to a thousand; the exact figure on demand', async () => {
    const stageId = await stageFor(owner, 'shipped')
    const [{ id }] = all
    await api.ctx().transaction(async (tx) => {
      const columns = (
        await tx.db.execute<{ name: string }>(
          `select attname as name from pg_attribute where attrelid = 'orders'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
        )
      ).rows.map(({ name }) => name)
      const values = columns.map((name) => {
        if (name === 'id') return 'gen_random_uuid()'
        if (name === 'number') return '900000 + n'
        if (name === 'external_id') return 'null'
        return name === 'stage_id' ? `'${stageId}'::uuid` : name
      })
      await tx.db.execute(
        `insert into orders (${columns.join(', ')}) select ${values.join(', ')} from orders, generate_series(1, 1004) n where id = '${id}'`,
      )
    })
    const column = async (query: string) =>
      (await owner.get(`/board${query}`)).body.columns.find((one: { stageId: string }) => one.stageId === stageId)
    expect(await column('')).toMatchObject({ count: 1_000, capped: true, sumCentimes: null })
    expect(await column('?exact=true')).toMatchObject({ count: 1_004, capped: false, sumCentimes: expect.any(Number) })
    expect((await owner.get(`/orders/count?stageId=${stageId}`)).body).toEqual({ count: 1_000, capped: true })
    expect((await owner.get(`/orders/count?stageId=${stageId}&exact=true`)).body).toEqual({
      count: 1_004,
      capped: false,
    })
    const money = (await api.as('confirmation_agent').get('/board')).body.columns
    for (const { sumCentimes } of money) expect(sumCentimes).toBeNull()
  })
})
