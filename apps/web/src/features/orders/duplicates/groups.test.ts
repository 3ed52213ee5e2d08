import { expect, test } from 'vitest'
import { anOrder } from '../orders.given.ts'
import { groupsOf, placeOf } from './groups.ts'

const of = (id: string, customerId: string) => {
  const order = anOrder(id)
  return { ...order, customer: { ...order.customer, id: customerId } }
}
const groups = groupsOf([of('a', 'one'), of('b', 'two'), of('c', 'one')])

test('orders of one customer are one decision, at the place of the newest', () => {
  expect(groups.map(({ orders }) => orders.map(({ id }) => id))).toEqual([['a', 'c'], ['b']])
})

test('any order of a decision leads to it; one that waits for nothing stands nowhere', () => {
  expect([placeOf(groups, 'c'), placeOf(groups, 'b'), placeOf(groups, 'gone'), placeOf(groups, null)]).toEqual([
    0, 1, -1, 0,
  ])
})
