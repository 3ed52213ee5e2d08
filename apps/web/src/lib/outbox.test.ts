import { expect, it } from 'vitest'
import { outboxIn } from './outbox.ts'

const storeOf = () => {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

it('keeps what waits in the order of its making, each once, until it is dropped', () => {
  const outbox = outboxIn('waiting', storeOf())
  for (const key of ['a', 'b', 'a']) outbox.keep({ key })
  expect(outbox.kept()).toEqual([{ key: 'b' }, { key: 'a' }])
  outbox.drop('b')
  expect(outbox.kept()).toEqual([{ key: 'a' }])
  outbox.drop('a')
  expect(outbox.kept()).toEqual([])
})

it('keeps what waits under another name apart', () => {
  const store = storeOf()
  outboxIn('one', store).keep({ key: 'a' })
  expect(outboxIn('two', store).kept()).toEqual([])
})

it('keeps for as long as the page is open what a forbidden store does not take, and reads nothing strange', () => {
  const forbidden = {
    getItem: () => {
      throw new Error('forbidden')
    },
    setItem: () => {
      throw new Error('forbidden')
    },
    removeItem: () => undefined,
  }
  const outbox = outboxIn('waiting', forbidden)
  outbox.keep({ key: 'a' })
  expect(outbox.kept()).toEqual([{ key: 'a' }])
  outbox.drop('a')
  expect(outbox.kept()).toEqual([])
  expect(outboxIn('waiting', { ...storeOf(), getItem: () => 'not json' }).kept()).toEqual([])
})
