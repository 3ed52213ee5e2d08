import type { Tries } from '@sendocki/domain/identity/tries'
import { eq, sql } from 'drizzle-orm'
import type { PlatformTx } from '../../context.ts'
import { rateCounters } from '../../db/schema/platform.ts'

/** The tries under a key, held until the end of the transaction: of two at once, the second sees the first. By primary key. */
export const lockTries = async (tx: PlatformTx, key: Buffer, now: string): Promise<Tries> => {
  const [row] = await tx.db
    .insert(rateCounters)
    .values({ key, tries: 0, lastTryAt: now })
    .onConflictDoUpdate({ target: rateCounters.key, set: { tries: sql`${rateCounters.tries}` } })
    .returning()
  if (!row) throw new Error('A counter was neither made nor found.')
  return row
}

export const saveTries = async (tx: PlatformTx, key: Buffer, tries: Tries): Promise<void> => {
  await tx.db.update(rateCounters).set(tries).where(eq(rateCounters.key, key))
}

/** Takes one try back: it did not fail. */
export const returnTry = async (tx: PlatformTx, key: Buffer): Promise<void> => {
  await tx.db
    .update(rateCounters)
    .set({ tries: sql`greatest(${rateCounters.tries} - 1, 0)`, blockedUntil: null })
    .where(eq(rateCounters.key, key))
}
