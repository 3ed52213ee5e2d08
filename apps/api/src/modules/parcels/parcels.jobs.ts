import { settleSeconds } from '@sendocki/domain/parcels/booking'
import { CarrierCallFailed } from '../../adapters/carriers/port.ts'
import type { JobCtx } from '../../context.ts'
import { type Handlers, TryLater } from '../../jobs/engine.ts'
import { asJobError, callCarrier, followedAccounts, readLane, writeLane } from '../carriers/index.ts'
import {
  acceptBooking,
  type BookingTurn,
  loseBooking,
  rejectBooking,
  releaseBooking,
  retakeAfterSearch,
  takeBookingTurn,
} from './booking.commands.ts'
import { removeOldSheets } from './carrier-papers.queries.ts'
import { enqueueBooking, enqueueRefresh } from './parcels.commands.ts'
import { findParcels, lockParcel, saveReadAt, unreadParcels, waitingBookings } from './parcels.queries.ts'
import { applyNews, noteCancelled, noteNotCancelled } from './tracking.commands.ts'

type CallTurn = Extract<BookingTurn, { kind: 'call' }>
type SearchTurn = Extract<BookingTurn, { kind: 'search' }>

/** An outage is waited out: from five seconds up to ten minutes between tries, for as long as it lasts. */
const outageSeconds = (tries: number): number => Math.min(600, 5 * 2 ** Math.min(tries, 7))
const firstSearchSeconds = 5

/** Books one intent. Every step is on record before it is taken, so that a killed process never books twice. */
const book: Handlers['parcels.book'] = async (ctx, { parcelId }) => {
  const turn = await takeBookingTurn(ctx, parcelId)
  if (turn.kind === 'wait')
    throw new TryLater(turn.seconds, 'Another process may still be calling.', writeLane(turn.carrierAccountId))
  if (turn.kind === 'call') await create(ctx, parcelId, turn)
  if (turn.kind === 'search') await search(ctx, parcelId, turn)
}

const create = async (ctx: JobCtx, parcelId: string, { carrierAccountId, request }: CallTurn): Promise<void> => {
  try {
    const result = await callCarrier(ctx, carrierAccountId, (port, connection) => port.book(connection, request))
    if (result.kind === 'accepted') return await acceptBooking(ctx, parcelId, result.parcel)
    if (result.kind === 'rejected') return await rejectBooking(ctx, parcelId, result.reasons)
  } catch (error) {
    // Whatever else was thrown came after the carrier's answer: the next turn searches for what it did.
    if (!(error instanceof CarrierCallFailed)) throw error
    return await notCalled(ctx, parcelId, carrierAccountId, error)
  }
  await loseBooking(ctx, parcelId)
  throw new TryLater(firstSearchSeconds, 'The carrier did not answer.', writeLane(carrierAccountId))
}

/** The carrier was not called, or is sure to have done nothing: the intent waits for a better moment. */
const notCalled = async (
  ctx: JobCtx,
  parcelId: string,
  carrierAccountId: string,
  failure: CarrierCallFailed,
): Promise<void> => {
  if (failure.kind === 'refused') return rejectBooking(ctx, parcelId, [failure.message])
  const tries = await releaseBooking(ctx, parcelId)
  // A person has to repair the keys; the intent is taken up again when they work.
  if (failure.kind === 'credentials') return
  const seconds = failure.kind === 'busy' ? (failure.retryAfterSeconds ?? 60) : outageSeconds(tries)
  throw new TryLater(seconds, failure.message, writeLane(carrierAccountId))
}

const search = async (ctx: JobCtx, parcelId: string, turn: SearchTurn): Promise<void> => {
  const { carrierAccountId, reference, conclusive, since } = turn
  const queue = writeLane(carrierAccountId)
  const found = await callCarrier(ctx, carrierAccountId, (port, connection) =>
    port.findByReference(connection, reference),
  ).catch((error: unknown) => {
    if (!(error instanceof CarrierCallFailed)) throw error
    if (error.kind === 'credentials') return null
    throw new TryLater(error.retryAfterSeconds ?? settleSeconds, error.message, queue)
  })
  if (found === null) return
  const [parcel] = found
  if (parcel) return acceptBooking(ctx, parcelId, parcel)
  if (!conclusive) throw new TryLater(settleSeconds, 'The carrier may still be writing.', queue)
  const again = await retakeAfterSearch(ctx, parcelId, since)
  if (again.kind === 'call') await create(ctx, parcelId, again)
}

/** Takes up intents whose booking waits: after an account works again, and now and then in case a job was lost. */
const resume: Handlers['parcels.resume'] = (ctx, { carrierAccountId }) =>
  ctx.transaction(async (tx) => {
    const staleBefore = new Date(ctx.now.getTime() - 5 * settleSeconds * 1000).toISOString()
    for (const { id } of await waitingBookings(tx, carrierAccountId, staleBefore))
      enqueueBooking(ctx, tx, { id, carrierAccountId })
  })

const bookedParcel = async (ctx: JobCtx, parcelId: string) => {
  const [parcel] = await ctx.read((tx) => findParcels(tx, [parcelId]))
  const { trackingNumber, carrierAccountId } = parcel ?? {}
  return trackingNumber && carrierAccountId ? { ...parcel, trackingNumber, carrierAccountId } : null
}

const cancel: Handlers['parcels.cancel'] = async (ctx, { parcelId }) => {
  const parcel = await bookedParcel(ctx, parcelId)
  if (!parcel?.cancelRequestedAt || parcel.status === 'cancelled') return
  const { carrierAccountId, trackingNumber } = parcel
  try {
    const outcome = await callCarrier(ctx, carrierAccountId, (port, connection) =>
      port.cancel(connection, trackingNumber),
    )
    if (outcome === 'cancelled') return await noteCancelled(ctx, parcelId)
  } catch (error) {
    throw asJobError(error, writeLane(carrierAccountId))
  }
  await noteNotCancelled(ctx, parcelId)
  await ctx.transaction(async (tx) => enqueueRefresh(ctx, tx, { id: parcelId, carrierAccountId }))
}

/** Reads one parcel at its carrier and lets everything follow what it says. */
const refresh: Handlers['parcels.refresh'] = async (ctx, { parcelId }) => {
  const parcel = await bookedParcel(ctx, parcelId)
  if (!parcel) return
  const { carrierAccountId, trackingNumber } = parcel
  const news = await callCarrier(ctx, carrierAccountId, (port, connection) =>
    port.track(connection, trackingNumber),
  ).catch((error: unknown) => {
    // Refused keys are shown on the account; the next poll finds what was missed.
    if (error instanceof CarrierCallFailed && error.kind === 'credentials') return null
    throw asJobError(error, readLane(carrierAccountId))
  })
  await ctx.transaction(async (tx) => {
    const locked = await lockParcel(tx, parcelId)
    if (!locked) return
    await saveReadAt(tx, parcelId, ctx.clock().toISOString())
    if (news) await applyNews(ctx, tx, locked, news, 'poll')
  })
}

const minuteMillis = 60_000
/** Half of a default hour's calls goes to reading, in two rounds an hour; the rest is for booking. */
const readsPerRound = 250
const followedDays = 60

/** Reads parcels that no webhook has told of lately, the longest unread first, each by a job of its own. */
const poll: Handlers['carriers.poll'] = (ctx, { carrierAccountId }) =>
  ctx.transaction(async (tx) => {
    const now = ctx.now.getTime()
    const due = await unreadParcels(tx, carrierAccountId, {
      readBefore: new Date(now - 25 * minuteMillis).toISOString(),
      aliveSince: new Date(now - followedDays * 1_440 * minuteMillis).toISOString(),
      limit: readsPerRound,
    })
    for (const { id } of due) enqueueRefresh(ctx, tx, { id, carrierAccountId })
  })

/** Twice an hour, over all merchants: parcels are read as a safety net, destinations once a day, old labels removed. */
const schedule: Handlers['schedule.carriers'] = (ctx) =>
  ctx.platform(async (tx) => {
    const dayAgo = new Date(ctx.now.getTime() - 1_440 * minuteMillis).toISOString()
    for (const { merchantId, id, placesSyncedAt } of await followedAccounts(tx)) {
      const payload = { merchantId, carrierAccountId: id }
      ctx.enqueue(tx, 'carriers.poll', payload, { key: `carriers.poll:${id}`, queue: readLane(id) })
      ctx.enqueue(tx, 'parcels.resume', payload, { key: `parcels.resume:${id}` })
      if (placesSyncedAt === null || Date.parse(placesSyncedAt) < Date.parse(dayAgo))
        ctx.enqueue(tx, 'carriers.sync_places', payload, { key: `carriers.sync_places:${id}`, queue: readLane(id) })
    }
    await removeOldSheets(tx, dayAgo)
  })

export const parcelJobs = {
  'parcels.book': book,
  'parcels.resume': resume,
  'parcels.cancel': cancel,
  'parcels.refresh': refresh,
  'carriers.poll': poll,
  'schedule.carriers': schedule,
} satisfies Partial<Handlers>
