import type { TermKind } from '@sendocki/domain/search/query'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { searchTerms } from '../../db/schema/customers.ts'
import { rawStatement } from '../../db/statement.ts'

const value = (name: string) => sql.placeholder(name)

export interface Hit {
  readonly kind: TermKind
  readonly subjectId: string
}

/** Subjects with a term that begins so, by the primary key, in no order; at most `limit`. */
const byPrefix = rawStatement<Hit>(
  'search_prefix',
  sql`select ${searchTerms.kind}, ${searchTerms.subjectId} from ${searchTerms}
    where ${searchTerms.merchantId} = ${value('merchantId')} and ${searchTerms.term} ^@ ${value('term')}
    and ${searchTerms.kind} = any(${value('kinds')}::text[]) limit ${value('limit')}`,
  ['kind', 'subjectId'],
)
/** The same for a whole term: what a name sounds like. */
const byTerm = rawStatement<Hit>(
  'search_term',
  sql`select ${searchTerms.kind}, ${searchTerms.subjectId} from ${searchTerms}
    where ${searchTerms.merchantId} = ${value('merchantId')} and ${searchTerms.term} = ${value('term')}
    and ${searchTerms.kind} = any(${value('kinds')}::text[]) limit ${value('limit')}`,
  ['kind', 'subjectId'],
)

export interface Lookup {
  readonly term: string
  readonly kinds: readonly TermKind[]
  readonly whole: boolean
  readonly limit: number
}

export const lookUp = (tx: MerchantTx, { term, kinds, whole, limit }: Lookup): Promise<Hit[]> =>
  tx.run(whole ? byTerm : byPrefix, { merchantId: tx.merchantId, term, kinds: [...kinds], limit })

/** Of these subjects, those with a term that begins with a word, by `search_terms_subject`. */
export const havingWord = async (tx: MerchantTx, subjectIds: readonly string[], word: string): Promise<Set<string>> => {
  const rows = await tx.db
    .selectDistinct({ id: searchTerms.subjectId })
    .from(searchTerms)
    .where(
      and(
        eq(searchTerms.merchantId, tx.merchantId),
        inArray(searchTerms.subjectId, [...subjectIds]),
        eq(searchTerms.kind, 'name'),
        sql`${searchTerms.term} ^@ ${word}`,
      ),
    )
  return new Set(rows.map(({ id }) => id))
}
