import {
  type AutomationSettings,
  type BudgetWarning,
  budgetReached,
  type CostQuery,
  defaultAutomationSettings,
  type KeptAutomationSettings,
  type MessageCosts,
  microsInCentime,
  rateOn,
  type SaveAutomationSettings,
  settingsFault,
} from '@sendocki/domain/automations/settings'
import { Refused } from '@sendocki/domain/result'
import { dayOf } from '@sendocki/domain/time'
import type { Ctx, MerchantTx } from '../../context.ts'
import { findMerchant, sendMail } from '../identity/index.ts'
import { listOwners } from '../members/index.ts'
import type { MessageRow } from '../whatsapp/index.ts'
import {
  costsOfMonth,
  findSettings,
  findSpending,
  insertCost,
  lockCost,
  lockSpending,
  ordersOfMonth,
  removeCost,
  saveSettings,
  saveSpending,
  settleCost,
  templateOfMessage,
} from './costs.queries.ts'

/** The Moroccan month of an instant, `YYYY-MM`. */
export const monthOf = (at: Date | string): string => dayOf(at).slice(0, 7)

const kept = async (tx: MerchantTx): Promise<KeptAutomationSettings> => {
  const row = await findSettings(tx)
  if (!row) return { settings: defaultAutomationSettings, version: 1, updatedAt: null }
  // What was saved before a field existed takes the field's default.
  return { ...row, settings: { ...defaultAutomationSettings, ...row.settings } }
}

export const settingsOf = async (tx: MerchantTx): Promise<AutomationSettings> => (await kept(tx)).settings

export const showSettings = (ctx: Ctx): Promise<KeptAutomationSettings> => ctx.read(kept)

/** Replaces prices, budget and cap in the version that was read. What was sent keeps the price it had. */
export const changeSettings = (
  ctx: Ctx,
  { settings, version }: SaveAutomationSettings,
): Promise<KeptAutomationSettings> =>
  ctx.transaction(async (tx) => {
    const fault = settingsFault(settings)
    if (fault) throw new Refused('request.invalid', undefined, [fault])
    const before = await kept(tx)
    const updatedAt = ctx.now.toISOString()
    // A first save meets no row: the version it saw must be that of the defaults.
    const stale = before.updatedAt === null && version !== before.version
    const saved = stale ? null : await saveSettings(tx, { settings, version, updatedAt })
    if (saved === null) throw new Refused('automation_settings.changed_meanwhile', { current: await kept(tx) })
    ctx.record(tx, {
      type: 'automation_settings.changed',
      subject: { kind: 'automation_settings', id: tx.merchantId },
      before: before.settings,
      after: settings,
    })
    return { settings, version: saved, updatedAt }
  })

/**
 * Adds to the sum of a month, and warns once at 80 and once at 100 per cent of the budget: in the journal, and by mail,
 * which leaves with the transaction that took the sum or not at all.
 */
const spend = async (ctx: Ctx, tx: MerchantTx, month: string, micros: number): Promise<void> => {
  if (micros === 0) return
  const settings = await settingsOf(tx)
  const row = await lockSpending(tx, month)
  const microDirhams = row.microDirhams + micros
  const reached = budgetReached(microDirhams, settings.monthlyBudgetCentimes)
  const isNew = reached !== null && reached > row.warned
  await saveSpending(tx, month, { microDirhams, ...(isNew ? { warned: reached } : {}) })
  if (isNew) await warn(ctx, tx, settings, { month, percent: reached, microDirhams })
}

const warn = async (
  ctx: Ctx,
  tx: MerchantTx,
  { monthlyBudgetCentimes, stopConfirmations }: AutomationSettings,
  {
    month,
    percent,
    microDirhams,
  }: { readonly month: string; readonly percent: BudgetWarning; readonly microDirhams: number },
): Promise<void> => {
  const budgetCentimes = monthlyBudgetCentimes ?? 0
  ctx.record(tx, {
    type: 'automation_settings.budget_reached',
    subject: { kind: 'automation_settings', id: tx.merchantId },
    data: { month, percent, budgetCentimes },
  })
  const [owners, merchant] = await Promise.all([listOwners(tx), findMerchant(tx, tx.merchantId)])
  if (!merchant) return
  const { name: merchantName, language } = merchant
  const spentCentimes = Math.round(microDirhams / microsInCentime)
  for (const { email, fullName } of owners)
    sendMail(
      ctx,
      tx,
      { email, language },
      {
        ...{ kind: 'budget_reached', fullName, merchantName, month, percent, spentCentimes, budgetCentimes },
        stopsConfirmations: stopConfirmations,
      },
    )
}

/** Counts a message when it is given to Meta, at the price of its category on that day. */
export const countMessage = async (
  ctx: Ctx,
  tx: MerchantTx,
  about: {
    readonly messageId: string
    readonly template: { readonly id: string; readonly category: string }
    readonly orderId: string | null
    readonly at: string
  },
): Promise<void> => {
  const { messageId, template, orderId, at } = about
  const { rates } = await settingsOf(tx)
  const microDirhams = rateOn(rates, template.category, dayOf(at))
  const month = monthOf(at)
  const row = { messageId, templateId: template.id, orderId, at, month, microDirhams, settled: false }
  if (await insertCost(tx, { ...row, category: template.category })) await spend(ctx, tx, month, microDirhams ?? 0)
}

/** Brings a message's cost up to what became of it: what Meta bills once it arrived, nothing when it did not. */
export const followCost = async (ctx: Ctx, tx: MerchantTx, message: MessageRow): Promise<void> => {
  const { id: messageId, status, conversationId, orderId, details } = message
  if (status === 'failed') {
    const row = await lockCost(tx, messageId)
    if (!row) return
    await removeCost(tx, messageId)
    await spend(ctx, tx, row.month, -(row.microDirhams ?? 0))
    return
  }
  if (!['sent', 'delivered', 'read'].includes(status) || !details.template) return
  const template = await templateOfMessage(tx, { conversationId, ...details.template })
  if (template) await countMessage(ctx, tx, { messageId, template, orderId, at: message.sentAt ?? message.at })
  if (status === 'sent') return
  const row = await lockCost(tx, messageId)
  if (!row || row.settled) return
  const { rates } = await settingsOf(tx)
  const category = message.billedAs ?? row.category
  const microDirhams = rateOn(rates, category, dayOf(row.at))
  await settleCost(tx, messageId, { category, microDirhams })
  await spend(ctx, tx, row.month, (microDirhams ?? 0) - (row.microDirhams ?? 0))
}

/** What the messages of a month cost: by template, by order, by confirmed order. */
export const readCosts = (ctx: Ctx, { month = monthOf(ctx.now) }: CostQuery): Promise<MessageCosts> =>
  ctx.read(async (tx) => {
    const [templates, written, { monthlyBudgetCentimes }, spent] = await Promise.all([
      costsOfMonth(tx, month),
      ordersOfMonth(tx, month),
      settingsOf(tx),
      findSpending(tx, month),
    ])
    const sum = (field: 'messages' | 'unpriced' | 'microDirhams') =>
      templates.reduce((total, template) => total + template[field], 0)
    const microDirhams = sum('microDirhams')
    return {
      month,
      messages: sum('messages'),
      microDirhams,
      unpriced: sum('unpriced'),
      budgetCentimes: monthlyBudgetCentimes,
      reached: budgetReached(spent, monthlyBudgetCentimes),
      orders: written.orders,
      confirmedOrders: written.confirmed,
      perConfirmedMicroDirhams: written.confirmed === 0 ? null : Math.round(microDirhams / written.confirmed),
      templates: templates.map(({ unpriced: _unpriced, ...template }) => template),
    }
  })
