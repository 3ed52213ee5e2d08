import { liveParcelStatuses, type ParcelStatus } from '../parcels/parcel.ts'
import type { RoleKey } from '../permissions.ts'
import { ok, type Refusal, type Result, refuse } from '../result.ts'
import { afterWorkingMinutes } from '../time.ts'
import type { EffectKind, Pipeline, Reason, RequirableField, Stage } from './pipeline-schema.ts'
import type { IncompleteReason, OrderState } from './states.ts'

/*
 * When an order may move, what a move changes, what it triggers and how it is undone. Facts in, decision out.
 * Source: product.md 3.
 */

/** Where an order is in the merchant's pipeline, and since when. Undoing a move restores exactly this. */
export interface Placement {
  readonly stageId: string
  /** The state its stage stood for when the order came in: later changes of the stage do not rewrite it. */
  readonly state: OrderState | null
  readonly stateSince: string
  /** When the stage's age limit is reached, in working hours; null without a limit. */
  readonly lateAt: string | null
  /** When it came to a stage where orders end; null while it is open. */
  readonly endedAt: string | null
  readonly assigneeId: string | null
}

/** When an order first entered each state. Figures count these, so that they outlive every change of the pipeline. */
export type FirstEntries = Readonly<Partial<Record<OrderState, string>>>

/** What a move looks at. */
export interface MovableOrder extends Placement {
  readonly version: number
  readonly firstEntries: FirstEntries
  readonly phone: string | null
  readonly cityId: string | null
  readonly addressLine: string | null
  readonly codAmountCentimes: number | null
  readonly toComplete: readonly IncompleteReason[]
  readonly parcelStatus: ParcelStatus | null
  /** The newest event that may still be undone. */
  readonly undoEventId: string | null
  /** An example that the merchant fills the account with: nothing it does reaches the outside. */
  readonly isSample: boolean
}

/** Who moves, as far as a move depends on it. A key is no member. */
export interface Mover {
  readonly memberId: string | null
  readonly roleKey: RoleKey | null
  /** States into which the role may move; null means any. */
  readonly moveInto: readonly string[] | null
  /** Whether the role sees every order. Others take the unassigned orders that they move. */
  readonly seesAll: boolean
}

export interface MoveInput {
  readonly stageId: string
  readonly version: number
  readonly reasonId?: string
  readonly note?: string
}

export interface PlannedEffect {
  readonly kind: EffectKind
  readonly carrierAccountId: string | null
}

/** A message that entering a stage begins, and when it is to leave. */
export interface Begun {
  readonly automationId: string
  readonly scheduledAt: string
}

/** What a move changes, what the history says of it, and what it triggers. */
export interface Move {
  readonly before: Placement
  readonly after: Placement
  /** The state that the order enters for the first time, if it does. */
  readonly firstEntry: OrderState | null
  readonly reasonId: string | null
  readonly effects: readonly PlannedEffect[]
  readonly begins: readonly Begun[]
}

export const stageOf = (pipeline: Pipeline, stageId: string): Stage | undefined =>
  pipeline.stages.find(({ id }) => id === stageId)

/** The first active stage that carries a state: where rules send orders. */
export const defaultStageOf = (pipeline: Pipeline, state: OrderState): Stage | undefined =>
  [...pipeline.stages].sort((a, b) => a.position - b.position).find((stage) => stage.active && stage.state === state)

/** Where new orders enter: the first stage for new ones, else the first active stage of all. */
export const firstStageOf = (pipeline: Pipeline): Stage | undefined =>
  defaultStageOf(pipeline, 'new') ??
  [...pipeline.stages].sort((a, b) => a.position - b.position).find(({ active }) => active)

/** Whether a parcel stands for the order already; a second one would be doubled goods. */
const isLive = (status: ParcelStatus | null) => status !== null && liveParcelStatuses.includes(status)
/** Whether a parcel is booked or under way, so that the order is no longer ours alone to call off. */
const isUnderWay = (status: ParcelStatus | null) => isLive(status) && status !== 'delivered'

/** A stage as the orders on it feel it. */
export type Ground = Pick<Stage, 'id' | 'state' | 'terminal' | 'ageLimitMinutes'>

/** The place of an order that enters a stage at an instant. */
export const placementIn = (stage: Ground, at: string, assigneeId: string | null): Placement => ({
  stageId: stage.id,
  state: stage.state,
  stateSince: at,
  lateAt: stage.ageLimitMinutes === null ? null : afterWorkingMinutes(at, stage.ageLimitMinutes),
  endedAt: stage.terminal ? at : null,
  assigneeId,
})

export const placementOf = ({ stageId, state, stateSince, lateAt, endedAt, assigneeId }: Placement): Placement => ({
  stageId,
  state,
  stateSince,
  lateAt,
  endedAt,
  assigneeId,
})

/** Whether a role may bring orders into a stage. A stage without a state is open to limited roles only by name. */
export const mayMoveInto = (stage: Stage, mover: Pick<Mover, 'roleKey' | 'moveInto'>): boolean => {
  if (stage.roleKeys !== null) return mover.roleKey !== null && stage.roleKeys.includes(mover.roleKey)
  return mover.moveInto === null || (stage.state !== null && mover.moveInto.includes(stage.state))
}

/** Whether the table of transitions lets a person go from one stage to another. */
export const isAllowedStep = (from: Stage | undefined, to: Stage): boolean =>
  from === undefined || from.nextStageIds === null || from.nextStageIds.includes(to.id)

/** What stages may demand of an order before it enters them. */
export type RequiredFacts = Pick<MovableOrder, 'phone' | 'cityId' | 'addressLine' | 'codAmountCentimes'>

const fieldIsFilled: Record<Exclude<RequirableField, 'reason'>, (order: RequiredFacts) => boolean> = {
  phone: (order) => order.phone !== null,
  city: (order) => order.cityId !== null,
  address: (order) => order.addressLine !== null,
  amount: (order) => order.codAmountCentimes !== null,
}

/** The facts that a stage demands and an order lacks; the reason of the move is asked apart. */
export const missingFields = (order: RequiredFacts, stage: Stage): RequirableField[] =>
  stage.requires.filter((field) => field !== 'reason' && !fieldIsFilled[field](order))

/** Where boards and forms let a role begin an order: where orders end, or for a reason, it comes by a move. */
export const mayBeginIn = (stage: Stage, mover: Pick<Mover, 'roleKey' | 'moveInto'>): boolean =>
  stage.active && !stage.terminal && !stage.requires.includes('reason') && mayMoveInto(stage, mover)

/** Why an order may not begin in the stage that was asked for: it is not there, not for this role, or lacks something. */
export const refusalOfStart = (
  order: RequiredFacts,
  stage: Stage | undefined,
  mover: Pick<Mover, 'roleKey' | 'moveInto'>,
): Refusal | null => {
  if (!stage?.active) return { code: 'order.stage_unknown' }
  if (!mayMoveInto(stage, mover)) return { code: 'order.move_forbidden' }
  if (stage.requires.includes('reason')) return { code: 'order.reason_required' }
  const missing = missingFields(order, stage)
  return missing.length > 0 ? { code: 'order.field_required', params: { fields: missing } } : null
}

/** States that promise the parcel to a buyer: test orders and foreign money never get there. */
const promising: readonly (OrderState | null)[] = ['confirmed', 'shipped']

/** Why an order may not go to a stage, whoever sends it: what it is, what hangs on it, what it lacks. */
export const refusalOfFacts = (order: MovableOrder, stage: Stage): Refusal | null => {
  if (promising.includes(stage.state) && order.toComplete.includes('test_order')) return { code: 'order.test_order' }
  if (promising.includes(stage.state) && order.toComplete.includes('currency_not_mad'))
    return { code: 'order.currency_unsupported' }
  if (stage.state === 'cancelled' && isUnderWay(order.parcelStatus)) return { code: 'order.locked_by_parcel' }
  const missing = missingFields(order, stage)
  if (missing.length > 0) return { code: 'order.field_required', params: { fields: missing } }
  return null
}

const refusalOfReason = (stage: Stage, reasons: readonly Reason[], reasonId: string | undefined): Refusal | null => {
  if (reasonId === undefined) return stage.requires.includes('reason') ? { code: 'order.reason_required' } : null
  const reason = reasons.find(({ id }) => id === reasonId)
  return reason?.active && reason.state === stage.state ? null : { code: 'order.reason_unknown' }
}

/** The messages that an order begins by entering a stage; an example writes to nobody. */
export const beginningsIn = (
  { automations = [] }: Pick<Pipeline, 'automations'>,
  stageId: string,
  at: string,
  { isSample }: Pick<MovableOrder, 'isSample'>,
): Begun[] =>
  isSample
    ? []
    : automations
        .filter((automation) => automation.stageId === stageId)
        .map(({ id, delaySeconds }) => ({
          automationId: id,
          scheduledAt: new Date(Date.parse(at) + delaySeconds * 1000).toISOString(),
        }))

export const moveTo = (
  order: MovableOrder,
  pipeline: Pipeline,
  stage: Stage,
  at: string,
  how: { readonly assigneeId: string | null; readonly reasonId: string | null; readonly createsParcel: boolean },
): Move => ({
  before: placementOf(order),
  after: placementIn(stage, at, how.assigneeId),
  firstEntry: stage.state !== null && order.firstEntries[stage.state] === undefined ? stage.state : null,
  reasonId: how.reasonId,
  effects: order.isSample
    ? []
    : stage.effects.filter(
        ({ kind }) => kind !== 'create_parcel' || (how.createsParcel && !isLive(order.parcelStatus)),
      ),
  begins: beginningsIn(pipeline, stage.id, at, order),
})

/**
 * A person's move: needs the stage to exist and be active, an allowed transition, the role's right, what the stage
 * requires, and the version that the person saw. Refusals name what is missing.
 */
export const planMove = (
  order: MovableOrder,
  pipeline: Pipeline,
  input: MoveInput,
  mover: Mover,
  at: string,
): Result<Move> => {
  if (order.version !== input.version) return refuse('order.changed_meanwhile')
  const stage = stageOf(pipeline, input.stageId)
  if (!stage?.active) return refuse('order.stage_unknown')
  if (stage.id === order.stageId) return refuse('order.already_there')
  const from = stageOf(pipeline, order.stageId)
  if (!isAllowedStep(from, stage)) return refuse('order.move_not_allowed', { allowed: from?.nextStageIds ?? [] })
  if (!mayMoveInto(stage, mover)) return refuse('order.move_forbidden')
  const no = refusalOfFacts(order, stage) ?? refusalOfReason(stage, pipeline.reasons, input.reasonId)
  if (no) return { ok: false, refusal: no }
  const assigneeId = order.assigneeId ?? (mover.seesAll ? null : mover.memberId)
  return ok(moveTo(order, pipeline, stage, at, { assigneeId, reasonId: input.reasonId ?? null, createsParcel: true }))
}

/** What a rule wants: a state, not a stage. */
export type RuleMove =
  | { readonly kind: 'move'; readonly move: Move }
  /** The order already is in the wanted state. */
  | { readonly kind: 'stays' }
  /** No active stage carries the state: nothing moves, and someone should look. */
  | { readonly kind: 'flagged'; readonly flag: 'no_stage' }

/**
 * A move by a carrier's news, a shop or an automation: to the default stage of the wanted state, whatever the
 * transitions and the roles. News of a carrier never creates a parcel, or a cancelled one would be booked again.
 */
export const planRuleMove = (
  order: MovableOrder,
  pipeline: Pipeline,
  wanted: { readonly state: OrderState; readonly reasonKey?: string },
  by: 'carrier' | 'shop' | 'automation',
  at: string,
): RuleMove => {
  if (order.state === wanted.state) return { kind: 'stays' }
  const stage = defaultStageOf(pipeline, wanted.state)
  if (!stage) return { kind: 'flagged', flag: 'no_stage' }
  const reason = pipeline.reasons.find(({ key, state }) => key === wanted.reasonKey && state === wanted.state)
  const how = { assigneeId: order.assigneeId, reasonId: reason?.id ?? null, createsParcel: by === 'automation' }
  return { kind: 'move', move: moveTo(order, pipeline, stage, at, how) }
}

/** The first entries after a move. */
export const firstEntriesAfter = (entries: FirstEntries, move: Move): FirstEntries =>
  move.firstEntry === null ? entries : { ...entries, [move.firstEntry]: move.after.stateSince }
