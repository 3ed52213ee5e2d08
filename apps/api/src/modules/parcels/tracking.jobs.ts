import type { TrackingNews } from '../../adapters/carriers/port.ts'
import type { JobCtx, MerchantTx } from '../../context.ts'
import { GiveUp, type Handlers } from '../../jobs/engine.ts'
import { findAccount, mapOf, saveAccountState } from '../carriers/index.ts'
import { failInbound, findInbound, finishInbound, lockInbound, type StoredInbound } from '../inbound/index.ts'
import { undoSomeLines } from './operations.commands.ts'
import { enqueueRefresh } from './parcels.commands.ts'
import { findByTracking, hasOpenBookings, lockParcel } from './parcels.queries.ts'
import { applyNews, rereadParcel } from './tracking.commands.ts'
import { explainedWords, parcelsToReread } from './tracking.queries.ts'

/** Reads one stored delivery of a carrier. */
const process: Handlers['tracking.process'] = async (ctx, { inboundId }) => {
  const stored = await ctx.read((tx) => findInbound(tx, inboundId))
  if (!stored || stored.processedAt || !stored.body) return
  const account = await ctx.read((tx) => findAccount(tx, stored.connectionId))
  if (!account) throw new GiveUp('carrier_account.not_found', 'The carrier account is gone.')
  const parsed = mapOf(ctx, account.carrier).parse(stored.body)
  if (!parsed.ok) {
    await ctx.transaction((tx) => failInbound(tx, inboundId, parsed.why, ctx.now.toISOString()))
    throw new GiveUp('inbound.unreadable', parsed.why)
  }
  await ctx.transaction(async (tx) => {
    if (!(await lockInbound(tx, inboundId))) return
    const outcomes = []
    for (const news of parsed.news) outcomes.push(await applyOne(ctx, tx, stored, news))
    const [first] = outcomes
    await finishInbound(tx, inboundId, {
      at: ctx.clock().toISOString(),
      outcome: first?.outcome ?? 'ignored',
      orderId: first?.orderId ?? null,
      subject: parsed.news[0]?.trackingNumber ?? null,
      subjectVersion: null,
    })
    await noteEvent(ctx, tx, account)
  })
}

const applyOne = async (
  ctx: JobCtx,
  tx: MerchantTx,
  { connectionId, trust }: StoredInbound,
  news: TrackingNews,
): Promise<{ outcome: string; orderId: string | null }> => {
  const found = await findByTracking(tx, connectionId, news.trackingNumber)
  if (!found) {
    // The carrier can be quicker than its own answer to the booking: then this delivery is read again a little later.
    if (!ctx.job.lastAttempt && (await hasOpenBookings(tx, connectionId)))
      throw new Error('No parcel has this tracking number yet.')
    return { outcome: 'unknown_parcel', orderId: null }
  }
  const parcel = await lockParcel(tx, found.id)
  if (!parcel) return { outcome: 'unknown_parcel', orderId: null }
  if (trust === 'unsigned') {
    // Anybody could have sent it: it only makes us ask.
    enqueueRefresh(ctx, tx, parcel)
    return { outcome: 'confirming', orderId: parcel.orderId }
  }
  await applyNews(ctx, tx, parcel, [news], 'webhook')
  return { outcome: 'applied', orderId: parcel.orderId }
}

const quietMillis = 60_000

/** The account's light; written at most once a minute, or a thousand deliveries would queue for one row. */
const noteEvent = async (
  ctx: JobCtx,
  tx: MerchantTx,
  account: { readonly id: string; readonly lastEventAt: string | null },
): Promise<void> => {
  const now = ctx.clock()
  if (account.lastEventAt && now.getTime() - Date.parse(account.lastEventAt) < quietMillis) return
  await saveAccountState(tx, account.id, { lastEventAt: now.toISOString() })
}

const batch = 100

/** Reads every parcel again of which the carrier spoke in a word that is explained now. */
const reread: Handlers['tracking.reread'] = async (ctx, { carrierAccountId, carrierStatus }) => {
  for (;;) {
    const { status, parcelIds } = await ctx.read(async (tx) => {
      const meaning = (await explainedWords(tx, carrierAccountId, [carrierStatus])).get(carrierStatus) ?? null
      const ids = meaning ? await parcelsToReread(tx, carrierAccountId, carrierStatus, meaning, batch) : []
      return { status: meaning, parcelIds: ids }
    })
    if (!status || parcelIds.length === 0) return
    for (const parcelId of parcelIds) await rereadParcel(ctx, parcelId, carrierStatus, status)
  }
}

/** Takes back what is left of a large operation. */
const undo: Handlers['tracking.undo'] = async (ctx, { operationId }) => {
  let more = true
  while (more) more = await undoSomeLines(ctx, operationId)
}

export const trackingJobs = {
  'tracking.process': process,
  'tracking.reread': reread,
  'tracking.undo': undo,
} satisfies Partial<Handlers>
