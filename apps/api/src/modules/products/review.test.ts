import { describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import { freshPhone, givenOrder, receive, shopOrder } from '../../../../../tests/support/orders.ts'
import { genericStore } from '../../../../../tests/support/shops.ts'

const api = await startApi()
const owner = api.as('owner')
const { id: storeId } = await genericStore(api)
const { id: otherStoreId } = await genericStore(api, { name: 'Page Savon' })

let made = 0
const line = (over: object = {}) => ({
  externalId: '1',
  sku: null,
  name: 'Savon noir',
  quantity: 1,
  unitPriceCentimes: 4_900,
  ...over,
})
const arrives = async (lines: object[], store = storeId): Promise<string> => {
  const customer = { name: 'Salma Bennani', email: null, phones: [freshPhone()] }
  const { orderId } = await receive(api, store, shopOrder(`R-${(made += 1)}`, { customer, lines: lines as never }))
  return orderId
}
const linesOf = async (id: string) => (await owner.get(`/orders/${id}`)).body.lines
const product = async (over: object) => {
  const { status, body, text } = await owner.post('/products', { name: 'Produit', priceCentimes: 4_900, ...over })
  if (status !== 201) throw new Error(text)
  return body
}
const listed = async (status = 'open') => (await owner.get(`/shop-products?status=${status}&limit=200`)).body.items
const waiting = async (name: string) => (await listed()).find((item: any) => item.name === name)
const act = async (id: string, action: string, body?: object) => owner.post(`/shop-products/${id}/${action}`, body)

describe('a line that arrives', () => {
  it('is linked by its SKU in whatever case, and is not on the review list', async () => {
    const { id, variants } = await product({ name: 'Lampe', sku: 'LAMP-1' })
    const orderId = await arrives([line({ sku: ' lamp-1', name: 'Lampe de la boutique' })])
    expect(await linesOf(orderId)).toMatchObject([
      { productId: id, variantId: variants[0].id, name: 'Lampe de la boutique' },
    ])
    expect(await waiting('Lampe de la boutique')).toBeUndefined()
  })

  it('with an unknown SKU waits on the list, once however many orders ask for it at once', async () => {
    await Promise.all(Array.from({ length: 12 }, () => arrives([line({ sku: 'NEW-1', name: 'Gant kessa' })])))
    const found = (await listed()).filter((item: any) => item.sku === 'NEW-1')
    expect(found).toMatchObject([
      { name: 'Gant kessa', orderCount: 12, storeId, lastPriceCentimes: 4_900, proposal: null },
    ])
  })

  it('without a SKU is only proposed the product of exactly its name, never given it', async () => {
    const { variants } = await product({ name: 'Eau de rose' })
    const orderId = await arrives([line({ name: 'EAU DE ROSE' })])
    expect(await linesOf(orderId)).toMatchObject([{ productId: null, variantId: null }])
    expect((await waiting('EAU DE ROSE')).proposal.id).toBe(variants[0].id)
    await product({ name: 'Eau de rose' })
    expect((await waiting('EAU DE ROSE')).proposal).toBeNull()
  })

  it('is asked about per shop: what one shop calls so may be another thing elsewhere', async () => {
    await Promise.all([arrives([line({ name: 'Pack' })]), arrives([line({ name: 'Pack' })], otherStoreId)])
    expect((await listed()).filter((item: any) => item.name === 'Pack')).toHaveLength(2)
  })
})

describe('what a person says of it', () => {
  it('links the lines that came and those that come, and is taken back as a whole', async () => {
    const { id, variants } = await product({ name: 'Ghassoul', sku: 'GHA-1' })
    const before = await arrives([line({ sku: 'OLD-GHA', name: 'Ghassoul 1kg' })])
    const thing = await waiting('Ghassoul 1kg')
    expect((await act(thing.id, 'link', { variantId: variants[0].id })).body).toMatchObject({
      status: 'linked',
      variant: { id: variants[0].id },
    })
    const after = await arrives([line({ sku: 'old-gha', name: 'Autre texte' })])
    for (const orderId of [before, after]) expect(await linesOf(orderId)).toMatchObject([{ productId: id }])
    expect((await act(thing.id, 'reopen')).body.status).toBe('open')
    for (const orderId of [before, after]) expect(await linesOf(orderId)).toMatchObject([{ productId: null }])
  })

  it('makes a product of it under its SKU, which the other shops are then known by too', async () => {
    const orders = [
      await arrives([line({ sku: 'KES-9', name: 'Kessa' })]),
      await arrives([line({ sku: 'KES-9', name: 'Gant' })], otherStoreId),
    ]
    const thing = await waiting('Kessa')
    const { body } = await act(thing.id, 'adopt', {})
    expect(body).toMatchObject({
      status: 'linked',
      variant: { productName: 'Kessa', sku: 'KES-9', priceCentimes: 4_900 },
    })
    for (const orderId of orders) expect((await linesOf(orderId))[0].productId).toBe(body.variant.productId)
    expect(await waiting('Gant')).toBeUndefined()
  })

  it('is taken back with the product that was made, unless that one is needed or was worked on', async () => {
    await arrives([line({ sku: 'BACK-1', name: 'Bougie' })])
    const thing = await waiting('Bougie')
    const first = (await act(thing.id, 'adopt', {})).body.variant.productId
    await act(thing.id, 'reopen')
    expect((await owner.get(`/products/${first}`)).status).toBe(404)
    const again = (await act(thing.id, 'adopt', { priceCentimes: 9_900 })).body.variant.productId
    await owner.patch(`/products/${again}`, { version: 1, name: 'Bougie rose' })
    await act(thing.id, 'reopen')
    expect((await owner.get(`/products/${again}`)).body.name).toBe('Bougie rose')
  })

  it('leaves what is no product off the list, with its lines as the shop wrote them', async () => {
    const orderId = await arrives([line({ name: 'Emballage cadeau' })])
    const thing = await waiting('Emballage cadeau')
    expect((await act(thing.id, 'ignore')).body.status).toBe('ignored')
    await arrives([line({ name: 'Emballage cadeau' })])
    expect(await waiting('Emballage cadeau')).toBeUndefined()
    expect(await linesOf(orderId)).toMatchObject([{ name: 'Emballage cadeau', productId: null }])
    expect((await act(thing.id, 'adopt', {})).status).toBe(200)
    expect((await act(thing.id, 'ignore')).body.code).toBe('shop_product.settled')
  })

  it('reaches more lines than one transaction takes, by the job', async () => {
    const lines = Array.from({ length: 60 }, (_, at) => line({ externalId: String(at), sku: 'MANY', name: 'Carton' }))
    for (let at = 0; at < 10; at += 1) await arrives(lines)
    const { variants } = await product({ name: 'Carton', sku: 'CARTON' })
    const thing = await waiting('Carton')
    await act(thing.id, 'link', { variantId: variants[0].id })
    await api.runJobs()
    const { rows } = await api
      .ctx()
      .read((tx) =>
        tx.db.execute(
          `select count(*)::int as left from order_lines where shop_product_id = '${thing.id}' and variant_id is null`,
        ),
      )
    expect(rows).toEqual([{ left: 0 }])
  })
})

it('a product that is added later under the SKU takes the lines that waited for it', async () => {
  const orderId = await arrives([line({ sku: 'LATE-1', name: 'Tardif' })])
  const { id } = await product({ name: 'Tardif', sku: 'late-1' })
  expect((await linesOf(orderId))[0].productId).toBe(id)
  expect(await waiting('Tardif')).toBeUndefined()
})

describe('a line written by hand', () => {
  it('is a variant with its name and SKU, or free words', async () => {
    const { id, variants } = await product({ name: 'Théière', sku: 'THE-1' })
    const order = await givenOrder(owner, {
      lines: [
        { variantId: variants[0].id, quantity: 2, unitPriceCentimes: 20_000 },
        { name: 'Mot à la main', quantity: 1, unitPriceCentimes: 100 },
      ],
    })
    expect(order.lines).toMatchObject([
      { productId: id, variantId: variants[0].id, name: 'Théière', sku: 'THE-1' },
      { productId: null, name: 'Mot à la main' },
    ])
    expect(await waiting('Mot à la main')).toBeUndefined()
  })

  it('cannot name a variant of another merchant', async () => {
    const { body: foreign } = await api.asRival('owner').post('/products', { name: 'Autrui', priceCentimes: 1 })
    const answer = await owner.post('/orders', {
      customer: { name: 'Salma', phone: freshPhone() },
      shippingAddress: { city: 'Rabat' },
      lines: [{ variantId: foreign.variants[0].id, quantity: 1, unitPriceCentimes: 100 }],
    })
    expect(answer.body).toMatchObject({ code: 'variant.not_found', fields: [{ path: 'lines.0.variantId' }] })
  })
})
