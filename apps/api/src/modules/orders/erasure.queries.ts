import { and, eq, inArray, isNull, notExists, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { MerchantTx } from '../../context.ts'
import { collections } from '../../db/schema/cash.ts'
import { events, sealedValues } from '../../db/schema/journal.ts'
import { orders } from '../../db/schema/orders.ts'
import { parcelCompanions, parcels, trackingEvents } from '../../db/schema/parcels.ts'

/** Orders of a shop by the shop's own ids, by `orders_external`. */
export const findByExternalIds = async (
  tx: MerchantTx,
  storeId: string,
  externalIds: readonly string[],
): Promise<{ id: string; customerId: string }[]> => {
  if (externalIds.length === 0) return []
  return tx.db
    .select({ id: orders.id, customerId: orders.customerId })
    .from(orders)
    .where(
      and(
        eq(orders.merchantId, tx.merchantId),
        eq(orders.storeId, storeId),
        inArray(orders.externalId, [...externalIds]),
      ),
    )
}

/** Customers with an order of this store that still names them, and with none from anywhere else; by `orders_store`. */
export const customersOnlyOf = async (tx: MerchantTx, storeId: string, limit: number): Promise<string[]> => {
  const others = alias(orders, 'others')
  const rows = await tx.db
    .selectDistinct({ id: orders.customerId })
    .from(orders)
    .where(
      and(
        eq(orders.merchantId, tx.merchantId),
        eq(orders.storeId, storeId),
        isNull(orders.erasedAt),
        notExists(
          tx.db
            .select({ one: sql`1` })
            .from(others)
            .where(
              and(
                eq(others.merchantId, orders.merchantId),
                eq(others.customerId, orders.customerId),
                sql`${others.storeId} is distinct from ${storeId}`,
                isNull(others.erasedAt),
              ),
            ),
        ),
      ),
    )
    .limit(limit)
  return rows.map(({ id }) => id)
}

export const ordersOfCustomers = async (tx: MerchantTx, customerIds: readonly string[]): Promise<string[]> => {
  if (customerIds.length === 0) return []
  const rows = await tx.db
    .select({ id: orders.id })
    .from(orders)
    .where(
      and(eq(orders.merchantId, tx.merchantId), inArray(orders.customerId, [...customerIds]), isNull(orders.erasedAt)),
    )
  return rows.map(({ id }) => id)
}

/** Of these customers, those whom no order names any more. */
export const namedNowhere = async (tx: MerchantTx, customerIds: readonly string[]): Promise<string[]> => {
  if (customerIds.length === 0) return []
  const rows = await tx.db
    .selectDistinct({ id: orders.customerId })
    .from(orders)
    .where(
      and(eq(orders.merchantId, tx.merchantId), inArray(orders.customerId, [...customerIds]), isNull(orders.erasedAt)),
    )
  const named = new Set(rows.map(({ id }) => id))
  return [...new Set(customerIds)].filter((id) => !named.has(id))
}

/** The orders forget the person; what was bought, where to (city) and for how much stays. */
export const blankOrders = async (tx: MerchantTx, ids: readonly string[], now: string): Promise<void> => {
  if (ids.length === 0) return
  await tx.db
    .update(orders)
    .set({
      contactName: '–',
      phone: null,
      phoneVerdict: null,
      phoneText: null,
      alternatePhone: null,
      email: null,
      addressLine: null,
      district: null,
      landmark: null,
      cityText: null,
      cityKey: null,
      addressKey: null,
      note: null,
      utm: {},
      shopMarks: null,
      erasedAt: now,
      updatedAt: now,
    })
    .where(and(eq(orders.merchantId, tx.merchantId), inArray(orders.id, [...ids])))
}

/** What couriers and colleagues wrote about the buyers of these orders; where the parcels went and when stays. */
export const blankParcels = async (tx: MerchantTx, orderIds: readonly string[]): Promise<void> => {
  if (orderIds.length === 0) return
  const ids = [...orderIds]
  const theirs = tx.db
    .select({ id: parcels.id })
    .from(parcels)
    .where(and(eq(parcels.merchantId, tx.merchantId), inArray(parcels.orderId, ids)))
    .unionAll(
      tx.db
        .select({ id: parcelCompanions.parcelId })
        .from(parcelCompanions)
        .where(and(eq(parcelCompanions.merchantId, tx.merchantId), inArray(parcelCompanions.orderId, ids))),
    )
  await tx.db
    .update(trackingEvents)
    .set({ comment: null })
    .where(and(eq(trackingEvents.merchantId, tx.merchantId), inArray(trackingEvents.parcelId, theirs)))
  await tx.db
    .update(parcels)
    .set({ carrierComment: null })
    .where(and(eq(parcels.merchantId, tx.merchantId), inArray(parcels.id, theirs)))
  await tx.db
    .update(collections)
    .set({ note: null })
    .where(and(eq(collections.merchantId, tx.merchantId), inArray(collections.orderId, ids)))
}

/** What the journal says of the people of these orders, order by order. */
export const destroySealedOf = async (tx: MerchantTx, orderIds: readonly string[]): Promise<void> => {
  if (orderIds.length === 0) return
  const about = tx.db
    .select({ id: events.id })
    .from(events)
    .where(and(eq(events.merchantId, tx.merchantId), inArray(events.orderId, [...orderIds])))
  await tx.db
    .delete(sealedValues)
    .where(and(eq(sealedValues.merchantId, tx.merchantId), inArray(sealedValues.eventId, about)))
}
