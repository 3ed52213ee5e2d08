import { describe, expect, it } from 'vitest'
import { addressKey, type ComparableOrder, duplicateVerdict } from './duplicates.ts'

const argan = { sku: 'ARG-50', name: 'Huile d’argan', quantity: 1 }
const soap = { sku: null, name: 'Savon noir', quantity: 2 }
const order = (over: Partial<ComparableOrder> = {}): ComparableOrder => ({
  phones: ['+212612345678'],
  addressKey: 'casablanca:12ruedesroses',
  lines: [argan],
  ...over,
})

describe('duplicates', () => {
  it('certain: the same phone asks for exactly the same', () => {
    expect(duplicateVerdict(order(), order({ addressKey: null }))).toBe('certain')
    const twice = { ...argan, quantity: 2 }
    expect(duplicateVerdict(order({ lines: [argan, argan] }), order({ lines: [twice] }))).toBe('certain')
  })

  it('likely: the same phone or address asks for some of the same', () => {
    expect(duplicateVerdict(order(), order({ lines: [argan, soap] }))).toBe('likely')
    expect(duplicateVerdict(order(), order({ lines: [{ ...argan, quantity: 3 }] }))).toBe('likely')
    expect(duplicateVerdict(order(), order({ phones: ['+212700000001'] }))).toBe('likely')
  })

  it('second item: the same phone asks for something else', () => {
    expect(duplicateVerdict(order(), order({ lines: [soap] }))).toBe('second_item')
  })

  it('nothing: strangers, and neighbours with other wishes', () => {
    expect(duplicateVerdict(order(), order({ phones: ['+212700000001'], lines: [soap] }))).toBeNull()
    expect(duplicateVerdict(order(), order({ phones: ['+212700000001'], addressKey: null }))).toBeNull()
    expect(
      duplicateVerdict(order({ phones: [], addressKey: null }), order({ phones: [], addressKey: null })),
    ).toBeNull()
  })

  it('an alternate phone is a phone', () => {
    expect(
      duplicateVerdict(order({ phones: ['+212612345678', '+212522000000'] }), order({ phones: ['+212522000000'] })),
    ).toBe('certain')
  })

  it('compares products by SKU, else by name in any spelling', () => {
    const named = { sku: null, name: '  HUILE d’Argàn ', quantity: 1 }
    const plain = { sku: null, name: 'huile d argan', quantity: 1 }
    expect(duplicateVerdict(order({ lines: [named] }), order({ lines: [plain] }))).toBe('certain')
    expect(duplicateVerdict(order(), order({ lines: [{ ...argan, sku: 'arg-50', name: 'Other words' }] }))).toBe(
      'certain',
    )
  })
})

describe('address key', () => {
  it('is one for all spellings of an address', () => {
    expect(addressKey('rabat', '12, Rue des Rosés')).toBe(addressKey('rabat', '12 rue DES roses'))
    expect(addressKey('rabat', '12 rue des roses')).not.toBe(addressKey('sale', '12 rue des roses'))
  })

  it('is none where the address could be anybody’s', () => {
    for (const line of [null, '', 'centre', 'hay salam', 'avenue Hassan II', 'n° 4'])
      expect(addressKey('rabat', line)).toBeNull()
    expect(addressKey(null, '12 rue des roses, appartement 4')).toBeNull()
  })
})
