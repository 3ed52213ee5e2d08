import { describe, expect, it } from 'vitest'
import { believableOrder } from './believable.ts'

const orders = (seed: number, count: number) => {
  const chance = { seed }
  return Array.from({ length: count }, () => believableOrder(chance))
}

describe('believable orders', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(orders(3, 20)).toEqual(orders(3, 20))
    expect(orders(3, 20)).not.toEqual(orders(4, 20))
  })

  it('come in two scripts, several notations and spellings, and some without phone or city', () => {
    const many = orders(1, 1000)
    const share = (test: (order: (typeof many)[number]) => boolean) => many.filter(test).length / many.length
    expect(share(({ firstName }) => /[\u0600-\u06ff]/.test(firstName))).toBeGreaterThan(0.2)
    expect(share(({ firstName }) => /[a-z]/i.test(firstName))).toBeGreaterThan(0.5)
    expect(share(({ phone }) => phone === null)).toBeGreaterThan(0.005)
    expect(share(({ city }) => city === null)).toBeGreaterThan(0.005)
    expect(share(({ formApp }) => formApp)).toBeGreaterThan(0.2)
    expect(new Set(many.map(({ city }) => city)).size).toBeGreaterThan(40)
    for (const start of ['06', '+212', '00212', '212', '٠'])
      expect(many.some(({ phone }) => phone?.startsWith(start))).toBe(true)
  })

  it('always have a line with a quantity and a price', () => {
    for (const { lines } of orders(2, 300)) {
      expect(lines.length).toBeGreaterThan(0)
      for (const { product, quantity } of lines) expect(product.priceDirhams * quantity).toBeGreaterThan(0)
    }
  })
})
