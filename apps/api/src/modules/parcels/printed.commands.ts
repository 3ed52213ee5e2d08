import type { Ctx, MerchantTx } from '../../context.ts'
import { companionsOf } from './companions.queries.ts'
import { recordParcel } from './parcels.commands.ts'
import { savePrinted } from './parcels.queries.ts'

/** Keeps that labels of these parcels were made, when, and for whom; each order's history tells it. */
export const markPrinted = async (
  ctx: Ctx,
  tx: MerchantTx,
  parcels: readonly { readonly id: string; readonly orderId: string }[],
  memberId: string | null,
): Promise<void> => {
  if (parcels.length === 0) return
  await savePrinted(
    tx,
    parcels.map(({ id }) => id),
    { at: ctx.clock().toISOString(), by: memberId },
  )
  const companions = await companionsOf(
    tx,
    parcels.map(({ id }) => id),
  )
  for (const parcel of parcels) {
    const others = (companions.get(parcel.id) ?? []).map(({ orderId }) => orderId)
    await recordParcel(ctx, tx, parcel, { type: 'parcel.label_printed' }, [parcel.orderId, ...others])
  }
}
