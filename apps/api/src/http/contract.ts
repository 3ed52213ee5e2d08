import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { targetOf } from '@sendocki/domain/schema'
import type { FastifyInstance } from 'fastify'
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
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      security: [{ bearer: [] }],
    },
    // An upload has no schema to be checked against: its bytes are read by the command. The contract says so all the same.
    transform: ({ schema, url, route }) => {
      const { upload } = (route.config ?? {}) as { upload?: Upload }
      if (!upload) return { schema, url }
      const body = { type: 'string', format: 'binary', maxLength: upload.bytes }
      return { schema: { ...schema, body, consumes: [...upload.types] } as typeof schema, url }
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
