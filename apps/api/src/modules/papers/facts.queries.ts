import { and, asc, eq, inArray } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { MerchantTx } from '../../context.ts'
import { ordersInScope } from '../../db/order-scope.ts'
import { carrierAccounts } from '../../db/schema/carriers.ts'
import { orderLines, orders } from '../../db/schema/orders.ts'
import { parcels } from '../../db/schema/parcels.ts'
import { merchants } from '../../db/schema/platform.ts'
import { stores } from '../../db/schema/stores.ts'
import type { Viewer } from '../parcels/index.ts'

const exchanged = alias(orders, 'exchanged')
const parcelColumns = {
  id: parcels.id,
  orderId: parcels.orderId,
  booking: parcels.booking,
  status: parcels.status,
  reference: parcels.reference,
  trackingNumber: parcels.trackingNumber,
  amountCentimes: parcels.codAmountCentimes,
  carrier: carrierAccounts.name,
}

/** Orders as papers show them, within what the viewer reaches. */
export const ordersOnPaper = (tx: MerchantTx, { scope, memberId }: Viewer, ids: readonly string[]) =>
  tx.db
    .select({
      id: orders.id,
      number: orders.number,
      store: stores.name,
      customerName: orders.contactName,
      phone: orders.phone,
      alternatePhone: orders.alternatePhone,
      addressLine: orders.addressLine,
      district: orders.district,
      landmark: orders.landmark,
      cityId: orders.cityId,
      cityText: orders.cityText,
      shippingFeeCentimes: orders.shippingFeeCentimes,
      discountCentimes: orders.discountCentimes,
      adjustmentCentimes: orders.adjustmentCentimes,
      depositCentimes: orders.depositCentimes,
      totalCentimes: orders.totalCentimes,
      codAmountCentimes: orders.codAmountCentimes,
      note: orders.note,
      allowOpen: orders.allowOpen,
      allowTry: orders.allowTry,
      fragile: orders.fragile,
      deliverTo: orders.deliverTo,
      shipNotBefore: orders.shipNotBefore,
      exchangeOf: exchanged.number,
      erasedAt: orders.erasedAt,
    })
    .from(orders)
    .leftJoin(stores, and(eq(stores.merchantId, orders.merchantId), eq(stores.id, orders.storeId)))
    .leftJoin(exchanged, and(eq(exchanged.merchantId, orders.merchantId), eq(exchanged.id, orders.exchangeOfOrderId)))
    .where(
      and(eq(orders.merchantId, tx.merchantId), inArray(orders.id, [...ids]), ordersInScope(scope, memberId ?? '')),
    )
export type OrderOnPaper = Awaited<ReturnType<typeof ordersOnPaper>>[number]

/** The lines of these orders as they were written, by primary key. */
export const linesOnPaper = (tx: MerchantTx, orderIds: readonly string[]) =>
  tx.db
    .select({
      orderId: orderLines.orderId,
      sku: orderLines.sku,
      name: orderLines.name,
      quantity: orderLines.quantity,
      unitPriceCentimes: orderLines.unitPriceCentimes,
    })
    .from(orderLines)
    .where(and(eq(orderLines.merchantId, tx.merchantId), inArray(orderLines.orderId, [...orderIds])))
    .orderBy(asc(orderLines.orderId), asc(orderLines.position))
export type LineOnPaper = Awaited<ReturnType<typeof linesOnPaper>>[number]

const selectParcels = (tx: MerchantTx) =>
  tx.db
    .select(parcelColumns)
    .from(parcels)
    .innerJoin(
      carrierAccounts,
      and(eq(carrierAccounts.merchantId, parcels.merchantId), eq(carrierAccounts.id, parcels.carrierAccountId)),
    )

/** The parcels that go out with these orders, by `parcels_live`. */
export const liveParcelsOf = (tx: MerchantTx, orderIds: readonly string[]) =>
  selectParcels(tx).where(
    and(
      eq(parcels.merchantId, tx.merchantId),
      inArray(parcels.orderId, [...orderIds]),
      eq(parcels.leg, 'outbound'),
      eq(parcels.live, true),
    ),
  )
export type ParcelOnPaper = Awaited<ReturnType<typeof liveParcelsOf>>[number]

export const parcelsOnPaper = (tx: MerchantTx, ids: readonly string[]) =>
  selectParcels(tx).where(and(eq(parcels.merchantId, tx.merchantId), inArray(parcels.id, [...ids])))

export const merchantName = async (tx: MerchantTx): Promise<string> => {
  const [row] = await tx.db.select({ name: merchants.name }).from(merchants).where(eq(merchants.id, tx.merchantId))
  return row?.name ?? ''
}

/** Whether the viewer reaches any of these orders, or any order of these parcels. */
export const reachesAny = async (
  tx: MerchantTx,
  { scope, memberId }: Viewer,
  subject: 'order' | 'parcel',
  ids: readonly string[],
): Promise<boolean> => {
  const inScope = ordersInScope(scope, memberId ?? '')
  const rows =
    subject === 'order'
      ? await tx.db
          .select({ id: orders.id })
          .from(orders)
          .where(and(eq(orders.merchantId, tx.merchantId), inArray(orders.id, [...ids]), inScope))
          .limit(1)
      : await tx.db
          .select({ id: parcels.id })
          .from(parcels)
          .innerJoin(orders, and(eq(orders.merchantId, parcels.merchantId), eq(orders.id, parcels.orderId)))
          .where(and(eq(parcels.merchantId, tx.merchantId), inArray(parcels.id, [...ids]), inScope))
          .limit(1)
  return rows.length > 0
}
