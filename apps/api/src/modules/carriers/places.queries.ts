import type { CarrierPlaceQuery, MatchStrength } from '@sendocki/domain/carriers/account'
import { and, asc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { MerchantTx } from '../../context.ts'
import { carrierPlaces } from '../../db/schema/carriers.ts'
import { asOf, type PlaceRow, selectPlaces } from './fees.queries.ts'

const ofAccount = (tx: MerchantTx, carrierAccountId: string) =>
  and(eq(carrierPlaces.merchantId, tx.merchantId), eq(carrierPlaces.carrierAccountId, carrierAccountId))

const batch = 200

/** What a person has chosen stays; the rest takes what the names say now. */
const unlessChosen = (kept: AnyPgColumn, fresh: SQL): SQL =>
  sql`case when ${carrierPlaces.strength} = 'chosen' then ${kept} else ${fresh} end`

/** Fees of an older day than those that are known are history only. */
const unlessNewer = (kept: AnyPgColumn, fresh: SQL): SQL =>
  sql`case when ${carrierPlaces.feesFrom} > excluded.fees_from then ${kept} else ${fresh} end`

/** Writes places as they are now. What a person has matched stays matched, and the rest is matched again by name. */
export const upsertPlaces = async (
  tx: MerchantTx,
  carrierAccountId: string,
  rows: readonly Omit<PlaceRow, 'vanishedAt'>[],
): Promise<void> => {
  for (let start = 0; start < rows.length; start += batch) {
    await tx.db
      .insert(carrierPlaces)
      .values(rows.slice(start, start + batch).map((row) => ({ ...row, merchantId: tx.merchantId, carrierAccountId })))
      .onConflictDoUpdate({
        target: [carrierPlaces.merchantId, carrierPlaces.carrierAccountId, carrierPlaces.placeId],
        set: {
          city: sql`excluded.city`,
          name: sql`excluded.name`,
          arabicName: sql`excluded.arabic_name`,
          searchName: sql`excluded.search_name`,
          deliveredFeeCentimes: unlessNewer(carrierPlaces.deliveredFeeCentimes, sql`excluded.delivered_fee_centimes`),
          refusedFeeCentimes: unlessNewer(carrierPlaces.refusedFeeCentimes, sql`excluded.refused_fee_centimes`),
          returnedFeeCentimes: unlessNewer(carrierPlaces.returnedFeeCentimes, sql`excluded.returned_fee_centimes`),
          feesFrom: sql`greatest(${carrierPlaces.feesFrom}, excluded.fees_from)`,
          delay: sql`excluded.delay`,
          pickup: sql`excluded.pickup`,
          vanishedAt: null,
          cityId: unlessChosen(carrierPlaces.cityId, sql`excluded.city_id`),
          district: unlessChosen(carrierPlaces.district, sql`excluded.district`),
          strength: unlessChosen(carrierPlaces.strength, sql`excluded.strength`),
        },
      })
  }
}

/** Writes the carrier's whole list as it is now: places that are gone are marked, not removed. */
export const savePlaces = async (
  tx: MerchantTx,
  carrierAccountId: string,
  rows: readonly Omit<PlaceRow, 'vanishedAt'>[],
  now: string,
): Promise<void> => {
  await upsertPlaces(tx, carrierAccountId, rows)
  const listed = rows.map(({ placeId }) => placeId)
  await tx.db
    .update(carrierPlaces)
    .set({ vanishedAt: now })
    .where(
      and(
        ofAccount(tx, carrierAccountId),
        isNull(carrierPlaces.vanishedAt),
        sql`${carrierPlaces.placeId} <> all(${sql.param(listed)}::text[])`,
      ),
    )
}

const reviews: Record<NonNullable<CarrierPlaceQuery['review']>, SQL> = {
  weak: eq(carrierPlaces.strength, 'weak'),
  unmatched: isNull(carrierPlaces.strength),
  matched: inArray(carrierPlaces.strength, ['exact', 'chosen']),
}

/** By name, on `carrier_places_name`. The search is a start of the folded name. */
export const listPlaces = async (
  tx: MerchantTx,
  carrierAccountId: string,
  filter: {
    readonly search?: string
    readonly review?: CarrierPlaceQuery['review']
    readonly pickup?: boolean
    readonly placeIds?: readonly string[]
    readonly on: string
    readonly after: readonly [string, string] | null
    readonly limit: number
  },
): Promise<PlaceRow[]> => {
  const { search, review, pickup, placeIds, on, after, limit } = filter
  const rows = await selectPlaces(tx, on)
    .where(
      and(
        ofAccount(tx, carrierAccountId),
        search ? sql`${carrierPlaces.searchName} ^@ ${search}` : undefined,
        review ? and(reviews[review], isNull(carrierPlaces.vanishedAt)) : undefined,
        pickup === undefined ? undefined : and(eq(carrierPlaces.pickup, pickup), isNull(carrierPlaces.vanishedAt)),
        placeIds ? inArray(carrierPlaces.placeId, [...placeIds]) : undefined,
        after ? sql`(${carrierPlaces.name}, ${carrierPlaces.placeId}) > (${after[0]}, ${after[1]})` : undefined,
      ),
    )
    .orderBy(asc(carrierPlaces.name), asc(carrierPlaces.placeId))
    .limit(limit)
  return rows.map(asOf)
}

/** Places that the carrier lists today, with what they cost on a day. */
export const placesListed = async (
  tx: MerchantTx,
  carrierAccountId: string,
  { on, limit }: { readonly on: string; readonly limit: number },
): Promise<PlaceRow[]> =>
  (
    await selectPlaces(tx, on)
      .where(and(ofAccount(tx, carrierAccountId), isNull(carrierPlaces.vanishedAt)))
      .limit(limit)
  ).map(asOf)

export const hasPlaces = async (tx: MerchantTx, carrierAccountId: string): Promise<boolean> => {
  const [first] = await tx.db
    .select({ placeId: carrierPlaces.placeId })
    .from(carrierPlaces)
    .where(and(ofAccount(tx, carrierAccountId), isNull(carrierPlaces.vanishedAt)))
    .limit(1)
  return first !== undefined
}

export const placeNames = async (
  tx: MerchantTx,
  carrierAccountId: string,
  placeIds: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (placeIds.length === 0) return new Map()
  const rows = await tx.db
    .select({ placeId: carrierPlaces.placeId, name: carrierPlaces.name })
    .from(carrierPlaces)
    .where(and(ofAccount(tx, carrierAccountId), inArray(carrierPlaces.placeId, [...placeIds])))
  return new Map(rows.map(({ placeId, name }) => [placeId, name]))
}

/** The carrier's places for these cities of ours with what they cost on a day, by `carrier_places_city`. */
export const placesOfCities = async (
  tx: MerchantTx,
  carrierAccountId: string,
  { cityIds, on }: { readonly cityIds: readonly string[]; readonly on: string },
): Promise<PlaceRow[]> => {
  if (cityIds.length === 0) return []
  const inCities = inArray(carrierPlaces.cityId, [...cityIds])
  const rows = await selectPlaces(tx, on).where(
    and(ofAccount(tx, carrierAccountId), inCities, isNull(carrierPlaces.vanishedAt)),
  )
  return rows.map(asOf)
}

export const saveMatch = async (
  tx: MerchantTx,
  carrierAccountId: string,
  placeId: string,
  match: { readonly cityId: string | null; readonly district: string | null; readonly strength: MatchStrength | null },
): Promise<boolean> => {
  const rows = await tx.db
    .update(carrierPlaces)
    .set(match)
    .where(and(ofAccount(tx, carrierAccountId), eq(carrierPlaces.placeId, placeId)))
    .returning({ placeId: carrierPlaces.placeId })
  return rows.length > 0
}
