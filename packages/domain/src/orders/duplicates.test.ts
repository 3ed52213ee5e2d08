import { describe, expect, it } from 'vitest'
import {
  addressKey,
  type ComparableOrder,
  type Comparison,
  compareOrders,
  duplicateVerdict,
  type FacedOrder,
  fullerOf,
  isIdentical,
} from './duplicates.ts'

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

const faced = (over: Partial<FacedOrder> = {}): FacedOrder => ({
  ...order(),
  id: 'one',
  name: 'Meryem Chraibi',
  cityId: 'casablanca',
  totalCentimes: 12_000,
  storeId: 'store',
  source: 'Dar Argan',
  createdAt: '2026-11-20T14:05:00Z',
  ...over,
})

describe('two orders side by side', () => {
  it.each<[string, Partial<FacedOrder>, Partial<Comparison>]>([
    ['the same name in another order of its words', { name: 'CHRAÏBI meryem' }, { name: 'same' }],
    ['the same name in the other script', { name: 'مريم الشرايبي' }, { name: 'alike' }],
    ['another name', { name: 'Hicham Bouazza' }, { name: 'other' }],
    ['a name that nobody knows', { name: null }, { name: 'unknown' }],
    ['another phone', { phones: ['+212700000001'] }, { phone: 'other' }],
    ['no phone', { phones: [] }, { phone: 'unknown' }],
    ['another street of the city', { addressKey: 'casablanca:9ruedesoliviers' }, { address: 'alike' }],
    ['a vague address in the city', { addressKey: null }, { address: 'unknown' }],
    ['another city', { addressKey: null, cityId: 'rabat' }, { address: 'other' }],
    ['one product more', { lines: [argan, soap] }, { lines: 'alike', morePieces: -2 }],
    ['other products', { lines: [soap] }, { lines: 'other', morePieces: -1 }],
    ['another amount', { totalCentimes: 10_000 }, { moreCentimes: 2_000 }],
    ['another store', { storeId: 'other' }, { source: 'other' }],
    ['eleven minutes later', { createdAt: '2026-11-20T14:16:00Z' }, { minutesApart: 11 }],
  ])('%s', (_name, over, verdict) => {
    const same: Comparison = {
      phone: 'same',
      name: 'same',
      address: 'same',
      lines: 'same',
      morePieces: 0,
      moreCentimes: 0,
      source: 'same',
      minutesApart: 0,
    }
    expect(compareOrders(faced(), faced(over))).toEqual({ ...same, ...verdict })
  })

  it('the fuller one has more pieces, then more money, then came later', () => {
    const bare = faced()
    const fuller = (over: Partial<FacedOrder>) => fullerOf(bare, faced({ id: 'two', ...over })).id
    expect(fuller({ lines: [argan, argan], totalCentimes: 1 })).toBe('two')
    expect(fuller({ totalCentimes: 12_001 })).toBe('two')
    expect(fuller({ createdAt: '2026-11-20T14:06:00Z' })).toBe('two')
    expect(fuller({ createdAt: '2026-11-20T14:04:00Z', lines: [argan] })).toBe('one')
  })

  it.each<[string, Partial<FacedOrder>, boolean]>([
    ['one click sent twice', { createdAt: '2026-11-20T14:14:59Z' }, true],
    ['ten minutes later', { createdAt: '2026-11-20T14:15:00Z' }, false],
    ['another amount', { totalCentimes: 12_001 }, false],
    ['another store', { storeId: 'other' }, false],
    ['typed by hand', { storeId: null }, false],
    ['one piece more', { lines: [argan, argan] }, false],
    ['another main phone', { phones: ['+212700000001', '+212612345678'] }, false],
  ])('are the same click only where all is the same: %s', (_name, over, identical) => {
    expect(isIdentical(faced(), faced(over))).toBe(identical)
  })
})
