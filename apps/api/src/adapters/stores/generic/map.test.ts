import { readFileSync } from 'node:fs'
import { defaultStoreSettings } from '@sendocki/domain/stores/store'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hmacSha256 } from '../../signature.ts'
import type { RawDelivery, ShopOrder } from '../port.ts'
import { genericMap } from './map.ts'

const now = new Date('2026-11-20T10:00:00Z')
const seconds = now.getTime() / 1000
const body = readFileSync(new URL('./samples/order.json', import.meta.url))
const keys = { secrets: ['demo-secret'], unsigned: false }
const sign = (time: number | string, bytes = body, secret = 'demo-secret') =>
  `t=${time},v1=${hmacSha256(secret, `${time}.${bytes.toString()}`, 'hex')}`
const delivery = (headers: Record<string, string>, query: Record<string, string> = {}, bytes = body): RawDelivery => ({
  headers,
  query,
  body: bytes,
})
const verify = (signature: string, bytes = body) =>
  genericMap.verify(delivery({ 'x-signature': signature }, {}, bytes), keys, now)

describe('the signature of the generic hook', () => {
  it('is a time and the HMAC of time, dot and bytes', () => {
    expect(verify(sign(seconds))).toEqual({ ok: true, trust: 'signed' })
    expect(verify(sign(seconds).toUpperCase().replace('T=', 't=').replace('V1=', 'v1='))).toMatchObject({ ok: true })
  })
  it('holds for five minutes in either direction', () => {
    expect(verify(sign(seconds - 300)).ok).toBe(true)
    expect(verify(sign(seconds - 301)).ok).toBe(false)
    expect(verify(sign(seconds + 300)).ok).toBe(true)
    expect(verify(sign(seconds + 301)).ok).toBe(false)
  })
  it('may be one of several during a rotation', () => {
    expect(verify(`t=${seconds},v1=00,${sign(seconds).split(',')[1]}`).ok).toBe(true)
    const rotating = { ...keys, secrets: ['new', 'demo-secret'] }
    expect(genericMap.verify(delivery({ 'x-signature': sign(seconds) }), rotating, now).ok).toBe(true)
  })
  it.each([
    ['absent', ''],
    ['without a time', `v1=${hmacSha256('demo-secret', body, 'hex')}`],
    ['with a time in words', sign('now')],
    ['of another secret', sign(seconds, body, 'other')],
    ['of another body', sign(seconds, Buffer.from('{}'))],
    ['of the bare body', `t=${seconds},v1=${hmacSha256('demo-secret', body, 'hex')}`],
    ['empty', `t=${seconds},v1=`],
  ])('%s is refused', (_name, signature) => {
    expect(verify(signature)).toEqual({ ok: false })
  })
})

describe('a tool that cannot sign', () => {
  const unsigned = { secrets: ['demo-secret'], unsigned: true }
  it('is known by its secret address, with lower trust, only where the connection was made so', () => {
    expect(genericMap.verify(delivery({}, { key: 'demo-secret' }), unsigned, now)).toEqual({
      ok: true,
      trust: 'unsigned',
    })
    expect(genericMap.verify(delivery({}, { key: 'wrong' }), unsigned, now)).toEqual({ ok: false })
    expect(genericMap.verify(delivery({}, {}), unsigned, now)).toEqual({ ok: false })
    expect(genericMap.verify(delivery({}, { key: 'demo-secret' }), keys, now)).toEqual({ ok: false })
  })
  it('is trusted when it signs after all, and refused when it signs wrongly', () => {
    expect(genericMap.verify(delivery({ 'x-signature': sign(seconds) }), unsigned, now)).toEqual({
      ok: true,
      trust: 'signed',
    })
    expect(
      genericMap.verify(delivery({ 'x-signature': sign(seconds - 999) }, { key: 'demo-secret' }), unsigned, now),
    ).toEqual({ ok: false })
  })
})

describe('the key of a delivery', () => {
  const key = (headers: Record<string, string>, text: string) =>
    genericMap.head(delivery(headers, {}, Buffer.from(text))).key
  it('is the Idempotency-Key when there is one, else the body', () => {
    expect(key({ 'idempotency-key': 'row-17' }, '{"a":1}')).toBe('row-17')
    expect(key({}, '{"external_id":"1","a":1}')).toBe(key({}, '{"external_id":"1","a":1}'))
    expect(key({}, '{"external_id":"1","a":1}')).not.toBe(key({}, '{"external_id":"1","a":2}'))
  })
  it('comes with the order it is about and the time of signing', () => {
    expect(genericMap.head(delivery({ 'x-signature': sign(seconds) }))).toMatchObject({
      subject: 'LP-17',
      sentAt: '2026-11-20T10:00:00.000Z',
      topic: 'order',
    })
  })
})

const receivedAt = '2026-11-20T10:00:00.250Z'
const parse = (fields: unknown, key = 'body:x', sentAt: string | null = null) =>
  genericMap.parse(
    {
      topic: 'order',
      key,
      sentAt,
      receivedAt,
      body: Buffer.isBuffer(fields) ? fields : Buffer.from(JSON.stringify(fields)),
    },
    defaultStoreSettings,
  )
const order = (fields: unknown, key?: string, sentAt?: string | null): ShopOrder => {
  const parsed = parse(fields, key, sentAt)
  if (!parsed.ok || parsed.news[0]?.kind !== 'order') throw new Error(parsed.ok ? 'no order' : parsed.why)
  return parsed.news[0].order
}

describe('an order of the generic hook', () => {
  it('is read whole', () => {
    expect(order(body)).toEqual({
      externalId: 'LP-17',
      reference: 'LP-17',
      placedAt: '2026-11-20T09:00:00.000Z',
      updatedAt: receivedAt,
      cancelledAt: null,
      test: false,
      currency: 'MAD',
      totalCentimes: 24_900,
      shippingFeeCentimes: 3_000,
      discountCentimes: 0,
      outstandingCentimes: null,
      paymentMethod: null,
      cashOnDelivery: true,
      paymentStatus: null,
      customer: { name: 'يوسف التجريبي', email: null, phones: ['٠٦ ١٢ ٣٤ ٥٦ ٧٨'] },
      address: { line: '12 rue Exemple', city: 'الدار البيضاء', district: null, country: null },
      lines: [{ externalId: null, sku: 'LAMP-N', name: 'Lampe solaire', quantity: 2, unitPriceCentimes: 10_950 }],
      note: 'بعد العصر 🌙',
      source: 'landing',
      utm: { utm_source: 'facebook', utm_campaign: 'ramadan' },
      tags: [],
    })
  })
  it('is named by its external_id, else by the Idempotency-Key, else not at all', () => {
    const rest = { items: [], total: '10' }
    expect(order({ ...rest, external_id: 17 }).externalId).toBe('17')
    expect(order(rest, 'row-17').externalId).toBe('row-17')
    expect(parse(rest)).toMatchObject({ ok: false })
  })
  it('is as new as it says, else as its signature, else as its arrival', () => {
    const rest = { external_id: '1', items: [], total: '10' }
    expect(order({ ...rest, updated_at: '2026-11-20T09:30:00Z' }, 'k', '2026-11-20T10:00:00.000Z').updatedAt).toBe(
      '2026-11-20T09:30:00.000Z',
    )
    expect(order(rest, 'k', '2026-11-20T10:00:00.000Z').updatedAt).toBe('2026-11-20T10:00:00.250Z')
    expect(order(rest, 'k', '2026-11-20T09:59:00.000Z').updatedAt).toBe('2026-11-20T09:59:00.999Z')
    expect(order(rest, 'k', '2026-11-20T10:01:00.000Z').updatedAt).toBe('2026-11-20T10:01:00.000Z')
    expect(order(rest, 'k', null).updatedAt).toBe(receivedAt)
  })
  it('reads amounts as people and sheets write them', () => {
    for (const total of ['249', '249.00', '249,00', 249, '249 DH', '٢٤٩'])
      expect(order({ external_id: '1', total }).totalCentimes).toBe(24_900)
  })
  it.each([
    ['no total', { external_id: '1' }],
    ['a total in words', { external_id: '1', total: 'beaucoup' }],
    ['a total that could be two amounts', { external_id: '1', total: '1.234' }],
    ['a negative total', { external_id: '1', total: '-5' }],
    ['a huge total', { external_id: '1', total: 1e308 }],
    ['a negative quantity', { external_id: '1', total: '5', items: [{ name: 'A', quantity: -2, unit_price: '5' }] }],
    ['a list', []],
    ['a word', 'hello'],
  ])('with %s cannot be read', (_name, fields) => {
    expect(parse(fields)).toMatchObject({ ok: false })
  })
  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(typeof parse(value).ok).toBe('boolean')
      }),
      { numRuns: 500 },
    )
  })
})
