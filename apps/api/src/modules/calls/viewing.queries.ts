import { and, eq, gt, lte, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { callClaims } from '../../db/schema/calls.ts'
import { events } from '../../db/schema/journal.ts'

const lastHour = sql`clock_timestamp() - interval '1 hour'`
const usualDays = sql`clock_timestamp() - interval '14 days'`

const ofMember = (tx: MerchantTx, memberId: string) =>
  and(eq(callClaims.merchantId, tx.merchantId), eq(callClaims.memberId, memberId))

/** How many customers a member had the hand on within the last hour, by `call_claims_member`. */
export const countClaimedCustomers = async (tx: MerchantTx, memberId: string): Promise<number> => {
  const [row] = await tx.db
    .select({ count: sql<number>`count(distinct ${callClaims.customerId})::int` })
    .from(callClaims)
    .where(and(ofMember(tx, memberId), gt(callClaims.claimedAt, lastHour)))
  return row?.count ?? 0
}

/** The same in a usual hour of theirs: the mean of those in which they worked at all, over the fourteen days before. */
export const usualClaimedCustomers = async (tx: MerchantTx, memberId: string): Promise<number> => {
  const hours = tx.db
    .select({ count: sql<number>`count(distinct ${callClaims.customerId})`.as('count') })
    .from(callClaims)
    .where(and(ofMember(tx, memberId), gt(callClaims.claimedAt, usualDays), lte(callClaims.claimedAt, lastHour)))
    .groupBy(sql`date_trunc('hour', ${callClaims.claimedAt})`)
    .as('hours')
  const [row] = await tx.db.select({ mean: sql<number>`coalesce(avg(${hours.count}), 0)::float8` }).from(hours)
  return row?.mean ?? 0
}

/** Whether this was told of a member since an instant, by `events_subject`. */
export const wasAlerted = async (tx: MerchantTx, memberId: string, since: string): Promise<boolean> =>
  (
    await tx.db
      .select({ id: events.id })
      .from(events)
      .where(
        and(
          eq(events.merchantId, tx.merchantId),
          eq(events.subjectKind, 'member'),
          eq(events.subjectId, memberId),
          eq(events.type, 'member.unusual_viewing'),
          gt(events.occurredAt, since),
        ),
      )
      .limit(1)
  ).length > 0
