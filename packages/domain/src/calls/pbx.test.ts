import { expect, test } from 'vitest'
import { pbxStatusAfter } from './pbx.ts'

test.each([
  [null, 'started', 'started'],
  [null, 'ended', 'ended'],
  ['started', 'answered', 'answered'],
  ['answered', 'started', 'answered'],
  ['ended', 'answered', 'ended'],
  ['answered', 'answered', 'answered'],
] as const)('after %s, "%s" makes %s', (before, told, after) => {
  expect(pbxStatusAfter(before, told)).toBe(after)
})
