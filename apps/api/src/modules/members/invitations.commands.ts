import type { User } from '@sendocki/domain/identity/account'
import { checkPassword } from '@sendocki/domain/identity/password'
import {
  type AcceptInvitation,
  type Invitation,
  type InvitationLook,
  type Invite,
  invitationDays,
} from '@sendocki/domain/members/member'
import { mayInviteAs } from '@sendocki/domain/members/member-rules'
import { orRefuse, Refused } from '@sendocki/domain/result'
import { type Ctx, type MerchantTx, memberOf, type PlatformTx, type PublicCtx, systemActor } from '../../context.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import type { OpenSession } from '../../http/session-cookie.ts'
import { randomToken } from '../../secrets.ts'
import {
  type Attempt,
  findMerchant,
  findUser,
  findUserByEmail,
  insertMember,
  insertUser,
  moveSession,
  openSession,
  type Person,
  returnTries,
  sendMail,
  takeTries,
} from '../identity/index.ts'
import {
  findInvitation,
  findOffer,
  insertInvitation,
  listInvitations,
  type Offer,
  revokeInvitations,
  takeOffer,
} from './invitations.queries.ts'
import { findMember, findMemberByEmail, findRole, isMember } from './members.queries.ts'

export const readInvitations = (ctx: Ctx, { limit = 50, cursor }: { limit?: number; cursor?: string }) =>
  ctx.read(async (tx) => {
    const [before = null] = decodeCursor('invitations', cursor, 1) ?? []
    const rows = await listInvitations(tx, { limit, before: before === null ? null : String(before) })
    return pageOf(
      rows,
      limit,
      'invitations',
      ({ id }) => [id],
      (invitation) => invitation,
    )
  })

/** Sends a link that makes its reader a member. An earlier one to the same address is void. */
export const invite = async (ctx: Ctx, { roleId, ...input }: Invite): Promise<Invitation> => {
  const email = input.email.toLowerCase()
  await takeTries(ctx, [
    ['invitation.merchant', ctx.merchantId],
    ['invitation.email', ctx.merchantId, email],
  ])
  return ctx.transaction(async (tx) => {
    const role = await findRole(tx, roleId)
    if (!role) throw new Refused('role.not_found')
    orRefuse(mayInviteAs(role))
    const there = await findMemberByEmail(tx, email)
    if (there) throw new Refused('member.already_there', { memberId: there.id, disabled: there.disabledAt !== null })
    const [inviter, merchant] = await Promise.all([findMember(tx, memberOf(ctx)), findMerchant(tx, tx.merchantId)])
    if (!inviter || !merchant) throw new Refused('auth.forbidden')
    const id = ctx.newId()
    const token = randomToken()
    const now = ctx.now.toISOString()
    for (const earlier of await revokeInvitations(tx, { email }, now)) recordRevoked(ctx, tx, earlier)
    await insertInvitation(tx, {
      ...{ id, email, roleId, invitedBy: inviter.id },
      tokenHash: ctx.secrets.hashToken(token),
      createdAt: now,
      expiresAt: new Date(ctx.now.getTime() + invitationDays * 86_400_000).toISOString(),
    })
    ctx.record(tx, {
      type: 'invitation.sent',
      subject: { kind: 'invitation', id },
      after: { roleId, roleKey: role.key },
    })
    sendMail(
      ctx,
      tx,
      { email, language: merchant.language },
      {
        ...{ kind: 'invitation', inviterName: inviter.fullName, merchantName: merchant.name, token },
        ...{ roleKey: role.key, roleName: role.name },
      },
    )
    const invitation = await findInvitation(tx, id)
    if (!invitation) throw new Refused('invitation.not_found')
    return invitation
  })
}

export const revokeInvitation = (ctx: Ctx, invitationId: string): Promise<null> =>
  ctx.transaction(async (tx) => {
    const revoked = await revokeInvitations(tx, { id: invitationId }, ctx.now.toISOString())
    if (revoked.length === 0) throw new Refused('invitation.not_found')
    recordRevoked(ctx, tx, invitationId)
    return null
  })

const recordRevoked = (ctx: Ctx, tx: MerchantTx, id: string): void => {
  ctx.record(tx, { type: 'invitation.revoked', subject: { kind: 'invitation', id } })
}

/** What a link offers, for whoever holds it. */
export const lookAtInvitation = async (ctx: PublicCtx, token: string): Promise<InvitationLook> => {
  const { offer, user } = await offerOr422(ctx, token)
  const { email, merchantName, roleKey, roleName } = offer
  return { email, merchantName, roleKey, roleName, signInFirst: user !== undefined }
}

/**
 * Makes the link's reader a member. The link proves the address, so a new person needs a name and a password only; a
 * known one must be signed in, because a link in a stolen mailbox must not open their account.
 */
export const acceptInvitation = async (
  ctx: PublicCtx,
  person: Person | null,
  input: AcceptInvitation,
): Promise<OpenSession> => {
  const { offer, user, tokenHash } = await offerOr422(ctx, input.token)
  if (user && user.id !== person?.userId) throw new Refused('auth.sign_in_first', { email: offer.email })
  const newcomer = user ? null : await newcomerOf(ctx, offer, input)
  return ctx.platform(async (tx) => {
    if (!(await takeOffer(tx, tokenHash, ctx.now.toISOString()))) throw new Refused('auth.link_expired')
    const joining = user ?? (newcomer ? await insertUser(tx, newcomer) : undefined)
    // The address got an account between the look and the lock.
    if (!joining) throw new Refused('auth.sign_in_first', { email: offer.email })
    await join(ctx, tx, offer, joining)
    const { merchantId } = offer
    return person && user
      ? moveSession(ctx, tx, person, merchantId)
      : openSession(ctx, tx, joining, { rememberMe: false, merchantId })
  })
}

const offerOr422 = async (ctx: PublicCtx, token: string) => {
  const attempts: Attempt[] = [['invitation.token_at_address', ctx.origin.address]]
  await takeTries(ctx, attempts)
  const tokenHash = ctx.secrets.hashToken(token)
  const found = await ctx.platform(async (tx) => {
    const offer = await findOffer(tx, tokenHash, ctx.now.toISOString())
    if (!offer) return null
    await returnTries(ctx, tx, attempts)
    const known = await findUserByEmail(tx, offer.email)
    return { offer, tokenHash, user: known && (await findUser(tx, known.id)) }
  })
  if (!found) throw new Refused('auth.link_expired')
  return found
}

const newcomerOf = async (ctx: PublicCtx, { email, merchantName }: Offer, input: AcceptInvitation) => {
  const { fullName, password } = input
  if (fullName === undefined || password === undefined) {
    const missing = (['fullName', 'password'] as const).filter((field) => input[field] === undefined)
    throw new Refused(
      'request.invalid',
      undefined,
      missing.map((path) => ({ path, code: 'missing' })),
    )
  }
  orRefuse(checkPassword(password, { email, fullName, merchantName }))
  const passwordHash = await ctx.passwords.hash(password)
  const createdAt = ctx.now.toISOString()
  return { id: ctx.newId(), email, fullName, passwordHash, language: input.language ?? 'fr', createdAt }
}

const join = async (ctx: PublicCtx, tx: PlatformTx, offer: Offer, user: User): Promise<void> => {
  const merchantTx = await tx.inMerchant(offer.merchantId)
  if (await isMember(merchantTx, user.id)) throw new Refused('member.already_there')
  const memberId = ctx.newId()
  await insertMember(merchantTx, {
    id: memberId,
    userId: user.id,
    roleId: offer.roleId,
    fullName: user.fullName,
    email: user.email,
    joinedAt: ctx.now.toISOString(),
  })
  const member = ctx.inMerchant(offer.merchantId, { ...systemActor('member', memberId), userId: user.id, memberId })
  member.record(merchantTx, {
    type: 'member.joined',
    subject: { kind: 'member', id: memberId },
    after: { roleId: offer.roleId, roleKey: offer.roleKey },
    data: { invitationId: offer.invitationId },
  })
}
