import { and, count, eq, isNotNull, lt } from 'drizzle-orm'
import type { MerchantTx, PlatformTx } from '../../context.ts'
import { exports } from '../../db/schema/exports.ts'

export type ExportRow = typeof exports.$inferSelect

const one = (tx: MerchantTx, id: string) => and(eq(exports.merchantId, tx.merchantId), eq(exports.id, id))

export const insertExport = async (tx: MerchantTx, row: ExportRow): Promise<void> => {
  await tx.db.insert(exports).values({ ...row, merchantId: tx.merchantId })
}

/** By primary key; locked, a job that ends late does not overwrite what another has settled. */
export const findExport = async (
  tx: MerchantTx,
  id: string,
  { locked = false } = {},
): Promise<ExportRow | undefined> => {
  const query = tx.db.select().from(exports).where(one(tx, id))
  return (await (locked ? query.for('update') : query))[0]
}

/** How many of a member's are being made, by `exports_of_member`. */
export const countRunning = async (tx: MerchantTx, memberId: string): Promise<number> => {
  const [row] = await tx.db
    .select({ running: count() })
    .from(exports)
    .where(and(eq(exports.merchantId, tx.merchantId), eq(exports.memberId, memberId), eq(exports.status, 'running')))
  return row?.running ?? 0
}

export const saveExport = async (
  tx: MerchantTx,
  id: string,
  change: Partial<Pick<ExportRow, 'status' | 'rowCount' | 'bytes' | 'rights' | 'problem' | 'expiresAt'>>,
): Promise<void> => {
  await tx.db.update(exports).set(change).where(one(tx, id))
}

/** Exports whose day is over, in every merchant. */
export const findExpired = (tx: PlatformTx, now: string) =>
  tx.db
    .select({ merchantId: exports.merchantId, id: exports.id, format: exports.format })
    .from(exports)
    .where(and(isNotNull(exports.expiresAt), lt(exports.expiresAt, now), eq(exports.status, 'ready')))
    .limit(1_000)

export const markExpired = async (
  tx: PlatformTx,
  { merchantId, id }: { merchantId: string; id: string },
): Promise<void> => {
  await tx.db
    .update(exports)
    .set({ status: 'expired' })
    .where(and(eq(exports.merchantId, merchantId), eq(exports.id, id)))
}
