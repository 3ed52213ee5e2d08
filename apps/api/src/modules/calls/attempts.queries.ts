import { and, desc, eq, exists, inArray, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { ordersInScope } from '../../db/order-scope.ts'
import { callAttempts } from '../../db/schema/calls.ts'
import { members } from '../../db/schema/members.ts'
import { orders } from '../../db/schema/orders.ts'
import type { Viewer } from '../parcels/index.ts'

interface AttemptsAsked {
  /** Whoever was merged into a customer is that customer. */
  readonly customerIds: readonly string[]
  /** Whose rows bound what is shown; null for all that was tried. */
  readonly viewer: Viewer | null
  readonly after: readonly [string, string] | null
  readonly limit: number
}

/** What was tried with a customer, newest first, by `call_attempts_customer`. */
export const attemptsOfCustomer = (tx: MerchantTx, { customerIds, viewer, after, limit }: AttemptsAsked) => {
  const theirOrder = and(eq(orders.merchantId, callAttempts.merchantId), eq(orders.id, callAttempts.orderId))
  const inSight = (by: Viewer) =>
    exists(
      tx.db
        .select({ id: orders.id })
        .from(orders)
        .where(and(theirOrder, ordersInScope(by.scope, by.memberId))),
    )
  return tx.db
    .select({
      id: callAttempts.id,
      orderId: callAttempts.orderId,
      memberName: members.fullName,
      outcome: callAttempts.outcome,
      at: callAttempts.at,
      durationSeconds: callAttempts.durationSeconds,
      nextAttemptAt: callAttempts.nextAttemptAt,
      because: callAttempts.because,
      setAside: callAttempts.setAside,
    })
    .from(callAttempts)
    .innerJoin(members, and(eq(members.merchantId, callAttempts.merchantId), eq(members.id, callAttempts.memberId)))
    .where(
      and(
        eq(callAttempts.merchantId, tx.merchantId),
        inArray(callAttempts.customerId, [...customerIds]),
        viewer === null ? undefined : inSight(viewer),
        after
          ? sql`(${callAttempts.at}, ${callAttempts.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(callAttempts.at), desc(callAttempts.id))
    .limit(limit)
}
