import { describe, expect, test } from 'vitest'
import { matchCarrierPlace } from './carrier-places.ts'

describe('a row of a carrier’s catalogue that is one city of ours', () => {
  test.each([
    ['Casablanca - Exemple', 'Casablanca', 'الدار البيضاء', 'casablanca', undefined, 'Exemple'],
    ['Casablanca - Maârif', 'Casablanca', '', 'casablanca', 'casablanca-maarif', 'Maârif'],
    ['CASABLANCA-MAARIF', 'casa', '', 'casablanca', 'casablanca-maarif', 'CASABLANCA-MAARIF'],
    ['Rabat', 'Rabat', 'الرباط', 'rabat', undefined, null],
    ['Agdal', 'Rabat', '', 'rabat', 'rabat-agdal', 'Agdal'],
    ['Temara', '', '', 'temara', undefined, null],
    ['Laayoune - Centre', 'Laayoune', 'العيون', 'laayoune', undefined, 'Centre'],
    ['Fes - Quartier Foo', 'Fès', '', 'fes', undefined, 'Quartier Foo'],
    ['Salé - Tabriquet - 2', 'Salé', '', 'sale', 'sale-tabriquet', 'Tabriquet - 2'],
  ])('%s (%s)', (name, ville, arabicName, city, district, quarter) => {
    const match = matchCarrierPlace(name, ville, arabicName)
    expect(match).toMatchObject({ strength: 'exact', quarter, candidates: [] })
    expect([match.city?.id, match.district?.id]).toEqual([city, district])
  })
})

describe('a row that contradicts itself waits for a person', () => {
  test.each([
    ['Bouskoura', 'Casablanca', '', ['bouskoura', 'casablanca']],
    ['Tanger - Gzenaya', 'Tanger', '', ['tanger', 'gueznaia']],
    ['Guéliz', 'Casablanca', '', ['marrakech', 'casablanca']],
    ['Casablanca', 'Casablanca', 'الرباط', ['casablanca', 'rabat']],
    ['El Aioun', 'El Aioun', 'العيون', ['el-aioun-sidi-mellouk', 'laayoune']],
    ['Casablnca', 'Casablnca', '', ['casablanca']],
  ])('%s (%s)', (name, ville, arabicName, candidates) => {
    const match = matchCarrierPlace(name, ville, arabicName)
    expect(match).toMatchObject({ strength: 'weak', city: null, district: null })
    expect(match.candidates.map(({ id }) => id)).toEqual(candidates)
  })
})

test('a row of no place of ours has no match', () => {
  expect(matchCarrierPlace('Xyzzy', 'Qwrtp')).toEqual({
    strength: 'none',
    city: null,
    district: null,
    quarter: null,
    candidates: [],
  })
})

test('a merchant’s own alias counts for a carrier’s name too', () => {
  const extraAliases = new Map([['darḳadija', 'settat']])
  expect(matchCarrierPlace('Dar Khadija', 'Dar Khadija', '', { extraAliases })).toMatchObject({
    strength: 'exact',
    city: { id: 'settat' },
  })
})
