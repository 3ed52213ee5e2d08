import { expect, test } from 'vitest'
import { withFrenchSpaces } from './french-spaces.ts'

test('French signs keep to their word', () => {
  expect(withFrenchSpaces({ a: 'Oublié ?', b: { c: 'Passe d’abord par « Confirmée » : la suite' } })).toEqual({
    a: 'Oublié\u00A0?',
    b: { c: 'Passe d’abord par «\u00A0Confirmée\u00A0»\u00A0: la suite' },
  })
})
