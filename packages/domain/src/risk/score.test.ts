import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { fromMoroccanClock } from '../time.ts'
import { type RiskFacts, type RiskScore, scoreRisk } from './score.ts'
import { asksTwice, defaultRiskSettings, queueStep, type RiskSettings, riskFault, riskRules } from './settings.ts'

const on: RiskSettings = { ...defaultRiskSettings, enabled: true }
const at = (clock: string): string => fromMoroccanClock(`2026-11-24 ${clock}`)?.at ?? ''
const ended = (delivered: number, returned: number) => ({ delivered, returned })
const nobody = { delivered: 0, returned: 0, cancelled: 0, unreached: 0, earlier: 1, recent: 0 }

interface Given extends Partial<Omit<RiskFacts, 'customer' | 'address'>> {
  readonly customer?: Partial<RiskFacts['customer']>
  readonly address?: Partial<RiskFacts['address']>
}

/** An order at noon for 300 DH, of somebody who ordered before and of whom nothing else is known. */
const facts = ({ customer, address, ...rest }: Given = {}): RiskFacts => ({
  totalCentimes: 30_000,
  isPhoneDoubtful: false,
  placedAt: at('12:00'),
  customer: { ...nobody, ...customer },
  address: { delivered: 0, returned: 0, customers: 0, ...address },
  city: null,
  products: [],
  all: ended(0, 0),
  usual: null,
  ...rest,
})

/** As a line of the table: the level, the points, and each rule with its own. */
const said = (risk: RiskScore | null): string =>
  risk === null
    ? 'unknown'
    : [`${risk.level} ${risk.score}`, ...risk.reasons.map(({ code, points }) => `${code} ${points}`)].join(', ')

const known = { city: ended(60, 15), all: ended(700, 200) }
const night = at('02:30')

test.each<[string, Given, string]>([
  ['nothing is known of anybody', {}, 'unknown'],
  ['a doubtful phone in the night, and no history', { isPhoneDoubtful: true, placedAt: night }, 'unknown'],
  ['a first order, and no history', { customer: { earlier: 0 } }, 'unknown'],
  ['five orders in two days, and no history', { customer: { recent: 4 } }, 'unknown'],
  ['far above the usual amount, and nothing ever ended', { usual: { centimes: 5_000, orders: 90 } }, 'unknown'],
  ['a city of 19 parcels, all come back', { city: ended(0, 19), all: ended(0, 19) }, 'unknown'],
  ['a product of 19 parcels, all come back', { products: [ended(0, 19)] }, 'unknown'],
  ['neighbours to whom everything was delivered', { address: ended(4, 0) }, 'unknown'],

  ['one delivered parcel', { customer: ended(1, 0) }, 'low 0'],
  ['ten delivered parcels', { customer: ended(10, 0) }, 'low 0'],
  ['one parcel, come back', { customer: ended(0, 1) }, 'medium 30, customer_returned 30'],
  ['two parcels of three come back', { customer: ended(1, 2) }, 'high 60, customer_returned 60'],
  ['five parcels of five come back', { customer: ended(0, 5) }, 'high 90, customer_returned 90'],
  ['one of four come back', { customer: ended(3, 1) }, 'medium 30, customer_returned 30'],
  ['one of five come back: under a quarter', { customer: ended(4, 1) }, 'low 0'],
  ['three of forty come back', { customer: ended(37, 3) }, 'low 0'],

  ['cancelled once after a yes', { customer: { cancelled: 1 } }, 'low 15, customer_cancelled 15'],
  ['cancelled twice after a yes', { customer: { cancelled: 2 } }, 'medium 30, customer_cancelled 30'],
  ['cancelled nine times after a yes', { customer: { cancelled: 9 } }, 'medium 45, customer_cancelled 45'],
  ['not reached once', { customer: { unreached: 1 } }, 'low 10, customer_unreached 10'],
  ['not reached for three orders', { customer: { unreached: 3 } }, 'medium 30, customer_unreached 30'],
  [
    'a parcel come back, one cancelled, one not reached',
    { customer: { returned: 1, cancelled: 1, unreached: 1 } },
    'medium 55, customer_returned 30, customer_cancelled 15, customer_unreached 10',
  ],

  ['a parcel of a neighbour come back', { address: { ...ended(0, 1), customers: 1 } }, 'low 20, address_returned 20'],
  [
    'three names at one address, and a customer who refused',
    { customer: ended(0, 1), address: { ...ended(1, 2), customers: 2 } },
    'medium 50, customer_returned 30, address_returned 20',
  ],

  ['a city as it should be', known, 'low 0'],
  ['a city that comes back', { ...known, city: ended(20, 40) }, 'low 15, city_returned 15'],
  ['a bad city, drawn to a good merchant', { city: ended(12, 8), all: ended(970, 30) }, 'low 0'],
  ['a product that comes back', { ...known, products: [ended(10, 30)] }, 'low 15, product_returned 15'],
  ['the worst of two products', { ...known, products: [ended(50, 1), ended(10, 30)] }, 'low 15, product_returned 15'],
  ['the worst has too few parcels to be read', { ...known, products: [ended(50, 1), ended(1, 9)] }, 'low 0'],
  [
    'a bad product in a bad city',
    { ...known, city: ended(20, 40), products: [ended(10, 30)] },
    'medium 30, city_returned 15, product_returned 15',
  ],

  ['three times the usual', { ...known, usual: { centimes: 10_000, orders: 30 } }, 'low 15, amount_high 15'],
  ['a centime under three times', { ...known, usual: { centimes: 10_001, orders: 30 } }, 'low 0'],
  ['three times what 29 orders say', { ...known, usual: { centimes: 10_000, orders: 29 } }, 'low 0'],
  ['the usual is nothing', { ...known, usual: { centimes: 0, orders: 500 } }, 'low 0'],
  ['the third order in two days', { ...known, customer: { recent: 2 } }, 'low 10, ordered_often 10'],
  ['the second order in two days', { ...known, customer: { recent: 1 } }, 'low 0'],
  ['a first order', { ...known, customer: { earlier: 0 } }, 'low 5, first_order 5'],
  ['a doubtful phone', { ...known, isPhoneDoubtful: true }, 'low 10, phone_doubtful 10'],
  ['at half past two in the night', { ...known, placedAt: night }, 'low 5, night_order 5'],
  ['a minute before midnight', { ...known, placedAt: at('23:59') }, 'low 0'],
  ['at midnight', { ...known, placedAt: at('00:00') }, 'low 5, night_order 5'],
  ['at six', { ...known, placedAt: at('06:00') }, 'low 0'],
  [
    'everything small at once',
    {
      ...known,
      customer: { earlier: 0 },
      isPhoneDoubtful: true,
      placedAt: night,
      usual: { centimes: 10_000, orders: 80 },
    },
    'medium 35, amount_high 15, phone_doubtful 10, first_order 5, night_order 5',
  ],
  [
    'refused, at a bad address, in a bad city, at night',
    {
      ...known,
      customer: ended(0, 2),
      address: { ...ended(0, 1), customers: 1 },
      city: ended(20, 40),
      placedAt: night,
    },
    'high 100, customer_returned 60, address_returned 20, city_returned 15, night_order 5',
  ],
])('%s: %j gives %s', (_, given, line) => {
  expect(said(scoreRisk(facts(given), on))).toBe(line)
})

it('says with each reason the counts of its sentence', () => {
  const risk = scoreRisk(
    facts({
      customer: { ...ended(1, 2), recent: 3 },
      address: { ...ended(2, 1), customers: 3 },
      usual: { centimes: 100, orders: 30 },
    }),
    on,
  )
  expect(risk?.reasons).toEqual([
    { code: 'customer_returned', points: 60, counts: { returned: 2, ended: 3, days: 180 } },
    { code: 'address_returned', points: 20, counts: { returned: 1, ended: 3, customers: 3, days: 180 } },
    { code: 'amount_high', points: 15, counts: { percent: 300 } },
    { code: 'ordered_often', points: 10, counts: { count: 4, hours: 48 } },
  ])
})

describe('what a merchant changes', () => {
  const refused = facts({ customer: ended(1, 2), isPhoneDoubtful: true })
  const rule = <R extends keyof RiskSettings['rules']>(name: R, over: Partial<RiskSettings['rules'][R]>) => ({
    ...on,
    rules: { ...on.rules, [name]: { ...on.rules[name], ...over } },
  })

  it('a rule that is off says nothing, and knows nothing', () => {
    expect(said(scoreRisk(refused, rule('customer_returned', { on: false })))).toBe('unknown')
    expect(said(scoreRisk(refused, rule('phone_doubtful', { on: false })))).toBe('high 60, customer_returned 60')
  })

  it('points, the least history and the share', () => {
    expect(said(scoreRisk(refused, rule('customer_returned', { points: 7 })))).toBe(
      'low 24, customer_returned 14, phone_doubtful 10',
    )
    expect(said(scoreRisk(refused, rule('customer_returned', { least: 4 })))).toBe('unknown')
    expect(said(scoreRisk(refused, rule('customer_returned', { percent: 67 })))).toBe('low 10, phone_doubtful 10')
    expect(said(scoreRisk(refused, rule('customer_returned', { points: 0 })))).toBe('low 10, phone_doubtful 10')
  })

  it('thresholds, of which the higher must be the higher', () => {
    expect(scoreRisk(refused, { ...on, thresholds: { medium: 70, high: 71 } })?.level).toBe('medium')
    expect(scoreRisk(refused, { ...on, thresholds: { medium: 71, high: 90 } })?.level).toBe('low')
    expect(riskFault({ ...on, thresholds: { medium: 60, high: 60 } })).toEqual({
      path: 'thresholds.high',
      code: 'order',
    })
    expect(riskFault(on)).toBeNull()
  })

  it('the second confirmation, of orders at high risk alone', () => {
    const asking = { enabled: true, secondConfirmation: true }
    expect([...(['low', 'medium', 'high'] as const), null].map((level) => asksTwice(asking, level))).toEqual([
      false,
      false,
      true,
      false,
    ])
    expect(asksTwice({ ...asking, enabled: false }, 'high')).toBe(false)
    expect(asksTwice({ ...asking, secondConfirmation: false }, 'high')).toBe(false)
  })
})

test('the call queue is moved by risk only where it is switched on and wanted', () => {
  const step = (enabled: boolean, queueOrder: RiskSettings['queueOrder']) => queueStep({ enabled, queueOrder })
  expect([step(true, 'high_first'), step(true, 'by_wait'), step(true, 'high_last')]).toEqual([-1, 0, 1])
  expect([step(false, 'high_first'), step(false, 'high_last')]).toEqual([0, 0])
})

describe('whatever the past holds', () => {
  const count = fc.nat({ max: 60 })
  const some = fc.record({ delivered: count, returned: count })
  const anyFacts: fc.Arbitrary<RiskFacts> = fc.record({
    totalCentimes: fc.integer({ min: -100_000, max: 10_000_000 }),
    isPhoneDoubtful: fc.boolean(),
    placedAt: fc
      .date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
      .map((at) => at.toISOString()),
    customer: fc.record({
      delivered: count,
      returned: count,
      cancelled: count,
      unreached: count,
      earlier: count,
      recent: count,
    }),
    address: fc.record({ delivered: count, returned: count, customers: count }),
    city: fc.option(some),
    products: fc.array(some, { maxLength: 4 }),
    all: some,
    usual: fc.option(fc.record({ centimes: fc.integer({ min: -5, max: 100_000 }), orders: count })),
  })
  const anySettings: fc.Arbitrary<RiskSettings> = fc
    .record({
      turnedOff: fc.subarray(riskRules),
      points: fc.integer({ min: 0, max: 100 }),
      medium: fc.integer({ min: 1, max: 100 }),
      above: fc.integer({ min: 1, max: 100 }),
    })
    .map(({ turnedOff, points, medium, above }) => ({
      ...on,
      thresholds: { medium, high: medium + above },
      rules: Object.fromEntries(
        riskRules.map((code) => [code, { ...on.rules[code], on: !turnedOff.includes(code), points }]),
      ) as RiskSettings['rules'],
    }))
  const rank = { unknown: -1, low: 0, medium: 1, high: 2 }
  const rankOf = (risk: RiskScore | null) => rank[risk?.level ?? 'unknown']
  const check = (holds: (facts: RiskFacts, settings: RiskSettings) => void) =>
    fc.assert(fc.property(anyFacts, anySettings, holds), { numRuns: 400 })

  it('the score is the sum of its reasons, each of whole points above nothing', () => {
    check((given, settings) => {
      const risk = scoreRisk(given, settings)
      if (risk === null) return
      expect(risk.score).toBe(risk.reasons.reduce((sum, { points }) => sum + points, 0))
      expect(risk.reasons.every(({ points, code }) => points > 0 && settings.rules[code].on)).toBe(true)
      expect(risk.reasons.every(({ counts }) => Object.values(counts).every(Number.isSafeInteger))).toBe(true)
    })
  })

  it('each rule adds the same whatever the others say', () => {
    check((given, settings) => {
      for (const { code, points } of scoreRisk(given, settings)?.reasons ?? []) {
        const alone = Object.fromEntries(
          riskRules.map((one) => [one, { ...settings.rules[one], on: one === code || one === 'customer_returned' }]),
        ) as RiskSettings['rules']
        const witness = { ...given, customer: { ...given.customer, delivered: given.customer.delivered + 1 } }
        const fact = code === 'customer_returned' ? given : witness
        const reason = scoreRisk(fact, { ...settings, rules: alone })?.reasons.find((one) => one.code === code)
        expect(reason?.points).toBe(points)
      }
    })
  })

  it('the order of products and of rules changes nothing', () => {
    check((given, settings) => {
      const turned = { ...given, products: [...given.products].reverse() }
      const rules = Object.fromEntries(Object.entries(settings.rules).reverse()) as RiskSettings['rules']
      expect(said(scoreRisk(turned, { ...settings, rules }))).toBe(said(scoreRisk(given, settings)))
    })
  })

  it('one more parcel that came back never lowers the score or the level', () => {
    const more = <E extends { returned: number }>(one: E): E => ({ ...one, returned: one.returned + 1 })
    check((given, settings) => {
      const before = scoreRisk(given, settings)
      const all = more(given.all)
      const worse: RiskFacts[] = [
        { ...given, all, customer: more(given.customer) },
        { ...given, all, address: more(given.address) },
        { ...given, all, city: given.city && more(given.city) },
        { ...given, all, products: given.products.map(more) },
      ]
      for (const after of worse.map((one) => scoreRisk(one, settings))) {
        expect(after?.score ?? 0).toBeGreaterThanOrEqual(before?.score ?? 0)
        expect(rankOf(after)).toBeGreaterThanOrEqual(rankOf(before))
      }
    })
  })

  it('nothing is low of whom nothing ended', () => {
    check((given, settings) => {
      const none = { delivered: 0, returned: 0 }
      const blank = {
        ...given,
        customer: { ...given.customer, ...none, cancelled: 0, unreached: 0 },
        address: { ...none, customers: 0 },
        city: none,
        products: given.products.map(() => none),
        all: none,
      }
      expect(scoreRisk(blank, settings)).toBeNull()
    })
  })
})
