import type { FastifyBaseLogger } from 'fastify'
import { pino } from 'pino'

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
const phoneInText = /(\+212|00212|0)[5-8]\d{6}(\d{2})/g

/** JSON lines with secrets removed and phones masked, whatever text they hide in. */
export const createLog = (level: string) =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `*.*.*.${key}`]),
      censor: '[removed]',
    },
    hooks: {
      streamWrite: (line) => line.replace(phoneInText, '$1••••••$2'),
    },
  })
