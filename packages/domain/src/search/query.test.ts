import { describe, expect, it } from 'vitest'
import { codeTerm, searchLookups } from './query.ts'

const kinds = (text: string) =>
  searchLookups(text).flatMap((lookup) => lookup.kinds.map((kind) => `${kind} ${lookup.term}`))

describe('one box', () => {
  it('reads a number as an order’s, and from four digits also as part of a phone', () => {
    expect(searchLookups('#10421')).toEqual([
      { kinds: ['number'], term: '10421', whole: true, alsoWords: [] },
      { kinds: ['reference', 'tracking'], term: '10421', whole: false, alsoWords: [] },
    ])
    expect(kinds('421')).toContain('number 421')
    expect(kinds('421')).not.toContain('phone 421')
    expect(kinds('10421')).toEqual(expect.arrayContaining(['number 10421', 'phone 10421']))
  })

  it('reads a phone in any notation', () => {
    for (const text of ['06 12 34 56', '06.12.34.56', '٠٦١٢٣٤٥٦', '06-12-34-56'])
      expect(kinds(text)).toContain('phone 06123456')
    expect(kinds('+212 6 12 34 56 78')).toContain('phone 212612345678')
  })

  it('reads an e-mail, a name and a reference', () => {
    expect(kinds('Salma@Example.com')).toEqual(['email salma@example.com'])
    expect(kinds('Salma')).toEqual(expect.arrayContaining(['name salma', 'reference salma']))
    expect(kinds('#YC-1001')).toContain('reference yc1001')
    expect(codeTerm('SDT 0012-ab')).toBe('sdt0012ab')
  })

  it('says nothing to too little', () => {
    for (const text of ['', '   ', '#', 'a', '-']) expect(searchLookups(text)).toEqual([])
  })
})
