import type { Member } from '@sendocki/domain/members/member'
import type { Role } from '@sendocki/domain/members/role'
import { and, asc, eq, gt, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { members, roles } from '../../db/schema/members.ts'

const ofRole = and(eq(roles.merchantId, members.merchantId), eq(roles.id, members.roleId)) as SQL
const memberFields = {
  id: members.id,
  fullName: members.fullName,
  email: members.email,
  role: { id: roles.id, key: roles.key, name: roles.name },
  joinedAt: members.joinedAt,
  disabledAt: members.disabledAt,
  version: members.version,
}

const select = (tx: MerchantTx, where: SQL | undefined) =>
  tx.db
    .select(memberFields)
    .from(members)
    .innerJoin(roles, ofRole)
    .where(and(eq(members.merchantId, tx.merchantId), where))

/** Members in the order in which they came, by primary key. */
export const listMembers = (
  tx: MerchantTx,
  { limit, after, disabled }: { limit: number; after: string | null; disabled: boolean | undefined },
): Promise<Member[]> =>
  select(
    tx,
    and(
      after ? gt(members.id, after) : undefined,
      disabled === undefined ? undefined : disabled ? isNotNull(members.disabledAt) : isNull(members.disabledAt),
    ),
  )
    .orderBy(asc(members.id))
    .limit(limit + 1)

/** By primary key. */
export const findMember = async (tx: MerchantTx, memberId: string): Promise<Member | undefined> =>
  (await select(tx, eq(members.id, memberId)))[0]

/** Whoever has this address here, disabled or not. A merchant has some hundreds of members at most. */
export const findMemberByEmail = async (tx: MerchantTx, email: string): Promise<Member | undefined> =>
  (await select(tx, eq(members.email, email)))[0]

/** By the unique pair of merchant and person. */
export const isMember = async (tx: MerchantTx, userId: string): Promise<boolean> =>
  (await select(tx, eq(members.userId, userId))).length > 0

/**
 * The owners who are not disabled, held until the end of the transaction: of two who would leave the merchant without one,
 * the second sees what the first did. By `members_role`.
 */
export const lockOwners = async (tx: MerchantTx): Promise<string[]> => {
  const ownerRole = tx.db
    .select({ id: roles.id })
    .from(roles)
    .where(and(eq(roles.merchantId, tx.merchantId), eq(roles.key, 'owner')))
  const rows = await tx.db
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.merchantId, tx.merchantId), eq(members.roleId, ownerRole), isNull(members.disabledAt)))
    .orderBy(asc(members.id))
    .for('update')
  return rows.map(({ id }) => id)
}

/** The owners who are not disabled, to be written to. */
export const listOwners = (tx: MerchantTx): Promise<Member[]> =>
  select(tx, and(eq(roles.key, 'owner'), isNull(members.disabledAt))).orderBy(asc(members.id))

/** Undefined when the version is not the one that the decider saw. Without a version the newest is changed. */
export const saveMember = async (
  tx: MerchantTx,
  memberId: string,
  version: number | null,
  changes: Partial<Pick<typeof members.$inferInsert, 'roleId' | 'disabledAt' | 'sessionsEndedAt'>>,
): Promise<Member | undefined> => {
  const saved = await tx.db
    .update(members)
    .set({ ...changes, version: sql`${members.version} + 1` })
    .where(
      and(
        eq(members.merchantId, tx.merchantId),
        eq(members.id, memberId),
        version === null ? undefined : eq(members.version, version),
      ),
    )
    .returning({ id: members.id })
  return saved.length > 0 ? findMember(tx, memberId) : undefined
}

const roleFields = {
  id: roles.id,
  key: roles.key,
  name: roles.name,
  permissions: roles.permissions,
  scope: roles.scope,
  masks: roles.masks,
  version: roles.version,
}

/** Roles by primary key; the built-in ones were made first. */
export const listRoles = (tx: MerchantTx, { limit, after }: { limit: number; after: string | null }): Promise<Role[]> =>
  tx.db
    .select(roleFields)
    .from(roles)
    .where(and(eq(roles.merchantId, tx.merchantId), after ? gt(roles.id, after) : undefined))
    .orderBy(asc(roles.id))
    .limit(limit + 1) as unknown as Promise<Role[]>

/** By primary key. */
export const findRole = async (tx: MerchantTx, roleId: string): Promise<Role | undefined> =>
  (
    await tx.db
      .select(roleFields)
      .from(roles)
      .where(and(eq(roles.merchantId, tx.merchantId), eq(roles.id, roleId)))
  )[0] as Role | undefined

/** What a member may do and see now, by primary key; undefined when there is none or they are disabled. */
export const findRights = async (tx: MerchantTx, memberId: string) =>
  (
    await tx.db
      .select({
        userId: members.userId,
        roleId: roles.id,
        roleKey: roles.key,
        permissions: roles.permissions,
        scope: roles.scope,
        masks: roles.masks,
        moveInto: roles.moveInto,
      })
      .from(members)
      .innerJoin(roles, ofRole)
      .where(and(eq(members.merchantId, tx.merchantId), eq(members.id, memberId), isNull(members.disabledAt)))
  )[0]
