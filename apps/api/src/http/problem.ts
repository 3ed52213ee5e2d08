import type { Socket } from 'node:net'
import type { RefusalCode } from '@sendocki/domain/refusals'
import { type Refusal, Refused } from '@sendocki/domain/result'
import { named, nullable } from '@sendocki/domain/schema'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { hideFields } from './access.ts'
import { bareHeaders } from './security.ts'
import { statusOf } from './statuses.ts'

/** RFC 9457, with our code and its facts: the sentence belongs to the reader's language. */
export const Problem = named(
  'Problem',
  Type.Object({
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({ description: 'noun.what_happened' }),
    params: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    fields: Type.Optional(Type.Array(Type.Object({ path: Type.String(), code: Type.String() }))),
    requestId: Type.String(),
    current: Type.Optional(nullable(Type.Unknown())),
  }),
)
export type Problem = Static<typeof Problem>

declare module 'fastify' {
  interface FastifyRequest {
    /** Why the request was refused, once it was. */
    refusal: RefusalCode | null
  }
}

/** Seconds after which asking again makes sense, told in Retry-After. */
const retryAfter: Partial<Record<number, string>> = { 429: '60', 503: '5' }

const titles: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  408: 'Too slow',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported type',
  422: 'Refused',
  429: 'Too many requests',
  431: 'Header too large',
  500: 'Failed',
  503: 'Unavailable',
}

export const problemOf = (refusal: Refusal, requestId: string): Problem => {
  const status = statusOf[refusal.code]
  const { current, ...params } = refusal.params ?? {}
  return {
    type: `/docs#${refusal.code}`,
    title: titles[status] ?? 'Refused',
    status,
    code: refusal.code,
    ...(Object.keys(params).length > 0 ? { params } : {}),
    ...(refusal.fields ? { fields: [...refusal.fields] } : {}),
    ...(current === undefined ? {} : { current }),
    requestId,
  }
}

export const sendProblem = (req: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply => {
  req.refusal = refusal.code
  const problem = problemOf(refusal, req.id)
  if (problem.current) problem.current = hideFields(req, problem.current)
  const wait = refusal.params?.retryAfterSeconds
  const after = typeof wait === 'number' ? String(Math.ceil(wait)) : retryAfter[problem.status]
  if (after && !reply.hasHeader('retry-after')) reply.header('retry-after', after)
  // Nobody reads the rest of what is too large.
  if (problem.status === 413) reply.header('connection', 'close')
  return reply
    .code(problem.status)
    .serializer(JSON.stringify)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(problem)
}

const unreadable: Record<string, RefusalCode> = {
  HPE_HEADER_OVERFLOW: 'request.header_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request.too_slow',
}

/** Bytes that are no request reach no route: answered in the same shape, and the connection ends. */
export const refuseUnreadable = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const problem = problemOf({ code: unreadable[error.code ?? ''] ?? 'request.invalid' }, crypto.randomUUID())
  const body = JSON.stringify(problem)
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
    'content-type: application/problem+json; charset=utf-8',
    ...Object.entries(bareHeaders).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  socket.destroySoon()
}

/** Fastify's own errors, in our words. Whatever is not listed and not expected is a 500 without a detail. */
const refusalOf = (error: FastifyError): Refusal | undefined => {
  if (error instanceof Refused) return error.refusal
  if (error.validation) return { code: 'request.invalid', fields: fieldsOf(error) }
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return { code: 'request.too_large' }
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return { code: 'request.unsupported_type' }
  const { statusCode } = error
  if (statusCode === 429) return { code: 'request.too_many' }
  if (statusCode === 413) return { code: 'request.too_large' }
  if (statusCode === 404) return { code: 'request.not_found' }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return { code: 'request.invalid' }
  return undefined
}

const fieldCodes: Record<string, string> = {
  required: 'missing',
  additionalProperties: 'unknown',
  type: 'wrong_type',
  enum: 'not_in_list',
  format: 'wrong_format',
  pattern: 'wrong_format',
  minLength: 'too_short',
  maxLength: 'too_long',
  minimum: 'too_small',
  maximum: 'too_large',
  exclusiveMinimum: 'too_small',
  exclusiveMaximum: 'too_large',
  minItems: 'too_few',
  maxItems: 'too_many',
  uniqueItems: 'repeated',
}

const fieldsOf = (error: FastifyError): { path: string; code: string }[] =>
  (error.validation ?? []).slice(0, 50).map(({ instancePath, keyword, params }) => {
    const leaf = params.missingProperty ?? params.additionalProperty
    const path = `${instancePath}${leaf === undefined ? '' : `/${String(leaf)}`}`
    return { path: path.replace(/^\//, '').replaceAll('/', '.').slice(0, 200), code: fieldCodes[keyword] ?? 'invalid' }
  })

/** What PostgreSQL says of a text that is no uuid, instant or number. */
const notStorable = ['22P02', '22007', '22008', '22003']

/** A cursor of the right shape that was made by hand: its parts reach the database before anything can tell. */
const madeCursor = (req: FastifyRequest, error: Error): Refusal | undefined => {
  const { code } = (error.cause ?? error) as { code?: string }
  const hasCursor = (req.query as { cursor?: string } | undefined)?.cursor !== undefined
  return hasCursor && notStorable.includes(code ?? '')
    ? { code: 'request.invalid', fields: [{ path: 'cursor', code: 'wrong_format' }] }
    : undefined
}

/** Every failure leaves as one shape; a surprise is logged once with its request id and tells nothing outside. */
export const registerProblems = (app: FastifyInstance): void => {
  app.decorateRequest('refusal', null)
  app.setErrorHandler((error: FastifyError, req, reply) => {
    const refusal = refusalOf(error) ?? madeCursor(req, error)
    if (!refusal) req.log.error({ err: error, requestId: req.id }, 'request failed')
    else if (refusal.code === 'server.unavailable') req.log.warn({ cause: String(error.cause) }, 'database away')
    return sendProblem(req, reply, refusal ?? { code: 'server.failed' })
  })
}
