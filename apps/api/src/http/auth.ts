import fastifyJwt from '@fastify/jwt'
import { type KeyStatus, keyMark } from '@sendocki/domain/api-keys/api-key'
import { keyStatusOf, rightsOfKey } from '@sendocki/domain/api-keys/key-rules'
import { type Language, preferredLanguage } from '@sendocki/domain/language'
import type { RoleKey, RoleRights } from '@sendocki/domain/permissions'
import type { RefusalCode } from '@sendocki/domain/refusals'
import { Refused } from '@sendocki/domain/result'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Actor, type Ctx, type PublicCtx, publicContext, type Rights, type World } from '../context.ts'
import type { ApiKeys, KeyState } from '../db/api-keys.ts'
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
    /** The API key that came, and its id where this process has met it before. */
    apiKey: { readonly text: string; readonly metId: string | null } | null
    /** The world without a merchant: for sign-in, hooks and what is public. */
    publicCtx: PublicCtx
    /** The signed-in person; absent on public routes, and behind an API key. */
    person: SignedInPerson | null
    actor: Actor | null
    /** The sessions, keys, users, members and roles on which what the caller may do depends. */
    dependsOn: readonly string[]
    /** The actor inside the merchant; reading it on a public route is a fault of ours. */
    readonly ctx: Ctx
    merchantCtx: Ctx | null
  }
}

interface Claims {
  readonly sub: string
  readonly sid: string
}

export interface SignedInPerson {
  readonly userId: string
  readonly sessionId: string
  readonly fullName: string
  readonly signedInAt: string
}

/** Whom the token or the key names: asked before the limits, which count by it. Tokens carry `sub` and `sid` only. */
export const registerTokens = async (app: FastifyInstance, world: World, keys: ApiKeys): Promise<void> => {
  await app.register(fastifyJwt, {
    secret: world.secrets.key('jwt'),
    sign: { algorithm: 'HS256', expiresIn: accessTokenSeconds, key: world.secrets.key('jwt') },
    // A token's signature is checked once a minute; the session behind it at each request.
    verify: { algorithms: ['HS256'], requiredClaims: ['sub', 'sid', 'exp'], cache: 20_000, cacheTTL: 60_000 },
  } as never)
  app.decorateRequest('claims', null)
  app.decorateRequest('apiKey', null)
  app.addHook('onRequest', async (req) => {
    const token = bearerOf(req)
    if (token?.startsWith(keyMark)) req.apiKey = { text: token, metId: keys.met(token) }
    else if (token) req.claims = claimsOf(app, token)
  })
}

/** Who is calling, and in which merchant: once, before any route. */
export const registerAuth = (
  app: FastifyInstance,
  world: World,
  { sessions, apiKeys }: { readonly sessions: Sessions; readonly apiKeys: ApiKeys },
): void => {
  app.decorateRequest('publicCtx', null as never)
  app.decorateRequest('person', null)
  app.decorateRequest('actor', null)
  app.decorateRequest('dependsOn', null as never)
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
    const state = req.apiKey ? await findKey(world, apiKeys, req.apiKey.text) : await identify(world, sessions, req)
    const actor = 'keyId' in state ? actorOfKey(state) : actorOf(state)
    if (!('keyId' in state)) req.person = personIn(state)
    else if (mayBeAnybody || permission === 'session') throw new Refused('auth.person_required')
    if (actor && state.merchantId) {
      req.actor = actor
      req.dependsOn = dependenciesOf(state)
      req.merchantCtx = idempotencyOf(req, req.publicCtx, state.merchantId, actor)
    }
    if (!mayBeAnybody && permission !== 'session') requirePermission(req.ctx, permission)
  })
}

const dependenciesOf = (state: SessionState | KeyState): string[] =>
  ('keyId' in state
    ? [state.keyId, state.roleId, state.makerId, state.makerRoleId]
    : [state.sessionId, state.userId, state.memberId, state.roleId]
  ).filter((id) => id !== null)

const personIn = ({ userId, sessionId, fullName, startedAt }: SessionState): SignedInPerson => ({
  ...{ userId, sessionId, fullName },
  signedInAt: startedAt,
})

/** The signed-in person; on a route that asks for nobody there is none. */
export const personOf = (req: FastifyRequest): SignedInPerson => {
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

const refusalOfStatus: Readonly<Record<Exclude<KeyStatus, 'active'>, RefusalCode>> = {
  expired: 'api_key.expired',
  revoked: 'api_key.revoked',
  paused: 'api_key.paused',
}

const findKey = async (world: World, keys: ApiKeys, key: string): Promise<KeyState> => {
  const state = await keys.find(key)
  if (!state) throw new Refused('api_key.unknown')
  const now = world.clock()
  const status = keyStatusOf(state, now)
  if (status !== 'active') throw new Refused(refusalOfStatus[status])
  keys.use(state, now)
  return state
}

const bearerOf = ({ headers }: FastifyRequest): string | null => {
  const [scheme, token, ...rest] = (headers.authorization ?? '').split(' ')
  return scheme?.toLowerCase() === 'bearer' && token && rest.length === 0 ? token : null
}

const claimsOf = (app: FastifyInstance, token: string): Claims | null => {
  try {
    const { sub, sid } = app.jwt.verify<{ sub: unknown; sid: unknown }>(token)
    return typeof sub === 'string' && typeof sid === 'string' ? { sub, sid } : null
  } catch {
    return null
  }
}

const actorOf = (state: SessionState): Actor | null => {
  if (!state.memberId || !state.roleId) return null
  const role = rightsOf(state.roleId, state.roleKey, {
    permissions: state.permissions ?? [],
    scope: state.scope ?? [],
    masks: state.masks ?? [],
    moveInto: state.moveInto,
  })
  return { kind: 'member', id: state.memberId, name: null, userId: state.userId, memberId: state.memberId, role }
}

/** A key acts in its own name: it is no member, and has no orders of its own. */
const actorOfKey = ({ keyId, name, roleId, roleKey, role, makerRole }: KeyState): Actor => ({
  kind: 'key',
  id: keyId,
  name,
  userId: null,
  memberId: null,
  role: rightsOf(roleId, roleKey, rightsOfKey(role, makerRole)),
})

const rightsOf = (id: string, key: RoleKey | null, { permissions, scope, masks, moveInto }: RoleRights): Rights => ({
  ...{ id, key, scope, moveInto },
  permissions: new Set(permissions),
  masks: new Set(masks),
})
