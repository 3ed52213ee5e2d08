import { addressKey } from '@sendocki/domain/orders/duplicates'
import type { OrderSummary } from '@sendocki/domain/orders/order'

/** Orders that wait for the same decision, as one line of the list. */
export interface Group {
  readonly orders: readonly [OrderSummary, ...OrderSummary[]]
}

/** By what two orders may be one wish: the customer, a phone that is seen whole, an address that is not vague. */
const keysOf = ({ customer, shippingAddress }: OrderSummary): string[] => {
  const phones = customer.phoneMasked ? [] : [customer.phone, customer.alternatePhone]
  const address = addressKey(shippingAddress.city?.id ?? null, shippingAddress.line)
  return [
    `customer ${customer.id}`,
    ...phones.flatMap((phone) => (phone === null ? [] : `phone ${phone}`)),
    ...(address === null ? [] : [`address ${address}`]),
  ]
}

/**
 * One line for all that may be one wish, in the order in which the newest of each came: of one customer, or of several at
 * one address or on one phone.
 */
export const groupsOf = (orders: readonly OrderSummary[]): Group[] => {
  const lineOf = new Map<string, [OrderSummary, ...OrderSummary[]]>()
  const lines = new Set<[OrderSummary, ...OrderSummary[]]>()
  for (const order of orders) {
    const keys = keysOf(order)
    const [known, ...joined] = new Set(keys.map((key) => lineOf.get(key)).filter((line) => line !== undefined))
    const line = known ?? [order]
    if (known) known.push(order)
    lines.add(line)
    // An order that stands between two lines makes them one, at the place of the first.
    for (const other of joined) {
      line.push(...other)
      lines.delete(other)
      for (const one of other) for (const key of keysOf(one)) lineOf.set(key, line)
    }
    for (const key of keys) lineOf.set(key, line)
  }
  return [...lines].map((members) => ({ orders: members }))
}

/** The names of a line, each once. */
export const namesOf = ({ orders }: Group): string[] => [...new Set(orders.map(({ customer }) => customer.name ?? '–'))]

/** The line in which an order stands, the first one when none is asked for; -1 when it waits for nothing. */
export const placeOf = (groups: readonly Group[], orderId: string | null): number =>
  orderId === null ? 0 : groups.findIndex(({ orders }) => orders.some(({ id }) => id === orderId))
