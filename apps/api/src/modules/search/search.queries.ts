import type { Scope } from '@sendocki/domain/permissions'
import type { TermKind } from '@sendocki/domain/search/query'
import { and, desc, eq, exists, gte, inArray, isNull, or, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { ordersInScope } from '../../db/order-scope.ts'
import { customers, searchTerms } from '../../db/schema/customers.ts'
import { orders } from '../../db/schema/orders.ts'
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

interface Viewer {
  readonly scope: readonly Scope[]
  readonly memberId: string | null
}

/** The newest orders among these and those of these customers, within the viewer's scope. */
export const newestOrders = async (
  tx: MerchantTx,
  viewer: Viewer,
  found: {
    readonly orderIds: readonly string[]
    readonly customerIds: readonly string[]
    readonly endedSince?: string
  },
  limit: number,
) => {
  const { orderIds, customerIds, endedSince } = found
  const any = or(
    ...(orderIds.length > 0 ? [inArray(orders.id, [...orderIds])] : []),
    ...(customerIds.length > 0 ? [inArray(orders.customerId, [...customerIds])] : []),
  )
  if (!any) return []
  return tx.db
    .select({
      id: orders.id,
      number: orders.number,
      sourceReference: orders.sourceReference,
      trackingNumber: orders.trackingNumber,
      customerId: orders.customerId,
      customerName: orders.contactName,
      cityId: orders.cityId,
      cityText: orders.cityText,
      stageId: orders.stageId,
      state: orders.state,
      totalCentimes: orders.totalCentimes,
      createdAt: orders.createdAt,
    })
    .from(orders)
    .where(
      and(
        eq(orders.merchantId, tx.merchantId),
        any,
        ordersInScope(viewer.scope, viewer.memberId),
        endedSince === undefined ? undefined : or(isNull(orders.endedAt), gte(orders.endedAt, endedSince)),
      ),
    )
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(limit)
}

/** Of these customers, some whose orders the viewer may see. */
export const someCustomers = async (tx: MerchantTx, viewer: Viewer, ids: readonly string[], limit: number) => {
  if (ids.length === 0) return []
  const scope = ordersInScope(viewer.scope, viewer.memberId)
  const theirs = tx.db
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.merchantId, customers.merchantId), eq(orders.customerId, customers.id), scope))
  return tx.db
    .select({ id: customers.id, name: customers.name, phone: customers.phone, email: customers.email })
    .from(customers)
    .where(
      and(eq(customers.merchantId, tx.merchantId), inArray(customers.id, [...ids]), scope ? exists(theirs) : undefined),
    )
    .orderBy(desc(customers.updatedAt))
    .limit(limit)
}
