import type { Scope } from '@sendocki/domain/permissions'
import { and, desc, eq, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { ordersInScope } from '../../db/order-scope.ts'
import { customerBlocks, customerMerges, customers } from '../../db/schema/customers.ts'
import { events } from '../../db/schema/journal.ts'
import { members } from '../../db/schema/members.ts'
import { orders } from '../../db/schema/orders.ts'

interface Viewer {
  readonly scope: readonly Scope[]
  readonly memberId: string | null
}

const theirs = (tx: MerchantTx, viewer: Viewer, customerId: string) =>
  and(
    eq(orders.merchantId, tx.merchantId),
    eq(orders.customerId, customerId),
    ordersInScope(viewer.scope, viewer.memberId),
  )

/** The sums of a customer's orders in the viewer's scope. */
export const sumsInScope = async (tx: MerchantTx, viewer: Viewer, customerId: string) => {
  const [row] = await tx.db
    .select({
      ordersCount: sql<number>`count(*)::int`,
      deliveredCount: sql<number>`(count(*) filter (where ${orders.state} = 'delivered'))::int`,
      returnedCount: sql<number>`(count(*) filter (where ${orders.state} = 'returned'))::int`,
      cancelledCount: sql<number>`(count(*) filter (where ${orders.state} = 'cancelled'))::int`,
      deliveredCentimes:
        sql<number>`coalesce(sum(${orders.totalCentimes}) filter (where ${orders.state} = 'delivered'), 0)`.mapWith(
          Number,
        ),
      firstOrderAt: sql<string | null>`min(${orders.placedAt})`.mapWith(orders.placedAt),
      lastOrderAt: sql<string | null>`max(${orders.placedAt})`.mapWith(orders.placedAt),
    })
    .from(orders)
    .where(theirs(tx, viewer, customerId))
  if (!row) throw new Error('A sum gave no row.')
  return row
}

/** Contacts and places of a customer's newest orders in the viewer's scope, each once. */
export const placesInScope = (tx: MerchantTx, viewer: Viewer, customerId: string, limit: number) =>
  tx.db
    .select({
      phone: orders.phone,
      alternatePhone: orders.alternatePhone,
      addressLine: orders.addressLine,
      district: orders.district,
      landmark: orders.landmark,
      cityText: orders.cityText,
      cityId: orders.cityId,
      regionCode: orders.regionCode,
    })
    .from(orders)
    .where(theirs(tx, viewer, customerId))
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(limit)

/** The block that was not taken back, with whoever made it. */
export const findBlock = async (tx: MerchantTx, customerId: string) =>
  (
    await tx.db
      .select({
        id: customerBlocks.id,
        mode: customerBlocks.mode,
        reason: customerBlocks.reason,
        by: sql<string | null>`coalesce(${members.fullName}, ${customerBlocks.authorName})`,
        at: customerBlocks.blockedAt,
        until: customerBlocks.until,
      })
      .from(customerBlocks)
      .leftJoin(
        members,
        and(eq(members.merchantId, customerBlocks.merchantId), eq(members.id, customerBlocks.authorId)),
      )
      .where(
        and(
          eq(customerBlocks.merchantId, tx.merchantId),
          eq(customerBlocks.customerId, customerId),
          isNull(customerBlocks.liftedAt),
        ),
      )
  )[0]

/** Those who were merged into a customer, each with the newest merge that brought them, the newest first. */
export const mergedInto = (tx: MerchantTx, customerId: string) =>
  tx.db
    .select({
      mergeId: customerMerges.id,
      customerId: customers.id,
      name: customers.name,
      phone: customers.phone,
      alternatePhone: customers.alternatePhone,
      at: customerMerges.mergedAt,
    })
    .from(customerMerges)
    .innerJoin(
      customers,
      and(eq(customers.merchantId, customerMerges.merchantId), eq(customers.id, customerMerges.mergedId)),
    )
    .where(
      and(
        eq(customerMerges.merchantId, tx.merchantId),
        eq(customerMerges.keptId, customerId),
        isNull(customerMerges.undoneAt),
        isNotNull(customers.mergedIntoId),
      ),
    )
    .orderBy(desc(customerMerges.mergedAt), desc(customerMerges.id))

/** Everybody whose rows are this one customer: themselves, and those who were merged into them. */
export const everyIdOf = async (tx: MerchantTx, customerId: string): Promise<string[]> => {
  const rows = await tx.db
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.merchantId, tx.merchantId), eq(customers.mergedIntoId, customerId)))
  return [customerId, ...rows.map(({ id }) => id)]
}

/** Notes on these customers before a sequence, newest first, one more than `limit`; walks `events_subject`. */
export const findNotes = (tx: MerchantTx, customerIds: readonly string[], before: number | null, limit: number) =>
  tx.db
    .select({
      sequence: events.sequence,
      id: events.id,
      at: events.occurredAt,
      author: sql<string | null>`coalesce(${members.fullName}, ${events.actorName})`,
    })
    .from(events)
    .leftJoin(members, and(eq(members.merchantId, events.merchantId), eq(members.id, events.actorId)))
    .where(
      and(
        eq(events.merchantId, tx.merchantId),
        eq(events.subjectKind, 'customer'),
        inArray(events.subjectId, [...customerIds]),
        eq(events.type, 'customer.note_added'),
        before === null ? undefined : lt(events.sequence, before),
      ),
    )
    .orderBy(desc(events.sequence))
    .limit(limit + 1)
