import { describe, expect, it } from 'vitest'
import { hmacSha256 } from '../../signature.ts'
import { badInputSuite, type MapUnderTest, readerOf, samplesOf, signatureSuite } from '../testing.ts'
import { lightfunnelsMap, listedTopic } from './map.ts'

const map = lightfunnelsMap({
  consentUrl: 'https://app.lightfunnels.com/admin/oauth',
  tokenUrl: 'https://api.lightfunnels.com/oauth/access_token',
  apiUrl: 'https://services.lightfunnels.com/api/v2',
  clientId: 'demo-client',
  clientSecret: 'demo-secret',
  clientSecretPrevious: null,
})
const under: MapUnderTest = { map, folder: import.meta.url, topic: 'order/confirmed', signature: 'lightfunnels-hmac' }
const sample = samplesOf(import.meta.url)
const { news, order } = readerOf(under)
const changed = (changes: object) => ({ ...(JSON.parse(sample('order-confirmed').toString()) as object), ...changes })

const vector = '{"id":"ord_17","name":"#1017","phone":"0612345678"}'
signatureSuite(under, {
  body: vector,
  expected: '56j9AEfQ5pbgOWNv18V9L715iJLEhfQCztN8OTWwHKs=',
  other: hmacSha256('other', vector, 'base64'),
})
badInputSuite(under, sample('order-confirmed'))

it('the consent asks for orders and leads back with our state', () => {
  const url = new URL(
    map.consent?.authorizeUrl({ shop: '', state: 'st1', redirectUrl: 'https://app.example/cb', keysUrl: '' }) ?? '',
  )
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: 'demo-client',
    redirect_uri: 'https://app.example/cb',
    scope: 'orders',
    state: 'st1',
  })
})

it('a delivery has no id of its own: its bytes are its key', () => {
  const head = (body: string | Buffer) => map.head({ headers: {}, query: {}, body: Buffer.from(body) })
  const one = head(sample('order-confirmed'))
  expect(one).toMatchObject({ topic: 'order/confirmed', subject: 'order_T3JkZXI6MTAxNw', sentAt: null })
  expect(head(sample('order-confirmed')).key).toBe(one.key)
  expect(head(JSON.stringify(changed({ total: 379 }))).key).not.toBe(one.key)
})

describe('an order', () => {
  const read = order(sample('order-confirmed'))
  it('is read whole, with the phone beside the address', () => {
    expect(read).toMatchObject({
      externalId: 'order_T3JkZXI6MTAxNw',
      reference: '#1017',
      placedAt: '2026-11-20T10:00:00.000Z',
      updatedAt: '2026-11-20T10:02:30.000Z',
      totalCentimes: 37_800,
      shippingFeeCentimes: 3_000,
      outstandingCentimes: 37_800,
      cashOnDelivery: true,
      customer: { name: 'Khadija El Fassi', email: null, phones: ['0612345678'] },
      address: { line: '12 rue des Écoles', city: 'Salé', country: 'MA' },
      utm: { utm_source: 'instagram' },
      tags: ['upsell'],
    })
    expect(read.lines.map(({ name, unitPriceCentimes }) => [name, unitPriceCentimes])).toEqual([
      ['Montre connectée - Rose', 34_900],
      ['Garantie 1 an (offre)', -100],
    ])
  })
  it('in Arabic, wrapped, with little in it: what is not said stays unknown', () => {
    expect(order(sample('order-arabic'))).toMatchObject({
      reference: 'order_T3JkZXI6MTAxOA',
      updatedAt: null,
      placedAt: null,
      outstandingCentimes: null,
      customer: { name: 'إيمان الإدريسي', phones: ['+212 6 61 22 33 44'] },
      address: { line: 'حي المسيرة 2', city: 'أكادير' },
      lines: [{ name: 'ثوب صيفي', quantity: 1, unitPriceCentimes: 19_900 }],
    })
  })
  it('that was cancelled is off, by its date or by the event alone', () => {
    expect(order(changed({ cancelled_at: '2026-11-20T11:00:00Z' })).cancelledAt).toBe('2026-11-20T11:00:00.000Z')
    expect(order(changed({}), { topic: 'order/cancelled' }).cancelledAt).not.toBeNull()
  })
  it('says the same whether its pieces are counted or shown one by one', () => {
    const piece = { id: 'a', sku: 'LAMP-N', title: 'Lampe', price: 219 }
    const counted = order(changed({ items: [{ ...piece, quantity: 2 }] })).lines
    expect(order(changed({ items: [piece, { ...piece, id: 'b' }] }), { topic: listedTopic }).lines).toEqual(counted)
    expect(counted).toMatchObject([{ quantity: 2, unitPriceCentimes: 21_900 }])
  })
  it('with a relative date has none', () => {
    expect(order(changed({ updated_at: '3 days ago' }), { topic: listedTopic }).updatedAt).toBeNull()
  })
  it('that was paid has nothing left to collect; a test order says so', () => {
    expect(order(changed({ financial_status: 'paid' }))).toMatchObject({ outstandingCentimes: 0 })
    expect(order(changed({ test: true })).test).toBe(true)
  })
})

it('other news', () => {
  expect(news({ type: 'app/uninstalled' })).toEqual({ kind: 'uninstalled' })
  expect(news({ id: 1 }, { topic: 'contact/signup' })).toEqual({ kind: 'unknown', raw: 'contact/signup' })
})
