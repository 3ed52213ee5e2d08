import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nameKey, productLookups, productTerms, shopProductKey, skuKey, variantName } from './keys.ts'

it('takes a SKU for the same in any case, width and outer space, and for nothing else', () => {
  for (const same of ['ARG-50', ' arg-50 ', 'ＡＲＧ-50', 'arg-50\u200f']) expect(skuKey(same)).toBe('ARG-50')
  for (const other of ['ARG 50', 'ARG50', 'ARG_50', 'ARG-5']) expect(skuKey(other)).not.toBe('ARG-50')
})

it('gives a SKU one key, however often it is asked', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (sku) => {
      expect(skuKey(skuKey(sku))).toBe(skuKey(sku))
    }),
  )
})

it('knows a line by its SKU before its name, and one that says nothing not at all', () => {
  expect(shopProductKey({ sku: 'a-1', name: 'Savon' })).toBe('sku:A-1')
  expect(shopProductKey({ sku: '  ', name: 'Savon  Noir' })).toBe('name:savon noir')
  expect(shopProductKey({ sku: null, name: '—' })).toBeNull()
})

it('never takes a name for a SKU', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (sku, name) => {
      const [byName, bySku] = [shopProductKey({ sku: null, name }), shopProductKey({ sku, name: '' })]
      if (byName !== null && bySku !== null) expect(byName).not.toBe(bySku)
    }),
  )
})

it('finds a product by each beginning of its words in either script, and by its SKU with or without signs', () => {
  const terms = productTerms(['Huile d’argan', variantName('Huile d’argan', 'زيت أركان')], ['ARG-50'])
  for (const typed of ['huile', 'ARGAN', 'arg', 'arg50', 'ARG-50', 'أركان', 'hui arg'])
    for (const word of productLookups(typed))
      expect(
        terms.some((term) => term.startsWith(word)),
        word,
      ).toBe(true)
  expect(productLookups('  – ')).toEqual([])
})

it('asks for nothing that no name could have', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
      const terms = productTerms([name], [])
      if (nameKey(name).length < 100)
        for (const word of productLookups(name)) expect(terms.some((term) => term.startsWith(word))).toBe(true)
    }),
  )
})
