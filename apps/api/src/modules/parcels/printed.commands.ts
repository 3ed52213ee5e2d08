import type { Ctx, MerchantTx } from '../../context.ts'
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
  for (const { id, orderId } of parcels)
    ctx.record(tx, { type: 'parcel.label_printed', subject: { kind: 'parcel', id }, orderId })
}
