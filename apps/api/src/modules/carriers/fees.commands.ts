import type { CarrierFee, CarrierFeeQuery, SetCarrierFee } from '@sendocki/domain/carriers/account'
import { feeOf, feesAheadDays, paidOutcomeOf } from '@sendocki/domain/carriers/fees'
import { choosePlace, type MatchedPlace } from '@sendocki/domain/carriers/place-choice'
import type { ParcelStatus } from '@sendocki/domain/parcels/parcel'
import { cityById } from '@sendocki/domain/places/cities'
import { districtIn } from '@sendocki/domain/places/place'
import { Refused } from '@sendocki/domain/result'
import { addDays, dayOf } from '@sendocki/domain/time'
import type { Ctx, MerchantTx } from '../../context.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { findAccount } from './carriers.queries.ts'
import {
  type AccountPlaces,
  accountsFor,
  dropFees,
  feesOnDay,
  findPlace,
  keepFees,
  listComing,
  listFees,
  type PlaceRow,
} from './fees.queries.ts'

/*
 * What carriers take: by the place and the day, and for a carrier without API as somebody said it, also ahead.
 */

export const assertAccount = async (tx: MerchantTx, id: string): Promise<void> => {
  if (!(await findAccount(tx, id))) throw new Refused('carrier_account.not_found')
}

const feeViewOf = (row: PlaceRow): CarrierFee => ({
  cityId: row.cityId ?? '',
  district: row.district,
  placeId: row.placeId,
  placeName: row.name,
  deliveredFeeCentimes: row.deliveredFeeCentimes,
  refusedFeeCentimes: row.refusedFeeCentimes,
  returnedFeeCentimes: row.returnedFeeCentimes,
  feesFrom: row.feesFrom,
  delay: row.delay,
})

/** What a delivery costs and how long it takes, city by city. */
export const readFees = (ctx: Ctx, carrierAccountId: string, query: CarrierFeeQuery) =>
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
    return pageOf(rows, limit, 'carrier-fees', (row) => [row.name, row.placeId], feeViewOf)
  })

/** Fees that were said and do not hold yet, by place and then by day. */
export const readComingFees = (
  ctx: Ctx,
  carrierAccountId: string,
  { limit = 50, cursor }: { limit?: number; cursor?: string },
) =>
  ctx.read(async (tx) => {
    await assertAccount(tx, carrierAccountId)
    const after = decodeCursor('coming-fees', cursor, 3) as readonly [string, string, string] | null
    const rows = await listComing(tx, carrierAccountId, { today: dayOf(ctx.now), after, limit: limit + 1 })
    return pageOf(rows, limit, 'coming-fees', (row) => [row.name, row.placeId, row.feesFrom], feeViewOf)
  })

/** Only a carrier without API lets somebody say what it takes; the others say it themselves. */
const assertManual = async (tx: MerchantTx, id: string): Promise<void> => {
  const account = await findAccount(tx, id)
  if (!account) throw new Refused('carrier_account.not_found')
  if (account.carrier !== 'manual') throw new Refused('carrier.capability_missing', { capability: 'manual' })
}

/** What a place costs from a day on, today or later: said again for the same day, it takes the place of the first. */
export const setFee = (ctx: Ctx, carrierAccountId: string, { validFrom, ...fee }: SetCarrierFee): Promise<CarrierFee> =>
  ctx.transaction(async (tx) => {
    await assertManual(tx, carrierAccountId)
    const today = dayOf(ctx.now)
    if (validFrom < today) throw new Refused('request.invalid', undefined, [{ path: 'validFrom', code: 'too_small' }])
    if (validFrom > addDays(today, feesAheadDays))
      throw new Refused('request.invalid', undefined, [{ path: 'validFrom', code: 'too_large' }])
    const place = await findPlace(tx, carrierAccountId, fee.placeId)
    if (!place) throw new Refused('carrier_place.not_found', { placeId: fee.placeId })
    await keepFees(tx, carrierAccountId, [fee], { validFrom, loadedAt: ctx.now.toISOString() })
    ctx.record(tx, {
      type: 'carrier_fee.set',
      subject: { kind: 'carrier_account', id: carrierAccountId },
      after: { place: place.name, validFrom, ...fee },
    })
    return feeViewOf({ ...place, ...fee, feesFrom: validFrom })
  })

/** Takes a coming fee back. What holds or held stays known: parcels are counted by it. */
export const removeComingFee = (
  ctx: Ctx,
  carrierAccountId: string,
  { placeId, validFrom }: { readonly placeId: string; readonly validFrom: string },
): Promise<CarrierFee> =>
  ctx.transaction(async (tx) => {
    await assertManual(tx, carrierAccountId)
    const place = await findPlace(tx, carrierAccountId, placeId)
    const isComing = validFrom > dayOf(ctx.now)
    const fees = place && isComing ? await dropFees(tx, carrierAccountId, { placeId, validFrom }) : undefined
    if (!place || !fees) throw new Refused('carrier_fee.not_found')
    ctx.record(tx, {
      type: 'carrier_fee.removed',
      subject: { kind: 'carrier_account', id: carrierAccountId },
      before: { place: place.name, placeId, validFrom, ...fees },
    })
    return feeViewOf({ ...place, ...fees, feesFrom: validFrom })
  })

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

export interface Destination {
  readonly orderId: string
  readonly cityId: string | null
  readonly district: string | null
  readonly addressLine: string | null
}

/** The quarter by its one name, whatever spelling or script it was written in. */
export const quarterOf = ({ cityId, district, addressLine }: Omit<Destination, 'orderId'>): string | null => {
  const city = cityId === null ? undefined : cityById.get(cityId)
  const known = city && districtIn([district, addressLine].filter(Boolean).join(', '), city)
  return known?.fr ?? district
}

/** A place as the choice among a city's places sees it. */
export const matchedPlace = ({ placeId, district, strength, deliveredFeeCentimes }: PlaceRow): MatchedPlace => ({
  placeId,
  district,
  strength: strength ?? 'weak',
  feeCentimes: deliveredFeeCentimes,
})

const dearest = (fees: readonly (number | null)[]): number | null => {
  const said = fees.filter((fee) => fee !== null)
  return said.length === 0 ? null : Math.max(...said)
}

const offerOf = ({ id, name, listed, places }: AccountPlaces, quarter: string | null) => {
  const choice = choosePlace(places.map(matchedPlace), quarter)
  const meant = choice.kind === 'found' ? places.filter(({ placeId }) => placeId === choice.placeId) : places
  return {
    accountId: id,
    name,
    covers: places.length > 0 ? true : listed ? false : null,
    deliveredFeeCentimes: dearest(meant.map(({ deliveredFeeCentimes }) => deliveredFeeCentimes)),
    refusedFeeCentimes: dearest(meant.map(({ refusedFeeCentimes }) => refusedFeeCentimes)),
    returnedFeeCentimes: dearest(meant.map(({ returnedFeeCentimes }) => returnedFeeCentimes)),
    delay: meant.find(({ delay }) => delay !== null)?.delay ?? null,
  }
}

/**
 * What each account that ships takes for a destination on a day by outcome, and how long it says it needs: at the place
 * to which the parcel would go, or at the dearest of the city's while that is not sure. Whether it goes there at all is
 * unknown while the carrier has named no place.
 */
export const feesOf = async (tx: MerchantTx, to: Omit<Destination, 'orderId'> | null, on: string) => {
  if (to === null || to.cityId === null) return []
  const accounts = await accountsFor(tx, to.cityId, on)
  return accounts.map((account) => offerOf(account, quarterOf(to)))
}
