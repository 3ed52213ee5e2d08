import { type City, cityById } from './cities.ts'
import type { District } from './districts.ts'
import { type Mention, mentionsIn } from './gazetteer.ts'
import { type CityCandidate, type CityMatch, type MatchOptions, partsOf, resolveCity } from './matching.ts'
import { placeWords } from './place-key.ts'

/** A name after one of these is that of a street, a square or a building: `Avenue Hassan II` is in every city. */
const streetWords = new Set(
  placeWords(
    'rue avenue av ave boulevard boulvard bd bld blvd place route angle residence res immeuble imm zanka zankat street ' +
      'souk marche cafe hotel lycee mosquee شارع زنقة ساحة إقامة عمارة طريق سوق مسجد فندق مقهى',
  ),
)

const mentionsOf = (text: string): Mention[] =>
  partsOf(text)
    .flatMap((part) => mentionsIn(placeWords(part)).mentions)
    .filter((mention) => !streetWords.has(mention.after))

const only = <T>(found: readonly T[]): T | null => (new Set(found).size === 1 ? (found[0] ?? null) : null)

/** The one quarter of a city that a text names; null when it names none or several. */
export const districtIn = (text: string, city: City): District | null =>
  only(mentionsOf(text).flatMap(({ districts }) => districts.filter((district) => district.cityId === city.id)))

/** Proposes first what the address speaks for too; it may add candidates, and never settles the question. */
const weighedBy = (match: CityMatch, address: string): CityMatch => {
  if (match.kind === 'exact') return match
  const mentions = mentionsOf(address)
  const named = mentions.flatMap(({ cities }) => cities.map((city): CityCandidate => ({ city, because: 'named' })))
  const quarters = mentions
    .map(({ districts }) => only(districts.map(({ cityId }) => cityId)))
    .map((cityId) => (cityId === null ? undefined : cityById.get(cityId)))
    .filter((city) => city !== undefined)
    .map((city): CityCandidate => ({ city, because: 'district' }))
  const fromAddress = [...named, ...quarters]
  const own = match.kind === 'suggested' ? match.candidates : []
  const backed = own.filter(({ city }) => fromAddress.some((candidate) => candidate.city === city))
  const strong = own.some(({ because }) => because !== 'spelling')
  const ordered = [...backed, ...(strong ? own : []), ...fromAddress, ...own]
  const candidates = ordered
    .filter(({ city }, at) => ordered.findIndex((other) => other.city === city) === at)
    .slice(0, 5)
  return candidates.length > 0 ? { kind: 'suggested', candidates } : { kind: 'none' }
}

export interface Place {
  readonly city: CityMatch
  /** Only beside an exact city; null when the texts name none of its known quarters, or several. */
  readonly district: District | null
}

/**
 * City and quarter of an order. The city field alone decides the city; the address orders the suggestions and gives the
 * quarter when the city field does not.
 */
export const resolvePlace = (cityText: string, addressText = '', options: MatchOptions = {}): Place => {
  const city = weighedBy(resolveCity(cityText, options), addressText)
  if (city.kind !== 'exact') return { city, district: null }
  return { city, district: districtIn(cityText, city.city) ?? districtIn(addressText, city.city) }
}
