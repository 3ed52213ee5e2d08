import type { PlannedEffect } from '@sendocki/domain/orders/pipeline'
import { type RequirableField, type StageColour, stageColours } from '@sendocki/domain/orders/pipeline-schema'
import { type OrderState, orderStates, type ReasonState, reasonStates } from '@sendocki/domain/orders/states'
import type { RoleKey } from '@sendocki/domain/permissions'
import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { checkOneOf, id, instant } from '../columns.ts'
import { merchantId } from './platform.ts'

/** One a merchant; its version is what an editor of stages sends back. */
export const pipelines = pgTable('pipelines', {
  merchantId: merchantId().primaryKey(),
  version: integer().notNull().default(1),
})

export const stages = pgTable(
  'stages',
  {
    merchantId: merchantId(),
    id: id(),
    nameFr: text().notNull(),
    nameEn: text().notNull(),
    nameAr: text().notNull(),
    description: text(),
    colour: text().$type<StageColour>().notNull(),
    position: integer().notNull(),
    /** Null for a purely logistical stage, which counts in no figure. */
    state: text().$type<OrderState>(),
    active: boolean().notNull().default(true),
    terminal: boolean().notNull().default(false),
    /** Whether a person may go anywhere from here; otherwise `stage_transitions` says where. */
    leadsAnywhere: boolean().notNull().default(false),
    roleKeys: jsonb().$type<readonly RoleKey[]>(),
    requires: jsonb().$type<readonly RequirableField[]>().notNull(),
    /** In working minutes. */
    ageLimitMinutes: integer(),
    effects: jsonb().$type<readonly PlannedEffect[]>().notNull(),
    /** It is being deleted: nothing enters any more, and its orders are on their way to the nearest stage. */
    leaving: boolean().notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('stages_in_order').on(t.merchantId, t.position, t.id),
    checkOneOf('stages_state_known', t.state, orderStates),
    checkOneOf('stages_colour_known', t.colour, stageColours),
  ],
)

/** Stages that were deleted once their last order had left: the history still names them. */
export const pastStages = pgTable(
  'past_stages',
  {
    merchantId: merchantId(),
    id: id(),
    nameFr: text().notNull(),
    nameEn: text().notNull(),
    nameAr: text().notNull(),
    colour: text().$type<StageColour>().notNull(),
    state: text().$type<OrderState>(),
    deletedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('past_stages_newest').on(t.merchantId, t.deletedAt),
    checkOneOf('past_stages_state_known', t.state, orderStates),
    checkOneOf('past_stages_colour_known', t.colour, stageColours),
  ],
)

export const stageTransitions = pgTable(
  'stage_transitions',
  { merchantId: merchantId(), fromStageId: uuid().notNull(), toStageId: uuid().notNull() },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.fromStageId, t.toStageId] }),
    index('stage_transitions_to').on(t.merchantId, t.toStageId),
    foreignKey({ columns: [t.merchantId, t.fromStageId], foreignColumns: [stages.merchantId, stages.id] }),
    foreignKey({ columns: [t.merchantId, t.toStageId], foreignColumns: [stages.merchantId, stages.id] }),
  ],
)

/** Why an order was cancelled, not delivered or returned: the merchant's closed list. */
export const reasons = pgTable(
  'reasons',
  {
    merchantId: merchantId(),
    id: id(),
    state: text().$type<ReasonState>().notNull(),
    /** The template's name for it, by which rules find it. */
    key: text(),
    nameFr: text().notNull(),
    nameEn: text().notNull(),
    nameAr: text().notNull(),
    active: boolean().notNull().default(true),
    position: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('reasons_in_order').on(t.merchantId, t.state, t.position, t.id),
    checkOneOf('reasons_state_known', t.state, reasonStates),
  ],
)
