import type { Scope } from '@sendocki/domain/permissions'
import { and, eq, gte, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { ordersInScope } from '../../db/order-scope.ts'
import { searchTerms } from '../../db/schema/customers.ts'
import { orders, orderTags } from '../../db/schema/orders.ts'

/*
 * The filters of the list, the count and the board. Each is a condition with placeholders, from a closed list, so that
 * the text of a query depends on which filters are present and never on their values.
 */

export const value = (name: string) => sql.placeholder(name)

/** Found by text: few enough to be named, or so many that walking the list and asking each is the quick way. */
const inTerms = (whose: 'customer' | 'order', subject: SQL | typeof orders.id) => sql`exists (
  select 1 from ${searchTerms} where ${searchTerms.merchantId} = ${orders.merchantId}
  and ${searchTerms.subjectId} = ${subject} and ${searchTerms.kind} = any(${value(`${whose}Kinds`)}::text[])
  and ${searchTerms.term} ^@ ${value(`${whose}Term`)}::text)`

/** By name of condition; the arguments have the same names unless a condition has none or several. */
export const conditions = {
  ids: sql`${orders.id} = any(${value('ids')}::uuid[])`,
  stageId: eq(orders.stageId, value('stageId')),
  state: eq(orders.state, value('state')),
  city: eq(orders.cityId, value('city')),
  noCity: isNull(orders.cityId),
  cityKey: eq(orders.cityKey, value('cityKey')),
  regionCode: eq(orders.regionCode, value('regionCode')),
  carrierAccountId: eq(orders.carrierAccountId, value('carrierAccountId')),
  storeId: eq(orders.storeId, value('storeId')),
  assigneeId: eq(orders.assigneeId, value('assigneeId')),
  unassigned: isNull(orders.assigneeId),
  customerId: eq(orders.customerId, value('customerId')),
  tag: sql`exists (select 1 from ${orderTags} where ${orderTags.merchantId} = ${orders.merchantId}
    and ${orderTags.tag} = ${value('tag')} and ${orderTags.orderId} = ${orders.id})`,
  cash: eq(orders.cashStatus, value('cash')),
  parcel: eq(orders.parcelStatus, value('parcel')),
  return: eq(orders.returnStatus, value('return')),
  phoneVerdict: eq(orders.phoneVerdict, value('phoneVerdict')),
  risk: eq(orders.riskLevel, value('risk')),
  incomplete: sql`${orders.isIncomplete}`,
  complete: sql`not ${orders.isIncomplete}`,
  duplicate: sql`${orders.duplicateCount} > 0`,
  single: sql`${orders.duplicateCount} = 0`,
  late: sql`${orders.lateAt} <= ${value('now')}`,
  sample: sql`${orders.isSample}`,
  real: sql`not ${orders.isSample}`,
  inTime: or(isNull(orders.lateAt), sql`${orders.lateAt} > ${value('now')}`) as SQL,
  createdFrom: gte(orders.createdAt, value('createdFrom')),
  createdTo: lt(orders.createdAt, value('createdTo')),
  placedFrom: gte(orders.placedAt, value('placedFrom')),
  placedTo: lt(orders.placedAt, value('placedTo')),
  updatedFrom: gte(orders.updatedAt, value('updatedFrom')),
  confirmedFrom: gte(orders.firstConfirmedAt, value('confirmedFrom')),
  confirmedTo: lt(orders.firstConfirmedAt, value('confirmedTo')),
  shippedFrom: gte(orders.firstShippedAt, value('shippedFrom')),
  shippedTo: lt(orders.firstShippedAt, value('shippedTo')),
  deliveredFrom: gte(orders.firstDeliveredAt, value('deliveredFrom')),
  deliveredTo: lt(orders.firstDeliveredAt, value('deliveredTo')),
  found: sql`(${orders.id} = any(${value('orderIds')}::uuid[]) or ${orders.customerId} = any(${value('customerIds')}::uuid[]))`,
  matches: sql`(${inTerms('customer', sql`${orders.customerId}`)} or ${inTerms('order', orders.id)})`,
  /** A role whose sight of phones ends must not find an order by its phone afterwards. */
  phoneStillSeen: or(isNull(orders.endedAt), gte(orders.endedAt, value('phonesSeenSince'))) as SQL,
} as const satisfies Record<string, SQL>
export type Condition = keyof typeof conditions

/** Which conditions hold, for whom, and their arguments. */
export interface Selection {
  readonly conditions: readonly Condition[]
  /** The alternatives of a sentence, of which one must hold; their arguments are among `args`. */
  readonly branches?: readonly SQL[] | undefined
  readonly scope: readonly Scope[]
  readonly args: Readonly<Record<string, unknown>>
}

/** Merchant and scope are an outer AND around whatever a person asked for. */
export const whereOf = (scope: readonly Scope[], chosen: readonly Condition[], ...more: (SQL | undefined)[]): SQL =>
  and(
    eq(orders.merchantId, value('merchantId')),
    ordersInScope(scope, value('memberId')),
    ...chosen.map((name) => conditions[name]),
    ...more,
  ) as SQL
