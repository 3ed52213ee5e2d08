import {
  type Mask,
  masks,
  type Permission,
  permissions,
  personalPermissions,
  type RouteAccess,
} from '@sendocki/domain/permissions'
import { maskPhone } from '@sendocki/domain/phone-format'
import { Refused } from '@sendocki/domain/result'
import { targetOf } from '@sendocki/domain/schema'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import type { Ctx } from '../context.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call: a permission, a signed-in person, or anybody. A route without it does not start. */
    permission?: RouteAccess
    /** Makes the Idempotency-Key header mandatory: the call creates money or parcels. */
    idempotency?: 'required' | 'none'
    /** Shows phones to a role that may see them on what it opens; the route's command writes the opening down. */
    reveals?: boolean
    /** Which fields of the answer roles may not see; found in its schema when the route is registered. */
    hidden?: readonly HiddenField[]
  }
}

type Hide = (value: unknown) => unknown
export interface HiddenField {
  readonly path: readonly string[]
  readonly mask: Mask
}

/**
 * Permission and masks, declared with the route and enforced here for all of them. Fields marked `x-mask` in an answer's
 * schema are hidden from the roles that must not see them, just before the answer is serialised: no route can forget.
 */
export const registerAccess = (app: FastifyInstance): void => {
  app.addHook('onRoute', (route) => {
    if (!route.url.startsWith('/api/') && !route.url.startsWith('/hooks/')) return
    if (route.method === 'HEAD') return
    const { permission } = route.config ?? {}
    if (!permission || !['public', 'session', ...permissions].includes(permission))
      throw new Error(`${String(route.method)} ${route.url} declares no permission.`)
    route.schema = { ...route.schema, 'x-permission': permission } as RouteOptions['schema'] & object
    const hidden = hiddenFieldsOf(route)
    if (hidden.length === 0) return
    route.config = { ...route.config, hidden } as RouteOptions['config'] & object
    route.preSerialization = [
      ...[route.preSerialization ?? []].flat(),
      // A refusal has a shape of its own, and hides what it shows of the resource itself.
      async (req: FastifyRequest, reply: FastifyReply, payload: unknown) =>
        reply.statusCode < 300 ? hideFields(req, payload) : payload,
    ] as RouteOptions['preSerialization'] & object
  })
}

const personal: ReadonlySet<Permission> = new Set(personalPermissions)

/** Refuses when the actor's role lacks the permission. An empty list of permissions refuses everything. */
export const requirePermission = ({ actor }: Ctx, permission: Permission): void => {
  if (!actor.role || actor.role.permissions.has(permission)) return
  throw new Refused(actor.kind === 'key' && personal.has(permission) ? 'auth.person_required' : 'auth.forbidden')
}

/** The route's answer as the actor's role may see it. Also for the resource that a refusal carries along. */
export const hideFields = (req: FastifyRequest, payload: unknown): unknown => {
  const role = req.actor?.role
  const { hidden = [], reveals } = req.routeOptions.config
  if (!role || role.masks.size === 0) return payload
  const opened = reveals === true && role.permissions.has('phones.reveal')
  let result = payload
  for (const { path, mask } of hidden)
    if (role.masks.has(mask) && !(opened && mask === 'phone')) result = replaceAt(result, path, hideBy[mask])
  return result
}

/** A hidden phone keeps its length; other hidden values are null. */
const hideBy: Record<Mask, Hide> = {
  phone: (value) => (typeof value === 'string' ? maskPhone(value) : value === true || value === false ? true : null),
  address: () => null,
  financials: () => null,
  cost: () => null,
}

/** A copy with the value at the path replaced; `*` walks the items of a list. Answers may share cached objects. */
const replaceAt = (value: unknown, path: readonly string[], hide: Hide): unknown => {
  const [head, ...rest] = path
  if (value === null || value === undefined) return value
  if (head === undefined) return hide(value)
  if (head === '*') return Array.isArray(value) ? value.map((item) => replaceAt(item, rest, hide)) : value
  if (typeof value !== 'object' || !(head in value)) return value
  return { ...value, [head]: replaceAt((value as Record<string, unknown>)[head], rest, hide) }
}

interface SchemaNode {
  readonly 'x-mask'?: Mask
  readonly properties?: Record<string, SchemaNode>
  readonly items?: SchemaNode
  readonly anyOf?: readonly SchemaNode[]
  readonly allOf?: readonly SchemaNode[]
}

const hiddenFieldsOf = (route: RouteOptions): HiddenField[] => {
  const answers = ((route.schema as { response?: Record<string, unknown> } | undefined)?.response ?? {}) as Record<
    string,
    SchemaNode
  >
  return Object.entries(answers)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, schema]) => fieldsIn(schema, [], 0))
}

const fieldsIn = (schema: SchemaNode, path: readonly string[], depth: number): HiddenField[] => {
  if (depth > 12) return []
  const node = (targetOf(schema) as SchemaNode | undefined) ?? schema
  const mask = schema['x-mask'] ?? node['x-mask']
  if (mask && masks.includes(mask)) return [{ path, mask }]
  const next = depth + 1
  return [
    ...Object.entries(node.properties ?? {}).flatMap(([key, inner]) => fieldsIn(inner, [...path, key], next)),
    ...(node.items ? fieldsIn(node.items, [...path, '*'], next) : []),
    ...[...(node.anyOf ?? []), ...(node.allOf ?? [])].flatMap((inner) => fieldsIn(inner, path, next)),
  ]
}
