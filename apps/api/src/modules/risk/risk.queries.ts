import type { TrialStatus } from '@sendocki/domain/risk/risk'
import type { RiskSettings } from '@sendocki/domain/risk/settings'
import type { TrialTally } from '@sendocki/domain/risk/trial'
import { and, eq, exists, gte, sql } from 'drizzle-orm'
import type { MerchantTx, PlatformTx } from '../../context.ts'
import { orders } from '../../db/schema/orders.ts'
import { riskSettings, riskTrials } from '../../db/schema/risk.ts'
import { statement } from '../../db/statement.ts'

const ofMerchant = statement('risk_settings', (qb) =>
  qb
    .select({
      settings: riskSettings.settings,
      version: riskSettings.version,
      updatedAt: riskSettings.updatedAt,
      countedAt: riskSettings.countedAt,
    })
    .from(riskSettings)
    .where(eq(riskSettings.merchantId, sql.placeholder('merchantId'))),
)

/** What the merchant saved, which may lack what was made a setting later; undefined while nothing is read of its past. */
export const findRiskSettings = async (tx: MerchantTx) => (await tx.run(ofMerchant, { merchantId: tx.merchantId }))[0]

/** Stores the settings over the version that was seen, the defaults being version 1; null when somebody was quicker. */
export const saveRiskSettings = async (
  tx: MerchantTx,
  {
    settings,
    version,
    updatedAt,
  }: { readonly settings: RiskSettings; readonly version: number; readonly updatedAt: string },
): Promise<number | null> => {
  const saved = await tx.db
    .insert(riskSettings)
    .values({ merchantId: tx.merchantId, settings, version: version + 1, updatedAt })
    .onConflictDoUpdate({
      target: riskSettings.merchantId,
      set: { settings, version: version + 1, updatedAt },
      setWhere: eq(riskSettings.version, version),
    })
    .returning({ version: riskSettings.version })
  return saved[0]?.version ?? null
}

const isOn = sql`(${riskSettings.settings} ->> 'enabled')::boolean`

/** Merchants who read their past; those with an order that changed since, when an instant is given. */
export const merchantsAtRisk = async (tx: PlatformTx, since: string | null): Promise<string[]> => {
  const changed = tx.db
    .select({ one: sql`1` })
    .from(orders)
    .where(and(eq(orders.merchantId, riskSettings.merchantId), gte(orders.updatedAt, since ?? '')))
  const rows = await tx.db
    .select({ id: riskSettings.merchantId })
    .from(riskSettings)
    .where(and(isOn, since === null ? undefined : exists(changed)))
  return rows.map(({ id }) => id)
}

export type TrialRow = Omit<typeof riskTrials.$inferSelect, 'merchantId'>

export const findTrial = async (tx: MerchantTx): Promise<TrialRow | undefined> =>
  (await tx.db.select().from(riskTrials).where(eq(riskTrials.merchantId, tx.merchantId)))[0]

/** Begins a trial in the place of the one before. */
export const replaceTrial = async (tx: MerchantTx, row: TrialRow): Promise<void> => {
  await tx.db
    .insert(riskTrials)
    .values({ ...row, merchantId: tx.merchantId })
    .onConflictDoUpdate({ target: riskTrials.merchantId, set: row })
}

/** Keeps how far a trial has come; false when another took its place, or it has come this far already. */
export const saveTrial = async (
  tx: MerchantTx,
  seen: { readonly id: string; readonly weeksDone: number },
  set: {
    readonly weeksDone?: number
    readonly endedOrders?: number
    readonly tally?: TrialTally
    readonly status?: TrialStatus
    readonly finishedAt?: string
  },
): Promise<boolean> => {
  const saved = await tx.db
    .update(riskTrials)
    .set(set)
    .where(
      and(
        eq(riskTrials.merchantId, tx.merchantId),
        eq(riskTrials.id, seen.id),
        eq(riskTrials.weeksDone, seen.weeksDone),
      ),
    )
    .returning({ id: riskTrials.id })
  return saved.length > 0
}
