import { expect, it } from 'vitest'
import { createGathering } from './gathering.ts'

/** Work that ends when it is told to. */
const held = () => {
  const turns: { lane: string; items: readonly number[]; end: (error?: Error) => void }[] = []
  const gather = createGathering<number>(
    (lane, items) =>
      new Promise((done, fail) =>
        turns.push({ lane, items: [...items], end: (error) => (error ? fail(error) : done()) }),
      ),
    3,
  )
  return { turns, gather, settled: () => new Promise((later) => setImmediate(later)) }
}

it('lets one alone go at once, and those that come meanwhile go together', async () => {
  const { turns, gather, settled } = held()
  const first = gather('a', 1)
  await settled()
  const others = [gather('a', 2), gather('a', 3), gather('a', 4), gather('a', 5)]
  await settled()
  expect(turns.map(({ items }) => items)).toEqual([[1]])
  turns[0]?.end()
  await first
  await settled()
  expect(turns.map(({ items }) => items)).toEqual([[1], [2, 3, 4]])
  turns[1]?.end()
  await Promise.all(others.slice(0, 3))
  await settled()
  expect(turns.map(({ items }) => items)).toEqual([[1], [2, 3, 4], [5]])
  turns[2]?.end()
  await others[3]
})

it('keeps lanes apart: a slow one holds up nobody else', async () => {
  const { turns, gather, settled } = held()
  void gather('slow', 1)
  const quick = gather('quick', 2)
  await settled()
  turns.find(({ lane }) => lane === 'quick')?.end()
  await quick
})

it('tells a failure to all of its turn and to none of the next', async () => {
  const { turns, gather, settled } = held()
  const failing = [gather('a', 1), gather('a', 2)]
  await settled()
  const next = gather('a', 3)
  turns[0]?.end(new Error('broken'))
  for (const one of failing) await expect(one).rejects.toThrow('broken')
  await settled()
  turns[1]?.end()
  await next
})
