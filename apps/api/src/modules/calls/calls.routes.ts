import {
  Call,
  CallAttemptPage,
  CallbackQuery,
  CallbackTime,
  CallContext,
  CallFloor,
  CallLease,
  CallQueue,
  ClaimCall,
  OrderHolder,
  PauseCalls,
  SavedOutcome,
  SaveOutcome,
} from '@sendocki/domain/calls/call-schema'
import { closed, IdParams, pageQuery, ref } from '@sendocki/domain/schema'
import { type Api, done, problems } from '../../http/api.ts'
import { askForCustomer, handOver, keepCustomer, readHolder } from './asking.commands.ts'
import { readAttempts } from './attempts.commands.ts'
import { dialCall, readCall, releaseCall, renewCall, takeOverCall } from './claiming.commands.ts'
import { pauseCalls, readFloor, readQueue } from './floor.commands.ts'
import { claimCall } from './incoming.commands.ts'
import { saveOutcome } from './outcomes.commands.ts'
import { readCallbackTime } from './rules.commands.ts'

const tags = ['Calls']

export const callsRoutes = (app: Api): void => {
  app.get(
    '/customers/:id/attempts',
    {
      config: { permission: 'customers.read' },
      schema: {
        operationId: 'listCustomerAttempts',
        tags,
        summary: 'What was tried to reach a customer, newest first; with the hand on them, for all of their orders',
        params: IdParams,
        querystring: closed(pageQuery),
        response: { 200: ref(CallAttemptPage), ...problems },
      },
    },
    (req) => readAttempts(req.ctx, req.params.id, req.query),
  )
  app.get(
    '/orders/:id/holder',
    {
      config: { permission: 'orders.read' },
      schema: {
        operationId: 'getOrderHolder',
        tags,
        summary: 'Who has the hand on the customer of an order, and whether they are talking',
        params: IdParams,
        response: { 200: ref(OrderHolder), ...problems },
      },
    },
    (req) => readHolder(req.ctx, req.params.id),
  )
  app.post(
    '/orders/:id/ask',
    {
      config: { permission: 'calls.work' },
      schema: {
        operationId: 'askForCustomer',
        tags,
        summary: 'Asks whoever has the hand on the customer of an order to pass it on; stands for a minute',
        params: IdParams,
        response: { 200: ref(OrderHolder), ...problems },
      },
    },
    (req) => askForCustomer(req.ctx, req.params.id),
  )
  app.get(
    '/calls/queue',
    {
      config: { permission: 'calls.work' },
      schema: {
        operationId: 'getCallQueue',
        tags,
        summary: 'What waits to be called: counts by kind, the first of them, and the own figures of the day',
        response: { 200: ref(CallQueue), ...problems },
      },
    },
    (req) => readQueue(req.ctx),
  )
  app.post(
    '/calls/claim',
    {
      // Whoever asks again has the hand already, and gets the same answer.
      config: { permission: 'calls.work', reveals: true, idempotency: 'none' },
      schema: {
        operationId: 'claimCall',
        tags,
        summary: 'The hand on a customer: the next of the queue, of an order, or of whoever calls from a whole number',
        body: ref(ClaimCall),
        response: { 200: ref(Call), 204: done, ...problems },
      },
    },
    async (req, reply) => {
      const call = await claimCall(req.ctx, req.body)
      if (call === null) reply.code(204)
      return call
    },
  )
  app.get(
    '/calls/leases/:id',
    {
      config: { permission: 'calls.work', reveals: true },
      schema: {
        operationId: 'getCall',
        tags,
        summary: 'The customer behind a lease that one holds: their orders, what was tried, what carriers take',
        params: IdParams,
        response: { 200: ref(CallContext), ...problems },
      },
    },
    (req) => readCall(req.ctx, req.params.id),
  )
  app.post(
    '/calls/leases/:id/renew',
    {
      config: { permission: 'calls.work', idempotency: 'none' },
      schema: {
        operationId: 'renewCall',
        tags,
        summary: 'Keeps the hand for another minute',
        params: IdParams,
        response: { 200: ref(CallLease), ...problems },
      },
    },
    (req) => renewCall(req.ctx, req.params.id),
  )
  app.post(
    '/calls/leases/:id/dial',
    {
      config: { permission: 'calls.work' },
      schema: {
        operationId: 'dialCall',
        tags,
        summary: 'Keeps the hand for ten minutes without renewal: the call has begun',
        params: IdParams,
        response: { 200: ref(CallLease), ...problems },
      },
    },
    (req) => dialCall(req.ctx, req.params.id),
  )
  app.post(
    '/calls/leases/:id/release',
    {
      config: { permission: 'calls.work' },
      schema: {
        operationId: 'releaseCall',
        tags,
        summary: 'Lets go of a customer without an outcome',
        params: IdParams,
        response: { 204: done, ...problems },
      },
    },
    (req, reply) => {
      reply.code(204)
      return releaseCall(req.ctx, req.params.id)
    },
  )
  app.post(
    '/calls/leases/:id/hand-over',
    {
      config: { permission: 'calls.work' },
      schema: {
        operationId: 'handOverCall',
        tags,
        summary: 'Passes the customer to the colleague who asks for them',
        params: IdParams,
        response: { 204: done, ...problems },
      },
    },
    (req, reply) => {
      reply.code(204)
      return handOver(req.ctx, req.params.id)
    },
  )
  app.post(
    '/calls/leases/:id/keep',
    {
      config: { permission: 'calls.work' },
      schema: {
        operationId: 'keepCall',
        tags,
        summary: 'Answers a colleague who asks that the customer stays where they are',
        params: IdParams,
        response: { 204: done, ...problems },
      },
    },
    (req, reply) => {
      reply.code(204)
      return keepCustomer(req.ctx, req.params.id)
    },
  )
  app.post(
    '/calls/leases/:id/take-over',
    {
      config: { permission: 'calls.supervise', reveals: true },
      schema: {
        operationId: 'takeOverCall',
        tags,
        summary: 'Takes a customer out of the hand of somebody else',
        params: IdParams,
        response: { 200: ref(Call), ...problems },
      },
    },
    (req) => takeOverCall(req.ctx, req.params.id),
  )
  app.post(
    '/calls/leases/:id/outcome',
    {
      config: { permission: 'calls.work', reveals: true },
      schema: {
        operationId: 'saveCallOutcome',
        tags,
        summary: 'Saves what came of a call and gives out the next one',
        params: IdParams,
        body: ref(SaveOutcome),
        response: { 200: ref(SavedOutcome), ...problems },
      },
    },
    (req) => saveOutcome(req.ctx, { leaseId: req.params.id, ...req.body }),
  )
  app.get(
    '/calls/callback-time',
    {
      config: { permission: 'calls.work' },
      schema: {
        operationId: 'readCallbackTime',
        tags,
        summary: 'The time that words like "demain 15h" mean, within the hours of calls',
        querystring: CallbackQuery,
        response: { 200: ref(CallbackTime), ...problems },
      },
    },
    (req) => readCallbackTime(req.ctx, req.query.text),
  )
  app.post(
    '/calls/pause',
    {
      config: { permission: 'calls.work' },
      schema: {
        operationId: 'pauseCalls',
        tags,
        summary: 'Stops giving out calls to whoever asks, with a reason, or begins again with none',
        body: ref(PauseCalls),
        response: { 204: done, ...problems },
      },
    },
    (req, reply) => {
      reply.code(204)
      return pauseCalls(req.ctx, req.body)
    },
  )
  app.get(
    '/calls/floor',
    {
      config: { permission: 'calls.supervise' },
      schema: {
        operationId: 'getCallFloor',
        tags,
        summary: 'Who is on what, what waits and since when, and how the day goes by the hour',
        response: { 200: ref(CallFloor), ...problems },
      },
    },
    (req) => readFloor(req.ctx),
  )
}
