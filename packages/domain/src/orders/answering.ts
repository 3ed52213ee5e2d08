import {
  defaultStageOf,
  type MovableOrder,
  type Move,
  missingFields,
  moveTo,
  type RequiredFacts,
  refusalOfFacts,
  stageOf,
} from './pipeline.ts'
import type { Pipeline, Stage } from './pipeline-schema.ts'
import type { OrderFlag, YesLack } from './states.ts'

/** What a yes to an order lacks before a stage that promises the parcel; null when nothing does. */
export const lackOfYes = (order: RequiredFacts, stage: Stage, asksTwice: boolean): YesLack | null => {
  if (missingFields(order, stage).length > 0) return 'to_complete'
  return asksTwice ? 'second_yes' : null
}

/**
 * Where a buyer's answer, or their silence, takes an order. `to_complete`, `second_yes`: they said yes, but it lacks
 * something, so somebody calls; `move` is null where the order waits for calls already.
 */
export type AnsweredMove =
  | { readonly kind: 'move'; readonly move: Move }
  | { readonly kind: YesLack; readonly move: Move | null }
  | { readonly kind: 'stays' }
  | { readonly kind: 'refused'; readonly flag: OrderFlag | null }

/**
 * A move that an automation makes: to the stage that the merchant chose, whatever the transitions and the roles. To a
 * stage that promises the parcel only with what it asks for, and not where the merchant wants a second yes by phone; never
 * past a parcel that is under way. Source: product.md 7.
 */
export const planAnsweredMove = (
  order: MovableOrder,
  pipeline: Pipeline,
  stageId: string,
  at: string,
  { asksTwice = false }: { readonly asksTwice?: boolean } = {},
): AnsweredMove => {
  const stage = stageOf(pipeline, stageId)
  if (!stage?.active) return { kind: 'refused', flag: 'no_stage' }
  if (stage.id === order.stageId) return { kind: 'stays' }
  const how = { assigneeId: order.assigneeId, reasonId: null, createsParcel: true }
  const promises = stage.state === 'confirmed' || stage.state === 'shipped'
  const lack = promises ? lackOfYes(order, stage, asksTwice) : null
  if (lack !== null) {
    const toConfirm = order.state === 'to_confirm' ? undefined : defaultStageOf(pipeline, 'to_confirm')
    return { kind: lack, move: toConfirm ? moveTo(order, pipeline, toConfirm, at, how) : null }
  }
  const refusal = refusalOfFacts(order, { ...stage, requires: [] })
  return refusal ? { kind: 'refused', flag: null } : { kind: 'move', move: moveTo(order, pipeline, stage, at, how) }
}
