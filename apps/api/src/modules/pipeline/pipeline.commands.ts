import { codTemplate } from '@sendocki/domain/orders/cod-template'
import type { Pipeline } from '@sendocki/domain/orders/pipeline-schema'
import type { Ctx, MerchantTx } from '../../context.ts'
import { findPastStages, findPipeline, savePipeline } from './pipeline.queries.ts'

/** Gives a merchant the default pipeline, once: inside the transaction that makes the merchant. */
export const seedPipeline = async (ctx: Pick<Ctx, 'newId'>, tx: MerchantTx): Promise<void> => {
  await savePipeline(tx, codTemplate, () => ctx.newId())
}

/** The merchant's pipeline. Every merchant is born with one. */
export const pipelineOf = async (tx: MerchantTx): Promise<Pipeline> => {
  const pipeline = await findPipeline(tx)
  if (!pipeline) throw new Error('A merchant without a pipeline.')
  return pipeline
}

/** The pipeline with the stages that are no more, whose names the history still needs. */
export const wholePipeline = async (tx: MerchantTx): Promise<Pipeline> => {
  const [pipeline, pastStages] = await Promise.all([pipelineOf(tx), findPastStages(tx)])
  return { ...pipeline, pastStages }
}

export const readPipeline = (ctx: Ctx): Promise<Pipeline> => ctx.read(wholePipeline, { oneFlight: true })
