import { type Moment, wallClockOf } from '../time.ts'
import { type RiskLevel, type RiskRule, type RiskSettings, riskRules } from './settings.ts'

/*
 * How likely a parcel is to come back, as a sum of points that each have a reason in counts. A rule without enough history
 * says nothing, and where no rule knows how anything ended there is no level: unknown is never "low". Source: product.md 1
 * (X7).
 */

/** Parcels that ended, and how. */
export interface Ended {
  readonly delivered: number
  readonly returned: number
}

/** What the merchant's own past says around an order, up to the instant at which it is judged. */
export interface RiskFacts {
  readonly totalCentimes: number
  readonly isPhoneDoubtful: boolean
  readonly placedAt: Moment
  /** The other orders of the same customer. */
  readonly customer: Ended & {
    /** Cancelled after they were confirmed. */
    readonly cancelled: number
    /** For which nobody was reached. */
    readonly unreached: number
    /** Placed before this one. */
    readonly earlier: number
    /** Placed in the two days before this one. */
    readonly recent: number
  }
  /** Orders of other customers at the same address. */
  readonly address: Ended & { readonly customers: number }
  readonly city: Ended | null
  /** One for each product of the order. */
  readonly products: readonly Ended[]
  /** All of the merchant's parcels. */
  readonly all: Ended
  /** What an order usually comes to, and how many orders say so. */
  readonly usual: { readonly centimes: number; readonly orders: number } | null
}

export interface RiskReason {
  readonly code: RiskRule
  readonly points: number
  /** The numbers of its sentence. */
  readonly counts: Readonly<Record<string, number>>
}

export interface RiskScore {
  readonly level: RiskLevel
  readonly score: number
  readonly reasons: readonly RiskReason[]
}

/** What one rule has to say. */
interface Saying {
  /** It knows how parcels ended, or that somebody failed the merchant: without such knowledge there is no level. */
  readonly knows: boolean
  /** How often its points count; 0 when there is nothing to fear. */
  readonly times: number
  readonly counts: Readonly<Record<string, number>>
}

const silent: Saying = { knows: false, times: 0, counts: {} }
/** Beyond three, one more says nothing new. */
const mostTimes = 3
/** A share is drawn towards the merchant's own by as many parcels: few parcels of a city prove little. */
const drawnBy = 20
const nightEnds = 6

const endedOf = ({ delivered, returned }: Ended): number => delivered + returned

/** The share that came back, in percent, drawn towards that of all parcels. */
const smoothedPercent = (some: Ended, all: Ended): number => {
  const usual = endedOf(all) === 0 ? 0 : all.returned / endedOf(all)
  return (100 * (some.returned + drawnBy * usual)) / (endedOf(some) + drawnBy)
}

const ofShare = (some: Ended | null, all: Ended, rule: { least: number; percent: number }): Saying => {
  if (some === null || endedOf(some) < rule.least) return silent
  const fires = some.returned > 0 && smoothedPercent(some, all) >= rule.percent
  return { knows: true, times: fires ? 1 : 0, counts: { returned: some.returned, ended: endedOf(some) } }
}

const worstOf = (products: readonly Ended[], all: Ended, least: number): Ended | null =>
  products
    .filter((one) => endedOf(one) >= least)
    .reduce<Ended | null>(
      (worst, one) => (worst === null || smoothedPercent(one, all) > smoothedPercent(worst, all) ? one : worst),
      null,
    )

const ofCount = (count: number, least: number): Saying => ({
  knows: count >= least,
  times: count >= least ? Math.min(count, mostTimes) : 0,
  counts: { count },
})

const ifSo = (holds: boolean, counts: Saying['counts'] = {}): Saying => ({ knows: false, times: holds ? 1 : 0, counts })

const sayings: { readonly [R in RiskRule]: (facts: RiskFacts, rule: RiskSettings['rules'][R]) => Saying } = {
  customer_returned: ({ customer }, { least, percent }) => {
    const ended = endedOf(customer)
    if (ended < least) return silent
    const fires = customer.returned > 0 && 100 * customer.returned >= percent * ended
    const times = fires ? Math.min(customer.returned, mostTimes) : 0
    return { knows: true, times, counts: { returned: customer.returned, ended } }
  },
  customer_cancelled: ({ customer }, { least }) => ofCount(customer.cancelled, least),
  customer_unreached: ({ customer }, { least }) => ofCount(customer.unreached, least),
  address_returned: ({ address }, { least }) => {
    if (address.returned < least) return silent
    const { returned, customers } = address
    return { knows: true, times: 1, counts: { returned, ended: endedOf(address), customers } }
  },
  city_returned: ({ city, all }, rule) => ofShare(city, all, rule),
  product_returned: ({ products, all }, rule) => ofShare(worstOf(products, all, rule.least), all, rule),
  amount_high: ({ usual, totalCentimes }, { least, percent }) =>
    usual === null || usual.orders < least || usual.centimes <= 0
      ? silent
      : ifSo(100 * totalCentimes >= percent * usual.centimes, { percent }),
  ordered_often: ({ customer }, { least }) =>
    ifSo(customer.recent + 1 >= least, { count: customer.recent + 1, hours: repeatHours }),
  first_order: ({ customer }) => ifSo(customer.earlier === 0),
  phone_doubtful: ({ isPhoneDoubtful }) => ifSo(isPhoneDoubtful),
  night_order: ({ placedAt }) => ifSo(wallClockOf(placedAt).hour < nightEnds),
}

/** How close together orders of one customer are counted as repeated. */
export const repeatHours = 48

/** Rules whose sentence says how far back was looked. */
const windowed: readonly RiskRule[] = [
  'customer_returned',
  'customer_cancelled',
  'customer_unreached',
  'address_returned',
  'city_returned',
  'product_returned',
]

const levelOf = (score: number, { medium, high }: RiskSettings['thresholds']): RiskLevel =>
  score >= high ? 'high' : score >= medium ? 'medium' : 'low'

/** What the rules say of an order; null when too little is known to say anything. */
export const scoreRisk = (facts: RiskFacts, settings: RiskSettings): RiskScore | null => {
  const said = riskRules
    .filter((code) => settings.rules[code].on)
    .map((code) => {
      const rule = settings.rules[code]
      const { knows, times, counts } = sayings[code](facts, rule as never)
      const days = windowed.includes(code) ? { days: settings.windowDays } : {}
      return { knows, reason: { code, points: times * rule.points, counts: { ...counts, ...days } } }
    })
  if (!said.some(({ knows }) => knows)) return null
  const reasons = said
    .map(({ reason }) => reason)
    .filter(({ points }) => points > 0)
    .sort((one, other) => other.points - one.points)
  const score = reasons.reduce((sum, { points }) => sum + points, 0)
  return { level: levelOf(score, settings.thresholds), score, reasons }
}
