import { expect, test } from 'vitest'
import { safeNext } from './safe-next.ts'

test('a person comes back to the screen they were sent away from', () => {
  expect(safeNext('/settings/members?cursor=a')).toBe('/settings/members?cursor=a')
})

test.each([
  null,
  '',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  'javascript:alert(1)',
  '/sign-in?next=/sign-in',
])('the address %s leads to the first screen', (next) => expect(safeNext(next)).toBe('/'))
