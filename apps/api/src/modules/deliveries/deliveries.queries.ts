import { openDeliveryStatuses, stopsMax } from '@sendocki/domain/deliveries/route'
import { and, asc, eq, gte, inArray, or, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { ledgerLines } from '../../db/schema/cash.ts'
import { orderLines, orders } from '../../db/schema/orders.ts'
import { parcels } from '../../db/schema/parcels.ts'

/** The parcels of these accounts that are to be brought, or were settled since `dayStart`; by `parcels_unread`. */
export const findStops = (
  tx: MerchantTx,
  accountIds: readonly string[],
  { dayStart, parcelId }: { readonly dayStart: string; readonly parcelId?: string },
) =>
  tx.db
    .select({
      parcel: parcels,
      orderNumber: orders.number,
      customerName: orders.contactName,
      phone: orders.phone,
      alternatePhone: orders.alternatePhone,
      cityId: orders.cityId,
      cityText: orders.cityText,
      district: orders.district,
      addressLine: orders.addressLine,
      landmark: orders.landmark,
      note: orders.note,
      allowOpen: orders.allowOpen,
      allowTry: orders.allowTry,
      fragile: orders.fragile,
    })
    .from(parcels)
    .innerJoin(orders, and(eq(orders.merchantId, parcels.merchantId), eq(orders.id, parcels.orderId)))
    .where(
      and(
        eq(parcels.merchantId, tx.merchantId),
        inArray(parcels.carrierAccountId, [...accountIds]),
        eq(parcels.booking, 'accepted'),
        or(
          inArray(parcels.status, [...openDeliveryStatuses]),
          and(inArray(parcels.status, ['delivered', 'refused']), gte(parcels.since, dayStart)),
        ),
        parcelId ? eq(parcels.id, parcelId) : undefined,
      ),
    )
    .orderBy(asc(parcels.createdAt), asc(orders.number))
    .limit(stopsMax)
export type StopRow = Awaited<ReturnType<typeof findStops>>[number]

/** How many pieces each order holds. */
export const countPieces = async (
  tx: MerchantTx,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  if (orderIds.length === 0) return new Map()
  const rows = await tx.db
    .select({ orderId: orderLines.orderId, pieces: sql<number>`sum(${orderLines.quantity})::int` })
    .from(orderLines)
    .where(and(eq(orderLines.merchantId, tx.merchantId), inArray(orderLines.orderId, [...orderIds])))
    .groupBy(orderLines.orderId)
  return new Map(rows.map(({ orderId, pieces }) => [orderId, pieces]))
}

/** What one account of the ledger holds; by `ledger_lines_account`. */
export const balanceOf = async (tx: MerchantTx, account: string): Promise<number> => {
  const [row] = await tx.db
    .select({ balance: sql<string>`coalesce(sum(${ledgerLines.amountCentimes}), 0)::bigint` })
    .from(ledgerLines)
    .where(and(eq(ledgerLines.merchantId, tx.merchantId), eq(ledgerLines.account, account)))
  return Number(row?.balance ?? 0)
}
