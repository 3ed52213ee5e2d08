import { and, eq, inArray, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { callSettings } from '../../db/schema/call-settings.ts'
import { roles } from '../../db/schema/members.ts'
import { statement } from '../../db/statement.ts'

export type CallSettingsRow = typeof callSettings.$inferSelect

const ofMerchant = statement('call_settings', (qb) =>
  qb
    .select({ settings: callSettings.settings, version: callSettings.version, updatedAt: callSettings.updatedAt })
    .from(callSettings)
    .where(eq(callSettings.merchantId, sql.placeholder('merchantId'))),
)

/** What the merchant saved; undefined while it calls by the defaults. */
export const findCallSettings = async (tx: MerchantTx) => (await tx.run(ofMerchant, { merchantId: tx.merchantId }))[0]

/** Which of these are roles of the merchant. */
export const knownRoles = async (tx: MerchantTx, ids: readonly string[]): Promise<string[]> =>
  ids.length === 0
    ? []
    : (
        await tx.db
          .select({ id: roles.id })
          .from(roles)
          .where(and(eq(roles.merchantId, tx.merchantId), inArray(roles.id, [...ids])))
      ).map(({ id }) => id)

/** Stores the settings over the version that was seen, the defaults being version 1; null when somebody was quicker. */
export const saveCallSettings = async (
  tx: MerchantTx,
  { settings, version, updatedAt }: Omit<CallSettingsRow, 'merchantId'>,
): Promise<number | null> => {
  const saved = await tx.db
    .insert(callSettings)
    .values({ merchantId: tx.merchantId, settings, version: version + 1, updatedAt })
    .onConflictDoUpdate({
      target: callSettings.merchantId,
      set: { settings, version: version + 1, updatedAt },
      setWhere: eq(callSettings.version, version),
    })
    .returning({ version: callSettings.version })
  return saved[0]?.version ?? null
}
