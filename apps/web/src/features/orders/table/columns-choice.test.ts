import { expect, it } from 'vitest'
import { inChosenOrder, knownColumns } from './columns-choice.ts'

it('keeps the columns of a view in their order, each once, and passes over those it does not know', () => {
  expect(knownColumns(['amount', 'city', 'margin', 'amount'])).toEqual(['amount', 'city'])
})

it('puts the chosen columns behind those that always stay', () => {
  const columns = ['number', 'customer', 'city', 'amount', 'stage'].map((id) => ({ id }))
  expect(inChosenOrder(columns, ['amount', 'city']).map(({ id }) => id)).toEqual([
    'number',
    'customer',
    'amount',
    'city',
  ])
})
