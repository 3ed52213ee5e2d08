import { IncomingCallList, PbxCreated, PbxState } from '@sendocki/domain/calls/pbx'
import { ref } from '@sendocki/domain/schema'
import { Type } from 'typebox'
import { type Api, done, problems } from '../../http/api.ts'
import { rawRequestOf } from '../../http/hooks.ts'
import { connectPbx, disconnectPbx, readIncoming, readPbx, receivePbx } from './pbx.commands.ts'

const tags = ['Calls']

export const pbxRoutes = (app: Api): void => {
  app.get(
    '/calls/incoming',
    {
      config: { permission: 'calls.work' },
      schema: {
        operationId: 'listIncomingCalls',
        tags,
        summary: 'Calls that come in now, as the exchange tells of them, and that nobody has opened',
        response: { 200: ref(IncomingCallList), ...problems },
      },
    },
    (req) => readIncoming(req.ctx),
  )
  app.get(
    '/calls/pbx',
    {
      config: { permission: 'call_settings.edit' },
      schema: {
        operationId: 'getPbx',
        tags,
        summary: 'The address to which the telephone exchange posts',
        response: { 200: ref(PbxState), ...problems },
      },
    },
    (req) => readPbx(req.ctx),
  )
  app.post(
    '/calls/pbx',
    {
      config: { permission: 'call_settings.edit' },
      schema: {
        operationId: 'connectPbx',
        tags,
        summary:
          'An address and a secret for the telephone exchange, in the place of any before; the secret is shown once',
        response: { 201: ref(PbxCreated), ...problems },
      },
    },
    async (req, reply) => reply.code(201).send(await connectPbx(req.ctx)),
  )
  app.delete(
    '/calls/pbx',
    {
      config: { permission: 'call_settings.edit' },
      schema: {
        operationId: 'disconnectPbx',
        tags,
        summary: 'Hears of the telephone exchange no longer',
        response: { 204: done, ...problems },
      },
    },
    (req, reply) => {
      reply.code(204)
      return disconnectPbx(req.ctx)
    },
  )
}

/** Where telephone exchanges deliver. The answer tells that the delivery is kept, and nothing else. */
export const pbxHooksRoutes = (hooks: Api): void => {
  hooks.post(
    '/hooks/pbx/:hookId',
    {
      config: { permission: 'public', idempotency: 'none' },
      schema: {
        operationId: 'receivePbxDelivery',
        tags: ['Hooks'],
        summary: 'A call started, was answered or ended: signed like our own hook for orders, kept before it is read',
        params: Type.Object({ hookId: Type.String({ maxLength: 200 }) }),
        response: { 200: Type.Object({}), ...problems },
      },
    },
    async (req) => {
      await receivePbx(req.publicCtx, req.params.hookId, rawRequestOf(req))
      return {}
    },
  )
}
