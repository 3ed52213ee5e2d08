import { builtInRoles, type Mask, type Permission } from '@sendocki/domain/permissions'
import { can, openMembership, useMe } from '../../lib/me.ts'
import type { Mover } from './moves.ts'

export interface Rights {
  readonly memberId: string | null
  readonly mover: Mover
  readonly can: (permission: Permission) => boolean
  /** Whether the role sees a kind of field. What it does not see never reaches the browser. */
  readonly sees: (mask: Mask) => boolean
}

/** What the person who looks may do with orders. */
export const useRights = (): Rights => {
  const me = useMe()
  const membership = openMembership(me)
  const role = membership?.role
  const key = role?.key ?? null
  return {
    memberId: membership?.memberId ?? null,
    mover: {
      canMove: can(me, 'orders.move'),
      roleKey: key,
      moveInto: key === null ? null : builtInRoles[key].moveInto,
    },
    can: (permission) => can(me, permission),
    sees: (mask) => !role?.masks.some((hidden) => hidden === mask),
  }
}
