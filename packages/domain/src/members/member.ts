import { type Static, Type } from 'typebox'
import { LinkToken, NewPassword } from '../identity/account.ts'
import { languages } from '../language.ts'
import { roleKeys } from '../permissions.ts'
import { closed, Email, Instant, Line, named, nullable, oneOf, page, pageQuery, ref, Uuid, Version } from '../schema.ts'

/** For how long an invitation's link opens the door. */
export const invitationDays = 7

/** A role as it is named beside whoever has it. */
export const RoleName = Type.Object({ id: Uuid, key: nullable(oneOf(roleKeys)), name: Type.String() })

export const Member = named(
  'Member',
  Type.Object({
    id: Uuid,
    fullName: Type.String(),
    email: Type.String(),
    role: RoleName,
    joinedAt: Instant,
    disabledAt: nullable(Instant),
    version: Version,
  }),
)
export type Member = Static<typeof Member>
export const MemberPage = page('MemberPage', ref(Member))
export const MemberQuery = closed({ ...pageQuery, disabled: Type.Optional(Type.Boolean()) })
export type MemberQuery = Static<typeof MemberQuery>

export const EditMember = named('EditMember', closed({ roleId: Type.Optional(Uuid), version: Version }))
export type EditMember = Static<typeof EditMember>
export const DisableMember = named('DisableMember', closed({ version: Version }))
export const ReassignMember = named('ReassignMember', closed({ toMemberId: nullable(Uuid) }))
/** How many open orders have changed hands at once; of many, the rest follow within moments. */
export const Reassigned = named('Reassigned', Type.Object({ orders: Type.Integer() }))
export type Reassigned = Static<typeof Reassigned>

export const Invitation = named(
  'Invitation',
  Type.Object({
    id: Uuid,
    email: Type.String(),
    role: RoleName,
    invitedBy: Type.Object({ id: Uuid, name: Type.String() }),
    createdAt: Instant,
    expiresAt: Instant,
  }),
)
export type Invitation = Static<typeof Invitation>
export const InvitationPage = page('InvitationPage', ref(Invitation))
export const Invite = named('Invite', closed({ email: Email, roleId: Uuid }))
export type Invite = Static<typeof Invite>

export const LookAtInvitation = named('LookAtInvitation', closed({ token: LinkToken }))
/** What the holder of an invitation's link sees before accepting. */
export const InvitationLook = named(
  'InvitationLook',
  Type.Object({
    email: Type.String(),
    merchantName: Type.String(),
    roleKey: nullable(oneOf(roleKeys)),
    roleName: Type.String(),
    /** True for somebody who has an account already: they sign in and accept; nobody else can in their name. */
    signInFirst: Type.Boolean(),
  }),
)
export type InvitationLook = Static<typeof InvitationLook>
export const AcceptInvitation = named(
  'AcceptInvitation',
  closed({
    token: LinkToken,
    /** For somebody new: both are needed. */
    fullName: Type.Optional(Line(120)),
    password: Type.Optional(NewPassword),
    language: Type.Optional(oneOf(languages)),
  }),
)
export type AcceptInvitation = Static<typeof AcceptInvitation>
