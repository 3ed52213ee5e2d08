import { IdParams, ref } from '@sendocki/domain/schema'
import { CreateView, EditView, OrderViews, View, ViewList, ViewQuery } from '@sendocki/domain/views/view'
import { type Api, done, problems } from '../../http/api.ts'
import { createView, deleteView, editView, orderViews, readViews } from './views.commands.ts'

const tags = ['Views']

export const viewsRoutes = (app: Api): void => {
  app.get(
    '/views',
    {
      config: { permission: 'orders.read' },
      schema: {
        operationId: 'listViews',
        tags,
        summary: 'One’s own saved views of a list, in their order',
        querystring: ViewQuery,
        response: { 200: ref(ViewList), ...problems },
      },
    },
    (req) => readViews(req.ctx, req.query),
  )
  app.post(
    '/views',
    {
      config: { permission: 'orders.read' },
      schema: {
        operationId: 'createView',
        tags,
        summary: 'Saves filters, columns, sort and density of a list under a name',
        body: ref(CreateView),
        response: { 201: ref(View), ...problems },
      },
    },
    (req, reply) => {
      reply.code(201)
      return createView(req.ctx, req.body)
    },
  )
  app.put(
    '/views/order',
    {
      config: { permission: 'orders.read' },
      schema: {
        operationId: 'orderViews',
        tags,
        summary: 'Puts one’s views of a list in another order',
        body: ref(OrderViews),
        response: { 200: ref(ViewList), ...problems },
      },
    },
    (req) => orderViews(req.ctx, req.body),
  )
  app.patch(
    '/views/:id',
    {
      config: { permission: 'orders.read' },
      schema: {
        operationId: 'editView',
        tags,
        summary: 'Changes a view in the version that was read',
        params: IdParams,
        body: ref(EditView),
        response: { 200: ref(View), ...problems },
      },
    },
    (req) => editView(req.ctx, { id: req.params.id, ...req.body }),
  )
  app.delete(
    '/views/:id',
    {
      config: { permission: 'orders.read' },
      schema: {
        operationId: 'deleteView',
        tags,
        summary: 'Forgets a view',
        params: IdParams,
        response: { 204: done, ...problems },
      },
    },
    async (req, reply) => {
      await deleteView(req.ctx, req.params.id)
      return reply.code(204).send(null)
    },
  )
}
