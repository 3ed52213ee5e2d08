import type { IntentResult } from '@sendocki/domain/parcels/parcel-schema'
import { describe, expect, it } from 'vitest'
import { labelIssue, papersAtOnce, pickupIssue, refusedGroups, waitsForParcel } from './batches.ts'

const booked = { trackingNumber: 'DHO1', status: 'created', carrierAccountId: 'a' } as const
const orderParcel = (status: 'delivered' | 'cancelled' | 'in_transit' | 'returned') => ({
  parcel: { id: 'p', status, since: '2026-11-20T10:00:00.000Z', trackingNumber: null, carrierAccountId: null },
})

describe('papers are asked for parcels that', () => {
  it('a carrier knows', () => {
    expect(labelIssue([booked, booked])).toBeNull()
    expect(labelIssue([booked, { ...booked, trackingNumber: null }])).toBe('not_booked')
    expect(labelIssue([{ ...booked, status: 'cancelled' }])).toBe('not_booked')
  })

  it('travel with one carrier', () => {
    expect(labelIssue([booked, { ...booked, carrierAccountId: 'b' }])).toBe('several_carriers')
  })

  it('fit in one request', () => {
    const full = Array.from({ length: papersAtOnce }, () => booked)
    expect(labelIssue(full)).toBeNull()
    expect(labelIssue([...full, booked])).toBe('too_many')
  })

  it('have not left, for a pick-up', () => {
    expect(pickupIssue([booked])).toBeNull()
    expect(pickupIssue([{ ...booked, status: 'in_transit' }])).toBe('picked_up')
    expect(labelIssue([{ ...booked, status: 'in_transit' }])).toBeNull()
  })
})

it('lists an order to ship until a parcel stands for it', () => {
  expect(waitsForParcel({ parcel: null })).toBe(true)
  expect(waitsForParcel(orderParcel('cancelled'))).toBe(true)
  expect(waitsForParcel(orderParcel('returned'))).toBe(true)
  expect(waitsForParcel(orderParcel('in_transit'))).toBe(false)
  expect(waitsForParcel(orderParcel('delivered'))).toBe(false)
})

it('tells refused orders by their reason, the most frequent first, and no accepted one', () => {
  const answer = (orderId: string, code: string | null): IntentResult => ({
    orderId,
    parcelId: null,
    status: null,
    lackingOptions: [],
    refusal: code === null ? null : { code },
  })
  const items = [answer('1', 'x'), answer('2', 'y'), answer('3', null), answer('4', 'y')]
  expect(refusedGroups(items, ({ code }) => `because ${code}`)).toEqual([
    { text: 'because y', code: 'y', orderIds: ['2', '4'] },
    { text: 'because x', code: 'x', orderIds: ['1'] },
  ])
})
