import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { resolvePlace } from './place.ts'

const read = (cityText: string, addressText?: string) => {
  const { city, district } = resolvePlace(cityText, addressText)
  if (city.kind === 'exact') return [city.city.id, district?.id ?? null]
  return city.kind === 'none' ? [] : city.candidates.map((candidate) => `${candidate.city.id}: ${candidate.because}`)
}

describe('an exact city, and the quarter that its texts name', () => {
  test.each([
    ['casa', '12 rue X, Maârif', 'casablanca', 'casablanca-maarif'],
    ['Casablanca - Maârif', undefined, 'casablanca', 'casablanca-maarif'],
    ['Casablanca - Maârif', 'Aïn Sebaâ', 'casablanca', 'casablanca-maarif'],
    ['حي الرياض الرباط', '', 'rabat', 'rabat-hay-riad'],
    ['Rabat', 'Avenue Hassan II', 'rabat', null],
    ['Rabat', 'شارع حسان', 'rabat', null],
    ['Rabat', 'Hay Riad, secteur 9, imm 4', 'rabat', 'rabat-hay-riad'],
    ['Casablanca', 'entre Maârif et Anfa', 'casablanca', null],
    ['Settat', 'Maârif', 'settat', null],
    ['Fès', 'Guéliz', 'fes', null],
    ['Rabat', 'Casablanca', 'rabat', null],
  ])('%s, %s', (cityText, addressText, city, district) => {
    expect(read(cityText, addressText)).toEqual([city, district])
  })
})

describe('a city that is not exact is never settled by the address, only proposed', () => {
  test.each([
    ['', 'Hay Riad, Rabat', ['rabat: named']],
    ['', 'Guéliz, imm 4', ['marrakech: district']],
    ['العيون', 'حي الاكسدا، العيون سيدي ملوك', ['el-aioun-sidi-mellouk: homonym', 'laayoune: homonym']],
    ['xyz', '12, rue de Rabat', []],
    ['', '', []],
  ])('%j, %j', (cityText, addressText, candidates) => expect(read(cityText, addressText)).toEqual(candidates))
})

test('no texts make it throw', () => {
  const text = fc.string({ unit: 'binary' })
  fc.assert(fc.property(text, text, (cityText, addressText) => void resolvePlace(cityText, addressText)))
})
