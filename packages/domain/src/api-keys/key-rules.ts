import { type Permission, personalPermissions, type RoleKey, type RoleRights, type Scope } from '../permissions.ts'
import { ok, type Result, refuse } from '../result.ts'
import type { KeyStatus } from './api-key.ts'

/*
 * What a key may be given and what it then may do. A key is never an owner, never has more than the member who made it,
 * and never does what asks for a person. Source: product.md 4.
 */

interface KeyRole extends RoleRights {
  readonly key: RoleKey | null
}

/** Whether a role is one for keys. A key has no orders of its own: with a role that sees nothing else it would see nothing. */
export const suitsKeys = ({ key, scope }: Pick<KeyRole, 'key' | 'scope'>): boolean =>
  key !== 'owner' && scope.some((part) => part !== 'own')

/** Whether somebody may make a key with this role. */
export const mayGiveKey = (maker: RoleRights, role: KeyRole): Result<null> => {
  if (!suitsKeys(role)) return refuse('api_key.role_not_allowed')
  return isWithin(role, maker) ? ok(null) : refuse('api_key.beyond_maker')
}

const isWithin = (role: RoleRights, maker: RoleRights): boolean =>
  role.permissions.every((permission) => maker.permissions.includes(permission) || isPersonal(permission)) &&
  maker.masks.every((mask) => role.masks.includes(mask)) &&
  (maker.scope.includes('all') || role.scope.every((scope) => maker.scope.includes(scope))) &&
  (maker.moveInto === null || (role.moveInto ?? ['any']).every((state) => maker.moveInto?.includes(state)))

const isPersonal = (permission: Permission): boolean => personalPermissions.some((one) => one === permission)

/** What the key may do now: its role's rights, as far as its maker still has them. */
export const rightsOfKey = (role: RoleRights, maker: RoleRights): RoleRights => ({
  permissions: role.permissions.filter(
    (permission) => maker.permissions.includes(permission) && !isPersonal(permission),
  ),
  scope: narrower(role.scope, maker.scope),
  masks: [...new Set([...role.masks, ...maker.masks])],
  moveInto: narrowerStates(role.moveInto, maker.moveInto),
})

const narrower = (one: readonly Scope[], other: readonly Scope[]): readonly Scope[] => {
  if (one.includes('all')) return other
  return other.includes('all') ? one : one.filter((scope) => other.includes(scope))
}

/** Null is any state. */
const narrowerStates = (one: readonly string[] | null, other: readonly string[] | null): readonly string[] | null => {
  if (one === null) return other
  return other === null ? one : one.filter((state) => other.includes(state))
}

export interface KeyFacts {
  readonly expiresAt: string | null
  readonly revokedAt: string | null
  /** When the member who made it lost the access, if so. */
  readonly makerDisabledAt: string | null
}

export const keyStatusOf = ({ expiresAt, revokedAt, makerDisabledAt }: KeyFacts, now: Date): KeyStatus => {
  if (revokedAt !== null) return 'revoked'
  if (expiresAt !== null && Date.parse(expiresAt) <= now.getTime()) return 'expired'
  return makerDisabledAt === null ? 'active' : 'paused'
}
