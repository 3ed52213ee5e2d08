import type { TermKind } from '@sendocki/domain/search/query'
import { and, eq, inArray } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { searchTerms } from '../../db/schema/customers.ts'

export interface Term {
  readonly kind: TermKind
  readonly term: string
}

/** Makes a customer or an order findable by more terms; those it already has stay. */
export const addTerms = async (tx: MerchantTx, subjectId: string, terms: readonly Term[]): Promise<void> => {
  if (terms.length === 0) return
  await tx.db
    .insert(searchTerms)
    .values(terms.map(({ kind, term }) => ({ merchantId: tx.merchantId, term, kind, subjectId })))
    .onConflictDoNothing()
}

/** Takes subjects out of the search, altogether or for some kinds of terms. */
export const removeTerms = async (
  tx: MerchantTx,
  subjectIds: readonly string[],
  kinds?: readonly TermKind[],
): Promise<void> => {
  if (subjectIds.length === 0) return
  await tx.db
    .delete(searchTerms)
    .where(
      and(
        eq(searchTerms.merchantId, tx.merchantId),
        inArray(searchTerms.subjectId, [...subjectIds]),
        kinds ? inArray(searchTerms.kind, [...kinds]) : undefined,
      ),
    )
}
