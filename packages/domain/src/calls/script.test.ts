import { expect, test } from 'vitest'
import { fillScript, scriptFor, scriptVariables, unknownVariables } from './script.ts'

const facts = {
  customer: 'Salma',
  shop: 'Dar Argan',
  number: '10421',
  products: 'Huile d’argan',
  amount: '420 DH',
  city: null,
  agent: 'Nora',
}

test('a script is filled from the order, and what is unknown is asked for', () => {
  expect(fillScript('Bonjour {customer}, {shop} : {products}, {amount}, livraison à {city}.', facts)).toBe(
    'Bonjour Salma, Dar Argan : Huile d’argan, 420 DH, livraison à ….',
  )
  expect(fillScript(scriptVariables.map((name) => `{${name}}`).join(' '), facts)).not.toMatch(/[{}]/)
})

test('a word in braces that is no variable is found before it is read out', () => {
  expect(unknownVariables('{customer} {prix} {} {prix}')).toEqual(['prix', ''])
  expect(fillScript('{prix}', facts)).toBe('{prix}')
})

test('an order is read the script of its product, else the one for all, in the tongue that was asked', () => {
  const all = { productId: null, tongue: 'fr' } as const
  const oil = { productId: 'oil', tongue: 'fr' } as const
  const soap = { productId: 'soap', tongue: 'darija_latin' } as const
  const scripts = [all, oil, soap]
  expect(scriptFor(scripts, 'fr', ['soap', 'oil'])).toBe(oil)
  expect(scriptFor(scripts, 'fr', ['soap'])).toBe(all)
  expect(scriptFor(scripts, 'darija_latin', ['soap'])).toBe(soap)
  expect(scriptFor(scripts, 'darija_arabic', ['oil'])).toBeNull()
})
