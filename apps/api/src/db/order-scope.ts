import { queueStates } from '@sendocki/domain/orders/states'
import type { Scope } from '@sendocki/domain/permissions'
import { eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import { orders } from './schema/orders.ts'

/**
 * The orders that a role sees, as a condition to be put around every filter; undefined when it sees them all. `me` is
 * the member's id, or the placeholder for it; null for a key, which has no orders of its own. Teams and stores narrow nothing yet: a role made of them sees nothing.
 */
export const ordersInScope = (scope: readonly Scope[], me: string | SQL.Aliased | object | null): SQL | undefined => {
  if (scope.includes('all')) return undefined
  const parts = [
    ...(scope.includes('queue') ? [inArray(orders.state, [...queueStates])] : []),
    ...(scope.includes('own') && me !== null ? [eq(orders.assigneeId, me as string)] : []),
  ]
  return or(...parts) ?? sql`false`
}

/** The same for one place that an order had, as its history keeps it. */
export const isPlaceInScope = (
  viewer: { readonly scope: readonly Scope[]; readonly memberId: string | null },
  place: Readonly<Record<string, unknown>> | null,
): boolean =>
  viewer.scope.includes('all') ||
  (viewer.scope.includes('queue') && queueStates.some((state) => state === place?.state)) ||
  (viewer.scope.includes('own') && viewer.memberId !== null && place?.assigneeId === viewer.memberId)
