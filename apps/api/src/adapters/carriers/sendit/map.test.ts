import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parcelStatuses } from '@sendocki/domain/parcels/parcel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RawDelivery } from '../port.ts'
import { bodyOf, bookedOf, placeOf, reasonsOf, senditMap, trackingOf, wordOf } from './map.ts'

const sample = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, 'samples', name), 'utf8'))
const now = new Date('2026-11-20T10:00:00Z')
/** Source: integrations.md 8. */
const vector =
  '{"event":"delivery.status.update","code":"DH000TEST01","oldStatus":"DELIVERING","newStatus":"DELIVERED","lastActionAt":"2026-11-20 14:05:00"}'
const delivery = (signature?: string, body = vector): RawDelivery => ({
  headers: signature === undefined ? {} : { 'x-sendit-signature': signature },
  query: {},
  body: Buffer.from(body),
})

describe('the signature', () => {
  it.each([
    '4238df3043dbae529233c0e49eca2243add6d7413715c14708f19b14ce6b47c8',
    '4238DF3043DBAE529233C0E49ECA2243ADD6D7413715C14708F19B14CE6B47C8',
    'sha256=4238df3043dbae529233c0e49eca2243add6d7413715c14708f19b14ce6b47c8',
    'QjjfMEPbrlKSM8DknsoiQ63W10E3FcFHCPGbFM5rR8g=',
  ])('is read as %s', (signature) => {
    expect(senditMap.verify(delivery(signature), ['demo-secret'], now)).toEqual({ ok: true, trust: 'signed' })
  })

  it('is refused for another secret, another body, and anything that is none', () => {
    const signature = '4238df3043dbae529233c0e49eca2243add6d7413715c14708f19b14ce6b47c8'
    expect(senditMap.verify(delivery(signature), ['other'], now).ok).toBe(false)
    expect(senditMap.verify(delivery(signature, `${vector} `), ['demo-secret'], now).ok).toBe(false)
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''),
        (text) => !senditMap.verify(delivery(text), ['demo-secret'], now).ok,
      ),
    )
  })

  it('that is absent is told from one that is wrong', () => {
    expect(senditMap.verify(delivery(), ['demo-secret'], now)).toEqual({ ok: true, trust: 'unsigned' })
  })
})

describe('a webhook', () => {
  it('becomes one piece of news, its time read on a Moroccan clock', () => {
    const parsed = senditMap.parse(
      Buffer.from(
        vector.replace('2026-11-20', '2026-07-20').replace('}', ',"message":"Livré","counterUnreachable":2}'),
      ),
    )
    expect(parsed).toEqual({
      ok: true,
      news: [
        {
          trackingNumber: 'DH000TEST01',
          raw: 'DELIVERED',
          word: { kind: 'known', status: 'delivered' },
          at: '2026-07-20T13:05:00.000Z',
          comment: 'Livré',
          attempts: 2,
        },
      ],
    })
  })

  it('has the same key when it is repeated, and another for another status or time', () => {
    const keys = [vector, vector.replace('DELIVERED"', 'REJECTED"'), vector.replace('14:05', '14:06')].map((body) =>
      senditMap.key(delivery('', body)),
    )
    expect(new Set(keys).size).toBe(3)
    expect(senditMap.key(delivery('', `${vector} `))).toBe(keys[0])
  })

  it('of another event says nothing, and one that cannot be read says why', () => {
    expect(senditMap.parse(Buffer.from('{"event":"invoice.created"}'))).toEqual({ ok: true, news: [] })
    expect(senditMap.parse(Buffer.from('<html>'))).toEqual({ ok: false, why: 'not_json' })
    expect(senditMap.parse(Buffer.from('{"code":"X"}'))).toEqual({ ok: false, why: 'code_or_status_missing' })
  })

  it('never makes the parser fall', () => {
    fc.assert(fc.property(fc.json(), (text) => typeof senditMap.parse(Buffer.from(text)).ok === 'boolean'))
    fc.assert(
      fc.property(
        fc.uint8Array(),
        (bytes) => typeof senditMap.key({ ...delivery(), body: Buffer.from(bytes) }) === 'string',
      ),
    )
  })
})

describe('words', () => {
  it.each([
    ['TOPICKUP', 'awaiting_pickup'],
    ['TO_PICKUP', 'awaiting_pickup'],
    ['CANCELLED', 'cancelled'],
    ['CANCELED', 'cancelled'],
    ['DISTRIBUTED', 'in_transit'],
    [' delivered ', 'delivered'],
    ['RETURN_SELLER', 'returned'],
  ])('%s is %s', (raw, status) => {
    expect(wordOf(raw)).toEqual({ kind: 'known', status })
  })

  it('that we do not know stay as they are', () => {
    fc.assert(
      fc.property(fc.string(), (raw) => {
        const word = wordOf(raw)
        return word.kind === 'unknown' ? word.raw === raw : parcelStatuses.includes(word.status)
      }),
    )
    expect(wordOf('constructor')).toEqual({ kind: 'unknown', raw: 'constructor' })
  })
})

it('reads districts whose price is a text or a number, and drops those without a name', () => {
  expect(sample('districts.json').data.map(placeOf)).toMatchObject([
    { id: '77', city: 'Casablanca', name: 'Casablanca - Exemple', deliveredFeeCentimes: 2_500, pickup: true },
    { id: '412', deliveredFeeCentimes: 3_000, pickup: false, arabicName: null },
    null,
  ])
})

it('reads a parcel with its history and its way back', () => {
  const { data } = sample('parcel.json')
  expect(bookedOf(data)).toMatchObject({
    trackingNumber: 'DH000TEST01',
    reference: '1001-00000001',
    feeCentimes: 2_500,
  })
  expect(trackingOf(data).map(({ raw, at, comment }) => [raw, at, comment])).toEqual([
    ['PENDING', '2026-07-18T09:12:44.000Z', null],
    ['DELIVERING', '2026-07-19T08:00:00.000Z', null],
    ['REJECTED', '2026-07-20T13:05:00.000Z', 'Le client ne veut plus'],
    ['REJECTED', '2026-07-20T13:05:00.000Z', null],
    ['TORETURN', '2026-07-20T13:05:00.000Z', null],
  ])
})

it('asks for a parcel in Sendit’s own fields', () => {
  const body = bodyOf(
    {
      reference: '1001-00000001',
      placeId: '412',
      recipientName: 'Salma Test',
      phone: '+212612345678',
      address: '12 rue Exemple',
      amountCentimes: 24_900,
      products: [
        { name: 'Lampe: solaire; 2|3', quantity: 1 },
        { name: 'Câble', quantity: 2 },
      ],
      comment: 'x'.repeat(400),
      allowOpen: true,
      allowTry: null,
      exchangeOf: null,
    },
    '77',
  )
  expect(body).toMatchObject({
    pickup_district_id: 77,
    district_id: 412,
    phone: '0612345678',
    amount: 249,
    reference: '1001-00000001',
    allow_open: 1,
    products: 'Lampe solaire 2 3 x1, Câble x2',
    option_exchange: 0,
    delivery_exchange_id: '',
  })
  expect(body).not.toHaveProperty('allow_try')
  expect(String(body.comment)).toHaveLength(250)
})

it('finds the reasons of a refusal wherever Sendit puts them', () => {
  expect(reasonsOf({ message: 'Invalide', errors: { phone: ['Le format est invalide.'] } })).toEqual([
    'Le format est invalide.',
  ])
  expect(reasonsOf({ success: false, message: 'Solde insuffisant' })).toEqual(['Solde insuffisant'])
  expect(reasonsOf(null)).toEqual([])
})
