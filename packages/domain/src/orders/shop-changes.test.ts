import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changedParts, compareVersions, planShopChange, type ShopMarks, shopParts } from './shop-changes.ts'

const marks = (over: Partial<ShopMarks> = {}): ShopMarks => ({
  customer: 'a',
  address: 'a',
  lines: 'a',
  amounts: 'a',
  note: 'a',
  tags: 'a',
  payment: 'a',
  rest: 'a',
  cancelled: 'no',
  ...over,
})
const version = (second: number | null, over: Partial<ShopMarks> = {}) => ({
  updatedAt: second === null ? null : new Date(second * 1_000).toISOString(),
  marks: marks(over),
  cancelled: over.cancelled === 'yes',
})

describe('of two versions', () => {
  it('the older never counts, the newer always', () => {
    expect(compareVersions(version(2), version(1, { lines: 'b' }))).toBe('ignored_older')
    expect(compareVersions(version(1), version(2))).toBe('newer')
    expect(compareVersions({ ...version(1), marks: null }, version(2))).toBe('newer')
  })

  it('a repeat changes nothing, dated or not', () => {
    for (const second of [null, 1]) expect(compareVersions(version(second), version(second))).toBe('unchanged')
  })

  it('of one second the later to arrive counts, unless it would take a cancellation back', () => {
    expect(compareVersions(version(1), version(1, { lines: 'b' }))).toBe('newer')
    expect(compareVersions(version(1), version(1, { cancelled: 'yes' }))).toBe('newer')
    expect(compareVersions(version(1, { cancelled: 'yes' }), version(1))).toBe('ignored_older')
  })

  it('law 1: whatever the order of arrival, the newest is what remains', () => {
    const anyVersions = fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(anyVersions, fc.infiniteStream(fc.nat()), (seconds, dice) => {
        const repeats = [...seconds, ...seconds.slice(0, 4)]
        const arrivals = repeats
          .map((second) => [dice.next().value as number, second] as const)
          .toSorted(([a], [b]) => a - b)
        let known = { ...version(0), marks: null as ShopMarks | null }
        for (const [, second] of arrivals) {
          const arrived = version(second, { lines: `${second}` })
          if (compareVersions(known, arrived) === 'newer') known = arrived
        }
        expect(known.marks?.lines).toBe(String(Math.max(...seconds)))
      }),
    )
  })
})

describe('a newer version', () => {
  const order = { state: 'new', everConfirmed: false, parcelStatus: null } as const
  const plan = (over: object, changed = ['lines'] as const, cancelled = false) =>
    planShopChange({ ...order, ...over }, changed, { cancelled })

  it('is taken over until the order is confirmed, and announced afterwards', () => {
    expect(plan({}).parts).toBe('take_over')
    expect(plan({ state: 'unreachable' }).parts).toBe('take_over')
    expect(plan({ state: 'to_confirm', everConfirmed: true }).parts).toBe('take_over')
    for (const state of ['confirmed', 'shipped', 'delivered', 'cancelled', 'returned'])
      expect([state, plan({ state }).parts]).toEqual([state, 'announce'])
    expect(plan({ state: null }).parts).toBe('take_over')
    expect(plan({ state: null, everConfirmed: true }).parts).toBe('announce')
    expect(planShopChange(order, ['cancelled'], { cancelled: true }).parts).toBe('none')
  })

  it('cancels until something was shipped or booked, then asks somebody to look, and never twice', () => {
    const cancels = (over: object) => plan(over, ['lines'], true).cancellation
    for (const state of ['new', 'confirmed', null]) expect([state, cancels({ state })]).toEqual([state, 'move'])
    expect(cancels({ state: 'confirmed', parcelStatus: 'created' })).toBe('flag')
    expect(cancels({ state: 'confirmed', parcelStatus: 'cancelled' })).toBe('move')
    for (const state of ['shipped', 'delivered', 'delivery_failed'])
      expect([state, cancels({ state })]).toEqual([state, 'flag'])
    expect(cancels({ state: 'cancelled' })).toBe('none')
    expect(plan({}).cancellation).toBe('none')
  })
})

it('parts differ by their marks, and all do when nothing is remembered', () => {
  expect(changedParts(marks(), marks({ lines: 'b', rest: 'c' }))).toEqual(['lines', 'rest'])
  expect(changedParts(null, marks())).toEqual([...shopParts])
})
