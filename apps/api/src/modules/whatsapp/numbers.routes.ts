import { IdParams, ref } from '@sendocki/domain/schema'
import {
  CreateWhatsAppNumber,
  EditWhatsAppNumber,
  WhatsAppNumberDetail,
  WhatsAppNumberList,
} from '@sendocki/domain/whatsapp/number'
import {
  CreateWhatsAppTemplate,
  EditWhatsAppTemplate,
  TemplatePreview,
  TemplatePreviewQuery,
  TemplateQuery,
  WhatsAppTemplate,
  WhatsAppTemplatePage,
} from '@sendocki/domain/whatsapp/template'
import { type Api, problems } from '../../http/api.ts'
import { createNumber, disconnectNumber, editNumber, readNumber, readNumbers, testNumber } from './numbers.commands.ts'
import { createTemplate, editTemplate, previewTemplate, readTemplates } from './templates.commands.ts'

const tags = ['WhatsApp']

export const whatsappRoutes = (app: Api): void => {
  app.get(
    '/whatsapp/numbers',
    {
      config: { permission: 'conversations.read' },
      schema: {
        operationId: 'listWhatsAppNumbers',
        tags,
        summary: 'The merchant’s WhatsApp numbers',
        response: { 200: ref(WhatsAppNumberList), ...problems },
      },
    },
    (req) => readNumbers(req.ctx),
  )
  app.post(
    '/whatsapp/numbers',
    {
      config: { permission: 'whatsapp.edit' },
      schema: {
        operationId: 'createWhatsAppNumber',
        tags,
        summary: 'Connect a number; the checks are run by a job',
        body: ref(CreateWhatsAppNumber),
        response: { 201: ref(WhatsAppNumberDetail), ...problems },
      },
    },
    async (req, reply) => {
      reply.code(201)
      return createNumber(req.ctx, req.body)
    },
  )
  app.get(
    '/whatsapp/numbers/:id',
    {
      config: { permission: 'whatsapp.edit' },
      schema: {
        operationId: 'getWhatsAppNumber',
        tags,
        summary: 'One number with its checks and where Meta delivers',
        params: IdParams,
        response: { 200: ref(WhatsAppNumberDetail), ...problems },
      },
    },
    (req) => readNumber(req.ctx, req.params.id),
  )
  app.patch(
    '/whatsapp/numbers/:id',
    {
      config: { permission: 'whatsapp.edit' },
      schema: {
        operationId: 'editWhatsAppNumber',
        tags,
        summary: 'Change name, keys, or the stores that write from it',
        params: IdParams,
        body: ref(EditWhatsAppNumber),
        response: { 200: ref(WhatsAppNumberDetail), ...problems },
      },
    },
    (req) => editNumber(req.ctx, req.params.id, req.body),
  )
  app.delete(
    '/whatsapp/numbers/:id',
    {
      config: { permission: 'whatsapp.edit' },
      schema: {
        operationId: 'disconnectWhatsAppNumber',
        tags,
        summary: 'Send and take nothing more; conversations stay readable',
        params: IdParams,
        response: { 200: ref(WhatsAppNumberDetail), ...problems },
      },
    },
    (req) => disconnectNumber(req.ctx, req.params.id),
  )
  app.post(
    '/whatsapp/numbers/:id/test',
    {
      config: { permission: 'whatsapp.edit' },
      schema: {
        operationId: 'testWhatsAppNumber',
        tags,
        summary: 'Run the checks again; `checks` tells the results once the job has run',
        params: IdParams,
        response: { 202: ref(WhatsAppNumberDetail), ...problems },
      },
    },
    async (req, reply) => {
      reply.code(202)
      return testNumber(req.ctx, req.params.id)
    },
  )
  templateRoutes(app)
}

const templateRoutes = (app: Api): void => {
  app.get(
    '/whatsapp/templates',
    {
      config: { permission: 'conversations.read' },
      schema: {
        operationId: 'listWhatsAppTemplates',
        tags,
        summary: 'Templates by name, with their state at Meta',
        querystring: TemplateQuery,
        response: { 200: ref(WhatsAppTemplatePage), ...problems },
      },
    },
    (req) => readTemplates(req.ctx, req.query),
  )
  app.post(
    '/whatsapp/templates',
    {
      config: { permission: 'whatsapp.edit' },
      schema: {
        operationId: 'createWhatsAppTemplate',
        tags,
        summary: 'Write a template and hand it in at Meta',
        body: ref(CreateWhatsAppTemplate),
        response: { 201: ref(WhatsAppTemplate), ...problems },
      },
    },
    async (req, reply) => {
      reply.code(201)
      return createTemplate(req.ctx, req.body)
    },
  )
  app.patch(
    '/whatsapp/templates/:id',
    {
      config: { permission: 'whatsapp.edit' },
      schema: {
        operationId: 'editWhatsAppTemplate',
        tags,
        summary: 'Say what fills the variables of a template made elsewhere',
        params: IdParams,
        body: ref(EditWhatsAppTemplate),
        response: { 200: ref(WhatsAppTemplate), ...problems },
      },
    },
    (req) => editTemplate(req.ctx, req.params.id, req.body),
  )
  app.get(
    '/whatsapp/templates/:id/preview',
    {
      config: { permission: 'conversations.read' },
      schema: {
        operationId: 'previewWhatsAppTemplate',
        tags,
        summary: 'The template as the buyer of an order would read it',
        params: IdParams,
        querystring: TemplatePreviewQuery,
        response: { 200: ref(TemplatePreview), ...problems },
      },
    },
    (req) => previewTemplate(req.ctx, req.params.id, req.query.orderId),
  )
}
