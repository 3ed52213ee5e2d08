import { type Static, Type } from 'typebox'
import { GivenPassword } from '../identity/account.ts'
import { RoleName } from '../members/member.ts'
import { closed, Instant, Line, named, nullable, oneOf, page, pageQuery, ref, Uuid } from '../schema.ts'

/** How a key begins: what tells it from an access token, and lets scanners find one that was published. Source: api.md 1. */
export const keyMark = 'sk_'
/** How many keys a merchant may have that are not revoked. */
export const liveKeysMax = 50

/** Paused: as long as the member who made it has no access. */
export const keyStatuses = ['active', 'expired', 'revoked', 'paused'] as const
export type KeyStatus = (typeof keyStatuses)[number]

const facts = {
  id: Uuid,
  name: Type.String(),
  /** The first signs, by which a key is recognised; the rest is known to nobody. */
  prefix: Type.String(),
  role: RoleName,
  status: oneOf(keyStatuses),
  createdBy: Type.Object({ id: Uuid, name: Type.String() }),
  createdAt: Instant,
  /** Null for a key that does not expire. */
  expiresAt: nullable(Instant),
  revokedAt: nullable(Instant),
  /** Exact to the minute; null until the first use. */
  lastUsedAt: nullable(Instant),
}

export const ApiKey = named('ApiKey', Type.Object(facts))
export type ApiKey = Static<typeof ApiKey>
export const ApiKeyPage = page('ApiKeyPage', ref(ApiKey))
export const ApiKeyQuery = closed({ ...pageQuery, revoked: Type.Optional(Type.Boolean()) })
export type ApiKeyQuery = Static<typeof ApiKeyQuery>

export const CreateApiKey = named(
  'CreateApiKey',
  closed({
    name: Line(80),
    roleId: Uuid,
    expiresAt: Type.Optional(nullable(Instant)),
    /** Asked for unless the person has just signed in: a key lasts longer than the session that made it. */
    password: Type.Optional(GivenPassword),
  }),
)
export type CreateApiKey = Static<typeof CreateApiKey>

/** The one answer that shows the key itself; it is not kept in a form that could be shown again. */
export const ApiKeyCreated = named(
  'ApiKeyCreated',
  Type.Object({
    ...facts,
    key: nullable(Type.String({ 'x-secret': true, description: 'Shown once; null in a repeated answer' })),
  }),
)
export type ApiKeyCreated = Static<typeof ApiKeyCreated>
