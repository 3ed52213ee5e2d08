import { and, eq, gt, isNull } from 'drizzle-orm'
import type { PlatformTx } from '../../context.ts'
import { passwordResets } from '../../db/schema/platform.ts'

export const insertReset = async (
  tx: PlatformTx,
  row: { hash: Buffer; userId: string; expiresAt: string },
): Promise<void> => {
  await tx.db.insert(passwordResets).values(row)
}

/** Whose link it is, while it is good. By primary key. */
export const findReset = async (tx: PlatformTx, hash: Buffer, now: string): Promise<{ userId: string } | undefined> =>
  (
    await tx.db
      .select({ userId: passwordResets.userId })
      .from(passwordResets)
      .where(and(eq(passwordResets.hash, hash), isNull(passwordResets.usedAt), gt(passwordResets.expiresAt, now)))
  )[0]

/** Uses a link, once; false when another was first. */
export const takeReset = async (tx: PlatformTx, hash: Buffer, now: string): Promise<boolean> =>
  (
    await tx.db
      .update(passwordResets)
      .set({ usedAt: now })
      .where(and(eq(passwordResets.hash, hash), isNull(passwordResets.usedAt), gt(passwordResets.expiresAt, now)))
      .returning({ userId: passwordResets.userId })
  ).length > 0

/** Voids the person's other links. */
export const voidResets = async (tx: PlatformTx, userId: string, now: string): Promise<void> => {
  await tx.db
    .update(passwordResets)
    .set({ usedAt: now })
    .where(and(eq(passwordResets.userId, userId), isNull(passwordResets.usedAt)))
}
