import type { CashStatus, ReturnStatus } from '@sendocki/domain/orders/states'
import type { ParcelStatus } from '@sendocki/domain/parcels/parcel'
import type { MerchantTx } from '../../context.ts'
import { linesOf } from './duplicates.queries.ts'
import { findOrders, setFacts, setFactsOf } from './orders.queries.ts'
import type { LineRow, OrderRow } from './rows.queries.ts'
import { setTrackingTerm } from './terms.commands.ts'

/** The order's parcel as lists show it; its owner is the module of parcels. */
export interface ParcelAxis {
  readonly id: string
  readonly status: ParcelStatus
  readonly since: string
  readonly trackingNumber: string | null
  readonly carrierAccountId: string | null
}

/** Keeps where the order's parcel is, beside the order; null when it has none any more. Whoever calls journals. */
export const setOrderParcel = async (tx: MerchantTx, orderId: string, parcel: ParcelAxis | null): Promise<void> => {
  await setFacts(tx, orderId, {
    parcelId: parcel?.id ?? null,
    parcelStatus: parcel?.status ?? null,
    parcelSince: parcel?.since ?? null,
    trackingNumber: parcel?.trackingNumber ?? null,
    carrierAccountId: parcel?.carrierAccountId ?? null,
  })
  await setTrackingTerm(tx, orderId, parcel?.trackingNumber ?? null)
}

/** Keeps who holds the order's cash. Whoever calls journals. */
export const setOrderCash = async (
  tx: MerchantTx,
  orderId: string,
  cash: { readonly status: CashStatus; readonly since: string | null },
): Promise<void> => {
  await setFacts(tx, orderId, { cashStatus: cash.status, cashSince: cash.since })
}

/** The same of hundreds of orders at once. */
export const setOrdersCash = (
  tx: MerchantTx,
  orderIds: readonly string[],
  cash: { readonly status: CashStatus; readonly since: string | null },
): Promise<void> => setFactsOf(tx, orderIds, { cashStatus: cash.status, cashSince: cash.since })

/** Keeps where the order's goods are on their way back. Whoever calls journals. */
export const setOrderReturn = async (
  tx: MerchantTx,
  orderId: string,
  axis: { readonly status: ReturnStatus; readonly since: string } | null,
): Promise<void> => {
  await setFacts(tx, orderId, { returnStatus: axis?.status ?? null, returnSince: axis?.since ?? null })
}

/** What a parcel needs of its order. */
export interface OrderToShip {
  readonly id: string
  readonly number: number
  readonly isSample: boolean
  readonly version: number
  readonly state: OrderRow['state']
  readonly stageId: string
  readonly customerId: string
  readonly customerName: string
  readonly phone: string | null
  readonly phoneVerdict: OrderRow['phoneVerdict']
  readonly alternatePhone: string | null
  readonly addressLine: string | null
  readonly district: string | null
  readonly landmark: string | null
  readonly cityText: string | null
  readonly cityId: string | null
  readonly regionCode: string | null
  readonly lines: readonly LineRow[]
  readonly totalCentimes: number
  readonly codAmountCentimes: number | null
  readonly note: string | null
  readonly toComplete: OrderRow['toComplete']
  readonly allowOpen: boolean | null
  readonly allowTry: boolean | null
  readonly fragile: boolean | null
  readonly shipNotBefore: string | null
  readonly deliverTo: 'home' | 'agency'
  readonly exchangeOfOrderId: string | null
  readonly shipWithOrderId: string | null
  readonly parcelStatus: ParcelStatus | null
  readonly erased: boolean
}

/** The orders to be shipped, with their lines; ids that are not this merchant's are simply not among them. */
export const ordersToShip = async (tx: MerchantTx, ids: readonly string[]): Promise<OrderToShip[]> => {
  const rows = await findOrders(tx, ids)
  const lines = await linesOf(
    tx,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({ ...toShip(row), lines: lines.get(row.id) ?? [] }))
}

const toShip = (row: OrderRow): Omit<OrderToShip, 'lines'> => ({
  id: row.id,
  number: row.number,
  isSample: row.isSample,
  version: row.version,
  state: row.state,
  stageId: row.stageId,
  customerId: row.customerId,
  customerName: row.contactName,
  phone: row.phone,
  phoneVerdict: row.phoneVerdict,
  alternatePhone: row.alternatePhone,
  addressLine: row.addressLine,
  district: row.district,
  landmark: row.landmark,
  cityText: row.cityText,
  cityId: row.cityId,
  regionCode: row.regionCode,
  totalCentimes: row.totalCentimes,
  codAmountCentimes: row.codAmountCentimes,
  note: row.note,
  toComplete: row.toComplete,
  allowOpen: row.allowOpen,
  allowTry: row.allowTry,
  fragile: row.fragile,
  shipNotBefore: row.shipNotBefore,
  deliverTo: row.deliverTo,
  exchangeOfOrderId: row.exchangeOfOrderId,
  shipWithOrderId: row.shipWithOrderId,
  parcelStatus: row.parcelStatus,
  erased: row.erasedAt !== null,
})
