import { ApiProblem } from '@sendocki/client/problem'
import { expect, test } from 'vitest'
import { conflictOf } from './conflict.ts'

const problem = (facts: object) => new ApiProblem({ status: 409, code: 'order.changed_meanwhile', ...facts }, null)

test('a conflict tells who, when, and the order as it stands now', () => {
  const current = { id: 'one', version: 7 }
  const params = { by: { kind: 'member', id: 'm', name: 'Amina' }, at: '2026-11-23T10:00:00Z' }
  expect(conflictOf(problem({ params, current }))).toEqual({ who: 'Amina', at: '2026-11-23T10:00:00Z', current })
  expect(conflictOf(problem({ params: { by: null }, current }))).toEqual({ who: null, at: null, current })
})

test('an answer without the current order, or about something else, is no conflict to choose in', () => {
  expect(conflictOf(problem({ current: null }))).toBeNull()
  expect(conflictOf(problem({}))).toBeNull()
  expect(
    conflictOf(new ApiProblem({ status: 422, code: 'order.field_required', current: { id: 'one' } }, null)),
  ).toBeNull()
})
