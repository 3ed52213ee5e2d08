import type { SheetLayout } from '@sendocki/domain/carriers/sheet'
import { and, eq } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { carrierSheets } from '../../db/schema/carriers.ts'

/** By primary key. */
export const findLayout = async (tx: MerchantTx, carrierAccountId: string): Promise<SheetLayout | undefined> =>
  (
    await tx.db
      .select({ layout: carrierSheets.layout })
      .from(carrierSheets)
      .where(and(eq(carrierSheets.merchantId, tx.merchantId), eq(carrierSheets.carrierAccountId, carrierAccountId)))
  )[0]?.layout

export const saveLayout = async (
  tx: MerchantTx,
  carrierAccountId: string,
  layout: SheetLayout,
  updatedAt: string,
): Promise<void> => {
  await tx.db
    .insert(carrierSheets)
    .values({ merchantId: tx.merchantId, carrierAccountId, layout, updatedAt })
    .onConflictDoUpdate({
      target: [carrierSheets.merchantId, carrierSheets.carrierAccountId],
      set: { layout, updatedAt },
    })
}
