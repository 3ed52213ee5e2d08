import { and, asc, count, eq, isNotNull, lt } from 'drizzle-orm'
import type { MerchantTx, PlatformTx } from '../../context.ts'
import { papers } from '../../db/schema/papers.ts'

export type PaperRow = typeof papers.$inferSelect
export type PaperChange = Partial<
  Pick<
    PaperRow,
    'status' | 'doneCount' | 'printedCount' | 'leftOut' | 'pages' | 'bytes' | 'rights' | 'problem' | 'expiresAt'
  >
>

const one = (tx: MerchantTx, id: string) => and(eq(papers.merchantId, tx.merchantId), eq(papers.id, id))

export const insertPaper = async (tx: MerchantTx, row: PaperRow): Promise<void> => {
  await tx.db.insert(papers).values({ ...row, merchantId: tx.merchantId })
}

/** By primary key; locked, a job that ends late does not overwrite what a person has settled. */
export const findPaper = async (tx: MerchantTx, id: string, { locked = false } = {}): Promise<PaperRow | undefined> => {
  const query = tx.db.select().from(papers).where(one(tx, id))
  return (await (locked ? query.for('update') : query))[0]
}

/** How many of a member's are being made, by `papers_of_member`. */
export const countRunning = async (tx: MerchantTx, memberId: string): Promise<number> => {
  const [row] = await tx.db
    .select({ running: count() })
    .from(papers)
    .where(and(eq(papers.merchantId, tx.merchantId), eq(papers.memberId, memberId), eq(papers.status, 'running')))
  return row?.running ?? 0
}

export const savePaper = async (tx: MerchantTx, id: string, change: PaperChange): Promise<void> => {
  await tx.db.update(papers).set(change).where(one(tx, id))
}

/** Finished papers whose day is over, in every merchant, the oldest first by `papers_age`. */
export const findExpired = (tx: PlatformTx, now: string): Promise<Pick<PaperRow, 'merchantId' | 'id'>[]> =>
  tx.db
    .select({ merchantId: papers.merchantId, id: papers.id })
    .from(papers)
    .where(and(eq(papers.status, 'ready'), isNotNull(papers.expiresAt), lt(papers.expiresAt, now)))
    .orderBy(asc(papers.createdAt))
    .limit(1_000)

export const markExpired = async (
  tx: PlatformTx,
  { merchantId, id }: Pick<PaperRow, 'merchantId' | 'id'>,
): Promise<void> => {
  await tx.db
    .update(papers)
    .set({ status: 'expired' })
    .where(and(eq(papers.merchantId, merchantId), eq(papers.id, id)))
}

/** What nobody looks at any more, in every merchant. By `papers_age`. */
export const removeOldPapers = async (tx: PlatformTx, before: string): Promise<void> => {
  await tx.db.delete(papers).where(lt(papers.createdAt, before))
}
