import { expect, test } from 'vitest'
import { anOrder } from '../orders.given.ts'
import { groupsOf, namesOf, placeOf } from './groups.ts'

const of = (id: string, customerId: string, facts: { phone?: string; line?: string; name?: string } = {}) => {
  const { phone = `+2126000000${customerId.length}${id.charCodeAt(0)}`, line = 'Rue 12', name = 'Khadija' } = facts
  const order = anOrder(id)
  return {
    ...order,
    customer: { ...order.customer, id: customerId, phone, name },
    shippingAddress: { ...order.shippingAddress, line },
  }
}
const idsOf = (...orders: ReturnType<typeof of>[]) => groupsOf(orders).map((group) => group.orders.map(({ id }) => id))
const groups = groupsOf([of('a', 'one'), of('b', 'two'), of('c', 'one')])

test('orders of one customer are one decision, at the place of the newest', () => {
  expect(groups.map(({ orders }) => orders.map(({ id }) => id))).toEqual([['a', 'c'], ['b']])
})

test('two customers at one address, or on one phone, are one decision; a vague address says nothing', () => {
  const street = '14, avenue des Orangers'
  expect(idsOf(of('a', 'one', { line: street }), of('b', 'two', { line: '14 avenue des orangers' }))).toEqual([
    ['a', 'b'],
  ])
  expect(idsOf(of('a', 'one', { phone: '+212611' }), of('b', 'two', { phone: '+212611' }))).toEqual([['a', 'b']])
  expect(idsOf(of('a', 'one'), of('b', 'two'))).toEqual([['a'], ['b']])
})

test('an order between two lines makes them one, at the place of the first, with each name once', () => {
  const street = '14, avenue des Orangers'
  const orders = [of('a', 'one', { name: 'Khadija' }), of('b', 'two', { line: street, name: 'Brahim' })]
  const between = of('c', 'one', { line: street, name: 'Khadija' })
  expect(idsOf(...orders, of('d', 'three'), between)).toEqual([['a', 'c', 'b'], ['d']])
  expect(groupsOf([...orders, between]).map(namesOf)).toEqual([['Khadija', 'Brahim']])
})

test('any order of a decision leads to it; one that waits for nothing stands nowhere', () => {
  expect([placeOf(groups, 'c'), placeOf(groups, 'b'), placeOf(groups, 'gone'), placeOf(groups, null)]).toEqual([
    0, 1, -1, 0,
  ])
})
