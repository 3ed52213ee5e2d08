import type { RoleKey } from '../permissions.ts'
import { ok, type Result, refuse } from '../result.ts'

/*
 * Who may change whom. An owner is made and unmade by owners only, there is always at least one, and an invitation never
 * makes one. Source: product.md 4.
 */

/** Who decides: a machine has no role and counts as an owner, because only our own code speaks for one. */
export interface Decider {
  readonly memberId: string | null
  readonly isOwner: boolean
}

export interface Subject {
  readonly id: string
  readonly roleKey: RoleKey | null
  readonly disabledAt: string | null
}

/** Owners who are not disabled, counted while nobody else can change them. */
export type OwnerIds = readonly string[]

const staysOwned = (subject: Subject, owners: OwnerIds): boolean => owners.some((id) => id !== subject.id)

export const mayGiveRole = (
  decider: Decider,
  subject: Subject,
  role: { readonly key: RoleKey | null },
  owners: OwnerIds,
): Result<null> => {
  const touchesOwner = subject.roleKey === 'owner' || role.key === 'owner'
  if (touchesOwner && !decider.isOwner) return refuse('member.owner_protected')
  if (subject.roleKey === 'owner' && role.key !== 'owner' && !staysOwned(subject, owners))
    return refuse('member.last_owner')
  return ok(null)
}

export const mayDisable = (decider: Decider, subject: Subject, owners: OwnerIds): Result<null> => {
  if (subject.roleKey === 'owner' && !decider.isOwner) return refuse('member.owner_protected')
  if (subject.roleKey === 'owner' && !staysOwned(subject, owners)) return refuse('member.last_owner')
  if (subject.id === decider.memberId) return refuse('member.not_yourself')
  return ok(null)
}

/** Enabling an owner again, or ending an owner's sessions: for owners only. */
export const mayTouch = (decider: Decider, subject: Subject): Result<null> =>
  subject.roleKey === 'owner' && !decider.isOwner ? refuse('member.owner_protected') : ok(null)

export const mayInviteAs = (role: { readonly key: RoleKey | null }): Result<null> =>
  role.key === 'owner' ? refuse('invitation.never_owner') : ok(null)
