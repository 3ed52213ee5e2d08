import { parseMoney } from '../money.ts'
import { placeKey } from '../places/place-key.ts'
import type { RowFields, RowReason } from './rows.ts'

/*
 * A carrier's list of cities and fees, as its sales people send it round.
 */

export interface ListedPlace {
  readonly placeId: string
  readonly name: string
  readonly deliveredFeeCentimes: number | null
  readonly refusedFeeCentimes: number | null
  readonly returnedFeeCentimes: number | null
  readonly delay: string | null
}

export const placeOutcomes = ['created', 'updated', 'same', 'repeated', 'refused'] as const
export type PlaceOutcome = (typeof placeOutcomes)[number]

export interface PlacePlan {
  readonly outcome: PlaceOutcome
  readonly reason: RowReason | null
  readonly place: ListedPlace | null
}

const feeNames = ['deliveredFee', 'refusedFee', 'returnedFee'] as const

/** A fee in centimes, null when the row says none, undefined when it cannot be read or is below zero. */
const feeOf = (text: string | undefined): number | null | undefined => {
  if (text === undefined) return null
  const money = parseMoney(text, { decimalSign: text.includes(',') ? ',' : '.' })
  return money.ok && money.centimes >= 0 ? money.centimes : undefined
}

const same = (one: ListedPlace, other: ListedPlace): boolean =>
  one.name === other.name &&
  one.deliveredFeeCentimes === other.deliveredFeeCentimes &&
  one.refusedFeeCentimes === other.refusedFeeCentimes &&
  one.returnedFeeCentimes === other.returnedFeeCentimes &&
  one.delay === other.delay

/** What a column that is not there leaves as it is. */
const completed = (place: ListedPlace, before: ListedPlace | undefined, row: RowFields): ListedPlace =>
  before
    ? {
        ...place,
        deliveredFeeCentimes: row.deliveredFee === undefined ? before.deliveredFeeCentimes : place.deliveredFeeCentimes,
        refusedFeeCentimes: row.refusedFee === undefined ? before.refusedFeeCentimes : place.refusedFeeCentimes,
        returnedFeeCentimes: row.returnedFee === undefined ? before.returnedFeeCentimes : place.returnedFeeCentimes,
        delay: row.delay === undefined ? before.delay : place.delay,
      }
    : place

/** What each row of cities and fees does to the list that is known. A city is known by its name, however it is spelled. */
export const planPlaces = (rows: readonly RowFields[], known: readonly ListedPlace[]): PlacePlan[] => {
  const before = new Map(known.map((place) => [place.placeId, place]))
  const seen = new Set<string>()
  return rows.map((row): PlacePlan => {
    const placeId = placeKey(row.city ?? '').slice(0, 40)
    if (placeId === '') return { outcome: 'refused', reason: 'city_missing', place: null }
    if (seen.has(placeId)) return { outcome: 'repeated', reason: null, place: null }
    const [delivered, refused, returned] = feeNames.map((name) => feeOf(row[name]))
    if (delivered === undefined || refused === undefined || returned === undefined)
      return { outcome: 'refused', reason: 'fee_unreadable', place: null }
    seen.add(placeId)
    const old = before.get(placeId)
    const written: ListedPlace = {
      placeId,
      name: (row.city ?? '').slice(0, 120),
      deliveredFeeCentimes: delivered,
      refusedFeeCentimes: refused,
      returnedFeeCentimes: returned,
      delay: row.delay?.slice(0, 60) ?? null,
    }
    const place = completed(written, old, row)
    return { outcome: old ? (same(old, place) ? 'same' : 'updated') : 'created', reason: null, place }
  })
}
