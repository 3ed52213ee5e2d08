import type { Actor, MerchantTx } from '../../context.ts'
import { findRights } from './members.queries.ts'

/**
 * The member as a job acts in their name, with the rights that they have now; null when they are gone. What was asked an
 * hour ago is done with today's role.
 */
export const actorOfMember = async (tx: MerchantTx, memberId: string): Promise<Actor | null> => {
  const found = await findRights(tx, memberId)
  if (!found) return null
  const { roleId, roleKey, permissions, scope, masks, moveInto, userId } = found
  return {
    kind: 'member',
    id: memberId,
    name: null,
    userId,
    memberId,
    role: { id: roleId, key: roleKey, permissions: new Set(permissions), scope, masks: new Set(masks), moveInto },
  }
}
