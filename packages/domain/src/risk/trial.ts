import type { RiskTrial, TrialEnd } from './risk.ts'
import type { RiskScore } from './score.ts'
import { riskLevels, riskRules } from './settings.ts'

/*
 * What a trial counts: for each level and each rule how many orders it would have named, and how those ended.
 */

export const trialDays = 90
/** Orders that a trial looks at; of more, some of each week. */
export const mostTried = 20_000
const mostExamples = 10

/** The sums of a trial, as far as it has come. */
export type TrialTally = Pick<RiskTrial, 'levels' | 'rules' | 'examples'>

export interface TriedOrder {
  readonly id: string
  readonly number: number
  readonly state: TrialEnd
  readonly risk: RiskScore | null
}

const nothing = { orders: 0, delivered: 0, returned: 0, cancelled: 0 }

export const emptyTally: TrialTally = {
  levels: [...[...riskLevels].reverse(), null].map((level) => ({ level, ...nothing })),
  rules: riskRules.map((code) => ({ code, ...nothing })),
  examples: [],
}

const added = <Row extends typeof nothing>(row: Row, states: readonly TrialEnd[]): Row => {
  const came = (state: TrialEnd) => states.filter((one) => one === state).length
  return {
    ...row,
    orders: row.orders + states.length,
    delivered: row.delivered + came('delivered'),
    returned: row.returned + came('returned'),
    cancelled: row.cancelled + came('cancelled'),
  }
}

/** The sums with some more orders in them. */
export const addTried = ({ levels, rules, examples }: TrialTally, tried: readonly TriedOrder[]): TrialTally => ({
  levels: levels.map((row) =>
    added(
      row,
      tried.filter(({ risk }) => (risk?.level ?? null) === row.level).map(({ state }) => state),
    ),
  ),
  rules: rules.map((row) =>
    added(
      row,
      tried.filter(({ risk }) => risk?.reasons.some(({ code }) => code === row.code)).map(({ state }) => state),
    ),
  ),
  examples: [
    ...examples,
    ...tried.flatMap(({ id, number, state, risk }) =>
      risk === null || risk.level === 'low' ? [] : [{ orderId: id, number, state, risk: asShown(risk) }],
    ),
  ]
    .sort((one, other) => other.risk.score - one.risk.score || other.number - one.number)
    .slice(0, mostExamples),
})

const asShown = ({ level, score, reasons }: RiskScore) => ({
  level,
  score,
  reasons: reasons.map((reason) => ({ ...reason, counts: { ...reason.counts } })),
})
