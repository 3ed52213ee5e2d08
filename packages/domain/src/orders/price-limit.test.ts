import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstPrices } from './price-limit.ts'

const oil = { variantId: null, name: 'Huile', unitPriceCentimes: 12_000, firstPriceCentimes: null }
const at = (unitPriceCentimes: number, over: object = {}) => ({ name: 'Huile', unitPriceCentimes, ...over })
const catalogue = new Map([['v1', 8_000]])
const codeOf = (limitPercent: number | null, before: object[], after: object[]): unknown => {
  const result = firstPrices({ before: before as never, after: after as never, catalogue, limitPercent })
  return result.ok ? result.value : result.refusal.code
}

test.each([
  ['within the limit', 10, [oil], [at(10_800)], [12_000]],
  ['above it by no more', 10, [oil], [at(13_200)], [12_000]],
  ['beyond it', 10, [oil], [at(10_799)], 'order.price_limit'],
  ['beyond it upwards', 10, [oil], [at(13_201)], 'order.price_limit'],
  ['with no change allowed', 0, [oil], [at(12_000)], [null]],
  ['with no limit', null, [oil], [at(1)], [12_000]],
  [
    'changed before: held against the first price',
    10,
    [at(10_800, { firstPriceCentimes: 12_000 })],
    [at(9_720)],
    'order.price_limit',
  ],
  ['put back to the first price', 10, [at(10_800, { firstPriceCentimes: 12_000 })], [at(12_000)], [null]],
  ['given by somebody else and left alone', 10, [at(6_000, { firstPriceCentimes: 12_000 })], [at(6_000)], [12_000]],
  ['of a variant that is added', 10, [oil], [at(12_000), at(8_000, { variantId: 'v1' })], [null, null]],
  ['of a variant that is added too cheap', 10, [oil], [at(7_000, { variantId: 'v1' })], 'order.price_limit'],
  ['of something that no catalogue knows', 10, [oil], [at(12_000), at(100, { name: 'Cadeau' })], 'order.line_unpriced'],
  ['of something that no catalogue knows, with no limit', null, [oil], [at(100, { name: 'Cadeau' })], [null]],
])('a price %s', (_, limit, before, after, expected) => {
  expect(codeOf(limit, before, after)).toEqual(expected)
})

test('no row of steps leads further than the limit', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 20 })
  fc.assert(
    fc.property(steps, fc.integer({ min: 0, max: 100 }), (prices, limitPercent) => {
      let line = { ...oil, firstPriceCentimes: null as number | null }
      for (const price of prices) {
        const result = firstPrices({ before: [line], after: [at(price)], catalogue, limitPercent })
        if (result.ok) line = { ...line, unitPriceCentimes: price, firstPriceCentimes: result.value[0] ?? null }
        expect(Math.abs(line.unitPriceCentimes - 12_000) * 100).toBeLessThanOrEqual(12_000 * limitPercent)
      }
    }),
  )
})
