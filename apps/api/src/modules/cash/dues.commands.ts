import { deliveredEntry } from '@sendocki/domain/cash/ledger'
import type { Share } from '@sendocki/domain/parcels/together'
import type { Ctx, MerchantTx } from '../../context.ts'
import { setOrderCash } from '../orders/index.ts'
import { insertCollections, lockCollections, removeCollections } from './collections.queries.ts'
import { post, reverse } from './ledger.commands.ts'

/*
 * What a delivery makes due, and what is due no more when it is taken back.
 */

/** A parcel that was delivered against cash. */
export interface DeliveredCash {
  readonly parcelId: string
  readonly carrierAccountId: string
  /** Set where one of our own drivers took the money. */
  readonly driverMemberId: string | null
  /** What each of its orders brought in. */
  readonly shares: readonly Share[]
  readonly deliveredAt: string
}

/**
 * The carrier has taken the buyer's money: it owes it from now on, order by order where several travelled in one parcel.
 * Told twice, it owes it once.
 */
export const openCollection = async (ctx: Ctx, tx: MerchantTx, delivered: DeliveredCash): Promise<void> => {
  const { parcelId, carrierAccountId, driverMemberId, deliveredAt: at } = delivered
  const shares = delivered.shares.filter(({ amountCentimes }) => amountCentimes > 0)
  const known = await lockCollections(tx, [parcelId])
  if (known.length > 0 || shares.length === 0) return
  const holder = { carrierAccountId, driverMemberId }
  const entries = await post(
    ctx,
    tx,
    shares.map(({ amountCentimes }) => ({
      kind: 'delivered' as const,
      parcelId,
      at,
      lines: deliveredEntry(holder, amountCentimes),
    })),
  )
  await insertCollections(
    tx,
    shares.map(({ orderId, amountCentimes }, index) => ({
      parcelId,
      orderId,
      carrierAccountId,
      status: 'due',
      amountCentimes,
      deliveredAt: at,
      dueEntryId: entries[index] ?? '',
    })),
  )
  for (const { orderId, amountCentimes } of shares) {
    await setOrderCash(tx, orderId, { status: 'due', since: at })
    ctx.record(tx, {
      type: 'collection.due',
      subject: { kind: 'collection', id: parcelId },
      orderId,
      after: { status: 'due', amountCentimes },
    })
  }
}

/**
 * The carrier takes a delivery back. What was due is reversed and gone; money that a person has marked as received stays
 * received, and the carrier's account shows that it is owed back: somebody must look.
 */
export const withdrawCollection = async (ctx: Ctx, tx: MerchantTx, parcelId: string): Promise<void> => {
  const known = await lockCollections(tx, [parcelId])
  if (known.length === 0) return
  await reverse(
    ctx,
    tx,
    known.map(({ dueEntryId: entryId }) => ({ entryId, parcelId })),
  )
  await removeCollections(tx, parcelId)
  for (const { orderId, status } of known) {
    const now = status === 'collected' ? 'in_dispute' : 'not_due'
    await setOrderCash(tx, orderId, { status: now, since: ctx.now.toISOString() })
    ctx.record(tx, {
      type: 'collection.withdrawn',
      subject: { kind: 'collection', id: parcelId },
      orderId,
      before: { status },
      after: { status: now },
    })
  }
}
