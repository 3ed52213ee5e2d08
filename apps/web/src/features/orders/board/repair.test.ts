import { expect, test } from 'vitest'
import { currentVersion, repairOf } from './repair.ts'

test.each([
  ['network.unreachable', 'retry'],
  ['server.unavailable', 'retry'],
  ['order.changed_meanwhile', 'take_mine'],
  ['order.reason_required', 'reason'],
  ['order.field_required', 'complete'],
  ['order.move_forbidden', 'none'],
])('%s is put right by %s', (code, repair) => expect(repairOf({ code })).toBe(repair))

test('the version to try again with is that of the order as it stands', () => {
  expect(currentVersion({ current: { id: 'one', version: 7 } })).toBe(7)
  expect(currentVersion({ current: null })).toBeNull()
  expect(currentVersion({ current: undefined })).toBeNull()
})
