import fc from 'fast-check'
import { expect, it } from 'vitest'
import { landmarkOf } from './position.ts'

const place = { latitude: 33.573_11, longitude: -7.589_84 }
it.each([
  [null, null, '33.57311, -7.58984'],
  ['Mosquée Al Amal', null, 'Mosquée Al Amal · 33.57311, -7.58984'],
  [null, 'Près de la pharmacie', 'Près de la pharmacie · 33.57311, -7.58984'],
  ['Mosquée', 'Face au café', 'Face au café · Mosquée · 33.57311, -7.58984'],
  ['Mosquée', 'Mosquée · 34.01000, -6.83000', 'Mosquée · 33.57311, -7.58984'],
] as const)('makes a landmark of a shared position %s beside %s', (name, before, landmark) => {
  expect(landmarkOf({ ...place, name }, before)).toBe(landmark)
})

it('makes a landmark that fits, and the same one twice', () => {
  const text = fc.option(fc.string({ maxLength: 300, unit: 'grapheme' }))
  fc.assert(
    fc.property(fc.double({ min: -90, max: 90, noNaN: true }), text, text, (latitude, name, before) => {
      const once = landmarkOf({ latitude, longitude: -7.5, name }, before)
      expect(once.length).toBeLessThanOrEqual(200)
      expect(once).toContain(`${latitude.toFixed(5)}, -7.50000`)
    }),
  )
})
