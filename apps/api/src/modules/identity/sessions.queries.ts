import type { SessionEnd } from '@sendocki/domain/identity/account'
import type { MerchantId } from '@sendocki/domain/ids'
import { and, desc, eq, exists, gt, isNull, lt, ne, type SQL, sql } from 'drizzle-orm'
import type { PlatformTx } from '../../context.ts'
import { callLeases } from '../../db/schema/calls.ts'
import { members } from '../../db/schema/members.ts'
import { refreshTokens, sessions } from '../../db/schema/platform.ts'
import { opensMerchant } from '../../db/sessions.ts'

export type SessionRow = typeof sessions.$inferSelect

const isLive = (now: string) => and(isNull(sessions.endedAt), gt(sessions.expiresAt, now)) as SQL

export const insertSession = async (tx: PlatformTx, row: typeof sessions.$inferInsert): Promise<void> => {
  await tx.db.insert(sessions).values(row)
}

export const insertRefreshToken = async (
  tx: PlatformTx,
  row: { hash: Buffer; sessionId: string; createdAt: string },
): Promise<void> => {
  await tx.db.insert(refreshTokens).values(row)
}

/** A refresh token with its session, held until the end of the transaction. By the token's primary key. */
export const lockSessionByToken = async (
  tx: PlatformTx,
  hash: Buffer,
): Promise<{ session: SessionRow; usedAt: string | null } | undefined> => {
  const [token] = await tx.db
    .select({ sessionId: refreshTokens.sessionId })
    .from(refreshTokens)
    .where(eq(refreshTokens.hash, hash))
  if (!token) return undefined
  const [session] = await tx.db.select().from(sessions).where(eq(sessions.id, token.sessionId)).for('update')
  // Read again under the lock: the other tab may have used it meanwhile.
  const [again] = await tx.db
    .select({ usedAt: refreshTokens.usedAt })
    .from(refreshTokens)
    .where(eq(refreshTokens.hash, hash))
  return session && again ? { session, usedAt: again.usedAt } : undefined
}

/** By primary key. */
export const findSession = async (tx: PlatformTx, sessionId: string): Promise<SessionRow | undefined> =>
  (await tx.db.select().from(sessions).where(eq(sessions.id, sessionId)))[0]

/** Whether the session's merchant is open to it: see `db/sessions.ts`, which asks the same at each request. */
export const isInside = async (tx: PlatformTx, session: SessionRow): Promise<boolean> =>
  (
    await tx.db
      .select({ id: members.id })
      .from(sessions)
      .innerJoin(members, opensMerchant)
      .where(eq(sessions.id, session.id))
  ).length > 0

/** From now on the session's tokens given out so far are used ones. */
export const useRefreshTokens = async (tx: PlatformTx, sessionId: string, now: string): Promise<void> => {
  await tx.db
    .update(refreshTokens)
    .set({ usedAt: now })
    .where(and(eq(refreshTokens.sessionId, sessionId), isNull(refreshTokens.usedAt)))
}

export const saveSession = async (
  tx: PlatformTx,
  sessionId: string,
  changes: Partial<Pick<SessionRow, 'lastSeenAt' | 'address' | 'userAgent' | 'merchantId' | 'enteredAt'>>,
): Promise<void> => {
  await tx.db.update(sessions).set(changes).where(eq(sessions.id, sessionId))
}

/** Ends one live session of the person; false when there is none such. */
export const endSession = async (
  tx: PlatformTx,
  sessionId: string,
  userId: string,
  reason: SessionEnd,
  now: string,
): Promise<boolean> =>
  (
    await tx.db
      .update(sessions)
      .set({ endedAt: now, endReason: reason })
      .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId), isLive(now)))
      .returning({ id: sessions.id })
  ).length > 0

/** Ends the person's live sessions but the one to be kept; returns how many. */
export const endSessionsOf = async (
  tx: PlatformTx,
  userId: string,
  keptSessionId: string | null,
  reason: SessionEnd,
  now: string,
): Promise<number> =>
  (
    await tx.db
      .update(sessions)
      .set({ endedAt: now, endReason: reason })
      .where(and(eq(sessions.userId, userId), isLive(now), keptSessionId ? ne(sessions.id, keptSessionId) : undefined))
      .returning({ id: sessions.id })
  ).length

/** The person's live sessions, newest first, by primary key within `sessions_user`. */
export const listSessions = (
  tx: PlatformTx,
  userId: string,
  now: string,
  page: { limit: number; before: string | null },
): Promise<SessionRow[]> =>
  tx.db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isLive(now), page.before ? lt(sessions.id, page.before) : undefined))
    .orderBy(desc(sessions.id))
    .limit(page.limit + 1)

/** The person's latest sessions, live or not, newest first: where they worked last, which browsers they use. */
export const recentSessions = (
  tx: PlatformTx,
  userId: string,
): Promise<{ merchantId: string | null; userAgent: string }[]> =>
  tx.db
    .select({ merchantId: sessions.merchantId, userAgent: sessions.userAgent })
    .from(sessions)
    .where(eq(sessions.userId, userId))
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
    .limit(50)

/** Whoever signs out holds no customer any more, in any of their merchants. */
export const freeLeasesOfUser = async (tx: PlatformTx, userId: string): Promise<void> => {
  const own = tx.db
    .select({ one: sql`1` })
    .from(members)
    .where(
      and(
        eq(members.merchantId, callLeases.merchantId),
        eq(members.id, callLeases.memberId),
        eq(members.userId, userId),
      ),
    )
  const held = await tx.db
    .delete(callLeases)
    .where(exists(own))
    .returning({ merchantId: callLeases.merchantId, customerId: callLeases.customerId })
  for (const { merchantId, customerId } of held) {
    const inner = await tx.inMerchant(merchantId as MerchantId)
    inner.outbox.changes.push({ noun: 'call', id: customerId })
  }
}
