import type { ParcelStatus } from '../parcels/parcel.ts'
import type { Permission } from '../permissions.ts'
import { ok, type Result, refuse } from '../result.ts'
import { type FirstEntries, type Ground, type MovableOrder, type Placement, placementOf } from './pipeline.ts'
import type { EffectKind } from './pipeline-schema.ts'
import type { OrderState } from './states.ts'

/** For how long a change can be taken back. Source: api.md, `POST /orders/{id}/undo`. */
export const undoHours = 24

/** `pending` waits for its job; `reversing` waits for the job that takes it back. */
export const effectStatuses = ['pending', 'done', 'failed', 'cancelled', 'reversing', 'reversed'] as const
export type EffectStatus = (typeof effectStatuses)[number]

export interface TriggeredEffect {
  readonly id: string
  readonly kind: EffectKind
  readonly status: EffectStatus
}

/** What the history keeps of a change so that it can be taken back. */
export interface UndoableEvent {
  readonly id: string
  readonly type: string
  readonly occurredAt: string
  readonly before: Placement
  readonly firstEntry: OrderState | null
  /** The undoable change before this one: the newest again once this one is taken back. */
  readonly previousUndoId: string | null
}

export interface Undo {
  readonly before: Placement
  readonly after: Placement
  /** The first entry that never was, since its move is taken back. */
  readonly forgottenEntry: OrderState | null
  /** The state that the stage stands for since it was changed, where the order was never counted in it. */
  readonly firstEntry: OrderState | null
  readonly undoEventId: string | null
  /** Effects that have not run and never will. */
  readonly cancelled: readonly string[]
  /** Effects that have run and are taken back by a job each. */
  readonly reversed: readonly string[]
}

/** What it takes to undo each kind of change: the permission of the change itself. */
export const undoPermissions: Readonly<Record<string, Permission>> = {
  'order.moved': 'orders.move',
  'order.assigned': 'orders.assign',
  'order.repaired': 'orders.edit',
  'order.options_changed': 'orders.edit',
  'order.called': 'calls.work',
  'order.duplicates_decided': 'orders.edit',
}

/** Until the carrier has it in hand, a parcel can be called off. */
const recallable: readonly (ParcelStatus | null)[] = [null, 'draft', 'created', 'awaiting_pickup', 'cancelled']

const canReverse: Record<EffectKind, (order: Pick<MovableOrder, 'parcelStatus'>) => boolean> = {
  create_parcel: ({ parcelStatus }) => recallable.includes(parcelStatus),
}

/** Whether an undo would take an effect back, or keep it from running: what failed or was taken back is out of reach. */
export const isReversible = (
  { kind, status }: Pick<TriggeredEffect, 'kind' | 'status'>,
  order: Pick<MovableOrder, 'parcelStatus'>,
): boolean => status === 'pending' || (status === 'done' && canReverse[kind](order))

const hourMillis = 3_600_000

/** Whether an event is the newest undoable one of its order, and young enough. */
export const planUndoOfNewest = (
  order: { readonly undoEventId: string | null },
  event: Pick<UndoableEvent, 'id' | 'occurredAt'>,
  now: Date,
): Result<null> => {
  if (order.undoEventId === null) return refuse('order.nothing_to_undo')
  if (order.undoEventId !== event.id) return refuse('order.undo_superseded', { newest: order.undoEventId })
  if (now.getTime() - Date.parse(event.occurredAt) > undoHours * hourMillis) return refuse('order.undo_expired')
  return ok(null)
}

/**
 * Takes back the newest undoable change of an order, whatever the transitions: the order stands where it stood, with the
 * clocks it had; effects that wait are cancelled, those that ran are reversed. When one cannot be, nothing is undone, and
 * the refusal lists what can and what cannot be taken back. Neither is it when the stage is gone; when it stands for
 * another state since then, the order is back in that one.
 */
export const planUndo = (
  order: MovableOrder,
  event: UndoableEvent,
  effects: readonly TriggeredEffect[],
  stage: Ground | undefined,
  now: Date,
): Result<Undo> => {
  const newest = planUndoOfNewest(order, event, now)
  if (!newest.ok) return newest
  if (!stage) return refuse('order.stage_unknown')
  const stuck = effects.filter((effect) => effect.status === 'done' && !isReversible(effect, order))
  if (stuck.length > 0) {
    const reversible = effects.filter((effect) => isReversible(effect, order))
    return refuse('order.undo_impossible', { effects: stuck.map(named), reversible: reversible.map(named) })
  }
  const after = backOn(event.before, stage, now.toISOString())
  const kept = firstEntriesWithout(order.firstEntries, event.firstEntry)
  return ok({
    before: placementOf(order),
    after,
    forgottenEntry: event.firstEntry,
    firstEntry: after.state !== null && after.state !== event.before.state && !kept[after.state] ? after.state : null,
    undoEventId: event.previousUndoId,
    cancelled: effects.filter(({ status }) => status === 'pending').map(({ id }) => id),
    reversed: effects.filter(({ status }) => status === 'done').map(({ id }) => id),
  })
}

const named = ({ id, kind }: TriggeredEffect) => ({ id, kind })

/** The place it had, on the stage as it is now. */
const backOn = (before: Placement, { state, terminal }: Ground, at: string): Placement =>
  before.state === state && (before.endedAt !== null) === terminal
    ? before
    : { ...before, state, endedAt: terminal ? (before.endedAt ?? at) : null }

const firstEntriesWithout = (entries: FirstEntries, forgotten: OrderState | null): FirstEntries => {
  if (forgotten === null) return entries
  const { [forgotten]: _forgotten, ...kept } = entries
  return kept
}

/** The first entries after an undo: what was undone never counted. */
export const firstEntriesAfterUndo = (
  entries: FirstEntries,
  { forgottenEntry, firstEntry }: Undo,
  at: string,
): FirstEntries => {
  const kept = firstEntriesWithout(entries, forgottenEntry)
  return firstEntry === null ? kept : { ...kept, [firstEntry]: at }
}
