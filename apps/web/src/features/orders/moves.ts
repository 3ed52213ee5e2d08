import type { OrderSummary } from '@sendocki/domain/orders/order'
import type { EffectKind, Pipeline, Reason, RequirableField, Stage } from '@sendocki/domain/orders/pipeline-schema'
import type { RoleKey } from '@sendocki/domain/permissions'

/** Who moves: the part of a role that decides where an order may go. */
export interface Mover {
  /** Holds `orders.move`. */
  readonly canMove: boolean
  readonly roleKey: RoleKey | null
  /** States into which the role may move; null means any. */
  readonly moveInto: readonly string[] | null
}

/** Why a stage is closed to an order, with what the sentence needs. */
export type Closed =
  | { readonly rule: 'role' }
  | { readonly rule: 'passes_by'; readonly stageId: string }
  | { readonly rule: 'no_return' }
  | { readonly rule: 'no_way' }
  | { readonly rule: 'missing'; readonly fields: readonly RequirableField[] }

export type Drop =
  | { readonly kind: 'same' }
  | { readonly kind: 'closed'; readonly why: Closed }
  | { readonly kind: 'open'; readonly needsReason: boolean; readonly effects: readonly EffectKind[] }

type Movable = Pick<OrderSummary, 'stageId' | 'customer' | 'shippingAddress' | 'codAmountCentimes'>

/** Stages that boards and menus offer, first to last. */
export const activeStages = (pipeline: Pipeline): Stage[] =>
  pipeline.stages.filter(({ active }) => active).toSorted((one, other) => one.position - other.position)

/** Reasons that can be given for a move into this stage. */
export const reasonsFor = (pipeline: Pipeline, stage: Stage): Reason[] =>
  pipeline.reasons
    .filter(({ active, state }) => active && state === stage.state)
    .toSorted((one, other) => one.position - other.position)

const missingFields = (order: Movable, stage: Stage): RequirableField[] => {
  const present: Record<RequirableField, boolean> = {
    phone: order.customer.phoneVerdict !== null && order.customer.phoneVerdict !== 'impossible',
    city: order.shippingAddress.city !== null,
    address: Boolean(order.shippingAddress.line),
    amount: order.codAmountCentimes !== null,
    reason: true,
  }
  return stage.requires.filter((field) => !present[field])
}

const leadsTo = (from: Stage, to: string): boolean => from.nextStageIds === null || from.nextStageIds.includes(to)

/** The first stage on the shortest way of allowed moves, null when no way leads there. */
const firstStepTowards = (pipeline: Pipeline, from: Stage, to: string): string | null => {
  const stages = activeStages(pipeline)
  const firstStep = new Map<string, string>([[from.id, from.id]])
  const queue = [from]
  for (const here of queue) {
    for (const next of stages) {
      if (firstStep.has(next.id) || !leadsTo(here, next.id)) continue
      firstStep.set(next.id, here.id === from.id ? next.id : (firstStep.get(here.id) ?? next.id))
      queue.push(next)
    }
  }
  return firstStep.get(to) ?? null
}

const whyNoWay = (pipeline: Pipeline, from: Stage, to: Stage): Closed => {
  if (to.position < from.position) return { rule: 'no_return' }
  const step = firstStepTowards(pipeline, from, to.id)
  return step === null ? { rule: 'no_way' } : { rule: 'passes_by', stageId: step }
}

const roleMay = (mover: Mover, stage: Stage): boolean => {
  if (!mover.canMove) return false
  if (stage.roleKeys && !(mover.roleKey && stage.roleKeys.includes(mover.roleKey))) return false
  return mover.moveInto === null || (stage.state !== null && mover.moveInto.includes(stage.state))
}

/**
 * What dropping the order on a stage would mean, before it is dropped: the rules are those of the server, which has the
 * last word. An inactive stage is closed to people.
 */
export const planDrop = (pipeline: Pipeline, order: Movable, stageId: string, mover: Mover): Drop => {
  if (order.stageId === stageId) return { kind: 'same' }
  const to = pipeline.stages.find(({ id, active }) => id === stageId && active)
  if (!to) return { kind: 'closed', why: { rule: 'no_way' } }
  if (!roleMay(mover, to)) return { kind: 'closed', why: { rule: 'role' } }
  const from = pipeline.stages.find(({ id }) => id === order.stageId)
  if (from && !leadsTo(from, stageId)) return { kind: 'closed', why: whyNoWay(pipeline, from, to) }
  const fields = missingFields(order, to)
  if (fields.length > 0) return { kind: 'closed', why: { rule: 'missing', fields } }
  return {
    kind: 'open',
    needsReason: to.requires.includes('reason'),
    effects: [...new Set(to.effects.map(({ kind }) => kind))],
  }
}
