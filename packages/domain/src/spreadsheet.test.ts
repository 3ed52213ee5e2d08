import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvCell, csvLine, guardedText } from './spreadsheet.ts'

const machine = { separator: ';', reader: 'machine' } as const
const excel = { separator: ';', reader: 'excel' } as const

it.each([
  '=1+1',
  '+cmd|calc',
  '-2+3',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '  =1',
  '\u00a0=1',
  '\u200b=1',
  '＝1+1',
  '＠A1',
])('keeps %j from running as a formula', (text) => {
  expect(guardedText(text)).toBe(`'${text}`)
})

it.each(['-30.00', '+212612345678', '0612345678', 'Salma', 'a=b', '12-14 rue', ''])('leaves %j as it is', (text) => {
  expect(guardedText(text)).toBe(text)
})

it('never lets a cell begin with what a spreadsheet runs, whatever the text', () => {
  const piece = fc.constantFrom(
    '=',
    '+',
    '-',
    '@',
    '＝',
    '＋',
    '＠',
    ' ',
    '\t',
    '\r',
    '\n',
    '\u00a0',
    '\u200b',
    'a',
    '1',
    'ع',
  )
  fc.assert(
    fc.property(fc.string({ unit: piece }), (text) => {
      const guarded = guardedText(text)
      expect(guarded.endsWith(text)).toBe(true)
      expect(/^[\s\u200b]*[=@＝＠]/u.test(guarded)).toBe(false)
      expect(/^[\s\u200b]*[+\-＋]/u.test(guarded) && !/^[+-]\d+$/.test(guarded)).toBe(false)
    }),
  )
})

describe('a CSV cell', () => {
  it('is quoted where it holds the separator, a quote or a line break', () => {
    expect(csvCell('a;b', machine)).toBe('"a;b"')
    expect(csvCell('dit "oui"', machine)).toBe('"dit ""oui"""')
    expect(csvCell('une\nautre', machine)).toBe('"une\nautre"')
    expect(csvCell('a,b', machine)).toBe('a,b')
  })

  it('keeps the zeros of a phone for Excel, and the plain digits for a machine', () => {
    expect(csvCell('0612345678', excel)).toBe('"=""0612345678"""')
    expect(csvCell('+212612345678', excel)).toBe('"=""+212612345678"""')
    expect(csvCell('0612345678', machine)).toBe('0612345678')
    expect(csvCell('249', excel)).toBe('249')
  })

  it('writes numbers bare and nothing for nothing', () => {
    expect(csvLine([249.5, null, 'سلمى'], machine)).toBe('249.5;;سلمى\r\n')
  })
})
