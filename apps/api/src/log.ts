import type { FastifyBaseLogger } from 'fastify'
import { type DestinationStream, pino } from 'pino'

export type Log = Pick<
  FastifyBaseLogger,
  'info' | 'warn' | 'error' | 'debug' | 'fatal' | 'trace' | 'child' | 'level' | 'silent'
>

/** Keys whose values never reach the log, at any of the depths that we write. */
const secretKeys = [
  'password',
  'code',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'cookie',
  'secret',
  'webhookSecret',
  'credentials',
  'phone',
  'alternatePhone',
  'body',
  'public_key',
  'secret_key',
]
/** A Moroccan number in any notation, and not the middle of an id. */
const phoneInText =
  /(?<![\da-f-])((?:\+|00)?212[ .-]?(?:\(0\) ?)?|0)([ .-]?[5-8])(?:[ .-]?\d){6}[ .-]?(\d[ .-]?\d)(?![\da-f-])/gi

/** JSON lines with secrets removed and phones masked, whatever text they hide in. */
export const createLog = (level: string, destination: DestinationStream = pino.destination(1)) =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `*.*.*.${key}`]),
        censor: '[removed]',
      },
      serializers: { err: (error: unknown) => pino.stdSerializers.err(tellable(error) as Error) },
      hooks: {
        streamWrite: (line) => line.replace(phoneInText, '$1••••••$3'),
      },
    },
    destination,
  )

interface DatabaseFacts {
  readonly code?: string
  readonly constraint?: string
  readonly table?: string
  readonly column?: string
}

/**
 * What the database says of a failed statement carries its values; the statement itself may be told. A key named `code`
 * is never written, because people's codes are secrets: an error's is its `reason`.
 */
const tellable = (error: unknown): unknown => {
  if (!(error instanceof Error)) return error
  const { message, stack, name, cause } = error
  const { code, constraint, table, column } = (cause instanceof Error ? cause : error) as unknown as DatabaseFacts
  const told = Object.assign(new Error(withoutValues(message)), { name, reason: code, constraint, table, column })
  told.stack = withoutValues(stack ?? '')
  return cause instanceof Error ? Object.assign(told, { cause: tellable(cause) }) : told
}

/** A failed statement's text without the values that were given to it. */
export const withoutValues = (text: string): string => text.replace(/\nparams: [\s\S]*?(?=\n {4}at |$)/g, '')
