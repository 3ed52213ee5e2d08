import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orRefuse } from '../result.ts'
import { collectionStatuses, expectedPayoutDay, mayMark } from './collection.ts'
import { balanced, collectedEntry, deliveredEntry, type LedgerLine, reversalOf } from './ledger.ts'

const sumOf = (lines: readonly LedgerLine[]) => lines.reduce((sum, { amountCentimes }) => sum + amountCentimes, 0)
const amount = fc.integer({ min: 1, max: 99_999_999_999 })

describe('law 5: ledger sums are zero', () => {
  it('in every entry that can be written', () => {
    fc.assert(
      fc.property(amount, fc.uuid(), (centimes, account) => {
        for (const entry of [deliveredEntry(account, centimes), collectedEntry(account, centimes)])
          expect(sumOf(orRefuse(entry))).toBe(0)
      }),
    )
  })

  it('and in an entry with its reversal, account by account', () => {
    fc.assert(
      fc.property(amount, (centimes) => {
        const lines = orRefuse(deliveredEntry('a', centimes))
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

it('expects the payout on a Moroccan day, or on none that is known', () => {
  expect(expectedPayoutDay('2026-11-20T12:30:00.000Z', 7)).toBe('2026-11-27')
  expect(expectedPayoutDay('2026-11-20T23:30:00.000Z', null)).toBeNull()
})
