import { and, asc, eq, gt, gte, inArray, isNull, or, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { ordersInScope } from '../../db/order-scope.ts'
import { customers } from '../../db/schema/customers.ts'
import { events } from '../../db/schema/journal.ts'
import { orders } from '../../db/schema/orders.ts'
import { statement, writeStatement } from '../../db/statement.ts'

const value = (name: string) => sql.placeholder(name)

export type CustomerRow = typeof customers.$inferSelect

const byId = statement('customer', (qb) =>
  qb
    .select()
    .from(customers)
    .where(and(eq(customers.merchantId, value('merchantId')), eq(customers.id, value('id')))),
)
export const findCustomer = async (tx: MerchantTx, id: string): Promise<CustomerRow | undefined> =>
  (await tx.run(byId, { merchantId: tx.merchantId, id }))[0]

const upsert = writeStatement<{ id: string; isNew: boolean }>(
  'customer_by_phone',
  (db) =>
    db
      .insert(customers)
      .values({
        merchantId: value('merchantId'),
        id: value('id'),
        phone: value('phone'),
        name: value('name'),
        alternatePhone: value('alternatePhone'),
        email: value('email'),
        isSample: value('isSample'),
        createdAt: value('now'),
        updatedAt: value('now'),
      } as never)
      .onConflictDoUpdate({
        target: [customers.merchantId, customers.phone],
        // What is known of a customer stays; what was unknown is filled in. A real order makes an example's customer real.
        set: {
          email: sql`coalesce(${customers.email}, excluded.email)`,
          alternatePhone: sql`coalesce(${customers.alternatePhone}, excluded.alternate_phone)`,
          name: sql`case when ${customers.name} = '–' or (${customers.isSample} and not excluded.is_sample)
            then excluded.name else ${customers.name} end`,
          isSample: sql`${customers.isSample} and excluded.is_sample`,
          updatedAt: sql`excluded.updated_at`,
        },
      })
      .returning({ id: customers.id, isNew: sql<boolean>`xmax = 0` }),
  ['id', 'isNew'],
)

/** The customer with this phone, made if there is none; without a phone always a new one. Concurrent twins get one. */
export const upsertCustomer = async (
  tx: MerchantTx,
  row: {
    readonly id: string
    readonly phone: string | null
    readonly name: string
    readonly alternatePhone: string | null
    readonly email: string | null
    readonly isSample: boolean
    readonly now: string
  },
): Promise<{ id: string; isNew: boolean }> => {
  const [found] = await tx.run(upsert, { ...row, merchantId: tx.merchantId })
  if (!found) throw new Error('An upsert gave no row.')
  return found
}

/** Whether the viewer may see a customer: one of their orders is in the viewer's scope, open or ended since. */
export const isInScope = async (
  tx: MerchantTx,
  viewer: { readonly scope: Parameters<typeof ordersInScope>[0]; readonly memberId: string | null },
  customerId: string,
  { endedSince }: { readonly endedSince?: string } = {},
): Promise<boolean> => {
  const scope = ordersInScope(viewer.scope, viewer.memberId)
  if (!scope) return true
  const live = endedSince === undefined ? undefined : or(isNull(orders.endedAt), gte(orders.endedAt, endedSince))
  const rows = await tx.db
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.merchantId, tx.merchantId), eq(orders.customerId, customerId), scope, live))
    .limit(1)
  return rows.length > 0
}

/** Whose phones a member or a key was shown since an instant, each with the last time, that of longest ago first. By `events_time`. */
export const listReveals = (
  tx: MerchantTx,
  actorId: string,
  { since, limit }: { readonly since: string; readonly limit: number },
): Promise<{ customerId: string; at: string }[]> => {
  const last = sql<string>`max(${events.occurredAt})`
  return tx.db
    .select({ customerId: events.subjectId, at: last })
    .from(events)
    .where(
      and(
        eq(events.merchantId, tx.merchantId),
        eq(events.actorId, actorId),
        eq(events.type, 'customer.phone_revealed'),
        gt(events.occurredAt, since),
      ),
    )
    .groupBy(events.subjectId)
    .orderBy(asc(last))
    .limit(limit)
}

export const updateCustomer = async (
  tx: MerchantTx,
  id: string,
  set: Partial<typeof customers.$inferInsert>,
): Promise<void> => {
  await tx.db
    .update(customers)
    .set(set)
    .where(and(eq(customers.merchantId, tx.merchantId), eq(customers.id, id)))
}

/** The personal values of these customers are gone; the rows stay for the orders that point at them. */
export const blankCustomers = async (tx: MerchantTx, ids: readonly string[], now: string): Promise<void> => {
  if (ids.length === 0) return
  await tx.db
    .update(customers)
    .set({ phone: null, name: '–', alternatePhone: null, email: null, erasedAt: now, updatedAt: now })
    .where(and(eq(customers.merchantId, tx.merchantId), inArray(customers.id, [...ids])))
}

/** Whether this is the phone of a customer whom anything else than an example ever named. */
export const isKnownPhone = async (tx: MerchantTx, phone: string): Promise<boolean> => {
  const rows = await tx.db
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.merchantId, tx.merchantId), eq(customers.phone, phone), sql`not ${customers.isSample}`))
  return rows.length > 0
}

/** Customers of examples whom no order names, at most so many, by `customers_sample`. */
export const unnamedSamples = async (tx: MerchantTx, limit: number): Promise<string[]> => {
  const rows = await tx.db
    .select({ id: customers.id })
    .from(customers)
    .where(
      and(
        eq(customers.merchantId, tx.merchantId),
        sql`${customers.isSample}`,
        sql`not exists (select 1 from ${orders} where ${orders.merchantId} = ${customers.merchantId}
          and ${orders.customerId} = ${customers.id})`,
      ),
    )
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** The caller has seen that no order names them. */
export const deleteCustomers = async (tx: MerchantTx, ids: readonly string[]): Promise<void> => {
  await tx.db.delete(customers).where(and(eq(customers.merchantId, tx.merchantId), inArray(customers.id, [...ids])))
}
