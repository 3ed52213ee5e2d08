import { callKinds } from '@sendocki/domain/calls/call'
import { and, asc, desc, eq, getTableColumns, gte, isNotNull, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { callAttempts, callLeases, callPauses } from '../../db/schema/calls.ts'
import { customers } from '../../db/schema/customers.ts'
import { events } from '../../db/schema/journal.ts'
import { members } from '../../db/schema/members.ts'
import { orders } from '../../db/schema/orders.ts'
import { statement, writeStatement } from '../../db/statement.ts'

const value = (name: string) => sql.placeholder(name)

/** Whose orders a member is given, as the settings share them out. */
export interface Share {
  readonly memberId: string
  readonly now: string
  readonly assignedSince: string | null
  readonly seesQueue: boolean
  readonly lateSince: string
}

/** Waiting orders that a member may be given once they are due. */
const forMember = ({ memberId, assignedSince, seesQueue }: Share): SQL | undefined =>
  seesQueue
    ? or(
        eq(orders.assigneeId, memberId),
        isNull(orders.assigneeId),
        assignedSince === null ? undefined : lte(orders.callAt, assignedSince),
      )
    : eq(orders.assigneeId, memberId)

const promisedToOthers = ({ memberId, lateSince }: Share): SQL | undefined =>
  or(isNull(orders.callMemberId), eq(orders.callMemberId, memberId), lte(orders.callAt, lateSince))

const taskColumns = {
  orderId: orders.id,
  number: orders.number,
  customerName: orders.contactName,
  phone: orders.phone,
  cityId: orders.cityId,
  addressLine: orders.addressLine,
  codAmountCentimes: orders.codAmountCentimes,
  kind: orders.callKind,
  dueAt: sql<string>`${orders.callAt}`.mapWith(orders.callAt),
  attemptCount: orders.attemptCount,
  riskLevel: orders.riskLevel,
  duplicateCount: orders.duplicateCount,
  holderId: callLeases.memberId,
  holderName: members.fullName,
} as const

const selectTasks = (tx: MerchantTx) =>
  tx.db
    .select(taskColumns)
    .from(orders)
    .leftJoin(
      callLeases,
      and(
        eq(callLeases.merchantId, orders.merchantId),
        eq(callLeases.customerId, orders.customerId),
        sql`${callLeases.expiresAt} > clock_timestamp()`,
      ),
    )
    .leftJoin(members, and(eq(members.merchantId, callLeases.merchantId), eq(members.id, callLeases.memberId)))

/** What is due, in the order in which it is given out, by `orders_calls`. */
export const dueTasks = (tx: MerchantTx, share: Share, limit: number) =>
  selectTasks(tx)
    .where(
      and(
        eq(orders.merchantId, tx.merchantId),
        isNotNull(orders.callAt),
        lte(orders.callAt, share.now),
        forMember(share),
        promisedToOthers(share),
      ),
    )
    .orderBy(asc(orders.callRank), asc(orders.callSort), asc(orders.callAt), asc(orders.id))
    .limit(limit)

/** Call-backs that were promised for later, the next first, by `orders_calls`. */
export const promisedTasks = (tx: MerchantTx, share: Share, limit: number) =>
  selectTasks(tx)
    .where(
      and(
        eq(orders.merchantId, tx.merchantId),
        isNotNull(orders.callAt),
        eq(orders.callRank, callKinds.indexOf('callback')),
        sql`${orders.callAt} > ${share.now}`,
        forMember(share),
        or(isNull(orders.callMemberId), eq(orders.callMemberId, share.memberId)),
      ),
    )
    .orderBy(asc(orders.callSort), asc(orders.callAt), asc(orders.id))
    .limit(limit)

const countCap = 1_000
/** How many are due of each kind, up to the cap, for a member or for everybody. */
export const countDue = async (tx: MerchantTx, now: string, share: Share | null) => {
  const rows = await Promise.all(
    callKinds.map((kind, rank) =>
      tx.db
        .select({ id: orders.id })
        .from(orders)
        .where(
          and(
            eq(orders.merchantId, tx.merchantId),
            isNotNull(orders.callAt),
            eq(orders.callRank, rank),
            lte(orders.callAt, now),
            share ? forMember(share) : undefined,
            share ? promisedToOthers(share) : undefined,
          ),
        )
        .limit(countCap + 1)
        .then((found) => ({ kind, count: Math.min(found.length, countCap), capped: found.length > countCap })),
    ),
  )
  return rows.filter(({ count }) => count > 0)
}

/** Promised call-backs that nobody made in time, and since when the one that waits longest is due. */
export const readLateness = async (tx: MerchantTx, { now, lateSince }: Pick<Share, 'now' | 'lateSince'>) => {
  const waiting = and(eq(orders.merchantId, tx.merchantId), isNotNull(orders.callAt))
  const [overdue, [oldest]] = await Promise.all([
    tx.db
      .select({ id: orders.id })
      .from(orders)
      .where(and(waiting, eq(orders.callRank, callKinds.indexOf('callback')), lte(orders.callAt, lateSince)))
      .limit(countCap),
    tx.db
      .select({ at: sql<string>`${orders.callAt}`.mapWith(orders.callAt) })
      .from(orders)
      .where(and(waiting, lte(orders.callAt, now)))
      .orderBy(asc(orders.callAt))
      .limit(1),
  ])
  return { overdueCount: overdue.length, oldestDueAt: oldest?.at ?? null }
}

export type NewAttempt = Omit<typeof callAttempts.$inferInsert, 'merchantId'>
/** Every column by its own name. */
const attemptValues = Object.fromEntries(
  Object.keys(getTableColumns(callAttempts)).map((name) => [name, value(name)]),
) as Record<keyof typeof callAttempts.$inferInsert, ReturnType<typeof value>>
const writeAttempt = writeStatement<{ id: string }>(
  'call_attempt',
  (db) => db.insert(callAttempts).values(attemptValues).returning({ id: callAttempts.id }),
  ['id'],
)
export const insertAttempt = async (tx: MerchantTx, row: Required<NewAttempt>): Promise<void> => {
  await tx.run(writeAttempt, { ...row, merchantId: tx.merchantId })
}

const longestHistory = 50
const triesOfOrder = statement('call_attempts_of_order', (qb) =>
  qb
    .select({ at: callAttempts.at, outcome: callAttempts.outcome })
    .from(callAttempts)
    .where(
      and(
        eq(callAttempts.merchantId, value('merchantId')),
        eq(callAttempts.orderId, value('orderId')),
        isNull(callAttempts.setAside),
      ),
    )
    .orderBy(desc(callAttempts.at))
    .limit(longestHistory),
)
/** What was tried for an order and counted, oldest first. */
export const attemptsOfOrder = async (tx: MerchantTx, orderId: string) =>
  (await tx.run(triesOfOrder, { merchantId: tx.merchantId, orderId })).reverse()

const saidByLease = statement('call_attempt_of_lease', (qb) =>
  qb
    .select({ id: callAttempts.id })
    .from(callAttempts)
    .where(
      and(
        eq(callAttempts.merchantId, value('merchantId')),
        eq(callAttempts.leaseId, value('leaseId')),
        eq(callAttempts.orderId, value('orderId')),
      ),
    ),
)
/** Whether a lease has said already what came of an order. */
export const hasAttempt = async (tx: MerchantTx, leaseId: string, orderId: string): Promise<boolean> =>
  (await tx.run(saidByLease, { merchantId: tx.merchantId, leaseId, orderId })).length > 0

/** A customer with what became of their orders, by `orders_customer`. */
export const findCalled = async (tx: MerchantTx, customerId: string) =>
  (
    await tx.db
      .select({
        id: customers.id,
        name: customers.name,
        phone: customers.phone,
        since: customers.createdAt,
        orderCount: sql<number>`count(${orders.id})::int`,
        deliveredCount: sql<number>`count(*) filter (where ${orders.state} = 'delivered')::int`,
        refusedCount: sql<number>`count(*) filter (where ${orders.parcelStatus} = 'refused')::int`,
        returnedCount: sql<number>`count(*) filter (where ${orders.state} = 'returned')::int`,
      })
      .from(customers)
      .leftJoin(orders, and(eq(orders.merchantId, customers.merchantId), eq(orders.customerId, customers.id)))
      .where(and(eq(customers.merchantId, tx.merchantId), eq(customers.id, customerId)))
      .groupBy(customers.merchantId, customers.id)
  )[0]

/** Ids of a customer's other orders, newest first, by `orders_customer`. */
export const otherOrderIds = async (
  tx: MerchantTx,
  customerId: string,
  orderId: string | null,
  limit: number,
): Promise<string[]> =>
  (
    await tx.db
      .select({ id: orders.id })
      .from(orders)
      .where(
        and(
          eq(orders.merchantId, tx.merchantId),
          eq(orders.customerId, customerId),
          orderId === null ? undefined : ne(orders.id, orderId),
        ),
      )
      .orderBy(desc(orders.createdAt), desc(orders.id))
      .limit(limit)
  ).map(({ id }) => id)

/** Who has this number, as their own or as the second one of an order. */
export const customerOfPhone = async (tx: MerchantTx, phone: string): Promise<string | undefined> => {
  const [own, second] = await Promise.all([
    tx.db
      // One that was merged keeps its number, and is the customer into whom it went.
      .select({ id: sql<string>`coalesce(${customers.mergedIntoId}, ${customers.id})` })
      .from(customers)
      .where(and(eq(customers.merchantId, tx.merchantId), eq(customers.phone, phone))),
    tx.db
      .select({ id: orders.customerId })
      .from(orders)
      .where(and(eq(orders.merchantId, tx.merchantId), eq(orders.alternatePhone, phone)))
      .orderBy(desc(orders.createdAt))
      .limit(1),
  ])
  return own[0]?.id ?? second[0]?.id
}

/** Which of a customer's orders is talked about: the one that waits longest, else the newest. */
export const orderToTalkAbout = async (tx: MerchantTx, customerId: string): Promise<string | undefined> =>
  (
    await tx.db
      .select({ id: orders.id })
      .from(orders)
      .where(and(eq(orders.merchantId, tx.merchantId), eq(orders.customerId, customerId)))
      .orderBy(sql`${orders.callAt} asc nulls last`, desc(orders.createdAt))
      .limit(1)
  )[0]?.id

/** How many numbers a member typed in since an instant, by `events_time`. */
export const countIncoming = async (tx: MerchantTx, memberId: string, since: string): Promise<number> =>
  (
    await tx.db
      .select({ id: events.id })
      .from(events)
      .where(
        and(
          eq(events.merchantId, tx.merchantId),
          eq(events.actorId, memberId),
          eq(events.type, 'member.incoming_call'),
          gte(events.occurredAt, since),
        ),
      )
      .limit(countCap)
  ).length

/** Tries, answers and confirmations since an instant: of one member, or of each. */
export const countAttempts = async (tx: MerchantTx, since: string, memberId?: string) =>
  tx.db
    .select({
      memberId: callAttempts.memberId,
      attemptCount: sql<number>`count(*)::int`,
      reachedCount: sql<number>`count(*) filter (where ${callAttempts.reached})::int`,
      confirmedCount: sql<number>`count(*) filter (where ${callAttempts.outcome} = 'confirmed')::int`,
      lastAt: sql<string>`max(${callAttempts.at})`.mapWith(callAttempts.at),
    })
    .from(callAttempts)
    .where(
      and(
        eq(callAttempts.merchantId, tx.merchantId),
        gte(callAttempts.at, since),
        isNull(callAttempts.setAside),
        memberId === undefined ? undefined : eq(callAttempts.memberId, memberId),
      ),
    )
    .groupBy(callAttempts.memberId)

const openPause = (tx: MerchantTx, memberId: string) =>
  and(eq(callPauses.merchantId, tx.merchantId), eq(callPauses.memberId, memberId), isNull(callPauses.endedAt))

const pauseOf = statement('call_pause', (qb) =>
  qb
    .select({ reason: callPauses.reason, since: callPauses.startedAt })
    .from(callPauses)
    .where(
      and(
        eq(callPauses.merchantId, value('merchantId')),
        eq(callPauses.memberId, value('memberId')),
        isNull(callPauses.endedAt),
      ),
    ),
)
export const findPause = async (tx: MerchantTx, memberId: string) =>
  (await tx.run(pauseOf, { merchantId: tx.merchantId, memberId }))[0]

export const openPauses = (tx: MerchantTx) =>
  tx.db
    .select({ memberId: callPauses.memberId, reason: callPauses.reason, since: callPauses.startedAt })
    .from(callPauses)
    .where(and(eq(callPauses.merchantId, tx.merchantId), isNull(callPauses.endedAt)))

/** Ends the pause that goes on, if one does. */
export const endPause = async (tx: MerchantTx, memberId: string, now: string): Promise<boolean> =>
  (await tx.db.update(callPauses).set({ endedAt: now }).where(openPause(tx, memberId)).returning({ id: callPauses.id }))
    .length > 0

export const insertPause = async (
  tx: MerchantTx,
  row: Omit<typeof callPauses.$inferInsert, 'merchantId' | 'endedAt'>,
): Promise<void> => {
  await tx.db.insert(callPauses).values({ ...row, merchantId: tx.merchantId })
}
