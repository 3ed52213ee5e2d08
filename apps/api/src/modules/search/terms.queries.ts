import type { TermKind } from '@sendocki/domain/search/query'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { searchTerms } from '../../db/schema/customers.ts'
import { rawStatement } from '../../db/statement.ts'

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

export interface SubjectTerm extends Term {
  readonly subjectId: string
}

const columnsOf = (terms: readonly SubjectTerm[]) => ({
  terms: terms.map(({ term }) => term),
  kinds: terms.map(({ kind }) => kind),
  subjectIds: terms.map(({ subjectId }) => subjectId),
})
const asTable = sql`unnest(${sql.placeholder('terms')}::text[], ${sql.placeholder('kinds')}::text[],
  ${sql.placeholder('subjectIds')}::uuid[]) as t (term, kind, subject_id)`

const addMany = rawStatement<{ term: string }>(
  'search_terms_add',
  sql`insert into search_terms (merchant_id, term, kind, subject_id)
    select ${sql.placeholder('merchantId')}::uuid, t.term, t.kind, t.subject_id from ${asTable} on conflict do nothing`,
  [],
)

/** Terms of many subjects in one statement. */
export const addManyTerms = async (tx: MerchantTx, terms: readonly SubjectTerm[]): Promise<void> => {
  if (terms.length > 0) await tx.run(addMany, { merchantId: tx.merchantId, ...columnsOf(terms) })
}

const removeMany = rawStatement<{ term: string }>(
  'search_terms_remove',
  sql`delete from search_terms s using ${asTable} where s.merchant_id = ${sql.placeholder('merchantId')}
    and s.term = t.term collate "C" and s.kind = t.kind and s.subject_id = t.subject_id`,
  [],
)

/** Takes away single terms, each of one subject, by primary key. */
export const removeManyTerms = async (tx: MerchantTx, terms: readonly SubjectTerm[]): Promise<void> => {
  if (terms.length > 0) await tx.run(removeMany, { merchantId: tx.merchantId, ...columnsOf(terms) })
}
