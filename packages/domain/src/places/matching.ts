import { type City, cityById } from './cities.ts'
import { citiesByKey, type ExtraAliases, hasKnownDistricts, type Mention, mentionsIn, ownersOf } from './gazetteer.ts'
import { keyOf, placeWords } from './place-key.ts'
import { likenessIndex } from './trigrams.ts'

/** Why a city is proposed: several bear the name, the text names it among other things, a quarter of it, or it looks alike. */
export const cityHints = ['homonym', 'named', 'district', 'spelling'] as const
export type CityHint = (typeof cityHints)[number]
export interface CityCandidate {
  readonly city: City
  readonly because: CityHint
}
/** Only `exact` may be stored without asking a person. */
export type CityMatch =
  | { readonly kind: 'exact'; readonly city: City }
  | { readonly kind: 'suggested'; readonly candidates: readonly CityCandidate[] }
  | { readonly kind: 'none' }

export interface MatchOptions {
  readonly extraAliases?: ExtraAliases
}

const mostCandidates = 5
const leastLikeness = 0.45
/** Texts longer than any city field; beyond it only the beginning is read. */
const longestText = 300

const alike = likenessIndex([...citiesByKey].flatMap(([key, owners]) => owners.map((city) => [key, city] as const)))

/** Words that say nothing about which city is meant, beside its name: `Tétouan ville`, `Fès, Maroc 30000`. */
const fillers = new Set(
  placeWords('ville city centre medina commune province maroc morocco ma مدينة المغرب وسط إقليم عمالة جماعة'),
)
const isFiller = (word: string): boolean => fillers.has(word) || /^\d{5}$/.test(word)

/** Parts of a text as its author divided it: `Casablanca - Maârif`, `Maârif, Casablanca`, `Rabat (Agdal)`. */
export const partsOf = (text: string): string[] =>
  text
    .slice(0, longestText)
    .split(/[,;:/|()[\]\r\n\t\u060c\u061b\u2013\u2014]+|\s-+\s?|\s?-+\s/u)
    .map((part) => part.trim())
    .filter((part) => part !== '')

interface Reading {
  readonly mentions: readonly Mention[]
  /** Words that belong to no known name and are no fillers. */
  readonly strangeWords: readonly string[]
  /** Cities that a whole part of the text names, and nothing else. */
  readonly wholeParts: ReadonlySet<City>
}

const readText = (text: string, options: MatchOptions): Reading => {
  const parts = partsOf(text).map(placeWords)
  const readings = parts.map((words) => mentionsIn(words, options.extraAliases))
  const alone = parts.map((words) => ownersOf(words, options.extraAliases)?.cities ?? [])
  return {
    mentions: readings.flatMap((reading) => reading.mentions),
    strangeWords: readings.flatMap((reading) => reading.rest).filter((word) => !isFiller(word)),
    wholeParts: new Set(alone.filter((cities) => cities.length === 1).flat()),
  }
}

const isDistrictOf = (mention: Mention, city: City): boolean =>
  mention.districts.some(({ cityId }) => cityId === city.id)

/** Whether a mention can be read as this city or a quarter of it. */
const fits = (mention: Mention, city: City): boolean => mention.cities.includes(city) || isDistrictOf(mention, city)

/** Whether a mention points elsewhere: at another city, or at a quarter that only another of the large cities has. */
const contradicts = (mention: Mention, city: City): boolean => {
  if (fits(mention, city)) return false
  if (mention.cities.length > 0) return true
  return hasKnownDistricts(city) && new Set(mention.districts.map(({ cityId }) => cityId)).size === 1
}

const exactIn = ({ mentions, strangeWords, wholeParts }: Reading): City | null => {
  const named = new Set(mentions.flatMap((mention) => mention.cities))
  const possible = [...named].filter((city) => !mentions.some((mention) => contradicts(mention, city)))
  const [city, ...others] = possible
  if (!city || others.length > 0) return null
  const explained = strangeWords.length === 0 && mentions.every((mention) => fits(mention, city))
  return wholeParts.has(city) || explained ? city : null
}

const districtOwners = (mentions: readonly Mention[]): City[] => {
  const owners = mentions
    .filter(({ cities, districts }) => cities.length === 0 && districts.length <= mostCandidates)
    .flatMap(({ districts }) => districts.map(({ cityId }) => cityById.get(cityId)))
  return owners.filter((city) => city !== undefined)
}

const lookAlikes = (text: string): City[] => {
  const telling = (part: string) => placeWords(part).filter((word) => !isFiller(word))
  const words = telling(text)
  const texts = [words, ...partsOf(text).map(telling), ...words.filter((word) => word.length > 3).map((word) => [word])]
  const keys = new Set(texts.map(keyOf).filter((key) => key.length > 1))
  return [...keys]
    .flatMap((key) => alike(key, leastLikeness))
    .sort((a, b) => b.score - a.score)
    .map(({ value }) => value)
}

const candidatesOf = (groups: readonly (readonly [CityHint, readonly City[]])[]): CityCandidate[] => {
  const because = new Map<City, CityHint>()
  for (const [hint, found] of groups) for (const city of found) if (!because.has(city)) because.set(city, hint)
  return [...because].slice(0, mostCandidates).map(([city, hint]) => ({ city, because: hint }))
}

const suggested = (candidates: readonly CityCandidate[]): CityMatch =>
  candidates.length > 0 ? { kind: 'suggested', candidates } : { kind: 'none' }

/**
 * The city a text means. `exact` only when the whole text is the name of one city in any of its spellings, or names one
 * city beside its own quarters; whatever is weaker is proposed, best first, and never taken. Rule: product.md 5.
 */
export const resolveCity = (text: string, options: MatchOptions = {}): CityMatch => {
  const owners = ownersOf(placeWords(text.slice(0, longestText)), options.extraAliases)?.cities ?? []
  if (owners.length > 1) return suggested(candidatesOf([['homonym', owners]]))
  if (owners[0]) return { kind: 'exact', city: owners[0] }
  const reading = readText(text, options)
  const city = exactIn(reading)
  if (city) return { kind: 'exact', city }
  const named = reading.mentions.flatMap((mention) => mention.cities)
  const inDistricts = districtOwners(reading.mentions)
  if (named.length + inDistricts.length > 0) {
    return suggested(
      candidatesOf([
        ['named', named],
        ['district', inDistricts],
      ]),
    )
  }
  return suggested(candidatesOf([['spelling', lookAlikes(text.slice(0, longestText))]]))
}

/** Cities for a picker while a person types: names that begin so, the largest first, then those that look alike. */
export const suggestCities = (typed: string, limit = 8): City[] => {
  const text = typed.slice(0, longestText)
  const key = keyOf(placeWords(text))
  if (key === '') return []
  const beginning = [...citiesByKey].filter(([name]) => name.startsWith(key)).flatMap(([, owners]) => owners)
  beginning.sort((a, b) => Number(hasKnownDistricts(b)) - Number(hasKnownDistricts(a)))
  return [...new Set([...(citiesByKey.get(key) ?? []), ...beginning, ...lookAlikes(text)])].slice(0, limit)
}
