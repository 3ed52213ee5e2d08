import {
  Automation,
  AutomationList,
  AutomationPreview,
  AutomationRun,
  AutomationRunPage,
  AutomationRunQuery,
  CreateAutomation,
  EditAutomation,
} from '@sendocki/domain/automations/automation'
import {
  CostQuery,
  KeptAutomationSettings,
  MessageCosts,
  SaveAutomationSettings,
} from '@sendocki/domain/automations/settings'
import { IdParams, ref } from '@sendocki/domain/schema'
import { type Api, done, problems } from '../../http/api.ts'
import {
  createAutomation,
  deleteAutomation,
  editAutomation,
  readAutomation,
  readAutomations,
} from './automations.commands.ts'
import { changeSettings, readCosts, showSettings } from './costs.commands.ts'
import { previewAutomation, readRun, readRuns } from './runs.commands.ts'

const tags = ['WhatsApp']

export const automationsRoutes = (app: Api): void => {
  app.get(
    '/automations',
    {
      config: { permission: 'automations.read' },
      schema: {
        operationId: 'listAutomations',
        tags,
        summary: 'The messages that stages send by themselves, oldest first',
        response: { 200: ref(AutomationList), ...problems },
      },
    },
    (req) => readAutomations(req.ctx),
  )
  app.post(
    '/automations',
    {
      config: { permission: 'automations.edit' },
      schema: {
        operationId: 'createAutomation',
        tags,
        summary: 'Makes an automation, switched off; one rule for each button of its template',
        body: ref(CreateAutomation),
        response: { 201: ref(Automation), ...problems },
      },
    },
    (req, reply) => {
      reply.code(201)
      return createAutomation(req.ctx, req.body)
    },
  )
  app.get(
    '/automations/:id',
    {
      config: { permission: 'automations.read' },
      schema: {
        operationId: 'getAutomation',
        tags,
        summary: 'One automation, and why it could send nothing now',
        params: IdParams,
        response: { 200: ref(Automation), ...problems },
      },
    },
    (req) => readAutomation(req.ctx, req.params.id),
  )
  app.patch(
    '/automations/:id',
    {
      config: { permission: 'automations.edit' },
      schema: {
        operationId: 'editAutomation',
        tags,
        summary: 'Changes an automation in the version that was read, or switches it on or off',
        params: IdParams,
        body: ref(EditAutomation),
        response: { 200: ref(Automation), ...problems },
      },
    },
    (req) => editAutomation(req.ctx, req.params.id, req.body),
  )
  app.delete(
    '/automations/:id',
    {
      config: { permission: 'automations.edit' },
      schema: {
        operationId: 'deleteAutomation',
        tags,
        summary: 'Takes an automation away; what it has not sent is cancelled',
        params: IdParams,
        response: { 204: done, ...problems },
      },
    },
    async (req, reply) => {
      await deleteAutomation(req.ctx, req.params.id)
      return reply.code(204).send(null)
    },
  )
  app.get(
    '/automations/:id/preview',
    {
      config: { permission: 'automations.edit', costly: true },
      schema: {
        operationId: 'previewAutomation',
        tags,
        summary: 'What it would write to the 20 newest orders if each entered the stage now, or why it would not',
        params: IdParams,
        response: { 200: ref(AutomationPreview), ...problems },
      },
    },
    (req) => previewAutomation(req.ctx, req.params.id),
  )
  runsRoutes(app)
  costsRoutes(app)
}

const runsRoutes = (app: Api): void => {
  app.get(
    '/automation-runs',
    {
      config: { permission: 'automations.read' },
      schema: {
        operationId: 'listAutomationRuns',
        tags,
        summary: 'Messages of automations, newest first, with what became of each',
        querystring: AutomationRunQuery,
        response: { 200: ref(AutomationRunPage), ...problems },
      },
    },
    (req) => readRuns(req.ctx, req.query),
  )
  app.get(
    '/automation-runs/:id',
    {
      config: { permission: 'automations.read' },
      schema: {
        operationId: 'getAutomationRun',
        tags,
        summary: 'One message of an automation: text, times, answers, effect, error, cost',
        params: IdParams,
        response: { 200: ref(AutomationRun), ...problems },
      },
    },
    (req) => readRun(req.ctx, req.params.id),
  )
}

const costsRoutes = (app: Api): void => {
  app.get(
    '/automation-settings',
    {
      config: { permission: 'automations.read' },
      schema: {
        operationId: 'getAutomationSettings',
        tags,
        summary: 'Meta’s prices by category and day, in millionths of a dirham, budget and cap',
        response: { 200: ref(KeptAutomationSettings), ...problems },
      },
    },
    (req) => showSettings(req.ctx),
  )
  app.put(
    '/automation-settings',
    {
      config: { permission: 'automations.edit' },
      schema: {
        operationId: 'changeAutomationSettings',
        tags,
        summary: 'Replaces prices, budget and cap in the version that was read; what was sent keeps its price',
        body: ref(SaveAutomationSettings),
        response: { 200: ref(KeptAutomationSettings), ...problems },
      },
    },
    (req) => changeSettings(req.ctx, req.body),
  )
  app.get(
    '/automation-costs',
    {
      config: { permission: 'automations.read', costly: true },
      schema: {
        operationId: 'getAutomationCosts',
        tags,
        summary: 'What the messages of a month cost: by template, by order, by confirmed order',
        querystring: CostQuery,
        response: { 200: ref(MessageCosts), ...problems },
      },
    },
    (req) => readCosts(req.ctx, req.query),
  )
}
