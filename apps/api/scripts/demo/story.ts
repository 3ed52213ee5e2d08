import { addDays, dayOf } from '@sendocki/domain/time'
import type { ShopOrder } from '../../src/adapters/stores/port.ts'
import { believableOrder, buyingTime, byTheSameBuyer, sentAgain } from '../../src/modules/samples/believable.ts'
import { chanceFrom, demoSeed } from '../../src/modules/samples/chance.ts'
import { type Moment, planLife } from './life.ts'

/** Who brings parcels: a carrier with an API, one of the region that has a portal only, and a driver of the house. */
export type CarrierName = 'sendit' | 'local' | 'fleet'

/** An order to be, and all that will happen to it. */
export interface Life {
  readonly order: ShopOrder
  /** Which of the shops it comes from, and which of the agents calls. */
  readonly shop: number
  readonly agent: number
  readonly carrier: CarrierName
  readonly moments: readonly Moment[]
}

export interface Size {
  readonly orders: number
  readonly days: number
}

const day = 86_400_000
/** The carrier's word for a parcel that is the shop's again. */
const returnedWord = 'RETURN_SELLER'
const cameBack = ({ moments }: Life, before: number): boolean =>
  moments.some(({ at, act }) => at < before && act.kind === 'news' && act.word === returnedWord)

/** Every so many orders a form is sent twice. */
const repeatEvery = 85
/** A word that is explained later, and one that nobody has explained yet. */
export const lostWord = 'COLIS EGARE'
const unexplainedWord = 'LIVREUR EN PANNE'

/** Orders of some days up to now, the oldest first, the same for the same size on the same day. */
export const tellStory = (now: number, { orders, days }: Size): Life[] => {
  const chance = chanceFrom(demoSeed)
  const today = dayOf(new Date(now))
  const times = Array.from({ length: orders }, () => buyingTime(chance, addDays(today, -chance.between(0, days - 1))))
  // A shop is never quite still: some orders of the last hours stand in the first column when a visitor comes.
  const late = Array.from({ length: Math.ceil(orders / 150) }, () => now - chance.between(4, 200) * 60_000)
  const placed = [...times.filter((at) => at < now), ...late].sort((a, b) => a - b)
  const lives: Life[] = []
  const lastWords = spreadLastWords(now, days)
  for (const at of placed) {
    const own = chanceFrom(demoSeed + lives.length + 1)
    const fresh = believableOrder(own, at, 1_001 + lives.length)
    const before = lives.at(-own.between(60, 200))
    const again = before && own.happens(0.1) ? before : undefined
    // Among those who wait for a call now are some whose last parcel came back.
    const returner = at > now - day && own.happens(0.3) ? lives.findLast((life) => cameBack(life, at)) : undefined
    const known = returner ?? again
    const order = known ? byTheSameBuyer(fresh, known.order) : fresh
    const shop = own.weighted([
      [0, 5],
      [1, 3],
      [2, 2],
    ])
    const agent = own.between(0, 2)
    const isComplete = order.customer.phones.length > 0 && order.address.city !== null
    const due = isComplete ? lastWords.findIndex((one) => one.from <= at) : -1
    const lastWord = due < 0 ? null : (lastWords.splice(due, 1)[0]?.word ?? null)
    const life = { placedAt: at, isComplete, isRepeat: false, lastWord }
    const carrier = lastWord === null ? carrierFor(order.address.city) : 'sendit'
    lives.push({ order, shop, agent, carrier, moments: planLife(own, life) })
    if (lives.length % repeatEvery !== 0) continue
    const resent = at + own.between(3, 90) * 60_000
    const repeat = sentAgain(order, resent, 1_001 + lives.length)
    const moments = planLife(own, { ...life, placedAt: resent, isRepeat: true, lastWord: null })
    lives.push({ order: repeat, shop, agent, carrier, moments })
  }
  return lives
}

const zones: Readonly<Record<string, CarrierName>> = {
  ...{ Casablanca: 'fleet', casa: 'fleet', 'الدار البيضاء': 'fleet' },
  ...{ Rabat: 'local', Salé: 'local', Kénitra: 'local' },
}

/** By zone, as the city is written; who left it out lives in the own town. */
const carrierFor = (city: string | null): CarrierName => (city === null ? 'fleet' : (zones[city] ?? 'sendit'))

/** How many days ago an order came whose parcel stands still since that word: one for each status that a board shows. */
const standing: readonly (readonly [word: string, daysAgo: number])[] = [
  ['RETOUR_PENDING', 7],
  ['REJECTED', 5],
  ['NEW_DESTINATION', 4.6],
  ['UNREACHABLE', 4.3],
  ['POSTPONED', 4],
  ['DELIVERING', 3.7],
  ['TRANSIT', 3],
  ['PICKEDUP', 2.5],
  ['TO_PICKUP', 2.2],
  ['PENDING', 2],
]

/** From when on the next order is the one that ends with a word: the oldest first. */
const spreadLastWords = (now: number, days: number): { word: string; from: number }[] =>
  [
    ...Array.from({ length: 4 }, () => [lostWord, days / 2] as const),
    ...Array.from({ length: 2 }, () => [unexplainedWord, 6] as const),
    ...standing,
  ].map(([word, daysAgo]) => ({ word, from: now - daysAgo * day }))
