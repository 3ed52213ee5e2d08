import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parsePhone, phoneFaults, receivesMessages } from './phone.ts'
import { formatPhone, maskPhone } from './phone-format.ts'

const arabicIndic = (text: string) => text.replace(/\d/g, (d) => String.fromCharCode(0x660 + Number(d)))
const persian = (text: string) => text.replace(/\d/g, (d) => String.fromCharCode(0x6f0 + Number(d)))
const fullWidth = (text: string) => text.replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d)))

describe('every notation of one mobile is the same good phone', () => {
  test.each([
    '0612345678',
    '612345678',
    '+212612345678',
    '00212612345678',
    '212612345678',
    '+2120612345678',
    '(+212) 06 12 34 56 78',
    '(+212)(0)6 12 34 56 78',
    '06 12-34.56 78',
    '06/12/34/56/78',
    '06,12,34,56,78',
    '06 12 34 56 78',
    '٠٦١٢٣٤٥٦٧٨',
    '۰۶۱۲۳۴۵۶۷۸',
    '０６１２３４５６７８',
    '+٢١٢ ٦١٢٣٤٥٦٧٨',
    '\u202a0612345678\u202c',
    '\u2066+212 6 12 34 56 78\u2069',
    '06\u200b12345678\ufeff',
    '\u00a006\u00a012\u202f34\u00a056\u00a078 ',
    "'0612345678",
    'Tel: 0612345678',
    'tél.0612345678 (whatsapp)',
    'الهاتف 0612345678',
    '0612345678 après 18h',
    'N° 0612345678',
    '+212 0 612 345 678',
    '+212212612345678',
    '+21200212612345678',
    '+212+212612345678',
    '6.12345678E+08',
    '6,12345678E8',
    '612345678.0',
    'tel:+212-6-12-34-56-78',
  ])('%s', (raw) => {
    expect(parsePhone(raw)).toEqual({
      verdict: 'good',
      reason: null,
      e164: '+212612345678',
      kind: 'mobile',
      alternate: null,
      raw,
    })
  })
})

describe('other lines', () => {
  test.each([
    ['0712345678', '+212712345678', 'mobile', 'good', null],
    ['0522123456', '+212522123456', 'landline', 'good', null],
    ['0528 82 12 34', '+212528821234', 'landline', 'good', null],
    ['0792345678', '+212792345678', 'mobile', 'doubtful', 'new_block'],
    ['o612345678', '+212612345678', 'mobile', 'doubtful', 'letter_for_digit'],
    ['O6 12 34 56 78', '+212612345678', 'mobile', 'doubtful', 'letter_for_digit'],
    ['06l2345678', '+212612345678', 'mobile', 'doubtful', 'letter_for_digit'],
    ['061234567o', '+212612345670', 'mobile', 'doubtful', 'letter_for_digit'],
    ['06x12345678', '+212612345678', 'mobile', 'doubtful', 'letter_inside'],
    ['006 12 34 56 78', '+212612345678', 'mobile', 'doubtful', 'odd_prefix'],
    ['0600000000', '+212600000000', 'mobile', 'doubtful', 'repeated_digit'],
    ['0666666666', '+212666666666', 'mobile', 'doubtful', 'repeated_digit'],
    ['0592401234', '+212592401234', 'voip', 'doubtful', 'voip'],
    ['+33612345678', '+33612345678', 'foreign', 'doubtful', 'foreign'],
    ['0033 6 12 34 56 78', '+33612345678', 'foreign', 'doubtful', 'foreign'],
    ['34612345678', '+34612345678', 'foreign', 'doubtful', 'foreign'],
  ])('%s is %s', (raw, e164, kind, verdict, reason) => {
    expect(parsePhone(raw)).toMatchObject({ e164, kind, verdict, reason, alternate: null })
  })
})

describe('texts that are no phone of a customer say why', () => {
  test.each([
    ['', 'empty', 0],
    [' \t ', 'empty', 0],
    ['Rabat', 'no_digits', 0],
    ['+', 'no_digits', 0],
    ['061234567', 'too_short', -1],
    ['06 12 34', 'too_short', -4],
    ['+21261234567', 'too_short', -1],
    ['12', 'too_short', -7],
    ['06123456789', 'too_long', 1],
    ['+2126123456789', 'too_long', 1],
    ['0512345678', 'not_in_use', 0],
    ['0812345678', 'not_in_use', 0],
    ['0212345678', 'not_in_use', 0],
    ['0912345678', 'not_in_use', 0],
    ['0801234567', 'toll_free', 0],
    ['0891234567', 'premium', 0],
    ['+2126••••••78', 'masked', 0],
    ['06 •• •• •• 78', 'masked', 0],
    ['0'.repeat(201), 'unreadable', 0],
    ['2.12612E+11', 'unreadable', 0],
  ])('%s: %s', (raw, reason, digitsOff) => {
    const phone = parsePhone(raw)
    expect(phone).toMatchObject({ verdict: 'impossible', reason, e164: null, digitsOff, alternate: null })
  })
})

describe('two numbers in one field: the first is the phone, the second the alternate', () => {
  test.each([
    '0698765432 / 0712345678',
    '0698765432/0712345678',
    '06 98 76 54 32 - 07 12 34 56 78',
    '06-98-76-54-32 / 07-12-34-56-78',
    '06/98/76/54/32 ; 07/12/34/56/78',
    '0698765432-0712345678',
    '698765432-712345678',
    '0698765432,0712345678',
    '0698765432 ou 0712345678',
    '0698765432ou0712345678',
    '٠٦٩٨٧٦٥٤٣٢ و ٠٧١٢٣٤٥٦٧٨',
    '0698765432 أو 0712345678',
    '0698765432 0712345678',
    '698765432 712345678',
    '06 98 76 54 32 07 12 34 56 78',
    '06987654320712345678',
    '0698765432\n0712345678',
    'Tel 0698765432, whatsapp +212 712 34 56 78',
    '0698765432 / 0712345678 / 0522123456',
  ])('%s', (raw) => {
    expect(parsePhone(raw)).toMatchObject({
      verdict: 'good',
      e164: '+212698765432',
      alternate: { verdict: 'good', e164: '+212712345678', kind: 'mobile' },
    })
  })

  test('the same number typed twice has no alternate', () => {
    expect(parsePhone('0612345678 / +212612345678')).toMatchObject({ e164: '+212612345678', alternate: null })
  })
  test('an unusable first number gives way to the second', () => {
    expect(parsePhone('061234567 / 0712345678')).toMatchObject({ e164: '+212712345678', alternate: null })
  })
  test('a doubt about a letter stays with both numbers', () => {
    expect(parsePhone('o698765432 / 0712345678')).toMatchObject({
      reason: 'letter_for_digit',
      alternate: { reason: 'letter_for_digit' },
    })
  })
  test('two unusable numbers keep the first reason', () => {
    expect(parsePhone('061234567 / 0801234567')).toMatchObject({ reason: 'too_short', digitsOff: -1 })
  })
})

test('only mobiles and foreign phones are written to', () => {
  expect((['mobile', 'foreign'] as const).every(receivesMessages)).toBe(true)
  expect((['landline', 'voip', 'toll_free', 'premium', 'unknown'] as const).some(receivesMessages)).toBe(false)
})

describe('for any input', () => {
  const fieldLike = fc.string({ unit: fc.constantFrom(...'0123456789+ ()./-,;ouoOlو٠٦•E\u202a'), maxLength: 60 })
  const anything = fc.oneof(fc.string({ unit: 'binary' }), fieldLike)
  const national = fc.tuple(fc.constantFrom('6', '7', '5'), fc.stringMatching(/^\d{8}$/)).map(([a, b]) => a + b)

  test('reading never throws, keeps the text, and a key is there exactly when the phone is usable', () => {
    fc.assert(
      fc.property(anything, (raw) => {
        const phone = parsePhone(raw)
        expect(phone.raw).toBe(raw)
        expect(phone.e164 === null).toBe(phone.verdict === 'impossible')
        expect(phone.reason === null).toBe(phone.verdict === 'good')
        if (phone.e164 === null) expect(phoneFaults).toContain(phone.reason)
        else expect(phone.e164).toMatch(/^\+[1-9]\d{6,14}$/)
      }),
    )
  })

  test('a key read again is itself, and so are its display and its local form', () => {
    fc.assert(
      fc.property(fc.oneof(anything, national), (raw) => {
        const { e164 } = parsePhone(raw)
        if (e164 === null) return
        expect(parsePhone(e164).e164).toBe(e164)
        expect(parsePhone(formatPhone(e164)).e164).toBe(e164)
      }),
    )
  })

  test('the same phone in four sets of digits has one key', () => {
    fc.assert(
      fc.property(national, fc.constantFrom('0', '+212', '00212', '212 0', ''), (number, prefix) => {
        const raw = prefix + number
        const { e164, verdict } = parsePhone(raw)
        for (const script of [arabicIndic, persian, fullWidth]) {
          expect(parsePhone(script(raw))).toMatchObject({ e164, verdict })
        }
      }),
    )
  })

  test('a mask is never accepted back', () => {
    fc.assert(
      fc.property(national, (number) => {
        const mask = maskPhone(`+212${number}`)
        expect(parsePhone(mask).reason).toBe('masked')
        expect(parsePhone(formatPhone(mask)).reason).toBe('masked')
      }),
    )
  })
})
