import { and, eq, inArray } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { carrierAccounts } from '../../db/schema/carriers.ts'

/** Whether all of these carrier accounts are the merchant's. */
export const accountsExist = async (tx: MerchantTx, ids: readonly string[]): Promise<boolean> => {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return true
  const rows = await tx.db
    .select({ id: carrierAccounts.id })
    .from(carrierAccounts)
    .where(and(eq(carrierAccounts.merchantId, tx.merchantId), inArray(carrierAccounts.id, wanted)))
  return rows.length === wanted.length
}
