import type { Membership, Merchant, User } from '@sendocki/domain/identity/account'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { MerchantTx, PlatformTx } from '../../context.ts'
import { members, roles } from '../../db/schema/members.ts'
import { merchants, users } from '../../db/schema/platform.ts'

const userFields = {
  id: users.id,
  email: users.email,
  fullName: users.fullName,
  language: users.language,
  createdAt: users.createdAt,
  version: users.version,
}
const merchantFields = {
  id: merchants.id,
  name: merchants.name,
  country: merchants.country,
  language: merchants.language,
  mergesIdentical: merchants.mergesIdentical,
  createdAt: merchants.createdAt,
  version: merchants.version,
}

export type UserWithPassword = User & { readonly passwordHash: string }

/** By primary key. */
export const findUser = async (tx: PlatformTx, userId: string): Promise<User | undefined> =>
  (await tx.db.select(userFields).from(users).where(eq(users.id, userId)))[0]

/** By primary key; null for nobody. */
export const findPasswordHash = async (tx: PlatformTx, userId: string): Promise<string | null> =>
  (await tx.db.select({ passwordHash: users.passwordHash }).from(users).where(eq(users.id, userId)))[0]?.passwordHash ??
  null

/** By the unique e-mail, in lower case. */
export const findUserByEmail = async (tx: PlatformTx, email: string): Promise<UserWithPassword | undefined> =>
  (
    await tx.db
      .select({ ...userFields, passwordHash: users.passwordHash })
      .from(users)
      .where(eq(users.email, email))
  )[0]

/** Held until the end of the transaction: a new password and a new session of one person take turns. */
export const lockUser = async (tx: PlatformTx, userId: string): Promise<UserWithPassword | undefined> =>
  (
    await tx.db
      .select({ ...userFields, passwordHash: users.passwordHash })
      .from(users)
      .where(eq(users.id, userId))
      .for('update')
  )[0]

/** Undefined when the address has an account already. */
export const insertUser = async (tx: PlatformTx, row: typeof users.$inferInsert): Promise<User | undefined> =>
  (await tx.db.insert(users).values(row).onConflictDoNothing({ target: users.email }).returning(userFields))[0]

/** Undefined when the version is not the one that the person saw. */
export const saveUser = async (
  tx: PlatformTx,
  userId: string,
  version: number,
  changes: Partial<Pick<User, 'fullName' | 'language'>>,
): Promise<User | undefined> =>
  (
    await tx.db
      .update(users)
      .set({ ...changes, version: sql`${users.version} + 1` })
      .where(and(eq(users.id, userId), eq(users.version, version)))
      .returning(userFields)
  )[0]

export const savePasswordHash = async (tx: PlatformTx, userId: string, passwordHash: string): Promise<void> => {
  await tx.db.update(users).set({ passwordHash }).where(eq(users.id, userId))
}

/** Where the person is a member and not disabled, oldest merchant first, by `members_of_user`. A person has few. */
export const listMemberships = (tx: PlatformTx, userId: string): Promise<Membership[]> =>
  tx.db
    .select({
      merchantId: members.merchantId,
      merchantName: merchants.name,
      memberId: members.id,
      role: {
        id: roles.id,
        key: roles.key,
        name: roles.name,
        permissions: roles.permissions,
        scope: roles.scope,
        masks: roles.masks,
        version: roles.version,
      },
    })
    .from(members)
    .innerJoin(merchants, eq(merchants.id, members.merchantId))
    .innerJoin(roles, and(eq(roles.merchantId, members.merchantId), eq(roles.id, members.roleId)))
    .where(and(eq(members.userId, userId), isNull(members.disabledAt)))
    .orderBy(asc(members.merchantId)) as unknown as Promise<Membership[]>

/** The name that colleagues see, kept with the membership. */
export const saveMemberName = async (tx: PlatformTx, userId: string, fullName: string): Promise<void> => {
  await tx.db
    .update(members)
    .set({ fullName, version: sql`${members.version} + 1` })
    .where(eq(members.userId, userId))
}

/** By primary key. */
export const findMerchant = async (tx: PlatformTx | MerchantTx, merchantId: string): Promise<Merchant | undefined> =>
  (await tx.db.select(merchantFields).from(merchants).where(eq(merchants.id, merchantId)))[0]

/** Undefined when the version is not the one that the person saw. */
export const saveMerchant = async (
  tx: MerchantTx,
  version: number,
  changes: Partial<Pick<Merchant, 'name' | 'language' | 'mergesIdentical'>>,
): Promise<Merchant | undefined> =>
  (
    await tx.db
      .update(merchants)
      .set({ ...changes, version: sql`${merchants.version} + 1` })
      .where(and(eq(merchants.id, tx.merchantId), eq(merchants.version, version)))
      .returning(merchantFields)
  )[0]

/** The merchant that visitors may look around in, if there is one. There are few merchants with the mark, usually one. */
export const findDemoOwner = async (tx: PlatformTx): Promise<User | undefined> =>
  (
    await tx.db
      .select(userFields)
      .from(merchants)
      .innerJoin(roles, and(eq(roles.merchantId, merchants.id), eq(roles.key, 'owner')))
      .innerJoin(
        members,
        and(eq(members.merchantId, roles.merchantId), eq(members.roleId, roles.id), isNull(members.disabledAt)),
      )
      .innerJoin(users, eq(users.id, members.userId))
      .where(eq(merchants.isDemo, true))
      .orderBy(asc(merchants.createdAt), asc(members.joinedAt))
      .limit(1)
  )[0]
