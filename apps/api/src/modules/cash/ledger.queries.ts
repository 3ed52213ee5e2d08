import type { EntryKind, LedgerLine } from '@sendocki/domain/cash/ledger'
import { and, asc, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { ledgerEntries, ledgerLines } from '../../db/schema/cash.ts'

export interface NewEntry {
  readonly id: string
  readonly at: string
  readonly kind: EntryKind
  readonly subjectKind: string
  readonly subjectId: string
  readonly reverses: string | null
  readonly lines: readonly LedgerLine[]
}

const batch = 1_000

/** Writes entries with their lines. The lines come from the domain, which lets none through that does not sum to zero. */
export const insertEntries = async (tx: MerchantTx, entries: readonly NewEntry[]): Promise<void> => {
  const { merchantId } = tx
  for (let start = 0; start < entries.length; start += batch) {
    const some = entries.slice(start, start + batch)
    await tx.db.insert(ledgerEntries).values(some.map(({ lines: _lines, ...entry }) => ({ ...entry, merchantId })))
    await tx.db
      .insert(ledgerLines)
      .values(
        some.flatMap(({ id: entryId, lines }) =>
          lines.map((line, position) => ({ ...line, merchantId, entryId, position })),
        ),
      )
  }
}

/** The lines of entries, by entry. */
export const linesOf = async (
  tx: MerchantTx,
  entryIds: readonly string[],
): Promise<ReadonlyMap<string, readonly LedgerLine[]>> => {
  if (entryIds.length === 0) return new Map()
  const rows = await tx.db
    .select({
      entryId: ledgerLines.entryId,
      account: ledgerLines.account,
      amountCentimes: ledgerLines.amountCentimes,
    })
    .from(ledgerLines)
    .where(and(eq(ledgerLines.merchantId, tx.merchantId), inArray(ledgerLines.entryId, [...entryIds])))
    .orderBy(asc(ledgerLines.entryId), asc(ledgerLines.position))
  const grouped = Map.groupBy(rows, ({ entryId }) => entryId)
  return new Map([...grouped].map(([id, lines]) => [id, lines.map(({ entryId: _id, ...line }) => line)]))
}

/** Newest first by the primary key; of one account by `ledger_lines_account`, of one subject by its index. */
export const listEntries = (
  tx: MerchantTx,
  { account, subjectId, before, limit }: { account?: string; subjectId?: string; before: string | null; limit: number },
) =>
  tx.db
    .select()
    .from(ledgerEntries)
    .where(
      and(
        eq(ledgerEntries.merchantId, tx.merchantId),
        subjectId ? eq(ledgerEntries.subjectId, subjectId) : undefined,
        account
          ? inArray(
              ledgerEntries.id,
              tx.db
                .select({ id: ledgerLines.entryId })
                .from(ledgerLines)
                .where(and(eq(ledgerLines.merchantId, tx.merchantId), eq(ledgerLines.account, account))),
            )
          : undefined,
        before ? lt(ledgerEntries.id, before) : undefined,
      ),
    )
    .orderBy(desc(ledgerEntries.id))
    .limit(limit)

/** What each account holds, over all its lines; an index-only walk of `ledger_lines_account`. */
export const listBalances = async (tx: MerchantTx): Promise<{ account: string; balanceCentimes: number }[]> => {
  const rows = await tx.db
    .select({ account: ledgerLines.account, balance: sql<string>`sum(${ledgerLines.amountCentimes})::bigint` })
    .from(ledgerLines)
    .where(eq(ledgerLines.merchantId, tx.merchantId))
    .groupBy(ledgerLines.account)
    .orderBy(asc(ledgerLines.account))
  return rows.map(({ account, balance }) => ({ account, balanceCentimes: Number(balance) }))
}
