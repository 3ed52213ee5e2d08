import fastifyJwt from '@fastify/jwt'
import { type Language, preferredLanguage } from '@sendocki/domain/language'
import { Refused } from '@sendocki/domain/result'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Actor, type Ctx, type PublicCtx, publicContext, type Rights, type World } from '../context.ts'
import type { SessionState, Sessions } from '../db/sessions.ts'
import { requirePermission } from './access.ts'
import { idempotencyOf } from './idempotency.ts'

export const accessTokenSeconds = 15 * 60

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A public route that does more for somebody who says who they are. */
    knowsPerson?: boolean
  }
  interface FastifyRequest {
    /** Whom a token of ours names, before its session was looked at; null without one. */
    claims: Claims | null
    /** The world without a merchant: for sign-in, hooks and what is public. */
    publicCtx: PublicCtx
    /** The signed-in person; absent on public routes. */
    person: { readonly userId: string; readonly sessionId: string; readonly fullName: string } | null
    actor: Actor | null
    /** The actor inside the merchant; reading it on a public route is a fault of ours. */
    readonly ctx: Ctx
    merchantCtx: Ctx | null
  }
}

interface Claims {
  readonly sub: string
  readonly sid: string
}

/** Whom the token names: asked before the limits, which count by account. Tokens carry `sub` and `sid` only. */
export const registerTokens = async (app: FastifyInstance, world: World): Promise<void> => {
  await app.register(fastifyJwt, {
    secret: world.secrets.key('jwt'),
    sign: { algorithm: 'HS256', expiresIn: accessTokenSeconds, key: world.secrets.key('jwt') },
    // A token's signature is checked once a minute; the session behind it at each request.
    verify: { algorithms: ['HS256'], requiredClaims: ['sub', 'sid', 'exp'], cache: 20_000, cacheTTL: 60_000 },
  } as never)
  app.decorateRequest('claims', null)
  app.addHook('onRequest', async (req) => {
    req.claims = claimsOf(app, req)
  })
}

/** Who is calling, and in which merchant: once, before any route. */
export const registerAuth = (app: FastifyInstance, world: World, sessions: Sessions): void => {
  app.decorateRequest('publicCtx', null as never)
  app.decorateRequest('person', null)
  app.decorateRequest('actor', null)
  app.decorateRequest('merchantCtx', null)
  app.decorateRequest('ctx', {
    getter(this: FastifyRequest) {
      if (!this.merchantCtx) throw new Refused(this.person ? 'auth.forbidden' : 'auth.required')
      return this.merchantCtx
    },
  } as never)
  app.addHook('onRequest', async (req) => {
    req.publicCtx = publicContext(world, originOf(req))
    const { permission } = req.routeOptions.config
    const mayBeAnybody = !permission || permission === 'public'
    if (mayBeAnybody && !(req.routeOptions.config.knowsPerson && req.headers.authorization)) return
    const state = await identify(world, sessions, req)
    req.person = { userId: state.userId, sessionId: state.sessionId, fullName: state.fullName }
    const actor = actorOf(state)
    if (actor && state.merchantId) {
      req.actor = actor
      req.merchantCtx = idempotencyOf(req, req.publicCtx, state.merchantId, actor)
    }
    if (!mayBeAnybody && permission !== 'session') requirePermission(req.ctx, permission)
  })
}

/** The signed-in person; on a route that asks for nobody there is none. */
export const personOf = (req: FastifyRequest): { readonly userId: string; readonly sessionId: string } => {
  if (!req.person) throw new Refused('auth.required')
  return req.person
}

/** The language of a person who has not chosen one yet. */
export const languageOf = (req: FastifyRequest): Language => preferredLanguage(req.headers['accept-language'])

const originOf = (req: FastifyRequest): PublicCtx['origin'] => ({
  address: req.ip,
  userAgent: (req.headers['user-agent'] ?? '').slice(0, 300),
  requestId: req.id,
})

const identify = async (world: World, sessions: Sessions, { claims }: FastifyRequest): Promise<SessionState> => {
  const state = claims && (await sessions.find(claims.sid, world.clock()))
  if (!state || state.userId !== claims.sub) throw new Refused('auth.required')
  return state
}

const claimsOf = (app: FastifyInstance, { headers }: FastifyRequest): Claims | null => {
  const [scheme, token, ...rest] = (headers.authorization ?? '').split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0) return null
  try {
    const { sub, sid } = app.jwt.verify<{ sub: unknown; sid: unknown }>(token)
    return typeof sub === 'string' && typeof sid === 'string' ? { sub, sid } : null
  } catch {
    return null
  }
}

const actorOf = (state: SessionState): Actor | null => {
  if (!state.memberId || !state.roleId) return null
  const role: Rights = {
    id: state.roleId,
    key: state.roleKey,
    permissions: new Set(state.permissions),
    scope: state.scope ?? [],
    masks: new Set(state.masks),
    moveInto: state.moveInto,
  }
  return { kind: 'member', id: state.memberId, name: null, userId: state.userId, memberId: state.memberId, role }
}
