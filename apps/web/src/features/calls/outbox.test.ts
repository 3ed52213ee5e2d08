import { expect, it } from 'vitest'
import { blankDraft, dropFromOutbox, keepDraft, keepInOutbox, keptDraft, keptOutbox, type Waiting } from './outbox.ts'

const storeOf = () => {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}
const waiting = (key: string): Waiting => ({
  key,
  leaseId: 'l',
  number: 10_000,
  body: { orderId: 'o', outcome: 'no_answer' },
})

it('keeps what was typed for its own order only', () => {
  const store = storeOf()
  keepDraft({ ...blankDraft('one'), note: 'Après 17h' }, store)
  expect([keptDraft('one', store).note, keptDraft('two', store).note]).toEqual(['Après 17h', ''])
  keepDraft(null, store)
  expect(keptDraft('one', store)).toEqual(blankDraft('one'))
})

it('keeps what waits in the order of its making, each once, until it is dropped', () => {
  const store = storeOf()
  for (const key of ['a', 'b', 'a']) keepInOutbox(waiting(key), store)
  expect(keptOutbox(store).map(({ key }) => key)).toEqual(['b', 'a'])
  dropFromOutbox('b', store)
  expect(keptOutbox(store).map(({ key }) => key)).toEqual(['a'])
})

it('survives a store that is forbidden or holds something else', () => {
  const forbidden = {
    getItem: () => {
      throw new Error('forbidden')
    },
    setItem: () => {
      throw new Error('forbidden')
    },
    removeItem: () => undefined,
  }
  keepInOutbox(waiting('a'), forbidden)
  expect(keptOutbox(forbidden)).toEqual([])
  expect(keptOutbox({ ...storeOf(), getItem: () => 'not json' })).toEqual([])
})
