import type { CreateOrder } from '@sendocki/domain/orders/order'
import {
  type Begun,
  beginningsIn,
  firstStageOf,
  type Placement,
  type PlannedEffect,
  placementIn,
  type RequiredFacts,
  refusalOfStart,
  stageOf,
} from '@sendocki/domain/orders/pipeline'
import type { RequirableField } from '@sendocki/domain/orders/pipeline-schema'
import { type Refusal, Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { pipelineOf } from '../pipeline/index.ts'
import { moverOf } from './moves.commands.ts'

interface Start {
  readonly place: Placement
  readonly begins: readonly Begun[]
  readonly effects: readonly PlannedEffect[]
}

type Fault = NonNullable<Refusal['fields']>[number]

/** Where what a stage demands is typed. A new order always has a phone and an amount. */
const fieldOf: Partial<Record<RequirableField, Fault>> = {
  city: { path: 'shippingAddress.city', code: 'not_in_list' },
  address: { path: 'shippingAddress.line', code: 'missing' },
}

const fieldsOf = ({ params }: Refusal): Fault[] =>
  ((params?.['fields'] ?? []) as RequirableField[]).flatMap((field) => fieldOf[field] ?? [])

/**
 * Where a person creates an order: in the stage asked for, if the role may move there and the order has what the stage
 * demands, else in the first. Entering a chosen stage triggers what a move there would.
 */
export const startOf = async (ctx: Ctx, tx: MerchantTx, input: CreateOrder, facts: RequiredFacts): Promise<Start> => {
  const pipeline = await pipelineOf(tx)
  const mover = moverOf(ctx)
  const chosen = input.stageId === undefined ? undefined : stageOf(pipeline, input.stageId)
  const refusal = input.stageId === undefined ? null : refusalOfStart(facts, chosen, mover)
  if (refusal) throw new Refused(refusal.code, refusal.params, fieldsOf(refusal))
  const stage = chosen ?? firstStageOf(pipeline)
  if (!stage?.active) throw new Refused('order.stage_unknown')
  const at = ctx.now.toISOString()
  // Who sees only some orders keeps sight of the one they wrote.
  const assigneeId = input.assigneeId ?? (mover.seesAll ? null : mover.memberId)
  return {
    place: placementIn(stage, at, assigneeId),
    begins: beginningsIn(pipeline, stage.id, at, { isSample: false }),
    effects: chosen?.effects ?? [],
  }
}
