import {
  CarrierFile,
  CarrierFileQuery,
  CarrierFileRowPage,
  CarrierFileRowQuery,
  carrierFileBytes,
  RunCarrierFile,
  TryCarrierFile,
} from '@sendocki/domain/carrier-files/carrier-file'
import { IdParams, ref } from '@sendocki/domain/schema'
import { type Api, problems } from '../../http/api.ts'
import { takeUploads } from '../../http/uploads.ts'
import { receiveFile, runFile, tryFile } from './carrier-files.commands.ts'
import { readFile, readRows } from './views.commands.ts'

const tags = ['Carriers']
const upload = {
  types: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/octet-stream'],
  bytes: carrierFileBytes,
} as const

export const carrierFilesRoutes = (app: Api): void => {
  void app.register(async (scope) => {
    takeUploads(scope as never, upload)
    uploadRoute(scope as Api)
  })
  app.get(
    '/carrier-files/:id',
    {
      config: { permission: 'parcels.edit' },
      schema: {
        operationId: 'getCarrierFile',
        tags,
        summary: 'A file of a carrier’s: its columns, what its rows would do or have done',
        params: IdParams,
        response: { 200: ref(CarrierFile), ...problems },
      },
    },
    (req) => readFile(req.ctx, req.params.id),
  )
  app.get(
    '/carrier-files/:id/rows',
    {
      config: { permission: 'parcels.edit' },
      schema: {
        operationId: 'listCarrierFileRows',
        tags,
        summary: 'What became of each row, in the order of the file',
        params: IdParams,
        querystring: CarrierFileRowQuery,
        response: { 200: ref(CarrierFileRowPage), ...problems },
      },
    },
    (req) => readRows(req.ctx, req.params.id, req.query),
  )
  app.post(
    '/carrier-files/:id/dry-run',
    {
      // It changes nothing but what the file itself says of its rows, and can be asked again and again.
      config: { permission: 'parcels.edit', idempotency: 'none' },
      schema: {
        operationId: 'tryCarrierFile',
        tags,
        summary: 'Say what the columns are and see what each row would do; explained words are remembered',
        params: IdParams,
        body: ref(TryCarrierFile),
        response: { 200: ref(CarrierFile), ...problems },
      },
    },
    (req) => tryFile(req.ctx, req.params.id, req.body),
  )
  app.post(
    '/carrier-files/:id/run',
    {
      config: { permission: 'parcels.edit', idempotency: 'required' },
      schema: {
        operationId: 'runCarrierFile',
        tags,
        summary: 'Do what the tried rows say; parcels follow in the background, each row keeps its result',
        params: IdParams,
        body: ref(RunCarrierFile),
        response: { 202: ref(CarrierFile), ...problems },
      },
    },
    async (req, reply) => {
      reply.code(202)
      return runFile(req.ctx, req.params.id, req.body)
    },
  )
}

const uploadRoute = (scope: Api): void => {
  scope.post(
    '/carrier-accounts/:id/files',
    {
      config: { permission: 'parcels.edit', idempotency: 'none', upload },
      schema: {
        operationId: 'uploadCarrierFile',
        tags,
        summary: 'Load a CSV or XLSX of a carrier’s, or a list copied from its portal; nothing is changed yet',
        params: IdParams,
        querystring: CarrierFileQuery,
        response: { 201: ref(CarrierFile), ...problems },
      },
    },
    async (req, reply) => {
      reply.code(201)
      return receiveFile(req.ctx, req.params.id, req.query, req.body)
    },
  )
}
