import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import {
  deliverGeneric,
  deliverShopify,
  genericOrder,
  genericSignature,
  genericStore,
  shopifyApp,
  shopifyOrder,
  shopifySignature,
  webhookOnlyShop,
} from '../../../../../tests/support/shops.ts'

const api = await startApi({ env: shopifyApp })
const owner = api.as('owner')
const nobody = api.withToken(null)
const stored = async (storeId: string): Promise<number> =>
  (await owner.get(`/inbound?connectionId=${storeId}`)).body.items.length
/** A refusal without what differs from one request to the next. */
const told = ({ status, body }: { status: number; body: Record<string, unknown> }) => {
  const { requestId, ...rest } = body
  return { status, ...rest, hasRequestId: typeof requestId === 'string' }
}

describe('a delivery', () => {
  it('is stored before anything is made of it, and answered with nothing but that', async () => {
    const store = await genericStore(api)
    const answer = await deliverGeneric(api, store, genericOrder('A-1'))
    expect(answer).toMatchObject({ status: 200, text: '{}' })
    const [row] = (await owner.get(`/inbound?connectionId=${store.id}`)).body.items
    expect(row).toMatchObject({ status: 'waiting', topic: 'order', trust: 'signed', kind: 'hook', orderId: null })
    const { body } = (await owner.get(`/inbound/${row.id}`)).body
    expect(JSON.parse(body)).toEqual(genericOrder('A-1'))
  })

  it('repeated by its sender is one row and the same answer', async () => {
    const store = await genericStore(api)
    const order = genericOrder('A-2')
    const key = { 'idempotency-key': 'row-2' }
    const answers = await Promise.all(Array.from({ length: 50 }, () => deliverGeneric(api, store, order, key)))
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).toEqual(new Set(['200 {}']))
    expect(await stored(store.id)).toBe(1)
  })

  it('is taken whatever its content type says, and its bytes are kept as they came', async () => {
    const store = await genericStore(api)
    const text = `{ "external_id": "A-3",\n "total":"10", "note": "بعد العصر 🌙 \\u0000" }`
    const types = [
      'application/json',
      'application/json;charset=utf-8',
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/octet-stream',
    ]
    for (const [index, type] of types.entries())
      expect(
        (await deliverGeneric(api, store, text, { 'content-type': type, 'idempotency-key': `type-${index}` })).status,
        type,
      ).toBe(200)
    const { items } = (await owner.get(`/inbound?connectionId=${store.id}`)).body
    expect(items).toHaveLength(types.length)
    for (const { id } of items) expect((await owner.get(`/inbound/${id}`)).body.body).toBe(text)
  })

  it('that is too large is refused before it is read', async () => {
    const store = await genericStore(api)
    const answer = await deliverGeneric(api, store, genericOrder('A-4', { note: 'x'.repeat(1_100_000) }))
    expect(answer).toMatchObject({ status: 413, body: { code: 'request.too_large' } })
    expect(await stored(store.id)).toBe(0)
  })

  it('without a body is judged like any other', async () => {
    const store = await genericStore(api)
    expect((await nobody.post(`//hooks/generic/${store.id}`)).status).toBe(401)
    expect(
      (
        await nobody.post(`//hooks/generic/${store.id}`, '', {
          'x-signature': genericSignature(store.secret, '', api.clock.now()),
        })
      ).status,
    ).toBe(200)
  })
})

describe('a delivery that cannot be trusted', () => {
  it('gets one and the same answer, whatever is wrong with it, and leaves nothing', async () => {
    const store = await genericStore(api)
    const other = await genericStore(api)
    const shop = await webhookOnlyShop(api, 'pasted-one')
    const ended = await genericStore(api)
    await deliverGeneric(api, ended, genericOrder('E-1'))
    await owner.delete(`/stores/${ended.id}`)
    const order = genericOrder('B-1')
    const text = JSON.stringify(order)
    const now = api.clock.now()
    const at = (seconds: number) => ({
      'x-signature': genericSignature(store.secret, text, new Date(now.getTime() + seconds * 1000)),
    })
    const unknown = '01900000-0000-7000-8000-00000000ffff'
    const answers = [
      await deliverGeneric(api, store, order, { 'x-signature': 't=1,v1=00' }),
      await deliverGeneric(api, store, order, at(-301)),
      await deliverGeneric(api, store, order, at(302)),
      await deliverGeneric(api, { ...store, secret: other.secret }, order),
      await deliverGeneric(api, store, order, { 'x-signature': genericSignature(store.secret, `${text} `, now) }),
      await nobody.post(`//hooks/generic/${store.id}`, text, { 'content-type': 'application/json' }),
      await nobody.post(`//hooks/generic/${store.id}?key=${store.secret}`, text, {
        'content-type': 'application/json',
      }),
      await deliverGeneric(api, { ...store, id: unknown }, order),
      await deliverGeneric(api, { ...store, id: 'no-id' }, order),
      await deliverGeneric(api, ended, order),
      await deliverShopify(api, { id: store.id, secret: store.secret }, 'orders/create', shopifyOrder(1)),
      await deliverShopify(api, { id: shop.id, secret: 'other' }, 'orders/create', shopifyOrder(1)),
      await deliverShopify(
        api,
        { id: shop.id, secret: shopifyApp.SHOPIFY_CLIENT_SECRET },
        'orders/create',
        shopifyOrder(1),
      ),
      await deliverShopify(api, { id: null, secret: 'other' }, 'shop/redact', {}),
      await nobody.post(`//hooks/woocommerce/${store.id}`, text),
      await nobody.post(`//hooks/nothing/${store.id}`, text),
      await nobody.post('//hooks/generic', text, { 'x-signature': genericSignature('', text, now) }),
    ]
    expect(new Set(answers.map((answer) => JSON.stringify(told(answer)))).size).toBe(1)
    expect(told(answers[0] as never)).toMatchObject({ status: 401, code: 'hook.refused' })
    for (const { id } of [store, other, shop]) expect(await stored(id)).toBe(0)
    expect(await stored(ended.id)).toBe(1)
  })

  it('for a disconnected store is refused at once, though it was remembered a moment before', async () => {
    const store = await genericStore(api)
    expect((await deliverGeneric(api, store, genericOrder('C-1'))).status).toBe(200)
    expect((await owner.delete(`/stores/${store.id}`)).status).toBe(200)
    expect((await deliverGeneric(api, store, genericOrder('C-2'))).status).toBe(401)
    expect(await stored(store.id)).toBe(1)
  })

  it('with the secret from before a rotation is refused at once, or after the overlap that was asked for', async () => {
    const store = await genericStore(api)
    expect((await deliverGeneric(api, store, genericOrder('D-1'))).status).toBe(200)
    const rotated = (await owner.post(`/stores/${store.id}/rotate-secret`)).body
    expect(rotated.webhookSecret).not.toBe(store.secret)
    expect((await deliverGeneric(api, store, genericOrder('D-2'))).status).toBe(401)
    const second = { id: store.id, secret: rotated.webhookSecret as string }
    expect((await deliverGeneric(api, second, genericOrder('D-2'))).status).toBe(200)
    const third = (await owner.post(`/stores/${store.id}/rotate-secret`, { keepOldForMinutes: 60 })).body.webhookSecret
    expect((await deliverGeneric(api, second, genericOrder('D-3'))).status).toBe(200)
    expect((await deliverGeneric(api, { id: store.id, secret: third }, genericOrder('D-4'))).status).toBe(200)
    api.clock.advance(61 * 60_000)
    expect((await deliverGeneric(api, second, genericOrder('D-5'))).status).toBe(401)
    expect((await deliverGeneric(api, { id: store.id, secret: third }, genericOrder('D-5'))).status).toBe(200)
  })
})

describe('a tool that cannot sign', () => {
  it('delivers to its secret address with lower trust', async () => {
    const store = await genericStore(api, { unsigned: true })
    const text = JSON.stringify(genericOrder('U-1'))
    expect((await nobody.post(`//hooks/generic/${store.id}?key=${store.secret}`, text)).status).toBe(200)
    expect((await nobody.post(`//hooks/generic/${store.id}?key=wrong`, text)).status).toBe(401)
    expect((await nobody.post(`//hooks/generic/${store.id}`, text)).status).toBe(401)
    expect((await owner.get(`/inbound?connectionId=${store.id}`)).body.items).toMatchObject([{ trust: 'unsigned' }])
  })
})

describe("Shopify's deliveries", () => {
  it("are verified with the shop's own secret when that is all we have", async () => {
    const shop = await webhookOnlyShop(api)
    expect((await deliverShopify(api, shop, 'orders/create', shopifyOrder(7001))).status).toBe(200)
    expect((await owner.get(`/inbound?connectionId=${shop.id}`)).body.items).toMatchObject([
      { topic: 'orders/create', subject: '7001' },
    ])
  })

  it('for the whole app are believed by their signature, and concern nobody when the shop is unknown', async () => {
    const secret = shopifyApp.SHOPIFY_CLIENT_SECRET
    expect((await deliverShopify(api, { id: null, secret }, 'shop/redact', { shop_id: 1 })).status).toBe(200)
    expect((await deliverShopify(api, { id: null, secret: 'other' }, 'shop/redact', { shop_id: 1 })).status).toBe(401)
  })

  it('are verified over the bytes, Arabic and slashes included', async () => {
    const shop = await webhookOnlyShop(api)
    const escaped = '{"id":7002,"total_price":"10.00","note":"\\u0628\\u0639\\u062f \\/ é"}'
    const printed = JSON.stringify(JSON.parse(escaped))
    const signature = { 'x-shopify-hmac-sha256': shopifySignature(shop.secret, escaped) }
    expect((await deliverShopify(api, shop, 'orders/create', printed, signature)).status).toBe(401)
    expect((await deliverShopify(api, shop, 'orders/create', escaped, signature)).status).toBe(200)
    expect(createHmac('sha256', shop.secret).update(printed).digest('base64')).not.toBe(
      signature['x-shopify-hmac-sha256'],
    )
  })
})
