import { createHash } from 'node:crypto'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'

/** A general limit per token or address, told in RateLimit headers. Sign-in and codes have stricter ones of their own. */
export const registerLimits = async (app: FastifyInstance, perMinute: number): Promise<void> => {
  await app.register(rateLimit, {
    global: true,
    max: perMinute,
    timeWindow: 60_000,
    enableDraftSpec: true,
    hook: 'onRequest',
    cache: 20_000,
    keyGenerator: (req) => {
      const { authorization } = req.headers
      return authorization ? createHash('sha256').update(authorization).digest('base64url') : req.ip
    },
    allowList: (req) => !req.url.startsWith('/api/'),
  })
}
