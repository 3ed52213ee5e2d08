import type { ParcelStatus } from '@sendocki/domain/parcels/parcel'
import type { TrackingSource } from '@sendocki/domain/parcels/parcel-schema'
import type { OperationKind, TrackingOperation } from '@sendocki/domain/parcels/tracking-operation'
import type { RefusalCode } from '@sendocki/domain/refusals'
import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { statusesOf } from '../cash/index.ts'
import { setOrderReturn, takeBackRuleMove } from '../orders/index.ts'
import { ordersIn } from './companions.queries.ts'
import {
  insertLine,
  insertOperation,
  linesOf,
  lockOperation,
  type NewOperationLine,
  newestOperation,
  type OperationLine,
  type OperationRow,
  openLines,
  saveLine,
  saveOperation,
} from './operations.queries.ts'
import { followParcel, recordParcel } from './parcels.commands.ts'
import { lockParcel, type ParcelRow, saveParcel } from './parcels.queries.ts'
import { applyNews, bringUpToDate, type Moves } from './tracking.commands.ts'
import { takeBackEvent } from './tracking.queries.ts'

/*
 * What people say of parcels, kept so that it can be taken back: the event, the number, the move of the order, the cash.
 */

export const openOperation = async (ctx: Ctx, tx: MerchantTx, kind: OperationKind): Promise<string> => {
  const id = ctx.newId()
  await insertOperation(tx, { id, kind, createdAt: ctx.now.toISOString() })
  ctx.record(tx, { type: 'tracking_operation.opened', subject: { kind: 'tracking_operation', id }, data: { kind } })
  return id
}

export interface Said {
  /** The carrier's own word, or our status where a person chose it. */
  readonly raw: string
  /** Null for a word that nobody has explained: it is kept and moves nothing. */
  readonly status: ParcelStatus | null
  /** Null: now. */
  readonly at: string | null
  readonly comment: string | null
}

/** Applies what was said of a locked parcel, and keeps what followed with the operation. */
export const applySaid = async (
  ctx: Ctx,
  tx: MerchantTx,
  operationId: string,
  parcel: ParcelRow,
  said: Said,
  source: Extract<TrackingSource, 'hand' | 'file' | 'driver'>,
  kept: Pick<NewOperationLine, 'trackingNumber' | 'collectedCentimes' | 'returnReceived'> = {},
): Promise<void> => {
  const { raw, status, comment } = said
  const word = status ? ({ kind: 'known', status } as const) : ({ kind: 'unknown', raw } as const)
  const at = said.at ?? ctx.clock().toISOString()
  const { eventIds, moves } = await applyNews(ctx, tx, parcel, [{ raw, word, at, comment, attempts: null }], source)
  const { [parcel.orderId]: own, ...companionMoves } = moves
  await insertLine(tx, {
    id: ctx.newId(),
    operationId,
    parcelId: parcel.id,
    eventId: eventIds[0] ?? null,
    moveEventId: own ?? null,
    companionMoves,
    ...kept,
  })
}

/** Gives a locked parcel the carrier's number, and answers the parcel as it is then. */
export const giveNumber = async (
  ctx: Ctx,
  tx: MerchantTx,
  parcel: ParcelRow,
  trackingNumber: string | null,
): Promise<ParcelRow> => {
  await saveParcel(tx, parcel.id, { trackingNumber })
  const numbered = { ...parcel, trackingNumber }
  if (parcel.live) await followParcel(tx, numbered)
  await recordParcel(ctx, tx, parcel, {
    type: 'parcel.numbered',
    before: { trackingNumber: parcel.trackingNumber },
    after: { trackingNumber },
  })
  return numbered
}

/** Why a line cannot be taken back; null when it can. */
const obstacleOf = async (
  tx: MerchantTx,
  line: OperationLine,
  parcel: ParcelRow | undefined,
): Promise<RefusalCode | null> => {
  if (!parcel) return 'parcel.not_found'
  const cash = line.eventId === null ? undefined : (await statusesOf(tx, [line.parcelId])).get(line.parcelId)
  // Money that was marked as received belongs to another operation, which has to be taken back first.
  return cash === 'collected' ? 'collection.changed_meanwhile' : null
}

/** Puts the orders back where they stood; false when one of them has gone on since. */
const takeBackMoves = async (ctx: Ctx, tx: MerchantTx, moves: Moves): Promise<boolean> => {
  let allBack = true
  for (const [orderId, eventId] of Object.entries(moves))
    allBack = (await takeBackRuleMove(ctx, tx, orderId, eventId)) && allBack
  return allBack
}

/** Takes one line back: the order first, exactly where it stood, then the event, and what was read from it. */
const undoLine = async (ctx: Ctx, tx: MerchantTx, line: OperationLine): Promise<void> => {
  const parcel = await lockParcel(tx, line.parcelId)
  const obstacle = await obstacleOf(tx, line, parcel)
  if (obstacle !== null || !parcel) return saveLine(tx, line.id, { keptBecause: obstacle ?? 'parcel.not_found' })
  const own = line.moveEventId === null ? {} : { [parcel.orderId]: line.moveEventId }
  const ordersBack = await takeBackMoves(ctx, tx, { ...own, ...line.companionMoves })
  let current = parcel
  if (line.trackingNumber !== null && parcel.trackingNumber === line.trackingNumber)
    current = await giveNumber(ctx, tx, current, null)
  if (line.collectedCentimes !== null) {
    await saveParcel(tx, parcel.id, { collectedCentimes: null })
    current = { ...current, collectedCentimes: null }
  }
  if (line.returnReceived) {
    await saveParcel(tx, parcel.id, { returnReceivedAt: null })
    for (const orderId of await ordersIn(tx, parcel)) await setOrderReturn(tx, orderId, null)
    current = { ...current, returnReceivedAt: null }
  }
  if (line.eventId !== null) await takeBackEvent(tx, parcel.id, line.eventId, ctx.now.toISOString())
  await bringUpToDate(ctx, tx, current, { by: ctx, order: false })
  await saveLine(tx, line.id, {
    undoneAt: ctx.now.toISOString(),
    ...(ordersBack ? {} : { keptBecause: 'order.changed_meanwhile' }),
  })
}

/** So many are taken back while the answer is awaited; more in the background. */
const undoneAtOnce = 200
const batch = 50

const finish = async (ctx: Ctx, tx: MerchantTx, operation: OperationRow): Promise<OperationRow> => {
  const undoneAt = ctx.now.toISOString()
  await saveOperation(tx, operation.id, { undoneAt })
  ctx.record(tx, { type: 'tracking_operation.undone', subject: { kind: 'tracking_operation', id: operation.id } })
  return { ...operation, undoneAt }
}

/** Takes an operation back as a whole, as far as it can be: each parcel says what became of it. */
export const undoTracking = (ctx: Ctx, id: string): Promise<TrackingOperation> =>
  ctx.transaction((tx) => undoIn(ctx, tx, id))

/** Takes back the newest thing that was said of a parcel in this way. */
export const undoNewest = async (ctx: Ctx, tx: MerchantTx, parcelId: string, kind: OperationKind): Promise<void> => {
  const id = await newestOperation(tx, parcelId, kind)
  if (!id) throw new Refused('tracking_operation.not_found')
  const { items } = await undoIn(ctx, tx, id)
  const kept = items.find(({ outcome }) => outcome === 'kept')
  if (kept?.reason) throw new Refused(kept.reason as RefusalCode)
}

const undoIn = async (ctx: Ctx, tx: MerchantTx, id: string): Promise<TrackingOperation> => {
  const operation = await lockOperation(tx, id)
  if (!operation) throw new Refused('tracking_operation.not_found')
  if (operation.undoAskedAt) throw new Refused('tracking_operation.already_undone')
  const undoAskedAt = ctx.now.toISOString()
  await saveOperation(tx, id, { undoAskedAt })
  const lines = await openLines(tx, id, undoneAtOnce + 1)
  if (lines.length > undoneAtOnce) {
    ctx.enqueue(tx, 'tracking.undo', { merchantId: ctx.merchantId, operationId: id }, { key: `tracking.undo:${id}` })
    return operationView(tx, { ...operation, undoAskedAt })
  }
  for (const line of lines.reverse()) await undoLine(ctx, tx, line)
  return operationView(tx, await finish(ctx, tx, { ...operation, undoAskedAt }))
}

/** Takes a few more lines back; false when nothing is left. Each round is a transaction, so a killed process goes on. */
export const undoSomeLines = (ctx: Ctx, id: string): Promise<boolean> =>
  ctx.transaction(async (tx) => {
    const operation = await lockOperation(tx, id)
    if (!operation?.undoAskedAt || operation.undoneAt) return false
    const lines = await openLines(tx, id, batch)
    for (const line of lines) await undoLine(ctx, tx, line)
    if (lines.length < batch) await finish(ctx, tx, operation)
    return lines.length === batch
  })

/** An operation with what became of each parcel; `others` are parcels that it left as they were. */
export const operationView = async (
  tx: MerchantTx,
  { id, kind, createdAt, undoAskedAt, undoneAt }: OperationRow,
  others: TrackingOperation['items'] = [],
): Promise<TrackingOperation> => {
  const lines = await linesOf(tx, id)
  return {
    operationId: id,
    kind,
    count: lines.length,
    createdAt,
    undo: undoneAt ? 'undone' : undoAskedAt ? 'undoing' : 'none',
    undoneAt,
    items: [
      ...lines.map((line) => ({
        parcelId: line.parcelId,
        outcome: line.undoneAt ? ('undone' as const) : line.keptBecause ? ('kept' as const) : ('applied' as const),
        reason: line.keptBecause,
      })),
      ...others,
    ],
  }
}
