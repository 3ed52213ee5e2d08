import { type Ground, type MovableOrder, type Move, type Placement, placementIn, placementOf } from './pipeline.ts'

/*
 * What a change of the pipeline does to the orders that are on a stage. What was counted stays counted: first entries are
 * only added, at the instant of the change. Source: product.md 3, promise X12, law 9.
 */

/**
 * The place of an order that a change of the pipeline puts on a stage. In the same state its clock goes on, since nobody
 * touched the order: what was late stays late. In another state the clock begins.
 */
const placeOn = (order: MovableOrder, stage: Ground, at: string): Placement => {
  const same = order.state === stage.state
  const since = same ? order.stateSince : at
  const { lateAt } = placementIn({ ...stage, terminal: false }, since, null)
  return {
    stageId: stage.id,
    state: stage.state,
    stateSince: since,
    lateAt,
    endedAt: stage.terminal ? (order.endedAt ?? at) : null,
    assigneeId: order.assigneeId,
  }
}

const moveOnto = (order: MovableOrder, reasonId: string | null, stage: Ground, at: string): Move => ({
  before: placementOf(order),
  after: placeOn(order, stage, at),
  firstEntry: stage.state !== null && order.firstEntries[stage.state] === undefined ? stage.state : null,
  reasonId: order.state === stage.state ? reasonId : null,
  effects: [],
  begins: [],
})

/** An order leaves a stage that is deleted: a recorded move that fires no effect. */
export const planLeaving = (order: MovableOrder, reasonId: string | null, to: Ground, at: string): Move =>
  moveOnto(order, reasonId, to, at)

/**
 * An order follows what its stage says since it was changed: another state, an end, another age limit. Null when it
 * does already. History keeps the state as it was.
 */
export const planRealigning = (
  order: MovableOrder,
  reasonId: string | null,
  stage: Ground,
  at: string,
): Move | null => {
  const move = moveOnto(order, reasonId, stage, at)
  const { before, after } = move
  const ends = (before.endedAt === null) === (after.endedAt === null)
  const same = before.state === after.state && ends && sameInstant(before.lateAt, after.lateAt)
  return same ? null : move
}

const sameInstant = (one: string | null, other: string | null): boolean =>
  one === other || (one !== null && other !== null && Date.parse(one) === Date.parse(other))
