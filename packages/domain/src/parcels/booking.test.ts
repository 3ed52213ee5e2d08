import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type BookingState, callSeconds, nextBookingStep, referenceOf, settleSeconds } from './booking.ts'

/**
 * A carrier that may keep a parcel whatever it answers, and a worker that may die after any step. `script` says, call by
 * call, what becomes of it.
 */
const play = (script: readonly { stored: boolean; answered: boolean; dies: boolean }[]): number => {
  let clock = Date.parse('2026-11-20T08:00:00.000Z')
  let row: { booking: BookingState; since: string } = { booking: 'intended', since: new Date(clock).toISOString() }
  let atCarrier = 0
  const set = (booking: BookingState) => {
    row = { booking, since: new Date(clock).toISOString() }
  }
  for (const { stored, answered, dies } of [
    ...script,
    ...Array(6).fill({ stored: true, answered: true, dies: false }),
  ]) {
    const step = nextBookingStep(row, new Date(clock))
    if (step.kind === 'done') break
    if (step.kind === 'wait') clock += step.seconds * 1000
    if (step.kind === 'search' && atCarrier > 0) set('accepted')
    else if (step.kind === 'search' && !step.conclusive) clock += settleSeconds * 1000
    else if (step.kind !== 'wait') {
      set('calling')
      if (stored) atCarrier += 1
      if (!dies) set(answered ? (stored ? 'accepted' : 'rejected') : 'unknown')
      clock += 1_000
    }
  }
  return atCarrier
}

it('law 4: never makes two parcels of one intent, whatever is answered and whoever dies', () => {
  const call = fc.record({ stored: fc.boolean(), answered: fc.boolean(), dies: fc.boolean() })
  fc.assert(fc.property(fc.array(call, { maxLength: 8 }), (script) => play(script) <= 1))
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
