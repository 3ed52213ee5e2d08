import { readFileSync } from 'node:fs'
import { defaultStoreSettings } from '@sendocki/domain/stores/store'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hmacSha256 } from '../../signature.ts'
import type { RawDelivery, ShopOrder, StoreNews } from '../port.ts'
import { listedTopic, shopifyMap, shopOf } from './map.ts'

const map = shopifyMap({
  baseUrl: 'http://shops.internal/{shop}',
  pageUrl: 'https://{shop}',
  clientId: 'demo-client',
  clientSecret: 'demo-secret',
  clientSecretPrevious: null,
  apiVersion: '2026-10',
})
const now = new Date('2026-11-20T10:00:00Z')
const sample = (name: string) => readFileSync(new URL(`./samples/${name}.json`, import.meta.url))
const parse = (topic: string, body: Buffer | string | object, settings = defaultStoreSettings) =>
  map.parse(
    {
      topic,
      key: 'k',
      sentAt: null,
      receivedAt: '2026-11-20T10:00:00.000Z',
      body: Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    },
    settings,
  )
const news = (topic: string, body: Buffer | string | object): StoreNews => {
  const parsed = parse(topic, body)
  if (!parsed.ok) throw new Error(parsed.why)
  return parsed.news[0] as StoreNews
}
const order = (changes: object = {}, topic = 'orders/create'): ShopOrder => {
  const told = news(topic, { ...(JSON.parse(sample('order-created').toString()) as object), ...changes })
  if (told.kind !== 'order') throw new Error(told.kind)
  return told.order
}

describe('signatures', () => {
  const body = Buffer.from('{"id":7001,"name":"#1001","total_price":"249.00"}')
  const expected = 'mcFf20X/kIn4B259RAGKCuO+jr7rVvNjZpgCQ+mZbFY='
  const delivery = (signature: string | undefined, bytes = body): RawDelivery => ({
    headers: { 'x-shopify-hmac-sha256': signature },
    query: {},
    body: bytes,
  })
  const keys = { secrets: ['demo-secret'], unsigned: false }

  it('match the vector of the contract', () => {
    expect(map.verify(delivery(expected), keys, now)).toEqual({ ok: true, trust: 'signed' })
  })
  it('match with either secret during a rotation', () => {
    expect(map.verify(delivery(expected), { ...keys, secrets: ['new-secret', 'demo-secret'] }, now).ok).toBe(true)
  })
  it('match under the newer header names', () => {
    expect(map.verify({ headers: { 'shopify-hmac-sha256': expected }, query: {}, body }, keys, now).ok).toBe(true)
  })
  it.each([
    ['absent', undefined],
    ['empty', ''],
    ['of another secret', hmacSha256('other', body, 'base64')],
    ['in hexadecimal', hmacSha256('demo-secret', body, 'hex')],
    ['cut short', expected.slice(0, -2)],
    ['with a tail', `${expected}=`],
  ])('%s are refused', (_name, signature) => {
    expect(map.verify(delivery(signature), keys, now)).toEqual({ ok: false })
  })
  it('are over the bytes, so that a body written anew is refused', () => {
    const reprinted = Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 1))
    expect(map.verify(delivery(expected, reprinted), keys, now).ok).toBe(false)
  })
  it('are refused when there is no secret to check with', () => {
    expect(map.verify(delivery(hmacSha256('', body, 'base64')), { secrets: [], unsigned: false }, now).ok).toBe(false)
  })
})

describe('consent', () => {
  const vector = {
    code: 'c0de',
    host: 'YWRtaW4',
    shop: 'demo-shop.myshopify.com',
    state: 'st1',
    timestamp: '1795000000',
  }
  const hmac = 'ee8013727d7d2b672e95743452f22d2784142166970426a3580b223f1e8c2a65'

  it("recognises the platform's call-back by the vector of the contract", () => {
    const { shop } = vector
    expect(map.consent?.isGranted({ ...vector, hmac }, shop)).toBe(true)
    expect(map.consent?.isGranted({ ...vector, shop: 'other.myshopify.com', hmac }, shop)).toBe(false)
    expect(map.consent?.isGranted({ ...vector, hmac }, 'other.myshopify.com')).toBe(false)
    expect(map.consent?.isGranted(vector, shop)).toBe(false)
  })
  it('asks for reading and nothing else', () => {
    const url = new URL(
      map.consent?.authorizeUrl({
        shop: 'demo-shop.myshopify.com',
        state: 'st1',
        redirectUrl: 'https://app.example/cb',
        keysUrl: 'https://app.example/keys',
      }) ?? '',
    )
    expect(url.origin + url.pathname).toBe('https://demo-shop.myshopify.com/admin/oauth/authorize')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'demo-client',
      redirect_uri: 'https://app.example/cb',
      scope: 'read_orders,read_customers,read_products,read_fulfillments',
      state: 'st1',
    })
  })
  it('is not offered when our app is not registered', () => {
    const bare = shopifyMap({
      baseUrl: 'https://{shop}',
      pageUrl: 'https://{shop}',
      clientId: null,
      clientSecret: null,
      clientSecretPrevious: null,
      apiVersion: '2026-10',
    })
    expect(bare.consent).toBeUndefined()
    expect(bare.appSecrets).toEqual([])
  })
  it.each([
    ['demo-shop', 'demo-shop.myshopify.com'],
    ['Demo-Shop.myshopify.com', 'demo-shop.myshopify.com'],
    ['https://demo-shop.myshopify.com/admin?x=1', 'demo-shop.myshopify.com'],
    [' demo-shop.myshopify.com ', 'demo-shop.myshopify.com'],
    ['demo-shop.myshopify.com.evil.example', null],
    ['evil.example/demo-shop.myshopify.com', null],
    ['demo_shop.myshopify.com', null],
    ['-demo.myshopify.com', null],
    ['a@demo-shop.myshopify.com', null],
    ['', null],
  ])('reads the shop in "%s" as %s', (text, shop) => {
    expect(shopOf(text)).toBe(shop)
  })
})

describe('the envelope', () => {
  it('carries key, topic, shop, subject and time', () => {
    const headers = {
      'x-shopify-topic': 'orders/create',
      'x-shopify-webhook-id': 'b54557e4',
      'x-shopify-shop-domain': 'Demo-Shop.myshopify.com',
      'x-shopify-triggered-at': '2026-11-20T09:02:12.5Z',
    }
    expect(map.head({ headers, query: {}, body: sample('order-created') })).toEqual({
      key: 'b54557e4',
      topic: 'orders/create',
      shop: 'demo-shop.myshopify.com',
      subject: '7001000000001',
      sentAt: '2026-11-20T09:02:12.500Z',
    })
  })
  it('keys a delivery without an id by its topic and bytes', () => {
    const head = (text: string) =>
      map.head({ headers: { 'x-shopify-topic': 'orders/create' }, query: {}, body: Buffer.from(text) }).key
    expect(head('{"id":1}')).toBe(head('{"id":1}'))
    expect(head('{"id":1}')).not.toBe(head('{"id":2}'))
  })
})

describe('an order', () => {
  it('is read from the webhook', () => {
    expect(order()).toEqual({
      externalId: '7001000000001',
      reference: '#1001',
      placedAt: '2026-11-20T09:02:11.000Z',
      updatedAt: '2026-11-20T09:02:12.000Z',
      cancelledAt: null,
      test: false,
      currency: 'MAD',
      totalCentimes: 24_900,
      shippingFeeCentimes: 3_000,
      discountCentimes: 0,
      outstandingCentimes: 24_900,
      paymentMethod: 'Cash on Delivery (COD)',
      cashOnDelivery: true,
      paymentStatus: 'pending',
      customer: { name: 'Salma Test', email: null, phones: ['+212612345678', '06 12 34 56 78'] },
      address: { line: '12 rue Exemple', city: 'casa', district: null, country: 'MA' },
      lines: [{ externalId: '1', sku: 'LAMP-N', name: 'Lampe solaire – Noir', quantity: 1, unitPriceCentimes: 21_900 }],
      note: null,
      source: 'web',
      utm: {},
      tags: ['cod_form'],
    })
  })
  it("is the same when read from the shop's list", () => {
    expect(news(listedTopic, sample('order-listed'))).toEqual({ kind: 'order', order: order() })
  })
  it('keeps an id beyond the exact range of a double', () => {
    const text = sample('order-created').toString().replace('7001000000001,', '9007199254740993123,')
    expect(news('orders/create', text)).toMatchObject({ kind: 'order', order: { externalId: '9007199254740993123' } })
  })
  it('offers every phone, the shipping one first and those of form apps last', () => {
    const phones = order({
      phone: '0612000002',
      billing_address: { phone: '0612000003' },
      customer: { phone: '0612000004' },
      note_attributes: [
        { name: 'Quantité', value: '2' },
        { name: 'رقم الهاتف', value: '٠٦١٢٠٠٠٠٠٥' },
        { name: 'WhatsApp', value: '0612000006' },
      ],
    }).customer.phones
    expect(phones).toEqual(['+212612345678', '0612000002', '0612000003', '0612000004', '٠٦١٢٠٠٠٠٠٥', '0612000006'])
  })
  it('without addresses is read from what a form app noted, or left open', () => {
    const noted = order({
      shipping_address: null,
      customer: null,
      note_attributes: [
        { name: 'Nom complet', value: 'Salma' },
        { name: 'Ville', value: 'Fès' },
        { name: 'Quartier', value: 'Narjiss' },
        { name: 'utm_source', value: 'tiktok' },
      ],
    })
    expect(noted).toMatchObject({
      customer: { name: 'Salma', phones: [] },
      address: { line: null, city: 'Fès', district: 'Narjiss', country: null },
      utm: { utm_source: 'tiktok' },
    })
    expect(order({ shipping_address: null, customer: null, note_attributes: null })).toMatchObject({
      customer: { name: null, phones: [] },
      address: { city: null },
    })
  })
  it('counts what remains of its lines after an edit', () => {
    const line = { id: 2, title: 'A', price: '10.00', quantity: 3 }
    const edited = order({
      line_items: [
        { ...line, current_quantity: 1 },
        { ...line, id: 3, current_quantity: 0 },
      ],
      current_total_price: '40.00',
    })
    expect(edited.lines).toMatchObject([{ externalId: '2', quantity: 1 }])
    expect(edited.totalCentimes).toBe(4_000)
  })
  it('keeps what is still to pay when a part was paid', () => {
    expect(order({ total_outstanding: '149.00', financial_status: 'partially_paid' })).toMatchObject({
      outstandingCentimes: 14_900,
      totalCentimes: 24_900,
    })
    expect(order({ total_outstanding: null }).outstandingCentimes).toBeNull()
  })
  it('is cash on delivery by its method, or when nothing says otherwise and money is due', () => {
    expect(order({ payment_gateway_names: ['الدفع عند الاستلام'] }).cashOnDelivery).toBe(true)
    expect(order({ payment_gateway_names: [] }).cashOnDelivery).toBe(true)
    expect(order({ payment_gateway_names: ['PayPal'], financial_status: 'paid' }).cashOnDelivery).toBe(false)
    expect(
      order({ payment_gateway_names: [], financial_status: 'paid', total_outstanding: '0.00' }).cashOnDelivery,
    ).toBe(false)
  })
  it('tells tests, cancellations, foreign money and campaigns apart', () => {
    expect(order({ test: true }).test).toBe(true)
    expect(order({ cancelled_at: '2026-11-20T12:00:00+01:00' }, 'orders/cancelled').cancelledAt).toBe(
      '2026-11-20T11:00:00.000Z',
    )
    expect(order({ currency: 'EUR' }).currency).toBe('EUR')
    expect(order({ landing_site: '/p/lampe?utm_source=facebook&utm_campaign=hiver&x=1' }).utm).toEqual({
      utm_source: 'facebook',
      utm_campaign: 'hiver',
    })
  })
  it('survives emoji, mixed scripts, NUL and half characters', () => {
    const text = sample('order-created').toString().replace('"Salma Test"', '"سلمى 🌸\\u0000 \\ud83d Test"')
    const told = news('orders/create', text)
    expect(told).toMatchObject({ kind: 'order', order: { customer: { name: 'سلمى 🌸 � Test' } } })
  })
})

describe('other topics', () => {
  it('tell of uninstalling, deleting and privacy', () => {
    expect(news('app/uninstalled', { id: 1 })).toEqual({ kind: 'uninstalled' })
    expect(news('orders/delete', { id: 7 })).toEqual({ kind: 'order_deleted', externalId: '7' })
    const customer = { id: 9001, email: 'a@example.test', phone: '+212612345678' }
    const told = { externalId: '9001', email: 'a@example.test', phone: '+212612345678' }
    expect(news('customers/redact', { customer, orders_to_redact: [1, 2] })).toEqual({
      kind: 'privacy',
      topic: 'customer_redact',
      customer: told,
      orderIds: ['1', '2'],
    })
    expect(news('customers/data_request', { customer, orders_requested: [3] })).toEqual({
      kind: 'privacy',
      topic: 'customer_data',
      customer: told,
      orderIds: ['3'],
    })
    expect(news('shop/redact', { shop_id: 1 })).toEqual({
      kind: 'privacy',
      topic: 'shop_redact',
      customer: null,
      orderIds: [],
    })
  })
  it('that nobody knows are kept and move nothing', () => {
    expect(news('draft_orders/create', { id: 1 })).toEqual({ kind: 'unknown', raw: 'draft_orders/create' })
  })
})

describe('what cannot be read', () => {
  const broken = (changes: object) =>
    parse('orders/create', { ...(JSON.parse(sample('order-created').toString()) as object), ...changes })
  it.each([
    ['no JSON', () => parse('orders/create', '<html>')],
    ['no UTF-8', () => parse('orders/create', Buffer.from([0x7b, 0xff, 0x7d]))],
    ['a tower of brackets', () => parse('orders/create', '['.repeat(200_000))],
    ['no id', () => broken({ id: null })],
    ['no total', () => broken({ total_price: null, current_total_price: null })],
    ['a total in words', () => broken({ current_total_price: 'beaucoup' })],
    ['a huge total', () => broken({ current_total_price: '1e308' })],
    ['a negative quantity', () => broken({ line_items: [{ title: 'A', quantity: -1, price: '1.00' }] })],
    ['half a piece', () => broken({ line_items: [{ title: 'A', quantity: 0.5, price: '1.00' }] })],
  ])('%s says so and is no order', (_name, read) => {
    expect(read()).toMatchObject({ ok: false, why: expect.stringMatching(/\w/) as string })
  })
  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('orders/create', 'orders/listed', 'customers/redact', 'app/uninstalled', 'x'),
        fc.jsonValue(),
        (topic, value) => {
          expect(typeof parse(topic, JSON.stringify(value)).ok).toBe('boolean')
        },
      ),
      { numRuns: 500 },
    )
  })
})
