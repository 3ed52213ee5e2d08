import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText, nameQuery, nameTerms, soundOf } from './names.ts'

/** Whether a name is found by a typed text, as the search table finds it. */
const finds = (name: string, typed: string): boolean => {
  const query = nameQuery(typed)
  if (!query) return false
  const terms = nameTerms(name)
  const has = (prefix: string) => terms.some((term) => term.startsWith(prefix))
  return (has(query.prefix) && query.rest.every(has)) || (query.sound !== null && terms.includes(query.sound))
}

describe('a name is found', () => {
  it('by the beginning of any of its words, without accents or capitals', () => {
    for (const typed of ['fat', 'FATIMA', 'zah', 'idr', 'Élidr', 'zahra'])
      expect([typed, finds('Fatima-Zahra El Idrissi', typed)]).toEqual([typed, typed !== 'Élidr'])
    expect(finds('Hélène Benoît', 'helene')).toBe(true)
  })

  it('by several words in any order, the last one unfinished', () => {
    for (const typed of ['mohamed ala', 'alami moh', 'mohamed el alami', 'el alami mohamed'])
      expect([typed, finds('Mohamed El Alami', typed)]).toEqual([typed, true])
    expect(finds('Mohamed El Alami', 'mohamed bennani')).toBe(false)
  })

  it('in Arabic with and without hamza, vowel signs and tatweel', () => {
    for (const typed of ['أحمد', 'احمد', 'أَحْمَد', 'احـمد'])
      expect([typed, finds('أحمد العلوي', typed)]).toEqual([typed, true])
    expect(finds('فاطمة الزهراء', 'فاطمه')).toBe(true)
  })

  it('in the other script by how it sounds', () => {
    for (const [latin, arabic] of [
      ['Mohamed', 'محمد'],
      ['Mohammed', 'محمد'],
      ['Karim', 'كريم'],
      ['Rachid', 'رشيد'],
      ['Khadija', 'خديجة'],
      ['Salma', 'سلمى'],
      ['Youssef', 'يوسف'],
    ] as const) {
      expect([latin, finds(arabic, latin)]).toEqual([latin, soundOf(foldText(latin)) !== null])
      expect([arabic, finds(latin, arabic)]).toEqual([arabic, soundOf(foldText(arabic)) !== null])
    }
    expect(finds('محمد العلوي', 'mohamed')).toBe(true)
    expect(finds('Rachid Benjelloun', 'رشيد')).toBe(true)
  })

  it('never by too little', () => {
    for (const typed of ['', ' ', 'a', '-', '12', '👍']) expect(nameQuery(typed)).toBeNull()
  })

  it('by each of its own words, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (name) => {
        for (const word of foldText(name).split(' ').slice(0, 6))
          if (nameQuery(word)) expect(finds(name, word)).toBe(true)
      }),
    )
  })
})

it('folding is stable', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(foldText(foldText(text))).toBe(foldText(text))
    }),
  )
})
