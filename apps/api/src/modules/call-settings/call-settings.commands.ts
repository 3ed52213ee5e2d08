import { isDeepStrictEqual } from 'node:util'
import {
  type CallSettings,
  defaultCallSettings,
  type KeptCallSettings,
  type SaveCallSettings,
  settingsFault,
} from '@sendocki/domain/calls/settings'
import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { findCallSettings, knownRoles, saveCallSettings } from './call-settings.queries.ts'

const kept = async (tx: MerchantTx): Promise<KeptCallSettings> => {
  const row = await findCallSettings(tx)
  if (!row) return { settings: defaultCallSettings, version: 1, updatedAt: null }
  // What was saved before a field existed takes the field's default.
  return { ...row, settings: { ...defaultCallSettings, ...row.settings } }
}

/** How the merchant calls, for every rule that asks: queue, ladder, call-backs. */
export const readCallSettings = async (tx: MerchantTx): Promise<CallSettings> => (await kept(tx)).settings

export const showCallSettings = (ctx: Ctx): Promise<KeptCallSettings> => ctx.read(kept, { oneFlight: true })

/** The fields that differ, so that the journal holds what was changed and not the calendar of five years. */
const changedFields = (before: CallSettings, after: CallSettings): (keyof CallSettings)[] =>
  (Object.keys(after) as (keyof CallSettings)[]).filter((field) => !isDeepStrictEqual(before[field], after[field]))

const pick = (settings: CallSettings, fields: readonly (keyof CallSettings)[]): Partial<CallSettings> =>
  Object.fromEntries(fields.map((field) => [field, settings[field]]))

const assertRoles = async (tx: MerchantTx, { priceLimits }: CallSettings): Promise<void> => {
  const known = await knownRoles(
    tx,
    priceLimits.map(({ roleId }) => roleId),
  )
  const at = priceLimits.findIndex(({ roleId }) => !known.includes(roleId))
  if (at >= 0)
    throw new Refused('role.not_found', undefined, [{ path: `priceLimits.${at}.roleId`, code: 'not_in_list' }])
}

export const changeCallSettings = (ctx: Ctx, { settings, version }: SaveCallSettings): Promise<KeptCallSettings> =>
  ctx.transaction(async (tx) => {
    await assertRoles(tx, settings)
    const fault = settingsFault(settings)
    if (fault) throw new Refused('request.invalid', undefined, [fault])
    const before = await kept(tx)
    const updatedAt = ctx.now.toISOString()
    // A first save meets no row: the version it saw must be that of the defaults.
    const stale = before.updatedAt === null && version !== before.version
    const saved = stale ? null : await saveCallSettings(tx, { settings, version, updatedAt })
    if (saved === null) throw new Refused('call_settings.changed_meanwhile', { current: await kept(tx) })
    const changed = changedFields(before.settings, settings)
    ctx.record(tx, {
      type: 'call_settings.changed',
      subject: { kind: 'call_settings', id: tx.merchantId },
      before: pick(before.settings, changed),
      after: pick(settings, changed),
    })
    return { settings, version: saved, updatedAt }
  })
