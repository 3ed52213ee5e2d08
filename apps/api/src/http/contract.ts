import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { personalPermissions, type RouteAccess } from '@sendocki/domain/permissions'
import { targetOf } from '@sendocki/domain/schema'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { stringify } from 'yaml'
import type { Upload } from './uploads.ts'

/** Publishes the routes as one OpenAPI 3.1 document, and the page that reads it. */
export const registerContract = async (app: FastifyInstance): Promise<void> => {
  app.addHook('onRoute', (route) => publishSchemas(app, route.schema))
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Sendocki',
        version: '1',
        description: 'Orders, confirmation, delivery and cash of merchants who sell cash on delivery in Morocco.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/' }],
      components: { securitySchemes },
      security: [{ apiKey: [] }, { bearer: [] }],
    },
    // An upload has no schema to be checked against: its bytes are read by the command. The contract says so all the same.
    transform: ({ schema, url, route }) => {
      const { upload, permission } = (route.config ?? {}) as { upload?: Upload; permission?: RouteAccess }
      const guarded = { ...schema, ...securityOf(permission), ...keyHeaderOf(route) } as typeof schema
      if (!upload) return { schema: guarded, url }
      const body = upload.form ?? { type: 'string', format: 'binary', maxLength: upload.bytes }
      return { schema: { ...guarded, body, consumes: [...upload.types] } as typeof schema, url }
    },
    refResolver: { buildLocalReference: (json) => String(json.$id) },
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: false,
    // The bar on top brings a foreign logo whose style element the CSP refuses.
    uiConfig: { layout: 'BaseLayout', docExpansion: 'list', deepLinking: true, persistAuthorization: false },
  })
  const texts = new Map<string, string>()
  const text = (kind: 'yaml' | 'json') => {
    const found = texts.get(kind) ?? (kind === 'yaml' ? contractYaml(app) : JSON.stringify(app.swagger()))
    texts.set(kind, found)
    return found
  }
  app.get('/openapi.yaml', { schema: { hide: true } }, (_req, reply) =>
    reply.type('application/yaml; charset=utf-8').send(text('yaml')),
  )
  app.get('/openapi.json', { schema: { hide: true } }, (_req, reply) =>
    reply.type('application/json; charset=utf-8').send(text('json')),
  )
}

/** How a caller says who they are. The first is what the page offers first. */
const securitySchemes = {
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'sk_…',
    description:
      'An API key, for programs: made in Settings → API keys, shown once, sent as `Authorization: Bearer sk_…`.',
  },
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The access token of a person, from `POST /api/v1/auth/sign-in`; good for 15 minutes.',
  },
} as const

const personal: ReadonlySet<string> = new Set(['session', ...personalPermissions])

/** What anybody may ask needs neither, and what asks for a person takes no key. */
const securityOf = (permission: RouteAccess | undefined): { security?: Record<string, string[]>[] } => {
  if (permission === 'public') return { security: [] }
  return permission !== undefined && personal.has(permission) ? { security: [{ bearer: [] }] } : {}
}

/** The header that keeps a repeated request from acting twice, where it is heard. It is read before any schema is. */
const keyHeaderOf = ({ method, config, schema }: RouteOptions): { headers?: object } => {
  const { permission, idempotency } = config ?? {}
  if (method !== 'POST' || idempotency === 'none' || permission === 'public' || permission === 'session') return {}
  const { properties = {} } = (schema?.headers ?? {}) as { properties?: object }
  const description = `${idempotency === 'required' ? 'Required' : 'Optional'}: the same key and body within 24 hours give the first answer again.`
  const key = { type: 'string', minLength: 1, maxLength: 255, description }
  return { headers: { type: 'object', properties: { ...properties, 'Idempotency-Key': key } } }
}

/** The contract as text, keys sorted, so that a difference is a change. */
export const contractYaml = (app: FastifyInstance): string =>
  stringify(app.swagger({ yaml: false }), { sortMapEntries: true, lineWidth: 0, aliasDuplicateObjects: false })

/** A route that refers to a named schema publishes it; nobody keeps a list. */
const publishSchemas = (app: FastifyInstance, schema: unknown): void => {
  if (typeof schema !== 'object' || schema === null) return
  const target = targetOf(schema)
  if (target) {
    if (app.getSchema(target.$id)) return
    app.addSchema(target)
    publishSchemas(app, target)
    return
  }
  for (const inner of Object.values(schema)) publishSchemas(app, inner)
}
