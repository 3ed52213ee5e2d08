import type { Parcel, ParcelDetail, ParcelQuery } from '@sendocki/domain/parcels/parcel-schema'
import { cityById } from '@sendocki/domain/places/cities'
import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { findAccount, mapOf, readLane, writeLane } from '../carriers/index.ts'
import { cashOfParcels, type ParcelCash } from '../cash/index.ts'
import { setOrderParcel } from '../orders/index.ts'
import { type Companion, companionsOf, ordersIn } from './companions.queries.ts'
import {
  findShown,
  listParcels,
  lockParcel,
  type ParcelRow,
  type ShownParcel,
  saveParcel,
  type Viewer,
} from './parcels.queries.ts'
import { listEvents } from './tracking.queries.ts'

export const viewerOf = ({ actor }: Ctx): Viewer => ({ scope: actor.role?.scope ?? ['all'], memberId: actor.memberId })

interface Beside {
  readonly companions: ReadonlyMap<string, readonly Companion[]>
  readonly cash: ReadonlyMap<string, ParcelCash>
}

/** What stands beside these parcels: who else travels in them, and their cash. */
const besideOf = async (tx: MerchantTx, ids: readonly string[]): Promise<Beside> => ({
  companions: await companionsOf(tx, ids),
  cash: await cashOfParcels(tx, ids),
})

const viewOf = ({ parcel, ...order }: ShownParcel, beside: Beside): Parcel => {
  const companions = beside.companions.get(parcel.id) ?? []
  const cash = beside.cash.get(parcel.id)
  return {
    id: parcel.id,
    leg: parcel.leg,
    orderId: parcel.orderId,
    orderIds: [parcel.orderId, ...companions.map(({ orderId }) => orderId)],
    order: {
      id: parcel.orderId,
      number: order.orderNumber,
      customerName: order.customerName,
      city: (order.cityId && cityById.get(order.cityId)?.fr) ?? order.cityText,
      cityId: order.cityId,
    },
    companions: companions.map(({ orderId, number }) => ({ id: orderId, number })),
    carrierAccountId: parcel.carrierAccountId,
    reference: parcel.reference,
    trackingNumber: parcel.trackingNumber,
    status: parcel.status,
    since: parcel.since,
    carrierStatus: parcel.carrierStatus,
    carrierComment: parcel.carrierComment,
    booking: parcel.booking,
    bookingReasons: [...parcel.bookingReasons],
    cancelRequestedAt: parcel.cancelRequestedAt,
    codAmountCentimes: parcel.codAmountCentimes,
    collectedCentimes: cash?.amountCentimes ?? null,
    cash: cash?.status ?? null,
    deliveredLines: null,
    feeCentimes: parcel.feeCentimes,
    attempts: parcel.attempts,
    returnReceivedAt: parcel.returnReceivedAt,
    labelPrintedAt: parcel.labelPrintedAt,
    labelPrintedBy: parcel.labelPrintedBy === null ? null : { id: parcel.labelPrintedBy, name: order.printedBy ?? '' },
    createdAt: parcel.createdAt,
    version: parcel.version,
  }
}

export const readParcels = (ctx: Ctx, query: ParcelQuery) =>
  ctx.read(async (tx) => {
    const { limit = 50, cursor } = query
    const after = decodeCursor('parcels', cursor, 2) as readonly [string, string] | null
    const rows = await listParcels(tx, viewerOf(ctx), query, { after, limit: limit + 1 })
    const beside = await besideOf(
      tx,
      rows.map(({ parcel }) => parcel.id),
    )
    return pageOf(
      rows,
      limit,
      'parcels',
      ({ parcel }) => [parcel.createdAt, parcel.id],
      (row) => viewOf(row, beside),
    )
  })

export const shownIn = async (ctx: Ctx, tx: MerchantTx, id: string): Promise<Parcel> => {
  const row = await findShown(tx, viewerOf(ctx), id)
  if (!row) throw new Refused('parcel.not_found')
  return viewOf(row, await besideOf(tx, [id]))
}

export const readParcel = (ctx: Ctx, id: string): Promise<ParcelDetail> =>
  ctx.read(async (tx) => ({ ...(await shownIn(ctx, tx, id)), events: await listEvents(tx, id) }))

/** The axis of each order of a parcel follows it. */
export const followParcel = async (tx: MerchantTx, parcel: ParcelRow, orderIds?: readonly string[]): Promise<void> => {
  const { id, status, since, trackingNumber, carrierAccountId } = parcel
  for (const orderId of orderIds ?? (await ordersIn(tx, parcel)))
    await setOrderParcel(tx, orderId, { id, status, since, trackingNumber, carrierAccountId })
}

/** What happened to a parcel, in the history of each order that it carries. */
export const recordParcel = async (
  ctx: Ctx,
  tx: MerchantTx,
  parcel: Pick<ParcelRow, 'id' | 'orderId'>,
  happening: Omit<Parameters<Ctx['record']>[1], 'subject' | 'orderId'>,
  orderIds?: readonly string[],
): Promise<void> => {
  const subject = { kind: 'parcel', id: parcel.id }
  for (const orderId of orderIds ?? (await ordersIn(tx, parcel))) ctx.record(tx, { ...happening, subject, orderId })
}

export const enqueueBooking = (
  ctx: Ctx,
  tx: MerchantTx,
  { id, carrierAccountId }: { id: string; carrierAccountId: string },
) =>
  ctx.enqueue(
    tx,
    'parcels.book',
    { merchantId: ctx.merchantId, parcelId: id },
    { key: `parcels.book:${id}`, queue: writeLane(carrierAccountId) },
  )

export const enqueueCancel = (
  ctx: Ctx,
  tx: MerchantTx,
  { id, carrierAccountId }: { id: string; carrierAccountId: string },
) =>
  ctx.enqueue(
    tx,
    'parcels.cancel',
    { merchantId: ctx.merchantId, parcelId: id },
    { key: `parcels.cancel:${id}`, queue: writeLane(carrierAccountId) },
  )

export const enqueueRefresh = (
  ctx: Ctx,
  tx: MerchantTx,
  { id, carrierAccountId }: { id: string; carrierAccountId: string },
) =>
  ctx.enqueue(
    tx,
    'parcels.refresh',
    { merchantId: ctx.merchantId, parcelId: id },
    { key: `parcels.refresh:${id}`, queue: readLane(carrierAccountId) },
  )

export const lockedParcel = async (tx: MerchantTx, id: string): Promise<ParcelRow> => {
  const parcel = await lockParcel(tx, id)
  if (!parcel) throw new Refused('parcel.not_found')
  return parcel
}

/** An intent of which the carrier has never heard. */
export const endIntent = async (ctx: Ctx, tx: MerchantTx, parcel: ParcelRow): Promise<void> => {
  const now = ctx.now.toISOString()
  const change = { booking: 'withdrawn', bookingSince: now, status: 'cancelled', since: now, live: false } as const
  await saveParcel(tx, parcel.id, change)
  await followParcel(tx, { ...parcel, ...change })
  await recordParcel(ctx, tx, parcel, {
    type: 'parcel.withdrawn',
    before: { status: parcel.status },
    after: { status: 'cancelled' },
  })
}

/** Asks the carrier where the parcel is; the answer comes through the stream. */
export const refreshParcel = (ctx: Ctx, id: string): Promise<Parcel> =>
  ctx.transaction(async (tx) => {
    const current = await shownIn(ctx, tx, id)
    await assertCalled(ctx, tx, current.carrierAccountId)
    if (current.booking === 'accepted') enqueueRefresh(ctx, tx, current)
    else if (['intended', 'calling', 'unknown'].includes(current.booking)) enqueueBooking(ctx, tx, current)
    else throw new Refused('parcel.not_booked', { booking: current.booking })
    return current
  })

/** Refuses what only a carrier with an API can be asked. */
const assertCalled = async (ctx: Ctx, tx: MerchantTx, carrierAccountId: string): Promise<void> => {
  if (!(await isCalled(ctx, tx, carrierAccountId)))
    throw new Refused('carrier.capability_missing', { capability: 'api' })
}

/** Whether the parcels of an account are created and followed by calls, or by what people say. */
export const isCalled = async (ctx: Ctx, tx: MerchantTx, carrierAccountId: string): Promise<boolean> => {
  const account = await findAccount(tx, carrierAccountId)
  if (!account) throw new Refused('carrier_account.not_found')
  return mapOf(ctx, account.carrier).capabilities.api
}
