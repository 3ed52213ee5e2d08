import { liveParcelStatuses, type ParcelStatus } from '../parcels/parcel.ts'
import { ok, type Result, refuse } from '../result.ts'
import type { OrderState } from './states.ts'
import { feesAskedOnce, goesOut, type TogetherOrder } from './together.ts'

/*
 * An order that leaves those it was to travel with, before a parcel carries them: who leads then, whose delivery fee is
 * asked, and whether it can come back. Facts in, decision out. Source: product.md 3 and 10, X2.
 */

/** Whose address its parcel takes, null for its own, and how much of its delivery fee is not asked for. */
export interface Travel {
  readonly shipWithOrderId: string | null
  readonly waivedCentimes: number
}

/** An order of a parcel to be. */
export interface Traveller
  extends Pick<TogetherOrder, 'id' | 'number' | 'state' | 'parcelStatus' | 'shippingFeeCentimes' | 'codAmountCentimes'>,
    Travel {
  readonly endedAt: string | null
}

/** What a leaving makes of one of the orders, and what takes that back. */
export interface Parted {
  readonly id: string
  readonly number: number
  /** Whether it still went out then; the one that left did not. */
  readonly goes: boolean
  readonly before: Travel
  readonly after: Travel
  /** What it asks for its delivery afterwards. */
  readonly feeCentimes: number
}

const isCarried = (status: ParcelStatus | null): boolean => status !== null && liveParcelStatuses.includes(status)

/** States of an order that somebody carried without a parcel of ours: it took the fee along. */
const goneByHand: readonly (OrderState | null)[] = ['shipped', 'delivered', 'delivery_failed']

const stillGoes = ({ state, endedAt }: Pick<Traveller, 'state' | 'endedAt'>): boolean =>
  goesOut(state) && endedAt === null

/**
 * Whether a move takes an order out of the parcel that it was to travel in: it is cancelled, or ends before it ever went
 * out. While a parcel carries it nobody leaves, and what a carrier says of a parcel ends the orders of it together.
 */
export const leavesParcel = (
  { shipWithOrderId, state, parcelStatus }: Pick<Traveller, 'shipWithOrderId' | 'state' | 'parcelStatus'>,
  after: Pick<Traveller, 'state' | 'endedAt'>,
): boolean => {
  if (shipWithOrderId === null || isCarried(parcelStatus)) return false
  if (after.state === 'cancelled') return state !== 'cancelled'
  const neverCarried = parcelStatus === null || parcelStatus === 'cancelled'
  return after.endedAt !== null && goesOut(state) && neverCarried
}

const isLead = ({ id, shipWithOrderId }: Traveller): boolean => id === shipWithOrderId
const askedOf = (orders: readonly Pick<Traveller, 'shippingFeeCentimes'>[]): number =>
  orders.reduce((sum, { shippingFeeCentimes }) => sum + shippingFeeCentimes, 0)

/** An order as it was before it travelled with others. */
const alone = (order: Traveller): Traveller => ({
  ...order,
  shipWithOrderId: null,
  waivedCentimes: 0,
  shippingFeeCentimes: order.shippingFeeCentimes + order.waivedCentimes,
  codAmountCentimes: order.codAmountCentimes === null ? null : order.codAmountCentimes + order.waivedCentimes,
})

/** How those that are left travel: with their lead or the oldest of them, the dearest of their fees asked once. */
const regrouped = (rest: readonly Traveller[]): ReadonlyMap<string, Travel> => {
  const [lead, ...others] = rest.toSorted(
    (one, other) => Number(isLead(other)) - Number(isLead(one)) || one.number - other.number,
  )
  if (!lead) return new Map()
  if (others.length === 0) return new Map([[lead.id, { shipWithOrderId: null, waivedCentimes: 0 }]])
  const whole = [lead, ...others].map(alone)
  const dearest = Math.max(...whole.map(({ shippingFeeCentimes }) => shippingFeeCentimes))
  // Nobody's total changes without need: what is left may ask for one fee already.
  if (isLead(lead) && askedOf(rest) === dearest) return new Map(rest.map((order) => [order.id, order]))
  const waived = feesAskedOnce(whole)
  return new Map(
    whole.map(({ id }) => [id, { shipWithOrderId: lead.id, waivedCentimes: waived.get(id) ?? 0 }] as const),
  )
}

/**
 * What the orders of a parcel to be become when one of them leaves: it asks for its own fee again, should it ever go out;
 * those that are left ask for the dearest of theirs, once, under their lead or a new one; one that is left alone is free.
 * When some of them went out by hand already, the others stay as they are.
 */
export const planParting = (orders: readonly Traveller[], leaverId: string): Parted[] => {
  const others = orders.filter(({ id, state }) => id !== leaverId && state !== 'cancelled')
  const isUnderWay = others.some(({ state }) => goneByHand.includes(state))
  const travels = regrouped(isUnderWay ? [] : others.filter(stillGoes))
  return orders.flatMap((order): Parted[] => {
    const { id, number, shipWithOrderId, waivedCentimes, shippingFeeCentimes } = order
    if (id !== leaverId && !others.includes(order)) return []
    const before = { shipWithOrderId, waivedCentimes }
    const left = { shipWithOrderId: null, waivedCentimes: 0 }
    const found = id === leaverId ? left : (travels.get(id) ?? before)
    const after = { shipWithOrderId: found.shipWithOrderId, waivedCentimes: found.waivedCentimes }
    const feeCentimes = shippingFeeCentimes + before.waivedCentimes - after.waivedCentimes
    return [{ id, number, goes: id !== leaverId && stillGoes(order), before, after, feeCentimes }]
  })
}

/** An order as far as another one's return depends on it. */
type Standing = Omit<Traveller, 'waivedCentimes' | 'codAmountCentimes'>

/**
 * Whether an order that left can come back to those that it left: each of them stands as the leaving made it, and nobody
 * has joined them since. Refused in words, naming the order that has changed.
 */
export const planReturn = (parted: readonly Parted[], standing: readonly Standing[]): Result<null> => {
  const keptById = new Map(parted.map((one) => [one.id, one]))
  const changed = standing.find((order) => {
    const kept = keptById.get(order.id)
    // A cancelled one that is still named in the parcel travels with nobody.
    if (!kept) return order.state !== 'cancelled'
    const isSame =
      order.shipWithOrderId === kept.after.shipWithOrderId && order.shippingFeeCentimes === kept.feeCentimes
    return !isSame || isCarried(order.parcelStatus) || (kept.goes && !stillGoes(order))
  })
  return changed ? refuse('order.together_changed', { number: changed.number }) : ok(null)
}
