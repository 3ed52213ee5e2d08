import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collectedEntry, deliveredEntry, type LedgerLine, reversalOf } from '../cash/ledger.ts'
import { orRefuse } from '../result.ts'
import type { ShippableOrder, ShippingLimits } from './readiness.ts'
import { asOneOrder, planTogetherShipment, refusalFor, shareOut } from './together.ts'

const order = (number: number, change: Partial<ShippableOrder> = {}): ShippableOrder => ({
  id: `order-${number}`,
  number,
  isSample: false,
  state: 'confirmed',
  toComplete: [],
  customerName: 'Salma Bennani',
  phone: '+212612345678',
  alternatePhone: null,
  addressLine: '12 rue des Orangers',
  district: null,
  landmark: null,
  cityId: 'rabat',
  cityText: 'Rabat',
  codAmountCentimes: 10_050,
  lines: [{ name: `Article ${number}`, quantity: 1 }],
  note: null,
  allowOpen: null,
  allowTry: null,
  fragile: null,
  shipNotBefore: null,
  deliverTo: 'home',
  exchangeOfOrderId: null,
  ...change,
})
const limits: ShippingLimits = {
  wholeDirhams: true,
  agencyDelivery: false,
  localPhones: true,
  allowOpen: true,
  allowTry: true,
  fragile: true,
  exchange: true,
}
const found = { kind: 'found', placeId: '77', feeCentimes: 2_500 } as const
const plan = (...orders: [ShippableOrder, ...ShippableOrder[]]) =>
  planTogetherShipment(orders, found, limits, '2026-11-20')

describe('orders in one parcel', () => {
  it('are the lead with the lines, the amount and the careful options of all', () => {
    const joined = asOneOrder([
      order(1, { allowOpen: true, note: 'Appeler avant' }),
      order(2, {
        allowOpen: false,
        fragile: true,
        phone: '+212700000000',
        shipNotBefore: '2026-11-22',
        addressLine: '9',
      }),
    ])
    expect(joined).toMatchObject({
      number: 1,
      addressLine: '12 rue des Orangers',
      alternatePhone: '+212700000000',
      codAmountCentimes: 20_100,
      allowOpen: false,
      fragile: true,
      shipNotBefore: '2026-11-22',
      note: 'COMMANDES 1 + 2 · Appeler avant',
    })
    expect(joined.lines.map(({ name }) => name)).toEqual(['Article 1', 'Article 2'])
  })

  it('leave one order as it is, and an unknown amount unknown', () => {
    const alone = order(1)
    expect(asOneOrder([alone])).toBe(alone)
    expect(asOneOrder([alone, order(2, { codAmountCentimes: null })]).codAmountCentimes).toBeNull()
  })

  it('go out when each of them is ready; whole dirhams are asked of the sum', () => {
    expect(plan(order(1), order(2))).toMatchObject({ ok: true, value: { amountCentimes: 20_100 } })
    expect(plan(order(1), order(2, { codAmountCentimes: 100 }))).toMatchObject({
      refusal: { code: 'parcel.amount_not_whole' },
    })
  })

  it('wait for the one that is not ready, which hears its own reason', () => {
    const waiting = order(2, { state: 'new' })
    const planned = plan(order(1), waiting)
    if (planned.ok) throw new Error('It went out.')
    expect(refusalFor(waiting, planned).code).toBe('parcel.order_not_ready')
    expect(refusalFor(order(1), planned)).toMatchObject({
      code: 'parcel.companion_not_ready',
      params: { number: 2, code: 'parcel.order_not_ready' },
    })
    expect(plan(order(1), order(2, { cityId: 'fes' }))).toMatchObject({ refusal: { code: 'order.together_cities' } })
  })
})

describe('law 5: the cash of a parcel of several orders', () => {
  const centimes = fc.nat({ max: 10_000_000 })
  const parcel = fc.record({ due: fc.array(centimes, { minLength: 1, maxLength: 6 }), taken: centimes })
  const sharesOf = (due: readonly number[], taken: number) => {
    const [first, ...others] = due.map((amountCentimes, index) => ({ orderId: String(index), amountCentimes }))
    return first ? shareOut(taken, [first, ...others]) : []
  }

  it('is shared to the centime, each its own when all was taken', () => {
    fc.assert(
      fc.property(parcel, ({ due, taken }) => {
        const shares = sharesOf(due, taken)
        expect(shares.reduce((sum, { amountCentimes }) => sum + amountCentimes, 0)).toBe(taken)
        expect(shares.every(({ amountCentimes }) => amountCentimes >= 0)).toBe(true)
        const whole = due.reduce((sum, amount) => sum + amount, 0)
        expect(sharesOf(due, whole).map(({ amountCentimes }) => amountCentimes)).toEqual(due)
      }),
    )
  })

  it('law 10: sums to zero order by order, and to nothing once all is taken back', () => {
    fc.assert(
      fc.property(parcel, ({ due, taken }) => {
        const carrier = { carrierAccountId: 'a', driverMemberId: null }
        const entries = sharesOf(due, taken)
          .filter(({ amountCentimes }) => amountCentimes > 0)
          .flatMap(({ amountCentimes }) => [
            orRefuse(deliveredEntry(carrier, amountCentimes)),
            orRefuse(collectedEntry('carrier:a', amountCentimes)),
          ])
        const balanceOf = (account: string, all: readonly (readonly LedgerLine[])[]) =>
          all.flat().reduce((sum, line) => (line.account === account ? sum + line.amountCentimes : sum), 0)
        expect([balanceOf('bank', entries), balanceOf('carrier:a', entries)]).toEqual([taken, 0])
        const undone = [...entries, ...entries.map((lines) => orRefuse(reversalOf(lines)))]
        for (const account of ['bank', 'carrier:a', 'sales']) expect(balanceOf(account, undone)).toBe(0)
      }),
    )
  })
})
