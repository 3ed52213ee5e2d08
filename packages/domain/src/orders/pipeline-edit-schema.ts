import { type Static, Type } from 'typebox'
import { roleKeys } from '../permissions.ts'
import { Count, closed, named, nullable, oneOf, ref, Text, Uuid, Version } from '../schema.ts'
import { Effect, effectKinds, Pipeline, requirableFields, stageColours, Words } from './pipeline-schema.ts'
import { orderStates, reasonStates } from './states.ts'

/** Most stages of a pipeline: a board of more cannot be read. */
export const stageLimit = 40
/** Most reasons of one state: nine have a key of their own, and a list of more than this is searched, not read. */
export const reasonLimit = 30

/** A year of working days of twelve hours. */
const longestAge = 365 * 12 * 60

/** One line, empty where the merchant does not use the language; one of the three is written. */
const Name = Type.String({ maxLength: 60, pattern: '^[^\\u0000-\\u001f\\u007f]*$' })
const Names = closed({ fr: Name, en: Name, ar: Name })
const StageIds = Type.Array(Uuid, { maxItems: stageLimit, uniqueItems: true })

const name = Type.Optional(Names)
const colour = Type.Optional(oneOf(stageColours))
const state = Type.Optional(nullable(oneOf(orderStates)))
/** What can be set when a stage is made and later; what is left out stays as it is. */
const settings = {
  description: Type.Optional(nullable(Text(500))),
  terminal: Type.Optional(Type.Boolean()),
  /** Where a person may go from here; null means anywhere. */
  nextStageIds: Type.Optional(nullable(StageIds)),
  /** From where a person may come here: written into what those stages lead to. */
  previousStageIds: Type.Optional(StageIds),
  roleKeys: Type.Optional(nullable(Type.Array(oneOf(roleKeys), { maxItems: roleKeys.length, uniqueItems: true }))),
  requires: Type.Optional(
    Type.Array(oneOf(requirableFields), { maxItems: requirableFields.length, uniqueItems: true }),
  ),
  ageLimitMinutes: Type.Optional(nullable(Type.Integer({ minimum: 1, maximum: longestAge }))),
  effects: Type.Optional(Type.Array(Effect, { maxItems: effectKinds.length, uniqueItems: true })),
} as const

export const StageSettings = named(
  'StageSettings',
  closed({ name, colour, state, active: Type.Optional(Type.Boolean()), ...settings }),
)
export type StageSettings = Static<typeof StageSettings>

export const CreateStage = named(
  'CreateStage',
  closed({
    version: Version,
    name: Names,
    colour: oneOf(stageColours),
    state: nullable(oneOf(orderStates)),
    ...settings,
    /** The stage that it follows; without one it is the last. */
    afterStageId: Type.Optional(Uuid),
  }),
)
export type CreateStage = Static<typeof CreateStage>

export const EditStage = named(
  'EditStage',
  closed({ version: Version, name, colour, state, active: Type.Optional(Type.Boolean()), ...settings }),
)
export type EditStage = Static<typeof EditStage>

export const OrderStages = named(
  'OrderStages',
  closed({ version: Version, stageIds: Type.Array(Uuid, { minItems: 1, maxItems: stageLimit, uniqueItems: true }) }),
)

export const templateKeys = ['cod', 'prepaid', 'drop_shipping', 'own_fleet', 'empty'] as const
export type TemplateKey = (typeof templateKeys)[number]

export const ApplyTemplate = named('ApplyTemplate', closed({ version: Version, template: oneOf(templateKeys) }))

const TemplateStage = Type.Object({
  name: Words,
  colour: oneOf(stageColours),
  state: nullable(oneOf(orderStates)),
  terminal: Type.Boolean(),
})
export const PipelineTemplates = named(
  'PipelineTemplates',
  Type.Object({
    items: Type.Array(Type.Object({ key: oneOf(templateKeys), name: Words, stages: Type.Array(TemplateStage) })),
  }),
)

/** What a change of a stage does, or would do when it was only asked: how many orders, where they go, what to watch. */
export const StageChange = named(
  'StageChange',
  Type.Object({
    dryRun: Type.Boolean(),
    stageId: Uuid,
    /** Orders that are on the stage. */
    ordersNow: Type.Integer(),
    /** Orders that are or were on the stage. */
    ordersEver: ref(Count),
    /** Orders that count as another state from now on. */
    reclassified: Type.Integer(),
    /** Where the orders of a deleted stage go; null when it stays. */
    movedToStageId: nullable(Uuid),
    /** States that no active stage stands for any more: moves by rule to them only raise a flag. */
    statesWithoutStage: Type.Array(oneOf(orderStates)),
    /** Stages from which a person can go nowhere any more. */
    deadEndStageIds: Type.Array(Uuid),
    /** So many orders that they follow in the background. */
    inBackground: Type.Boolean(),
    /** The pipeline after the change; null when it was only asked. */
    pipeline: nullable(ref(Pipeline)),
  }),
)
export type StageChange = Static<typeof StageChange>

/** What a template does to the stages that are there. It moves no order. */
export const TemplateChange = named(
  'TemplateChange',
  Type.Object({
    dryRun: Type.Boolean(),
    /** Names of stages that come, by template; ids of those that change, stay because orders are there, or go. */
    added: Type.Array(Words),
    changedStageIds: Type.Array(Uuid),
    keptStageIds: Type.Array(Uuid),
    removedStageIds: Type.Array(Uuid),
    pipeline: nullable(ref(Pipeline)),
  }),
)
export type TemplateChange = Static<typeof TemplateChange>

/** How many of the newest orders a stage is tried on. */
export const triedOrders = 20

/** What would happen to the newest orders if the person who asks moved each to the stage now. */
export const StageTrial = named(
  'StageTrial',
  Type.Object({
    items: Type.Array(
      Type.Object({
        orderId: Uuid,
        number: Type.Integer(),
        customerName: Type.String(),
        stageId: Uuid,
        outcome: oneOf(['would_enter', 'refused', 'already_there']),
        /** Why it would be refused: a refusal's code and its facts. */
        refusal: nullable(Type.Object({ code: Type.String(), params: Type.Record(Type.String(), Type.Unknown()) })),
        asksReason: Type.Boolean(),
        effects: Type.Array(oneOf(effectKinds)),
      }),
    ),
  }),
)
export type StageTrial = Static<typeof StageTrial>

export const CreateReason = named('CreateReason', closed({ version: Version, state: oneOf(reasonStates), name: Names }))
export type CreateReason = Static<typeof CreateReason>

export const EditReason = named(
  'EditReason',
  closed({
    version: Version,
    name: Type.Optional(Names),
    /** False archives it: orders keep it, menus no longer offer it. */
    active: Type.Optional(Type.Boolean()),
    /** Its place among the reasons of its state, from 1. */
    position: Type.Optional(Type.Integer({ minimum: 1, maximum: reasonLimit })),
  }),
)
export type EditReason = Static<typeof EditReason>
