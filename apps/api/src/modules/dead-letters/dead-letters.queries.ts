import type { DeadLetter, DeadLetterQuery, Settlement } from '@sendocki/domain/inbound/dead-letter'
import { and, desc, eq, isNotNull, isNull, lt, or } from 'drizzle-orm'
import type { MerchantTx } from '../../db/client.ts'
import { deadLetters } from '../../db/schema/journal.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'

type Row = typeof deadLetters.$inferSelect

const toDeadLetter = (row: Row): DeadLetter => ({
  id: row.id,
  job: row.job,
  code: row.code,
  message: row.message,
  attempts: row.attempts,
  subject: row.subjectKind && row.subjectId ? { kind: row.subjectKind, id: row.subjectId } : null,
  failedAt: row.failedAt,
  settledAt: row.settledAt,
  settledAs: row.settledAs as Settlement | null,
})

/** Newest first; those that wait for a person unless the settled ones are asked for. By `dead_letters_open`. */
export const listDeadLetters = async (tx: MerchantTx, { settled = false, limit = 50, cursor }: DeadLetterQuery) => {
  const list = `dead-letters:${settled}`
  const after = decodeCursor(list, cursor, 2)
  const [at, id] = [String(after?.[0]), String(after?.[1])]
  const rows = await tx.db
    .select()
    .from(deadLetters)
    .where(
      and(
        eq(deadLetters.merchantId, tx.merchantId),
        settled ? isNotNull(deadLetters.settledAt) : isNull(deadLetters.settledAt),
        after ? or(lt(deadLetters.failedAt, at), and(eq(deadLetters.failedAt, at), lt(deadLetters.id, id))) : undefined,
      ),
    )
    .orderBy(desc(deadLetters.failedAt), desc(deadLetters.id))
    .limit(limit + 1)
  return pageOf(rows, limit, list, (row) => [row.failedAt, row.id], toDeadLetter)
}

export const findDeadLetter = async (
  tx: MerchantTx,
  id: string,
): Promise<(DeadLetter & { readonly payload: Record<string, unknown> }) | undefined> => {
  const [row] = await tx.db
    .select()
    .from(deadLetters)
    .where(and(eq(deadLetters.merchantId, tx.merchantId), eq(deadLetters.id, id)))
  return row && { ...toDeadLetter(row), payload: row.payload }
}

/** False when a person settled it before. */
export const settleDeadLetter = async (tx: MerchantTx, id: string, as: Settlement, at: string): Promise<boolean> => {
  const found = await tx.db
    .update(deadLetters)
    .set({ settledAs: as, settledAt: at })
    .where(and(eq(deadLetters.merchantId, tx.merchantId), eq(deadLetters.id, id), isNull(deadLetters.settledAt)))
    .returning({ id: deadLetters.id })
  return found.length > 0
}
