import type { ViewScreen } from '@sendocki/domain/views/view'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { views } from '../../db/schema/views.ts'

export type ViewRow = typeof views.$inferSelect

const ofMember = (tx: MerchantTx, memberId: string) =>
  and(eq(views.merchantId, tx.merchantId), eq(views.memberId, memberId))
const one = (tx: MerchantTx, memberId: string, id: string) => and(ofMember(tx, memberId), eq(views.id, id))

/** A member's views of a list in their order, by `views_of_member`; twenty at most. */
export const listViews = (tx: MerchantTx, memberId: string, screen: ViewScreen): Promise<ViewRow[]> =>
  tx.db
    .select()
    .from(views)
    .where(and(ofMember(tx, memberId), eq(views.screen, screen)))
    .orderBy(asc(views.position), asc(views.id))

export const findView = async (tx: MerchantTx, memberId: string, id: string): Promise<ViewRow | undefined> =>
  (
    await tx.db
      .select()
      .from(views)
      .where(one(tx, memberId, id))
  )[0]

/** Takes the member's views until the end of the transaction: two tabs that save at once take turns. */
export const lockViews = async (tx: MerchantTx, memberId: string): Promise<void> => {
  await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`views/${tx.merchantId}/${memberId}`}, 0))`)
}

export const insertView = async (tx: MerchantTx, row: Omit<ViewRow, 'merchantId'>): Promise<void> => {
  await tx.db.insert(views).values({ ...row, merchantId: tx.merchantId })
}

type Change = Partial<Pick<ViewRow, 'name' | 'filter' | 'columns' | 'sort' | 'density' | 'isDefault' | 'updatedAt'>>

/** False when the view is no longer in the version that was seen. */
export const saveView = async (
  tx: MerchantTx,
  memberId: string,
  seen: { readonly id: string; readonly version: number },
  change: Change,
): Promise<boolean> => {
  const changed = await tx.db
    .update(views)
    .set({ ...change, version: seen.version + 1 })
    .where(and(one(tx, memberId, seen.id), eq(views.version, seen.version)))
    .returning({ id: views.id })
  return changed.length > 0
}

/** No view that the member has of a list opens by itself any more. */
export const clearDefault = async (tx: MerchantTx, memberId: string, screen: ViewScreen): Promise<void> => {
  await tx.db
    .update(views)
    .set({ isDefault: false })
    .where(and(ofMember(tx, memberId), eq(views.screen, screen), eq(views.isDefault, true)))
}

export const placeView = async (tx: MerchantTx, memberId: string, id: string, position: number): Promise<void> => {
  await tx.db
    .update(views)
    .set({ position })
    .where(one(tx, memberId, id))
}

export const removeView = async (tx: MerchantTx, memberId: string, id: string): Promise<boolean> =>
  (
    await tx.db
      .delete(views)
      .where(one(tx, memberId, id))
      .returning({ id: views.id })
  ).length > 0
