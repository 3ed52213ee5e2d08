import { CreatePaper, Paper } from '@sendocki/domain/papers/paper'
import { IdParams, ref } from '@sendocki/domain/schema'
import { Type } from 'typebox'
import { type Api, problems } from '../../http/api.ts'
import { languageOf } from '../../http/auth.ts'
import { askPaper, cancelPaper, openPaper, readPaper } from './papers.commands.ts'

const tags = ['Papers']
const file = {
  description: 'The paper',
  content: { 'application/pdf': { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) } },
}

export const papersRoutes = (app: Api): void => {
  app.post(
    '/papers',
    {
      config: { permission: 'parcels.edit', costly: true },
      schema: {
        operationId: 'createPaper',
        tags,
        summary: 'Print labels, packing slips or a picking list of up to 500 orders as one PDF, in the background',
        body: ref(CreatePaper),
        response: { 202: ref(Paper), ...problems },
      },
    },
    (req, reply) => {
      reply.code(202)
      return askPaper(req.ctx, req.body, languageOf(req))
    },
  )
  app.get(
    '/papers/:id',
    {
      config: { permission: 'parcels.edit' },
      schema: {
        operationId: 'getPaper',
        tags,
        summary: 'How far one’s paper is, and what was left out of it and why',
        params: IdParams,
        response: { 200: ref(Paper), ...problems },
      },
    },
    (req) => readPaper(req.ctx, req.params.id),
  )
  app.post(
    '/papers/:id/cancel',
    {
      config: { permission: 'parcels.edit' },
      schema: {
        operationId: 'cancelPaper',
        tags,
        summary: 'Stop a paper that is being printed',
        params: IdParams,
        response: { 200: ref(Paper), ...problems },
      },
    },
    (req) => cancelPaper(req.ctx, req.params.id),
  )
  app.get(
    '/papers/:id/file',
    {
      config: { permission: 'parcels.edit' },
      schema: {
        operationId: 'getPaperFile',
        tags,
        summary: 'The file of a paper, for a day',
        params: IdParams,
        response: { 200: file, ...problems },
      },
    },
    async (req, reply) => {
      const { stream, bytes, name } = await openPaper(req.ctx, req.params.id)
      return reply
        .type('application/pdf')
        .header('content-disposition', `inline; filename="${name}"`)
        .header('content-length', bytes)
        .send(stream as never)
    },
  )
}
