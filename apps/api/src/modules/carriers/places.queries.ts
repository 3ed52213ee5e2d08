import type { CarrierPlaceQuery, MatchStrength } from '@sendocki/domain/carriers/account'
import type { OutcomeFees } from '@sendocki/domain/carriers/fees'
import { and, asc, desc, eq, inArray, isNotNull, isNull, lte, ne, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { MerchantTx } from '../../context.ts'
import { carrierAccounts, carrierFees, carrierPlaces } from '../../db/schema/carriers.ts'

export type PlaceRow = Omit<typeof carrierPlaces.$inferSelect, 'merchantId' | 'carrierAccountId'>

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
    readonly after: readonly [string, string] | null
    readonly limit: number
  },
): Promise<PlaceRow[]> => {
  const { search, review, pickup, placeIds, after, limit } = filter
  return tx.db
    .select()
    .from(carrierPlaces)
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
}

/** Places that the carrier lists today. */
export const placesListed = (tx: MerchantTx, carrierAccountId: string, limit: number): Promise<PlaceRow[]> =>
  tx.db
    .select()
    .from(carrierPlaces)
    .where(and(ofAccount(tx, carrierAccountId), isNull(carrierPlaces.vanishedAt)))
    .limit(limit)

export const hasPlaces = async (tx: MerchantTx, carrierAccountId: string): Promise<boolean> =>
  (await placesListed(tx, carrierAccountId, 1)).length > 0

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

/** The carrier's places for these cities of ours, by `carrier_places_city`. */
export const placesOfCities = (tx: MerchantTx, carrierAccountId: string, cityIds: readonly string[]) =>
  cityIds.length === 0
    ? Promise.resolve([])
    : tx.db
        .select()
        .from(carrierPlaces)
        .where(
          and(
            ofAccount(tx, carrierAccountId),
            inArray(carrierPlaces.cityId, [...cityIds]),
            isNull(carrierPlaces.vanishedAt),
          ),
        )

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

/** Keeps fees from a day on; a list that is loaded again on its day takes the place of the first. */
export const keepFees = async (
  tx: MerchantTx,
  carrierAccountId: string,
  rows: readonly (OutcomeFees & { readonly placeId: string })[],
  { validFrom, loadedAt }: { readonly validFrom: string; readonly loadedAt: string },
): Promise<void> => {
  for (let start = 0; start < rows.length; start += batch)
    await tx.db
      .insert(carrierFees)
      .values(
        rows
          .slice(start, start + batch)
          .map((row) => ({ ...row, merchantId: tx.merchantId, carrierAccountId, validFrom, loadedAt })),
      )
      .onConflictDoUpdate({
        target: [carrierFees.merchantId, carrierFees.carrierAccountId, carrierFees.placeId, carrierFees.validFrom],
        set: {
          deliveredFeeCentimes: sql`excluded.delivered_fee_centimes`,
          refusedFeeCentimes: sql`excluded.refused_fee_centimes`,
          returnedFeeCentimes: sql`excluded.returned_fee_centimes`,
          loadedAt: sql`excluded.loaded_at`,
        },
      })
}

/** What a place cost on a Moroccan day; undefined where no list said it. */
export const feesOnDay = async (
  tx: MerchantTx,
  { carrierAccountId, placeId }: { readonly carrierAccountId: string; readonly placeId: string },
  day: string,
): Promise<OutcomeFees | undefined> => {
  const rows = await tx.db
    .select()
    .from(carrierFees)
    .where(
      and(
        eq(carrierFees.merchantId, tx.merchantId),
        eq(carrierFees.carrierAccountId, carrierAccountId),
        eq(carrierFees.placeId, placeId),
        lte(carrierFees.validFrom, day),
      ),
    )
    .orderBy(desc(carrierFees.validFrom))
    .limit(1)
  return rows[0]
}

/**
 * What a delivery costs per city on a day, for places that parcels may be sent to. Only lists of carriers without API are
 * dated; the others say what they take now.
 */
export const listFees = async (
  tx: MerchantTx,
  carrierAccountId: string,
  { cityId, on, after, limit }: { cityId?: string; on: string; after: readonly [string, string] | null; limit: number },
): Promise<PlaceRow[]> => {
  const dated = tx.db
    .select({
      deliveredFeeCentimes: carrierFees.deliveredFeeCentimes,
      refusedFeeCentimes: carrierFees.refusedFeeCentimes,
      returnedFeeCentimes: carrierFees.returnedFeeCentimes,
      feesFrom: carrierFees.validFrom,
    })
    .from(carrierFees)
    .where(
      and(
        eq(carrierFees.merchantId, carrierPlaces.merchantId),
        eq(carrierFees.carrierAccountId, carrierPlaces.carrierAccountId),
        eq(carrierFees.placeId, carrierPlaces.placeId),
        lte(carrierFees.validFrom, on),
      ),
    )
    .orderBy(desc(carrierFees.validFrom))
    .limit(1)
    .as('dated')
  const rows = await tx.db
    .select({
      place: carrierPlaces,
      dated: {
        deliveredFeeCentimes: dated.deliveredFeeCentimes,
        refusedFeeCentimes: dated.refusedFeeCentimes,
        returnedFeeCentimes: dated.returnedFeeCentimes,
        feesFrom: dated.feesFrom,
      },
    })
    .from(carrierPlaces)
    .leftJoinLateral(dated, sql`true`)
    .where(
      and(
        ofAccount(tx, carrierAccountId),
        isNull(carrierPlaces.vanishedAt),
        isNotNull(carrierPlaces.cityId),
        inArray(carrierPlaces.strength, ['exact', 'chosen']),
        cityId ? eq(carrierPlaces.cityId, cityId) : undefined,
        after ? sql`(${carrierPlaces.name}, ${carrierPlaces.placeId}) > (${after[0]}, ${after[1]})` : undefined,
      ),
    )
    .orderBy(asc(carrierPlaces.name), asc(carrierPlaces.placeId))
    .limit(limit)
  return rows.map(({ place, dated: then }) => (place.feesFrom === null ? place : { ...place, ...(then ?? unsaid) }))
}
const unsaid = { deliveredFeeCentimes: null, refusedFeeCentimes: null, returnedFeeCentimes: null, feesFrom: null }

/**
 * What each account that ships takes for a city by outcome, and how long it says it needs; the dearest of the city's
 * places. Whether it goes there at all is unknown while the carrier has named no place.
 */
export const feesOf = async (tx: MerchantTx, cityId: string | null) => {
  if (cityId === null) return []
  const ofAccount = and(
    eq(carrierPlaces.merchantId, carrierAccounts.merchantId),
    eq(carrierPlaces.carrierAccountId, carrierAccounts.id),
  )
  const inCity = and(
    eq(carrierPlaces.cityId, cityId),
    isNull(carrierPlaces.vanishedAt),
    inArray(carrierPlaces.strength, ['exact', 'chosen']),
  )
  const named = tx.db.select({ placeId: carrierPlaces.placeId }).from(carrierPlaces).where(ofAccount).limit(1)
  return tx.db
    .select({
      accountId: carrierAccounts.id,
      name: carrierAccounts.name,
      covers: sql<boolean | null>`case when count(${carrierPlaces.placeId}) > 0 then true
        when exists ${named} then false end`,
      deliveredFeeCentimes: sql<number | null>`max(${carrierPlaces.deliveredFeeCentimes})`,
      refusedFeeCentimes: sql<number | null>`max(${carrierPlaces.refusedFeeCentimes})`,
      returnedFeeCentimes: sql<number | null>`max(${carrierPlaces.returnedFeeCentimes})`,
      delay: sql<string | null>`min(${carrierPlaces.delay})`,
    })
    .from(carrierAccounts)
    .leftJoin(carrierPlaces, and(ofAccount, inCity))
    .where(and(eq(carrierAccounts.merchantId, tx.merchantId), ne(carrierAccounts.status, 'disabled')))
    .groupBy(carrierAccounts.merchantId, carrierAccounts.id)
    .orderBy(asc(carrierAccounts.name), asc(carrierAccounts.id))
}
