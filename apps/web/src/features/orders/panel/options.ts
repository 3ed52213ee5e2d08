import type { EditOrder, Order } from '@sendocki/domain/orders/order'

/** How an order wants to be handed over, as it is chosen: nothing chosen is nothing said. */
export interface OptionsDraft {
  readonly allowOpen: 'yes' | 'no' | ''
  readonly allowTry: 'yes' | 'no' | ''
  readonly fragile: 'yes' | 'no' | ''
  readonly deliverTo: 'home' | 'agency'
  /** `YYYY-MM-DD`, or nothing. */
  readonly shipNotBefore: string
  /** An order's id, or nothing. */
  readonly exchangeOfOrderId: string
}

const wordOf = (value: boolean | null) => (value === null ? '' : value ? 'yes' : 'no')
const valueOf = (word: OptionsDraft['allowOpen']): boolean | null => (word === '' ? null : word === 'yes')

export const optionsDraftOf = (order: Order): OptionsDraft => ({
  allowOpen: wordOf(order.allowOpen),
  allowTry: wordOf(order.allowTry),
  fragile: wordOf(order.fragile),
  deliverTo: order.deliverTo,
  shipNotBefore: order.shipNotBefore ?? '',
  exchangeOfOrderId: order.exchangeOfOrderId ?? '',
})

/** What was chosen anew, for `PATCH`: what was not touched is not sent. */
export const optionChanges = (order: Order, draft: OptionsDraft): Omit<EditOrder, 'version'> => {
  const chosen = {
    allowOpen: valueOf(draft.allowOpen),
    allowTry: valueOf(draft.allowTry),
    fragile: valueOf(draft.fragile),
    deliverTo: draft.deliverTo,
    shipNotBefore: draft.shipNotBefore || null,
    exchangeOfOrderId: draft.exchangeOfOrderId || null,
  }
  return Object.fromEntries(Object.entries(chosen).filter(([name, value]) => order[name as keyof Order] !== value))
}
