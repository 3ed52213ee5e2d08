import { expect, test } from 'vitest'
import { isUnusualViewing } from './viewing.ts'

test.each([
  ['a busy hour of somebody new', 60, 0, false],
  ['more than can be called', 61, 0, true],
  ['what is usual for this person', 90, 50, false],
  ['twice what is usual', 100, 50, false],
  ['more than twice', 101, 50, true],
  ['a slow person in a busy hour', 55, 4, false],
])('%s: %i customers in an hour against %i', (_, seen, usual, unusual) => {
  expect(isUnusualViewing(seen, usual)).toBe(unusual)
})
