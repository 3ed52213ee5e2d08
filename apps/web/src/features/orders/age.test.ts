import { afterWorkingMinutes } from '@sendocki/domain/time'
import { expect, test } from 'vitest'
import { limitReached } from './age.ts'

const stateSince = '2026-11-23T19:00:00Z'
const lateAt = afterWorkingMinutes(stateSince, 240)

test('a stage without a limit has no share of it', () => {
  expect(limitReached({ stateSince, lateAt: null }, new Date(stateSince))).toBeNull()
})

test('half of the working time is half of the limit, whatever the night in between', () => {
  expect(limitReached({ stateSince, lateAt }, new Date(afterWorkingMinutes(stateSince, 120)))).toBe(0.5)
})

test('the limit is reached at the instant that the server calls late', () => {
  expect(limitReached({ stateSince, lateAt }, new Date(lateAt))).toBe(1)
  expect(limitReached({ stateSince, lateAt }, new Date(Date.parse(lateAt) - 60_000))).toBeLessThan(1)
})
