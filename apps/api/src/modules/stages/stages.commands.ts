import {
  changedKeys,
  createStage,
  deadEnds,
  deleteStage,
  editStage,
  nearestStage,
  orderStages,
  statesLost,
} from '@sendocki/domain/orders/editing'
import { stageOf } from '@sendocki/domain/orders/pipeline'
import type {
  CreateStage,
  EditStage,
  StageChange,
  StageSettings,
  StageTrial,
} from '@sendocki/domain/orders/pipeline-edit-schema'
import type { Pipeline, Stage } from '@sendocki/domain/orders/pipeline-schema'
import { orRefuse, Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { countEverOnStage, countOnStage, followAtOnce, tryOnOrders } from '../orders/index.ts'
import { lastEdit, pipelineOf, raiseVersion, storePipeline, wholePipeline } from '../pipeline/index.ts'
import { beginLeaving, beginRealigning, isFelt } from './following.commands.ts'
import { accountsExist } from './stages.queries.ts'

/** Somebody was quicker: who, when, and what the pipeline is now. */
export const changedMeanwhile = async (tx: MerchantTx): Promise<Refused> => {
  const [edit, current] = await Promise.all([lastEdit(tx), wholePipeline(tx)])
  const by = edit && { kind: edit.kind, id: edit.id, name: edit.name }
  return new Refused('pipeline.changed_meanwhile', { by: by ?? null, at: edit?.at ?? null, current })
}

/** The pipeline in the version that was seen, held until the change is stored. A dry run holds nothing. */
export const pipelineSeen = async (tx: MerchantTx, version: number | undefined, dryRun: boolean): Promise<Pipeline> => {
  const fresh = dryRun || (await raiseVersion(tx, version))
  const pipeline = await pipelineOf(tx)
  if (!fresh || (dryRun && version !== undefined && pipeline.version !== version)) throw await changedMeanwhile(tx)
  return pipeline
}

/** A dry run changes nothing, and cannot. */
export const changing = <T>(ctx: Ctx, dryRun: boolean, work: (tx: MerchantTx) => Promise<T>): Promise<T> =>
  dryRun ? ctx.read(work) : ctx.transaction(work)

/** A stage that is not the merchant's is not found, whatever the version. */
const assertStage = async (tx: MerchantTx, id: string): Promise<void> => {
  if (!stageOf(await pipelineOf(tx), id)) throw new Refused('stage.not_found')
}

const assertAccounts = async (tx: MerchantTx, effects: Stage['effects'] = []): Promise<void> => {
  if (
    !(await accountsExist(
      tx,
      effects.flatMap(({ carrierAccountId }) => carrierAccountId ?? []),
    ))
  )
    throw new Refused('request.invalid', undefined, [{ path: 'effects', code: 'not_in_list' }])
}

interface Change {
  readonly dryRun: boolean
  readonly before: Pipeline
  readonly after: Pipeline
  readonly stageId: string
}

/** The impact of a change, counted before it is stored. */
const impactOf = async (tx: MerchantTx, { dryRun, before, after, stageId }: Change): Promise<StageChange> => {
  const [was, is] = [stageOf(before, stageId), stageOf(after, stageId)]
  const [ordersNow, ordersEver] = was
    ? [await countOnStage(tx, stageId), await countEverOnStage(tx, stageId)]
    : [0, { count: 0, capped: false }]
  const to = was && !is ? nearestStage(after, was) : undefined
  const restated = was && is ? was.state !== is.state : to !== undefined && to.state !== was?.state
  const follows = was !== undefined && (is === undefined || isFelt(was, is))
  return {
    dryRun,
    stageId,
    ordersNow,
    ordersEver: { ...ordersEver, count: Math.max(ordersEver.count, ordersNow) },
    reclassified: restated ? await countOnStage(tx, stageId, { state: (is ?? to)?.state ?? null }) : 0,
    movedToStageId: to?.id ?? null,
    statesWithoutStage: statesLost(before, after),
    deadEndStageIds: deadEnds(before, after),
    inBackground: follows && ordersNow > followAtOnce,
    pipeline: null,
  }
}

const pipelineTouched = (ctx: Ctx) => [{ noun: 'pipeline', id: ctx.merchantId }]

/** What of a stage changed, before and after, for the journal. */
const difference = (before: Stage, after: Stage) => {
  const changed = changedKeys(before, after)
  const only = (stage: Stage) => Object.fromEntries(changed.map((key) => [key, stage[key]]))
  return changed.length === 0 ? null : { before: only(before), after: only(after) }
}

/** Journals every stage that a change touched, also those whose way to another was opened or closed by it. */
export const recordEdits = (ctx: Ctx, tx: MerchantTx, before: Pipeline, after: Pipeline): void => {
  for (const stage of after.stages) {
    const was = stageOf(before, stage.id)
    const changed = was ? difference(was, stage) : { after: stage }
    if (changed === null) continue
    ctx.record(tx, {
      type: was ? 'stage.edited' : 'stage.created',
      subject: { kind: 'stage', id: stage.id },
      ...changed,
      data: { name: stage.name },
      touches: pipelineTouched(ctx),
    })
  }
  for (const stage of before.stages.filter(({ id }) => !stageOf(after, id)))
    ctx.record(tx, {
      type: 'stage.deleted',
      subject: { kind: 'stage', id: stage.id },
      before: stage,
      data: { name: stage.name, movedToStageId: nearestStage(after, stage)?.id ?? null },
      touches: pipelineTouched(ctx),
    })
}

/** Stores a change, and lets the orders of every stage that it touched follow. */
export const store = async (ctx: Ctx, tx: MerchantTx, before: Pipeline, after: Pipeline): Promise<Pipeline> => {
  await storePipeline(tx, before, after)
  recordEdits(ctx, tx, before, after)
  for (const stage of before.stages) {
    const is = stageOf(after, stage.id)
    if (!is) await beginLeaving(ctx, tx, after, stage.id)
    else if (isFelt(stage, is)) await beginRealigning(ctx, tx, is)
  }
  return wholePipeline(tx)
}

const finish = async (ctx: Ctx, tx: MerchantTx, change: Change): Promise<StageChange> => {
  const impact = await impactOf(tx, change)
  return change.dryRun ? impact : { ...impact, pipeline: await store(ctx, tx, change.before, change.after) }
}

/** Adds a stage. */
export const addStage = (ctx: Ctx, input: CreateStage, dryRun: boolean): Promise<StageChange> =>
  changing(ctx, dryRun, async (tx) => {
    const before = await pipelineSeen(tx, input.version, dryRun)
    const stageId = ctx.newId()
    const after = orRefuse(createStage(before, stageId, input))
    await assertAccounts(tx, input.effects)
    return finish(ctx, tx, { dryRun, before, after, stageId })
  })

/** Changes a stage; orders on it count as its state from now on. */
export const changeStage = (
  ctx: Ctx,
  stageId: string,
  { version, ...settings }: EditStage,
  dryRun: boolean,
): Promise<StageChange> =>
  changing(ctx, dryRun, async (tx) => {
    await assertStage(tx, stageId)
    const before = await pipelineSeen(tx, version, dryRun)
    const after = orRefuse(editStage(before, stageId, settings))
    await assertAccounts(tx, settings.effects)
    return finish(ctx, tx, { dryRun, before, after, stageId })
  })

/** Deletes a stage; its orders go to the nearest one. */
export const removeStage = (
  ctx: Ctx,
  stageId: string,
  version: number | undefined,
  dryRun: boolean,
): Promise<StageChange> =>
  changing(ctx, dryRun, async (tx) => {
    await assertStage(tx, stageId)
    const before = await pipelineSeen(tx, version, dryRun)
    const after = orRefuse(deleteStage(before, stageId))
    return finish(ctx, tx, { dryRun, before, after, stageId })
  })

/** Puts the stages in another order. Touches no order of a customer. */
export const reorderStages = (ctx: Ctx, version: number, stageIds: readonly string[]): Promise<Pipeline> =>
  ctx.transaction(async (tx) => {
    const before = await pipelineSeen(tx, version, false)
    const after = orRefuse(orderStages(before, stageIds))
    await storePipeline(tx, before, after)
    ctx.record(tx, {
      type: 'pipeline.reordered',
      subject: { kind: 'pipeline', id: ctx.merchantId },
      before: { stageIds: before.stages.map(({ id }) => id) },
      after: { stageIds },
    })
    return wholePipeline(tx)
  })

/** What would happen to the newest orders on the stage as it would be with these settings. */
export const tryStage = (ctx: Ctx, stageId: string, settings: StageSettings): Promise<StageTrial> =>
  ctx.read(async (tx) => {
    await assertStage(tx, stageId)
    const pipeline = orRefuse(editStage(await pipelineOf(tx), stageId, { ...settings, active: true }))
    const stage = stageOf(pipeline, stageId)
    if (!stage) throw new Refused('stage.not_found')
    await assertAccounts(tx, settings.effects)
    return { items: await tryOnOrders(ctx, tx, pipeline, stage) }
  })
