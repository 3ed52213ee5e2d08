import type { ListedPlace } from '@sendocki/domain/carrier-files/places'
import type { CarrierPlaceQuery, CarrierPlaceView, MatchPlaces } from '@sendocki/domain/carriers/account'
import { feeOf, paidOutcomeOf } from '@sendocki/domain/carriers/fees'
import { choosePlace } from '@sendocki/domain/carriers/place-choice'
import type { ParcelStatus } from '@sendocki/domain/parcels/parcel'
import type { PlaceAnswer } from '@sendocki/domain/parcels/readiness'
import { matchCarrierPlace } from '@sendocki/domain/places/carrier-places'
import { cityById } from '@sendocki/domain/places/cities'
import { districtIn } from '@sendocki/domain/places/place'
import { placeKey } from '@sendocki/domain/places/place-key'
import { Refused } from '@sendocki/domain/result'
import { dayOf } from '@sendocki/domain/time'
import type { CarrierPlace } from '../../adapters/carriers/port.ts'
import type { Ctx, MerchantTx } from '../../context.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { findAccount, saveAccountState } from './carriers.queries.ts'
import {
  feesOnDay,
  hasPlaces,
  keepFees,
  listFees,
  listPlaces,
  type PlaceRow,
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

const assertAccount = async (tx: MerchantTx, id: string): Promise<void> => {
  if (!(await findAccount(tx, id))) throw new Refused('carrier_account.not_found')
}

/** The carrier's places with what each is matched to: the review list is `review=weak`. */
export const readPlaces = (ctx: Ctx, carrierAccountId: string, query: CarrierPlaceQuery) =>
  ctx.read(async (tx) => {
    await assertAccount(tx, carrierAccountId)
    const { limit = 50, cursor, q, review, pickup } = query
    const after = decodeCursor('carrier-places', cursor, 2) as readonly [string, string] | null
    const rows = await listPlaces(tx, carrierAccountId, {
      limit: limit + 1,
      after,
      ...(q === undefined ? {} : { search: placeKey(q) }),
      ...(review === undefined ? {} : { review }),
      ...(pickup === undefined ? {} : { pickup }),
    })
    return pageOf(rows, limit, 'carrier-places', (row) => [row.name, row.placeId], viewOf)
  })

/** What a delivery costs and how long it takes, city by city. */
export const readFees = (
  ctx: Ctx,
  carrierAccountId: string,
  query: { cityId?: string; on?: string; limit?: number; cursor?: string },
) =>
  ctx.read(async (tx) => {
    await assertAccount(tx, carrierAccountId)
    const { limit = 50, cursor, cityId, on = dayOf(ctx.now) } = query
    const after = decodeCursor('carrier-fees', cursor, 2) as readonly [string, string] | null
    const rows = await listFees(tx, carrierAccountId, {
      on,
      limit: limit + 1,
      after,
      ...(cityId === undefined ? {} : { cityId }),
    })
    return pageOf(
      rows,
      limit,
      'carrier-fees',
      (row) => [row.name, row.placeId],
      (row) => ({
        cityId: row.cityId ?? '',
        district: row.district,
        placeId: row.placeId,
        placeName: row.name,
        deliveredFeeCentimes: row.deliveredFeeCentimes,
        refusedFeeCentimes: row.refusedFeeCentimes,
        returnedFeeCentimes: row.returnedFeeCentimes,
        feesFrom: row.feesFrom,
        delay: row.delay,
      }),
    )
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
    const rows = await listPlaces(tx, carrierAccountId, { placeIds, after: null, limit: placeIds.length })
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
export const knownPlaces = async (tx: MerchantTx, carrierAccountId: string): Promise<ListedPlace[]> =>
  (await placesListed(tx, carrierAccountId, placesMax)).map((row) => ({
    placeId: row.placeId,
    name: row.name,
    deliveredFeeCentimes: row.deliveredFeeCentimes,
    refusedFeeCentimes: row.refusedFeeCentimes,
    returnedFeeCentimes: row.returnedFeeCentimes,
    delay: row.delay,
  }))

/**
 * Adds cities and fees of a carrier without API to its list, from a day on, and matches what nobody has matched by hand.
 * Fees of the past stay known: a parcel is counted by those of its own day.
 */
export const addPlaces = async (
  ctx: Ctx,
  tx: MerchantTx,
  carrierAccountId: string,
  places: readonly ListedPlace[],
  validFrom: string,
): Promise<void> => {
  if (validFrom > dayOf(ctx.now)) throw new Refused('request.invalid', undefined, [{ path: 'date', code: 'too_large' }])
  const listed = places.map(({ placeId, name, ...rest }) =>
    rowOf({ id: placeId, city: name, name, arabicName: null, pickup: false, ...rest }, validFrom),
  )
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

interface CountedParcel {
  readonly carrierAccountId: string
  readonly placeId: string
  readonly createdAt: string
}

/**
 * What a parcel costs in a status by the fees of its own day, null while nobody has said it; undefined for a carrier whose
 * fees are not dated.
 */
export const feeOfParcel = async (
  tx: MerchantTx,
  parcel: CountedParcel,
  status: ParcelStatus,
): Promise<number | null | undefined> => {
  const fees = await feesOnDay(tx, parcel, dayOf(new Date(parcel.createdAt)))
  return fees && feeOf(paidOutcomeOf(status), fees)
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

export interface Destination {
  readonly orderId: string
  readonly cityId: string | null
  readonly district: string | null
  readonly addressLine: string | null
}

/**
 * Where in the carrier's catalogue each of these orders goes, by order id. `anywhere`: a carrier without API that has
 * listed no cities yet takes parcels to all of them.
 */
export const placesFor = async (
  tx: MerchantTx,
  carrierAccountId: string,
  destinations: readonly Destination[],
  { anywhere }: { readonly anywhere: boolean },
): Promise<ReadonlyMap<string, PlaceAnswer>> => {
  if (anywhere && !(await hasPlaces(tx, carrierAccountId)))
    return new Map(
      destinations.map(({ orderId, cityId }) => [orderId, { kind: 'found', placeId: cityId ?? '', feeCentimes: null }]),
    )
  const cityIds = [...new Set(destinations.flatMap(({ cityId }) => cityId ?? []))]
  const rows = await placesOfCities(tx, carrierAccountId, cityIds)
  const byCity = Map.groupBy(
    rows.map(({ placeId, cityId, district, strength, deliveredFeeCentimes }) => ({
      cityId,
      placeId,
      district,
      strength: strength ?? ('weak' as const),
      feeCentimes: deliveredFeeCentimes,
    })),
    ({ cityId }) => cityId,
  )
  return new Map(
    destinations.map((destination) => [
      destination.orderId,
      choosePlace(byCity.get(destination.cityId) ?? [], quarterOf(destination)),
    ]),
  )
}

/** The quarter by its one name, whatever spelling or script it was written in. */
const quarterOf = ({ cityId, district, addressLine }: Destination): string | null => {
  const city = cityId === null ? undefined : cityById.get(cityId)
  const known = city && districtIn([district, addressLine].filter(Boolean).join(', '), city)
  return known?.fr ?? district
}
