import {
  type ButtonRule,
  type RunAnswer,
  type RunEffect,
  type RunStatus,
  runStatuses,
  type SilenceRule,
} from '@sendocki/domain/automations/automation'
import type { AutomationSettings } from '@sendocki/domain/automations/settings'
import { isNotNull, sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { checkOneOf, id, instant } from '../columns.ts'
import { orders } from './orders.ts'
import { merchantId } from './platform.ts'
import { messages, whatsappNumbers, whatsappTemplates } from './whatsapp.ts'

/** A message that a stage sends by itself. A deleted one stays for its runs; its stages may go before it does. */
export const automations = pgTable(
  'automations',
  {
    merchantId: merchantId(),
    id: id(),
    name: text().notNull(),
    numberId: uuid().notNull(),
    stageId: uuid().notNull(),
    templateId: uuid().notNull(),
    delaySeconds: integer().notNull(),
    buttons: jsonb().$type<readonly ButtonRule[]>().notNull(),
    silence: jsonb().$type<SilenceRule>(),
    retrigger: boolean().notNull(),
    enabled: boolean().notNull(),
    deletedAt: instant(),
    createdAt: instant().notNull(),
    version: integer().notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('automations_listed').on(t.merchantId, t.createdAt, t.id).where(sql`deleted_at is null`),
    index('automations_number').on(t.merchantId, t.numberId),
    index('automations_template').on(t.merchantId, t.templateId),
    foreignKey({
      columns: [t.merchantId, t.numberId],
      foreignColumns: [whatsappNumbers.merchantId, whatsappNumbers.id],
    }),
    foreignKey({
      columns: [t.merchantId, t.templateId],
      foreignColumns: [whatsappTemplates.merchantId, whatsappTemplates.id],
    }),
  ],
)

/** A button as it was offered: what it said, and where it leads. */
export interface RunButton {
  readonly index: number
  readonly text: string
  readonly stageId: string | null
}

/** One message of an automation to one order, from the entry into the stage on. */
export const automationRuns = pgTable(
  'automation_runs',
  {
    merchantId: merchantId(),
    id: id(),
    automationId: uuid().notNull(),
    orderId: uuid().notNull(),
    /** The event by which the order entered the stage. */
    eventId: uuid().notNull(),
    stageId: uuid().notNull(),
    /** The order's `stateSince` of that entry: as long as both are the same, it has not left. */
    enteredAt: instant().notNull(),
    status: text().$type<RunStatus>().notNull(),
    scheduledAt: instant().notNull(),
    messageId: uuid(),
    buttons: jsonb().$type<readonly RunButton[]>().notNull(),
    silence: jsonb().$type<SilenceRule>(),
    sentAt: instant(),
    deliveredAt: instant(),
    repliedAt: instant(),
    expiresAt: instant(),
    answers: jsonb().$type<readonly RunAnswer[]>().notNull(),
    effect: jsonb().$type<RunEffect>(),
    attempts: integer().notNull().default(0),
    error: text(),
    createdAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    // One message for an order, an entry and an automation, whoever runs what twice.
    uniqueIndex('automation_runs_once').on(t.merchantId, t.orderId, t.eventId, t.automationId),
    index('automation_runs_newest').on(t.merchantId, t.createdAt, t.id),
    index('automation_runs_status').on(t.merchantId, t.status, t.createdAt, t.id),
    index('automation_runs_automation').on(t.merchantId, t.automationId, t.createdAt, t.id),
    index('automation_runs_order').on(t.merchantId, t.orderId, t.createdAt, t.id),
    index('automation_runs_message').on(t.merchantId, t.messageId).where(isNotNull(t.messageId)),
    foreignKey({
      columns: [t.merchantId, t.automationId],
      foreignColumns: [automations.merchantId, automations.id],
    }),
    foreignKey({ columns: [t.merchantId, t.orderId], foreignColumns: [orders.merchantId, orders.id] }),
    foreignKey({ columns: [t.merchantId, t.messageId], foreignColumns: [messages.merchantId, messages.id] }),
    checkOneOf('automation_runs_status_known', t.status, runStatuses),
  ],
)

/** Prices, budget and cap, one document. A merchant without a row has the defaults. */
export const automationSettings = pgTable('automation_settings', {
  merchantId: merchantId().primaryKey(),
  settings: jsonb().$type<AutomationSettings>().notNull(),
  version: integer().notNull(),
  updatedAt: instant().notNull(),
})

/**
 * What a message to a buyer costs: counted when it is given to Meta, settled by what Meta bills when it arrives, taken
 * back when it does not.
 */
export const messageCosts = pgTable(
  'message_costs',
  {
    merchantId: merchantId(),
    messageId: uuid().notNull(),
    templateId: uuid().notNull(),
    orderId: uuid(),
    category: text().notNull(),
    /** Millionths of a dirham; null where the table of prices does not know the category. */
    microDirhams: integer(),
    /** `YYYY-MM` of the Moroccan day on which it was given to Meta. */
    month: text().notNull(),
    settled: boolean().notNull(),
    at: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.messageId] }),
    index('message_costs_month').on(t.merchantId, t.month, t.templateId),
    index('message_costs_template').on(t.merchantId, t.templateId),
    index('message_costs_order').on(t.merchantId, t.orderId).where(isNotNull(t.orderId)),
    foreignKey({ columns: [t.merchantId, t.messageId], foreignColumns: [messages.merchantId, messages.id] }),
    foreignKey({
      columns: [t.merchantId, t.templateId],
      foreignColumns: [whatsappTemplates.merchantId, whatsappTemplates.id],
    }),
    foreignKey({ columns: [t.merchantId, t.orderId], foreignColumns: [orders.merchantId, orders.id] }),
  ],
)

/** The sum of a month's costs, so that a budget is one row to read, and how far the merchant was warned. */
export const messageSpending = pgTable(
  'message_spending',
  {
    merchantId: merchantId(),
    month: text().notNull(),
    microDirhams: bigint({ mode: 'number' }).notNull(),
    /** 0, 80 or 100. */
    warned: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.merchantId, t.month] })],
)
