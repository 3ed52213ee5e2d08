import { expect, it } from 'vitest'
import { type PlaceAnswer, planShipment, type ShippableOrder, type ShippingLimits } from './readiness.ts'

const order: ShippableOrder = {
  isSample: false,
  id: '0193a000-0000-7000-8000-000000000001',
  number: 10_421,
  state: 'confirmed',
  toComplete: [],
  customerName: 'Salma Bennani',
  phone: '+212612345678',
  alternatePhone: null,
  addressLine: '12 rue des Orangers',
  district: 'Maârif',
  landmark: null,
  cityId: 'casablanca',
  cityText: 'Casa',
  codAmountCentimes: 24_900,
  lines: [{ name: 'Lampe solaire', quantity: 1 }],
  note: null,
  allowOpen: true,
  allowTry: null,
  fragile: true,
  shipNotBefore: null,
  deliverTo: 'home',
  exchangeOfOrderId: null,
}
const limits: ShippingLimits = {
  wholeDirhams: true,
  agencyDelivery: false,
  localPhones: true,
  allowOpen: true,
  allowTry: true,
  fragile: false,
  exchange: true,
}
const found: PlaceAnswer = { kind: 'found', placeId: '77', feeCentimes: 2_500 }
const plan = (change: Partial<ShippableOrder>, place: PlaceAnswer = found) =>
  planShipment({ ...order, ...change }, place, limits, '2026-11-20')

it('ships a confirmed order with what the carrier prints', () => {
  expect(plan({})).toEqual({
    ok: true,
    value: {
      placeId: '77',
      recipientName: 'Salma Bennani',
      phone: '+212612345678',
      address: '12 rue des Orangers, Maârif',
      amountCentimes: 24_900,
      feeCentimes: 2_500,
      products: order.lines,
      comment: 'FRAGILE',
      allowOpen: true,
      allowTry: null,
    },
  })
})

it('ships from a stage of the merchant’s own without a state', () => {
  expect(plan({ state: null }).ok).toBe(true)
})

it.each([
  ['an order that is not confirmed', { state: 'to_confirm' }, 'parcel.order_not_ready'],
  ['an incomplete order', { toComplete: ['city_ambiguous'] }, 'order.incomplete'],
  ['an order for later', { shipNotBefore: '2026-11-21' }, 'parcel.order_not_ready'],
  ['delivery at an agency', { deliverTo: 'agency' }, 'carrier.capability_missing'],
  ['no phone', { phone: null }, 'parcel.phone_unusable'],
  ['a foreign phone', { phone: '+33612345678' }, 'parcel.phone_unusable'],
  ['a foreign currency', { codAmountCentimes: null }, 'order.currency_unsupported'],
] as const)('refuses %s', (_what, change, code) => {
  expect(plan(change as Partial<ShippableOrder>)).toMatchObject({ ok: false, refusal: { code } })
})

it('refuses centimes that the carrier would drop, and says how many', () => {
  expect(plan({ codAmountCentimes: 24_950 })).toMatchObject({
    refusal: { code: 'parcel.amount_not_whole', params: { amountCentimes: 24_950, differenceCentimes: 50 } },
  })
})

it('asks about a likely place and refuses none', () => {
  expect(plan({}, { kind: 'weak' })).toMatchObject({ refusal: { code: 'parcel.city_unmatched' } })
  expect(plan({}, { kind: 'none' })).toMatchObject({ refusal: { code: 'parcel.city_not_served' } })
})

it('calls the second phone when the first cannot be dialled by a courier', () => {
  expect(plan({ phone: '+33612345678', alternatePhone: '+212661000000' })).toMatchObject({
    value: { phone: '+212661000000' },
  })
})

it('writes in the remark what the carrier has no field for', () => {
  const asked = { ...order, allowOpen: false, allowTry: true, exchangeOfOrderId: order.id, note: 'Appeler' }
  const without = { ...limits, allowOpen: false, allowTry: false, exchange: false }
  const planned = planShipment(asked, found, without, '2026-11-20')
  expect(planned.ok && planned.value.comment).toBe('NE PAS OUVRIR · ESSAI AUTORISÉ · FRAGILE · ÉCHANGE · Appeler')
  const able = planShipment(asked, found, { ...limits, fragile: true }, '2026-11-20')
  expect(able.ok && able.value.comment).toBe('Appeler')
})
