import { carefully, fragileAmong } from '../orders/options.ts'
import type { Refusal } from '../result.ts'
import { type PlaceAnswer, planShipment, type Shipment, type ShippableOrder, type ShippingLimits } from './readiness.ts'

/*
 * Several orders in one parcel: what the carrier is asked for, and whose money is taken at the door.
 */

type Orders<O extends ShippableOrder> = readonly [O, ...O[]]

/** Texts that say something, each once. */
export const distinct = (texts: readonly (string | null)[]): string[] => [
  ...new Set(texts.flatMap((text) => text?.trim() || [])),
]

/** The last of these days; null while none is given. */
export const latestDay = (days: readonly (string | null)[]): string | null =>
  days.reduce((latest, day) => (day !== null && (latest === null || day > latest) ? day : latest), null)

/** Unknown for one is unknown for all: a sum without it would be too little. */
export const sumOrUnknown = (amounts: readonly (number | null)[]): number | null =>
  amounts.reduce((sum, amount) => (sum === null || amount === null ? null : sum + amount), 0 as number | null)

/**
 * Orders as the one that their parcel is: the buyer, the address and the number of the lead, the first of them; the lines
 * of all, the sum of what is to be collected, the careful one of each option. One order is itself.
 */
export const asOneOrder = <O extends ShippableOrder>(orders: Orders<O>): O => {
  const [lead, ...others] = orders
  if (others.length === 0) return lead
  const phones = distinct([lead.alternatePhone, ...others.map(({ phone }) => phone)])
  return {
    ...lead,
    alternatePhone: phones.find((phone) => phone !== lead.phone) ?? null,
    lines: orders.flatMap(({ lines }) => lines),
    codAmountCentimes: sumOrUnknown(orders.map(({ codAmountCentimes }) => codAmountCentimes)),
    note: [commandsOf(orders), ...distinct(orders.map(({ note }) => note))].join(' · '),
    allowOpen: carefully(orders.map(({ allowOpen }) => allowOpen)),
    allowTry: carefully(orders.map(({ allowTry }) => allowTry)),
    fragile: fragileAmong(orders.map(({ fragile }) => fragile)),
    shipNotBefore: latestDay(orders.map(({ shipNotBefore }) => shipNotBefore)),
  }
}

/** Read by couriers, who speak French with their carrier: the buyer may ask for any of the numbers. */
const commandsOf = (orders: readonly ShippableOrder[]): string =>
  `COMMANDES ${orders.map(({ number }) => number).join(' + ')}`

/** What becomes of orders that travel together: their shipment, or which of them holds it up and why. */
export type TogetherPlan<O> =
  | { readonly ok: true; readonly value: Shipment }
  | { readonly ok: false; readonly refusal: Refusal; readonly by: O }

/** The shipment of orders in one parcel. Each of them must be ready to go out, and to the city of the lead. */
export const planTogetherShipment = <O extends ShippableOrder>(
  orders: Orders<O>,
  place: PlaceAnswer,
  limits: ShippingLimits,
  today: string,
): TogetherPlan<O> => {
  const [lead] = orders
  for (const by of orders) {
    // Whether the carrier takes the amount is asked of the sum.
    const alone = planShipment(by, place, { ...limits, wholeDirhams: false }, today)
    if (!alone.ok) return { ...alone, by }
    if (by.cityId !== lead.cityId)
      return { ok: false, refusal: { code: 'order.together_cities', params: { number: by.number } }, by }
  }
  const planned = planShipment(asOneOrder(orders), place, limits, today)
  return planned.ok ? planned : { ...planned, by: lead }
}

/** The refusal as each order hears it: its own words where it is the one, else which one holds it up. */
export const refusalFor = (
  order: Pick<ShippableOrder, 'id'>,
  { refusal, by }: { readonly refusal: Refusal; readonly by: Pick<ShippableOrder, 'id' | 'number'> },
): Refusal =>
  order.id === by.id
    ? refusal
    : { code: 'parcel.companion_not_ready', params: { number: by.number, code: refusal.code, ...refusal.params } }

/** What one order of a parcel has to bring in. */
export interface Share {
  readonly orderId: string
  readonly amountCentimes: number
}

/**
 * What was taken at the door, order by order: each up to what it had to bring in, in their order; what is over is the
 * first one's. The shares are the whole of what was taken, to the centime.
 */
export const shareOut = (takenCentimes: number, due: readonly [Share, ...Share[]]): Share[] => {
  let left = takenCentimes
  const shares = due.map(({ orderId, amountCentimes }) => {
    const share = Math.min(Math.max(amountCentimes, 0), left)
    left -= share
    return { orderId, amountCentimes: share }
  })
  return shares.map((share, index) => (index === 0 ? { ...share, amountCentimes: share.amountCentimes + left } : share))
}
