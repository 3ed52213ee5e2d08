import type { OrderSummary } from '@sendocki/domain/orders/order'
import { isAllowedStep, type MovableOrder, planMove } from '@sendocki/domain/orders/pipeline'
import type { EffectKind, Pipeline, Reason, RequirableField, Stage } from '@sendocki/domain/orders/pipeline-schema'
import type { RoleKey } from '@sendocki/domain/permissions'
import type { RefusalCode } from '@sendocki/domain/refusals'
import type { Refusal } from '@sendocki/domain/result'

/** Who moves: the part of a role that decides where an order may go. */
export interface Mover {
  /** Holds `orders.move`. */
  readonly canMove: boolean
  readonly roleKey: RoleKey | null
  /** States into which the role may move; null means any. */
  readonly moveInto: readonly string[] | null
}

/** Rules that a sentence tells by itself. */
type PlainRule = 'role' | 'no_return' | 'no_way' | 'test_order' | 'foreign_money' | 'live_parcel'
/** Why a stage is closed to an order, with what the sentence needs. */
export type Closed =
  | { readonly rule: PlainRule }
  | { readonly rule: 'passes_by'; readonly stageId: string }
  | { readonly rule: 'missing'; readonly fields: readonly RequirableField[] }

export type Drop =
  | { readonly kind: 'same' }
  | { readonly kind: 'closed'; readonly why: Closed }
  | { readonly kind: 'open'; readonly needsReason: boolean; readonly effects: readonly EffectKind[] }

/** Stages that boards and menus offer, first to last. */
export const activeStages = (pipeline: Pipeline): Stage[] =>
  pipeline.stages.filter(({ active }) => active).toSorted((one, other) => one.position - other.position)

/** Reasons that can be given for a move into this stage. */
export const reasonsFor = (pipeline: Pipeline, stage: Stage): Reason[] =>
  pipeline.reasons
    .filter(({ active, state }) => active && state === stage.state)
    .toSorted((one, other) => one.position - other.position)

/** An order of a list as the rules look at it. A masked phone is a phone; what lists do not say decides nothing here. */
const movable = (order: OrderSummary): MovableOrder => ({
  isSample: order.isSample,
  stageId: order.stageId,
  state: order.state,
  stateSince: order.stateSince,
  lateAt: null,
  endedAt: null,
  assigneeId: order.assignee?.id ?? null,
  version: order.version,
  firstEntries: {},
  phone: order.customer.phoneVerdict === null ? null : (order.customer.phone ?? ''),
  cityId: order.shippingAddress.city?.id ?? null,
  addressLine: order.shippingAddress.line,
  codAmountCentimes: order.codAmountCentimes,
  toComplete: order.toComplete,
  parcelStatus: order.parcel?.status ?? null,
  undoEventId: null,
})

/** The first stage on the shortest way of allowed moves, null when no way leads there. */
const firstStepTowards = (pipeline: Pipeline, from: Stage, to: string): string | null => {
  const stages = activeStages(pipeline)
  const firstStep = new Map<string, string>([[from.id, from.id]])
  const queue = [from]
  for (const here of queue) {
    for (const next of stages) {
      if (firstStep.has(next.id) || !isAllowedStep(here, next)) continue
      firstStep.set(next.id, here.id === from.id ? next.id : (firstStep.get(here.id) ?? next.id))
      queue.push(next)
    }
  }
  return firstStep.get(to) ?? null
}

const whyNoStep = (pipeline: Pipeline, from: Stage | undefined, to: Stage): Closed => {
  if (!from) return { rule: 'no_way' }
  if (to.position < from.position) return { rule: 'no_return' }
  const step = firstStepTowards(pipeline, from, to.id)
  return step === null ? { rule: 'no_way' } : { rule: 'passes_by', stageId: step }
}

/** Refusals that a sentence tells by itself. */
const plainRules: Partial<Record<RefusalCode, PlainRule>> = {
  'order.move_forbidden': 'role',
  'order.test_order': 'test_order',
  'order.currency_unsupported': 'foreign_money',
  'order.locked_by_parcel': 'live_parcel',
}

const whyClosed = ({ code, params }: Refusal, pipeline: Pipeline, from: Stage | undefined, to: Stage): Closed => {
  if (code === 'order.move_not_allowed') return whyNoStep(pipeline, from, to)
  if (code === 'order.field_required')
    return { rule: 'missing', fields: (params?.['fields'] ?? []) as RequirableField[] }
  return { rule: plainRules[code] ?? 'no_way' }
}

/**
 * What dropping the order on a stage would mean, told before it is dropped. The rule is the server's own, and the server
 * has the last word: it knows facts that lists do not carry.
 */
export const planDrop = (pipeline: Pipeline, order: OrderSummary, stageId: string, mover: Mover): Drop => {
  if (order.stageId === stageId) return { kind: 'same' }
  const to = pipeline.stages.find(({ id, active }) => id === stageId && active)
  if (!to) return { kind: 'closed', why: { rule: 'no_way' } }
  if (!mover.canMove) return { kind: 'closed', why: { rule: 'role' } }
  const from = pipeline.stages.find(({ id }) => id === order.stageId)
  const input = { stageId, version: order.version }
  const planned = planMove(movable(order), pipeline, input, { ...mover, memberId: '', seesAll: true }, order.stateSince)
  if (!planned.ok && planned.refusal.code !== 'order.reason_required')
    return { kind: 'closed', why: whyClosed(planned.refusal, pipeline, from, to) }
  return {
    kind: 'open',
    needsReason: !planned.ok,
    effects: [...new Set((planned.ok ? planned.value.effects : to.effects).map(({ kind }) => kind))],
  }
}

/**
 * What dropping several orders together would mean: open where it is for one of them, because the server answers each for
 * itself; closed, with the first reason, where it is for all.
 */
export const planDrops = (pipeline: Pipeline, orders: readonly OrderSummary[], stageId: string, mover: Mover): Drop => {
  const drops = orders.map((order) => planDrop(pipeline, order, stageId, mover))
  const open = drops.filter((drop) => drop.kind === 'open')
  const [first] = open
  if (!first) return drops.find(({ kind }) => kind === 'closed') ?? { kind: 'same' }
  return {
    kind: 'open',
    needsReason: open.some(({ needsReason }) => needsReason),
    effects: [...new Set(open.flatMap(({ effects }) => effects))],
  }
}
