import { createHash } from 'node:crypto'
import type { ConnectionKind, Inbound, InboundDetail } from '@sendocki/domain/inbound/inbound'
import { Refused } from '@sendocki/domain/result'
import { type Ctx, hides, type MerchantTx } from '../../context.ts'
import type { JobName } from '../../jobs/catalogue.ts'
import { insertInbound, type NewInbound, readInboundDetail, reopenInbound } from './inbound.queries.ts'

const readers = {
  store: 'inbox.process',
  carrier_account: 'tracking.process',
  whatsapp_number: 'whatsapp.process',
  pbx: 'pbx.process',
} as const satisfies Record<ConnectionKind, JobName>

/** A carrier's deliveries are read side by side in this many lanes; those about one parcel keep to one of them. */
const lanes = 8

/** What a sender delivered, before it has an id of ours. */
export type Delivery = Omit<NewInbound, 'id' | 'receivedAt'>

/**
 * Stores a delivery and queues its reading in the caller's transaction: after the answer nothing of it can be lost.
 * Returns its id, or null when the same delivery was stored before.
 */
export const storeInbound = async (ctx: Ctx, tx: MerchantTx, delivery: Delivery): Promise<string | null> =>
  (await storeAllInbound(ctx, tx, [delivery]))[0] ?? null

/** The same for many at once, which costs hardly more than one; the ids are those of deliveries that are new. */
export const storeAllInbound = async (ctx: Ctx, tx: MerchantTx, deliveries: readonly Delivery[]): Promise<string[]> => {
  const receivedAt = ctx.now.toISOString()
  const rows = deliveries.map((delivery) => ({ ...delivery, id: ctx.newId(), receivedAt }))
  const stored = await insertInbound(tx, rows)
  const fresh = rows.filter(({ id }) => stored.has(id))
  for (const row of fresh) enqueueReading(ctx, tx, row)
  return fresh.map(({ id }) => id)
}

const enqueueReading = (
  ctx: Ctx,
  tx: MerchantTx,
  { id, connectionKind, connectionId, subject }: Pick<NewInbound, 'id' | 'connectionKind' | 'connectionId' | 'subject'>,
): void => {
  // Versions of an order are told apart by their dates, whichever is read first: keeping a queue for them would only
  // cost. A parcel's news are read in the order in which they came.
  const queue = connectionKind === 'store' ? {} : { queue: `inbound:${connectionId}:${laneOf(subject ?? id)}` }
  ctx.enqueue(tx, readers[connectionKind], { merchantId: ctx.merchantId, inboundId: id }, queue)
}

const laneOf = (subject: string): number => createHash('sha1').update(subject).digest().readUInt8(0) % lanes

/** A delivery with its bytes, unless the role hides what stands in them. */
export const readInbound = (ctx: Ctx, id: string): Promise<InboundDetail> =>
  ctx.read(async (tx) => {
    const found = await findDetail(ctx, tx, id)
    if (!found) throw new Refused('inbound.not_found')
    return found
  })

/** For a screen that shows a delivery beside something else; undefined when there is none. */
export const findDetail = (ctx: Ctx, tx: MerchantTx, id: string): Promise<InboundDetail | undefined> =>
  readInboundDetail(tx, id, !hides(ctx, 'phone') && !hides(ctx, 'address'))

/** Has a delivery read again, as if it came now; what it told before makes the reading harmless. */
export const replayInbound = (ctx: Ctx, id: string): Promise<Inbound> =>
  ctx.transaction(async (tx) => {
    const { body: _body, bodyErased, ...row } = await findOrRefuse(ctx, tx, id)
    if (bodyErased) throw new Refused('inbound.erased')
    await reopen(ctx, tx, row)
    return { ...row, status: 'waiting', outcome: null, processedAt: null }
  })

const findOrRefuse = async (ctx: Ctx, tx: MerchantTx, id: string): Promise<InboundDetail> => {
  const found = await findDetail(ctx, tx, id)
  if (!found) throw new Refused('inbound.not_found')
  return found
}

const reopen = async (ctx: Ctx, tx: MerchantTx, row: Inbound): Promise<void> => {
  await reopenInbound(tx, row.id)
  ctx.record(tx, { type: 'inbound.replayed', subject: { kind: 'inbound', id: row.id } })
  enqueueReading(ctx, tx, row)
}
