import type { DuplicateFate } from '@sendocki/domain/orders/states'
import { and, asc, desc, eq, inArray, or, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { events } from '../../db/schema/journal.ts'
import { orderDuplicates, orders } from '../../db/schema/orders.ts'
import { recountAll } from './duplicates.queries.ts'

const columns = { id: orders.id, shipWithOrderId: orders.shipWithOrderId } as const
type Travelling = { readonly id: string; readonly shipWithOrderId: string | null }

const among = (tx: MerchantTx, ids: readonly string[]) =>
  and(eq(orders.merchantId, tx.merchantId), inArray(orders.id, [...ids]))

const lock = (tx: MerchantTx, ids: readonly string[]): Promise<Travelling[]> =>
  tx.db.select(columns).from(orders).where(among(tx, ids)).orderBy(asc(orders.id)).for('no key update')

/**
 * These orders and all that travel with one of them, locked in the order of their ids: nobody decides otherwise, and
 * nobody else makes a parcel of them, before the transaction has ended.
 */
export const holdTravelling = async (tx: MerchantTx, ids: readonly string[]): Promise<Travelling[]> => {
  const held = await lock(tx, await withCompany(tx, ids))
  const leads = leadsOf(held)
  if (leads.length === 0) return held
  // Somebody may have joined while the lock was waited for.
  const known = new Set(held.map(({ id }) => id))
  const late = (await membersOf(tx, leads)).filter((id) => !known.has(id))
  return late.length === 0 ? held : [...held, ...(await lock(tx, late))]
}

const leadsOf = (rows: readonly Travelling[]): string[] => [
  ...new Set(rows.flatMap(({ shipWithOrderId }) => shipWithOrderId ?? [])),
]

const membersOf = async (tx: MerchantTx, leads: readonly string[]): Promise<string[]> => {
  const rows = await tx.db
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.merchantId, tx.merchantId), inArray(orders.shipWithOrderId, [...leads])))
  return rows.map(({ id }) => id)
}

/** The orders of one parcel for each of these that travels with others, its lead first; cancelled ones travel with nobody. */
export const companyOf = async (
  tx: MerchantTx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const leads = leadsOf(await tx.db.select(columns).from(orders).where(among(tx, ids)))
  if (leads.length === 0) return new Map()
  const rows = await tx.db
    .select(columns)
    .from(orders)
    .where(
      and(
        eq(orders.merchantId, tx.merchantId),
        inArray(orders.shipWithOrderId, leads),
        sql`${orders.state} is distinct from 'cancelled'`,
      ),
    )
    .orderBy(sql`${orders.id} = ${orders.shipWithOrderId} desc`, asc(orders.number))
  const groups = Map.groupBy(rows, ({ shipWithOrderId }) => shipWithOrderId)
  return new Map(
    [...groups.values()].flatMap((group) => {
      const members = group.map(({ id }) => id)
      return members.length > 1 ? members.map((id) => [id, members] as const) : []
    }),
  )
}

/** These orders and all that travel with one of them. */
export const withCompany = async (tx: MerchantTx, ids: readonly string[]): Promise<string[]> => {
  const leads = leadsOf(await tx.db.select(columns).from(orders).where(among(tx, ids)))
  return leads.length === 0 ? [...ids] : [...new Set([...ids, ...(await membersOf(tx, leads))])]
}

/** Events that say how much of an order's delivery fee is not asked for since. */
const feeEvents = ['order.duplicates_decided', 'order.companion_left', 'order.companion_back']

/** How much of each order's delivery fee is not asked for while it travels with others; walks `events_order`. */
export const feesWaived = async (tx: MerchantTx, ids: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  const rows = await tx.db
    .selectDistinctOn([events.orderId], {
      id: events.orderId,
      waivedCentimes: sql<number>`(${events.data} ->> 'waivedCentimes')::int`,
    })
    .from(events)
    .where(
      and(
        eq(events.merchantId, tx.merchantId),
        inArray(events.orderId, [...ids]),
        inArray(events.type, feeEvents),
        sql`${events.data} ->> 'waivedCentimes' is not null`,
      ),
    )
    .orderBy(events.orderId, desc(events.sequence))
  return new Map(rows.flatMap(({ id, waivedCentimes }) => (id === null ? [] : [[id, waivedCentimes] as const])))
}

/** What became of each pair of one that joins or leaves a group with any of the group. */
export const settleTogether = async (
  tx: MerchantTx,
  { joining, group }: { readonly joining: readonly string[]; readonly group: readonly string[] },
  fate: Extract<DuplicateFate, 'together'> | null,
  now: string,
): Promise<void> => {
  const { orderId, otherId } = orderDuplicates
  await tx.db
    .update(orderDuplicates)
    .set({ fate, decidedAt: fate === null ? null : now })
    .where(
      and(
        eq(orderDuplicates.merchantId, tx.merchantId),
        or(
          and(inArray(orderId, [...joining]), inArray(otherId, [...group])),
          and(inArray(orderId, [...group]), inArray(otherId, [...joining])),
        ),
      ),
    )
  await recountAll(tx, group)
}
