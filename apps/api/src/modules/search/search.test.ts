import { beforeAll, describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import { givenOrder } from '../../../../../tests/support/orders.ts'
import { setOrderParcel } from '../orders/index.ts'

const api = await startApi()
const owner = api.as('owner')
const people = {
  latin: { name: 'Fatima-Zahra El Idrissi', phone: '0612345678', email: 'Fatima.Zahra@example.com' },
  arabic: { name: 'محمد العلوي', phone: '0770112233' },
  arabizi: { name: 'Mo7amed Benjelloun', phone: '0522987654' },
  accented: { name: 'Hélène Benoît', phone: '0699887766', alternatePhone: '0655443322' },
}
const orders: Record<string, { id: string; number: number; customer: { id: string } }> = {}

const find = async (q: string) => (await owner.get(`/search?q=${encodeURIComponent(q)}`)).body
const who = async (q: string) => (await find(q)).customers.map(({ name }: { name: string }) => name)
const which = async (q: string) => (await find(q)).orders.map(({ id }: { id: string }) => id)
const listed = async (q: string) =>
  (await owner.get(`/orders?q=${encodeURIComponent(q)}`)).body.items.map(({ id }: { id: string }) => id)

beforeAll(async () => {
  for (const [key, customer] of Object.entries(people))
    orders[key] = await givenOrder(owner, { customer, externalReference: `YC-${key}-77` })
  const parcel = {
    id: orders.latin?.id ?? '',
    status: 'created' as const,
    since: '2026-11-20T10:00:00.000Z',
    trackingNumber: 'SDT 0042-Ab',
    carrierAccountId: null,
  }
  await api.ctx().transaction((tx) => setOrderParcel(tx, parcel.id, parcel))
})

describe('one box finds an order', () => {
  it.each([
    ['its number', () => String(orders.latin?.number)],
    ['its number with the sign', () => `#${orders.latin?.number}`],
    ['its reference', () => 'yc-latin'],
    ['its tracking number, however it is typed', () => 'sdt0042ab'],
    ['its tracking number with spaces', () => 'SDT 0042'],
    ['a phone', () => '06 12 34 56 78'],
    ['a phone with the country', () => '+212 6 12 34 56 78'],
    ['a phone in Arabic digits', () => '٠٦١٢٣٤٥٦٧٨'],
    ['four digits from the middle of a phone', () => '3456'],
    ['the last four digits', () => '5678'],
    ['an e-mail', () => 'FATIMA.zahra@example'],
    ['the beginning of a name', () => 'fatim'],
    ['a later word of a name', () => 'idrissi'],
    ['two words in the other order', () => 'idrissi fat'],
    ['three words', () => 'fatima zahra idr'],
  ])('by %s', async (_how, text) => {
    expect(await which(text())).toContain(orders.latin?.id)
    expect(await listed(text())).toContain(orders.latin?.id)
  })

  it('by its alternate phone', async () => {
    expect(await which('0655443322')).toEqual([orders.accented?.id])
  })
})

describe('names are found in every script', () => {
  it('in their own, without accents, hamza or vowel signs', async () => {
    expect(await who('helene benoit')).toEqual(['Hélène Benoît'])
    expect(await who('مُحمّد')).toContain('محمد العلوي')
    expect(await who('العلوي محمد')).toEqual(['محمد العلوي'])
  })

  it('in the other one, and as people type Arabic on Latin keys', async () => {
    const all = ['Mo7amed Benjelloun', 'محمد العلوي']
    for (const q of ['mohamed', 'Mohammed', 'mo7amed', 'محمد']) expect([q, (await who(q)).toSorted()]).toEqual([q, all])
  })
})

describe('the box keeps to itself', () => {
  it('what says too little, and what nobody has', async () => {
    for (const q of ['a', '-', '#', '999', 'zzzzzz', '0000', "'; drop table orders; --", '%', '_', '👍']) {
      expect([q, await find(q)]).toEqual([q, { orders: [], customers: [] }])
      expect([q, await listed(q)]).toEqual([q, []])
    }
    expect((await owner.get('/search?q=')).status).toBe(400)
    expect((await owner.get('/search')).status).toBe(400)
  })

  it('what another merchant has', async () => {
    for (const q of ['0612345678', 'fatima', String(orders.latin?.number), 'yc-latin'])
      expect((await api.asRival('owner').get(`/search?q=${q}`)).body).toEqual({ orders: [], customers: [] })
  })

  it('a few of each, the newest first', async () => {
    const many = []
    for (let n = 0; n < 12; n += 1)
      many.push(await givenOrder(owner, { customer: { name: `Nombreux Client${n}`, phone: `06800000${10 + n}` } }))
    const { orders: found, customers } = await find('nombreux')
    expect(found.map(({ id }: { id: string }) => id)).toEqual(
      many
        .map(({ id }) => id)
        .reverse()
        .slice(0, 8),
    )
    expect(customers).toHaveLength(8)
    expect(await listed('nombreux')).toHaveLength(12)
  })
})

it('more matches than can be named are still all listed, page by page', async () => {
  const customer = orders.latin?.customer.id
  await api.ctx().transaction((tx) =>
    tx.db.execute(`insert into search_terms (merchant_id, term, kind, subject_id)
      select '${api.merchant.merchantId}'::uuid, 'commun', 'name', id from (
        select gen_random_uuid() as id from generate_series(1, 1200) union all select '${customer}'::uuid) as everybody`),
  )
  expect(await listed('commun')).toEqual([orders.latin?.id])
  expect((await owner.get('/orders/count?q=commun')).body.count).toBe(1)
})
