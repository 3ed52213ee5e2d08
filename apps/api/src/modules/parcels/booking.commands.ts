import { nextBookingStep } from '@sendocki/domain/parcels/booking'
import { planShipment } from '@sendocki/domain/parcels/readiness'
import { asOneOrder } from '@sendocki/domain/parcels/together'
import { dayOf } from '@sendocki/domain/time'
import type { BookedParcel, ParcelRequest } from '../../adapters/carriers/port.ts'
import type { Ctx, MerchantTx } from '../../context.ts'
import { findAccount, mapOf } from '../carriers/index.ts'
import { ordersToShip } from '../orders/index.ts'
import { ordersIn, saveCompanions } from './companions.queries.ts'
import { capabilitiesFor, exchangedNumbers } from './options.commands.ts'
import { endIntent, enqueueCancel, followParcel, recordParcel } from './parcels.commands.ts'
import { lockParcel, type ParcelRow, saveParcel } from './parcels.queries.ts'
import { applyNews } from './tracking.commands.ts'

/** What the booking job is to do now. `call` is already written down: whoever finds it later knows that it was made. */
export type BookingTurn =
  | { readonly kind: 'done' }
  | { readonly kind: 'wait'; readonly seconds: number; readonly carrierAccountId: string }
  | {
      readonly kind: 'search'
      readonly conclusive: boolean
      readonly carrierAccountId: string
      readonly reference: string
      /** Since when the booking is in doubt: a search settles that doubt only, not one that came after it. */
      readonly since: string
    }
  | { readonly kind: 'call'; readonly carrierAccountId: string; readonly request: ParcelRequest }

/** Decides the next step of a booking and commits it before anything is said to the carrier. */
export const takeBookingTurn = (ctx: Ctx, parcelId: string): Promise<BookingTurn> =>
  ctx.transaction(async (tx) => {
    const parcel = await lockParcel(tx, parcelId)
    if (!parcel) return { kind: 'done' }
    const { carrierAccountId, reference } = parcel
    const step = nextBookingStep({ booking: parcel.booking, since: parcel.bookingSince }, ctx.clock())
    switch (step.kind) {
      case 'done':
        return { kind: 'done' }
      case 'wait':
        return { kind: 'wait', seconds: step.seconds, carrierAccountId }
      case 'search':
        return { kind: 'search', conclusive: step.conclusive, carrierAccountId, reference, since: parcel.bookingSince }
      case 'create':
        return beginCall(ctx, tx, parcel)
    }
  })

/** The search has shown that the carrier knows nothing: the booking may be sent again, unless it was called off. */
export const retakeAfterSearch = (ctx: Ctx, parcelId: string, since: string): Promise<BookingTurn> =>
  ctx.transaction(async (tx) => {
    const parcel = await lockParcel(tx, parcelId)
    const inDoubt = parcel?.booking === 'unknown' || parcel?.booking === 'calling'
    if (!inDoubt || parcel.bookingSince !== since) return { kind: 'done' }
    return beginCall(ctx, tx, parcel)
  })

const beginCall = async (ctx: Ctx, tx: MerchantTx, parcel: ParcelRow): Promise<BookingTurn> => {
  if (parcel.cancelRequestedAt) {
    await endIntent(ctx, tx, parcel)
    return { kind: 'done' }
  }
  const request = await requestOf(ctx, tx, parcel)
  if ('reason' in request) {
    await reject(ctx, tx, parcel, [request.reason])
    return { kind: 'done' }
  }
  await saveCompanions(
    tx,
    request.companions.map((companion) => ({ ...companion, parcelId: parcel.id })),
  )
  await saveParcel(tx, parcel.id, {
    booking: 'calling',
    bookingSince: ctx.clock().toISOString(),
    bookingTries: parcel.bookingTries + 1,
    codAmountCentimes: request.parcel.amountCentimes,
  })
  return { kind: 'call', carrierAccountId: parcel.carrierAccountId, request: request.parcel }
}

interface Request {
  readonly parcel: ParcelRequest
  /** What each companion is to bring in of it. */
  readonly companions: readonly { readonly orderId: string; readonly codAmountCentimes: number }[]
}

/** The orders as they are now, for the carrier; what became unshippable since the intent is refused, never sent half-right. */
const requestOf = async (ctx: Ctx, tx: MerchantTx, parcel: ParcelRow): Promise<Request | { reason: string }> => {
  const found = await ordersToShip(tx, await ordersIn(tx, parcel))
  const lead = found.find(({ id }) => id === parcel.orderId)
  const others = found.filter((order) => order !== lead)
  const account = await findAccount(tx, parcel.carrierAccountId)
  if (!lead || !account) return { reason: 'order.not_found' }
  if ([lead, ...others].some(({ state }) => state === 'cancelled')) return { reason: 'parcel.order_not_ready' }
  const { capabilities } = mapOf(ctx, account.carrier)
  const place = { kind: 'found', placeId: parcel.placeId, feeCentimes: parcel.feeCentimes } as const
  // Where the orders stand was judged when the parcel was asked for; they may have been moved on since.
  const asked = { ...asOneOrder([lead, ...others]), state: 'confirmed', shipNotBefore: null } as const
  const numbers = await exchangedNumbers(tx, parcel.carrierAccountId, [lead])
  const exchangeOf = numbers.get(lead.id) ?? null
  const planned = planShipment(asked, place, capabilitiesFor(lead, capabilities, numbers), dayOf(ctx.now))
  if (!planned.ok) return { reason: planned.refusal.code }
  return {
    parcel: { ...planned.value, reference: parcel.reference, exchangeOf },
    companions: others.map(({ id: orderId, codAmountCentimes }) => ({
      orderId,
      codAmountCentimes: codAmountCentimes ?? 0,
    })),
  }
}

const withParcel = (ctx: Ctx, parcelId: string, work: (tx: MerchantTx, parcel: ParcelRow) => Promise<void>) =>
  ctx.transaction(async (tx) => {
    const parcel = await lockParcel(tx, parcelId)
    if (parcel && (parcel.booking === 'calling' || parcel.booking === 'unknown')) await work(tx, parcel)
  })

/** The carrier has the parcel: by its answer, or found by our reference after an answer was lost. */
export const acceptBooking = (ctx: Ctx, parcelId: string, booked: BookedParcel): Promise<void> =>
  withParcel(ctx, parcelId, async (tx, parcel) => {
    const { trackingNumber } = booked
    const change = {
      booking: 'accepted',
      bookingSince: ctx.clock().toISOString(),
      trackingNumber,
      feeCentimes: booked.feeCentimes ?? parcel.feeCentimes,
    } as const
    await saveParcel(tx, parcelId, change)
    await recordParcel(ctx, tx, parcel, {
      type: 'parcel.booked',
      after: { trackingNumber, carrierAccountId: parcel.carrierAccountId },
    })
    const accepted = { ...parcel, ...change }
    const { raw, word } = booked
    await applyNews(ctx, tx, accepted, [{ raw, word, at: booked.at, comment: null, attempts: null }], 'booking')
    if (parcel.cancelRequestedAt) enqueueCancel(ctx, tx, parcel)
  })

/** The carrier has said no: the leg is free again, and the order says why. */
export const rejectBooking = (ctx: Ctx, parcelId: string, reasons: readonly string[]): Promise<void> =>
  withParcel(ctx, parcelId, (tx, parcel) => reject(ctx, tx, parcel, reasons))

const reject = async (ctx: Ctx, tx: MerchantTx, parcel: ParcelRow, reasons: readonly string[]): Promise<void> => {
  const now = ctx.clock().toISOString()
  const change = {
    booking: parcel.cancelRequestedAt ? 'withdrawn' : 'rejected',
    bookingSince: now,
    bookingReasons: reasons,
    status: 'cancelled',
    since: now,
    live: false,
  } as const
  await saveParcel(tx, parcel.id, change)
  await followParcel(tx, { ...parcel, ...change })
  await recordParcel(ctx, tx, parcel, {
    type: 'parcel.rejected',
    before: { status: parcel.status },
    after: { status: 'cancelled' },
    data: { reasons },
  })
}

/** No answer came: from now on only a search may tell. */
export const loseBooking = (ctx: Ctx, parcelId: string): Promise<void> =>
  withParcel(ctx, parcelId, async (tx, parcel) => {
    await saveParcel(tx, parcelId, { booking: 'unknown', bookingSince: ctx.clock().toISOString() })
    await recordParcel(ctx, tx, parcel, { type: 'parcel.outcome_unknown' })
  })

/** The call was never made: the intent waits as it did before. Answers how often it has been tried. */
export const releaseBooking = (ctx: Ctx, parcelId: string): Promise<number> =>
  ctx.transaction(async (tx) => {
    const parcel = await lockParcel(tx, parcelId)
    if (parcel?.booking === 'calling') {
      await saveParcel(tx, parcelId, { booking: 'intended', bookingSince: ctx.clock().toISOString() })
    }
    return parcel?.bookingTries ?? 0
  })
