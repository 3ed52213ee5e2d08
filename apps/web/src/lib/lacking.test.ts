import { expect, it } from 'vitest'
import { carriersLacking, lackingIn } from './lacking.ts'

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

const knowsAll = { allowOpen: true, allowTry: true, fragile: true, exchange: true, agencyDelivery: true }
const carrier = (code: 'sendit' | 'manual', can: object) => ({
  carrier: code,
  capabilities: { ...knowsAll, ...can } as never,
})
const accounts = [
  { name: 'Sendit Casa', carrier: 'sendit', status: 'connected' },
  { name: 'Ali Express Fès', carrier: 'manual', status: 'connected' },
  { name: 'Ancien', carrier: 'manual', status: 'disabled' },
] as const
const carriers = [carrier('sendit', { fragile: false }), carrier('manual', { allowTry: false })]
const quiet = { allowOpen: null, allowTry: null, fragile: null, exchangeOfOrderId: null, deliverTo: 'home' } as const

it('before shipping it is said which connected carrier does not know an option that an order asks for', () => {
  expect(carriersLacking(quiet, accounts, carriers)).toEqual([])
  expect(carriersLacking({ ...quiet, fragile: true }, accounts, carriers)).toEqual(['Sendit Casa'])
  expect(carriersLacking({ ...quiet, fragile: true, allowTry: false }, accounts, carriers)).toEqual([
    'Sendit Casa',
    'Ali Express Fès',
  ])
})
