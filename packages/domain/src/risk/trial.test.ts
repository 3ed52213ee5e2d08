import { expect, it } from 'vitest'
import type { TrialEnd } from './risk.ts'
import type { RiskScore } from './score.ts'
import { addTried, emptyTally, type TriedOrder } from './trial.ts'

const reason = { code: 'customer_returned', points: 30, counts: { returned: 1, ended: 1 } } as const
const risk = (level: RiskScore['level'], score: number): RiskScore => ({
  level,
  score,
  reasons: score === 0 ? [] : [{ ...reason, points: score }],
})
const order = (number: number, state: TrialEnd, given: RiskScore | null): TriedOrder => ({
  id: `order-${number}`,
  number,
  state,
  risk: given,
})

it('counts what each level and each rule named and how that ended, in as many parts as it comes', () => {
  const tried = [
    order(1, 'returned', risk('high', 90)),
    order(2, 'delivered', risk('high', 60)),
    order(3, 'cancelled', risk('medium', 30)),
    order(4, 'delivered', risk('low', 0)),
    order(5, 'returned', null),
  ]
  const whole = addTried(emptyTally, tried)
  expect(tried.reduce((tally, one) => addTried(tally, [one]), emptyTally)).toEqual(whole)
  expect(whole.levels).toEqual([
    { level: 'high', orders: 2, delivered: 1, returned: 1, cancelled: 0 },
    { level: 'medium', orders: 1, delivered: 0, returned: 0, cancelled: 1 },
    { level: 'low', orders: 1, delivered: 1, returned: 0, cancelled: 0 },
    { level: null, orders: 1, delivered: 0, returned: 1, cancelled: 0 },
  ])
  expect(whole.rules.filter(({ orders }) => orders > 0)).toEqual([
    { code: 'customer_returned', orders: 3, delivered: 1, returned: 1, cancelled: 1 },
  ])
  expect(whole.examples.map(({ number }) => number)).toEqual([1, 2, 3])
})

it('keeps the ten with the most points as examples', () => {
  const tried = Array.from({ length: 30 }, (_, index) => order(index, 'returned', risk('high', 60 + index)))
  expect(
    addTried(addTried(emptyTally, tried.slice(15)), tried.slice(0, 15)).examples.map(({ number }) => number),
  ).toEqual([29, 28, 27, 26, 25, 24, 23, 22, 21, 20])
})
