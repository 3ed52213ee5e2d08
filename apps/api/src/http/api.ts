import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { ref } from '@sendocki/domain/schema'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import { Type } from 'typebox'
import { Problem } from './problem.ts'

/** The application as route files see it: bodies, queries and answers are typed by their schemas. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression<RawServerDefault>,
  RawReplyDefaultExpression<RawServerDefault>,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/** The answer of what was done and has nothing to show. */
export const done = Type.Null({ description: 'Done' })

/** The refusals that every operation may answer with. */
export const problems = {
  400: ref(Problem),
  401: ref(Problem),
  403: ref(Problem),
  404: ref(Problem),
  409: ref(Problem),
  413: ref(Problem),
  415: ref(Problem),
  422: ref(Problem),
  429: ref(Problem),
  500: ref(Problem),
  503: ref(Problem),
} as const
