import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { languages } from './language.ts'
import { formatMoney, moneyFaults, moneyParts, parseMoney, percentOf, sumCentimes } from './money.ts'

describe('an amount is read to the centime, however it is written', () => {
  test.each([
    ['249.00', 24900],
    ['249', 24900],
    ['249.5', 24950],
    ['249,5', 24950],
    ['249.9900', 24999],
    ['0', 0],
    ['0.00', 0],
    ['0.500', 50],
    ['.5', 50],
    ['1 234,50 DH', 123450],
    ['1\u00a0234,50\u00a0DH', 123450],
    ['1\u202f234,50 MAD', 123450],
    ['1.234,50 MAD', 123450],
    ['1,234.50', 123450],
    ['MAD 1,234.50', 123450],
    ["1'234.50", 123450],
    ['1.234.567', 123456700],
    ['1,234,567.89', 123456789],
    ['1234.567,89', null],
    ['12345.5', 1234550],
    ['249DH', 24900],
    ['249 Dhs', 24900],
    ['249 dirhams', 24900],
    ['٢٤٩ درهم', 24900],
    ['١٬٢٣٤٫٥٠ درهم', 123450],
    ['۲۴۹', 24900],
    ['\u200f1.234,50 د.م.\u200f', 123450],
    ['-50', -5000],
    ['−50,00 DH', -5000],
    ['50-', -5000],
    ['-0', 0],
    ['90071992547409.91', Number.MAX_SAFE_INTEGER],
  ])('%s', (text, centimes) => {
    expect(parseMoney(text)).toEqual(centimes === null ? { ok: false, reason: 'unreadable' } : { ok: true, centimes })
  })

  test.each([
    [249, 24900],
    [249.9, 24990],
    [0.07, 7],
    [1.15, 115],
    [-12.5, -1250],
    [-0, 0],
    [0.1 + 0.2, 30],
    [74.69999999999999, 7470],
    [90071992547409.9, 9007199254740990],
  ])('the JSON number %s', (number, centimes) => expect(parseMoney(number)).toEqual({ ok: true, centimes }))
})

describe('what is no amount says why', () => {
  test.each([
    ['', 'empty'],
    [' \u200f', 'empty'],
    [null, 'empty'],
    [undefined, 'empty'],
    ['gratuit', 'unreadable'],
    ['DH', 'unreadable'],
    ['.', 'unreadable'],
    ['5.', 'unreadable'],
    ['12 34', 'unreadable'],
    ['1,23,456', 'unreadable'],
    ['1.234 567', 'unreadable'],
    ['--5', 'unreadable'],
    ['12:30', 'unreadable'],
    ['1e3', 'unreadable'],
    [true, 'unreadable'],
    [{}, 'unreadable'],
    [[249], 'unreadable'],
    [Number.NaN, 'unreadable'],
    [Number.POSITIVE_INFINITY, 'unreadable'],
    ['9'.repeat(101), 'unreadable'],
    ['1.234', 'ambiguous'],
    ['1,234', 'ambiguous'],
    ['249.995', 'ambiguous'],
    ['0.123', 'too_precise'],
    ['1249.995', 'too_precise'],
    [249.995, 'too_precise'],
    [1e-7, 'too_precise'],
    [1e21, 'too_large'],
    ['90071992547409.92', 'too_large'],
    ['9'.repeat(40), 'too_large'],
    ['249 €', 'other_currency'],
    ['$249.00', 'other_currency'],
    ['249 EUR', 'other_currency'],
  ])('%j: %s', (value, reason) => expect(parseMoney(value)).toEqual({ ok: false, reason }))
})

test('a sender with a known decimal sign is never ambiguous', () => {
  expect(parseMoney('1.234', { decimalSign: ',' })).toEqual({ ok: true, centimes: 123400 })
  expect(parseMoney('1,234', { decimalSign: '.' })).toEqual({ ok: true, centimes: 123400 })
  expect(parseMoney('249.500', { decimalSign: '.' })).toEqual({ ok: true, centimes: 24950 })
  expect(parseMoney('249,50', { decimalSign: '.' })).toEqual({ ok: false, reason: 'unreadable' })
})

describe('an amount is shown by the habit of the language', () => {
  test.each([
    [123450, 'fr', 'always', '1\u00a0234,50\u00a0DH'],
    [123450, 'ar', 'always', '1\u00a0234,50\u00a0درهم'],
    [123450, 'en', 'always', 'MAD\u00a01,234.50'],
    [24900, 'fr', 'auto', '249\u00a0DH'],
    [24900, 'fr', 'always', '249,00\u00a0DH'],
    [24905, 'fr', 'auto', '249,05\u00a0DH'],
    [0, 'fr', 'auto', '0\u00a0DH'],
    [7, 'ar', 'always', '0,07\u00a0درهم'],
    [-123450, 'fr', 'always', '\u22121\u00a0234,50\u00a0DH'],
    [-123450, 'en', 'always', 'MAD\u00a0\u22121,234.50'],
    [123456789012, 'fr', 'auto', '1\u00a0234\u00a0567\u00a0890,12\u00a0DH'],
  ] as const)('%d in %s, %s', (centimes, language, decimals, shown) => {
    expect(formatMoney(centimes, language, { decimals })).toBe(shown)
  })

  test('two decimals unless told otherwise, and the unit apart for the screen', () => {
    expect(formatMoney(24900, 'fr')).toBe('249,00\u00a0DH')
    expect(moneyParts(24900, 'en')).toEqual({ number: '249.00', unit: 'MAD', unitFirst: true })
  })

  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('%d is no amount to show', (centimes) => {
    expect(() => formatMoney(centimes, 'fr')).toThrow(RangeError)
  })
})

describe('sums and shares', () => {
  test('a share is rounded once, half a centime away from zero', () => {
    expect(percentOf(24900, 1500)).toBe(3735)
    expect(percentOf(10, 1500)).toBe(2)
    expect(percentOf(-10, 1500)).toBe(-2)
    expect(percentOf(9, 1500)).toBe(1)
    expect(percentOf(Number.MAX_SAFE_INTEGER, 10_000)).toBe(Number.MAX_SAFE_INTEGER)
  })
  test('a sum is exact, or refuses to be wrong', () => {
    expect(sumCentimes([])).toBe(0)
    expect(sumCentimes([Number.MAX_SAFE_INTEGER, 1, -1])).toBe(Number.MAX_SAFE_INTEGER)
    expect(() => sumCentimes([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError)
    expect(() => percentOf(Number.MAX_SAFE_INTEGER, 10_001)).toThrow(RangeError)
  })
})

describe('for any input', () => {
  const amount = fc.maxSafeInteger()
  const amountLike = fc.string({ unit: fc.constantFrom(...'0123456789 .,\u00a0-−DHMAD٠٩٫٬درهم$e'), maxLength: 20 })

  test('reading never throws and never answers a fraction', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string({ unit: 'binary' }), amountLike, fc.double()), (value) => {
        const reading = parseMoney(value)
        if (reading.ok) expect(reading.centimes).toSatisfy(Number.isSafeInteger)
        else expect(moneyFaults).toContain(reading.reason)
      }),
    )
  })

  test('what is shown in any language reads back as the same amount', () => {
    fc.assert(
      fc.property(
        amount,
        fc.constantFrom(...languages),
        fc.constantFrom('always', 'auto'),
        (centimes, language, decimals) => {
          const shown = formatMoney(centimes, language, { decimals })
          const decimalSign = language === 'en' ? '.' : ','
          expect(parseMoney(shown, { decimalSign })).toEqual({ ok: true, centimes: centimes + 0 })
          if (decimals === 'always') expect(parseMoney(shown)).toEqual({ ok: true, centimes: centimes + 0 })
        },
      ),
    )
  })

  test('a JSON number of whole centimes reads as those centimes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }), (centimes) => {
        expect(parseMoney(centimes / 100)).toEqual({ ok: true, centimes })
      }),
    )
  })
})
