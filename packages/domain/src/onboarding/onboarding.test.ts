import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextStep, type OnboardingFacts, type Step, skippedAfter, steps, stepsOf } from './onboarding.ts'

const nothing: OnboardingFacts = { colleagues: 0, stages: 10, stores: 0, carriers: 0, numbers: 0, orders: 0 }
const anyFacts = fc.record({
  colleagues: fc.nat({ max: 3 }),
  stages: fc.nat({ max: 12 }),
  stores: fc.nat({ max: 2 }),
  carriers: fc.nat({ max: 2 }),
  numbers: fc.nat({ max: 2 }),
  orders: fc.nat({ max: 2 }),
})
const anySteps = fc.uniqueArray(fc.constantFrom<Step>(...steps))

describe('the first steps', () => {
  it('of a new account begin with the team: account and stages are there', () => {
    const all = stepsOf(nothing, [])
    expect(all.filter(({ status }) => status === 'done').map(({ key }) => key)).toEqual(['account', 'pipeline'])
    expect(nextStep(all)).toBe('team')
  })

  it('are done by facts alone: no wish makes one done, and none takes that away', () => {
    fc.assert(
      fc.property(anyFacts, anySteps, (facts, skipped) => {
        const done = (wishes: readonly Step[]) =>
          stepsOf(facts, wishes)
            .filter(({ status }) => status === 'done')
            .map(({ key }) => key)
        expect(done(skipped)).toEqual(done([]))
      }),
    )
  })

  it('are over when each is done or skipped', () => {
    fc.assert(
      fc.property(anyFacts, anySteps, (facts, skipped) => {
        const all = stepsOf(facts, skipped)
        expect(nextStep(all) === null).toBe(all.every(({ status }) => status !== 'todo'))
      }),
    )
  })

  it('that were skipped come back when they are asked for again', () => {
    fc.assert(
      fc.property(anySteps, anySteps, (before, chosen) => {
        const skipped = skippedAfter(before, { skip: chosen })
        expect(new Set(skipped)).toEqual(new Set([...before, ...chosen]))
        const resumed = skippedAfter(skipped, { resume: chosen })
        expect(resumed).toEqual(skipped.filter((step) => !chosen.includes(step)))
      }),
    )
  })
})
