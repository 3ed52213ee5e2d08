import type { FastifyRequest } from 'fastify'
import type { Api } from './api.ts'
import { jsonBytesMax } from './validation.ts'

/** A request as it came: header names in lower case, the body's exact bytes. */
export interface RawRequest {
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly query: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
}

/**
 * Routes for the deliveries of others. Their signatures are over bytes, so in here nothing parses a body, whatever its
 * content type says; limits hold all the same.
 */
export const registerHooks = async (app: Api, register: (hooks: Api) => void): Promise<void> => {
  await app.register(async (scope) => {
    const hooks = scope as unknown as Api
    hooks.removeAllContentTypeParsers()
    hooks.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: jsonBytesMax }, (_req, body, done) =>
      done(null, body),
    )
    register(hooks)
  })
}

export const rawRequestOf = (req: FastifyRequest): RawRequest => ({
  headers: textsOf(req.headers),
  query: textsOf(req.query as Record<string, unknown>),
  body: Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0),
})

/** A name that comes twice counts as absent: two readers would not agree on which one it means. */
const textsOf = (values: Readonly<Record<string, unknown>>): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]),
  )
