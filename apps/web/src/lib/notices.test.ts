import { afterAll, expect, test, vi } from 'vitest'

// The client is made when its module is loaded, from the address of the page.
vi.stubGlobal('location', { origin: 'http://localhost' })
const { noticesIn } = await import('./notices.ts')
afterAll(() => void vi.unstubAllGlobals())

const event = (
  sequence: number,
  type: string,
  data: Record<string, unknown> = {},
  subject = { kind: 'order', id: `o${sequence}` },
) => ({
  id: `e${sequence}`,
  type,
  occurredAt: '2026-11-23T10:00:00Z',
  sequence,
  subject,
  data,
})

test('the newest comes first, and leads to its order', () => {
  const notices = noticesIn(
    [event(1, 'order.flagged'), event(2, 'parcel.rejected', { orderId: 'o9' }, { kind: 'parcel', id: 'p' })],
    'me',
  )
  expect(notices.map(({ sequence, path }) => [sequence, path])).toEqual([
    [2, '/orders/o9'],
    [1, '/orders/o1'],
  ])
})

test('what a person did unusually leads to the audit log of that person', () => {
  const [notice] = noticesIn([event(1, 'member.unusual_viewing', {}, { kind: 'member', id: 'm7' })], 'me')
  expect(notice?.path).toBe('/settings/audit?actorId=m7')
})

test('a flag that is taken off is no notice', () => {
  const notices = noticesIn(
    [
      event(1, 'order.flagged', { after: { flag: 'parcel_cancelled' } }),
      event(2, 'order.flagged', { after: { flag: null } }),
    ],
    'me',
  )
  expect(notices.map(({ sequence }) => sequence)).toEqual([1])
})

test('an order assigned to somebody else is no notice of mine', () => {
  const notices = noticesIn(
    [
      event(1, 'order.assigned', { after: { assigneeId: 'me' } }),
      event(2, 'order.assigned', { after: { assigneeId: 'other' } }),
    ],
    'me',
  )
  expect(notices.map(({ sequence }) => sequence)).toEqual([1])
})
