import { OptionOriginList } from '@sendocki/domain/orders/options'
import {
  AddNote,
  AssignOrder,
  EditOrder,
  HistoryEvent,
  HistoryPage,
  MoveOrder,
  Order,
  RepairOrder,
  UndoOrder,
} from '@sendocki/domain/orders/order'
import { closed, IdParams, pageQuery, ref } from '@sendocki/domain/schema'
import { type Api, problems } from '../../http/api.ts'
import { assignOrder } from './assigning.commands.ts'
import { editOrder } from './edits.commands.ts'
import { addNote, readHistory } from './history.commands.ts'
import { moveOrder } from './moves.commands.ts'
import { readOptionOrigins } from './options.commands.ts'
import { repairOrder } from './repairing.commands.ts'
import { undoOrder } from './undo.commands.ts'

const tags = ['Orders']

/** What changes an order, and what the history says of it. */
export const orderChangesRoutes = (app: Api): void => {
  app.patch(
    '/orders/:id',
    {
      config: { permission: 'orders.edit' },
      schema: {
        operationId: 'editOrder',
        tags,
        summary: 'Changes fields of an order in the version that was read',
        params: IdParams,
        body: ref(EditOrder),
        response: { 200: ref(Order), ...problems },
      },
    },
    (req) => editOrder(req.ctx, { id: req.params.id, ...req.body }),
  )
  app.post(
    '/orders/:id/move',
    {
      config: { permission: 'orders.move' },
      schema: {
        operationId: 'moveOrder',
        tags,
        summary: 'Moves an order to another stage',
        params: IdParams,
        body: ref(MoveOrder),
        response: { 200: ref(Order), ...problems },
      },
    },
    (req) => moveOrder(req.ctx, { id: req.params.id, ...req.body }),
  )
  app.post(
    '/orders/:id/repair',
    {
      config: { permission: 'orders.edit' },
      schema: {
        operationId: 'repairOrder',
        tags,
        summary: 'Completes an order that waits in the tray: phone, city, products, amount, or taken as it is',
        params: IdParams,
        body: ref(RepairOrder),
        response: { 200: ref(Order), ...problems },
      },
    },
    (req) => repairOrder(req.ctx, { id: req.params.id, ...req.body }),
  )
  app.post(
    '/orders/:id/undo',
    {
      config: { permission: 'orders.move' },
      schema: {
        operationId: 'undoOrder',
        tags,
        summary: 'Takes back the newest change that can be undone, with what it triggered',
        params: IdParams,
        body: ref(UndoOrder),
        response: { 200: ref(Order), ...problems },
      },
    },
    (req) => undoOrder(req.ctx, { id: req.params.id, ...req.body }),
  )
  app.post(
    '/orders/:id/assign',
    {
      config: { permission: 'orders.assign' },
      schema: {
        operationId: 'assignOrder',
        tags,
        summary: 'Gives an order to a member, or to nobody',
        params: IdParams,
        body: ref(AssignOrder),
        response: { 200: ref(Order), ...problems },
      },
    },
    (req) => assignOrder(req.ctx, { id: req.params.id, ...req.body }),
  )
  app.get(
    '/orders/:id/options',
    {
      config: { permission: 'orders.read' },
      schema: {
        operationId: 'listOptionOrigins',
        tags,
        summary: 'Whose word each delivery option of an order is: a person’s, or the default of its product or store',
        params: IdParams,
        response: { 200: ref(OptionOriginList), ...problems },
      },
    },
    (req) => readOptionOrigins(req.ctx, req.params.id),
  )
  app.get(
    '/orders/:id/events',
    {
      config: { permission: 'orders.read' },
      schema: {
        operationId: 'listOrderEvents',
        tags,
        summary: 'The history of an order, newest first',
        params: IdParams,
        querystring: closed(pageQuery),
        response: { 200: ref(HistoryPage), ...problems },
      },
    },
    (req) => readHistory(req.ctx, req.params.id, req.query),
  )
  app.post(
    '/orders/:id/notes',
    {
      config: { permission: 'orders.edit' },
      schema: {
        operationId: 'addOrderNote',
        tags,
        summary: 'Adds a note to the history',
        params: IdParams,
        body: ref(AddNote),
        response: { 201: ref(HistoryEvent), ...problems },
      },
    },
    (req, reply) => {
      reply.code(201)
      return addNote(req.ctx, req.params.id, req.body.text)
    },
  )
}
