import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Gives out much at once: limited like a search. */
    costly?: boolean
  }
}

/** Searches, and what gives out much at once, have half of the limit, counted apart. */
const costlyShare = 2

const isCostly = (req: FastifyRequest): boolean =>
  req.routeOptions.config.costly === true || (req.query as { q?: unknown } | undefined)?.q !== undefined

/**
 * A general limit per account, per API key or, without either, per address, told in RateLimit headers: a made-up token is
 * no account, and a key counts for its address until it was met once. Sign-in, codes, invitations and the opening of phones have stricter ones of their own.
 */
export const registerLimits = async (app: FastifyInstance, perMinute: number): Promise<void> => {
  await app.register(rateLimit, {
    // As a hook of each route it would run after authentication, and a wrong token would never be counted.
    global: false,
    max: (req) => (isCostly(req) ? Math.ceil(perMinute / costlyShare) : perMinute),
    timeWindow: 60_000,
    enableDraftSpec: true,
    cache: 20_000,
    keyGenerator: (req) => `${isCostly(req) ? 'costly/' : ''}${req.claims?.sub ?? req.apiKey?.metId ?? req.ip}`,
    allowList: (req) => !req.url.startsWith('/api/'),
  })
  app.addHook('onRequest', app.rateLimit())
}
