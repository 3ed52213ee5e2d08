import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { incompleteReasonsOf, readAddress, readContact } from './arrival.ts'

const contact = (phones: string[], over: object = {}) => readContact({ name: 'Salma', phones, email: null, ...over })
const address = (city: string | null, line: string | null = null) =>
  readAddress({ line, city, district: null, landmark: null })

describe('a contact', () => {
  it('has the first good phone, whatever the notation, and another as its alternate', () => {
    expect(contact(['06 12', '+33 6 12 34 56 78', '٠٦١٢٣٤٥٦٧٨'])).toMatchObject({
      phone: '+212612345678',
      phoneVerdict: 'good',
      phoneText: null,
      alternatePhone: '+33612345678',
    })
    expect(contact(['0612345678 / 0522334455'])).toMatchObject({
      phone: '+212612345678',
      alternatePhone: '+212522334455',
    })
  })

  it('keeps a doubtful phone with its doubt when there is no good one', () => {
    expect(contact(['+33612345678'])).toMatchObject({ phone: '+33612345678', phoneVerdict: 'doubtful' })
  })

  it('keeps as written what is no phone, and is never guessed', () => {
    expect(contact(['0612'])).toMatchObject({ phone: null, phoneVerdict: 'impossible', phoneText: '0612' })
    expect(contact([])).toMatchObject({ phone: null, phoneVerdict: null, phoneText: null })
    expect(contact(['  '])).toMatchObject({ phone: null, phoneVerdict: null, phoneText: null })
  })

  it('does not repeat its phone as the alternate', () => {
    expect(contact(['0612345678'], { alternatePhone: '+212 612345678' }).alternatePhone).toBeNull()
  })

  it('reads anything without throwing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary' }), { maxLength: 2 }),
        (phones) => contact(phones).name === 'Salma',
      ),
    )
  })
})

describe('an address', () => {
  it('finds city, region and quarter in three spellings', () => {
    for (const text of ['Casa', 'الدار البيضاء', 'CASABLANCA ', 'casablanca'])
      expect(address(text)).toMatchObject({
        cityId: 'casablanca',
        regionCode: 'MA-06',
        doubt: null,
        cityText: text.trim(),
      })
    expect(address('Casablanca', '12 rue X, Maârif')).toMatchObject({ district: 'Maârif' })
  })

  it('leaves the city open rather than guess', () => {
    expect(address(null)).toMatchObject({ cityId: null, doubt: 'city_missing' })
    expect(address('Qwxyz')).toMatchObject({ cityId: null, doubt: 'city_unknown', cityText: 'Qwxyz' })
    expect(address('Casablnca')).toMatchObject({ cityId: null, doubt: 'city_ambiguous' })
  })
})

describe('what is to be completed', () => {
  const whole = {
    contact: contact(['0612345678']),
    cityDoubt: null,
    currency: 'MAD',
    test: false,
    signed: true,
    lineCount: 1,
  }

  it('is nothing when the order is whole', () => {
    expect(incompleteReasonsOf(whole)).toEqual([])
  })

  it('is said with each reason', () => {
    const bare = {
      contact: contact([]),
      cityDoubt: 'city_missing',
      currency: 'EUR',
      test: true,
      signed: false,
      lineCount: 0,
    } as const
    expect(incompleteReasonsOf(bare)).toEqual([
      'phone_missing',
      'city_missing',
      'currency_not_mad',
      'test_order',
      'lines_missing',
      'unsigned_source',
    ])
    expect(incompleteReasonsOf({ ...whole, contact: contact(['12']) })).toEqual(['phone_impossible'])
  })
})
