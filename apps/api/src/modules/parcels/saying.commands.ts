import type { RowEffect } from '@sendocki/domain/carrier-files/rows'
import type { IntentResult, Parcel } from '@sendocki/domain/parcels/parcel-schema'
import {
  type CreateManualParcel,
  type EditParcel,
  receivableStatuses,
  type SayStatus,
  type SayStatuses,
  type TrackingOperation,
} from '@sendocki/domain/parcels/tracking-operation'
import type { RefusalCode } from '@sendocki/domain/refusals'
import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { accountNamed } from '../carriers/index.ts'
import { setOrderReturn } from '../orders/index.ts'
import { ordersIn } from './companions.queries.ts'
import { intendParcels } from './intending.commands.ts'
import { applySaid, giveNumber, openOperation, operationView } from './operations.commands.ts'
import { insertLine, lockOperation } from './operations.queries.ts'
import { isCalled, lockedParcel, recordParcel, shownIn, viewerOf } from './parcels.commands.ts'
import { findByTracking, lockParcel, lockReachable, type ParcelRow, saveParcel } from './parcels.queries.ts'

/*
 * Carriers without API are followed by people: a status is chosen, a number typed, a file loaded, a return received.
 */

/** The instant that was said, never in the future: a clock that is a little ahead means now. */
const instantOf = (ctx: Ctx, at: string | undefined): string | null => {
  if (at === undefined) return null
  const ahead = Date.parse(at) - ctx.now.getTime()
  if (ahead > 300_000) throw new Refused('request.invalid', undefined, [{ path: 'at', code: 'too_large' }])
  return ahead > 0 ? null : new Date(at).toISOString()
}

/** Why nothing can be said of a parcel by hand; null when something can. */
const obstacleOf = async (
  ctx: Ctx,
  tx: MerchantTx,
  parcel: ParcelRow,
  called: Map<string, boolean>,
): Promise<RefusalCode | null> => {
  const { carrierAccountId, booking } = parcel
  const isApi = called.get(carrierAccountId) ?? (await isCalled(ctx, tx, carrierAccountId))
  called.set(carrierAccountId, isApi)
  if (isApi) return 'carrier.capability_missing'
  return booking === 'accepted' ? null : 'parcel.not_booked'
}

/** Says where parcels are, of carriers that do not say it themselves: of each what became of it, and one undo for all. */
export const sayStatuses = (ctx: Ctx, { parcelIds, status, at, comment }: SayStatuses): Promise<TrackingOperation> =>
  ctx.transaction(async (tx) => {
    const when = instantOf(ctx, at)
    const parcels = await lockReachable(tx, viewerOf(ctx), parcelIds)
    if (parcels.length < parcelIds.length) throw new Refused('parcel.not_found')
    const operationId = await openOperation(ctx, tx, 'hand')
    const others: TrackingOperation['items'] = []
    const called = new Map<string, boolean>()
    for (const parcel of parcels) {
      const { id: parcelId } = parcel
      const reason = await obstacleOf(ctx, tx, parcel, called)
      if (reason) others.push({ parcelId, outcome: 'refused', reason })
      else if (parcel.status === status && when === null) others.push({ parcelId, outcome: 'same', reason: null })
      else {
        const said = { raw: status, status, at: when, comment: comment?.trim() || null }
        await applySaid(ctx, tx, operationId, parcel, said, 'hand')
      }
    }
    return viewIn(tx, operationId, others)
  })

const viewIn = async (
  tx: MerchantTx,
  operationId: string,
  others: TrackingOperation['items'] = [],
): Promise<TrackingOperation> => {
  const operation = await lockOperation(tx, operationId)
  if (!operation) throw new Error('An operation that was just opened is gone.')
  return operationView(tx, operation, others)
}

/** The same of one parcel, which is refused as a whole when it cannot be. */
export const sayStatus = async (ctx: Ctx, id: string, input: SayStatus): Promise<TrackingOperation> => {
  const operation = await sayStatuses(ctx, { parcelIds: [id], ...input })
  const refused = operation.items.find(({ outcome }) => outcome === 'refused')
  if (refused?.reason) throw new Refused(refused.reason as RefusalCode, { capability: 'manual' })
  return operation
}

/** The goods are back in our hands: the parcel has returned, whatever its carrier says of it. */
export const receiveReturn = (ctx: Ctx, id: string): Promise<TrackingOperation> =>
  ctx.transaction(async (tx) => {
    await shownIn(ctx, tx, id)
    const parcel = await lockedParcel(tx, id)
    if (parcel.returnReceivedAt || !receivableStatuses.includes(parcel.status))
      throw new Refused('parcel.return_not_expected', { status: parcel.status })
    const operationId = await openOperation(ctx, tx, 'return')
    const now = ctx.now.toISOString()
    await saveParcel(tx, id, { returnReceivedAt: now })
    for (const orderId of await ordersIn(tx, parcel))
      await setOrderReturn(tx, orderId, { status: 'received', since: now })
    await recordParcel(ctx, tx, parcel, {
      type: 'parcel.return_received',
      before: { status: parcel.status },
      after: { status: 'returned' },
    })
    const received = { ...parcel, returnReceivedAt: now }
    const said = { raw: 'returned', status: 'returned', at: null, comment: null } as const
    if (parcel.status === 'returned')
      await insertLine(tx, { id: ctx.newId(), operationId, parcelId: id, returnReceived: true })
    else await applySaid(ctx, tx, operationId, received, said, 'hand', { returnReceived: true })
    return viewIn(tx, operationId)
  })

/** Types, corrects or removes the carrier's number of a parcel that its carrier cannot tell us itself. */
export const nameParcel = (ctx: Ctx, id: string, { version, trackingNumber }: EditParcel): Promise<Parcel> =>
  ctx.transaction(async (tx) => {
    const current = await shownIn(ctx, tx, id)
    const parcel = await lockedParcel(tx, id)
    if (parcel.version !== version) throw new Refused('parcel.changed_meanwhile', { current })
    const obstacle = await obstacleOf(ctx, tx, parcel, new Map())
    if (obstacle) throw new Refused(obstacle, { capability: 'manual' })
    const number = trackingNumber?.trim() ?? null
    if (number !== parcel.trackingNumber) {
      await assertFree(tx, parcel, number)
      await giveNumber(ctx, tx, parcel, number)
    }
    return shownIn(ctx, tx, id)
  })

/** A number belongs to one parcel of a carrier account. */
const assertFree = async (
  tx: MerchantTx,
  { id, carrierAccountId }: ParcelRow,
  number: string | null,
): Promise<void> => {
  const holder = number === null ? undefined : await findByTracking(tx, carrierAccountId, number)
  if (holder && holder.id !== id) throw new Refused('parcel.tracking_taken', { trackingNumber: number })
}

/** Hands one order to a carrier that is named, with the number that it gave: the account is opened when it is new. */
export const createManualParcel = (
  ctx: Ctx,
  { orderId, carrierName, trackingNumber }: CreateManualParcel,
): Promise<IntentResult> =>
  ctx.transaction(async (tx) => {
    const carrierAccountId = await accountNamed(ctx, tx, carrierName)
    const [result] = await intendParcels(ctx, tx, { orderIds: [orderId], carrierAccountId })
    if (!result?.parcelId || result.refusal)
      throw new Refused((result?.refusal?.code ?? 'order.not_found') as RefusalCode, result?.refusal?.params)
    const parcel = await lockedParcel(tx, result.parcelId)
    await assertFree(tx, parcel, trackingNumber.trim())
    await giveNumber(ctx, tx, parcel, trackingNumber.trim())
    return result
  })

/**
 * Does what a row of a carrier's file says of a parcel. Done again it does nothing; a number that was given away since the
 * file was tried is answered as a refusal.
 */
export const applyRow = async (
  ctx: Ctx,
  tx: MerchantTx,
  operationId: string,
  parcelId: string,
  { trackingNumber, word, status, at, comment }: RowEffect,
): Promise<RefusalCode | null> => {
  let parcel = await lockParcel(tx, parcelId)
  if (!parcel) return 'parcel.not_found'
  if (parcel.booking !== 'accepted') return 'parcel.not_booked'
  const number = parcel.trackingNumber === null ? trackingNumber : null
  if (number !== null) {
    const holder = await findByTracking(tx, parcel.carrierAccountId, number)
    if (holder && holder.id !== parcelId) return 'parcel.tracking_taken'
    parcel = await giveNumber(ctx, tx, parcel, number)
  }
  if (word !== null)
    await applySaid(ctx, tx, operationId, parcel, { raw: word, status, at, comment }, 'file', {
      trackingNumber: number,
    })
  else if (number !== null) await insertLine(tx, { id: ctx.newId(), operationId, parcelId, trackingNumber: number })
  return null
}
