import type { PlannedEffect } from '@sendocki/domain/orders/pipeline'
import type { EffectStatus } from '@sendocki/domain/orders/undo'
import { and, eq, inArray } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { effects } from '../../db/schema/orders.ts'

export type EffectRow = typeof effects.$inferSelect

/** What a move triggered: one row each, waiting for its job. */
export const insertEffects = async (
  tx: MerchantTx,
  about: { readonly orderId: string; readonly eventId: string; readonly now: string },
  planned: readonly (PlannedEffect & { readonly id: string })[],
): Promise<void> => {
  if (planned.length === 0) return
  const { orderId, eventId, now } = about
  await tx.db.insert(effects).values(
    planned.map(({ id, kind, carrierAccountId }) => ({
      merchantId: tx.merchantId,
      id,
      orderId,
      eventId,
      kind,
      carrierAccountId,
      status: 'pending' as const,
      createdAt: now,
    })),
  )
}

/** One effect, locked until the transaction ends: its job and an undo take turns. */
export const lockEffect = async (tx: MerchantTx, id: string): Promise<EffectRow | undefined> =>
  (
    await tx.db
      .select()
      .from(effects)
      .where(and(eq(effects.merchantId, tx.merchantId), eq(effects.id, id)))
      .for('update')
  )[0]

/** The effects of an event, locked. */
export const lockEffectsOf = (tx: MerchantTx, eventId: string): Promise<EffectRow[]> =>
  tx.db
    .select()
    .from(effects)
    .where(and(eq(effects.merchantId, tx.merchantId), eq(effects.eventId, eventId)))
    .for('update')

/** The effects of several events, for the history. */
export const effectsOf = async (tx: MerchantTx, eventIds: readonly string[]): Promise<Map<string, EffectRow[]>> => {
  if (eventIds.length === 0) return new Map()
  const rows = await tx.db
    .select()
    .from(effects)
    .where(and(eq(effects.merchantId, tx.merchantId), inArray(effects.eventId, [...eventIds])))
    .orderBy(effects.id)
  return Map.groupBy(rows, ({ eventId }) => eventId)
}

export const setEffects = async (
  tx: MerchantTx,
  ids: readonly string[],
  to: { readonly status: EffectStatus; readonly problem?: string | null; readonly settledAt: string | null },
): Promise<void> => {
  if (ids.length === 0) return
  await tx.db
    .update(effects)
    .set(to)
    .where(and(eq(effects.merchantId, tx.merchantId), inArray(effects.id, [...ids])))
}
