import type { CallScript } from '@sendocki/domain/calls/script'
import type { Tongue } from '@sendocki/domain/messages/buyer-message'
import { and, asc, desc, eq, isNull } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { callScripts } from '../../db/schema/call-settings.ts'
import { products } from '../../db/schema/products.ts'

const ofMerchant = (tx: MerchantTx) => eq(callScripts.merchantId, tx.merchantId)

const shown = (tx: MerchantTx) =>
  tx.db
    .select({
      id: callScripts.id,
      productId: callScripts.productId,
      productName: products.name,
      tongue: callScripts.tongue,
      text: callScripts.text,
      version: callScripts.version,
      updatedAt: callScripts.updatedAt,
    })
    .from(callScripts)
    .leftJoin(products, and(eq(products.merchantId, callScripts.merchantId), eq(products.id, callScripts.productId)))

/** All scripts of the merchant, those for every product first; two hundred at most. */
export const listScripts = (tx: MerchantTx): Promise<CallScript[]> =>
  shown(tx)
    .where(ofMerchant(tx))
    .orderBy(desc(isNull(callScripts.productId)), asc(products.name), asc(callScripts.tongue), asc(callScripts.id))

export const findScript = async (tx: MerchantTx, id: string): Promise<CallScript | undefined> =>
  (await shown(tx).where(and(ofMerchant(tx), eq(callScripts.id, id))))[0]

interface NewScript {
  readonly id: string
  readonly productId: string | null
  readonly tongue: Tongue
  readonly text: string
  readonly updatedAt: string
}

/** False when there is one for this product and tongue already. */
export const insertScript = async (tx: MerchantTx, script: NewScript): Promise<boolean> => {
  const added = await tx.db
    .insert(callScripts)
    .values({ ...script, merchantId: tx.merchantId })
    .onConflictDoNothing()
    .returning({ id: callScripts.id })
  return added.length > 0
}

/** False when the script is no longer in the version that was seen. */
export const saveScript = async (
  tx: MerchantTx,
  seen: { readonly id: string; readonly version: number },
  change: { readonly text: string; readonly updatedAt: string },
): Promise<boolean> => {
  const saved = await tx.db
    .update(callScripts)
    .set({ ...change, version: seen.version + 1 })
    .where(and(ofMerchant(tx), eq(callScripts.id, seen.id), eq(callScripts.version, seen.version)))
    .returning({ id: callScripts.id })
  return saved.length > 0
}

export const removeScript = async (tx: MerchantTx, id: string): Promise<void> => {
  await tx.db.delete(callScripts).where(and(ofMerchant(tx), eq(callScripts.id, id)))
}
