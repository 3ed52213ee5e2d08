import type { EditMember, Member, MemberQuery } from '@sendocki/domain/members/member'
import { type Decider, mayDisable, mayGiveRole, mayTouch, type Subject } from '@sendocki/domain/members/member-rules'
import { orRefuse, Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { freeLeasesOf } from '../leases/index.ts'
import { findMember, findRole, listMembers, listRoles, lockOwners, saveMember } from './members.queries.ts'

interface PageQuery {
  readonly limit?: number
  readonly cursor?: string
}
const placeOf = (list: string, { limit = 50, cursor }: PageQuery) => {
  const [after = null] = decodeCursor(list, cursor, 1) ?? []
  return { limit, after: after === null ? null : String(after) }
}

export const readMembers = (ctx: Ctx, query: MemberQuery) =>
  ctx.read(async (tx) => {
    const place = placeOf('members', query)
    const rows = await listMembers(tx, { ...place, disabled: query.disabled })
    return pageOf(
      rows,
      place.limit,
      'members',
      ({ id }) => [id],
      (member) => member,
    )
  })

export const readRoles = (ctx: Ctx, query: PageQuery) =>
  ctx.read(async (tx) => {
    const place = placeOf('roles', query)
    return pageOf(
      await listRoles(tx, place),
      place.limit,
      'roles',
      ({ id }) => [id],
      (role) => role,
    )
  })

export const readMember = (ctx: Ctx, memberId: string): Promise<Member> => ctx.read((tx) => memberOr404(tx, memberId))

const memberOr404 = async (tx: MerchantTx, memberId: string): Promise<Member> => {
  const member = await findMember(tx, memberId)
  if (!member) throw new Refused('member.not_found')
  return member
}

/** Gives another role, felt at the person's next request. */
export const editMember = (ctx: Ctx, memberId: string, { roleId, version }: EditMember): Promise<Member> =>
  ctx.transaction(async (tx) => {
    const owners = await lockOwners(tx)
    const member = await memberOr404(tx, memberId)
    const role = roleId ? await findRole(tx, roleId) : undefined
    if (roleId && !role) throw new Refused('role.not_found')
    if (role) orRefuse(mayGiveRole(deciderOf(ctx), subjectOf(member), role, owners))
    const saved = await saveOrRefuse(tx, member, version, role ? { roleId: role.id } : {})
    if (role && role.id !== member.role.id)
      ctx.record(tx, {
        type: 'member.role_changed',
        subject: { kind: 'member', id: memberId },
        before: { roleId: member.role.id, roleKey: member.role.key },
        after: { roleId: role.id, roleKey: role.key },
      })
    ctx.dropSessions(tx, memberId)
    return saved
  })

/** Closes the merchant to the person at once: sessions end and stay ended, open screens close. Their orders stay theirs. */
export const disableMember = (ctx: Ctx, memberId: string, version: number): Promise<Member> =>
  ctx.transaction(async (tx) => {
    const owners = await lockOwners(tx)
    const member = await memberOr404(tx, memberId)
    orRefuse(mayDisable(deciderOf(ctx), subjectOf(member), owners))
    const now = ctx.now.toISOString()
    const saved = await saveOrRefuse(tx, member, version, {
      disabledAt: member.disabledAt ?? now,
      sessionsEndedAt: now,
    })
    await freeLeasesOf(tx, memberId)
    if (!member.disabledAt) ctx.record(tx, { type: 'member.disabled', subject: { kind: 'member', id: memberId } })
    ctx.dropSessions(tx, memberId)
    return saved
  })

/** Opens the merchant again; the person signs in anew. */
export const enableMember = (ctx: Ctx, memberId: string, version: number): Promise<Member> =>
  ctx.transaction(async (tx) => {
    const member = await memberOr404(tx, memberId)
    orRefuse(mayTouch(deciderOf(ctx), subjectOf(member)))
    const saved = await saveOrRefuse(tx, member, version, { disabledAt: null })
    if (member.disabledAt) ctx.record(tx, { type: 'member.enabled', subject: { kind: 'member', id: memberId } })
    return saved
  })

/** Ends what the person has open in this merchant, without closing it to them. */
export const endMemberSessions = (ctx: Ctx, memberId: string): Promise<Member> =>
  ctx.transaction(async (tx) => {
    const member = await memberOr404(tx, memberId)
    orRefuse(mayTouch(deciderOf(ctx), subjectOf(member)))
    const saved = await saveOrRefuse(tx, member, null, { sessionsEndedAt: ctx.now.toISOString() })
    await freeLeasesOf(tx, memberId)
    ctx.record(tx, { type: 'member.sessions_ended', subject: { kind: 'member', id: memberId } })
    ctx.dropSessions(tx, memberId)
    return saved
  })

const deciderOf = ({ actor }: Ctx): Decider => ({
  memberId: actor.memberId,
  isOwner: actor.role === null || actor.role.key === 'owner',
})

const subjectOf = ({ id, role, disabledAt }: Member): Subject => ({ id, roleKey: role.key, disabledAt })

const saveOrRefuse = async (
  tx: MerchantTx,
  member: Member,
  version: number | null,
  changes: Parameters<typeof saveMember>[3],
): Promise<Member> => {
  const saved = await saveMember(tx, member.id, version, changes)
  if (!saved) throw new Refused('member.changed_meanwhile', { current: member })
  return saved
}
