import { lackingOptions } from '@sendocki/domain/orders/options'
import { referenceOf } from '@sendocki/domain/parcels/booking'
import type {
  CreateParcels,
  IntentResult,
  Parcel,
  ParcelDetail,
  ParcelQuery,
} from '@sendocki/domain/parcels/parcel-schema'
import { planShipment, type Shipment } from '@sendocki/domain/parcels/readiness'
import { cityById } from '@sendocki/domain/places/cities'
import { type Refusal, Refused } from '@sendocki/domain/result'
import { dayOf } from '@sendocki/domain/time'
import type { Ctx, MerchantTx } from '../../context.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { accountForShipping, findAccount, mapOf, placesFor, readLane, writeLane } from '../carriers/index.ts'
import { lowerOrderFlag, type OrderToShip, ordersToShip, setOrderParcel } from '../orders/index.ts'
import { capabilitiesFor, exchangedNumbers } from './options.commands.ts'
import {
  findLive,
  findShown,
  insertIntents,
  listParcels,
  lockParcel,
  type NewParcel,
  type ParcelRow,
  type ShownParcel,
  saveParcel,
  type Viewer,
} from './parcels.queries.ts'
import { listEvents } from './tracking.queries.ts'

export const viewerOf = ({ actor }: Ctx): Viewer => ({ scope: actor.role?.scope ?? ['all'], memberId: actor.memberId })

export const viewOf = ({ parcel, ...order }: ShownParcel): Parcel => ({
  id: parcel.id,
  leg: parcel.leg,
  orderId: parcel.orderId,
  orderIds: [parcel.orderId],
  order: {
    id: parcel.orderId,
    number: order.orderNumber,
    customerName: order.customerName,
    city: (order.cityId && cityById.get(order.cityId)?.fr) ?? order.cityText,
    cityId: order.cityId,
  },
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
  collectedCentimes: order.collectedCentimes,
  cash: order.cash,
  deliveredLines: null,
  feeCentimes: parcel.feeCentimes,
  attempts: parcel.attempts,
  returnReceivedAt: parcel.returnReceivedAt,
  labelPrintedAt: parcel.labelPrintedAt,
  labelPrintedBy: parcel.labelPrintedBy === null ? null : { id: parcel.labelPrintedBy, name: order.printedBy ?? '' },
  createdAt: parcel.createdAt,
  version: parcel.version,
})

export const readParcels = (ctx: Ctx, query: ParcelQuery) =>
  ctx.read(async (tx) => {
    const { limit = 50, cursor } = query
    const after = decodeCursor('parcels', cursor, 2) as readonly [string, string] | null
    const rows = await listParcels(tx, viewerOf(ctx), query, { after, limit: limit + 1 })
    return pageOf(rows, limit, 'parcels', ({ parcel }) => [parcel.createdAt, parcel.id], viewOf)
  })

export const shownIn = async (ctx: Ctx, tx: MerchantTx, id: string): Promise<Parcel> => {
  const row = await findShown(tx, viewerOf(ctx), id)
  if (!row) throw new Refused('parcel.not_found')
  return viewOf(row)
}

export const readParcel = (ctx: Ctx, id: string): Promise<ParcelDetail> =>
  ctx.read(async (tx) => ({ ...(await shownIn(ctx, tx, id)), events: await listEvents(tx, id) }))

/** The order's axis follows its parcel. */
export const followParcel = (tx: MerchantTx, parcel: ParcelRow): Promise<void> => {
  const { id, orderId, status, since, trackingNumber, carrierAccountId } = parcel
  return setOrderParcel(tx, orderId, { id, status, since, trackingNumber, carrierAccountId })
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

/**
 * Turns orders into intents, each settled on its own: the answer says for every order which parcel it got or why none.
 * A dry run answers the same and writes nothing. Nothing is called here; jobs book the intents one by one, and a killed process leaves them to be taken up again.
 */
export const intendParcels = async (
  ctx: Ctx,
  tx: MerchantTx,
  {
    orderIds,
    carrierAccountId,
    dryRun = false,
  }: { orderIds: readonly string[]; carrierAccountId?: string | undefined; dryRun?: boolean | undefined },
): Promise<IntentResult[]> => {
  const account = await accountForShipping(ctx, tx, carrierAccountId)
  const known = await ordersToShip(tx, orderIds)
  const orders = new Map(known.map((order) => [order.id, order]))
  const places = await placesFor(
    tx,
    account.id,
    known.map(({ id, cityId, district, addressLine }) => ({ orderId: id, cityId, district, addressLine })),
    { anywhere: !account.capabilities.api },
  )
  const numbers = await exchangedNumbers(tx, account.id, known)
  const limits = new Map(known.map((order) => [order.id, capabilitiesFor(order, account.capabilities, numbers)]))
  const live = new Map((await findLive(tx, orderIds, 'outbound')).map((parcel) => [parcel.orderId, parcel]))
  const refusals = new Map<string, Refusal>()
  const intents = [...orderIds].sort().flatMap((orderId): NewParcel[] => {
    const order = orders.get(orderId)
    const planned = live.has(orderId)
      ? refusedAs('parcel.already_live')
      : order
        ? planShipment(
            order,
            places.get(orderId) ?? { kind: 'none' },
            limits.get(orderId) ?? account.capabilities,
            dayOf(ctx.now),
          )
        : refusedAs('order.not_found')
    if (planned.ok && order) return [intentOf(ctx, order, account, planned.value)]
    if (!planned.ok) refusals.set(orderId, planned.refusal)
    return []
  })
  const made = dryRun ? null : await insertIntents(tx, intents)
  for (const intent of made ? intents : []) {
    if (made?.has(intent.orderId)) await announceIntent(ctx, tx, intent)
    else refusals.set(intent.orderId, { code: 'parcel.already_live' })
  }
  const parcels = new Map((made ? intents : []).map((intent) => [intent.orderId, intent]))
  return orderIds.map((orderId): IntentResult => {
    const refusal = refusals.get(orderId)
    const parcel = parcels.get(orderId)
    const order = orders.get(orderId)
    const lacking = order ? lackingOptions(order, limits.get(orderId) ?? account.capabilities) : []
    if (!refusal)
      return {
        orderId,
        parcelId: parcel?.id ?? null,
        status: parcel?.status ?? null,
        refusal: null,
        lackingOptions: lacking,
      }
    const holder = live.get(orderId)
    const { code, params } = refusal
    return {
      orderId,
      parcelId: holder?.id ?? null,
      status: holder?.status ?? null,
      refusal: { code, ...(params ? { params: { ...params } } : {}) },
      lackingOptions: lacking,
    }
  })
}

const refusedAs = (code: Refusal['code']) => ({ ok: false as const, refusal: { code } as Refusal })

/** With a carrier that is called the parcel waits for its answer; without API it exists as soon as we say so. */
const intentOf = (
  ctx: Ctx,
  order: OrderToShip,
  {
    id: carrierAccountId,
    capabilities: { api },
  }: { readonly id: string; readonly capabilities: { readonly api: boolean } },
  shipment: Shipment,
): NewParcel => {
  const id = ctx.newId()
  const now = ctx.now.toISOString()
  return {
    id,
    orderId: order.id,
    leg: 'outbound',
    carrierAccountId,
    reference: referenceOf(order.number, id),
    placeId: shipment.placeId,
    status: api ? 'draft' : 'created',
    since: now,
    booking: api ? 'intended' : 'accepted',
    bookingSince: now,
    codAmountCentimes: shipment.amountCentimes,
    feeCentimes: shipment.feeCentimes,
    createdAt: now,
  }
}

const announceIntent = async (ctx: Ctx, tx: MerchantTx, intent: NewParcel): Promise<void> => {
  const { id, orderId, carrierAccountId, reference, since, status } = intent
  await setOrderParcel(tx, orderId, { id, status, since, trackingNumber: null, carrierAccountId })
  await lowerOrderFlag(ctx, tx, orderId, 'parcel_cancelled')
  ctx.record(tx, {
    type: 'parcel.intended',
    subject: { kind: 'parcel', id },
    orderId,
    after: { status, carrierAccountId, reference },
  })
  if (intent.booking === 'intended') enqueueBooking(ctx, tx, { id, carrierAccountId })
}

export const createParcels = (ctx: Ctx, input: CreateParcels): Promise<{ items: IntentResult[] }> =>
  ctx.transaction(async (tx) => ({ items: await intendParcels(ctx, tx, input) }))

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
  ctx.record(tx, {
    type: 'parcel.withdrawn',
    subject: { kind: 'parcel', id: parcel.id },
    orderId: parcel.orderId,
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
