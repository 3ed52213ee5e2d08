import type { Parcel } from '@sendocki/domain/parcels/parcel-schema'
import { isCancellable } from '@sendocki/domain/parcels/tracking'
import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { endIntent, enqueueCancel, isCalled, lockedParcel, recordParcel, shownIn } from './parcels.commands.ts'
import { type ParcelRow, saveParcel } from './parcels.queries.ts'
import { noteWithdrawn } from './tracking.commands.ts'

/**
 * Calls a parcel off. An intent that was not sent yet ends at once; one that is being booked ends as soon as the carrier's
 * answer is known; a booked one is asked back, as long as the carrier has not fetched it.
 */
export const withdrawParcel = async (ctx: Ctx, tx: MerchantTx, parcel: ParcelRow): Promise<void> => {
  const { id, booking, status } = parcel
  if (status === 'cancelled' || parcel.cancelRequestedAt) return
  const now = ctx.now.toISOString()
  const pending = booking === 'calling' || booking === 'unknown'
  if (booking === 'intended') return endIntent(ctx, tx, parcel)
  if (!pending && !(booking === 'accepted' && isCancellable(parcel)))
    throw new Refused('parcel.not_cancellable', { status })
  await saveParcel(tx, id, { cancelRequestedAt: now })
  await recordParcel(ctx, tx, parcel, { type: 'parcel.cancel_asked', before: { status } })
  if (pending) return
  if (await isCalled(ctx, tx, parcel.carrierAccountId)) return enqueueCancel(ctx, tx, parcel)
  // Nobody has to agree: the parcel of a carrier without API is called off as soon as we say so.
  await noteWithdrawn(ctx, tx, { ...parcel, cancelRequestedAt: now })
}

/** Calls off a parcel that somebody named; one that is called off already is refused. */
export const withdrawOne = async (ctx: Ctx, tx: MerchantTx, id: string): Promise<void> => {
  const parcel = await lockedParcel(tx, id)
  if (parcel.status === 'cancelled') throw new Refused('parcel.not_cancellable', { status: parcel.status })
  await withdrawParcel(ctx, tx, parcel)
}

export const cancelParcel = (ctx: Ctx, id: string): Promise<Parcel> =>
  ctx.transaction(async (tx) => {
    await shownIn(ctx, tx, id)
    await withdrawOne(ctx, tx, id)
    return shownIn(ctx, tx, id)
  })
