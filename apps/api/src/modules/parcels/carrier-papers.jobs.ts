import { CarrierCallFailed } from '../../adapters/carriers/port.ts'
import type { JobCtx } from '../../context.ts'
import type { Handlers } from '../../jobs/engine.ts'
import { asJobError, callCarrier, findAccount, writeLane } from '../carriers/index.ts'
import { pickupPlaceOf } from './carrier-papers.commands.ts'
import { findPickup, findSheet, savePickup, saveSheet } from './carrier-papers.queries.ts'
import { enqueueRefresh } from './parcels.commands.ts'
import { findParcels } from './parcels.queries.ts'
import { markPrinted } from './printed.commands.ts'

/** A failure that a person has to see: the carrier's no, or the last try. Anything else comes back later. */
const isFinal = (ctx: JobCtx, error: unknown): error is CarrierCallFailed =>
  error instanceof CarrierCallFailed &&
  (error.kind === 'refused' || error.kind === 'credentials' || (error.kind === 'unavailable' && ctx.job.lastAttempt))

const trackingNumbersOf = async (ctx: JobCtx, ids: readonly string[]): Promise<string[]> => {
  const parcels = await ctx.read((tx) => findParcels(tx, ids))
  const numbers = new Map(parcels.map(({ id, trackingNumber }) => [id, trackingNumber]))
  return ids.flatMap((id) => numbers.get(id) ?? [])
}

const fetchLabels: Handlers['labels.fetch'] = async (ctx, { labelSheetId }) => {
  const sheet = await ctx.read((tx) => findSheet(tx, labelSheetId))
  if (sheet?.status !== 'pending') return
  const numbers = await trackingNumbersOf(ctx, sheet.parcelIds)
  const change = await callCarrier(ctx, sheet.carrierAccountId, (port, connection) =>
    port.label(connection, numbers, sheet.format),
  )
    .then((pdf) => ({ status: 'ready', pdf }) as const)
    .catch((error: unknown) => {
      if (isFinal(ctx, error)) return { status: 'failed', problem: error.message } as const
      throw asJobError(error, `carrier-labels:${sheet.carrierAccountId}`)
    })
  await ctx.transaction(async (tx) => {
    await saveSheet(tx, labelSheetId, change)
    if (change.status === 'ready') await markPrinted(ctx, tx, await findParcels(tx, sheet.parcelIds), sheet.memberId)
    ctx.record(tx, {
      type: `labels.${change.status}`,
      subject: { kind: 'label_sheet', id: labelSheetId },
      before: { status: 'pending' },
      after: { status: change.status },
    })
  })
}

const requestPickup: Handlers['pickups.request'] = async (ctx, { pickupId }) => {
  const found = await ctx.read(async (tx) => {
    const pickup = await findPickup(tx, pickupId)
    const account = pickup && (await findAccount(tx, pickup.carrierAccountId))
    const place = account && pickupPlaceOf(account.settings)
    return pickup?.status === 'requested' && place ? { pickup, place } : null
  })
  if (!found) return
  const { pickup, place } = found
  const { carrierAccountId } = pickup
  const trackingNumbers = await trackingNumbersOf(ctx, pickup.parcelIds)
  const request = { ...place, note: pickup.note ?? '-', trackingNumbers }
  // Written down before the call: killed in between, the request is not made a second time.
  await ctx.transaction((tx) => savePickup(tx, pickupId, { status: 'unknown' }))
  const change = await callCarrier(ctx, carrierAccountId, (port, connection) => port.requestPickup(connection, request))
    .then((code) => (code === null ? ({ status: 'unknown' } as const) : ({ status: 'accepted', code } as const)))
    .catch(async (error: unknown) => {
      if (isFinal(ctx, error)) return { status: 'refused', problem: error.message } as const
      if (error instanceof CarrierCallFailed)
        await ctx.transaction((tx) => savePickup(tx, pickupId, { status: 'requested' }))
      throw asJobError(error, writeLane(carrierAccountId))
    })
  await ctx.transaction(async (tx) => {
    await savePickup(tx, pickupId, change)
    ctx.record(tx, {
      type: `pickup.${change.status}`,
      subject: { kind: 'pickup', id: pickupId },
      before: { status: 'requested' },
      after: { status: change.status },
    })
    if (change.status === 'accepted')
      for (const id of pickup.parcelIds) enqueueRefresh(ctx, tx, { id, carrierAccountId })
  })
}

export const carrierPaperJobs = {
  'labels.fetch': fetchLabels,
  'pickups.request': requestPickup,
} satisfies Partial<Handlers>
