import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { liveParcelStatuses, type ParcelStatus, parcelStatuses } from './parcel.ts'
import { changeOf, isCancellable, type KnownTrack, ruleMoveOf, type TrackingFact, trackOf } from './tracking.ts'

const createdAt = '2026-11-20T08:00:00.000Z'
const at = (minute: number): string => new Date(Date.parse(createdAt) + minute * 60_000).toISOString()
const fact = (minute: number, status: ParcelStatus | null, more: Partial<TrackingFact> = {}): TrackingFact => ({
  at: at(minute),
  status,
  carrierStatus: status ?? 'MOT_NOUVEAU',
  comment: null,
  attempts: null,
  ...more,
})
const told = parcelStatuses.filter((status) => status !== 'draft' && status !== 'unknown')
const anyFact = fc
  .record({
    at: fc.integer({ min: 0, max: 30 }).map(at),
    status: fc.constantFrom(...told, null),
    comment: fc.constant(null),
    attempts: fc.constantFrom(null, 1, 2, 3),
  })
  .map((one) => ({ ...one, carrierStatus: one.status ?? 'MOT_NOUVEAU' }))
const untouched: KnownTrack = {
  status: 'draft',
  since: createdAt,
  attempts: 0,
  deliveredAt: null,
  wantedState: null,
  wantedSince: null,
}
const known = (track: ReturnType<typeof trackOf>): KnownTrack => ({
  ...track,
  wantedState: track.wanted?.state ?? null,
  wantedSince: track.wanted?.since ?? null,
})

describe('a parcel is what its events say', () => {
  it('law 7: whatever way its news arrive in, and however often', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 12 }), fc.nat(), (facts, seed) => {
        const shuffled = facts
          .map((one, index) => ({ one, key: (index * 7_919 + seed) % 101 }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one)
        expect(trackOf(shuffled, createdAt)).toEqual(trackOf(facts, createdAt))
        expect(trackOf([...facts, ...facts], createdAt)).toEqual(trackOf(facts, createdAt))
      }),
    )
  })

  it('lets older news never win', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { minLength: 1, maxLength: 8 }), anyFact, (facts, late) => {
        const newest = trackOf(facts, createdAt)
        const older = { ...late, at: at(-10) }
        expect(trackOf([...facts, older], createdAt)).toMatchObject({ status: newest.status, since: newest.since })
      }),
    )
  })

  it('takes the further one of two events of one second', () => {
    expect(trackOf([fact(5, 'delivered'), fact(5, 'out_for_delivery')], createdAt).status).toBe('delivered')
    expect(trackOf([fact(5, 'returning'), fact(5, 'refused')], createdAt).status).toBe('returning')
  })

  it("believes the carrier's own count of attempts before its own", () => {
    expect(trackOf([fact(1, 'attempt_failed'), fact(2, 'attempt_failed')], createdAt).attempts).toBe(2)
    expect(trackOf([fact(1, 'attempt_failed', { attempts: 3 })], createdAt).attempts).toBe(3)
  })
})

describe('law 13: unknown words of third parties move nothing', () => {
  it('neither the order nor the cash, wherever the word falls', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 8 }), fc.integer({ min: -5, max: 40 }), (facts, minute) => {
        const before = trackOf(facts, createdAt)
        const after = trackOf([...facts, fact(minute, null)], createdAt)
        const change = changeOf(known(before), after)
        expect(change.move).toBeNull()
        expect(change.cash).toBeNull()
      }),
    )
  })

  it('shows the word and keeps the leg', () => {
    const track = trackOf([fact(1, 'in_transit'), fact(2, null)], createdAt)
    expect(track).toMatchObject({ status: 'unknown', carrierStatus: 'MOT_NOUVEAU', pickedUp: true })
    expect(changeOf(untouched, track).live).toBe(true)
  })
})

describe('where a parcel takes its order', () => {
  const moves = (facts: TrackingFact[]) => changeOf(untouched, trackOf(facts, createdAt)).move?.state ?? null

  it.each([
    ['created', null],
    ['awaiting_pickup', null],
    ['postponed', null],
    ['returning', null],
    ['attempt_failed', null],
    ['picked_up', 'shipped'],
    ['in_transit', 'shipped'],
    ['out_for_delivery', 'shipped'],
    ['action_needed', 'delivery_failed'],
    ['lost', 'delivery_failed'],
    ['refused', 'delivery_failed'],
    ['delivered', 'delivered'],
    ['returned', 'returned'],
    ['cancelled', 'confirmed'],
  ] as const)('%s → %s', (status, state) => {
    expect(moves([fact(1, status)])).toBe(state)
  })

  it('fails the delivery at the second attempt, and ships again when the courier leaves again', () => {
    const twice = [fact(1, 'attempt_failed'), fact(2, 'attempt_failed')]
    expect(moves(twice)).toBe('delivery_failed')
    expect(moves([...twice, fact(3, 'out_for_delivery')])).toBe('shipped')
    expect(moves([...twice, fact(3, 'postponed')])).toBe('delivery_failed')
  })

  it('sends a cancelled parcel back to confirmed before its pick-up, to a failed delivery after it, flagged', () => {
    expect(changeOf(untouched, trackOf([fact(1, 'cancelled')], createdAt)).move).toMatchObject({
      state: 'confirmed',
      flag: 'parcel_cancelled',
    })
    const fetched = [fact(1, 'picked_up'), fact(2, 'cancelled')]
    expect(changeOf(untouched, trackOf(fetched, createdAt)).move).toMatchObject({
      state: 'delivery_failed',
      flag: 'parcel_cancelled',
    })
  })

  it('does not skip a refusal that is told together with the way back', () => {
    expect(moves([fact(1, 'in_transit'), fact(2, 'refused'), fact(2, 'returning')])).toBe('delivery_failed')
  })

  it('acts on the same thing once', () => {
    const track = trackOf([fact(1, 'in_transit'), fact(2, 'delivered')], createdAt)
    expect(changeOf(known(track), track)).toEqual({ changed: false, move: null, cash: null, live: true })
  })

  it('keeps what moves orders and what does not apart for every status', () => {
    for (const status of parcelStatuses) expect(() => ruleMoveOf({ status, attempts: 1, pickedUp: true })).not.toThrow()
  })
})

describe('cash', () => {
  const cash = (before: TrackingFact[], after: TrackingFact[]) =>
    changeOf(known(trackOf(before, createdAt)), trackOf(after, createdAt)).cash

  it('is due once delivered, and withdrawn when the carrier takes the delivery back', () => {
    const onWay = [fact(1, 'out_for_delivery')]
    const delivered = [...onWay, fact(2, 'delivered')]
    expect(cash(onWay, delivered)).toBe('due')
    expect(cash(delivered, delivered)).toBeNull()
    expect(cash(delivered, [...delivered, fact(3, 'refused')])).toBe('withdraw')
  })

  it('is due although an unknown word hides the delivery', () => {
    expect(cash([], [fact(1, 'delivered'), fact(2, null)])).toBe('due')
  })
})

it('holds a leg in every status but those that set it free', () => {
  const free = parcelStatuses.filter((status) => !liveParcelStatuses.includes(status))
  expect(free).toEqual(['refused', 'returning', 'returned', 'cancelled', 'lost'])
})

it('can be called off until the carrier has it', () => {
  expect(isCancellable({ status: 'created', pickedUp: false })).toBe(true)
  expect(isCancellable({ status: 'in_transit', pickedUp: true })).toBe(false)
  expect(isCancellable({ status: 'unknown', pickedUp: true })).toBe(false)
  expect(isCancellable({ status: 'delivered', pickedUp: false })).toBe(false)
})
