import { importBytes, pastedBytes } from '@sendocki/domain/imports/import'
import {
  Import,
  ImportForm,
  ImportMappingInput,
  ImportPage,
  ImportRow,
  ImportRowChange,
  ImportRowPage,
  ImportRowQuery,
} from '@sendocki/domain/imports/import-schema'
import { closed, IdParams, pageQuery, ref } from '@sendocki/domain/schema'
import { Type } from 'typebox'
import { type Api, problems } from '../../http/api.ts'
import { takeForm, takeForms } from '../../http/uploads.ts'
import { changeRow, mapImport, runImport, stopImport, tryImport, undoImport } from './imports.commands.ts'
import { receiveImport } from './receiving.commands.ts'
import { refusedRowsFile } from './refused-rows.commands.ts'
import { readImport, readImports, readRows } from './views.commands.ts'

const tags = ['Imports']
const permission = 'customers.import'
const upload = { types: ['multipart/form-data'], bytes: importBytes, form: ImportForm } as const

export const importsRoutes = (app: Api): void => {
  void app.register(async (scope) => {
    takeForms(scope as never, { bytes: importBytes, textBytes: pastedBytes })
    uploadRoute(scope as Api)
  })
  passRoutes(app)
  app.get(
    '/imports',
    {
      config: { permission },
      schema: {
        operationId: 'listImports',
        tags,
        summary: 'Files that were loaded in the last thirty days, newest first',
        querystring: closed(pageQuery),
        response: { 200: ref(ImportPage), ...problems },
      },
    },
    (req) => readImports(req.ctx, req.query),
  )
  app.get(
    '/imports/:id',
    {
      config: { permission },
      schema: {
        operationId: 'getImport',
        tags,
        summary: 'How far an import is; its counters and what waits add up to its rows at every instant',
        params: IdParams,
        response: { 200: ref(Import), ...problems },
      },
    },
    (req) => readImport(req.ctx, req.params.id),
  )
  app.get(
    '/imports/:id/rows',
    {
      config: { permission },
      schema: {
        operationId: 'listImportRows',
        tags,
        summary: 'What becomes of each row and why, in the order of the file',
        params: IdParams,
        querystring: ImportRowQuery,
        response: { 200: ref(ImportRowPage), ...problems },
      },
    },
    (req) => readRows(req.ctx, req.params.id, req.query),
  )
  app.patch(
    '/imports/:id/rows',
    {
      config: { permission },
      schema: {
        operationId: 'changeImportRow',
        tags,
        summary:
          'Put a row right, or say what it does with who or what is known; after a run it is carried out at once',
        params: IdParams,
        body: ref(ImportRowChange),
        response: { 200: ref(ImportRow), ...problems },
      },
    },
    (req) => changeRow(req.ctx, req.params.id, req.body),
  )
  app.get(
    '/imports/:id/refused',
    {
      config: { permission, costly: true },
      schema: {
        operationId: 'getRefusedImportRows',
        tags,
        summary: 'The refused rows as CSV, with the reasons, to be put right and loaded again',
        params: IdParams,
        response: {
          200: {
            description: 'The rows',
            content: { 'text/csv': { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) } },
          },
          ...problems,
        },
      },
    },
    async (req, reply) => {
      const lines = await refusedRowsFile(req.ctx, req.params.id)
      reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="refused-${req.params.id}.csv"`)
      return reply.send(lines as never)
    },
  )
}

const passRoutes = (app: Api): void => {
  app.put(
    '/imports/:id/mapping',
    {
      config: { permission },
      schema: {
        operationId: 'mapImport',
        tags,
        summary: 'Say what columns and words are and what becomes of what is known; remembered for files like this one',
        params: IdParams,
        body: ref(ImportMappingInput),
        response: { 200: ref(Import), ...problems },
      },
    },
    (req) => mapImport(req.ctx, req.params.id, req.body),
  )
  const passes = [
    ['dry-run', 'tryImport', 'Look at every row in the background and change nothing', tryImport],
    ['run', 'runImport', 'Carry the rows out in the background; a stopped one goes on where it was', runImport],
    ['stop', 'stopImport', 'End a pass after the rows under way; what is done stays', stopImport],
    ['undo', 'undoImport', 'Take an import back, except what others have touched since', undoImport],
  ] as const
  for (const [path, operationId, summary, command] of passes)
    app.post(
      `/imports/:id/${path}`,
      {
        config: { permission },
        schema: { operationId, tags, summary, params: IdParams, response: { 202: ref(Import), ...problems } },
      },
      (req, reply) => {
        reply.code(202)
        return command(req.ctx, req.params.id)
      },
    )
}

const uploadRoute = (scope: Api): void => {
  scope.post(
    '/imports',
    {
      // The same file twice makes two imports, and the second says so; nothing is written before a run.
      config: { permission, idempotency: 'none', upload },
      schema: {
        operationId: 'createImport',
        tags,
        summary:
          'Load customers or past orders, CSV, XLSX or pasted; what columns are is proposed, nothing is changed yet',
        response: { 201: ref(Import), ...problems },
      },
    },
    async (req, reply) => {
      reply.code(201)
      return receiveImport(req.ctx, (file) => takeForm(req, { text: 'text', others: ['kind'] }, file))
    },
  )
}
