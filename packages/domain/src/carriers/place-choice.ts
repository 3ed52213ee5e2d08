import type { PlaceAnswer } from '../parcels/readiness.ts'
import { placeKey } from '../places/place-key.ts'
import type { MatchStrength } from './account.ts'

/** A place of the carrier's that is matched to the order's city; `district` null stands for the whole city. */
export interface MatchedPlace {
  readonly placeId: string
  readonly district: string | null
  readonly strength: MatchStrength
  readonly feeCentimes: number | null
}

/**
 * Where a parcel for a quarter of a city goes in the carrier's catalogue: the quarter by its name, else the place that
 * stands for the whole city. What is only likely is asked, never guessed.
 */
export const choosePlace = (places: readonly MatchedPlace[], district: string | null): PlaceAnswer => {
  const quarter = district === null ? '' : placeKey(district)
  const byQuarter =
    quarter === '' ? [] : places.filter((place) => place.district && placeKey(place.district) === quarter)
  const wholeCity = places.filter((place) => place.district === null)
  for (const candidates of [byQuarter, wholeCity]) {
    const chosen = candidates.filter(({ strength }) => strength === 'chosen')
    const sure = chosen.length > 0 ? chosen : candidates.filter(({ strength }) => strength === 'exact')
    const [only, ...others] = sure
    if (only && others.length === 0) return { kind: 'found', placeId: only.placeId, feeCentimes: only.feeCentimes }
    if (sure.length > 1) return { kind: 'weak' }
  }
  return { kind: places.length > 0 ? 'weak' : 'none' }
}
