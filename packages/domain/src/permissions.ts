/** Permission = noun + action. Source: product.md 4, the matrix of roles. */
export const permissions = [
  'dashboard.read',
  'orders.read',
  'orders.create',
  'orders.edit',
  'orders.move',
  'orders.assign',
  'orders.export',
  'calls.work',
  'calls.supervise',
  'customers.read',
  'customers.note',
  'customers.edit',
  'customers.block',
  'customers.merge',
  'customers.export',
  'customers.anonymise',
  'segments.read',
  'segments.edit',
  'customers.import',
  'phones.reveal',
  'pipeline.read',
  'pipeline.edit',
  'call_settings.read',
  'call_settings.edit',
  'risk.read',
  'risk.edit',
  'parcels.read',
  'parcels.create',
  'parcels.edit',
  'deliveries.read',
  'deliveries.edit',
  'products.read',
  'products.edit',
  'spellings.edit',
  'carriers.read',
  'carriers.edit',
  'cash.read',
  'cash.edit',
  'conversations.read',
  'conversations.write',
  'whatsapp.edit',
  'automations.read',
  'automations.edit',
  'members.read',
  'members.edit',
  'stores.read',
  'stores.edit',
  'merchant.read',
  'merchant.edit',
  'samples.edit',
  'audit.read',
  'events.read',
  'inbound.read',
  'inbound.replay',
  'api_keys.read',
  'api_keys.edit',
] as const
export type Permission = (typeof permissions)[number]

/**
 * What asks for a person, whatever the role: a key lets in nobody, makes no key, renames no merchant, drives no round and
 * calls nobody.
 * Source: product.md 4.
 */
export const personalPermissions = [
  'members.edit',
  'api_keys.read',
  'api_keys.edit',
  'merchant.edit',
  'deliveries.read',
  'deliveries.edit',
  'calls.work',
  'calls.supervise',
] as const satisfies readonly Permission[]

/** What a route may ask: a permission, a signed-in person whatever the role (`session`), or nobody (`public`). */
export type RouteAccess = Permission | 'session' | 'public'

/** Which rows a role sees; the union of the listed sets, and always an outer AND around a person's own filters. */
export const scopes = ['all', 'team', 'stores', 'own', 'queue'] as const
export type Scope = (typeof scopes)[number]

/** Fields that a role does not see, in any answer, search, sort, filter or error. */
export const masks = ['phone', 'address', 'financials', 'cost'] as const
export type Mask = (typeof masks)[number]

export const roleKeys = ['owner', 'manager', 'confirmation_agent', 'delivery_agent', 'viewer'] as const
export type RoleKey = (typeof roleKeys)[number]

export interface RoleRights {
  readonly permissions: readonly Permission[]
  readonly scope: readonly Scope[]
  readonly masks: readonly Mask[]
  /** States into which the role may move an order; null means any. */
  readonly moveInto: readonly string[] | null
}

/**
 * The five roles that cannot be edited. Source: product.md 4. With the mask `phone` and the permission `phones.reveal`
 * a phone is hidden everywhere but under a lease, each claim written down.
 */
export const builtInRoles: Record<RoleKey, RoleRights> = {
  owner: { permissions, scope: ['all'], masks: [], moveInto: null },
  manager: {
    permissions: permissions.filter((permission) => permission !== 'samples.edit'),
    scope: ['all'],
    masks: [],
    moveInto: null,
  },
  confirmation_agent: {
    permissions: [
      'dashboard.read',
      'orders.read',
      'orders.create',
      'orders.edit',
      'orders.move',
      'calls.work',
      'customers.read',
      'customers.note',
      'phones.reveal',
      'pipeline.read',
      'call_settings.read',
      'products.read',
      'conversations.read',
      'conversations.write',
      'events.read',
    ],
    scope: ['queue', 'own', 'team'],
    masks: ['phone', 'financials', 'cost'],
    moveInto: ['new', 'unreachable', 'to_confirm', 'confirmed', 'cancelled'],
  },
  delivery_agent: {
    permissions: [
      'dashboard.read',
      'orders.read',
      'orders.move',
      'customers.read',
      'pipeline.read',
      'parcels.read',
      'deliveries.read',
      'deliveries.edit',
      'events.read',
    ],
    scope: ['own'],
    masks: ['financials', 'cost'],
    moveInto: ['delivered', 'delivery_failed'],
  },
  viewer: {
    permissions: [
      'dashboard.read',
      'orders.read',
      'customers.read',
      'pipeline.read',
      'products.read',
      'parcels.read',
      'events.read',
    ],
    scope: ['all'],
    masks: ['phone', 'financials', 'cost'],
    moveInto: [],
  },
}
