import { expect, it } from 'vitest'
import { mayDisable, mayGiveRole, mayInviteAs, mayTouch, type Subject } from './member-rules.ts'

const owner = { memberId: 'a', isOwner: true }
const manager = { memberId: 'm', isOwner: false }
const ownerSubject = (id: string): Subject => ({ id, roleKey: 'owner', disabledAt: null })
const viewer: Subject = { id: 'v', roleKey: 'viewer', disabledAt: null }
const codeOf = (result: { ok: boolean; refusal?: { code: string } }) => (result.ok ? 'ok' : result.refusal?.code)

it('keeps at least one owner', () => {
  expect(codeOf(mayGiveRole(owner, ownerSubject('a'), { key: 'manager' }, ['a']))).toBe('member.last_owner')
  expect(codeOf(mayGiveRole(owner, ownerSubject('b'), { key: 'manager' }, ['a', 'b']))).toBe('ok')
  expect(codeOf(mayDisable(owner, ownerSubject('a'), ['a']))).toBe('member.last_owner')
  expect(codeOf(mayDisable(owner, ownerSubject('b'), ['a', 'b']))).toBe('ok')
})

it('lets only owners make, change or stop an owner', () => {
  expect(codeOf(mayGiveRole(manager, ownerSubject('a'), { key: 'viewer' }, ['a', 'b']))).toBe('member.owner_protected')
  expect(codeOf(mayGiveRole(manager, viewer, { key: 'owner' }, ['a']))).toBe('member.owner_protected')
  expect(codeOf(mayGiveRole(manager, viewer, { key: 'manager' }, ['a']))).toBe('ok')
  expect(codeOf(mayGiveRole(owner, viewer, { key: 'owner' }, ['a']))).toBe('ok')
  expect(codeOf(mayDisable(manager, ownerSubject('a'), ['a', 'b']))).toBe('member.owner_protected')
  expect(codeOf(mayTouch(manager, ownerSubject('a')))).toBe('member.owner_protected')
  expect(codeOf(mayTouch(manager, viewer))).toBe('ok')
})

it('lets nobody disable themselves', () => {
  expect(codeOf(mayDisable(owner, ownerSubject('a'), ['a', 'b']))).toBe('member.not_yourself')
  expect(codeOf(mayDisable(manager, { ...viewer, id: 'm' }, ['a']))).toBe('member.not_yourself')
})

it('never makes an owner by invitation', () => {
  expect(codeOf(mayInviteAs({ key: 'owner' }))).toBe('invitation.never_owner')
  expect(codeOf(mayInviteAs({ key: 'manager' }))).toBe('ok')
  expect(codeOf(mayInviteAs({ key: null }))).toBe('ok')
})
