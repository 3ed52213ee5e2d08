import { paidOutcomeOf } from '@sendocki/domain/carriers/fees'
import { sumCentimes } from '@sendocki/domain/money'
import type { MapStatus, TrackingSource, UnknownStatus } from '@sendocki/domain/parcels/parcel-schema'
import { shareOut } from '@sendocki/domain/parcels/together'
import { changeOf, type Track, trackOf, type WantedState } from '@sendocki/domain/parcels/tracking'
import { Refused } from '@sendocki/domain/result'
import type { TrackingNews } from '../../adapters/carriers/port.ts'
import { type Ctx, type MerchantTx, systemActor } from '../../context.ts'
import { feeOfParcel, findAccount } from '../carriers/index.ts'
import { type DeliveredCash, openCollection, withdrawCollection } from '../cash/index.ts'
import { lowerOrderFlag, moveByRule, setOrderFlag } from '../orders/index.ts'
import { companionsOf, ordersIn } from './companions.queries.ts'
import { followParcel, recordParcel } from './parcels.commands.ts'
import { findLive, lockParcel, type ParcelRow, saveParcel } from './parcels.queries.ts'
import {
  countUnknown,
  explainedWords,
  factsOf,
  insertEvents,
  listUnknown,
  rereadEvents,
  saveMapping,
} from './tracking.queries.ts'

/** News of a parcel that is known already. */
export type News = Omit<TrackingNews, 'trackingNumber'>

/**
 * What a carrier told of one parcel, locked by the caller: kept once, read together with everything told before, and
 * followed by order and cash. The same news again, or older ones, change nothing.
 */
export const applyNews = async (
  ctx: Ctx,
  tx: MerchantTx,
  parcel: ParcelRow,
  news: readonly News[],
  source: TrackingSource,
): Promise<Applied> => {
  const eventIds: string[] = []
  const receivedAt = ctx.clock().toISOString()
  const unknown = news.flatMap(({ word }) => (word.kind === 'unknown' ? [word.raw] : []))
  const explained = await explainedWords(tx, parcel.carrierAccountId, [...new Set(unknown)])
  for (const { word, raw, at, comment, attempts } of news) {
    // Without a date only a change of the word is news.
    if (at === null && raw === parcel.carrierStatus) continue
    const status = word.kind === 'known' ? word.status : (explained.get(word.raw) ?? null)
    const made = await insertEvents(tx, [
      {
        id: ctx.newId(),
        parcelId: parcel.id,
        carrierAccountId: parcel.carrierAccountId,
        at: at ?? receivedAt,
        carrierStatus: raw,
        status,
        comment,
        attempts,
        source,
        receivedAt,
      },
    ])
    eventIds.push(...made)
    if (made.length > 0 && status === null) await countUnknown(tx, parcel.carrierAccountId, raw, receivedAt)
  }
  const by = peopleSay.includes(source) ? ctx : undefined
  return { eventIds, moves: await bringUpToDate(ctx, tx, parcel, by ? { by } : {}) }
}

/** The event of the move of each order that followed. */
export type Moves = Readonly<Record<string, string>>

/** What news left behind: enough to take it back. */
export interface Applied {
  readonly eventIds: readonly string[]
  readonly moves: Moves
}

/** News that a person brings: history says who, not the carrier. */
const peopleSay: readonly TrackingSource[] = ['hand', 'file', 'driver']

interface Follow {
  /** In whose name; the carrier's unless said. */
  readonly by?: Ctx
  /** False when the order is taken care of already. */
  readonly order?: boolean
}

/**
 * Reads the parcel anew from all its events, and lets its orders and their cash follow what changed. Answers the moves of
 * those that moved.
 */
export const bringUpToDate = async (
  ctx: Ctx,
  tx: MerchantTx,
  parcel: ParcelRow,
  { by: person, order = true }: Follow = {},
): Promise<Moves> => {
  const track = trackOf(await factsOf(tx, parcel.id), parcel.createdAt)
  const change = changeOf(parcel, track)
  if (!change.changed) return {}
  const account = await findAccount(tx, parcel.carrierAccountId)
  const by = person ?? carrierContext(ctx, parcel.carrierAccountId, account?.name ?? null)
  const orderIds = await ordersIn(tx, parcel)
  const live = change.live && (parcel.live || (await isLegFree(tx, parcel, orderIds)))
  const columns = { ...columnsOf(track), live, ...(await feeChange(tx, parcel, track)) }
  const next = { ...parcel, ...columns }
  await saveParcel(tx, parcel.id, columns)
  // A parcel that has ended must not cover the live one that took its place.
  if (live || (await isLegFree(tx, parcel, orderIds))) await followParcel(tx, next, orderIds)
  const happening = {
    type: 'parcel.status_changed',
    at: track.since,
    before: { status: parcel.status },
    after: { status: track.status, carrierStatus: track.carrierStatus, attempts: track.attempts },
  }
  await recordParcel(by, tx, parcel, happening, orderIds)
  const moves: Record<string, string> = {}
  for (const orderId of orderIds) {
    const eventId = order ? await moveOrder(by, tx, { ...next, orderId }, change.move) : null
    if (eventId !== null) moves[orderId] = eventId
    if (change.live && !live) await setOrderFlag(by, tx, orderId, 'parcel_two_live')
    if (track.status === 'unknown') await setOrderFlag(by, tx, orderId, 'carrier_word_unknown')
    else if (parcel.status === 'unknown') await lowerOrderFlag(by, tx, orderId, 'carrier_word_unknown')
  }
  if (change.cash === 'due' && track.deliveredAt)
    await openCollection(by, tx, await cashOf(tx, next, track.deliveredAt, account?.driverMemberId ?? null))
  if (change.cash === 'withdraw') await withdrawCollection(by, tx, parcel.id)
  return moves
}

/** Fees of outcomes exclude one another: another outcome costs what the carrier took for it on the parcel's day. */
const feeChange = async (
  tx: MerchantTx,
  parcel: ParcelRow,
  { status }: Track,
): Promise<{ feeCentimes?: number | null }> => {
  if (paidOutcomeOf(parcel.status) === paidOutcomeOf(status)) return {}
  const feeCentimes = await feeOfParcel(tx, parcel, status)
  return feeCentimes === undefined ? {} : { feeCentimes }
}

const columnsOf = ({ status, since, carrierStatus, comment, attempts, pickedUp, wanted, deliveredAt }: Track) => ({
  status,
  since,
  carrierStatus,
  carrierComment: comment,
  attempts,
  pickedUp,
  wantedState: wanted?.state ?? null,
  wantedSince: wanted?.since ?? null,
  deliveredAt,
})

/** The same instant and merchant, with the carrier as the one who acts: history says "by carrier". */
const carrierContext = (ctx: Ctx, carrierAccountId: string, name: string | null): Ctx =>
  ctx.inMerchant(ctx.merchantId, systemActor('carrier', carrierAccountId, name))

/** Whether no other live parcel holds the leg of any of these orders. */
const isLegFree = async (tx: MerchantTx, { id, leg }: ParcelRow, orderIds: readonly string[]): Promise<boolean> =>
  (await findLive(tx, orderIds, leg)).every((other) => other.id === id)

const moveOrder = async (
  by: Ctx,
  tx: MerchantTx,
  parcel: ParcelRow,
  move: WantedState | null,
): Promise<string | null> => {
  // What the merchant itself called off is no news to it, and where the order goes is its own decision.
  if (!move || (move.flag === 'parcel_cancelled' && parcel.cancelRequestedAt)) return null
  const { state, flag, carrierStatus: note } = move
  const rule = { orderId: parcel.orderId, state, note, by: 'carrier', ...(flag ? { flag } : {}) } as const
  return (await moveByRule(by, tx, rule)).eventId
}

/** What was taken at the door, and whose it is: of a parcel of several orders each has its share. */
const cashOf = async (
  tx: MerchantTx,
  { id: parcelId, orderId, carrierAccountId, codAmountCentimes, collectedCentimes }: ParcelRow,
  deliveredAt: string,
  driverMemberId: string | null,
): Promise<DeliveredCash> => {
  const companions = (await companionsOf(tx, [parcelId])).get(parcelId) ?? []
  const theirs = companions.map((one) => ({ orderId: one.orderId, amountCentimes: one.codAmountCentimes }))
  const own = codAmountCentimes - sumCentimes(theirs.map(({ amountCentimes }) => amountCentimes))
  const shares = shareOut(collectedCentimes ?? codAmountCentimes, [{ orderId, amountCentimes: own }, ...theirs])
  return { parcelId, carrierAccountId, driverMemberId, shares, deliveredAt }
}

/** Our own cancellation, done: one more event of the parcel. */
export const noteCancelled = (ctx: Ctx, parcelId: string): Promise<void> =>
  ctx.transaction(async (tx) => {
    const parcel = await lockParcel(tx, parcelId)
    if (parcel && parcel.status !== 'cancelled') await noteWithdrawn(ctx, tx, parcel)
  })

export const noteWithdrawn = async (ctx: Ctx, tx: MerchantTx, parcel: ParcelRow): Promise<void> => {
  const word = { kind: 'known', status: 'cancelled' } as const
  const at = ctx.clock().toISOString()
  await applyNews(ctx, tx, parcel, [{ raw: 'CANCELED', word, at, comment: null, attempts: null }], 'cancel')
}

/** The carrier would not give the parcel back. */
export const noteNotCancelled = (ctx: Ctx, parcelId: string): Promise<void> =>
  ctx.transaction(async (tx) => {
    const parcel = await lockParcel(tx, parcelId)
    if (!parcel?.cancelRequestedAt) return
    await saveParcel(tx, parcelId, { cancelRequestedAt: null })
    await recordParcel(ctx, tx, parcel, {
      type: 'parcel.cancel_refused',
      after: { status: parcel.status },
    })
  })

const assertAccount = async (tx: MerchantTx, id: string): Promise<void> => {
  if (!(await findAccount(tx, id))) throw new Refused('carrier_account.not_found')
}

export const readUnknownStatuses = (ctx: Ctx, carrierAccountId: string): Promise<{ items: UnknownStatus[] }> =>
  ctx.read(async (tx) => {
    await assertAccount(tx, carrierAccountId)
    return { items: await listUnknown(tx, carrierAccountId) }
  })

/** Says what a carrier's word means, from now on and for everything told in it before. */
export const mapStatus = (ctx: Ctx, carrierAccountId: string, input: MapStatus): Promise<{ items: UnknownStatus[] }> =>
  ctx.transaction(async (tx) => {
    await assertAccount(tx, carrierAccountId)
    const { carrierStatus, status } = input
    if (!(await saveMapping(tx, carrierAccountId, carrierStatus, status, ctx.now.toISOString())))
      throw new Refused('carrier.status_not_found', { carrierStatus })
    ctx.record(tx, {
      type: 'carrier_status.mapped',
      subject: { kind: 'carrier_account', id: carrierAccountId },
      after: { carrierStatus, status },
    })
    ctx.enqueue(
      tx,
      'tracking.reread',
      { merchantId: ctx.merchantId, carrierAccountId, carrierStatus },
      { key: `tracking.reread:${carrierAccountId}:${carrierStatus}` },
    )
    return { items: await listUnknown(tx, carrierAccountId) }
  })

/** Reads one parcel again after a word of its carrier was explained. */
export const rereadParcel = (
  ctx: Ctx,
  parcelId: string,
  carrierStatus: string,
  status: Parameters<typeof rereadEvents>[3],
): Promise<void> =>
  ctx.transaction(async (tx) => {
    const parcel = await lockParcel(tx, parcelId)
    if (!parcel) return
    await rereadEvents(tx, parcelId, carrierStatus, status)
    await bringUpToDate(ctx, tx, parcel)
  })
