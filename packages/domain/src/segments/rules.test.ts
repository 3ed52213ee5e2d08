import { expect, it } from 'vitest'
import { builtInSegments, type SegmentTerm, segmentFields, segmentOpsOf, unsoundTerm, usualRules } from './rules.ts'

it('the built-in segments are sound rules', () => {
  for (const key of builtInSegments) expect([key, unsoundTerm(usualRules[key])]).toEqual([key, -1])
})

it.each<[string, unknown]>([
  ['a day where a count is asked', { field: 'orders', op: 'lastDays', value: 3 }],
  ['a count of days below one', { field: 'lastOrderAt', op: 'lastDays', value: 0 }],
  ['more than every part', { field: 'returnedPercent', op: 'atLeast', value: 101 }],
  ['half a centime', { field: 'deliveredCentimes', op: 'atLeast', value: 0.5 }],
  ['a number for a city', { field: 'city', op: 'is', value: 3 }],
  ['an empty tag', { field: 'tag', op: 'is', value: ' ' }],
  ['a text for a count', { field: 'orders', op: 'atLeast', value: '3' }],
])('a rule that asks %s is not sound', (_what, term) => {
  expect(unsoundTerm([{ field: 'orders', op: 'atLeast', value: 1 }, term as SegmentTerm])).toBe(1)
})

it('every field can be asked something', () => {
  for (const field of segmentFields) expect(segmentOpsOf(field).length).toBeGreaterThan(0)
})
