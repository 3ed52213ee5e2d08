import { and, eq } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { productPhotos } from '../../db/schema/products.ts'

const own = (tx: MerchantTx, productId: string) =>
  and(eq(productPhotos.merchantId, tx.merchantId), eq(productPhotos.productId, productId))

export const findPhoto = async (tx: MerchantTx, productId: string) =>
  (await tx.db.select().from(productPhotos).where(own(tx, productId)))[0]

/** A product has one photo: the new one takes the place of the old. */
export const storePhoto = async (
  tx: MerchantTx,
  row: Omit<typeof productPhotos.$inferInsert, 'merchantId'>,
): Promise<void> => {
  const { id, type, bytes, createdAt } = row
  await tx.db
    .insert(productPhotos)
    .values({ ...row, merchantId: tx.merchantId })
    .onConflictDoUpdate({
      target: [productPhotos.merchantId, productPhotos.productId],
      set: { id, type, bytes, createdAt },
    })
}

export const dropPhoto = async (tx: MerchantTx, productId: string): Promise<void> => {
  await tx.db.delete(productPhotos).where(own(tx, productId))
}
