import type { Invitation } from '@sendocki/domain/members/member'
import type { RoleKey } from '@sendocki/domain/permissions'
import { and, desc, eq, gt, isNull, lt, type SQL } from 'drizzle-orm'
import type { MerchantTx, PlatformTx } from '../../context.ts'
import { invitations, members, roles } from '../../db/schema/members.ts'
import { merchants } from '../../db/schema/platform.ts'

const isOpen = and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt)) as SQL

/** Invitations that nobody has accepted or revoked, newest first, by primary key. Expired ones are among them. */
export const listInvitations = (
  tx: MerchantTx,
  { limit, before }: { limit: number; before: string | null },
): Promise<Invitation[]> => select(tx, before ? lt(invitations.id, before) : undefined).limit(limit + 1)

/** By primary key, while it is open. */
export const findInvitation = async (tx: MerchantTx, invitationId: string): Promise<Invitation | undefined> =>
  (await select(tx, eq(invitations.id, invitationId)).limit(1))[0]

const select = (tx: MerchantTx, where: SQL | undefined) =>
  tx.db
    .select({
      id: invitations.id,
      email: invitations.email,
      role: { id: roles.id, key: roles.key, name: roles.name },
      invitedBy: { id: members.id, name: members.fullName },
      createdAt: invitations.createdAt,
      expiresAt: invitations.expiresAt,
    })
    .from(invitations)
    .innerJoin(roles, and(eq(roles.merchantId, invitations.merchantId), eq(roles.id, invitations.roleId)))
    .innerJoin(members, and(eq(members.merchantId, invitations.merchantId), eq(members.id, invitations.invitedBy)))
    .where(and(eq(invitations.merchantId, tx.merchantId), isOpen, where))
    .orderBy(desc(invitations.id))

export const insertInvitation = async (
  tx: MerchantTx,
  row: Omit<typeof invitations.$inferInsert, 'merchantId'>,
): Promise<void> => {
  await tx.db.insert(invitations).values({ ...row, merchantId: tx.merchantId })
}

/** Revokes the open invitations of an address or the one with the id; returns which. */
export const revokeInvitations = async (
  tx: MerchantTx,
  which: { id: string } | { email: string },
  now: string,
): Promise<string[]> =>
  (
    await tx.db
      .update(invitations)
      .set({ revokedAt: now })
      .where(
        and(
          eq(invitations.merchantId, tx.merchantId),
          'id' in which ? eq(invitations.id, which.id) : eq(invitations.email, which.email),
          isOpen,
        ),
      )
      .returning({ id: invitations.id })
  ).map(({ id }) => id)

/** What a link leads to. */
export interface Offer {
  readonly merchantId: string
  readonly merchantName: string
  readonly invitationId: string
  readonly email: string
  readonly roleId: string
  readonly roleKey: RoleKey | null
  readonly roleName: string
}

const isGood = (tokenHash: Buffer, now: string) =>
  and(eq(invitations.tokenHash, tokenHash), isOpen, gt(invitations.expiresAt, now)) as SQL

/** The offer behind a link that is still good; before the merchant is known, by `invitations_by_token`. */
export const findOffer = async (tx: PlatformTx, tokenHash: Buffer, now: string): Promise<Offer | undefined> =>
  (
    await tx.db
      .select({
        merchantId: invitations.merchantId,
        merchantName: merchants.name,
        invitationId: invitations.id,
        email: invitations.email,
        roleId: invitations.roleId,
        roleKey: roles.key,
        roleName: roles.name,
      })
      .from(invitations)
      .innerJoin(merchants, eq(merchants.id, invitations.merchantId))
      .innerJoin(roles, and(eq(roles.merchantId, invitations.merchantId), eq(roles.id, invitations.roleId)))
      .where(isGood(tokenHash, now))
  )[0]

/** Uses the link, once; false when another was first or it was revoked meanwhile. */
export const takeOffer = async (tx: PlatformTx, tokenHash: Buffer, now: string): Promise<boolean> =>
  (
    await tx.db
      .update(invitations)
      .set({ acceptedAt: now })
      .where(isGood(tokenHash, now))
      .returning({ id: invitations.id })
  ).length > 0
