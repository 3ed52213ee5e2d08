import { expect, test } from 'vitest'
import { markedParts } from './marked.tsx'

test('typed digits are found across the spaces of a phone', () => {
  expect(markedParts('06 12 34 56 78', '1234')).toEqual([
    { text: '06 ', marked: false },
    { text: '12 34', marked: true },
    { text: ' 56 78', marked: false },
  ])
})

test('signs of a pattern are only signs', () => {
  expect(markedParts('a+b (c)', '(c')).toEqual([
    { text: 'a+b ', marked: false },
    { text: '(c', marked: true },
    { text: ')', marked: false },
  ])
})

test('without a query nothing is marked', () => {
  expect(markedParts('abc', '  ')).toEqual([{ text: 'abc', marked: false }])
})
