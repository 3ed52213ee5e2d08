import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leavesParcel, type Parted, planParting, planReturn, type Traveller } from './parting.ts'
import { planTogether, type TogetherOrder } from './together.ts'

type Order = Traveller & TogetherOrder & { readonly totalCentimes: number }
const order = (number: number, change: Partial<Order> = {}): Order => ({
  ...{ id: String(number), number, isSample: false, state: 'new', endedAt: null, parcelStatus: null },
  ...{ cityId: 'rabat', deliverTo: 'home', exchangeOfOrderId: null, shipWithOrderId: null, waivedCentimes: 0 },
  ...{ shippingFeeCentimes: 3_000, codAmountCentimes: 23_000, totalCentimes: 23_000 },
  ...change,
})
const cancelled = { state: 'cancelled', endedAt: '2026-11-27T10:00:00.000Z' } as const

/** One order more, or the same with its fee changed by so much. */
const asked = (one: Order, byCentimes: number, change: Partial<Order>): Order => ({
  ...one,
  ...change,
  shippingFeeCentimes: one.shippingFeeCentimes + byCentimes,
  totalCentimes: one.totalCentimes + byCentimes,
  codAmountCentimes: one.codAmountCentimes === null ? null : one.codAmountCentimes + byCentimes,
})

type World = ReadonlyMap<string, Order>
const put = (world: World, changed: readonly Order[]): World =>
  new Map([...world, ...changed.map((one) => [one.id, one] as const)])
const groupOf = (world: World, leadId: string | null): Order[] =>
  leadId === null ? [] : [...world.values()].filter(({ shipWithOrderId }) => shipWithOrderId === leadId)

const join = (world: World, ids: readonly string[]): World => {
  const chosen = ids.flatMap((id) => world.get(id) ?? [])
  const leads = [...new Set(chosen.flatMap(({ shipWithOrderId }) => shipWithOrderId ?? []))]
  const company = [...new Set([...chosen, ...leads.flatMap((id) => groupOf(world, id))])]
  const lead = company.find(({ id }) => id === leads[0]) ?? company[0]
  if (!lead) return world
  const others = company
    .filter(({ id }) => id !== lead.id)
    .toSorted((one, other) => Number(one.shipWithOrderId === null) - Number(other.shipWithOrderId === null))
  const planned = planTogether([lead, ...others])
  if (!planned.ok) return world
  return put(
    world,
    [lead, ...others].map((one) => {
      const waived = planned.value.get(one.id) ?? 0
      return asked(one, -waived, { shipWithOrderId: lead.id, waivedCentimes: one.waivedCentimes + waived })
    }),
  )
}

const rewritten = (world: World, parted: readonly Parted[], to: 'before' | 'after'): World =>
  put(
    world,
    parted.flatMap(({ id, before, after }) => {
      const one = world.get(id)
      const by = before.waivedCentimes - after.waivedCentimes
      const travel = to === 'after' ? after : before
      return one ? [asked(one, to === 'after' ? by : -by, travel)] : []
    }),
  )

/** Cancels an order; what its event keeps is there when it left somebody. */
const cancel = (world: World, id: string): { world: World; parted: readonly Parted[] } => {
  const one = world.get(id)
  if (!one || !leavesParcel(one, cancelled))
    return { world: one ? put(world, [{ ...one, ...cancelled }]) : world, parted: [] }
  const gone = put(world, [{ ...one, ...cancelled }])
  const parted = planParting(groupOf(gone, one.shipWithOrderId), id)
  return { world: rewritten(gone, parted, 'after'), parted }
}

const wholeFee = ({ shippingFeeCentimes, waivedCentimes }: Order): number => shippingFeeCentimes + waivedCentimes

/** One fee for each parcel to be, the dearest of its orders', and nobody is owed anything. */
const assertFees = (world: World): void => {
  const going = [...world.values()].filter(({ state }) => state !== 'cancelled')
  const parcels = Map.groupBy(going, ({ id, shipWithOrderId }) => shipWithOrderId ?? id)
  for (const [leadId, orders] of parcels) {
    const fees = orders.reduce((sum, { shippingFeeCentimes }) => sum + shippingFeeCentimes, 0)
    expect(fees).toBe(Math.max(...orders.map(wholeFee)))
    expect(orders.some(({ id }) => id === leadId)).toBe(true)
    if (orders.length === 1) expect(orders[0]?.shipWithOrderId).toBeNull()
  }
  for (const { shippingFeeCentimes, totalCentimes, codAmountCentimes } of world.values())
    expect(Math.min(shippingFeeCentimes, totalCentimes, codAmountCentimes ?? 0)).toBeGreaterThanOrEqual(0)
}

describe('an order that leaves those it was to travel with', () => {
  const group = () =>
    join(
      new Map([
        ['1', order(1)],
        ['2', order(2, { shippingFeeCentimes: 5_000, codAmountCentimes: 25_000, totalCentimes: 25_000 })],
        ['3', order(3)],
      ]),
      ['1', '2', '3'],
    )
  const feesAfter = (...ids: string[]) => {
    const { world } = ids.reduce((now, id) => cancel(now.world, id), { world: group() })
    return [...world.values()].map(({ shipWithOrderId, shippingFeeCentimes }) => [shipWithOrderId, shippingFeeCentimes])
  }

  it('gives its fee to those that are left, under a new lead where it led', () => {
    expect([...group().values()].map(({ shippingFeeCentimes }) => shippingFeeCentimes)).toEqual([3_000, 2_000, 0])
    expect(feesAfter('1')).toEqual([
      [null, 3_000],
      ['2', 5_000],
      ['2', 0],
    ])
    expect(feesAfter('2')).toEqual([
      ['1', 3_000],
      [null, 5_000],
      ['1', 0],
    ])
    expect(feesAfter('1', '2')).toEqual([
      [null, 3_000],
      [null, 5_000],
      [null, 3_000],
    ])
  })

  it('leaves by ending before it went out, and never while a parcel carries it or when its carrier ends it', () => {
    const member = { shipWithOrderId: '1', state: 'confirmed', parcelStatus: null } as const
    const ended = { state: null, endedAt: '2026-11-27T10:00:00.000Z' } as const
    expect(leavesParcel(member, cancelled)).toBe(true)
    expect(leavesParcel(member, ended)).toBe(true)
    expect(leavesParcel({ ...member, parcelStatus: 'cancelled' }, ended)).toBe(true)
    expect(leavesParcel({ ...member, parcelStatus: 'returned' }, cancelled)).toBe(true)
    expect(leavesParcel(member, { state: 'confirmed', endedAt: null })).toBe(false)
    expect(leavesParcel({ ...member, shipWithOrderId: null }, cancelled)).toBe(false)
    expect(leavesParcel({ ...member, parcelStatus: 'in_transit' }, cancelled)).toBe(false)
    expect(leavesParcel({ ...member, parcelStatus: 'returned' }, { ...ended, state: 'returned' })).toBe(false)
    expect(leavesParcel({ ...member, state: 'shipped' }, { ...ended, state: 'delivered' })).toBe(false)
    expect(leavesParcel({ ...member, state: 'cancelled' }, cancelled)).toBe(false)
  })

  it('changes nothing for those of whom one went out by hand already', () => {
    const gone = put(group(), [{ ...(group().get('1') as Order), state: 'shipped' }])
    expect([...cancel(gone, '2').world.values()].map(({ shippingFeeCentimes }) => shippingFeeCentimes)).toEqual([
      3_000, 5_000, 0,
    ])
  })

  it('comes back to those that stand as it left them only', () => {
    const { world, parted } = cancel(group(), '1')
    const standing = (change: World = new Map()) => [...put(world, [...change.values()]).values()]
    const codeOf = (orders: readonly Order[]) => {
      const planned = planReturn(parted, orders)
      return planned.ok ? null : [planned.refusal.code, planned.refusal.params?.['number']]
    }
    expect(codeOf(standing())).toBeNull()
    for (const change of [
      { state: 'shipped' } as const,
      { shippingFeeCentimes: 4_500 },
      { parcelStatus: 'draft' } as const,
      { shipWithOrderId: '9' },
    ])
      expect(codeOf(standing(new Map([['2', { ...(world.get('2') as Order), ...change }]])))).toEqual([
        'order.together_changed',
        2,
      ])
    expect(codeOf([...standing(), order(4, { shipWithOrderId: '2' })])).toEqual(['order.together_changed', 4])
  })
})

it('law: over any joins, cancellations and undos, each parcel to be asks for one fee and no total is negative', () => {
  const fee = fc.nat({ max: 9_000 })
  const step = fc.record({
    kind: fc.constantFrom('join', 'join', 'cancel', 'undo'),
    ids: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 4 }),
  })
  fc.assert(
    fc.property(fc.array(fee, { minLength: 6, maxLength: 6 }), fc.array(step, { maxLength: 14 }), (fees, steps) => {
      let world: World = new Map(
        fees.map((shippingFeeCentimes, at) => {
          const whole = 20_000 + shippingFeeCentimes
          return [
            String(at + 1),
            order(at + 1, { shippingFeeCentimes, codAmountCentimes: whole, totalCentimes: whole }),
          ]
        }),
      )
      const undos: {
        readonly id: string
        readonly before: World
        readonly after: World
        readonly parted: readonly Parted[]
      }[] = []
      for (const { kind, ids } of steps) {
        const [id] = ids.map(String)
        if (kind === 'join') world = join(world, ids.map(String))
        else if (kind === 'cancel' && id !== undefined && world.get(id)?.state !== 'cancelled') {
          const before = world
          const left = cancel(world, id)
          world = left.world
          undos.push({ id, before, after: world, parted: left.parted })
        } else if (kind === 'undo') {
          const last = undos.pop()
          if (!last) continue
          const company = new Set(last.parted.map((one) => one.id))
          const leads = new Set(last.parted.flatMap(({ after }) => after.shipWithOrderId ?? []))
          const standing = [...world.values()].filter(
            (one) => company.has(one.id) || (one.shipWithOrderId !== null && leads.has(one.shipWithOrderId)),
          )
          if (!planReturn(last.parted, standing).ok) continue
          const unchanged = world === last.after
          const back = rewritten(world, last.parted, 'before')
          world = put(back, [{ ...(back.get(last.id) as Order), state: 'new', endedAt: null }])
          if (unchanged) expect(world).toEqual(last.before)
        }
        assertFees(world)
      }
    }),
    { numRuns: 500 },
  )
})
