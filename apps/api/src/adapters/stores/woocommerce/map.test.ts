import { describe, expect, it } from 'vitest'
import { hmacSha256 } from '../../signature.ts'
import { badInputSuite, type MapUnderTest, readerOf, samplesOf, signatureSuite } from '../testing.ts'
import { listedTopic, siteOf, woocommerceMap } from './map.ts'

const map = woocommerceMap({ baseUrl: 'https://{site}', sandboxUrl: null, appName: 'Sendocki' })
const under: MapUnderTest = {
  map,
  folder: import.meta.url,
  topic: 'order.created',
  signature: 'x-wc-webhook-signature',
}
const sample = samplesOf(import.meta.url)
const { news, order, parse } = readerOf(under)
const now = new Date('2026-11-20T10:00:00Z')
const changed = (changes: object) => ({ ...(JSON.parse(sample('order-created').toString()) as object), ...changes })

const vector = '{"id":812,"status":"processing","total":"249.00"}'
signatureSuite(under, {
  body: vector,
  expected: '4jFRZ8UsjCwnKsVwzG+p1apeSd/ATZFnOA8WMIXjETE=',
  other: hmacSha256('other', vector, 'base64'),
})
badInputSuite(under, sample('order-created'))

it('a secret with signs that WordPress stores as entities signs as it reads', () => {
  const signature = hmacSha256(`a&b<"c'`, vector, 'base64')
  const delivery = { headers: { 'x-wc-webhook-signature': signature }, query: {}, body: Buffer.from(vector) }
  const verdict = map.verify(delivery, { secrets: ['a&amp;b&lt;&quot;c&#039;'], unsigned: false }, now)
  expect(verdict).toEqual({ ok: true, trust: 'signed' })
})

describe('the site', () => {
  it.each([
    ['maboutique.ma', 'maboutique.ma'],
    [' https://www.MaBoutique.ma/ ', 'www.maboutique.ma'],
    ['http://maboutique.ma/wp-admin/admin.php?page=wc-settings', 'maboutique.ma'],
    ['https://maboutique.ma/boutique/', 'maboutique.ma'],
    ['maboutique.ma/magasin', 'maboutique.ma/magasin'],
    ['maboutique.ma:8443', 'maboutique.ma:8443'],
    ['متجري.المغرب', 'xn--pgbep1f2a.xn--mgbc0a9azcg'],
    ['maboutique', null],
    ['user:pass@maboutique.ma', null],
    ['', null],
  ])('in "%s" is %s', (text, site) => {
    expect(siteOf(text)).toBe(site)
  })
  it.each(['127.0.0.1', '10.0.0.7', 'boutique.local', '169.254.169.254', 'maboutique.ma:22'])(
    '%s is never called',
    (text) => {
      expect(() => map.shopOf?.(text)).toThrow('url.not_allowed')
    },
  )
})

describe('the consent', () => {
  const request = {
    shop: 'maboutique.ma',
    state: 'st1',
    redirectUrl: 'https://app.example/cb',
    keysUrl: 'https://app.example/hooks/woocommerce/1/keys',
  }
  it('asks the site itself, for its page to lead back and its server to hand the keys over', () => {
    const url = new URL(map.consent?.authorizeUrl(request) ?? '')
    expect(url.origin + url.pathname).toBe('https://maboutique.ma/wc-auth/v1/authorize')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      app_name: 'Sendocki',
      scope: 'read_write',
      user_id: 'st1',
      return_url: request.redirectUrl,
      callback_url: request.keysUrl,
    })
  })
  it('reads a hand-over of keys, and nothing else as one', () => {
    const handed = (body: object | string) =>
      map.consent?.keysOf?.({
        headers: {},
        query: {},
        body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
      })
    const keys = {
      key_id: 1,
      user_id: 'st1',
      consumer_key: 'ck_1',
      consumer_secret: 'cs_1',
      key_permissions: 'read_write',
    }
    expect(handed(keys)).toEqual({ state: 'st1', credentials: { consumerKey: 'ck_1', consumerSecret: 'cs_1' } })
    for (const body of ['', 'webhook_id=1', '[]', { ...keys, user_id: '' }, { ...keys, consumer_key: null }])
      expect(handed(body)).toBeNull()
  })
})

describe('the envelope', () => {
  const head = (topic: string, body: Buffer | string, id = 'd-1') =>
    map.head({
      headers: { 'x-wc-webhook-topic': topic, 'x-wc-webhook-delivery-id': id },
      query: {},
      body: Buffer.isBuffer(body) ? body : Buffer.from(body),
    })

  it('of one change told by two hooks has one key', () => {
    const one = head('order.created', sample('order-created'), 'd-1')
    expect(head('order.updated', sample('order-created'), 'd-2').key).toBe(one.key)
    expect(one).toMatchObject({ subject: '812', sentAt: '2026-11-20T09:00:01.000Z', topic: 'order.created' })
    expect(head('order.updated', JSON.stringify(changed({ status: 'on-hold' }))).key).not.toBe(one.key)
  })
  it('of two deletions of one order has two', () => {
    expect(head('order.deleted', '{"id":812}', 'd-3').key).not.toBe(head('order.deleted', '{"id":812}', 'd-4').key)
  })
  it('greeting us when a hook is saved is a greeting, and an order never is', () => {
    const greets = (text: string) => map.isGreeting?.({ headers: {}, query: {}, body: Buffer.from(text) })
    expect(greets('webhook_id=12')).toBe(true)
    for (const text of ['', 'webhook_id=', 'webhook_id=12&x=1', 'webhook_id=12a', vector])
      expect(greets(text)).toBe(false)
  })
})

describe('an order', () => {
  const read = order(sample('order-created'))
  it('is read whole: GMT without its Z, coupon, fee and a price with any number of decimals', () => {
    expect(read).toMatchObject({
      externalId: '812',
      reference: '#CMD-0812',
      placedAt: '2026-11-20T09:00:00.000Z',
      updatedAt: '2026-11-20T09:00:01.000Z',
      cancelledAt: null,
      currency: 'MAD',
      totalCentimes: 67_300,
      shippingFeeCentimes: 3_000,
      discountCentimes: 2_000,
      outstandingCentimes: null,
      paymentMethod: 'Paiement à la livraison',
      cashOnDelivery: true,
      note: 'Livrer le soir',
      source: 'checkout',
      utm: { utm_source: 'facebook' },
    })
    expect(read.lines).toEqual([
      { externalId: '5', sku: 'LAMP-N', name: 'Lampe solaire - Noir', quantity: 3, unitPriceCentimes: 21_933 },
    ])
  })
  it('of a theme that fills in the billing alone has its buyer from there', () => {
    expect(read.customer).toEqual({ name: 'Hind Tazi', email: 'hind@example.test', phones: ['00212612345678'] })
    expect(read.address).toEqual({ line: 'Hay Essalam 9, Imm. B', city: 'Tanger', district: 'Malabata', country: 'MA' })
  })
  it('in Arabic, with the city as a state and the phone in a field of the form', () => {
    expect(order(sample('order-arabic'))).toMatchObject({
      customer: { name: 'سلمى بناني', phones: ['٠٦١٢٣٤٥٦٧٨'] },
      address: { line: 'شارع محمد الخامس رقم 12', city: 'طنجة' },
      cashOnDelivery: true,
      lines: [{ name: 'سماعات لاسلكية', sku: null, unitPriceCentimes: 17_900 }],
    })
  })
  it.each(['cancelled', 'failed', 'trash'])('that is %s is off since its last change', (status) => {
    expect(order(changed({ status })).cancelledAt).toBe('2026-11-20T09:00:01.000Z')
  })
  it('completed by the shop still has its cash to be collected', () => {
    const completed = changed({ status: 'completed', date_paid_gmt: '2026-11-21T09:00:00' })
    expect(order(completed)).toMatchObject({ outstandingCentimes: null, cancelledAt: null, paymentStatus: 'completed' })
  })
  it('paid by card has nothing left to collect', () => {
    const paid = { payment_method: 'cmi', payment_method_title: 'Carte bancaire', date_paid_gmt: '2026-11-20T09:01:00' }
    expect(order(changed(paid))).toMatchObject({ outstandingCentimes: 0, cashOnDelivery: false })
  })
  it('with taxes has them in its lines and its carriage', () => {
    const taxed = order(
      changed({
        total: '120.00',
        discount_total: '0.00',
        shipping_total: '10.00',
        shipping_tax: '2.00',
        line_items: [{ id: 1, name: 'Savon', quantity: 1, sku: 'S', subtotal: '90.00', subtotal_tax: '18.00' }],
      }),
    )
    expect(taxed.lines[0]?.unitPriceCentimes).toBe(10_800)
    expect(taxed.shippingFeeCentimes).toBe(1_200)
  })
})

describe('other news', () => {
  it('a basket that nobody sent off is ignored', () => {
    expect(news(changed({ status: 'checkout-draft' }))).toEqual({ kind: 'ignored', why: 'checkout-draft' })
  })
  it('a deletion carries the id alone; a restored order is an order', () => {
    expect(news('{"id":812}', { topic: 'order.deleted' })).toEqual({ kind: 'order_deleted', externalId: '812' })
    expect(order(sample('order-created'), { topic: 'order.restored' }).externalId).toBe('812')
    expect(order(sample('order-created'), { topic: listedTopic }).externalId).toBe('812')
  })
  it('a topic that nobody asked for is unknown', () => {
    expect(news('{"id":1}', { topic: 'product.updated' })).toEqual({ kind: 'unknown', raw: 'product.updated' })
    expect(parse('{}', { topic: 'order.deleted' })).toMatchObject({ ok: false })
  })
})
