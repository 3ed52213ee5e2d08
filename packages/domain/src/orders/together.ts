import { liveParcelStatuses, type ParcelStatus } from '../parcels/parcel.ts'
import { ok, type Refusal, type Result, refuse } from '../result.ts'
import type { DeliveryPlace } from './options.ts'
import { type OrderState, queueStates } from './states.ts'

/*
 * Orders of one buyer that travel in one parcel: which may, and what the buyer pays then. Facts in, decision out.
 * Source: product.md 3 and 10, X2.
 */

/** An order as far as travelling with another one depends on it. */
export interface TogetherOrder {
  readonly id: string
  readonly number: number
  readonly isSample: boolean
  readonly state: OrderState | null
  readonly parcelStatus: ParcelStatus | null
  readonly cityId: string | null
  readonly deliverTo: DeliveryPlace
  readonly exchangeOfOrderId: string | null
  readonly shippingFeeCentimes: number
  /** Null where there is nothing in dirhams to collect. */
  readonly codAmountCentimes: number | null
  /** The order whose address its parcel goes to; null while it travels alone. */
  readonly shipWithOrderId: string | null
}

/** States from which an order still goes out; without a state it is in a stage of the merchant's own. */
export const goesOut = (state: OrderState | null): boolean =>
  state === null || state === 'confirmed' || queueStates.includes(state)

const obstacleOf = (lead: TogetherOrder, order: TogetherOrder): Refusal | null => {
  const about = { number: order.number }
  if (order.isSample) return { code: 'order.sample' }
  if (order.parcelStatus !== null && liveParcelStatuses.includes(order.parcelStatus))
    return { code: 'order.together_parcel', params: about }
  if (!goesOut(order.state)) return { code: 'order.together_over', params: { ...about, state: order.state } }
  if (order.cityId === null || order.cityId !== lead.cityId) return { code: 'order.together_cities', params: about }
  if (order.deliverTo !== lead.deliverTo || order.exchangeOfOrderId !== null)
    return { code: 'order.together_handover', params: about }
  return null
}

/**
 * How much of each order's delivery fee is not asked for, by order: of orders in one parcel the dearest fee is asked once,
 * however many there are and whenever one joins. Those that travel together already come first and keep what they ask;
 * nothing is given back that was paid before: no order's amount to collect falls below zero.
 */
export const feesAskedOnce = (
  orders: readonly Pick<TogetherOrder, 'id' | 'shippingFeeCentimes' | 'codAmountCentimes' | 'shipWithOrderId'>[],
): ReadonlyMap<string, number> => {
  let asked = 0
  return new Map(
    orders.map(({ id, shippingFeeCentimes, codAmountCentimes, shipWithOrderId }) => {
      const most = Math.min(shippingFeeCentimes, asked, codAmountCentimes ?? 0)
      const waived = shipWithOrderId === null ? Math.max(0, most) : 0
      asked += shippingFeeCentimes - waived
      return [id, waived]
    }),
  )
}

/**
 * Whether these orders may travel in one parcel to the address of the lead, and what of each fee is waived then. The lead
 * comes first, those that travel with it already come next. Refused in words, naming the order that does not fit: another city, a parcel of its own, already over, an
 * example, or handed over in another way than the lead.
 */
export const planTogether = (
  orders: readonly [TogetherOrder, ...TogetherOrder[]],
): Result<ReadonlyMap<string, number>> => {
  const [lead, ...others] = orders
  // An exchange may lead: its own swap at the door is the only one.
  const refusals = [
    obstacleOf(lead, { ...lead, exchangeOfOrderId: null }),
    ...others.map((one) => obstacleOf(lead, one)),
  ]
  const refusal = refusals.find((one) => one !== null)
  if (refusal) return refuse(refusal.code, refusal.params)
  const groups = new Set(orders.flatMap(({ shipWithOrderId }) => shipWithOrderId ?? []))
  if (groups.size > 1) return refuse('order.together_two', { number: lead.number })
  return ok(feesAskedOnce(orders))
}
