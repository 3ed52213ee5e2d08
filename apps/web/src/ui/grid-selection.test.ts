import { expect, test } from 'vitest'
import { noSelection, rowAfterKey, selectRange, toggleAll, toggleRow } from './grid-selection.ts'

const order = ['a', 'b', 'c', 'd', 'e']

test('X ticks and unticks the row', () => {
  const once = toggleRow(noSelection, 'b')
  expect([...once.ids]).toEqual(['b'])
  expect([...toggleRow(once, 'b').ids]).toEqual([])
})

test('Shift ticks from the last ticked row, upwards too', () => {
  expect([...selectRange(toggleRow(noSelection, 'd'), 'b', order).ids].toSorted()).toEqual(['b', 'c', 'd'])
})

test('a range whose start has left the list ticks one row, not all', () => {
  expect([...selectRange({ ids: new Set(), anchor: 'gone' }, 'c', order).ids]).toEqual(['c'])
})

test('the header ticks all loaded rows, then none', () => {
  const all = toggleAll(noSelection, order)
  expect(all.ids.size).toBe(5)
  expect(toggleAll(all, order).ids.size).toBe(0)
})

test('walking stops at both ends', () => {
  expect(rowAfterKey('j', 4, 5, 10)).toBe(4)
  expect(rowAfterKey('k', 0, 5, 10)).toBe(0)
  expect(rowAfterKey('PageDown', 1, 5, 10)).toBe(4)
  expect(rowAfterKey('Home', 3, 5, 10)).toBe(0)
})

test('other keys, and an empty list, lead nowhere', () => {
  expect(rowAfterKey('z', 1, 5, 10)).toBeNull()
  expect(rowAfterKey('j', -1, 0, 10)).toBeNull()
})
