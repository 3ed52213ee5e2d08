import { isDeepStrictEqual } from 'node:util'
import { Refused } from '@sendocki/domain/result'
import {
  asksTwice,
  defaultRiskSettings,
  type KeptRiskSettings,
  type RiskLevel,
  type RiskSettings,
  riskFault,
  type SaveRiskSettings,
} from '@sendocki/domain/risk/settings'
import type { Ctx, MerchantTx } from '../../context.ts'
import { findRiskSettings, saveRiskSettings } from './risk.queries.ts'

const kept = async (tx: MerchantTx): Promise<KeptRiskSettings> => {
  const row = await findRiskSettings(tx)
  if (!row) return { settings: defaultRiskSettings, version: 1, updatedAt: null, countedAt: null }
  // What was saved before a field existed takes the field's default.
  return { ...row, settings: { ...defaultRiskSettings, ...row.settings } }
}

/** What the merchant reads in its past, for every rule that asks: scores, the queue, the questions of a call. */
export const readRiskSettings = async (tx: MerchantTx): Promise<RiskSettings> => (await kept(tx)).settings

export const showRiskSettings = (ctx: Ctx): Promise<KeptRiskSettings> => ctx.read(kept, { oneFlight: true })

/** Whether the buyer of an order must agree a second time before a call confirms it. Asks nothing below high risk. */
export const mustAgreeTwice = async (tx: MerchantTx, level: RiskLevel | null): Promise<boolean> =>
  level === 'high' && asksTwice((await kept(tx)).settings, level)

/** A refusal names the field that makes no sense. */
export const assertSound = (settings: RiskSettings): void => {
  const fault = riskFault(settings)
  if (fault) throw new Refused('request.invalid', undefined, [fault])
}

const changedFields = (before: RiskSettings, after: RiskSettings): (keyof RiskSettings)[] =>
  (Object.keys(after) as (keyof RiskSettings)[]).filter((field) => !isDeepStrictEqual(before[field], after[field]))

const pick = (settings: RiskSettings, fields: readonly (keyof RiskSettings)[]): Partial<RiskSettings> =>
  Object.fromEntries(fields.map((field) => [field, settings[field]]))

/** Replaces the settings; a job counts the past and judges the open orders by them. */
export const changeRiskSettings = (ctx: Ctx, { settings, version }: SaveRiskSettings): Promise<KeptRiskSettings> =>
  ctx.transaction(async (tx) => {
    assertSound(settings)
    const before = await kept(tx)
    const updatedAt = ctx.now.toISOString()
    // A first save meets no row: the version it saw must be that of the defaults.
    const stale = before.updatedAt === null && version !== before.version
    const saved = stale ? null : await saveRiskSettings(tx, { settings, version, updatedAt })
    if (saved === null) throw new Refused('risk_settings.changed_meanwhile', { current: await kept(tx) })
    const changed = changedFields(before.settings, settings)
    ctx.record(tx, {
      type: 'risk_settings.changed',
      subject: { kind: 'risk_settings', id: tx.merchantId },
      before: pick(before.settings, changed),
      after: pick(settings, changed),
    })
    ctx.enqueue(
      tx,
      'risk.refresh',
      { merchantId: ctx.merchantId },
      { key: `risk.refresh:${ctx.merchantId}`, queue: `risk:${ctx.merchantId}` },
    )
    return { settings, version: saved, updatedAt, countedAt: before.countedAt }
  })
