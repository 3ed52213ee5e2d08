import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { MerchantTx, PlatformTx } from '../../context.ts'
import { labelSheets, pickups } from '../../db/schema/parcels.ts'

export type LabelRow = typeof labelSheets.$inferSelect
export type PickupRow = typeof pickups.$inferSelect

const sheet = (tx: MerchantTx, id: string) => and(eq(labelSheets.merchantId, tx.merchantId), eq(labelSheets.id, id))

export const insertSheet = async (tx: MerchantTx, row: Omit<LabelRow, 'merchantId'>): Promise<void> => {
  await tx.db.insert(labelSheets).values({ ...row, merchantId: tx.merchantId })
}

/** By primary key, with its pages when they are there. */
export const findSheet = async (tx: MerchantTx, id: string): Promise<LabelRow | undefined> =>
  (await tx.db.select().from(labelSheets).where(sheet(tx, id)))[0]

export const saveSheet = async (
  tx: MerchantTx,
  id: string,
  change: Partial<Pick<LabelRow, 'status' | 'pdf' | 'problem'>>,
): Promise<void> => {
  await tx.db.update(labelSheets).set(change).where(sheet(tx, id))
}

/** Labels name buyers: what is older than `before` goes, in every merchant. By `label_sheets_age`. */
export const removeOldSheets = async (tx: PlatformTx, before: string): Promise<void> => {
  await tx.db.delete(labelSheets).where(lt(labelSheets.createdAt, before))
}

const pickup = (tx: MerchantTx, id: string) => and(eq(pickups.merchantId, tx.merchantId), eq(pickups.id, id))

export const insertPickup = async (tx: MerchantTx, row: Omit<PickupRow, 'merchantId'>): Promise<void> => {
  await tx.db.insert(pickups).values({ ...row, merchantId: tx.merchantId })
}

export const findPickup = async (tx: MerchantTx, id: string): Promise<PickupRow | undefined> =>
  (await tx.db.select().from(pickups).where(pickup(tx, id)))[0]

export const savePickup = async (
  tx: MerchantTx,
  id: string,
  change: Partial<Pick<PickupRow, 'status' | 'code' | 'problem'>>,
): Promise<void> => {
  await tx.db.update(pickups).set(change).where(pickup(tx, id))
}

/** Newest first, by `pickups_created`. */
export const listPickups = (
  tx: MerchantTx,
  { after, limit }: { after: readonly [string, string] | null; limit: number },
): Promise<PickupRow[]> =>
  tx.db
    .select()
    .from(pickups)
    .where(
      and(
        eq(pickups.merchantId, tx.merchantId),
        after ? sql`(${pickups.createdAt}, ${pickups.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : undefined,
      ),
    )
    .orderBy(desc(pickups.createdAt), desc(pickups.id))
    .limit(limit)
