import { incompleteReasonsOf, readAddress, readContact } from '@sendocki/domain/orders/arrival'
import { firstStageOf, placementIn } from '@sendocki/domain/orders/pipeline'
import type { OrderState } from '@sendocki/domain/orders/states'
import { totalsOf } from '@sendocki/domain/orders/totals'
import { orRefuse, Refused } from '@sendocki/domain/result'
import type { ShopOrder } from '../../adapters/stores/port.ts'
import type { Ctx, MerchantTx } from '../../context.ts'
import { isKnownPhone, removeSampleCustomers } from '../customers/index.ts'
import { pipelineOf } from '../pipeline/index.ts'
import { removeTerms } from '../search/index.ts'
import { recountAll } from './duplicates.queries.ts'
import { destroySealedOf } from './erasure.queries.ts'
import { moveByRule } from './moves.commands.ts'
import { bringIn } from './placing.commands.ts'
import { deleteOrders, pairedWith, sampleOrders } from './samples.queries.ts'

export interface SampleMove {
  /** Milliseconds. */
  readonly at: number
  readonly to: OrderState
  /** The template's key of a reason. */
  readonly reason?: string
}

/** An example: what was ordered, when, and what became of it. */
export interface SampleLife {
  readonly at: number
  readonly order: ShopOrder
  readonly moves: readonly SampleMove[]
}

/**
 * Brings in an example with its whole life, by the same rules as a real order, each moment dated when it is said to have
 * happened. One whose phone belongs to a real customer stays away: nothing real is touched. Returns whether it came.
 */
export const bringInSample = async (
  contextAt: (instant: number) => Ctx,
  tx: MerchantTx,
  { at, order, moves }: SampleLife,
): Promise<boolean> => {
  const contact = readContact({ ...order.customer, alternatePhone: null })
  if (contact.phone !== null && (await isKnownPhone(tx, contact.phone))) return false
  const { doubt, ...address } = readAddress({
    ...{ line: order.address.line, city: order.address.city },
    ...{ district: order.address.district, landmark: null },
  })
  const fees = { shippingFeeCentimes: order.shippingFeeCentimes, discountCentimes: 0, depositCentimes: 0 }
  const totals = orRefuse(totalsOf(order.lines, fees))
  const stage = firstStageOf(await pipelineOf(tx))
  if (!stage) throw new Refused('order.stage_unknown')
  const ctx = contextAt(at)
  const placedAt = ctx.now.toISOString()
  const id = await bringIn(ctx, tx, {
    ...{ shop: null, storeId: null, source: 'sample', sourceReference: null, sourceCurrency: 'MAD', placedAt },
    ...{
      contact,
      address: { ...address, citySpellingId: null },
      lines: order.lines,
      totals,
      codAmountCentimes: totals.codAmountCentimes,
    },
    toComplete: incompleteReasonsOf({
      ...{ contact, cityDoubt: doubt, currency: 'MAD', test: false, signed: true },
      lineCount: order.lines.length,
    }),
    place: placementIn(stage, placedAt, null),
    ...{ paymentMethod: null, paymentStatus: null, utm: {}, tags: [], note: order.note, isSample: true },
  })
  for (const { at: movedAt, to, reason } of moves)
    await moveByRule(contextAt(movedAt), tx, { orderId: id, state: to, ...(reason ? { reason } : {}) })
  return true
}

/**
 * Takes up to so many examples away, with everything that hangs on them; when none is left, the customers whom only they
 * named. What the journal says of them stays, without a name. Returns how many; 0 when nothing is left.
 */
export const removeSampleOrders = async (tx: MerchantTx, limit: number): Promise<number> => {
  const ids = await sampleOrders(tx, limit)
  if (ids.length === 0) return removeSampleCustomers(tx, limit)
  const others = await pairedWith(tx, ids)
  await removeTerms(tx, ids)
  await destroySealedOf(tx, ids)
  await deleteOrders(tx, ids)
  await recountAll(tx, others)
  for (const id of [...ids, ...others]) tx.outbox.changes.push({ noun: 'order', id })
  return ids.length
}
