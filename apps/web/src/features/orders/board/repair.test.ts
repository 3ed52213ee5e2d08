import { expect, test } from 'vitest'
import { repairOf } from './repair.ts'

test.each([
  ['network.unreachable', 'retry'],
  ['server.unavailable', 'retry'],
  ['order.changed_meanwhile', 'take_mine'],
  ['order.reason_required', 'reason'],
  ['order.field_required', 'complete'],
  ['order.move_forbidden', 'none'],
])('%s is put right by %s', (code, repair) => expect(repairOf({ code })).toBe(repair))
