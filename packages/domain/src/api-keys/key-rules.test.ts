import fc from 'fast-check'
import { expect, it } from 'vitest'
import { builtInRoles, masks, personalPermissions, type RoleKey, type RoleRights, roleKeys } from '../permissions.ts'
import { keyStatusOf, mayGiveKey, rightsOfKey } from './key-rules.ts'

const roleOf = (key: RoleKey) => ({ key, ...builtInRoles[key] })
const codeOf = (result: { ok: boolean; refusal?: { code: string } }) => (result.ok ? 'ok' : result.refusal?.code)

it('makes no key an owner, and none with a role that only sees its own orders', () => {
  const codes = roleKeys.map((key) => [key, codeOf(mayGiveKey(builtInRoles.owner, roleOf(key)))])
  expect(codes).toEqual([
    ['owner', 'api_key.role_not_allowed'],
    ['manager', 'ok'],
    ['confirmation_agent', 'ok'],
    ['delivery_agent', 'api_key.role_not_allowed'],
    ['viewer', 'ok'],
  ])
})

it('gives no key more than its maker has', () => {
  expect(codeOf(mayGiveKey(builtInRoles.viewer, roleOf('manager')))).toBe('api_key.beyond_maker')
  expect(codeOf(mayGiveKey(builtInRoles.viewer, roleOf('confirmation_agent')))).toBe('api_key.beyond_maker')
  // Sees phones that its maker does not.
  const blind: RoleRights = { ...builtInRoles.manager, masks: ['phone'] }
  expect(codeOf(mayGiveKey(blind, roleOf('manager')))).toBe('api_key.beyond_maker')
  expect(codeOf(mayGiveKey(blind, roleOf('viewer')))).toBe('ok')
})

it('a key never exceeds its role or its maker, whichever roles they come to have', () => {
  const role = fc.constantFrom(...roleKeys).map((key) => builtInRoles[key])
  fc.assert(
    fc.property(role, role, fc.subarray([...masks]), (given, maker, hidden) => {
      const blinded = { ...maker, masks: hidden }
      const rights = rightsOfKey(given, blinded)
      for (const one of [given, blinded]) {
        expect(one.permissions).toEqual(expect.arrayContaining([...rights.permissions]))
        expect(rights.masks).toEqual(expect.arrayContaining([...one.masks]))
        if (!one.scope.includes('all')) expect(one.scope).toEqual(expect.arrayContaining([...rights.scope]))
        if (one.moveInto !== null)
          expect(one.moveInto).toEqual(expect.arrayContaining([...(rights.moveInto ?? ['any'])]))
      }
      for (const personal of personalPermissions) expect(rights.permissions).not.toContain(personal)
    }),
  )
})

it('says why a key does not work: revoked before expired before paused', () => {
  const now = new Date('2026-11-27T10:00:00.000Z')
  const [past, future] = ['2026-11-27T10:00:00.000Z', '2026-11-27T10:00:00.001Z']
  const good = { expiresAt: null, revokedAt: null, makerDisabledAt: null }
  expect(keyStatusOf(good, now)).toBe('active')
  expect(keyStatusOf({ ...good, expiresAt: future }, now)).toBe('active')
  expect(keyStatusOf({ ...good, makerDisabledAt: past }, now)).toBe('paused')
  expect(keyStatusOf({ ...good, expiresAt: past, makerDisabledAt: past }, now)).toBe('expired')
  expect(keyStatusOf({ expiresAt: past, revokedAt: past, makerDisabledAt: past }, now)).toBe('revoked')
})
