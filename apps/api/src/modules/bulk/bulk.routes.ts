import {
  BulkOperation,
  BulkOperationPage,
  BulkRowPage,
  BulkRowQuery,
  CreateBulkOperation,
} from '@sendocki/domain/bulk/bulk-schema'
import { closed, IdParams, pageQuery, ref } from '@sendocki/domain/schema'
import { type Api, problems } from '../../http/api.ts'
import { readBulk, readBulkRows, readBulks, startBulk, stopBulk, undoBulk } from './bulk.commands.ts'

const tags = ['Bulk operations']

/** Each action also needs its own permission: `orders.move`, `orders.assign`, `orders.edit`, `parcels.create`. */
export const bulkRoutes = (app: Api): void => {
  app.post(
    '/bulk-operations',
    {
      // An operation may make parcels.
      config: { permission: 'orders.read', idempotency: 'required' },
      schema: {
        operationId: 'createBulkOperation',
        tags,
        summary: 'Does one action on up to 5,000 orders, chosen by ids or by a filter, in the background',
        body: ref(CreateBulkOperation),
        response: { 202: ref(BulkOperation), ...problems },
      },
    },
    (req, reply) => {
      reply.code(202)
      return startBulk(req.ctx, req.body)
    },
  )
  app.get(
    '/bulk-operations',
    {
      config: { permission: 'orders.read' },
      schema: {
        operationId: 'listBulkOperations',
        tags,
        summary: 'One’s own bulk operations, newest first; everybody’s for readers of the audit log',
        querystring: closed(pageQuery),
        response: { 200: ref(BulkOperationPage), ...problems },
      },
    },
    (req) => readBulks(req.ctx, req.query),
  )
  app.get(
    '/bulk-operations/:id',
    {
      config: { permission: 'orders.read' },
      schema: {
        operationId: 'getBulkOperation',
        tags,
        summary: 'How far a bulk operation is, and why rows were refused',
        params: IdParams,
        response: { 200: ref(BulkOperation), ...problems },
      },
    },
    (req) => readBulk(req.ctx, req.params.id),
  )
  app.get(
    '/bulk-operations/:id/rows',
    {
      config: { permission: 'orders.read' },
      schema: {
        operationId: 'listBulkRows',
        tags,
        summary: 'What became of each order',
        params: IdParams,
        querystring: BulkRowQuery,
        response: { 200: ref(BulkRowPage), ...problems },
      },
    },
    (req) => readBulkRows(req.ctx, req.params.id, req.query),
  )
  app.post(
    '/bulk-operations/:id/stop',
    {
      config: { permission: 'orders.read' },
      schema: {
        operationId: 'stopBulkOperation',
        tags,
        summary: 'Ends a bulk operation after the orders under way',
        params: IdParams,
        response: { 202: ref(BulkOperation), ...problems },
      },
    },
    (req, reply) => {
      reply.code(202)
      return stopBulk(req.ctx, req.params.id)
    },
  )
  app.post(
    '/bulk-operations/:id/undo',
    {
      config: { permission: 'orders.read' },
      schema: {
        operationId: 'undoBulkOperation',
        tags,
        summary: 'Takes back what still can be, as a bulk operation of its own',
        params: IdParams,
        response: { 202: ref(BulkOperation), ...problems },
      },
    },
    (req, reply) => {
      reply.code(202)
      return undoBulk(req.ctx, req.params.id)
    },
  )
}
