import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MatchStrength } from './account.ts'
import { type CallBudget, outagePauseSeconds, spendCall } from './budget.ts'
import { choosePlace } from './place-choice.ts'

const place = (placeId: string, district: string | null, strength: MatchStrength = 'exact') => ({
  placeId,
  district,
  strength,
  feeCentimes: 2_000,
})

describe('where a parcel goes in the carrier’s catalogue', () => {
  it('is the quarter by any spelling, else the place of the whole city', () => {
    const places = [place('1', null), place('2', 'Maârif'), place('3', 'Aïn Sebaâ')]
    expect(choosePlace(places, 'maarif')).toMatchObject({ kind: 'found', placeId: '2' })
    expect(choosePlace(places, 'Ain Sbaa Nord')).toMatchObject({ kind: 'found', placeId: '1' })
    expect(choosePlace(places, null)).toMatchObject({ kind: 'found', placeId: '1' })
  })

  it('is asked when it is only likely, or when several would do', () => {
    expect(choosePlace([place('1', null, 'weak')], null)).toEqual({ kind: 'weak' })
    expect(choosePlace([place('1', null), place('2', null)], null)).toEqual({ kind: 'weak' })
    expect(choosePlace([place('2', 'Maârif')], null)).toEqual({ kind: 'weak' })
    expect(choosePlace([], 'Maârif')).toEqual({ kind: 'none' })
  })

  it('is what a person chose, whatever the names say', () => {
    expect(choosePlace([place('1', null), place('2', null, 'chosen')], null)).toMatchObject({ placeId: '2' })
  })
})

describe('calls of a credential', () => {
  const start = Date.parse('2026-11-20T08:00:00.000Z')

  it('never exceed the hour’s budget', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 60 })
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 5 }), (seconds, perHour) => {
        let budget: CallBudget | null = null
        let now = start
        const made: number[] = []
        for (const gap of seconds) {
          now += gap * 1000
          const spending = spendCall(budget, perHour, new Date(now))
          if (spending.kind === 'wait') {
            expect(spending.seconds).toBeGreaterThan(0)
            continue
          }
          budget = spending.budget
          made.push(now)
        }
        const hours = Map.groupBy(made, (at) => made.filter((other) => other >= at && other < at + 3_600_000).length)
        // An hour is counted from its first call, so two windows can meet: never more than two budgets in any hour.
        for (const count of hours.keys()) expect(count).toBeLessThanOrEqual(2 * perHour)
      }),
    )
  })

  it('rest while the carrier asked for it', () => {
    const pausedUntil = new Date(start + 30_000).toISOString()
    const budget = { hourStart: new Date(start).toISOString(), calls: 1, pausedUntil, failures: 0 }
    expect(spendCall(budget, 100, new Date(start))).toEqual({ kind: 'wait', seconds: 30 })
    expect(spendCall(budget, 100, new Date(start + 30_000))).toMatchObject({
      kind: 'go',
      budget: { pausedUntil: null },
    })
  })

  it('grow rarer while nobody answers, but never stop', () => {
    expect([1, 2, 3, 4, 5, 9, 10, 500].map(outagePauseSeconds)).toEqual([0, 0, 5, 10, 20, 300, 300, 300])
  })
})
