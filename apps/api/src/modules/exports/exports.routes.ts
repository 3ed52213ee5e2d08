import { CreateExport, Export } from '@sendocki/domain/exports/export-schema'
import { IdParams, ref } from '@sendocki/domain/schema'
import { Type } from 'typebox'
import { type Api, problems } from '../../http/api.ts'
import { languageOf } from '../../http/auth.ts'
import { askExport, openExport, readExport } from './exports.commands.ts'

const tags = ['Exports']
const file = {
  description: 'The file',
  content: {
    'text/csv': { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) },
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
      schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }),
    },
  },
}

export const exportsRoutes = (app: Api): void => {
  app.post(
    '/exports',
    {
      config: { permission: 'orders.export' },
      schema: {
        operationId: 'createExport',
        tags,
        summary: 'Asks for a list as CSV or XLSX, made in the background as one’s role sees it',
        body: ref(CreateExport),
        response: { 202: ref(Export), ...problems },
      },
    },
    (req, reply) => {
      reply.code(202)
      return askExport(req.ctx, req.body, languageOf(req))
    },
  )
  app.get(
    '/exports/:id',
    {
      config: { permission: 'orders.export' },
      schema: {
        operationId: 'getExport',
        tags,
        summary: 'How far one’s export is',
        params: IdParams,
        response: { 200: ref(Export), ...problems },
      },
    },
    (req) => readExport(req.ctx, req.params.id),
  )
  app.get(
    '/exports/:id/file',
    {
      config: { permission: 'orders.export' },
      schema: {
        operationId: 'getExportFile',
        tags,
        summary: 'The file of an export, for a day',
        params: IdParams,
        response: { 200: file, ...problems },
      },
    },
    async (req, reply) => {
      const { stream, bytes, name, type } = await openExport(req.ctx, req.params.id)
      return reply
        .type(type)
        .header('content-disposition', `attachment; filename="${name}"`)
        .header('content-length', bytes)
        .send(stream as never)
    },
  )
}
