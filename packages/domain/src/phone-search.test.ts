import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { phoneSearchDigits, phoneSearchTerms } from './phone-search.ts'

const finds = (typed: string, e164: string) => {
  const digits = phoneSearchDigits(typed)
  return digits !== null && phoneSearchTerms(e164).some((term) => term.startsWith(digits))
}

describe('a typed fragment finds the phone', () => {
  test.each([
    '0612',
    '06 12 34',
    '+212 6 12',
    '+2120612',
    '00212612345678',
    '002120612345678',
    '2126123',
    '212 0612345678',
    '5678',
    '34-56',
    '(06) 12.34',
    '٠٦١٢',
    '\u202a345678\u202c',
    '612345678',
  ])('%s', (typed) => expect(finds(typed, '+212612345678')).toBe(true))
})

test.each(['', '123', '+21', 'casa', '#10421', 'a1234', '06 12 34 56 78 ou', '1'.repeat(41)])(
  '%j is no fragment',
  (typed) => expect(phoneSearchDigits(typed)).toBeNull(),
)

test('the terms are the suffixes of both forms, each once', () => {
  expect(phoneSearchTerms('+212612345678')).toEqual([
    '212612345678',
    '12612345678',
    '2612345678',
    '612345678',
    '12345678',
    '2345678',
    '345678',
    '45678',
    '5678',
    '0612345678',
  ])
  expect(phoneSearchTerms('+33612345678')).not.toContain('0612345678')
})

test('any four or more neighbouring digits of any phone, in either notation, find it', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[5-8]\d{8}$/),
      fc.boolean(),
      fc.nat(8),
      fc.nat(12),
      (national, local, from, size) => {
        const typed = local ? `0${national}` : `+212${national}`
        const fragment = typed.slice(from, from + 4 + size)
        if (fragment.replace('+', '').length >= 4) expect(finds(fragment, `+212${national}`)).toBe(true)
      },
    ),
  )
})

test('no typed text makes the search throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void phoneSearchDigits(text)))
})
