import { expect, it } from 'vitest'
import { choiceFrom, keptChoice, leftOutGroups, paperBody } from './choice.ts'

it('offers what was printed last, and the reader’s language the first time', () => {
  const choice = { kind: 'picking', size: 'a4', language: 'ar' } as const
  expect(choiceFrom(keptChoice(choice), 'fr')).toEqual(choice)
  expect(choiceFrom(null, 'ar')).toEqual({ kind: 'label', size: '100x150', language: 'ar' })
  expect(choiceFrom('poster a0 tlh', 'en')).toEqual({ kind: 'label', size: '100x150', language: 'en' })
})

it('asks for a size of labels only', () => {
  const wish = { parcelIds: ['p'] }
  expect(paperBody({ kind: 'label', size: 'a4', language: 'fr' }, wish)).toEqual({
    kind: 'label',
    size: 'a4',
    language: 'fr',
    parcelIds: ['p'],
  })
  expect(paperBody({ kind: 'slip', size: '100x150', language: 'fr' }, { orderIds: ['o'] })).toEqual({
    kind: 'slip',
    language: 'fr',
    orderIds: ['o'],
  })
})

it('groups what was left out by reason, the most frequent first', () => {
  const left = (reason: 'no_parcel' | 'city_missing', number: number) => ({
    orderId: null,
    parcelId: null,
    number,
    reason,
  })
  const groups = leftOutGroups([left('city_missing', 1), left('no_parcel', 2), left('no_parcel', 3)])
  expect(groups.map(({ reason, items }) => [reason, items.length])).toEqual([
    ['no_parcel', 2],
    ['city_missing', 1],
  ])
})
