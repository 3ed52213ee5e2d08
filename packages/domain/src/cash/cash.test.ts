import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orRefuse } from '../result.ts'
import { collectionStatuses, mayMark } from './collection.ts'
import {
  balanced,
  type CashHolder,
  collectedEntry,
  deliveredEntry,
  holderIn,
  type LedgerLine,
  reversalOf,
} from './ledger.ts'

const sumOf = (lines: readonly LedgerLine[]) => lines.reduce((sum, { amountCentimes }) => sum + amountCentimes, 0)
const carrier = (carrierAccountId: string): CashHolder => ({ carrierAccountId, driverMemberId: null })
const amount = fc.integer({ min: 1, max: 99_999_999_999 })

describe('law 5: ledger sums are zero', () => {
  it('in every entry that can be written', () => {
    fc.assert(
      fc.property(amount, fc.uuid(), (centimes, account) => {
        for (const entry of [deliveredEntry(carrier(account), centimes), collectedEntry(account, centimes)])
          expect(sumOf(orRefuse(entry))).toBe(0)
      }),
    )
  })

  it('and in an entry with its reversal, account by account', () => {
    fc.assert(
      fc.property(amount, (centimes) => {
        const lines = orRefuse(deliveredEntry(carrier('a'), centimes))
        const both = [...lines, ...orRefuse(reversalOf(lines))]
        for (const account of ['carrier:a', 'sales'])
          expect(sumOf(both.filter((line) => line.account === account))).toBe(0)
      }),
    )
  })

  it('refuses lines that do not balance, and lines that say nothing', () => {
    expect(balanced([{ account: 'bank', amountCentimes: 100 }])).toMatchObject({
      refusal: { code: 'ledger.unbalanced' },
    })
    expect(
      balanced([
        { account: 'bank', amountCentimes: 0 },
        { account: 'sales', amountCentimes: 0 },
      ]).ok,
    ).toBe(false)
  })
})

it('takes a collected parcel back by undo only', () => {
  expect(collectionStatuses.filter((to) => mayMark('due', to))).toEqual(['collected', 'in_dispute'])
  expect(collectionStatuses.filter((to) => mayMark('in_dispute', to))).toEqual(['due', 'collected'])
  expect(collectionStatuses.filter((to) => mayMark('collected', to))).toEqual([])
})

it('settles with whoever took the money, a carrier or a driver of ours', () => {
  const lines = orRefuse(deliveredEntry({ carrierAccountId: 'a', driverMemberId: 'm' }, 24_900))
  expect(holderIn(lines)).toBe('driver:m')
  expect(holderIn(orRefuse(deliveredEntry(carrier('a'), 24_900)))).toBe('carrier:a')
})
