import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { feesAskedOnce, planTogether, type TogetherOrder } from './together.ts'

const order = (id: string, change: Partial<TogetherOrder> = {}): TogetherOrder => ({
  id,
  number: Number(id),
  isSample: false,
  state: 'new',
  parcelStatus: null,
  cityId: 'rabat',
  deliverTo: 'home',
  exchangeOfOrderId: null,
  shippingFeeCentimes: 3_000,
  codAmountCentimes: 24_900,
  shipWithOrderId: null,
  ...change,
})
const codeOf = (...orders: [TogetherOrder, ...TogetherOrder[]]): string | null => {
  const planned = planTogether(orders)
  return planned.ok ? null : planned.refusal.code
}

it('joins what still goes out, to one city and in one way', () => {
  expect(codeOf(order('1'), order('2', { state: 'confirmed' }), order('3', { state: null }))).toBeNull()
  expect(codeOf(order('1'), order('2', { parcelStatus: 'returned', state: 'confirmed' }))).toBeNull()
})

it.each<[string, Partial<TogetherOrder>]>([
  ['order.together_cities', { cityId: 'fes' }],
  ['order.together_cities', { cityId: null }],
  ['order.together_parcel', { parcelStatus: 'draft', state: 'confirmed' }],
  ['order.together_parcel', { parcelStatus: 'delivered', state: 'delivered' }],
  ['order.together_over', { state: 'cancelled' }],
  ['order.together_over', { state: 'shipped' }],
  ['order.together_handover', { deliverTo: 'agency' }],
  ['order.together_handover', { exchangeOfOrderId: '9' }],
  ['order.sample', { isSample: true }],
])('refuses with %s, naming the order that does not fit', (code, change) => {
  const planned = planTogether([order('1'), order('2', change)])
  expect(planned).toMatchObject({ ok: false, refusal: { code } })
  if (!planned.ok && code !== 'order.sample') expect(planned.refusal.params?.['number']).toBe(2)
})

it('lets an exchange lead, and refuses to bring two parcels together', () => {
  expect(codeOf(order('1', { exchangeOfOrderId: '9' }), order('2'))).toBeNull()
  expect(codeOf(order('1', { shipWithOrderId: '1' }), order('2', { shipWithOrderId: '3' }))).toBe('order.together_two')
})

describe('the delivery fee', () => {
  const fees = fc.array(fc.nat({ max: 9_000 }), { minLength: 1, maxLength: 6 })
  const named = (amounts: readonly number[]) =>
    amounts.map((shippingFeeCentimes, index) => order(String(index + 1), { shippingFeeCentimes }))
  const askedOf = (orders: readonly TogetherOrder[]) => {
    const waived = feesAskedOnce(orders)
    return orders.map((one) => one.shippingFeeCentimes - (waived.get(one.id) ?? 0))
  }

  it('is asked once, the dearest of all, and the lead keeps its own', () => {
    fc.assert(
      fc.property(fees, (amounts) => {
        const asked = askedOf(named(amounts))
        expect(asked.reduce((sum, fee) => sum + fee, 0)).toBe(Math.max(...amounts))
        expect(asked[0]).toBe(amounts[0])
      }),
    )
  })

  it('is the same whether orders join at once or one after the other', () => {
    fc.assert(
      fc.property(fees, fees, (first, later) => {
        const joined = askedOf(named(first)).map((fee, index) =>
          order(String(index + 1), { shippingFeeCentimes: fee, shipWithOrderId: '1' }),
        )
        const latecomers = later.map((fee, index) => order(String(50 + index), { shippingFeeCentimes: fee }))
        const asked = askedOf([...joined, ...latecomers])
        expect(asked.slice(0, first.length)).toEqual(joined.map((one) => one.shippingFeeCentimes))
        expect(asked.reduce((sum, fee) => sum + fee, 0)).toBe(Math.max(...first, ...later))
      }),
    )
  })

  it('is not given back where it was paid before', () => {
    const waivedOf = (codAmountCentimes: number | null) =>
      feesAskedOnce([order('1'), order('2', { codAmountCentimes })]).get('2')
    expect([waivedOf(24_900), waivedOf(1_000), waivedOf(0), waivedOf(null)]).toEqual([3_000, 1_000, 0, 0])
  })
})
