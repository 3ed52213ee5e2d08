import type { OrderMarks } from '@sendocki/domain/orders/marks'
import { expect, test } from 'vitest'
import { cardHeight, notesOf } from './notes.ts'
import { anOrder } from './orders.given.ts'

test('an order on which there is nothing to do has no note', () => expect(notesOf(anOrder('one'))).toEqual([]))

test('at most two notes are told, the most pressing first', () => {
  const customer = { ...anOrder('x').customer, phoneVerdict: 'doubtful' as const }
  const order = anOrder('one', {
    customer,
    duplicateCount: 1,
    toComplete: ['currency_not_mad', 'city_unknown'],
    flag: 'carrier_word_unknown',
  })
  expect(notesOf(order)).toEqual([
    { kind: 'flag', flag: 'carrier_word_unknown' },
    { kind: 'incomplete', reason: 'city_unknown' },
  ])
  expect(notesOf({ ...order, flag: null, toComplete: [] })).toEqual([{ kind: 'phone_doubtful' }, { kind: 'duplicate' }])
})

test('a call whose time is set is told after what keeps people from calling, before the risk', () => {
  const nextAttemptAt = '2026-11-20T15:00:00.000Z'
  const risk = { level: 'high' as const, score: 60, reasons: [] }
  expect(notesOf(anOrder('one', { nextAttemptAt, risk }))).toEqual([
    { kind: 'call', at: nextAttemptAt },
    { kind: 'risk', level: 'high' },
  ])
  expect(notesOf(anOrder('one', { nextAttemptAt, duplicateCount: 1, risk }))).toEqual([
    { kind: 'duplicate' },
    { kind: 'call', at: nextAttemptAt },
  ])
})

test('a risk is told while the parcel can still come back, a low one never', () => {
  const judged = (level: 'low' | 'medium' | 'high', over = {}) =>
    notesOf(anOrder('one', { risk: { level, score: 40, reasons: [] }, ...over }))
  expect(judged('high')).toEqual([{ kind: 'risk', level: 'high' }])
  expect(judged('medium', { duplicateCount: 1 })).toEqual([{ kind: 'duplicate' }, { kind: 'risk', level: 'medium' }])
  expect(judged('low')).toEqual([])
  expect(judged('high', { state: 'delivered' })).toEqual([])
})

test('what a buyer wrote comes right after what blocks them; what became of their orders last, until they confirmed', () => {
  const marks = (facts: Partial<OrderMarks>): OrderMarks => ({
    ...{ orderId: 'one', unreadCount: 0, conversationId: null, record: null, holder: null },
    ...facts,
  })
  const record = { deliveredCount: 4, returnedCount: 0 }
  const written = marks({ unreadCount: 2, conversationId: 'thread', record })
  expect(notesOf(anOrder('one'), written)).toEqual([
    { kind: 'unread', count: 2, conversationId: 'thread' },
    { kind: 'record', ...record },
  ])
  expect(notesOf(anOrder('one', { toComplete: ['city_unknown'], duplicateCount: 1 }), written)).toEqual([
    { kind: 'unread', count: 2, conversationId: 'thread' },
    { kind: 'incomplete', reason: 'city_unknown' },
  ])
  expect(notesOf(anOrder('one', { state: 'confirmed' }), marks({ record }))).toEqual([])
  expect(notesOf(anOrder('one'), marks({ record: { deliveredCount: 0, returnedCount: 0 } }))).toEqual([])
  expect(notesOf(anOrder('one'), marks({ unreadCount: null }))).toEqual([])
})

test('heights follow what the card says, not its words', () => {
  const french = { compact: false, lineMore: 0 }
  expect(cardHeight({ notes: 0, refused: false }, french)).toBe(88)
  expect(cardHeight({ notes: 2, refused: false }, french)).toBe(120)
  expect(cardHeight({ notes: 2, refused: false }, { compact: true, lineMore: 0 })).toBe(88)
  expect(cardHeight({ notes: 1, refused: false }, { compact: false, lineMore: 2 })).toBe(128)
  expect(cardHeight({ notes: 0, refused: true }, { compact: true, lineMore: 0 })).toBeGreaterThan(120)
})
