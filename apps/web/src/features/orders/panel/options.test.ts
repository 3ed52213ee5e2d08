import type { Order } from '@sendocki/domain/orders/order'
import { expect, it } from 'vitest'
import { optionChanges, optionsDraftOf } from './options.ts'

const order = {
  allowOpen: true,
  allowTry: null,
  fragile: false,
  deliverTo: 'home',
  shipNotBefore: null,
  exchangeOfOrderId: 'other',
} as Order

it('sends nothing when nothing was chosen anew', () => {
  expect(optionChanges(order, optionsDraftOf(order))).toEqual({})
})

it('sends what was chosen anew, and null for what is no longer said', () => {
  const draft = { ...optionsDraftOf(order), allowOpen: '', allowTry: 'no', shipNotBefore: '2026-12-01' } as const
  expect(optionChanges(order, { ...draft, exchangeOfOrderId: '' })).toEqual({
    allowOpen: null,
    allowTry: false,
    shipNotBefore: '2026-12-01',
    exchangeOfOrderId: null,
  })
})
