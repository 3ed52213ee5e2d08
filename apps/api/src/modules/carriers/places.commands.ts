import type { ListedPlace } from '@sendocki/domain/carrier-files/places'
import type { CarrierPlaceQuery, CarrierPlaceView, MatchPlaces } from '@sendocki/domain/carriers/account'
import { feesAheadDays } from '@sendocki/domain/carriers/fees'
import { choosePlace } from '@sendocki/domain/carriers/place-choice'
import type { PlaceAnswer } from '@sendocki/domain/parcels/readiness'
import { matchCarrierPlace } from '@sendocki/domain/places/carrier-places'
import { cityById } from '@sendocki/domain/places/cities'
import { placeKey } from '@sendocki/domain/places/place-key'
import { Refused } from '@sendocki/domain/result'
import { addDays, dayOf } from '@sendocki/domain/time'
import type { CarrierPlace } from '../../adapters/carriers/port.ts'
import type { Ctx, MerchantTx } from '../../context.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { saveAccountState } from './carriers.queries.ts'
import { assertAccount, type Destination, matchedPlace, quarterOf } from './fees.commands.ts'
import { keepFees, type PlaceRow } from './fees.queries.ts'
import {
  hasPlaces,
  listPlaces,
  placesListed,
  placesOfCities,
  saveMatch,
  savePlaces,
  upsertPlaces,
} from './places.queries.ts'

const viewOf = (row: PlaceRow): CarrierPlaceView => ({
  placeId: row.placeId,
  city: row.city,
  name: row.name,
  arabicName: row.arabicName,
  deliveredFeeCentimes: row.deliveredFeeCentimes,
  refusedFeeCentimes: row.refusedFeeCentimes,
  returnedFeeCentimes: row.returnedFeeCentimes,
  delay: row.delay,
  pickup: row.pickup,
  vanishedAt: row.vanishedAt,
  match: row.cityId && row.strength ? { cityId: row.cityId, district: row.district, strength: row.strength } : null,
})

/** The carrier's places with what each is matched to: the review list is `review=weak`. */
export const readPlaces = (ctx: Ctx, carrierAccountId: string, query: CarrierPlaceQuery) =>
  ctx.read(async (tx) => {
    await assertAccount(tx, carrierAccountId)
    const { limit = 50, cursor, q, review, pickup } = query
    const after = decodeCursor('carrier-places', cursor, 2) as readonly [string, string] | null
    const rows = await listPlaces(tx, carrierAccountId, {
      limit: limit + 1,
      on: dayOf(ctx.now),
      after,
      ...(q === undefined ? {} : { search: placeKey(q) }),
      ...(review === undefined ? {} : { review }),
      ...(pickup === undefined ? {} : { pickup }),
    })
    return pageOf(rows, limit, 'carrier-places', (row) => [row.name, row.placeId], viewOf)
  })

/** A person's word on which city each place is; it outlives every later synchronisation. */
export const matchPlaces = (ctx: Ctx, carrierAccountId: string, { matches }: MatchPlaces) =>
  ctx.transaction(async (tx) => {
    await assertAccount(tx, carrierAccountId)
    for (const { placeId, cityId, district = null } of matches) {
      if (cityId !== null && !cityById.has(cityId))
        throw new Refused('order.city_unknown', { cityId }, [{ path: 'matches.cityId', code: 'not_in_list' }])
      const strength = cityId === null ? null : ('chosen' as const)
      if (!(await saveMatch(tx, carrierAccountId, placeId, { cityId, district: cityId && district, strength })))
        throw new Refused('carrier_place.not_found', { placeId })
    }
    ctx.record(tx, {
      type: 'carrier_places.matched',
      subject: { kind: 'carrier_account', id: carrierAccountId },
      after: { matches },
    })
    const placeIds = matches.map(({ placeId }) => placeId)
    const rows = await listPlaces(tx, carrierAccountId, {
      placeIds,
      on: dayOf(ctx.now),
      after: null,
      limit: placeIds.length,
    })
    return { items: rows.map(viewOf), nextCursor: null }
  })

/** Writes a fresh list of the carrier's and matches by name what nobody has matched by hand. */
export const storePlaces = async (
  ctx: Ctx,
  tx: MerchantTx,
  carrierAccountId: string,
  places: readonly CarrierPlace[],
): Promise<void> => {
  const unique = [...new Map(places.map((place) => [place.id, place])).values()]
  await savePlaces(
    tx,
    carrierAccountId,
    unique.map((place) => rowOf(place)),
    ctx.now.toISOString(),
  )
}

/** How many places one carrier lists at most; Sendit has some 600. */
const placesMax = 10_000

/** The carrier's cities and fees as they are known, for a file that changes them. */
export const knownPlaces = async (tx: MerchantTx, carrierAccountId: string, on: string): Promise<ListedPlace[]> =>
  (await placesListed(tx, carrierAccountId, { on, limit: placesMax })).map((row) => ({
    placeId: row.placeId,
    name: row.name,
    deliveredFeeCentimes: row.deliveredFeeCentimes,
    refusedFeeCentimes: row.refusedFeeCentimes,
    returnedFeeCentimes: row.returnedFeeCentimes,
    delay: row.delay,
  }))

/**
 * Adds cities and fees of a carrier without API to its list, from a day on, and matches what nobody has matched by hand.
 * Fees of the past stay known: a parcel is counted by those of its own day. A list for a coming day only waits; a city
 * that it names first is served already, at a fee that nobody has said until then.
 */
export const addPlaces = async (
  ctx: Ctx,
  tx: MerchantTx,
  carrierAccountId: string,
  places: readonly ListedPlace[],
  validFrom: string,
): Promise<void> => {
  const today = dayOf(ctx.now)
  if (validFrom > addDays(today, feesAheadDays))
    throw new Refused('request.invalid', undefined, [{ path: 'date', code: 'too_large' }])
  const listed =
    validFrom > today
      ? await newlyListed(tx, carrierAccountId, places, today)
      : places.map((place) => rowOfListed(place, validFrom))
  const loadedAt = ctx.now.toISOString()
  await upsertPlaces(tx, carrierAccountId, listed)
  const fees = places.map(({ placeId, deliveredFeeCentimes, refusedFeeCentimes, returnedFeeCentimes }) => ({
    ...{ placeId, deliveredFeeCentimes, refusedFeeCentimes, returnedFeeCentimes },
  }))
  await keepFees(tx, carrierAccountId, fees, { validFrom, loadedAt })
  await saveAccountState(tx, carrierAccountId, { placesSyncedAt: loadedAt })
  ctx.record(tx, {
    type: 'carrier_places.loaded',
    subject: { kind: 'carrier_account', id: carrierAccountId },
    data: { count: places.length, validFrom },
  })
}

const rowOfListed = ({ placeId, name, ...rest }: ListedPlace, feesFrom: string | null) =>
  rowOf({ id: placeId, city: name, name, arabicName: null, pickup: false, ...rest }, feesFrom)

const feeless = { deliveredFeeCentimes: null, refusedFeeCentimes: null, returnedFeeCentimes: null }

/** The places of a coming list that are not there yet. */
const newlyListed = async (tx: MerchantTx, accountId: string, places: readonly ListedPlace[], today: string) => {
  const known = new Set((await knownPlaces(tx, accountId, today)).map(({ placeId }) => placeId))
  return places.filter(({ placeId }) => !known.has(placeId)).map((place) => rowOfListed({ ...place, ...feeless }, null))
}

/** How surely a name is a city of ours, told before a file is run. */
export const matchOf = (name: string): 'exact' | 'weak' | 'none' => matchCarrierPlace(name, name, '').strength

const rowOf = (place: CarrierPlace, feesFrom: string | null = null): Omit<PlaceRow, 'vanishedAt'> => {
  const match = matchCarrierPlace(place.name, place.city, place.arabicName ?? '')
  const city = match.city ?? match.candidates[0] ?? null
  return {
    placeId: place.id,
    city: place.city,
    name: place.name,
    arabicName: place.arabicName,
    searchName: placeKey(place.name),
    deliveredFeeCentimes: place.deliveredFeeCentimes,
    refusedFeeCentimes: place.refusedFeeCentimes ?? null,
    returnedFeeCentimes: place.returnedFeeCentimes ?? null,
    feesFrom,
    delay: place.delay,
    pickup: place.pickup,
    cityId: city?.id ?? null,
    district: match.district?.fr ?? match.quarter,
    strength: match.strength === 'none' ? null : match.strength,
  }
}

/**
 * Where in the carrier's catalogue each of these orders goes, by order id. `anywhere`: a carrier without API that has
 * listed no cities yet takes parcels to all of them. `on`: the Moroccan day whose fees they take.
 */
export const placesFor = async (
  tx: MerchantTx,
  carrierAccountId: string,
  destinations: readonly Destination[],
  { anywhere, on }: { readonly anywhere: boolean; readonly on: string },
): Promise<ReadonlyMap<string, PlaceAnswer>> => {
  if (anywhere && !(await hasPlaces(tx, carrierAccountId)))
    return new Map(
      destinations.map(({ orderId, cityId }) => [orderId, { kind: 'found', placeId: cityId ?? '', feeCentimes: null }]),
    )
  const cityIds = [...new Set(destinations.flatMap(({ cityId }) => cityId ?? []))]
  const rows = await placesOfCities(tx, carrierAccountId, { cityIds, on })
  const byCity = Map.groupBy(
    rows.map((row) => ({ ...matchedPlace(row), cityId: row.cityId })),
    ({ cityId }) => cityId,
  )
  return new Map(
    destinations.map((destination) => [
      destination.orderId,
      choosePlace(byCity.get(destination.cityId) ?? [], quarterOf(destination)),
    ]),
  )
}
