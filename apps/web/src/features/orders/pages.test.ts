import { describe, expect, test } from 'vitest'
import { anOrder } from './orders.given.ts'
import {
  afterOwnChange,
  arrivalsIn,
  changesByList,
  joinChanges,
  type OrderPage,
  ordersIn,
  withChanges,
  withOrderFirst,
} from './pages.ts'

const at = (id: string, minute: number, facts = {}) =>
  anOrder(id, { createdAt: `2026-11-23T10:${String(minute).padStart(2, '0')}:00.000Z`, ...facts })
const pages = (ends: boolean, ...items: ReturnType<typeof at>[][]): OrderPage[] =>
  items.map((page, index) => ({
    items: page,
    nextCursor: ends && index === items.length - 1 ? null : `after-${index}`,
  }))
const ids = (all: readonly OrderPage[]) => all.map(({ items }) => items.map(({ id }) => id))
const changed = (newer: ReturnType<typeof at>[], gone: string[] = []) => ({ newer, gone })

describe('news in a column', () => {
  const loaded = pages(false, [at('d', 40), at('c', 30)], [at('b', 20)])

  test('put a new order where the sort has it', () => {
    expect(ids(withChanges(loaded, changed([at('e', 50)]), '-createdAt'))).toEqual([['e', 'd', 'c'], ['b']])
    expect(ids(withChanges(loaded, changed([at('x', 25)]), '-createdAt'))).toEqual([
      ['d', 'c'],
      ['x', 'b'],
    ])
  })
  test('leave out an order that lies past what is loaded', () => {
    expect(ids(withChanges(loaded, changed([at('a', 10)]), '-createdAt'))).toEqual(ids(loaded))
  })
  test('put it last when everything is loaded', () => {
    const whole = pages(true, [at('d', 40)], [])
    expect(ids(withChanges(whole, changed([at('a', 10)]), '-createdAt'))).toEqual([['d'], ['a']])
    expect(ids(withChanges(pages(true, []), changed([at('a', 10)]), 'stateSince'))).toEqual([['a']])
  })
  test('never move a card that stays, even where the sort would', () => {
    const richer = at('b', 20, { totalCentimes: 9_999_900, version: 2 })
    const after = withChanges(loaded, changed([richer]), '-totalCentimes')
    expect(ids(after)).toEqual(ids(loaded))
    expect(ordersIn(after).at(-1)?.version).toBe(2)
  })
  test('take away what left', () => {
    expect(ids(withChanges(loaded, changed([], ['c', 'unknown']), '-createdAt'))).toEqual([['d'], ['b']])
  })
})

test('a card that a person has just put stands on top, once', () => {
  expect(ids(withOrderFirst(pages(true, [at('d', 40)], [at('b', 20)]), at('b', 20)))).toEqual([['b', 'd'], []])
})

test('after a move the order is on top of its new stage, gone from the former one and in place in a list of any', () => {
  const lists = pages(true, [at('d', 40), at('c', 30)])
  const moved = at('b', 20, { stageId: 'confirmed' })
  expect(ids(afterOwnChange(lists, 'confirmed', moved))).toEqual([['b', 'd', 'c']])
  expect(ids(afterOwnChange(lists, 'new', at('c', 30, { stageId: 'confirmed' })))).toEqual([['d']])
  expect(ids(afterOwnChange(lists, null, at('c', 30, { stageId: 'confirmed' })))).toEqual([['d', 'c']])
})

test('an order met on two pages is shown once', () => {
  expect(ordersIn(pages(true, [at('d', 40), at('c', 30)], [at('c', 30)])).map(({ id }) => id)).toEqual(['d', 'c'])
})

describe('news of the board', () => {
  const inStage = (order: { stageId: string }, stageId: string) => order.stageId === stageId
  const columns = new Map([
    ['new', pages(true, [at('one', 1), at('two', 2)])],
    ['confirmed', pages(true, [at('three', 3, { stageId: 'confirmed' })])],
  ])

  test('go to the column of each order, and out of the one that it left', () => {
    const moved = at('one', 1, { stageId: 'confirmed' })
    expect(changesByList(columns, inStage, ['one'], [moved])).toEqual(
      new Map([
        ['new', { newer: [], gone: ['one'] }],
        ['confirmed', { newer: [moved], gone: [] }],
      ]),
    )
  })
  test('take away an order that no longer matches the filters', () => {
    expect(changesByList(columns, inStage, ['two', 'elsewhere'], [])).toEqual(
      new Map([['new', { newer: [], gone: ['two'] }]]),
    )
  })
  test('of a stage that is not on the board only take away', () => {
    expect([...changesByList(columns, inStage, [], [at('three', 3, { stageId: 'hidden' })]).keys()]).toEqual([
      'confirmed',
    ])
  })
})

describe('news that wait', () => {
  test('join, the later fact winning', () => {
    const joined = joinChanges(
      changed([at('one', 1), at('two', 2)], ['three', 'four']),
      changed([at('three', 3)], ['one']),
    )
    expect(joined).toEqual({ newer: [at('two', 2), at('three', 3)], gone: ['four', 'one'] })
  })
  test('count the orders that are not shown yet', () => {
    expect(arrivalsIn(pages(true, [at('one', 1)]), changed([at('one', 1), at('two', 2)]))).toBe(1)
  })
})
