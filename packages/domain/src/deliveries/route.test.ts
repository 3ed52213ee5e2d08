import { expect, it } from 'vitest'
import { compareStops, stopStateOf } from './route.ts'

const dayStart = '2026-11-26T23:00:00.000Z'
const today = '2026-11-27T09:00:00.000Z'
const before = '2026-11-25T09:00:00.000Z'
const stop = (status: Parameters<typeof stopStateOf>[0]['status'], since: string) =>
  stopStateOf({ status, since, createdAt: before }, dayStart)

it('keeps in the day what is to be brought, and what was done in it', () => {
  expect(stop('created', before)).toBe('open')
  expect(stop('out_for_delivery', today)).toBe('open')
  expect(stop('delivered', today)).toBe('delivered')
  expect(stop('delivered', before)).toBeNull()
  expect(stop('refused', before)).toBeNull()
})

it('opens yesterday’s failure again, and keeps today’s among what is done', () => {
  expect(stop('attempt_failed', before)).toBe('open')
  expect(stop('attempt_failed', today)).toBe('failed')
  expect(stop('refused', today)).toBe('failed')
})

it('puts open stops first, the one that waits longest on top', () => {
  const facts = (state: 'open' | 'delivered', createdAt: string) => ({
    state,
    status: 'created' as const,
    since: today,
    createdAt,
  })
  const stops = [facts('delivered', before), facts('open', today), facts('open', before)]
  expect(stops.sort(compareStops).map(({ state, createdAt }) => [state, createdAt])).toEqual([
    ['open', before],
    ['open', today],
    ['delivered', before],
  ])
})
