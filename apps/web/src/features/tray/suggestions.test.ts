import { suggestCities } from '@sendocki/domain/places/matching'
import { resolvePlace } from '@sendocki/domain/places/place'
import { expect, it } from 'vitest'
import { citiesFor, isHomonym } from './suggestions.ts'

const places = { resolvePlace, suggestCities }
const idsFor = (cityText: string | null, line: string | null = null) =>
  citiesFor(places, { cityText, line, district: null }).map(({ id }) => id)

it('proposes the city that was misspelt first', () => {
  expect(idsFor('Casabanca')[0]).toBe('casablanca')
})

it('proposes first what the address speaks for', () => {
  expect(idsFor(null, 'Hay Riad, Rabat')[0]).toBe('rabat')
})

it('proposes nothing where nothing was written', () => {
  expect(idsFor(null)).toEqual([])
})

it.each(['s', 'sidi', 'ben', 'العيون', 'x'.repeat(300)])('proposes at most nine cities, none twice: “%s”', (text) => {
  const ids = idsFor(text, text)
  expect(ids.length).toBeLessThanOrEqual(9)
  expect(new Set(ids).size).toBe(ids.length)
})

it('knows a name that several cities bear', () => {
  expect([isHomonym(places, 'العيون'), isHomonym(places, 'Casabanca')]).toEqual([true, false])
})
