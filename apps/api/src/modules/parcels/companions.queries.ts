import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { orders } from '../../db/schema/orders.ts'
import { parcelCompanions, parcels } from '../../db/schema/parcels.ts'

/*
 * Orders that travel in the parcel of another one, by a decision that was made before the parcel was asked for.
 */

/** The parcel of a companion. */
export const sameParcel = and(
  eq(parcels.merchantId, parcelCompanions.merchantId),
  eq(parcels.id, parcelCompanions.parcelId),
)

/** The companions that are these orders, by `parcel_companions_order`. */
export const inCompanyOf = (tx: MerchantTx, orderIds: readonly string[]) =>
  and(eq(parcelCompanions.merchantId, tx.merchantId), inArray(parcelCompanions.orderId, [...orderIds]))

/** Its own and those in which it is a companion; by `parcels_order` and `parcel_companions_order`. */
export const parcelsOfOrder = (tx: MerchantTx, orderId: string) =>
  tx.db
    .select({ id: parcels.id })
    .from(parcels)
    .where(and(eq(parcels.merchantId, tx.merchantId), eq(parcels.orderId, orderId)))
    .unionAll(
      tx.db
        .select({ id: parcelCompanions.parcelId })
        .from(parcelCompanions)
        .where(inCompanyOf(tx, [orderId])),
    )

/** An order that travels in the parcel of another one, with its share of what the parcel is to bring in. */
export interface Companion {
  readonly orderId: string
  readonly number: number
  readonly codAmountCentimes: number
}

const batch = 1_000

/** The companions of these parcels, by parcel, in running order; a parcel of one order is not among them. */
export const companionsOf = async (
  tx: MerchantTx,
  parcelIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Companion[]>> => {
  const found: (Companion & { readonly parcelId: string })[] = []
  for (let start = 0; start < parcelIds.length; start += batch) {
    const rows = await tx.db
      .select({
        parcelId: parcelCompanions.parcelId,
        orderId: parcelCompanions.orderId,
        number: orders.number,
        codAmountCentimes: parcelCompanions.codAmountCentimes,
      })
      .from(parcelCompanions)
      .innerJoin(
        orders,
        and(eq(orders.merchantId, parcelCompanions.merchantId), eq(orders.id, parcelCompanions.orderId)),
      )
      .where(
        and(
          eq(parcelCompanions.merchantId, tx.merchantId),
          inArray(parcelCompanions.parcelId, parcelIds.slice(start, start + batch)),
        ),
      )
      .orderBy(asc(orders.number))
    found.push(...rows)
  }
  return Map.groupBy(found, ({ parcelId }) => parcelId)
}

/** The orders that a parcel carries, its own first. */
export const ordersIn = async (
  tx: MerchantTx,
  { id, orderId }: { readonly id: string; readonly orderId: string },
): Promise<readonly string[]> => {
  const companions = await companionsOf(tx, [id])
  return [orderId, ...(companions.get(id) ?? []).map((companion) => companion.orderId)]
}

type NewCompanion = Omit<typeof parcelCompanions.$inferInsert, 'merchantId'>

/** Writes companions of new intents, or what each of them is to bring in now. */
export const saveCompanions = async (tx: MerchantTx, rows: readonly NewCompanion[]): Promise<void> => {
  if (rows.length === 0) return
  await tx.db
    .insert(parcelCompanions)
    .values(rows.map((row) => ({ ...row, merchantId: tx.merchantId })))
    .onConflictDoUpdate({
      target: [parcelCompanions.merchantId, parcelCompanions.parcelId, parcelCompanions.orderId],
      set: { codAmountCentimes: sql`excluded.cod_amount_centimes` },
    })
}
