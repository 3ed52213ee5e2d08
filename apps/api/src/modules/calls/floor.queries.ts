import { and, asc, eq, gte, isNotNull, isNull, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { callAttempts } from '../../db/schema/calls.ts'
import { members, roles } from '../../db/schema/members.ts'
import { orderDuplicates, orders } from '../../db/schema/orders.ts'

const mostCallers = 200

/** Active members whose role makes calls, with how many waiting orders are assigned to each, by name. */
export const callers = (tx: MerchantTx) =>
  tx.db
    .select({
      id: members.id,
      name: members.fullName,
      assignedCount: sql<number>`(select count(*)::int from ${orders} where ${orders.merchantId} = ${members.merchantId}
        and ${orders.assigneeId} = ${members.id} and ${orders.callAt} is not null)`,
    })
    .from(members)
    .innerJoin(roles, and(eq(roles.merchantId, members.merchantId), eq(roles.id, members.roleId)))
    .where(
      and(
        eq(members.merchantId, tx.merchantId),
        isNull(members.disabledAt),
        sql`${roles.permissions} @> '["calls.work"]'::jsonb`,
      ),
    )
    .orderBy(asc(members.fullName), asc(members.id))
    .limit(mostCallers)

/** Tries, answers and confirmations of each hour since an instant, in order, by `call_attempts_at`. */
export const attemptHours = (tx: MerchantTx, since: string) => {
  const hour = sql<string>`date_trunc('hour', ${callAttempts.at})`.mapWith(callAttempts.at)
  return tx.db
    .select({
      at: hour,
      attemptCount: sql<number>`count(*)::int`,
      reachedCount: sql<number>`count(*) filter (where ${callAttempts.reached})::int`,
      confirmedCount: sql<number>`count(*) filter (where ${callAttempts.outcome} = 'confirmed')::int`,
    })
    .from(callAttempts)
    .where(and(eq(callAttempts.merchantId, tx.merchantId), gte(callAttempts.at, since), isNull(callAttempts.setAside)))
    .groupBy(hour)
    .orderBy(hour)
}

/** Orders shipped since an instant although one that may be the same wish was shipped as well, by `orders_first_shipped`. */
export const countDuplicatesShipped = async (tx: MerchantTx, since: string): Promise<number> => {
  const [row] = await tx.db
    .select({ count: sql<number>`count(*)::int` })
    .from(orders)
    .where(
      and(
        eq(orders.merchantId, tx.merchantId),
        isNotNull(orders.firstShippedAt),
        gte(orders.firstShippedAt, since),
        sql`exists (select 1 from ${orderDuplicates} pair join ${orders} twin on twin.merchant_id = pair.merchant_id
          and twin.id = pair.other_id where pair.merchant_id = ${orders.merchantId} and pair.order_id = ${orders.id}
          and twin.first_shipped_at is not null and pair.fate is distinct from 'together')`,
      ),
    )
  return row?.count ?? 0
}
