import { lt, or } from 'drizzle-orm'
import type { PlatformTx } from '../../context.ts'
import { idempotencyAnswers } from '../../db/schema/journal.ts'
import { passwordResets, rateCounters, sessions, signUps } from '../../db/schema/platform.ts'

/** For how long what is over is kept, in days. An ended session stays a while for "was that me?". */
const keptDays = { signUp: 1, reset: 1, answer: 1, counter: 1, session: 90 } as const

/** Forgets what is over: sign-ups, links, stored answers, counters, old sessions with their tokens. Over all merchants. */
export const sweep = async (tx: PlatformTx, now: Date): Promise<void> => {
  const before = (kind: keyof typeof keptDays) => new Date(now.getTime() - keptDays[kind] * 86_400_000).toISOString()
  await tx.db.delete(signUps).where(lt(signUps.expiresAt, before('signUp')))
  await tx.db.delete(passwordResets).where(lt(passwordResets.expiresAt, before('reset')))
  await tx.db.delete(rateCounters).where(lt(rateCounters.lastTryAt, before('counter')))
  await tx.db.delete(idempotencyAnswers).where(lt(idempotencyAnswers.createdAt, before('answer')))
  await tx.db
    .delete(sessions)
    .where(or(lt(sessions.endedAt, before('session')), lt(sessions.expiresAt, before('session'))))
}
