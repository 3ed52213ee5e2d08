import type { customerSorts } from '@sendocki/domain/customers/customer'
import type { Scope } from '@sendocki/domain/permissions'
import { and, desc, eq, exists, gte, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { ordersInScope } from '../../db/order-scope.ts'
import { customers, customerTags, searchTerms } from '../../db/schema/customers.ts'
import { orders } from '../../db/schema/orders.ts'
import { segmentMembers } from '../../db/schema/segments.ts'
import type { Subjects } from '../search/index.ts'
import type { CustomerRow } from './customers.queries.ts'

export type CustomerSort = (typeof customerSorts)[number]

/** Every sort walks an ascending index of (merchant, column, id) backwards. */
const sortColumns = {
  '-lastOrderAt': { column: customers.activeAt, type: sql`timestamptz` },
  '-ordersCount': { column: customers.ordersCount, type: sql`int` },
  '-deliveredShare': { column: customers.deliveredPermille, type: sql`int` },
  '-returnedShare': { column: customers.returnedPermille, type: sql`int` },
} as const

/** The key after which a page goes on. */
export const sortKeyOf = (sort: CustomerSort, row: CustomerRow): readonly [string | number, string] => {
  const keys = {
    '-lastOrderAt': row.activeAt,
    '-ordersCount': row.ordersCount,
    '-deliveredShare': row.deliveredPermille,
    '-returnedShare': row.returnedPermille,
  }
  return [keys[sort], row.id]
}

/** Which customers, inside what the viewer's role reaches. */
export interface CustomerSelection {
  readonly scope: readonly Scope[]
  readonly memberId: string | null
  readonly city?: string | undefined
  readonly tag?: string | undefined
  readonly blocked?: boolean | undefined
  /** The id of a segment, or the key of a built-in one. */
  readonly segment?: string | undefined
  readonly found?: Subjects | undefined
  /** Orders that ended before do not lead to whom they belong, where digits of a phone were asked. */
  readonly phonesSeenSince?: string | undefined
  readonly now: string
}

const standing = (now: string): SQL =>
  sql`(${customers.blockMode} is not null and (${customers.blockedUntil} is null or ${customers.blockedUntil} > ${now}))`

const hasOrder = (tx: MerchantTx, ...more: (SQL | undefined)[]): SQL =>
  exists(
    tx.db
      .select({ one: sql`1` })
      .from(orders)
      .where(and(eq(orders.merchantId, customers.merchantId), eq(orders.customerId, customers.id), ...more)),
  )

/** Few are named by their ids and by those of their orders; of many each is asked for a term. */
const foundBy = (tx: MerchantTx, found: Subjects): SQL | undefined => {
  if (found.kind === 'many')
    return exists(
      tx.db
        .select({ one: sql`1` })
        .from(searchTerms)
        .where(
          and(
            eq(searchTerms.merchantId, customers.merchantId),
            eq(searchTerms.subjectId, customers.id),
            inArray(searchTerms.kind, [...found.customerKinds]),
            sql`${searchTerms.term} ^@ ${found.customerTerm}`,
          ),
        ),
    )
  if (found.customerIds.length + found.orderIds.length === 0) return sql`false`
  const ofOrders = tx.db
    .select({ id: orders.customerId })
    .from(orders)
    .where(and(eq(orders.merchantId, tx.merchantId), inArray(orders.id, [...found.orderIds])))
  return or(
    ...(found.customerIds.length > 0 ? [inArray(customers.id, [...found.customerIds])] : []),
    ...(found.orderIds.length > 0 ? [inArray(customers.id, ofOrders)] : []),
  )
}

const matching = (tx: MerchantTx, selection: CustomerSelection): SQL | undefined => {
  const { city, tag, blocked, segment, found, phonesSeenSince, now } = selection
  const scope = ordersInScope(selection.scope, selection.memberId)
  const live =
    phonesSeenSince === undefined ? undefined : or(isNull(orders.endedAt), gte(orders.endedAt, phonesSeenSince))
  return and(
    eq(customers.merchantId, tx.merchantId),
    isNull(customers.mergedIntoId),
    isNull(customers.erasedAt),
    scope || live ? hasOrder(tx, scope, live) : undefined,
    city === undefined ? undefined : city === 'none' ? isNull(customers.cityId) : eq(customers.cityId, city),
    tag === undefined
      ? undefined
      : exists(
          tx.db
            .select({ one: sql`1` })
            .from(customerTags)
            .where(
              and(
                eq(customerTags.merchantId, customers.merchantId),
                eq(customerTags.tag, tag),
                eq(customerTags.customerId, customers.id),
              ),
            ),
        ),
    segment === undefined
      ? undefined
      : exists(
          tx.db
            .select({ one: sql`1` })
            .from(segmentMembers)
            .where(
              and(
                eq(segmentMembers.merchantId, customers.merchantId),
                eq(segmentMembers.segment, segment),
                eq(segmentMembers.customerId, customers.id),
              ),
            ),
        ),
    blocked === undefined ? undefined : blocked ? standing(now) : sql`not ${standing(now)}`,
    found && foundBy(tx, found),
  )
}

/** A page in the order of the sort, one more than `limit`, from after a key. */
export const listCustomers = (
  tx: MerchantTx,
  selection: CustomerSelection,
  page: {
    readonly sort: CustomerSort
    readonly after: { readonly key: string | number; readonly id: string } | null
    readonly limit: number
  },
): Promise<CustomerRow[]> => {
  const { sort, after, limit } = page
  const { column, type } = sortColumns[sort]
  const rest = after && sql`(${column}, ${customers.id}) < (${after.key}::${type}, ${after.id}::uuid)`
  return tx.db
    .select()
    .from(customers)
    .where(and(matching(tx, selection), rest ?? undefined))
    .orderBy(desc(column), desc(customers.id))
    .limit(limit + 1)
}

/** How many there are, at most one more than the cap. */
export const countCustomers = async (
  tx: MerchantTx,
  selection: CustomerSelection,
  cap: number | null,
): Promise<number> => {
  const rows = tx.db.select({ id: customers.id }).from(customers).where(matching(tx, selection))
  const [row] = await tx.db
    .select({ count: sql<number>`count(*)::int` })
    .from((cap === null ? rows : rows.limit(cap + 1)).as('counted'))
  return row?.count ?? 0
}

/** Of these customers, those with an order in the viewer's scope that is open or ended since. */
export const stillSeen = async (
  tx: MerchantTx,
  viewer: Pick<CustomerSelection, 'scope' | 'memberId'>,
  ids: readonly string[],
  since: string,
): Promise<Set<string>> => {
  if (ids.length === 0) return new Set()
  const rows = await tx.db
    .selectDistinct({ id: orders.customerId })
    .from(orders)
    .where(
      and(
        eq(orders.merchantId, tx.merchantId),
        inArray(orders.customerId, [...ids]),
        ordersInScope(viewer.scope, viewer.memberId),
        or(isNull(orders.endedAt), gte(orders.endedAt, since)),
      ),
    )
  return new Set(rows.map(({ id }) => id))
}
