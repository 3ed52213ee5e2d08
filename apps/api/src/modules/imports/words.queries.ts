import type { PastState, SaidWords } from '@sendocki/domain/imports/status-words'
import { eq } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { importWords } from '../../db/schema/imports.ts'

/** What the merchant has said of other systems' words; some dozens, by primary key. */
export const saidWords = async (tx: MerchantTx): Promise<SaidWords> => {
  const rows = await tx.db
    .select({ key: importWords.key, state: importWords.state })
    .from(importWords)
    .where(eq(importWords.merchantId, tx.merchantId))
    .limit(5_000)
  return new Map(rows.map(({ key, state }) => [key, state]))
}

/** Keeps what words mean, for all lists to come. */
export const rememberWords = async (
  tx: MerchantTx,
  words: readonly { readonly key: string; readonly state: PastState | null }[],
  updatedAt: string,
): Promise<void> => {
  for (const { key, state } of words)
    await tx.db
      .insert(importWords)
      .values({ merchantId: tx.merchantId, key, state, updatedAt })
      .onConflictDoUpdate({ target: [importWords.merchantId, importWords.key], set: { state, updatedAt } })
}
