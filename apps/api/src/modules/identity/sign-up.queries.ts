import { builtInRoles, type RoleKey, roleKeys } from '@sendocki/domain/permissions'
import { and, eq, gt, sql } from 'drizzle-orm'
import type { MerchantTx, PlatformTx } from '../../context.ts'
import { merchantCounters } from '../../db/schema/journal.ts'
import { members, roles } from '../../db/schema/members.ts'
import { merchants, signUps } from '../../db/schema/platform.ts'

export type SignUpRow = typeof signUps.$inferSelect

/** Keeps a sign-up; an earlier one of the same address is void, its code with it. By `sign_ups_email`. */
export const replaceSignUp = async (tx: PlatformTx, row: SignUpRow): Promise<void> => {
  await tx.db.delete(signUps).where(eq(signUps.email, row.email))
  await tx.db.insert(signUps).values(row)
}

/** Spends one try of a sign-up that is still good; undefined when there is none, or no try, or no time left. */
export const takeSignUpTry = async (tx: PlatformTx, signUpId: string, now: string): Promise<SignUpRow | undefined> =>
  (
    await tx.db
      .update(signUps)
      .set({ triesLeft: sql`${signUps.triesLeft} - 1` })
      .where(and(eq(signUps.id, signUpId), gt(signUps.triesLeft, 0), gt(signUps.expiresAt, now)))
      .returning()
  )[0]

export const deleteSignUp = async (tx: PlatformTx, signUpId: string): Promise<void> => {
  await tx.db.delete(signUps).where(eq(signUps.id, signUpId))
}

/** The merchant's own row and its counters: what everything else of it refers to. */
export const insertMerchant = async (tx: PlatformTx, row: typeof merchants.$inferInsert): Promise<void> => {
  await tx.db.insert(merchants).values(row)
  await tx.db.insert(merchantCounters).values({ merchantId: row.id })
}

/** The five built-in roles under the given names; returns their ids. */
export const insertBuiltInRoles = async (
  tx: MerchantTx,
  nameOf: (key: RoleKey) => string,
  newId: () => string,
): Promise<Record<RoleKey, string>> => {
  const ids = Object.fromEntries(roleKeys.map((key) => [key, newId()])) as Record<RoleKey, string>
  await tx.db.insert(roles).values(
    roleKeys.map((key) => ({
      merchantId: tx.merchantId,
      id: ids[key],
      key,
      name: nameOf(key),
      ...builtInRoles[key],
    })),
  )
  return ids
}

export const insertMember = async (
  tx: MerchantTx,
  row: Omit<typeof members.$inferInsert, 'merchantId'>,
): Promise<void> => {
  await tx.db.insert(members).values({ ...row, merchantId: tx.merchantId })
}
