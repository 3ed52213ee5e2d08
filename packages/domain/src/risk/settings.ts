import { type Static, Type } from 'typebox'
import { closed, Instant, named, nullable, oneOf, Version } from '../schema.ts'

/*
 * What a merchant reads in its own past before it sends a parcel: rules that each add points, and two thresholds. One
 * document per merchant, replaced as a whole. It orders work and may ask the buyer twice; it refuses nobody.
 * Source: product.md 1 (X7).
 */

export const riskLevels = ['low', 'medium', 'high'] as const
export type RiskLevel = (typeof riskLevels)[number]

/** Which orders the call queue gives out first among those that wait for the same reason. */
export const queueOrders = ['by_wait', 'high_first', 'high_last'] as const

const Points = Type.Integer({ minimum: 0, maximum: 100 })
const Least = Type.Integer({ minimum: 1, maximum: 1_000 })
const simple = { on: Type.Boolean(), points: Points }
/** Says something from so many on. */
const counted = { ...simple, least: Least }
/** Says something from so many parcels that have ended, and adds its points from such a share that came back. */
const shared = { ...counted, percent: Type.Integer({ minimum: 1, maximum: 100 }) }

const rules = {
  /** For each parcel of the same customer that came back, three at most, from such a share of theirs on. */
  customer_returned: closed(shared),
  /** For each order that the same customer cancelled after it was confirmed, three at most. */
  customer_cancelled: closed(counted),
  /** For each order of the same customer for which nobody was reached, three at most. */
  customer_unreached: closed(counted),
  /** Parcels of other customers at the same address came back. */
  address_returned: closed(counted),
  city_returned: closed(shared),
  /** Of the products of the order, the one that comes back most. */
  product_returned: closed(shared),
  /** From such a percentage of the usual amount on, once so many orders say what is usual. */
  amount_high: closed({ ...counted, percent: Type.Integer({ minimum: 110, maximum: 2_000 }) }),
  /** So many orders of the same customer in two days, this one among them. */
  ordered_often: closed({ ...simple, least: Type.Integer({ minimum: 2, maximum: 20 }) }),
  first_order: closed(simple),
  phone_doubtful: closed(simple),
  /** Placed between midnight and six, Moroccan time. */
  night_order: closed(simple),
}
export type RiskRule = keyof typeof rules
export const riskRules = Object.keys(rules) as RiskRule[]

export const RiskSettings = closed({
  /** Nothing is read and no order has a risk until somebody switches it on. */
  enabled: Type.Boolean(),
  /** How far back the history of customers, addresses, cities and products is read. */
  windowDays: Type.Integer({ minimum: 30, maximum: 730 }),
  thresholds: closed({
    medium: Type.Integer({ minimum: 1, maximum: 1_000 }),
    high: Type.Integer({ minimum: 1, maximum: 1_000 }),
  }),
  rules: closed(rules),
  /** On a call, an order at high risk is confirmed only once the buyer has agreed a second time. */
  secondConfirmation: Type.Boolean(),
  /**
   * Which orders the call queue gives out first among the next hundred: of those that wait for the same reason the ones at
   * high risk, then at medium; or these last; or whatever waits longest. Promised call-backs keep their time.
   */
  queueOrder: oneOf(queueOrders),
})
export type RiskSettings = Static<typeof RiskSettings>

export const defaultRiskSettings: RiskSettings = {
  enabled: false,
  windowDays: 180,
  thresholds: { medium: 30, high: 60 },
  rules: {
    customer_returned: { on: true, points: 30, least: 1, percent: 25 },
    customer_cancelled: { on: true, points: 15, least: 1 },
    customer_unreached: { on: true, points: 10, least: 1 },
    address_returned: { on: true, points: 20, least: 1 },
    city_returned: { on: true, points: 15, least: 20, percent: 35 },
    product_returned: { on: true, points: 15, least: 20, percent: 35 },
    amount_high: { on: true, points: 15, least: 30, percent: 300 },
    ordered_often: { on: true, points: 10, least: 3 },
    first_order: { on: true, points: 5 },
    phone_doubtful: { on: true, points: 10 },
    night_order: { on: true, points: 5 },
  },
  secondConfirmation: false,
  queueOrder: 'by_wait',
}

export interface RiskFault {
  /** The field, by path, as a refusal names it. */
  readonly path: string
  readonly code: 'order'
}

/** What the schema cannot say of the settings; null when they make sense. */
export const riskFault = ({ thresholds }: RiskSettings): RiskFault | null =>
  thresholds.high <= thresholds.medium ? { path: 'thresholds.high', code: 'order' } : null

/** Whether the buyer must agree a second time before an order of this level is confirmed on a call. */
export const asksTwice = (
  { enabled, secondConfirmation }: Pick<RiskSettings, 'enabled' | 'secondConfirmation'>,
  level: RiskLevel | null,
): boolean => enabled && secondConfirmation && level === 'high'

/** By how much risk moves an order back among those that wait for the same reason: forwards when negative, 0 not at all. */
export const queueStep = ({ enabled, queueOrder }: Pick<RiskSettings, 'enabled' | 'queueOrder'>): -1 | 0 | 1 => {
  if (!enabled || queueOrder === 'by_wait') return 0
  return queueOrder === 'high_first' ? -1 : 1
}

/** A merchant's settings for risk; until somebody saves them they are the defaults, in version 1. */
export const KeptRiskSettings = named(
  'RiskSettings',
  Type.Object({
    settings: RiskSettings,
    version: Version,
    updatedAt: nullable(Instant),
    /** When cities, products and the usual amount were last counted; null before the first time. */
    countedAt: nullable(Instant),
  }),
)
export type KeptRiskSettings = Static<typeof KeptRiskSettings>

/** The whole settings, in the version that was read. */
export const SaveRiskSettings = named('SaveRiskSettings', closed({ settings: RiskSettings, version: Version }))
export type SaveRiskSettings = Static<typeof SaveRiskSettings>
