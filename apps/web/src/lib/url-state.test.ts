import { expect, test } from 'vitest'
import { flag, list, oneOf, readState, text, writeState } from './url-state.ts'

const shape = { q: text, stageId: list, late: flag, sort: oneOf(['-createdAt', 'createdAt'], '-createdAt') }

test('what is written is read back', () => {
  const state = { q: 'Agadir & co', stageId: ['a', 'b'], late: true, sort: 'createdAt' as const }
  expect(readState(shape, writeState(shape, new URLSearchParams(), state))).toEqual(state)
})

test('a screen at rest has a clean address', () => {
  const rest = readState(shape, new URLSearchParams())
  expect(writeState(shape, new URLSearchParams(), rest).toString()).toBe('')
})

test('an unknown word in the address is the rest value, not an error', () => {
  expect(readState(shape, new URLSearchParams('sort=price&late=maybe')).sort).toBe('-createdAt')
})

test('changing one filter leaves the others and the parameters of others', () => {
  const next = writeState(shape, new URLSearchParams('q=a&open=42'), { late: true })
  expect(next.toString()).toBe('q=a&open=42&late=true')
})
