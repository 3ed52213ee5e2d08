import type { WhereTerm } from '@sendocki/domain/orders/where'
import { expect, test } from 'vitest'
import { changedPart, partsOf, whereOfParts, withoutPart, withTerm } from './terms.ts'

const term = (value: string): WhereTerm => ({ field: 'tag', op: 'in', values: [value] })
const [a, b, c] = [term('a'), term('b'), term('c')]

test('a sentence grows by AND, and OR begins another alternative', () => {
  const two = withTerm(withTerm([], a), b)
  expect(whereOfParts(two)).toEqual({ all: [a, b] })
  const three = changedPart(withTerm(two, c), 2, { join: 'or' })
  expect(whereOfParts(three)).toEqual({ any: [{ all: [a, b] }, c] })
})

test('what is read back is the sentence that was written', () => {
  const parts = [
    { term: a, join: 'or' },
    { term: b, join: 'and' },
    { term: c, join: 'or' },
  ] as const
  expect(partsOf(whereOfParts(parts))).toEqual(parts)
})

test('without its first term the next one begins the sentence', () => {
  const parts = withTerm(withTerm([], a), b)
  expect(whereOfParts(withoutPart(parts, 0))).toEqual({ all: [b] })
  expect(whereOfParts([])).toBeNull()
})

test('a sentence with groups that an address brings is shown as its alternatives', () => {
  expect(partsOf({ all: [a, { any: [b, c] }] })?.map(({ term: { values }, join }) => [values?.[0], join])).toEqual([
    ['a', 'or'],
    ['b', 'and'],
    ['a', 'or'],
    ['c', 'and'],
  ])
})
