import { expect, it } from 'vitest'
import { lackingIn } from './lacking.ts'

it('counts what a carrier would not be told, of orders that it would take', () => {
  const item = { orderId: 'o', parcelId: null, status: null, refusal: null }
  const refused = { ...item, refusal: { code: 'order.incomplete' } }
  expect(
    lackingIn([
      { ...item, lackingOptions: ['fragile'] },
      { ...item, lackingOptions: ['exchange', 'fragile'] },
      { ...item, lackingOptions: [] },
      { ...refused, lackingOptions: ['allowOpen'] },
    ]),
  ).toEqual([
    ['fragile', 2],
    ['exchange', 1],
  ])
})
