import { DecideDuplicates, DuplicateList, DuplicatesDecided } from '@sendocki/domain/orders/duplicate-schema'
import { OrderMarksList, OrderMarksQuery } from '@sendocki/domain/orders/marks'
import { Board, CreateOrder, Order, OrderPage, OrderQuery, orderFilters } from '@sendocki/domain/orders/order'
import { Count, closed, IdParams, pageQuery, ref } from '@sendocki/domain/schema'
import { Type } from 'typebox'
import { type Api, problems } from '../../http/api.ts'
import { orderChangesRoutes } from './changes.routes.ts'
import { decideDuplicates } from './deciding.commands.ts'
import { listDuplicates } from './duplicates.commands.ts'
import { anonymiseCustomer } from './erasure.commands.ts'
import { countAll, listOfCustomer, listPage, readBoard } from './lists.commands.ts'
import { readMarks } from './marks.commands.ts'
import { openOrder } from './orders.commands.ts'
import { createOrder } from './placing.commands.ts'

const tags = ['Orders']
const FiltersOrExact = closed({ ...orderFilters, exact: Type.Optional(Type.Boolean()) })

export const ordersRoutes = (app: Api): void => {
  app.get(
    '/orders',
    {
      config: { permission: 'orders.read' },
      schema: {
        operationId: 'listOrders',
        tags,
        summary: 'Orders by filters, newest first unless sorted otherwise',
        querystring: OrderQuery,
        response: { 200: ref(OrderPage), ...problems },
      },
    },
    (req) => listPage(req.ctx, req.query),
  )
  app.get(
    '/orders/count',
    {
      config: { permission: 'orders.read' },
      schema: {
        operationId: 'countOrders',
        tags,
        summary: 'How many orders the filters select, up to 1,000 unless exact',
        querystring: FiltersOrExact,
        response: { 200: ref(Count), ...problems },
      },
    },
    (req) => countAll(req.ctx, req.query),
  )
  app.get(
    '/orders/marks',
    {
      config: { permission: 'orders.read' },
      schema: {
        operationId: 'listOrderMarks',
        tags,
        summary: 'What stands beside orders on the board: unread messages, what became of earlier orders, who is on it',
        querystring: OrderMarksQuery,
        response: { 200: ref(OrderMarksList), ...problems },
      },
    },
    (req) => readMarks(req.ctx, req.query.ids),
  )
  app.get(
    '/board',
    {
      config: { permission: 'orders.read' },
      schema: {
        operationId: 'getBoard',
        tags,
        summary: 'The heads of the board: count, sum and oldest of each active stage',
        querystring: FiltersOrExact,
        response: { 200: ref(Board), ...problems },
      },
    },
    (req) => readBoard(req.ctx, req.query),
  )
  app.post(
    '/orders',
    {
      config: { permission: 'orders.create' },
      schema: {
        operationId: 'createOrder',
        tags,
        summary: 'Writes an order by hand; the server computes the totals',
        body: ref(CreateOrder),
        response: { 201: ref(Order), ...problems },
      },
    },
    (req, reply) => {
      reply.code(201)
      return createOrder(req.ctx, req.body)
    },
  )
  app.get(
    '/orders/:id',
    {
      config: { permission: 'orders.read', reveals: true },
      schema: {
        operationId: 'getOrder',
        tags,
        summary: 'One order; for roles that see phones only on opened orders, the opening is logged',
        params: IdParams,
        response: { 200: ref(Order), ...problems },
      },
    },
    (req) => openOrder(req.ctx, req.params.id),
  )
  app.get(
    '/orders/:id/duplicates',
    {
      config: { permission: 'orders.read' },
      schema: {
        operationId: 'listOrderDuplicates',
        tags,
        summary: 'Orders that may be the same wish, with the verdict',
        params: IdParams,
        response: { 200: ref(DuplicateList), ...problems },
      },
    },
    (req) => listDuplicates(req.ctx, req.params.id),
  )
  app.post(
    '/orders/:id/duplicates/decide',
    {
      config: { permission: 'orders.edit' },
      schema: {
        operationId: 'decideOrderDuplicates',
        tags,
        summary: 'Keeps one of several orders and cancels the others as duplicates, or says that all are real',
        params: IdParams,
        body: ref(DecideDuplicates),
        response: { 200: ref(DuplicatesDecided), ...problems },
      },
    },
    (req) => decideDuplicates(req.ctx, { id: req.params.id, ...req.body }),
  )
  app.get(
    '/customers/:id/orders',
    {
      config: { permission: 'customers.read' },
      schema: {
        operationId: 'listCustomerOrders',
        tags: ['Customers'],
        summary: 'The orders of one customer, newest first',
        params: IdParams,
        querystring: closed(pageQuery),
        response: { 200: ref(OrderPage), ...problems },
      },
    },
    (req) => listOfCustomer(req.ctx, req.params.id, req.query),
  )
  app.post(
    '/customers/:id/anonymise',
    {
      config: { permission: 'customers.anonymise' },
      schema: {
        operationId: 'anonymiseCustomer',
        tags: ['Customers'],
        summary: 'Forgets who a customer is, for good: their orders stay, without a person; cannot be undone',
        params: IdParams,
        response: { 200: closed({ orders: Type.Integer() }), ...problems },
      },
    },
    (req) => anonymiseCustomer(req.ctx, req.params.id),
  )
  orderChangesRoutes(app)
}
