import type { CollectionSummary } from '@sendocki/domain/cash/collection'
import { describe, expect, it } from 'vitest'
import { carrierLines, countOf, isLate, marksFrom, sumOf } from './sums.ts'

const item = (
  carrierAccountId: string,
  status: 'due' | 'collected',
  age: 'days_0_2' | 'days_3_7',
  count: number,
  sumCentimes: number | null,
): CollectionSummary['items'][number] => ({
  carrierAccountId,
  carrierName: `carrier ${carrierAccountId}`,
  status,
  age,
  count,
  sumCentimes,
})

describe('the summary by carrier and age', () => {
  const items = [
    item('a', 'due', 'days_0_2', 2, 50_000),
    item('a', 'due', 'days_3_7', 1, 19_950),
    item('b', 'due', 'days_0_2', 3, 90_000),
    item('a', 'collected', 'days_0_2', 9, 900_000),
  ]

  it('counts one status only, a line for each carrier', () => {
    const lines = carrierLines(items, 'due')
    expect(lines.map(({ carrierName, total }) => [carrierName, total])).toEqual([
      ['carrier a', { count: 3, sumCentimes: 69_950 }],
      ['carrier b', { count: 3, sumCentimes: 90_000 }],
    ])
    expect(lines[0]?.ages.days_3_7).toEqual({ count: 1, sumCentimes: 19_950 })
    expect(lines[1]?.ages.days_3_7.count).toBe(0)
    expect(countOf(items, 'due')).toBe(6)
  })

  it('keeps a sum hidden in a total when it is hidden in a part', () => {
    const [line] = carrierLines([item('a', 'due', 'days_0_2', 2, null), item('a', 'due', 'days_3_7', 1, 100)], 'due')
    expect(line?.total).toEqual({ count: 3, sumCentimes: null })
  })
})

it('offers of each status what the API takes, the usual mark first; a collected one is only undone', () => {
  expect(marksFrom('due')).toEqual(['collected', 'in_dispute'])
  expect(marksFrom('in_dispute')).toEqual(['collected', 'due'])
  expect(marksFrom('collected')).toEqual([])
})

it('sums in centimes', () => {
  expect(sumOf([{ codAmountCentimes: 19_990 }, { codAmountCentimes: 10 }])).toBe(20_000)
})

describe('a payout is late', () => {
  const now = new Date('2026-11-24T12:00:00.000Z')

  it('from the day after the expected one', () => {
    expect(isLate({ status: 'due', expectedPayoutAt: '2026-11-23' }, now)).toBe(true)
    expect(isLate({ status: 'due', expectedPayoutAt: '2026-11-24' }, now)).toBe(false)
  })

  it('never once it has come, nor while nobody knows when it should', () => {
    expect(isLate({ status: 'collected', expectedPayoutAt: '2026-11-01' }, now)).toBe(false)
    expect(isLate({ status: 'due', expectedPayoutAt: null }, now)).toBe(false)
  })
})
