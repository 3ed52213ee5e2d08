import type { City } from './cities.ts'
import type { District } from './districts.ts'
import { type CityMatch, type MatchOptions, partsOf, resolveCity } from './matching.ts'
import { districtIn } from './place.ts'
import { placeKey } from './place-key.ts'

export interface CarrierPlaceMatch {
  /** `exact` is used for shipping; `weak` waits in the carrier account's review list; `none` has no city of ours. */
  readonly strength: 'exact' | 'weak' | 'none'
  /** Our city, when exact. */
  readonly city: City | null
  /** Our district, when the carrier's quarter is one that we know. */
  readonly district: District | null
  /** The carrier's own word for the quarter; null when the row stands for the whole city. */
  readonly quarter: string | null
  /** Cities to choose from when weak, best first. */
  readonly candidates: readonly City[]
}

const citiesOf = (match: CityMatch): City[] => {
  if (match.kind === 'none') return []
  return match.kind === 'exact' ? [match.city] : match.candidates.map(({ city }) => city)
}

/** Whether a text speaks against a city. One that only looks like other names, as a quarter may, says nothing. */
const denies = (match: CityMatch, city: City): boolean => {
  if (match.kind !== 'suggested') return match.kind === 'exact' && match.city !== city
  const telling = match.candidates.filter(({ because }) => because !== 'spelling')
  if (telling.some((candidate) => candidate.because === 'named' && candidate.city !== city)) return true
  return telling.length > 0 && !telling.some((candidate) => candidate.city === city)
}

const quarterOf = (name: string, city: City): string | null => {
  const names = new Set([city.fr, city.ar, city.en, ...city.aliases].map(placeKey))
  return (
    partsOf(name)
      .filter((part) => !names.has(placeKey(part)))
      .join(' - ') || null
  )
}

/**
 * Matches a row of a carrier's catalogue (`Casablanca - Exemple`, of the ville `Casablanca`) to our city and quarter.
 * Exact only when the ville is one city and neither the name nor the Arabic name speaks against it; without a ville the
 * name decides.
 */
export const matchCarrierPlace = (
  name: string,
  ville: string,
  arabicName = '',
  options: MatchOptions = {},
): CarrierPlaceMatch => {
  const byName = resolveCity(name, options)
  const byVille = ville.trim() === '' ? byName : resolveCity(ville, options)
  const byArabic = resolveCity(arabicName, options)
  if (byVille.kind === 'exact' && !denies(byName, byVille.city) && !denies(byArabic, byVille.city)) {
    const { city } = byVille
    return { strength: 'exact', city, district: districtIn(name, city), quarter: quarterOf(name, city), candidates: [] }
  }
  const candidates = [...new Set([byName, byVille, byArabic].flatMap(citiesOf))].slice(0, 5)
  return { strength: candidates.length > 0 ? 'weak' : 'none', city: null, district: null, quarter: null, candidates }
}
