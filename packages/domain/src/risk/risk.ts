import { type Static, Type } from 'typebox'
import { closed, Instant, named, nullable, oneOf, ref, Uuid, withExample } from '../schema.ts'
import { defaultRiskSettings, RiskSettings, riskLevels, riskRules } from './settings.ts'

/** Why points were added: which rule, and the numbers of its sentence. The words are the reader's own. */
export const RiskReason = named(
  'RiskReason',
  Type.Object({
    code: oneOf(riskRules),
    points: Type.Integer(),
    counts: Type.Record(Type.String(), Type.Integer()),
  }),
)

/** How likely a parcel is to come back, by the merchant's own past; null while too little is known to say anything. */
export const OrderRisk = named(
  'OrderRisk',
  Type.Object({
    score: Type.Integer(),
    level: oneOf(riskLevels),
    reasons: Type.Array(ref(RiskReason)),
  }),
)
export type OrderRisk = Static<typeof OrderRisk>

/** What an order can have come to, as a trial counts it. */
export const trialEnds = ['delivered', 'returned', 'cancelled'] as const
export type TrialEnd = (typeof trialEnds)[number]

const became = {
  orders: Type.Integer(),
  delivered: Type.Integer(),
  returned: Type.Integer(),
  cancelled: Type.Integer(),
}

export const trialStatuses = ['running', 'done', 'failed'] as const
export type TrialStatus = (typeof trialStatuses)[number]

/** What settings would have said of the orders of the past 90 days, and what became of those. */
export const RiskTrial = named(
  'RiskTrial',
  Type.Object({
    status: oneOf(trialStatuses),
    /** The settings that are tried, switched on or not. */
    settings: RiskSettings,
    startedAt: Instant,
    finishedAt: nullable(Instant),
    /** Orders created from then on, up to the start, that have ended. */
    from: Instant,
    percentDone: Type.Integer(),
    /** Orders that ended in that time; beyond 20,000 some of each week are looked at. */
    endedOrders: Type.Integer(),
    /** From the highest level down; null is what nothing could be said of. */
    levels: Type.Array(Type.Object({ level: nullable(oneOf(riskLevels)), ...became })),
    /** Each rule that added points. */
    rules: Type.Array(Type.Object({ code: oneOf(riskRules), ...became })),
    /** Those with the most points, at most ten. */
    examples: Type.Array(
      Type.Object({ orderId: Uuid, number: Type.Integer(), state: oneOf(trialEnds), risk: ref(OrderRisk) }),
    ),
  }),
)
export type RiskTrial = Static<typeof RiskTrial>

/** The last trial; null before the first. */
export const LastRiskTrial = named('LastRiskTrial', Type.Object({ trial: nullable(ref(RiskTrial)) }))
export type LastRiskTrial = Static<typeof LastRiskTrial>

export const StartRiskTrial = named(
  'StartRiskTrial',
  withExample(closed({ settings: RiskSettings }), { settings: { ...defaultRiskSettings, enabled: true } }),
)
export type StartRiskTrial = Static<typeof StartRiskTrial>
