import { daySpan, filtersOfFigure } from '@sendocki/domain/reports/today'
import { describe, expect, test } from 'vitest'
import { changeOf, listOf } from './links.ts'

/** Late in the evening, when the day in Morocco is no longer the day in UTC. */
const span = daySpan(new Date('2025-07-10T23:30:00.000Z'))

describe('the list behind a figure', () => {
  test('is asked for by Moroccan days', () => {
    expect(listOf(filtersOfFigure('created', span, false))).toBe('/orders/table?from=2025-07-11&to=2025-07-11')
    expect(listOf(filtersOfFigure('shipped', span, true))).toBe(
      '/orders/table?assigneeId=me&shippedFrom=2025-07-11&shippedTo=2025-07-11',
    )
  })
  test('has the filters of what stands now', () => {
    expect(listOf(filtersOfFigure('due', span, false))).toBe('/orders/table?cash=due')
    expect(listOf(filtersOfFigure('late', span, true))).toBe('/orders/table?late=true&assigneeId=me')
    expect(listOf(filtersOfFigure('delivery_failed', span, false))).toBe('/orders/table?state=delivery_failed')
  })
})

describe('the change of a figure', () => {
  const of = (count: number, capped = false) => ({ count, capped })
  test('is a share of the earlier one', () => {
    expect(changeOf(of(12), of(8))).toBe(0.5)
    expect(changeOf(of(0), of(8))).toBe(-1)
  })
  test('says nothing beside zero or an uncounted rest', () => {
    expect(changeOf(of(12), of(0))).toBeNull()
    expect(changeOf(of(1_000, true), of(900))).toBeNull()
    expect(changeOf(of(900), of(1_000, true))).toBeNull()
  })
})
