import {
  defaultStageOf,
  type MovableOrder,
  type Move,
  missingFields,
  moveTo,
  refusalOfFacts,
  stageOf,
} from './pipeline.ts'
import type { Pipeline } from './pipeline-schema.ts'
import type { OrderFlag } from './states.ts'

/**
 * Where a buyer's answer, or their silence, takes an order. `to_complete`: they said yes, but something is missing that the
 * stage asks for, so somebody calls; `move` is null where the order waits for calls already.
 */
export type AnsweredMove =
  | { readonly kind: 'move'; readonly move: Move }
  | { readonly kind: 'to_complete'; readonly move: Move | null }
  | { readonly kind: 'stays' }
  | { readonly kind: 'refused'; readonly flag: OrderFlag | null }

/**
 * A move that an automation makes: to the stage that the merchant chose, whatever the transitions and the roles. To a
 * stage that promises the parcel only with what it asks for, and not where the merchant wants a second yes by phone; never past a parcel that is under way. Source: product.md 7.
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
  if (promises && (asksTwice || missingFields(order, stage).length > 0)) {
    const toConfirm = order.state === 'to_confirm' ? undefined : defaultStageOf(pipeline, 'to_confirm')
    return { kind: 'to_complete', move: toConfirm ? moveTo(order, pipeline, toConfirm, at, how) : null }
  }
  const refusal = refusalOfFacts(order, { ...stage, requires: [] })
  return refusal ? { kind: 'refused', flag: null } : { kind: 'move', move: moveTo(order, pipeline, stage, at, how) }
}
