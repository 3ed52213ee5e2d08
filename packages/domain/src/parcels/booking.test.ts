import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type BookingState, callSeconds, nextBookingStep, referenceOf, settleSeconds } from './booking.ts'

interface Fate {
  readonly stored: boolean
  readonly answered: boolean
  readonly dies: boolean
  /** Seconds until the carrier's own search shows the parcel. */
  readonly shownAfter: number
}
const smooth: Fate = { stored: true, answered: true, dies: false, shownAfter: 0 }

/**
 * A carrier that may keep a parcel whatever it answers and show it late, and a worker that may die after any call. The
 * script says, call by call, what becomes of it; the answer is how many parcels the carrier has in the end.
 */
const play = (script: readonly Fate[]): number => {
  let clock = Date.parse('2026-11-20T08:00:00.000Z')
  let row: { booking: BookingState; since: string } = { booking: 'intended', since: new Date(clock).toISOString() }
  const shownAt: number[] = []
  const set = (booking: BookingState) => {
    row = { booking, since: new Date(clock).toISOString() }
  }
  const call = ({ stored, answered, dies, shownAfter }: Fate) => {
    set('calling')
    if (stored) shownAt.push(clock + shownAfter * 1000)
    clock += 1_000
    if (!dies) set(answered ? (stored ? 'accepted' : 'rejected') : 'unknown')
  }
  const fates = [...script]
  for (let turn = 0; turn < 100; turn += 1) {
    const step = nextBookingStep(row, new Date(clock))
    if (step.kind === 'done') break
    if (step.kind === 'wait') clock += step.seconds * 1000
    else if (step.kind === 'create') call(fates.shift() ?? smooth)
    else if (shownAt.some((at) => at <= clock)) set('accepted')
    else if (step.conclusive) call(fates.shift() ?? smooth)
    else clock += 5_000
  }
  return shownAt.length
}

it('law 4: never makes two parcels of one intent, whatever is answered, however late, and whoever dies', () => {
  const fate = fc.record({
    stored: fc.boolean(),
    answered: fc.boolean(),
    dies: fc.boolean(),
    shownAfter: fc.integer({ min: 0, max: settleSeconds - 1 }),
  })
  fc.assert(fc.property(fc.array(fate, { maxLength: 8 }), (script) => play(script) <= 1))
})

it('makes one in the end, however often it starts in vain', () => {
  const vain = fc.record({
    stored: fc.constant(false),
    answered: fc.constant(false),
    dies: fc.boolean(),
    shownAfter: fc.constant(0),
  })
  fc.assert(fc.property(fc.array(vain, { maxLength: 6 }), (script) => play(script) === 1))
})

it('waits for a call that may still be under way, then searches', () => {
  const since = '2026-11-20T08:00:00.000Z'
  const after = (seconds: number) =>
    nextBookingStep({ booking: 'calling', since }, new Date(Date.parse(since) + seconds * 1000))
  expect(after(10)).toEqual({ kind: 'wait', seconds: callSeconds - 10 })
  expect(after(callSeconds)).toEqual({ kind: 'search', conclusive: false })
  expect(after(settleSeconds)).toEqual({ kind: 'search', conclusive: true })
})

it('tells two parcels of one order apart', () => {
  expect(referenceOf(10_421, '0193a000-0000-7000-8000-0000deadbeef')).toBe('10421-deadbeef')
})
