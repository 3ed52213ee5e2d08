import { expect, test } from 'vitest'
import { askedOf, nothingAsked } from './option-fields.tsx'

test('a new order says of its handover what was said, and leaves the rest to its products and its store', () => {
  expect(askedOf(nothingAsked)).toEqual({})
  expect(askedOf({ ...nothingAsked, allowOpen: 'no', fragile: 'yes', deliverTo: 'agency' })).toEqual({
    allowOpen: false,
    fragile: true,
    deliverTo: 'agency',
  })
  expect(askedOf({ ...nothingAsked, shipNotBefore: '2026-12-01' })).toEqual({ shipNotBefore: '2026-12-01' })
})
