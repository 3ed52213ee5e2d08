import type { HistoryEvent } from '@sendocki/domain/orders/order'
import { expect, test } from 'vitest'
import { messages as journal } from '../../../messages/fr/events.ts'
import { messages as orderWords } from '../../../messages/fr/orders.ts'
import { callIn, companyIn, daysOf, eventsOf, fieldChanges, partsIn, runIn, voiceOf, wordsIn } from './history.ts'

const event = (id: string, facts: Partial<HistoryEvent> = {}): HistoryEvent => ({
  id,
  type: 'order.edited',
  at: '2025-07-10T12:00:00Z',
  actor: { kind: 'member', id: 'm', name: 'Amina' },
  before: null,
  after: null,
  data: null,
  effects: [],
  undoable: false,
  ...facts,
})
const by = (kind: HistoryEvent['actor']['kind']) => ({ actor: { kind, id: null, name: null } })

test('each actor has a voice, and the filter keeps one of them', () => {
  const all = [event('a'), event('b', by('carrier')), event('c', by('shop')), event('d', by('key'))]
  expect(all.map(voiceOf)).toEqual(['team', 'carrier', 'system', 'team'])
  expect(eventsOf(all, 'team').map(({ id }) => id)).toEqual(['a', 'd'])
  expect(eventsOf(all, null)).toBe(all)
})

test('days are those of Morocco: half past eleven at night in UTC is the next morning there in summer', () => {
  const days = daysOf([event('b', { at: '2025-07-10T23:30:00Z' }), event('a')])
  expect(days.map(({ day, events }) => [day, events.length])).toEqual([
    ['2025-07-11', 1],
    ['2025-07-10', 1],
  ])
})

test('a change tells what it was and what it is, and leaves out what only follows from it', () => {
  expect(
    fieldChanges({
      before: { stageId: 'new', state: 'new', stateSince: 'x', totalCentimes: 100 },
      after: { stageId: 'confirmed', state: 'confirmed', stateSince: 'y', totalCentimes: 100, line: 'Rue 12' },
    }),
  ).toEqual([
    { field: 'stageId', before: 'new', after: 'confirmed' },
    { field: 'line', before: null, after: 'Rue 12' },
  ])
  expect(fieldChanges({ before: null, after: null })).toEqual([])
  expect(fieldChanges({ before: null, after: { attempts: 0 } })).toEqual([])
})

test('parts that say no more than that they changed are named, without those already told', () => {
  const told = {
    before: { name: 'Imane' },
    after: { name: 'Imane Tazi' },
    data: { changed: ['name', 'lines', 'note', 3] },
  }
  expect(partsIn(told)).toEqual(['lines'])
  expect(partsIn({ before: null, after: null, data: { changed: 'all' } })).toEqual([])
})

test('a call tells what came of it, when the order is called again, and whether it counted', () => {
  const called = (facts: Partial<HistoryEvent>) => callIn(event('a', { type: 'order.called', ...facts }))
  const at = '2026-11-28T14:00:00.000Z'
  const promised = { before: { nextAttemptAt: null }, after: { nextAttemptAt: at }, data: { outcome: 'callback' } }
  expect(called(promised)).toEqual({ outcome: 'callback', setAside: false, nextAt: at })
  expect(called({ ...promised, before: promised.after, data: { outcome: 'confirmed' } })?.nextAt).toBeNull()
  expect(called({ data: { outcome: 'confirmed', setAside: 'taken_over' } })?.setAside).toBe(true)
  expect(callIn(event('a', promised))).toBeNull()
  expect(fieldChanges(promised)).toEqual([])
})

const { event: sentences } = orderWords

test('whatever the journal writes of an order has a sentence in its history', () => {
  const untold = (['order', 'parcel', 'collection', 'automation_run'] as const).flatMap((noun) =>
    Object.keys(journal[noun]).flatMap((type) => (type in sentences[noun] ? [] : [`${noun}.${type}`])),
  )
  expect(untold).toEqual([])
})

test('words of people and of carriers are found where each stands', () => {
  expect(wordsIn({ after: { note: 'rappeler demain' }, data: null })).toBe('rappeler demain')
  expect(wordsIn({ after: null, data: { note: 'PAS DE REPONSE' } })).toBe('PAS DE REPONSE')
  expect(wordsIn({ after: null, data: { note: 3 } })).toBeNull()
})

test('an event of an automation names its run, and others name none', () => {
  expect(runIn({ data: { automationId: 'a', runId: 'r' } })).toBe('r')
  for (const data of [null, {}, { runId: 3 }]) expect(runIn({ data })).toBeNull()
})

test('an order of a shared parcel is told with the others, who leads them, and what is asked only once', () => {
  expect(companyIn({ data: { numbers: [10_012], leadNumber: 10_013, waivedCentimes: 3_500 } })).toEqual({
    ...{ numbers: [10_012], left: [], lead: 10_013, waivedCentimes: 3_500 },
  })
  const together = [
    { number: 10_012, goes: false },
    { number: 10_013, goes: true },
  ]
  expect(companyIn({ data: { together } })).toEqual({ numbers: [], left: [10_013], lead: null, waivedCentimes: 0 })
  expect(companyIn({ data: null })).toEqual({ numbers: [], left: [], lead: null, waivedCentimes: 0 })
})
