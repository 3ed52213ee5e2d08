import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type PickedLine, pickingOf } from './picking.ts'

it('puts the lines of many orders under one article', () => {
  expect(
    pickingOf([
      { orderNumber: 12, sku: null, name: 'Ceinture', quantity: 1 },
      { orderNumber: 11, sku: 'CAF-M', name: 'Caftan vert', quantity: 2 },
      { orderNumber: 10, sku: 'caf-m ', name: 'Caftan vert, M', quantity: 1 },
      { orderNumber: 11, sku: 'CAF-M', name: 'Caftan vert', quantity: 1 },
      { orderNumber: 13, sku: '', name: '  ceinture ', quantity: 3 },
    ]),
  ).toEqual([
    { sku: 'CAF-M', name: 'Caftan vert', quantity: 4, orderNumbers: [10, 11] },
    { sku: null, name: 'Ceinture', quantity: 4, orderNumbers: [12, 13] },
  ])
})

const line = fc.record({
  orderNumber: fc.integer({ min: 1, max: 9 }),
  sku: fc.constantFrom(null, 'A', 'a', 'B-1', ''),
  name: fc.constantFrom('Lampe', 'lampe', 'مصباح', 'Tapis'),
  quantity: fc.integer({ min: 1, max: 50 }),
}) as fc.Arbitrary<PickedLine>

it('loses no piece and invents none, whatever the order of the lines', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const rows = pickingOf(lines)
      const pieces = (some: readonly { readonly quantity: number }[]) =>
        some.reduce((sum, one) => sum + one.quantity, 0)
      expect(pieces(rows)).toBe(pieces(lines))
      expect(new Set(rows.flatMap((row) => row.orderNumbers))).toEqual(new Set(lines.map((one) => one.orderNumber)))
      const quantities = (some: readonly PickedLine[]) => pickingOf(some).map((row) => row.quantity)
      expect(quantities([...lines].reverse())).toEqual(quantities(lines))
    }),
  )
})
