import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shopTotalsOf, totalsOf } from './totals.ts'

const anyCentimes = fc.integer({ min: 0, max: 99_999_999 })
const anyLines = fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 9_999 }), unitPriceCentimes: anyCentimes }), {
  maxLength: 20,
})

describe('totals of an order written here', () => {
  it('are lines plus shipping minus discount, and the deposit is not collected again', () => {
    const lines = [
      { quantity: 2, unitPriceCentimes: 12_450 },
      { quantity: 1, unitPriceCentimes: 9_900 },
    ]
    const amounts = { shippingFeeCentimes: 3_500, discountCentimes: 1_000, depositCentimes: 10_000 }
    expect(totalsOf(lines, amounts)).toEqual({
      ok: true,
      value: {
        subtotalCentimes: 34_800,
        shippingFeeCentimes: 3_500,
        discountCentimes: 1_000,
        depositCentimes: 10_000,
        adjustmentCentimes: 0,
        totalCentimes: 37_300,
        codAmountCentimes: 27_300,
      },
    })
  })

  it('refuse a discount above everything and a deposit above the total', () => {
    const lines = [{ quantity: 1, unitPriceCentimes: 1_000 }]
    const none = { shippingFeeCentimes: 0, discountCentimes: 0, depositCentimes: 0 }
    expect(totalsOf(lines, { ...none, discountCentimes: 1_001 })).toMatchObject({
      refusal: { code: 'order.total_mismatch' },
    })
    expect(totalsOf(lines, { ...none, depositCentimes: 1_001 })).toMatchObject({
      refusal: { code: 'order.deposit_above_total', fields: [{ path: 'depositCentimes', code: 'too_large' }] },
    })
  })
})

describe('totals of a shop’s order', () => {
  it('the shop’s total wins, and what its parts do not explain is the adjustment', () => {
    const totals = shopTotalsOf([{ quantity: 1, unitPriceCentimes: 20_000 }], {
      totalCentimes: 24_900,
      shippingFeeCentimes: 3_000,
      discountCentimes: 0,
      outstandingCentimes: null,
    })
    expect(totals).toMatchObject({
      adjustmentCentimes: 1_900,
      totalCentimes: 24_900,
      codAmountCentimes: 24_900,
      depositCentimes: 0,
    })
  })

  it('what is still to be paid is collected: part-paid and paid orders are right', () => {
    const shop = { totalCentimes: 24_900, shippingFeeCentimes: 0, discountCentimes: 0 }
    expect(shopTotalsOf([], { ...shop, outstandingCentimes: 4_900 })).toMatchObject({
      codAmountCentimes: 4_900,
      depositCentimes: 20_000,
    })
    expect(shopTotalsOf([], { ...shop, outstandingCentimes: 0 })).toMatchObject({
      codAmountCentimes: 0,
      depositCentimes: 24_900,
    })
  })

  it('always add up, and never collect more than the total or less than nothing', () => {
    fc.assert(
      fc.property(
        anyLines,
        anyCentimes,
        anyCentimes,
        anyCentimes,
        fc.option(fc.integer()),
        (lines, total, fee, off, owed) => {
          const t = shopTotalsOf(lines, {
            totalCentimes: total,
            shippingFeeCentimes: fee,
            discountCentimes: off,
            outstandingCentimes: owed,
          })
          expect(t.subtotalCentimes + t.shippingFeeCentimes - t.discountCentimes + t.adjustmentCentimes).toBe(total)
          expect(t.totalCentimes - t.depositCentimes).toBe(t.codAmountCentimes)
          expect(t.codAmountCentimes).toBeGreaterThanOrEqual(0)
          expect(t.codAmountCentimes).toBeLessThanOrEqual(total)
        },
      ),
    )
  })
})
