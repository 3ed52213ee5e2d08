import { expect, it } from 'vitest'
import { forgetScreen, type KeptScreen, keepScreen, keptScreen } from './kept-screen.ts'

const memory = () => {
  const values = new Map<string, string>()
  return {
    size: () => values.size,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  }
}
const round = {
  path: '/deliveries',
  me: {},
  shown: { items: [] },
  at: 1_000,
  until: 5_000,
} as unknown as KeptScreen<object>

it('gives back what was shown as long as its day lasts, and keeps nothing longer', () => {
  const store = memory()
  keepScreen(round, store)
  expect(keptScreen(4_999, store)).toEqual(round)
  expect(keptScreen(5_000, store)).toBeNull()
  expect(store.size()).toBe(0)
})

it('is gone once it is forgotten', () => {
  const store = memory()
  keepScreen(round, store)
  forgetScreen(store)
  expect(keptScreen(1_000, store)).toBeNull()
  expect(store.size()).toBe(0)
})
