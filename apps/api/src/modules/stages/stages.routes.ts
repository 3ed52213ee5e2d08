import {
  ApplyTemplate,
  CreateReason,
  CreateStage,
  EditReason,
  EditStage,
  OrderStages,
  PipelineTemplates,
  StageChange,
  StageSettings,
  StageTrial,
  TemplateChange,
  templateKeys,
} from '@sendocki/domain/orders/pipeline-edit-schema'
import { Pipeline } from '@sendocki/domain/orders/pipeline-schema'
import { templates } from '@sendocki/domain/orders/templates'
import { closed, IdParams, ref, Version } from '@sendocki/domain/schema'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Api, problems } from '../../http/api.ts'
import { addStage, changeStage, removeStage, reorderStages, tryStage } from './stages.commands.ts'
import { addReason, changeReason, startFromTemplate } from './templates.commands.ts'

const tags = ['Pipeline']
const read = { permission: 'pipeline.read' } as const
const edit = { permission: 'pipeline.edit' } as const
const asked = { dryRun: Type.Optional(Type.Boolean({ default: false })) }

/** A trial of the stage as it is needs no body. */
const preValidation = async (req: FastifyRequest): Promise<void> => {
  req.body ??= {}
}

/** How the merchant changes the stages. With `dryRun` nothing is changed and the impact is told. */
export const stagesRoutes = (app: Api): void => {
  app.post(
    '/pipeline/stages',
    {
      config: edit,
      schema: {
        operationId: 'createStage',
        tags,
        summary: 'Add a stage',
        querystring: closed(asked),
        body: ref(CreateStage),
        response: { 201: ref(StageChange), 200: ref(StageChange), ...problems },
      },
    },
    async (req, reply) => {
      const { dryRun = false } = req.query
      const change = await addStage(req.ctx, req.body, dryRun)
      reply.code(dryRun ? 200 : 201)
      return change
    },
  )
  app.patch(
    '/pipeline/stages/:id',
    {
      config: edit,
      schema: {
        operationId: 'updateStage',
        tags,
        summary: 'Change a stage; orders on it count as its state from now on, what was counted stays',
        params: IdParams,
        querystring: closed(asked),
        body: ref(EditStage),
        response: { 200: ref(StageChange), ...problems },
      },
    },
    (req) => changeStage(req.ctx, req.params.id, req.body, req.query.dryRun ?? false),
  )
  app.delete(
    '/pipeline/stages/:id',
    {
      config: edit,
      schema: {
        operationId: 'deleteStage',
        tags,
        summary: 'Delete a stage; its orders go to the nearest one, many of them in the background',
        params: IdParams,
        querystring: closed({ ...asked, version: Type.Optional(Version) }),
        response: { 200: ref(StageChange), ...problems },
      },
    },
    (req) => removeStage(req.ctx, req.params.id, req.query.version, req.query.dryRun ?? false),
  )
  app.post(
    '/pipeline/stages/:id/try',
    {
      config: edit,
      preValidation,
      schema: {
        operationId: 'tryStage',
        tags,
        summary: 'What would happen to the 20 newest orders on the stage, with settings that are not stored',
        params: IdParams,
        body: ref(StageSettings),
        response: { 200: ref(StageTrial), ...problems },
      },
    },
    (req) => tryStage(req.ctx, req.params.id, req.body),
  )
  app.put(
    '/pipeline/order',
    {
      config: edit,
      schema: {
        operationId: 'orderStages',
        tags,
        summary: 'Put all stages in another order',
        body: ref(OrderStages),
        response: { 200: ref(Pipeline), ...problems },
      },
    },
    (req) => reorderStages(req.ctx, req.body.version, req.body.stageIds),
  )
  templatesAndReasons(app)
}

const templatesAndReasons = (app: Api): void => {
  app.get(
    '/pipeline/templates',
    {
      config: read,
      schema: {
        operationId: 'listPipelineTemplates',
        tags,
        summary: 'Pipelines to start from',
        response: { 200: ref(PipelineTemplates), ...problems },
      },
    },
    async () => ({ items: templateKeys.map((key) => ({ key, ...templateOf(key) })) }),
  )
  app.post(
    '/pipeline/apply-template',
    {
      config: edit,
      schema: {
        operationId: 'applyPipelineTemplate',
        tags,
        summary: 'Start from a template: stages that hold orders stay, no order moves',
        querystring: closed(asked),
        body: ref(ApplyTemplate),
        response: { 200: ref(TemplateChange), ...problems },
      },
    },
    (req) => startFromTemplate(req.ctx, req.body, req.query.dryRun ?? false),
  )
  app.post(
    '/pipeline/reasons',
    {
      config: edit,
      schema: {
        operationId: 'createReason',
        tags,
        summary: 'Add a reason to the list of a state',
        body: ref(CreateReason),
        response: { 201: ref(Pipeline), ...problems },
      },
    },
    async (req, reply) => {
      const pipeline = await addReason(req.ctx, req.body)
      reply.code(201)
      return pipeline
    },
  )
  app.patch(
    '/pipeline/reasons/:id',
    {
      config: edit,
      schema: {
        operationId: 'updateReason',
        tags,
        summary: 'Rename, move or archive a reason',
        params: IdParams,
        body: ref(EditReason),
        response: { 200: ref(Pipeline), ...problems },
      },
    },
    (req) => changeReason(req.ctx, req.params.id, req.body),
  )
}

const templateOf = (key: (typeof templateKeys)[number]) => {
  const { name, stages } = templates[key]
  return {
    name: { ...name },
    stages: stages.map((stage) => ({
      name: { ...stage.name },
      colour: stage.colour,
      state: stage.state,
      terminal: stage.terminal,
    })),
  }
}
