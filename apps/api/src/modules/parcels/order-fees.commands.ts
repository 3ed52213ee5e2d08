import { paidOutcomeOf } from '@sendocki/domain/carriers/fees'
import type { OrderFees } from '@sendocki/domain/parcels/order-fees'
import { dayOf } from '@sendocki/domain/time'
import type { Ctx, MerchantTx } from '../../context.ts'
import { feesOf, findAccount } from '../carriers/index.ts'
import { loadOrder } from '../orders/index.ts'
import { companionsOf } from './companions.queries.ts'
import { findParcels } from './parcels.queries.ts'

/** What bringing an order costs: the fee of the parcel that stands for it, else what each carrier takes for its city. */
export const readOrderFees = (ctx: Ctx, id: string): Promise<OrderFees> =>
  ctx.read(async (tx) => {
    const row = await loadOrder(ctx, tx, id)
    const parcel = row.parcelId === null ? null : await feeOfItsParcel(tx, row.parcelId)
    if (parcel) return { parcel, offers: [] }
    const offers = await feesOf(tx, row, dayOf(ctx.now))
    return { parcel: null, offers: offers.filter(({ covers }) => covers !== false) }
  })

/** Null where the parcel was called off: then it costs nothing, and another one may be made. */
const feeOfItsParcel = async (tx: MerchantTx, parcelId: string): Promise<OrderFees['parcel']> => {
  const [parcel] = await findParcels(tx, [parcelId])
  if (!parcel || parcel.status === 'cancelled') return null
  const [account, companions] = await Promise.all([
    findAccount(tx, parcel.carrierAccountId),
    companionsOf(tx, [parcelId]),
  ])
  return {
    accountId: parcel.carrierAccountId,
    name: account?.name ?? '',
    outcome: paidOutcomeOf(parcel.status),
    feeCentimes: parcel.feeCentimes,
    orderCount: 1 + (companions.get(parcelId)?.length ?? 0),
  }
}
