import { defaultCallSettings } from '@sendocki/domain/calls/settings'
import { expect, test } from 'vitest'
import { sentencesOf } from './sentences.ts'

test('days with the same hours are told together, closed ones by themselves', () => {
  const week = defaultCallSettings.week.map((spans, index) => (index === 6 ? [] : spans))
  const said = sentencesOf({ ...defaultCallSettings, week }, '2026-11-27')
  expect(said.slice(0, 2)).toEqual([
    { says: 'days', days: [1, 2, 3, 4, 5, 6], spans: [{ from: '09:00', to: '21:00' }] },
    { says: 'closed', days: [7] },
  ])
})

test('the next Ramadan and the next holiday are told, and when the calendar has run out', () => {
  const said = sentencesOf(defaultCallSettings, '2026-11-27')
  expect(said).toContainEqual(
    expect.objectContaining({ says: 'ramadan', next: expect.objectContaining({ from: '2027-02-09' }) }),
  )
  expect(said).toContainEqual(
    expect.objectContaining({
      says: 'holidays',
      holiday: expect.objectContaining({ key: 'new_year', from: '2027-01-01' }),
    }),
  )
  expect(sentencesOf(defaultCallSettings, '2032-01-01').map(({ says }) => says)).toContain('no_ramadan')
})
