import { type Static, Type } from 'typebox'
import { roleKeys } from '../permissions.ts'
import { named, nullable, oneOf, ref, Uuid, Version } from '../schema.ts'
import { orderStates, reasonStates } from './states.ts'

/** The ten colours a merchant chooses among; each has a palette that stays legible. Source: design.md 2. */
export const stageColours = [
  'green',
  'orange',
  'yellow',
  'blue',
  'brown',
  'purple',
  'emerald',
  'red',
  'rose',
  'grey',
] as const
export type StageColour = (typeof stageColours)[number]

/** What a move can trigger. Effects of parts that are not built yet are absent, not inert. */
export const effectKinds = ['create_parcel'] as const
export type EffectKind = (typeof effectKinds)[number]

/** Facts of an order that a stage can demand before it lets the order in. */
export const requirableFields = ['phone', 'city', 'address', 'amount', 'reason'] as const
export type RequirableField = (typeof requirableFields)[number]

export const Words = Type.Object({ fr: Type.String(), en: Type.String(), ar: Type.String() })

export const Effect = Type.Object(
  { kind: oneOf(effectKinds), carrierAccountId: nullable(Uuid) },
  { additionalProperties: false },
)

export const Stage = named(
  'Stage',
  Type.Object({
    id: Uuid,
    name: Words,
    description: nullable(Type.String()),
    colour: oneOf(stageColours),
    position: Type.Integer(),
    state: nullable(oneOf(orderStates)),
    active: Type.Boolean(),
    terminal: Type.Boolean(),
    /** Stages a person may move an order to from here; null means any. */
    nextStageIds: nullable(Type.Array(Uuid)),
    /** Roles that may move an order in; null means any whose rights reach the state. */
    roleKeys: nullable(Type.Array(oneOf(roleKeys))),
    requires: Type.Array(oneOf(requirableFields)),
    ageLimitMinutes: nullable(Type.Integer()),
    effects: Type.Array(Effect),
  }),
)
export type Stage = Static<typeof Stage>

export const Reason = named(
  'Reason',
  Type.Object({
    id: Uuid,
    state: oneOf(reasonStates),
    key: nullable(Type.String()),
    name: Words,
    active: Type.Boolean(),
    position: Type.Integer(),
  }),
)
export type Reason = Static<typeof Reason>

/** A stage that was deleted, or is while its orders leave it: history and orders still name it. */
export const PastStage = named(
  'PastStage',
  Type.Object({
    id: Uuid,
    name: Words,
    colour: oneOf(stageColours),
    state: nullable(oneOf(orderStates)),
    /** Its orders are still leaving. */
    leaving: Type.Boolean(),
  }),
)
export type PastStage = Static<typeof PastStage>

/** An automation that is switched on, as far as entering its stage depends on it. */
export const StageAutomation = named(
  'StageAutomation',
  Type.Object({
    id: Uuid,
    name: Type.String(),
    stageId: Uuid,
    delaySeconds: Type.Integer(),
    templateName: Type.String(),
  }),
)
export type StageAutomation = Static<typeof StageAutomation>

export const Pipeline = named(
  'Pipeline',
  Type.Object({
    version: Version,
    stages: Type.Array(ref(Stage)),
    reasons: Type.Array(ref(Reason)),
    /** The messages that entering a stage begins. */
    automations: Type.Optional(Type.Array(ref(StageAutomation))),
    /** In answers only: no rule looks at them. */
    pastStages: Type.Optional(Type.Array(ref(PastStage))),
  }),
)
export type Pipeline = Static<typeof Pipeline>
