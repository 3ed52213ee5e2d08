import { ApiKey, ApiKeyCreated, ApiKeyPage, ApiKeyQuery, CreateApiKey } from '@sendocki/domain/api-keys/api-key'
import { IdParams, ref } from '@sendocki/domain/schema'
import { type Api, done, problems } from '../../http/api.ts'
import { personOf } from '../../http/auth.ts'
import { confirmPerson } from '../identity/index.ts'
import { createApiKey, readApiKey, readApiKeys, revokeApiKey } from './api-keys.commands.ts'

const tags = ['API keys']

export const apiKeysRoutes = (app: Api): void => {
  app.get(
    '/api-keys',
    {
      config: { permission: 'api_keys.read' },
      schema: {
        operationId: 'listApiKeys',
        tags,
        summary: 'API keys, newest first; revoked ones when asked for',
        querystring: ApiKeyQuery,
        response: { 200: ref(ApiKeyPage), ...problems },
      },
    },
    (req) => readApiKeys(req.ctx, req.query),
  )
  app.post(
    '/api-keys',
    {
      config: { permission: 'api_keys.edit' },
      schema: {
        operationId: 'createApiKey',
        tags,
        summary: 'Makes an API key with a role; the answer is the only one that shows it',
        body: ref(CreateApiKey),
        response: { 201: ref(ApiKeyCreated), ...problems },
      },
    },
    async (req, reply) => {
      const { password, ...input } = req.body
      await confirmPerson(req.publicCtx, personOf(req), password)
      return reply.code(201).send(await createApiKey(req.ctx, input))
    },
  )
  app.get(
    '/api-keys/:id',
    {
      config: { permission: 'api_keys.read' },
      schema: {
        operationId: 'getApiKey',
        tags,
        summary: 'An API key, without the key itself',
        params: IdParams,
        response: { 200: ref(ApiKey), ...problems },
      },
    },
    (req) => readApiKey(req.ctx, req.params.id),
  )
  app.delete(
    '/api-keys/:id',
    {
      config: { permission: 'api_keys.edit' },
      schema: {
        operationId: 'revokeApiKey',
        tags,
        summary: 'Ends an API key for good, at once',
        params: IdParams,
        response: { 204: done, ...problems },
      },
    },
    async (req, reply) => reply.code(204).send(await revokeApiKey(req.ctx, req.params.id)),
  )
}
