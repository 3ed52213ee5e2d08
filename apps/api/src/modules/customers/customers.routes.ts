import {
  BlockCustomer,
  Customer,
  CustomerNote,
  CustomerNotePage,
  CustomerPage,
  CustomerQuery,
  customerFilters,
  EditCustomer,
  MergeCustomer,
  MergeResult,
} from '@sendocki/domain/customers/customer'
import { CustomerTwins } from '@sendocki/domain/customers/twins'
import { AddNote } from '@sendocki/domain/orders/order'
import { Count, closed, IdParams, pageQuery, ref, Uuid } from '@sendocki/domain/schema'
import { Type } from 'typebox'
import { type Api, problems } from '../../http/api.ts'
import { blockCustomer, exceptOrder, unblockCustomer } from './blocks.commands.ts'
import { addNote, openCustomer, readNotes } from './card.commands.ts'
import { editCustomer } from './editing.commands.ts'
import { countAll, readCustomers } from './list.commands.ts'
import { mergeCustomers, undoMerge } from './merges.commands.ts'
import { readTwins } from './twins.commands.ts'

const tags = ['Customers']

export const customersRoutes = (app: Api): void => {
  app.get(
    '/customers',
    {
      config: { permission: 'customers.read' },
      schema: {
        operationId: 'listCustomers',
        tags,
        summary: 'Customers by filters, those who ordered last first unless sorted otherwise',
        querystring: CustomerQuery,
        response: { 200: ref(CustomerPage), ...problems },
      },
    },
    (req) => readCustomers(req.ctx, req.query),
  )
  app.get(
    '/customers/count',
    {
      config: { permission: 'customers.read' },
      schema: {
        operationId: 'countCustomers',
        tags,
        summary: 'How many customers the filters select, up to 1,000 unless exact',
        querystring: closed({ ...customerFilters, exact: Type.Optional(Type.Boolean()) }),
        response: { 200: ref(Count), ...problems },
      },
    },
    (req) => countAll(req.ctx, req.query),
  )
  app.get(
    '/customers/:id',
    {
      config: { permission: 'customers.read', reveals: true },
      schema: {
        operationId: 'getCustomer',
        tags,
        summary: 'One customer: figures, block, consent, other numbers and addresses',
        params: IdParams,
        response: { 200: ref(Customer), ...problems },
      },
    },
    (req) => openCustomer(req.ctx, req.params.id),
  )
  app.patch(
    '/customers/:id',
    {
      config: { permission: 'customers.edit' },
      schema: {
        operationId: 'editCustomer',
        tags,
        summary: 'Changes what is known of a customer, in the version that was read; orders keep their own',
        params: IdParams,
        body: ref(EditCustomer),
        response: { 200: ref(Customer), ...problems },
      },
    },
    (req) => editCustomer(req.ctx, req.params.id, req.body),
  )
  app.get(
    '/customers/:id/notes',
    {
      config: { permission: 'customers.read' },
      schema: {
        operationId: 'listCustomerNotes',
        tags,
        summary: 'What colleagues wrote of a customer, newest first',
        params: IdParams,
        querystring: closed(pageQuery),
        response: { 200: ref(CustomerNotePage), ...problems },
      },
    },
    (req) => readNotes(req.ctx, req.params.id, req.query),
  )
  app.post(
    '/customers/:id/notes',
    {
      config: { permission: 'customers.note' },
      schema: {
        operationId: 'addCustomerNote',
        tags,
        summary: 'Adds a note on a customer; notes are never changed',
        params: IdParams,
        body: ref(AddNote),
        response: { 201: ref(CustomerNote), ...problems },
      },
    },
    (req, reply) => {
      reply.code(201)
      return addNote(req.ctx, req.params.id, req.body.text)
    },
  )
  blockRoutes(app)
  mergeRoutes(app)
}

const mergeRoutes = (app: Api): void => {
  app.get(
    '/customers/:id/twins',
    {
      config: { permission: 'customers.merge' },
      schema: {
        operationId: 'listCustomerTwins',
        tags,
        summary: 'Other cards that may be the same person, the surest first; nothing is merged by itself',
        params: IdParams,
        response: { 200: ref(CustomerTwins), ...problems },
      },
    },
    (req) => readTwins(req.ctx, req.params.id),
  )
  app.post(
    '/customers/:id/merge',
    {
      config: { permission: 'customers.merge' },
      schema: {
        operationId: 'mergeCustomers',
        tags,
        summary: 'Makes another customer this one: orders, notes, numbers, tags; a dry run says what would move',
        params: IdParams,
        body: ref(MergeCustomer),
        response: { 200: ref(MergeResult), ...problems },
      },
    },
    (req) => mergeCustomers(req.ctx, req.params.id, req.body),
  )
  app.post(
    '/customers/merges/:id/undo',
    {
      config: { permission: 'customers.merge' },
      schema: {
        operationId: 'undoCustomerMerge',
        tags,
        summary: 'Takes a merge back: everything goes where it was, what was changed since stays',
        params: IdParams,
        response: { 200: ref(Customer), ...problems },
      },
    },
    (req) => undoMerge(req.ctx, req.params.id),
  )
}

const blockRoutes = (app: Api): void => {
  app.post(
    '/customers/:id/block',
    {
      config: { permission: 'customers.block' },
      schema: {
        operationId: 'blockCustomer',
        tags,
        summary: 'Blocks a customer: their orders arrive and say so; nothing is moved',
        params: IdParams,
        body: ref(BlockCustomer),
        response: { 200: ref(Customer), ...problems },
      },
    },
    (req) => blockCustomer(req.ctx, req.params.id, req.body),
  )
  app.post(
    '/customers/:id/unblock',
    {
      config: { permission: 'customers.block' },
      schema: {
        operationId: 'unblockCustomer',
        tags,
        summary: 'Takes the block of a customer back, and off their orders',
        params: IdParams,
        response: { 200: ref(Customer), ...problems },
      },
    },
    (req) => unblockCustomer(req.ctx, req.params.id),
  )
  app.post(
    '/customers/:id/except',
    {
      config: { permission: 'customers.block' },
      schema: {
        operationId: 'exceptCustomerOrder',
        tags,
        summary: 'Lets one order of a blocked customer through; the block stands for the others',
        params: IdParams,
        body: closed({ orderId: Uuid }),
        response: { 200: ref(Customer), ...problems },
      },
    },
    (req) => exceptOrder(req.ctx, req.params.id, req.body.orderId),
  )
}
