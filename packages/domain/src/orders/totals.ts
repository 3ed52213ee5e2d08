import { ok, type Result, refuse } from '../result.ts'

export interface PricedLine {
  readonly quantity: number
  readonly unitPriceCentimes: number
}

/** All in centimes. lines + shipping − discount + adjustment = total; total − deposit = COD amount. */
export interface Totals {
  readonly subtotalCentimes: number
  readonly shippingFeeCentimes: number
  readonly discountCentimes: number
  readonly depositCentimes: number
  readonly adjustmentCentimes: number
  readonly totalCentimes: number
  /** What the carrier collects. */
  readonly codAmountCentimes: number
}

export const lineTotal = (line: PricedLine): number => line.quantity * line.unitPriceCentimes

const subtotalOf = (lines: readonly PricedLine[]): number => lines.reduce((sum, line) => sum + lineTotal(line), 0)

export interface Amounts {
  readonly shippingFeeCentimes: number
  readonly discountCentimes: number
  readonly depositCentimes: number
  /** Kept from the shop's own total when such an order is edited here. */
  readonly adjustmentCentimes?: number
}

/** The totals of an order written here: the server computes them, and a deposit never exceeds the total. */
export const totalsOf = (lines: readonly PricedLine[], amounts: Amounts): Result<Totals> => {
  const { shippingFeeCentimes, discountCentimes, depositCentimes, adjustmentCentimes = 0 } = amounts
  const subtotalCentimes = subtotalOf(lines)
  const totalCentimes = subtotalCentimes + shippingFeeCentimes - discountCentimes + adjustmentCentimes
  if (totalCentimes < 0 || !Number.isSafeInteger(totalCentimes))
    return refuse('order.total_mismatch', { totalCentimes }, [{ path: 'discountCentimes', code: 'too_large' }])
  if (depositCentimes > totalCentimes)
    return refuse('order.deposit_above_total', { totalCentimes }, [{ path: 'depositCentimes', code: 'too_large' }])
  return ok({
    subtotalCentimes,
    shippingFeeCentimes,
    discountCentimes,
    depositCentimes,
    adjustmentCentimes,
    totalCentimes,
    codAmountCentimes: totalCentimes - depositCentimes,
  })
}

/**
 * The totals of a shop's order: the shop's own total wins, and whatever its parts do not explain (taxes, rounding, gift
 * cards) is the adjustment. What the shop says is still to be paid is the COD amount; the rest was a deposit.
 */
export const shopTotalsOf = (
  lines: readonly PricedLine[],
  shop: {
    readonly totalCentimes: number
    readonly shippingFeeCentimes: number
    readonly discountCentimes: number
    readonly outstandingCentimes: number | null
  },
): Totals => {
  const { totalCentimes, shippingFeeCentimes, discountCentimes, outstandingCentimes } = shop
  const subtotalCentimes = subtotalOf(lines)
  const outstanding = Math.min(Math.max(outstandingCentimes ?? totalCentimes, 0), Math.max(totalCentimes, 0))
  return {
    subtotalCentimes,
    shippingFeeCentimes,
    discountCentimes,
    depositCentimes: totalCentimes - outstanding,
    adjustmentCentimes: totalCentimes - (subtotalCentimes + shippingFeeCentimes - discountCentimes),
    totalCentimes,
    codAmountCentimes: outstanding,
  }
}
