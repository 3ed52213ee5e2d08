import { afterWorkingMinutes } from '@sendocki/domain/time'
import { expect, test } from 'vitest'
import { limitReached } from './age.ts'

const since = '2026-11-23T19:00:00Z'

test('a stage without a limit has no share of it', () => expect(limitReached(since, null, new Date(since))).toBeNull())

test('the limit is reached at the instant that the server calls late, nights apart', () => {
  expect(limitReached(since, 240, new Date(afterWorkingMinutes(since, 240)))).toBe(1)
  expect(limitReached(since, 240, new Date(afterWorkingMinutes(since, 120)))).toBe(0.5)
})
