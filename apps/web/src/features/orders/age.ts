import type { OrderSummary } from '@sendocki/domain/orders/order'
import { workingMinutesBetween } from '@sendocki/domain/time'

/** The share of its stage's age limit that an order has used up, in working hours; null without a limit. */
export const limitReached = (
  { stateSince, lateAt }: Pick<OrderSummary, 'stateSince' | 'lateAt'>,
  now: Date,
): number | null => {
  if (lateAt === null) return null
  if (Date.parse(lateAt) <= now.getTime()) return 1
  return workingMinutesBetween(stateSince, now) / Math.max(1, workingMinutesBetween(stateSince, lateAt))
}
