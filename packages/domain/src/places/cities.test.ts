import { describe, expect, test } from 'vitest'
import { type City, cities, cityById } from './cities.ts'
import { type District, districts } from './districts.ts'
import { resolveCity } from './matching.ts'
import { districtIn } from './place.ts'
import { placeKey } from './place-key.ts'
import { regionCodes, regions } from './regions.ts'

const slug = (fr: string) =>
  fr
    .normalize('NFKD')
    .replace(/\p{M}|’/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
const namesOf = ({ fr, ar, en, aliases }: City | District) => [fr, ar, en, ...aliases]

const isWellWritten = ({ id, fr, ar, en, aliases }: City | District) => {
  expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  expect(fr).toMatch(/^(\p{Lu}|\d)[\p{Script=Latin}\d’ -]*$/u)
  expect(en).toMatch(/^[\dA-Za-z’ -]+$/)
  expect(ar).toMatch(/^[\p{Script=Arabic}\d -]+$/u)
  for (const alias of aliases) expect(alias).toMatch(/^[\p{Script=Latin}\p{Script=Arabic}\d’ ]+$/u)
}

const addsAKeyWithEachAlias = (place: City | District) => {
  const keys = [...new Set([place.fr, place.ar, place.en].map(placeKey)), ...place.aliases.map(placeKey)]
  expect([place.id, keys.filter((key, at) => key === '' || keys.indexOf(key) !== at)]).toEqual([place.id, []])
}

describe('the list of cities', () => {
  test('holds at least 400 places, in each of the twelve regions', () => {
    expect(cities.length).toBeGreaterThanOrEqual(400)
    expect(new Set(cities.map((city) => city.region))).toEqual(new Set(regionCodes))
    expect(regions).toHaveLength(12)
  })
  test('gives each an id of its own, the slug of its French name', () => {
    expect(cityById.size).toBe(cities.length)
    for (const city of cities) expect(city.id).toBe(slug(city.fr))
  })
  test('writes each name in its own script', () => cities.forEach(isWellWritten))
  test('repeats no spelling that has the same key', () => cities.forEach(addsAKeyWithEachAlias))

  test('reads every one of its names back, or asks and proposes it', () => {
    for (const city of cities) {
      for (const name of namesOf(city)) {
        const match = resolveCity(name)
        const found =
          match.kind === 'exact' ? [match.city] : match.kind === 'suggested' ? match.candidates.map((c) => c.city) : []
        expect([name, found]).toEqual([name, expect.arrayContaining([city])])
      }
    }
  })

  test('asks for these names and no others: a new homonym is a decision', () => {
    const asked = new Set(cities.flatMap(namesOf).filter((name) => resolveCity(name).kind !== 'exact'))
    expect([...asked].sort()).toEqual(
      ['Jorf', 'ajdir', 'el aaiun', 'el aioun', 'jorf', 'ras el ain', 'ras el ma', 'sidi rahal', 'sidi yahya', 'skoura']
        .concat([
          'Sidi Rahhal',
          'أجدير',
          'الجرف',
          'العيون',
          'رأس العين',
          'رأس الماء',
          'سكورة',
          'سيدي رحال',
          'سيدي يحيى',
        ])
        .sort(),
    )
  })
})

describe('the list of districts', () => {
  test('covers the ten largest cities', () => {
    const count = Map.groupBy(districts, (district) => district.cityId)
    expect([...count.keys()].sort()).toEqual([
      'agadir',
      'casablanca',
      'fes',
      'kenitra',
      'marrakech',
      'meknes',
      'oujda',
      'rabat',
      'sale',
      'tanger',
    ])
    for (const [cityId, list] of count) expect([cityId, list.length >= 15]).toEqual([cityId, true])
  })
  test('gives each an id of its own', () => {
    expect(new Set(districts.map((district) => district.id)).size).toBe(districts.length)
  })
  test('writes each name in its own script', () => districts.forEach(isWellWritten))
  test('repeats no spelling that has the same key', () => districts.forEach(addsAKeyWithEachAlias))

  test('reads every name of a quarter back within its city', () => {
    for (const district of districts) {
      const city = cityById.get(district.cityId) as City
      for (const name of namesOf(district)) expect([name, districtIn(name, city)?.id]).toEqual([name, district.id])
    }
  })
  test('never turns a city and its quarter into another city', () => {
    for (const district of districts) {
      const city = cityById.get(district.cityId) as City
      for (const text of [`${city.fr} - ${district.fr}`, `${district.fr}, ${city.fr}`, `${district.ar} ${city.ar}`]) {
        expect([text, resolveCity(text)]).toEqual([text, { kind: 'exact', city }])
      }
    }
  })
})
