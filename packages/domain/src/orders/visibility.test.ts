import { expect, it } from 'vitest'
import { builtInRoles, type RoleKey, roleKeys } from '../permissions.ts'
import { phoneSightOf, phonesSeenSince } from './visibility.ts'

const sight = (key: RoleKey) => {
  const { permissions, scope, masks } = builtInRoles[key]
  return phoneSightOf({ permissions: new Set(permissions), scope, masks: new Set(masks) })
}

it('phones are seen as the matrix of roles says', () => {
  expect(Object.fromEntries(roleKeys.map((key) => [key, sight(key)]))).toEqual({
    owner: 'always',
    manager: 'always',
    confirmation_agent: 'held',
    delivery_agent: 'until_settled',
    viewer: 'never',
  })
  expect(phoneSightOf(null)).toBe('always')
})

it('a driver’s sight of a phone ends two days after the order', () => {
  expect(phonesSeenSince(new Date('2026-11-20T12:00:00Z'))).toBe('2026-11-18T12:00:00.000Z')
})
