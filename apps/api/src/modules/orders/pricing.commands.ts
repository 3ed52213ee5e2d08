import { priceLimitOf } from '@sendocki/domain/calls/settings'
import { firstPrices } from '@sendocki/domain/orders/price-limit'
import { orRefuse, Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { readCallSettings } from '../call-settings/index.ts'
import { pricesOf } from '../products/index.ts'
import type { DraftLine } from './placing.commands.ts'
import type { LineRow, OrderRow } from './rows.queries.ts'

interface PriceChange {
  readonly row: OrderRow
  readonly before: readonly LineRow[]
  /** The lines that were sent; undefined when they stay. */
  readonly after: readonly DraftLine[] | undefined
  readonly discountCentimes: number | undefined
}

/** What each line cost before anybody changed its price. Refuses what the actor's role may not ask of a price. */
export const assertPrices = async (
  ctx: Ctx,
  tx: MerchantTx,
  { row, before, after, discountCentimes }: PriceChange,
): Promise<(number | null)[]> => {
  if (!after && discountCentimes === undefined) return []
  const variantIds = (after ?? []).flatMap(({ variantId }) => variantId ?? [])
  const [settings, catalogue] = await Promise.all([readCallSettings(tx), pricesOf(tx, variantIds)])
  const limitPercent = priceLimitOf(settings, ctx.actor.role?.id ?? null)
  // A discount on the whole would be a way around the limit on each line.
  if (limitPercent !== null && discountCentimes !== undefined && discountCentimes > row.discountCentimes)
    throw new Refused('order.discount_limited', { percent: limitPercent }, [
      { path: 'discountCentimes', code: 'beyond_limit' },
    ])
  return after ? orRefuse(firstPrices({ before, after, catalogue, limitPercent })) : []
}
