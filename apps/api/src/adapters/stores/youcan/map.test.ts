import { describe, expect, it } from 'vitest'
import { hmacSha256 } from '../../signature.ts'
import { badInputSuite, type MapUnderTest, readerOf, samplesOf, signatureSuite } from '../testing.ts'
import { listedTopic, youcanMap } from './map.ts'
import { phpText } from './php-text.ts'

const app = { clientId: 'demo-client', clientSecret: 'demo-secret', clientSecretPrevious: 'older-secret' }
const urls = { consentUrl: 'https://seller-area.youcan.shop/admin/oauth/authorize', apiUrl: 'https://api.youcan.shop' }
const map = youcanMap({ ...urls, ...app })
const under: MapUnderTest = { map, folder: import.meta.url, topic: 'order.created', signature: 'x-youcan-signature' }
const sample = samplesOf(import.meta.url)
const { news, order, parse } = readerOf(under)
const now = new Date('2026-11-20T10:00:00Z')
const wrapped = (changes: object, event = 'order.updated') => {
  const { data, ...head } = JSON.parse(sample('order-created').toString()) as { data: object }
  return { ...head, event_name: event, data: { ...data, ...changes } }
}

const vector =
  '{"event_name":"order.created","event_happened_at":"2026-11-20T10:00:00Z","data":{"ref":"YC-17","customer":{"city":"Fès"}}}'
signatureSuite(under, {
  body: vector,
  expected: '697bf9923fe510109cab33109eabe323b8ff180ff1172dfc1b086d7e6a699593',
  other: hmacSha256('other', vector, 'hex'),
})
badInputSuite(under, sample('order-created'))

describe('a signature over the text as PHP prints it', () => {
  const printed = '{"a":"F\\u00e8s \\/ \\u0641\\u0627\\u0633","n":249.0}'
  const body = Buffer.from('{ "a": "Fès / فاس",\n "n": 249.0 }')
  const keys = { secrets: ['demo-secret'], unsigned: false }
  const signedWith = (secret: string, text: string) => ({
    headers: { 'x-youcan-signature': hmacSha256(secret, text, 'hex') },
    query: {},
    body,
  })

  it('is accepted, and said to be one', () => {
    expect(phpText(body)).toBe(printed)
    expect(map.verify(signedWith('demo-secret', printed), keys, now)).toEqual({
      ok: true,
      trust: 'signed',
      matched: 'php_text',
    })
  })
  it('of another secret is refused, and so is one over a body that is no JSON', () => {
    expect(map.verify(signedWith('other', printed), keys, now).ok).toBe(false)
    expect(phpText(Buffer.from('{"a":'))).toBeNull()
  })
})

describe('the consent', () => {
  it('asks for reading and the subscriptions, and leads back with our state', () => {
    const url = new URL(
      map.consent?.authorizeUrl({ shop: '', state: 'st1', redirectUrl: 'https://app.example/cb', keysUrl: '' }) ?? '',
    )
    expect(url.origin + url.pathname).toBe(urls.consentUrl)
    expect(url.searchParams.getAll('scope[]')).toEqual([
      'read-orders',
      'read-rest-hooks',
      'edit-rest-hooks',
      'view-store-info',
    ])
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: 'demo-client',
      redirect_uri: 'https://app.example/cb',
      response_type: 'code',
      state: 'st1',
    })
  })
  it('is a yes only with a code, and is not offered without an app', () => {
    expect(map.consent?.isGranted({ code: 'c', state: 's' }, null)).toBe(true)
    expect(map.consent?.isGranted({ error: 'access_denied', state: 's' }, null)).toBe(false)
    expect(map.consent?.isGranted({ state: 's' }, null)).toBe(false)
    expect(youcanMap({ ...urls, clientId: null, clientSecret: null, clientSecretPrevious: null })).toMatchObject({
      appSecrets: [],
    })
    expect(
      youcanMap({ ...urls, clientId: null, clientSecret: null, clientSecretPrevious: null }).consent,
    ).toBeUndefined()
    expect(map.appSecrets).toEqual(['demo-secret', 'older-secret'])
  })
})

describe('the envelope', () => {
  const head = (headers: Record<string, string>, name = 'order-created') =>
    map.head({ headers, query: {}, body: sample(name) })

  it('of the current generation carries key, topic, subject and time', () => {
    expect(head({ 'x-youcan-topic': 'order.created', 'x-youcan-delivery-id': 'd-1' })).toEqual({
      key: 'd-1',
      topic: 'order.created',
      shop: null,
      subject: '0f6a4d1e-0000-4000-8000-000000000001',
      sentAt: '2026-11-20T10:00:05.000Z',
    })
  })
  it('without headers is told by its body, and by its bytes', () => {
    const { key, topic } = head({})
    expect(topic).toBe('order.created')
    expect(key).toMatch(/^order\.created:[0-9a-f]{64}$/)
    expect(head({}).key).toBe(key)
  })
  it('of the older generation is an order', () => {
    expect(head({}, 'order-older-arabic')).toMatchObject({ topic: 'order.create', sentAt: null })
  })
})

describe('an order of the current generation', () => {
  const read = order(sample('order-created'))
  it('is read whole', () => {
    expect(read).toMatchObject({
      externalId: '0f6a4d1e-0000-4000-8000-000000000001',
      reference: 'YC-17',
      placedAt: '2026-11-20T10:00:00.000Z',
      updatedAt: '2026-11-20T10:00:01.000Z',
      cancelledAt: null,
      currency: 'MAD',
      totalCentimes: 46_850,
      shippingFeeCentimes: 3_050,
      outstandingCentimes: null,
      paymentMethod: 'cod',
      cashOnDelivery: true,
      paymentStatus: 'unpaid',
      note: "Appeler après 18 h s'il vous plaît",
      tags: ['promo', 'tiktok'],
      utm: { utm_source: 'tiktok' },
    })
    expect(read.lines).toEqual([
      {
        externalId: '0f6a4d1e-0000-4000-8000-0000000000a1',
        sku: 'LAMP-N',
        name: 'Lampe solaire – Noir',
        quantity: 2,
        unitPriceCentimes: 21_900,
      },
    ])
  })
  it('names its buyer, every phone and the place', () => {
    expect(read.customer).toEqual({
      name: 'Youssef Bennani',
      email: null,
      phones: ['+212 712-345678', '0712345678', '06 61 22 33 44'],
    })
    expect(read.address).toEqual({ line: '3 derb Sidi Ali, 2e étage', city: 'Fès', district: 'Maârif', country: 'MA' })
  })
  it.each([
    { status_new: 'canceled' },
    { status_object: { slug: 'cancelled', name: 'Annulée' } },
    { status_object: { slug: 'annulée' } },
    { confirmation_status: 'canceled' },
  ])('cancelled by %j is off since then', (changes) => {
    expect(order(wrapped({ ...changes, updated_at: '2026-11-20T11:00:00Z' })).cancelledAt).toBe(
      '2026-11-20T11:00:00.000Z',
    )
  })
  it("in a status of the merchant's own is not off", () => {
    expect(
      order(wrapped({ status_object: { slug: 'annulation-a-verifier', name: 'À vérifier' } })).cancelledAt,
    ).toBeNull()
  })
  it('without a date of its own is as new as the event that told it', () => {
    expect(order(wrapped({ updated_at: null })).updatedAt).toBe('2026-11-20T10:00:05.000Z')
  })
  it('paid by card has nothing left to collect', () => {
    const payment = { status_text: 'paid', payload: { gateway: 'cmi' } }
    expect(order(wrapped({ payment }, 'order.paid'))).toMatchObject({ outstandingCentimes: 0, cashOnDelivery: false })
  })
})

describe('an order of the older generation, in Arabic', () => {
  const read = order(sample('order-older-arabic'), { topic: 'order.create' })
  it('comes bare, with phone and city in fields of the form', () => {
    expect(read).toMatchObject({
      reference: '2041',
      totalCentimes: 34_900,
      shippingFeeCentimes: 0,
      customer: { name: 'فاطمة الزهراء العمراني', phones: ['٠٦٦١٢٢٣٣٤٤'] },
      address: { line: 'حي السلام زنقة 7', city: 'الدار البيضاء', country: null },
      lines: [{ name: 'طقم أواني جرانيت', sku: null, quantity: 1, unitPriceCentimes: 34_900 }],
      utm: { utm_campaign: 'createur-03' },
    })
  })
  it('has no date that can be believed: whose clock it was is not said', () => {
    expect(read).toMatchObject({ placedAt: null, updatedAt: null })
  })
})

describe('other news', () => {
  it.each([
    ['app.uninstalled', { kind: 'uninstalled' }],
    ['product.inventory.low', { kind: 'ignored', why: 'product.inventory.low' }],
    ['upsell.accepted', { kind: 'ignored', why: 'upsell.accepted' }],
    ['theme.published', { kind: 'unknown', raw: 'theme.published' }],
  ])('%s', (event, expected) => {
    expect(news({ event_name: event, event_happened_at: '2026-11-20T10:00:00Z', data: {} })).toEqual(expected)
  })
  it('an order of our own reading is the same order', () => {
    const { data } = wrapped({}) as { data: object }
    expect(order(data, { topic: listedTopic })).toMatchObject({ reference: 'YC-17', totalCentimes: 46_850 })
  })
  it('an amount that is none is unreadable', () => {
    expect(parse(wrapped({ total: '249,5,0' }))).toMatchObject({
      ok: false,
      why: expect.stringContaining('total') as string,
    })
  })
})
