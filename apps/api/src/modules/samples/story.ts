import type { OrderState } from '@sendocki/domain/orders/states'
import { addDays, dayOf, startOfDay } from '@sendocki/domain/time'
import type { SampleLife, SampleMove } from '../orders/index.ts'
import { believableOrder, buyingTime, byTheSameBuyer } from './believable.ts'
import { type Chance, chanceFrom, demoSeed } from './chance.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/**
 * Orders of some days up to an instant, the oldest first: the same for the same instant. Their moves are as often kept
 * and broken as those of a real shop; what lies after the instant has not happened yet.
 */
export const tellStory = (until: number, { orders, days }: { orders: number; days: number }): SampleLife[] => {
  const chance = chanceFrom(demoSeed)
  const today = dayOf(new Date(until))
  // Two thirds lie anywhere in the days; the others in the last ones, so that today and yesterday have something to show.
  const placed = Array.from({ length: orders }, (_, index) => {
    const daysAgo = index % 3 === 0 ? chance.between(0, 3) : chance.between(0, days - 1)
    const at = buyingTime(chance, addDays(today, -daysAgo))
    return at < until ? at : until - chance.between(4, 180) * minute
  }).sort((a, b) => a - b)
  const lives: SampleLife[] = []
  for (const [index, at] of placed.entries()) {
    const own = chanceFrom(demoSeed + index + 1)
    const fresh = believableOrder(own, at, index + 1)
    const before = index > 20 && own.happens(0.08) ? lives[index - own.between(8, 20)]?.order : undefined
    const order = before ? byTheSameBuyer(fresh, before) : fresh
    const isComplete = order.customer.phones.length > 0 && order.address.city !== null
    const moves = isComplete ? planMoves(own, at).filter((move) => move.at < until) : []
    lives.push({ at, order, moves })
  }
  return lives
}

/** After a pause, in the hours in which somebody works. */
const later = (chance: Chance, from: number, fromMillis: number, toMillis: number): number => {
  const at = from + chance.between(fromMillis, toMillis)
  const opens = Date.parse(startOfDay(dayOf(new Date(at)))) + 9 * hour
  if (at < opens) return opens + chance.between(1, 80) * minute
  return at < opens + 12 * hour ? at : opens + day + chance.between(1, 80) * minute
}

const reasons = ['changed_mind', 'too_expensive', 'wrong_number', 'never_ordered'] as const

/** The calls, the way, and how it ends: about 60 in a hundred are confirmed, and 74 of those shipped are delivered. */
const planMoves = (chance: Chance, placedAt: number): SampleMove[] => {
  const moves: SampleMove[] = []
  let at = placedAt
  const go = (to: OrderState, fromMillis: number, toMillis: number, reason?: string) => {
    at = later(chance, at, fromMillis, toMillis)
    moves.push({ at, to, ...(reason ? { reason } : {}) })
  }
  const cancel = () => go('cancelled', 10 * minute, 5 * hour, chance.pick(reasons))
  if (chance.happens(0.16)) {
    cancel()
    return moves
  }
  if (chance.happens(0.36)) {
    go(chance.happens(0.7) ? 'unreachable' : 'to_confirm', 10 * minute, 4 * hour)
    if (chance.happens(0.62)) {
      at += 20 * hour
      cancel()
      return moves
    }
  }
  go('confirmed', 10 * minute, 5 * hour)
  go('shipped', 2 * hour, 26 * hour)
  if (chance.happens(0.74)) {
    go('delivered', 20 * hour, 60 * hour)
    return moves
  }
  go('delivery_failed', 20 * hour, 50 * hour, 'absent')
  if (chance.happens(0.4)) go('delivered', 20 * hour, 40 * hour)
  else go('returned', 2 * day, 5 * day)
  return moves
}
