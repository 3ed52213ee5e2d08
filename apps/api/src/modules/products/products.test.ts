import { describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import { orderBody } from '../../../../../tests/support/orders.ts'

const api = await startApi()
const owner = api.as('owner')
let made = 0
const fresh = () => `SKU-${(made += 1)}`
const given = async (over: object = {}) => {
  const { status, body, text } = await owner.post('/products', {
    name: 'Huile d’argan',
    sku: fresh(),
    priceCentimes: 12_900,
    ...over,
  })
  if (status !== 201) throw new Error(text)
  return body
}
const found = async (query: string) => (await owner.get(`/products?${query}`)).body.items.map(({ id }: any) => id)

describe('a product', () => {
  it('is kept as it was typed, and is a variant of itself', async () => {
    const product = await given({ name: 'Savon noir', sku: ' sav-1 ', tags: ['hammam'] })
    expect(product).toMatchObject({ name: 'Savon noir', sku: 'sav-1', priceCentimes: 12_900, tags: ['hammam'] })
    expect(product).toMatchObject({ active: true, version: 1, variantCount: 0, photoId: null })
    expect(product.variants).toMatchObject([{ name: null, sku: 'sav-1', priceCentimes: 12_900, active: true }])
    expect((await owner.get(`/products/${product.id}`)).body).toEqual(product)
  })

  it('has a SKU that no other has, in whatever case, also when both come at once', async () => {
    const answers = await Promise.all(
      ['dup-9', 'DUP-9', ' Dup-9'].map((sku) => owner.post('/products', { name: 'Double', sku, priceCentimes: 1 })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
    const refused = answers.find(({ status }) => status === 409)
    expect(refused?.body).toMatchObject({ code: 'product.sku_taken', fields: [{ path: 'sku', code: 'taken_sku' }] })
    expect(
      (await api.asRival('owner').post('/products', { name: 'Autre', sku: 'dup-9', priceCentimes: 1 })).status,
    ).toBe(201)
  })

  it('is edited in the version that was seen; the second of two editors sees what the first did', async () => {
    const { id, version } = await given()
    const first = await owner.patch(`/products/${id}`, { version, name: 'Huile pure', priceCentimes: 14_000 })
    expect(first.body).toMatchObject({ name: 'Huile pure', priceCentimes: 14_000, version: 2 })
    const second = await owner.patch(`/products/${id}`, { version, tags: ['promo'] })
    expect(second.status).toBe(409)
    expect(second.body).toMatchObject({
      code: 'product.changed_meanwhile',
      current: { name: 'Huile pure', version: 2 },
    })
  })

  it('is archived and put on sale again, and says so in the journal', async () => {
    const { id } = await given()
    expect((await owner.post(`/products/${id}/archive`)).body.active).toBe(false)
    expect((await owner.post(`/products/${id}/archive`)).body.version).toBe(2)
    expect(await found('active=true&limit=200')).not.toContain(id)
    expect(await found('active=false&limit=200')).toContain(id)
    expect((await owner.post(`/products/${id}/restore`)).body.active).toBe(true)
    const { body } = await owner.get(`/audit-log?subjectKind=product&subjectId=${id}`)
    expect(body.items.map(({ type }: any) => type)).toEqual(['product.restored', 'product.archived', 'product.created'])
  })

  it('has variants with a SKU and a price each, which go off sale one by one', async () => {
    const product = await given({ name: 'Caftan' })
    const added = await owner.post(`/products/${product.id}/variants`, {
      version: product.version,
      name: 'Noir / L',
      sku: fresh(),
      priceCentimes: 49_900,
    })
    expect(added.status).toBe(201)
    const variant = added.body.variants[1]
    expect(variant).toMatchObject({ name: 'Noir / L', priceCentimes: 49_900, active: true })
    const taken = await owner.post(`/products/${product.id}/variants`, {
      version: added.body.version,
      name: 'Noir / M',
      sku: product.sku,
      priceCentimes: 1,
    })
    expect(taken.body.code).toBe('product.sku_taken')
    const off = await owner.patch(`/products/${product.id}/variants/${variant.id}`, {
      version: added.body.version,
      active: false,
    })
    expect(off.body.variants[1].active).toBe(false)
    const choices = async () => (await owner.get('/variants?q=caftan')).body.items.map(({ id }: any) => id)
    expect(await choices()).toEqual([product.variants[0].id])
  })

  it('is found by the beginnings of its words in either script, by its SKU and by its tag', async () => {
    const { id } = await given({ name: 'Tagine en terre طاجين', sku: 'TAG-700', tags: ['cuisine'] })
    for (const typed of ['tagine', 'TAG terre', 'طاجين', 'tag700', 'TAG-700'])
      expect(await found(`q=${encodeURIComponent(typed)}`), typed).toEqual([id])
    expect(await found('tag=cuisine')).toEqual([id])
    expect(await found('q=agine')).toEqual([])
    expect(await found(`q=${encodeURIComponent('–')}`)).toEqual([])
  })

  it('is listed page after page, newest first, none twice', async () => {
    const ids: string[] = []
    let cursor: string | null = null
    do {
      const { body } = await owner.get(`/products?limit=3${cursor ? `&cursor=${cursor}` : ''}`)
      ids.push(...body.items.map(({ id }: any) => id))
      cursor = body.nextCursor
    } while (cursor !== null)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual([...ids].sort().reverse())
  })
})

describe('a photo', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const give = (id: string, bytes: Buffer, type = 'image/png') =>
    owner.put(`/products/${id}/photo`, bytes, { 'content-type': type })

  it('is kept, given out with the type of its bytes, replaced and taken away', async () => {
    const { id } = await given()
    const first = await give(id, png, 'image/jpeg')
    expect(first.status).toBe(200)
    const answer = await owner.get(`/products/${id}/photo`)
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'image/png'])
    expect((await give(id, png)).body.photoId).not.toBe(first.body.photoId)
    expect((await owner.delete(`/products/${id}/photo`)).body.photoId).toBeNull()
    expect((await owner.get(`/products/${id}/photo`)).body.code).toBe('photo.not_found')
  })

  it('has an address that needs no token, stays for half a day, and names one photo only', async () => {
    const { id } = await given()
    const { photoUrl } = (await give(id, png)).body
    const get = (url: string) => api.withToken(null).get(url.replace('/api/v1', ''))
    const answer = await get(photoUrl)
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'image/png'])
    expect(answer.headers['cache-control']).toContain('immutable')
    const [listed] = (await owner.get('/products?limit=1')).body.items
    expect(listed.photoUrl).toBe(photoUrl)
    expect((await get('/api/v1/photos/x')).body.code).toBe('photo.not_found')
    await give(id, png)
    expect((await get(photoUrl)).body.code).toBe('photo.not_found')
  })

  it('is shown beside each line of an order that is the product, also to who may not list products', async () => {
    const { id, sku } = await given()
    const { photoUrl } = (await give(id, png)).body
    const lines = [
      { sku, name: 'As the shop calls it', quantity: 1, unitPriceCentimes: 100 },
      { name: 'Another thing', quantity: 1, unitPriceCentimes: 100 },
    ]
    const { body: order } = await owner.post('/orders', orderBody({ lines }))
    const photosFor = async (client: typeof owner) =>
      (await client.get(`/orders/${order.id}`)).body.lines.map((line: { photoUrl: string | null }) => line.photoUrl)
    expect(order.lines.map((line: { photoUrl: string | null }) => line.photoUrl)).toEqual([photoUrl, null])
    expect(await photosFor(owner)).toEqual([photoUrl, null])
    const member = api.merchant.people.delivery_agent.memberId
    await owner.post(`/orders/${order.id}/assign`, { memberId: member, version: order.version })
    expect(await photosFor(api.as('delivery_agent'))).toEqual([photoUrl, null])
  })

  it.each([
    ['a page that calls itself a picture', Buffer.from('<html><script>alert(1)</script>'), 'photo.unreadable'],
    [
      'a picture of 4,000 pixels',
      Buffer.concat([png.subarray(0, 16), Buffer.from([0, 0, 15, 160]), png.subarray(20)]),
      'photo.too_large',
    ],
  ])('that is %s is refused, and the product stays as it was', async (_name, bytes, code) => {
    const product = await given()
    expect((await give(product.id, bytes)).body.code).toBe(code)
    expect((await owner.get(`/products/${product.id}`)).body).toEqual(product)
  })

  it('beyond the limit of bytes is refused before it is read', async () => {
    const { id } = await given()
    expect((await give(id, Buffer.alloc(600_000, 1))).body.code).toBe('request.too_large')
  })
})

it('is read by who confirms and by who looks on, and changed by neither', async () => {
  const { id, version } = await given()
  for (const role of ['confirmation_agent', 'viewer'] as const) {
    expect((await api.as(role).get(`/products/${id}`)).status).toBe(200)
    expect((await api.as(role).patch(`/products/${id}`, { version, name: 'X' })).status).toBe(403)
  }
  expect((await api.as('delivery_agent').get('/products')).status).toBe(403)
})
