import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { gathered } from './gather.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const asking = () => {
  const asked: (readonly string[])[] = []
  const load = gathered(
    async (ids) => {
      asked.push(ids)
      if (ids.includes('broken')) throw new Error('no answer')
      return new Map(ids.filter((id) => id !== 'unseen').map((id) => [id, `of ${id}`]))
    },
    { most: 3, milliseconds: 100 },
  )
  return { asked, load }
}

test('those who ask within a moment share one question, once each, and are answered with their own', async () => {
  const { asked, load } = asking()
  const answers = Promise.all(['a', 'b', 'a', 'unseen'].map(load))
  await vi.advanceTimersByTimeAsync(100)
  expect(await answers).toEqual(['of a', 'of b', 'of a', null])
  expect(asked).toEqual([['a', 'b', 'unseen']])
})

test('more than fit are asked about in the next question, and so is whoever comes later', async () => {
  const { asked, load } = asking()
  const answers = Promise.all(['a', 'b', 'c', 'd'].map(load))
  await vi.advanceTimersByTimeAsync(100)
  expect(await answers).toEqual(['of a', 'of b', 'of c', 'of d'])
  const later = load('a')
  await vi.advanceTimersByTimeAsync(100)
  expect(await later).toBe('of a')
  expect(asked).toEqual([['a', 'b', 'c'], ['d'], ['a']])
})

test('a question that fails fails for those who asked it, and for nobody after', async () => {
  const { load } = asking()
  const failing = Promise.allSettled(['a', 'broken'].map(load))
  await vi.advanceTimersByTimeAsync(100)
  expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  const next = load('a')
  await vi.advanceTimersByTimeAsync(100)
  expect(await next).toBe('of a')
})
