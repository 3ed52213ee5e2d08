import { eq, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { samples } from '../../db/schema/onboarding.ts'
import { statement } from '../../db/statement.ts'

export type SamplesRow = Omit<typeof samples.$inferSelect, 'merchantId'>

const columns = {
  status: samples.status,
  requestedAt: samples.requestedAt,
  wanted: samples.wanted,
  made: samples.made,
} as const

const one = statement('samples', (qb) =>
  qb
    .select(columns)
    .from(samples)
    .where(eq(samples.merchantId, sql.placeholder('merchantId'))),
)

export const findSamples = async (tx: MerchantTx): Promise<SamplesRow | undefined> =>
  (await tx.run(one, { merchantId: tx.merchantId }))[0]

/** Waits for whoever adds or removes some now. */
export const lockSamples = async (tx: MerchantTx): Promise<SamplesRow | undefined> =>
  (await tx.db.select(columns).from(samples).where(eq(samples.merchantId, tx.merchantId)).for('update'))[0]

/** False when there are some already: of two who ask at once one is first. */
export const insertSamples = async (tx: MerchantTx, row: SamplesRow): Promise<boolean> => {
  const made = await tx.db
    .insert(samples)
    .values({ ...row, merchantId: tx.merchantId })
    .onConflictDoNothing()
    .returning({ status: samples.status })
  return made.length > 0
}

export const saveSamples = async (tx: MerchantTx, set: Partial<SamplesRow>): Promise<void> => {
  await tx.db.update(samples).set(set).where(eq(samples.merchantId, tx.merchantId))
}

export const deleteSamples = async (tx: MerchantTx): Promise<void> => {
  await tx.db.delete(samples).where(eq(samples.merchantId, tx.merchantId))
}
