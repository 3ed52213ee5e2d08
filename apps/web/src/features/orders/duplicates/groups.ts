import type { OrderSummary } from '@sendocki/domain/orders/order'

/** Orders of one customer that wait for the same decision, as one line of the list. */
export interface Group {
  readonly orders: readonly [OrderSummary, ...OrderSummary[]]
}

/** One line for each customer, in the order in which the newest of their orders came. */
export const groupsOf = (orders: readonly OrderSummary[]): Group[] => {
  const groups = new Map<string, [OrderSummary, ...OrderSummary[]]>()
  for (const order of orders) {
    const known = groups.get(order.customer.id)
    if (known) known.push(order)
    else groups.set(order.customer.id, [order])
  }
  return [...groups.values()].map((members) => ({ orders: members }))
}

/** The line in which an order stands, the first one when none is asked for; -1 when it waits for nothing. */
export const placeOf = (groups: readonly Group[], orderId: string | null): number =>
  orderId === null ? 0 : groups.findIndex(({ orders }) => orders.some(({ id }) => id === orderId))
