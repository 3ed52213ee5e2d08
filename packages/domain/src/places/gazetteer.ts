import { type City, cities } from './cities.ts'
import { type District, districts } from './districts.ts'
import { keyOf, placeKey, placeWords } from './place-key.ts'

/** Who bears a name. Several cities are homonyms; the same quarter exists in many cities. */
export interface Owners {
  readonly cities: readonly City[]
  readonly districts: readonly District[]
}

/** What a merchant has taught the resolver: `placeKey` of a text → city id. It wins over the built-in names. */
export type ExtraAliases = ReadonlyMap<string, string>

const ownNames = ({ fr, ar, en }: City | District): string[] => [fr, ar, en]
const namesOf = (place: City | District): string[] => [...ownNames(place), ...place.aliases]

/** The places by key. Those that bear the name themselves stand before those for which it is a mere alias. */
const gather = <T extends City | District>(places: readonly T[]): ReadonlyMap<string, readonly T[]> => {
  const byKey = new Map<string, Set<T>>()
  for (const names of [ownNames, namesOf]) {
    for (const place of places) {
      for (const name of names(place)) {
        const key = placeKey(name)
        byKey.set(key, (byKey.get(key) ?? new Set()).add(place))
      }
    }
  }
  return new Map([...byKey].map(([key, owners]) => [key, [...owners]]))
}

export const citiesByKey = gather(cities)
const districtsByKey = gather(districts)

const longestName = Math.max(...[...cities, ...districts].flatMap(namesOf).map((name) => placeWords(name).length))

const citiesOf = (key: string, extra: ExtraAliases | undefined): readonly City[] => {
  const taught = extra?.get(key)
  if (taught !== undefined) return cities.filter((city) => city.id === taught)
  return citiesByKey.get(key) ?? []
}

/** The cities and districts that bear exactly this name; null when nobody does. */
export const ownersOf = (words: readonly string[], extra?: ExtraAliases): Owners | null => {
  const key = keyOf(words)
  const owners = { cities: citiesOf(key, extra), districts: districtsByKey.get(key) ?? [] }
  return owners.cities.length + owners.districts.length > 0 ? owners : null
}

export interface Mention extends Owners {
  /** The word before it, `''` at the start: a name after "rue" is that of a street. */
  readonly after: string
}

/** The names found in a run of words, longest first at each place, and the words that belong to none. */
export const mentionsIn = (words: readonly string[], extra?: ExtraAliases): { mentions: Mention[]; rest: string[] } => {
  const mentions: Mention[] = []
  const rest: string[] = []
  for (let at = 0; at < words.length; ) {
    let size = Math.min(longestName, words.length - at)
    let owners = ownersOf(words.slice(at, at + size), extra)
    while (!owners && size > 1) owners = ownersOf(words.slice(at, at + --size), extra)
    if (owners) mentions.push({ ...owners, after: words[at - 1] ?? '' })
    else rest.push(words[at] as string)
    at += size
  }
  return { mentions, rest }
}

/** Whether a quarter of this city would be known to us: districts are listed for the largest cities only. */
const citiesWithDistricts = new Set(districts.map((district) => district.cityId))
export const hasKnownDistricts = (city: City): boolean => citiesWithDistricts.has(city.id)
