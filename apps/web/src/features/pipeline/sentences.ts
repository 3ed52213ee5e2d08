import { defaultStageOf } from '@sendocki/domain/orders/pipeline'
import type { EffectKind, Pipeline, RequirableField, Stage } from '@sendocki/domain/orders/pipeline-schema'
import type { OrderState } from '@sendocki/domain/orders/states'
import type { RoleKey } from '@sendocki/domain/permissions'
import type { Draft } from './draft.ts'

/** What a stage does, one fact a sentence; the words are the screen's. */
export type Sentence =
  | { readonly says: 'counts'; readonly state: OrderState }
  | { readonly says: 'counts_nowhere' }
  | { readonly says: 'first' }
  | { readonly says: 'by_rule'; readonly state: OrderState }
  | { readonly says: 'asks'; readonly fields: readonly RequirableField[] }
  | { readonly says: 'roles'; readonly roles: readonly RoleKey[] }
  | { readonly says: 'nobody' }
  | { readonly says: 'effect'; readonly kind: EffectKind; readonly carrierAccountId: string | null }
  | { readonly says: 'effect_undone'; readonly kind: EffectKind }
  | { readonly says: 'message'; readonly automation: string; readonly template: string; readonly minutes: number }
  | { readonly says: 'late'; readonly minutes: number }
  | { readonly says: 'ends' }
  | { readonly says: 'leads'; readonly stageIds: readonly string[] }
  | { readonly says: 'leads_anywhere' }
  | { readonly says: 'leads_nowhere' }
  | { readonly says: 'closed_to_people' }
  | { readonly says: 'hidden' }

/** The sentences of a stage as the form has it, in the order in which an order lives them. */
export const sentencesOf = (pipeline: Pipeline, stage: Stage, draft: Draft): Sentence[] => {
  const after = {
    ...pipeline,
    stages: pipeline.stages.map((one) => (one.id === stage.id ? { ...one, ...draft } : one)),
  }
  return [
    ...(stage.active ? [] : [{ says: 'hidden' } as const]),
    draft.state === null ? { says: 'counts_nowhere' } : { says: 'counts', state: draft.state },
    ...arrivals(after, stage, draft),
    ...draft.effects.flatMap(({ kind, carrierAccountId }): Sentence[] => [
      { says: 'effect', kind, carrierAccountId },
      { says: 'effect_undone', kind },
    ]),
    ...messagesOf(pipeline, stage),
    ...(draft.ageLimitMinutes === null ? [] : [{ says: 'late', minutes: draft.ageLimitMinutes } as const]),
    ...departures(after, draft),
  ]
}

/** The messages that automations send when an order enters. */
const messagesOf = ({ automations = [] }: Pipeline, { id }: Stage): Sentence[] =>
  automations
    .filter(({ stageId }) => stageId === id)
    .map(({ name, templateName, delaySeconds }) => ({
      says: 'message',
      automation: name,
      template: templateName,
      minutes: Math.round(delaySeconds / 60),
    }))

/** How orders come: by rule, and by people who may and who have filled in what is asked. */
const arrivals = (
  pipeline: Pipeline,
  stage: Stage,
  { state, requires, roleKeys, previousStageIds }: Draft,
): Sentence[] => [
  ...(state !== null && defaultStageOf(pipeline, state)?.id === stage.id
    ? [state === 'new' ? ({ says: 'first' } as const) : ({ says: 'by_rule', state } as const)]
    : []),
  ...(previousStageIds.length === 0 && state !== 'new' ? [{ says: 'closed_to_people' } as const] : []),
  ...(requires.length === 0 ? [] : [{ says: 'asks', fields: requires } as const]),
  ...(roleKeys === null
    ? []
    : [roleKeys.length === 0 ? ({ says: 'nobody' } as const) : ({ says: 'roles', roles: roleKeys } as const)]),
]

const departures = (pipeline: Pipeline, { terminal, nextStageIds }: Draft): Sentence[] => {
  const active = new Set(pipeline.stages.filter((stage) => stage.active).map(({ id }) => id))
  const next = nextStageIds?.filter((id) => active.has(id))
  if (terminal && next?.length === 0) return [{ says: 'ends' }]
  return [
    ...(terminal ? [{ says: 'ends' } as const] : []),
    next === undefined
      ? { says: 'leads_anywhere' }
      : next.length === 0
        ? { says: 'leads_nowhere' }
        : { says: 'leads', stageIds: next },
  ]
}
