import { changedKeys, createReason, editReason } from '@sendocki/domain/orders/editing'
import { stageOf } from '@sendocki/domain/orders/pipeline'
import type {
  CreateReason,
  EditReason,
  TemplateChange,
  TemplateKey,
} from '@sendocki/domain/orders/pipeline-edit-schema'
import type { Pipeline } from '@sendocki/domain/orders/pipeline-schema'
import { applyTemplate, templates } from '@sendocki/domain/orders/templates'
import { orRefuse, Refused } from '@sendocki/domain/result'
import type { Ctx } from '../../context.ts'
import { stagesWithOrders } from '../orders/index.ts'
import { pipelineOf, storePipeline, wholePipeline } from '../pipeline/index.ts'
import { changing, pipelineSeen, store } from './stages.commands.ts'

/** Lays a template over the pipeline. Stages that hold orders stay; no order moves. */
export const startFromTemplate = (
  ctx: Ctx,
  { version, template: key }: { readonly version: number; readonly template: TemplateKey },
  dryRun: boolean,
): Promise<TemplateChange> =>
  changing(ctx, dryRun, async (tx) => {
    const before = await pipelineSeen(tx, version, dryRun)
    const held = await stagesWithOrders(
      tx,
      before.stages.map(({ id }) => id),
    )
    const template = templates[key]
    const after = orRefuse(
      applyTemplate(
        before,
        template,
        (id) => held.has(id),
        () => ctx.newId(),
      ),
    )
    const laid = after.stages.slice(0, template.stages.length)
    const change = {
      dryRun,
      added: laid.filter(({ id }) => !stageOf(before, id)).map(({ name }) => name),
      changedStageIds: laid.flatMap((stage) => {
        const was = stageOf(before, stage.id)
        return was && changedKeys(was, stage).length > 0 ? [stage.id] : []
      }),
      keptStageIds: after.stages.slice(template.stages.length).map(({ id }) => id),
      removedStageIds: before.stages.flatMap(({ id }) => (stageOf(after, id) ? [] : [id])),
    }
    if (dryRun) return { ...change, pipeline: null }
    ctx.record(tx, {
      type: 'pipeline.template_applied',
      subject: { kind: 'pipeline', id: ctx.merchantId },
      data: { template: key },
    })
    return { ...change, pipeline: await store(ctx, tx, before, after) }
  })

/** Adds a reason to the merchant's closed list. */
export const addReason = (ctx: Ctx, input: CreateReason): Promise<Pipeline> =>
  ctx.transaction(async (tx) => {
    const before = await pipelineSeen(tx, input.version, false)
    const id = ctx.newId()
    const after = orRefuse(createReason(before, id, input))
    await storePipeline(tx, before, after)
    ctx.record(tx, {
      type: 'reason.created',
      subject: { kind: 'reason', id },
      after: { state: input.state, name: input.name },
      touches: [{ noun: 'pipeline', id: ctx.merchantId }],
    })
    return wholePipeline(tx)
  })

/** Renames, moves or archives a reason; the orders that have it keep it. */
export const changeReason = (ctx: Ctx, id: string, { version, ...input }: EditReason): Promise<Pipeline> =>
  ctx.transaction(async (tx) => {
    const nameOf = ({ reasons }: Pipeline) => reasons.find((reason) => reason.id === id)
    if (!nameOf(await pipelineOf(tx))) throw new Refused('reason.not_found')
    const before = await pipelineSeen(tx, version, false)
    const after = orRefuse(editReason(before, id, { version, ...input }))
    await storePipeline(tx, before, after)
    const [was, is] = [nameOf(before), nameOf(after)]
    ctx.record(tx, {
      type: 'reason.edited',
      subject: { kind: 'reason', id },
      ...(was ? { before: { name: was.name, active: was.active, position: was.position } } : {}),
      ...(is ? { after: { name: is.name, active: is.active, position: is.position } } : {}),
      touches: [{ noun: 'pipeline', id: ctx.merchantId }],
    })
    return wholePipeline(tx)
  })
