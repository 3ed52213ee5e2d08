import {
  type AutomationPreview,
  type AutomationRun,
  type AutomationRunQuery,
  previewedOrders,
} from '@sendocki/domain/automations/automation'
import { planSend } from '@sendocki/domain/automations/rules'
import { Refused } from '@sendocki/domain/result'
import { filledCards, fillTemplate } from '@sendocki/domain/whatsapp/filling'
import type { Ctx, MerchantTx } from '../../context.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { findRun, listRuns, type RunView, wasAsked } from '../automation-runs/index.ts'
import { readCallSettings } from '../call-settings/index.ts'
import { newestOrders, viewerOf } from '../orders/index.ts'
import { factsOf, orderFactsOf as templateFactsOf } from '../whatsapp/index.ts'
import { automationAt, isReady } from './automations.commands.ts'
import { contactsByPhone, recentStarts } from './automations.queries.ts'
import { monthOf, settingsOf } from './costs.commands.ts'
import { findSpending } from './costs.queries.ts'
import { orderFactsOf } from './runs.jobs.ts'

const viewOf = ({ row, ...about }: RunView): AutomationRun => ({
  id: row.id,
  automationId: row.automationId,
  automationName: about.automationName,
  orderId: row.orderId,
  orderNumber: about.orderNumber,
  customerName: about.customerName,
  stageId: row.stageId,
  status: row.status,
  text: about.text,
  buttons: row.buttons.map((button) => ({
    ...button,
    chosen: row.answers.some(({ index }) => index === button.index),
  })),
  scheduledAt: row.scheduledAt,
  sentAt: row.sentAt,
  deliveredAt: row.deliveredAt,
  repliedAt: row.repliedAt,
  expiresAt: row.expiresAt,
  answers: [...row.answers],
  effect: row.effect,
  attempts: row.attempts,
  error: row.error,
  conversationId: about.conversationId,
  costMicroDirhams: about.costMicroDirhams,
  createdAt: row.createdAt,
})

export const readRuns = (ctx: Ctx, { limit = 50, cursor, ...filters }: AutomationRunQuery) =>
  ctx.read(async (tx) => {
    const { status = '', automationId = '', orderId = '' } = filters
    const list = `automation_runs:${status}:${automationId}:${orderId}`
    const after = decodeCursor(list, cursor, 2) as readonly [string, string] | null
    const rows = await listRuns(tx, viewerOf(ctx), { ...filters, after, limit: limit + 1 })
    return pageOf(rows, limit, list, ({ row }) => [row.createdAt, row.id], viewOf)
  })

export const readRun = (ctx: Ctx, id: string): Promise<AutomationRun> =>
  ctx.read(async (tx) => {
    const found = await findRun(tx, viewerOf(ctx), id)
    if (!found) throw new Refused('automation_run.not_found')
    return viewOf(found)
  })

/** What the automation would write to the newest orders if each entered its stage now, or why it would not. */
export const previewAutomation = (ctx: Ctx, id: string): Promise<AutomationPreview> =>
  ctx.read(async (tx) => {
    const { row, template, number } = await automationAt(tx, id)
    const found = await newestOrders(tx, viewerOf(ctx), previewedOrders)
    const at = new Date(ctx.now.getTime() + row.delaySeconds * 1000)
    const [calling, settings, spentMicros, facts, contacts, asked] = await Promise.all([
      readCallSettings(tx),
      settingsOf(tx),
      findSpending(tx, monthOf(ctx.now)),
      templateFactsOf(tx, viewerOf(ctx), idsOf(found)),
      contactsByPhone(
        tx,
        found.flatMap(({ phone }) => phone ?? []),
      ),
      row.retrigger ? new Set<string>() : wasAsked(tx, id, idsOf(found)),
    ])
    const starts = await startsOf(tx, contacts, at, settings.cap.hours)
    const factsById = new Map(facts.map((one) => [one.id, one]))
    return {
      items: found.map((order) => {
        const known = factsById.get(order.id)
        const filled = known && fillTemplate(template, factsOf(known, template.language))
        const contact = order.phone === null ? undefined : contacts.get(order.phone)
        const plan = planSend(
          {
            ...{ enabled: true, isThere: true, alreadyAsked: asked.has(order.id), template, spentMicros },
            order: orderFactsOf(order, ctx.now.toISOString()),
            contact: contact ?? { optedOutAt: null, unreachableAt: null },
            numberReady: isReady(number),
            recent: (contact && starts.get(contact.id)) ?? [],
          },
          calling,
          settings,
          at,
        )
        const missing = filled && !filled.ok ? [...filled.missing] : []
        const sendsAt = plan.kind === 'send' ? at : plan.kind === 'wait' ? plan.until : null
        return {
          orderId: order.id,
          orderNumber: order.number,
          customerName: order.contactName,
          text: filled?.ok ? filled.text : null,
          cards: filled?.ok ? filledCards(template.cards, filled.cards) : [],
          sendsAt: missing.length > 0 ? null : (sendsAt?.toISOString() ?? null),
          problem: plan.kind !== 'send' ? plan.because : missing.length > 0 ? 'template.variable_missing' : null,
          missing,
        }
      }),
    }
  })

const idsOf = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id)

const startsOf = (
  tx: MerchantTx,
  contacts: ReadonlyMap<string, { readonly id: string }>,
  at: Date,
  hours: number,
): Promise<Map<string, string[]>> =>
  recentStarts(tx, idsOf([...contacts.values()]), new Date(at.getTime() - hours * 3_600_000).toISOString())
