import { expect, it } from 'vitest'
import { blankDraft, keepDraft, keptDraft } from './outbox.ts'

it('keeps what was typed for its own order only', () => {
  const kept = new Map<string, string>()
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  keepDraft({ ...blankDraft('one'), note: 'Après 17h' }, store)
  expect([keptDraft('one', store).note, keptDraft('two', store).note]).toEqual(['Après 17h', ''])
  keepDraft(null, store)
  expect(keptDraft('one', store)).toEqual(blankDraft('one'))
})
