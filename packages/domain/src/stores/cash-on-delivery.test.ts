import { describe, expect, it } from 'vitest'
import { defaultCodPatterns, isCashOnDelivery } from './cash-on-delivery.ts'

const waiting = { pending: true, outstandingCentimes: 24_900 }
const cod = (methods: readonly string[], payment = waiting, patterns: readonly string[] = defaultCodPatterns) =>
  isCashOnDelivery({ methods, ...payment }, patterns)

describe('cash on delivery', () => {
  it.each([
    ['Cash on Delivery (COD)'],
    ['COD'],
    ['Paiement à la livraison'],
    ['الدفع عند الاستلام'],
    ['الدَّفْع عند التسليم'],
  ])('is what the method %s says', (method) => {
    expect(cod([method], { pending: false, outstandingCentimes: 0 })).toBe(true)
  })

  it.each([['Shopify Payments'], ['PayPal'], ['codepay'], ['Virement bancaire']])(
    'is not %s, even unpaid',
    (method) => {
      expect(cod([method])).toBe(false)
    },
  )

  it('is an order without a method that waits for its money', () => {
    expect(cod([])).toBe(true)
    expect(cod([''])).toBe(true)
    expect(cod(['manual'])).toBe(true)
    expect(cod([], { pending: true, outstandingCentimes: null as unknown as number })).toBe(true)
  })

  it('is no order without a method that is paid, or has nothing left to pay', () => {
    expect(cod([], { pending: false, outstandingCentimes: 24_900 })).toBe(false)
    expect(cod([], { pending: true, outstandingCentimes: 0 })).toBe(false)
  })

  it("follows the merchant's own list", () => {
    expect(cod(['À la porte'], { pending: false, outstandingCentimes: 0 }, ['a la porte'])).toBe(true)
    expect(cod(['COD'], waiting, ['à la porte'])).toBe(false)
    expect(cod(['Anything'], waiting, [''])).toBe(false)
  })
})
