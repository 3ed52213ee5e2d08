import { and, eq, sql } from 'drizzle-orm'
import type { MerchantTx } from './client.ts'
import { idempotencyAnswers } from './schema/journal.ts'
import { rawStatement, statement } from './statement.ts'

const tryLock = rawStatement<{ locked: boolean }>(
  'idempotency_lock',
  sql`select pg_try_advisory_xact_lock(hashtextextended(${sql.placeholder('key')}, 0)) as locked`,
  ['locked'],
)
const find = statement('idempotency_find', (qb) =>
  qb
    .select({ requestHash: idempotencyAnswers.requestHash, answer: idempotencyAnswers.answer })
    .from(idempotencyAnswers)
    .where(
      and(
        eq(idempotencyAnswers.merchantId, sql.placeholder('merchantId')),
        eq(idempotencyAnswers.actorId, sql.placeholder('actorId')),
        eq(idempotencyAnswers.key, sql.placeholder('key')),
        sql`${idempotencyAnswers.createdAt} > clock_timestamp() - interval '24 hours'`,
      ),
    ),
)

/** Takes the key until the end of the transaction; false while a twin holds it. */
export const lockKey = async (tx: MerchantTx, key: string): Promise<boolean> =>
  (await tx.run(tryLock, { key }))[0]?.locked ?? false

/** The first answer within 24 hours. */
export const findAnswer = async (tx: MerchantTx, actorId: string, key: string) =>
  (await tx.run(find, { merchantId: tx.merchantId, actorId, key }))[0]

export const saveAnswer = async (
  tx: MerchantTx,
  row: { actorId: string; key: string; requestHash: Buffer; status: number; answer: unknown; now: Date },
): Promise<void> => {
  const { actorId, key, requestHash, status, answer, now } = row
  const kept = { requestHash, status, answer, createdAt: now.toISOString() }
  await tx.db
    .insert(idempotencyAnswers)
    .values({ merchantId: tx.merchantId, actorId, key, ...kept })
    .onConflictDoUpdate({
      target: [idempotencyAnswers.merchantId, idempotencyAnswers.actorId, idempotencyAnswers.key],
      set: kept,
    })
}
