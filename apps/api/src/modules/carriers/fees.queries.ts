import type { OutcomeFees } from '@sendocki/domain/carriers/fees'
import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lte, ne, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { carrierAccounts, carrierFees, carrierPlaces } from '../../db/schema/carriers.ts'

/*
 * What places cost. A carrier without API has lists that hold from a day on, of which some are still to come: what holds
 * is asked by the day, never copied, so that no job has to wake at midnight.
 */

export type PlaceRow = Omit<typeof carrierPlaces.$inferSelect, 'merchantId' | 'carrierAccountId'>

const ofAccount = (tx: MerchantTx, carrierAccountId: string) =>
  and(eq(carrierPlaces.merchantId, tx.merchantId), eq(carrierPlaces.carrierAccountId, carrierAccountId))

const batch = 200

/** What a place costs on a day by the lists that were loaded for it: the newest that holds then. */
const datedFees = (tx: MerchantTx, on: string) =>
  tx.db
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

/** Places with what they cost on a Moroccan day. */
export const selectPlaces = (tx: MerchantTx, on: string) => {
  const dated = datedFees(tx, on)
  return tx.db
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
}

type Fees = Pick<PlaceRow, 'deliveredFeeCentimes' | 'refusedFeeCentimes' | 'returnedFeeCentimes' | 'feesFrom'>
const unsaid: Fees = { deliveredFeeCentimes: null, refusedFeeCentimes: null, returnedFeeCentimes: null, feesFrom: null }

/** Only lists of carriers without API are dated; the others say what they take now. */
export const asOf = ({ place, dated }: { readonly place: PlaceRow; readonly dated: Fees | null }): PlaceRow => {
  if (dated !== null && dated.feesFrom !== null) return { ...place, ...dated }
  return place.feesFrom === null ? place : { ...place, ...unsaid }
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

/** One place of a carrier's list, by key. */
export const findPlace = async (
  tx: MerchantTx,
  carrierAccountId: string,
  placeId: string,
): Promise<PlaceRow | undefined> => {
  const rows = await tx.db
    .select()
    .from(carrierPlaces)
    .where(and(ofAccount(tx, carrierAccountId), eq(carrierPlaces.placeId, placeId), isNull(carrierPlaces.vanishedAt)))
  return rows[0]
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

/** Fees whose day is still to come, by place and day: the places by `carrier_places_name`, each with its own by key. */
export const listComing = async (
  tx: MerchantTx,
  carrierAccountId: string,
  { today, after, limit }: { today: string; after: readonly [string, string, string] | null; limit: number },
): Promise<ComingRow[]> => {
  const key = sql`(${carrierPlaces.name}, ${carrierPlaces.placeId}, ${carrierFees.validFrom})`
  const rows = await tx.db
    .select({ place: carrierPlaces, fees: carrierFees })
    .from(carrierPlaces)
    .innerJoin(
      carrierFees,
      and(
        eq(carrierFees.merchantId, carrierPlaces.merchantId),
        eq(carrierFees.carrierAccountId, carrierPlaces.carrierAccountId),
        eq(carrierFees.placeId, carrierPlaces.placeId),
        gt(carrierFees.validFrom, today),
      ),
    )
    .where(
      and(
        ofAccount(tx, carrierAccountId),
        after ? sql`${key} > (${after[0]}, ${after[1]}, ${after[2]}::date)` : undefined,
      ),
    )
    .orderBy(asc(carrierPlaces.name), asc(carrierPlaces.placeId), asc(carrierFees.validFrom))
    .limit(limit)
  return rows.map(({ place, fees }) => ({ ...place, ...feesIn(fees), feesFrom: fees.validFrom }))
}
export type ComingRow = PlaceRow & { readonly feesFrom: string }

const feesIn = ({ deliveredFeeCentimes, refusedFeeCentimes, returnedFeeCentimes }: OutcomeFees): OutcomeFees => ({
  deliveredFeeCentimes,
  refusedFeeCentimes,
  returnedFeeCentimes,
})

/** Takes away the fees of a place that begin on a day; undefined when there were none. */
export const dropFees = async (
  tx: MerchantTx,
  carrierAccountId: string,
  { placeId, validFrom }: { readonly placeId: string; readonly validFrom: string },
): Promise<OutcomeFees | undefined> => {
  const rows = await tx.db
    .delete(carrierFees)
    .where(
      and(
        eq(carrierFees.merchantId, tx.merchantId),
        eq(carrierFees.carrierAccountId, carrierAccountId),
        eq(carrierFees.placeId, placeId),
        eq(carrierFees.validFrom, validFrom),
      ),
    )
    .returning()
  return rows[0] && feesIn(rows[0])
}

/** What a delivery costs per city on a day, for places that parcels may be sent to. */
export const listFees = async (
  tx: MerchantTx,
  carrierAccountId: string,
  { cityId, on, after, limit }: { cityId?: string; on: string; after: readonly [string, string] | null; limit: number },
): Promise<PlaceRow[]> => {
  const rows = await selectPlaces(tx, on)
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
  return rows.map(asOf)
}

/**
 * The accounts that ship, by name, each with its places in a city: by `carrier_places_city`. `listed` is whether it has
 * named any place at all.
 */
export const accountsFor = async (tx: MerchantTx, cityId: string, on: string): Promise<AccountPlaces[]> => {
  const { merchantId } = tx
  const named = tx.db
    .select({ placeId: carrierPlaces.placeId })
    .from(carrierPlaces)
    .where(and(eq(carrierPlaces.merchantId, merchantId), eq(carrierPlaces.carrierAccountId, carrierAccounts.id)))
    .limit(1)
  const [accounts, rows] = await Promise.all([
    tx.db
      .select({ id: carrierAccounts.id, name: carrierAccounts.name, listed: sql<boolean>`exists ${named}` })
      .from(carrierAccounts)
      .where(and(eq(carrierAccounts.merchantId, merchantId), ne(carrierAccounts.status, 'disabled')))
      .orderBy(asc(carrierAccounts.name), asc(carrierAccounts.id)),
    selectPlaces(tx, on).where(
      and(
        eq(carrierPlaces.merchantId, merchantId),
        inArray(
          carrierPlaces.carrierAccountId,
          tx.db
            .select({ id: carrierAccounts.id })
            .from(carrierAccounts)
            .where(and(eq(carrierAccounts.merchantId, merchantId), ne(carrierAccounts.status, 'disabled'))),
        ),
        eq(carrierPlaces.cityId, cityId),
        isNull(carrierPlaces.vanishedAt),
        inArray(carrierPlaces.strength, ['exact', 'chosen']),
      ),
    ),
  ])
  const byAccount = Map.groupBy(rows, ({ place }) => place.carrierAccountId)
  return accounts.map((account) => ({ ...account, places: (byAccount.get(account.id) ?? []).map(asOf) }))
}
export interface AccountPlaces {
  readonly id: string
  readonly name: string
  readonly listed: boolean
  readonly places: readonly PlaceRow[]
}
