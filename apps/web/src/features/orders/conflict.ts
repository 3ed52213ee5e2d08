import type { ApiProblem } from '@sendocki/client/problem'
import type { Order } from '@sendocki/domain/orders/order'

/** Somebody was quicker: who and when, and the order as it stands now. Null when the answer does not say it. */
export interface Conflict {
  readonly who: string | null
  readonly at: string | null
  readonly current: Order
}

export const conflictOf = ({ code, params, current }: ApiProblem): Conflict | null => {
  if (code !== 'order.changed_meanwhile' || typeof current !== 'object' || current === null) return null
  const { by, at } = params as { by?: { name?: string | null } | null; at?: string }
  return { who: by?.name ?? null, at: at ?? null, current: current as Order }
}
