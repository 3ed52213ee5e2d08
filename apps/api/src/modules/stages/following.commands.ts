import { stageOf } from '@sendocki/domain/orders/pipeline'
import type { Pipeline, Stage } from '@sendocki/domain/orders/pipeline-schema'
import type { Ctx, MerchantTx } from '../../context.ts'
import { countOnStage, emptyStage, followAtOnce, realignStage, type StageCursor } from '../orders/index.ts'
import { dropStage, lockStage, pipelineOf } from '../pipeline/index.ts'

/*
 * Orders follow what was done to their stage: few in the transaction of the change, many by a job, a hundred a
 * transaction. Each part is settled by what the database says, so that a job killed anywhere goes on where it was.
 */

/** Whoever planned a move by the pipeline of a moment ago has ended by then: no transaction lives longer. */
const stragglersMillis = 60_000

/** Whether orders on the stage have something to follow. */
export const isFelt = (before: Stage, after: Stage): boolean =>
  before.state !== after.state || before.terminal !== after.terminal || before.ageLimitMinutes !== after.ageLimitMinutes

/** Takes the first orders from a stage that is being left. True when it is over: the stage is no more. */
export const leaveStage = async (ctx: Ctx, tx: MerchantTx, pipeline: Pipeline, stageId: string): Promise<boolean> => {
  const locked = await lockStage(tx, stageId)
  if (!locked?.leaving) return true
  const moved = await emptyStage(ctx, tx, pipeline, locked.stage)
  if (moved === followAtOnce) return false
  await dropStage(tx, locked.stage, ctx.now.toISOString())
  tx.outbox.changes.push({ noun: 'pipeline', id: ctx.merchantId })
  return true
}

/** Begins to leave a deleted stage, and leaves the rest to a job. */
export const beginLeaving = async (ctx: Ctx, tx: MerchantTx, pipeline: Pipeline, stageId: string): Promise<void> => {
  if (await leaveStage(ctx, tx, pipeline, stageId)) return
  ctx.enqueue(tx, 'stages.empty', { merchantId: ctx.merchantId, stageId }, { key: `stages.empty/${stageId}` })
}

export const emptyRest = async (ctx: Ctx, stageId: string): Promise<void> => {
  for (let over = false; !over; )
    over = await ctx.transaction(async (tx) => leaveStage(ctx, tx, await pipelineOf(tx), stageId))
}

/** Lets the orders of a changed stage follow: now when they are few, and once more for those who came in meanwhile. */
export const beginRealigning = async (ctx: Ctx, tx: MerchantTx, stage: Stage): Promise<void> => {
  const payload = { merchantId: ctx.merchantId, stageId: stage.id }
  await lockStage(tx, stage.id)
  const few = (await countOnStage(tx, stage.id)) <= followAtOnce
  if (few) await realignStage(ctx, tx, stage, null)
  else ctx.enqueue(tx, 'stages.realign', payload, { key: `stages.realign/${stage.id}` })
  const runAt = new Date(ctx.now.getTime() + stragglersMillis)
  ctx.enqueue(tx, 'stages.realign', payload, { key: `stages.realign/${stage.id}/again`, runAt })
}

export const realignRest = async (ctx: Ctx, stageId: string): Promise<void> => {
  let after: StageCursor | null = null
  do {
    const from: StageCursor | null = after
    after = await ctx.transaction(async (tx) => {
      const stage = stageOf(await pipelineOf(tx), stageId)
      return stage ? realignStage(ctx, tx, stage, from) : null
    })
  } while (after !== null)
}
