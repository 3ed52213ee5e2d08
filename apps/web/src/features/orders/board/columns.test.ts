import { ApiProblem } from '@sendocki/client/problem'
import { expect, test } from 'vitest'
import { anOrder, aStage } from '../orders.given.ts'
import { columnsOf, type LocalMove } from './columns.ts'

const stages = [aStage('new', 0), aStage('confirmed', 1)]
const one = anOrder('one', { totalCentimes: 10_000 })
const two = anOrder('two', { totalCentimes: 5_000 })
const three = anOrder('three', { stageId: 'confirmed', totalCentimes: 2_000 })
const board = {
  columns: [
    { stageId: 'new', count: 2, capped: false, sumCentimes: 15_000, oldestSince: '2026-11-23T09:00:00Z' },
    { stageId: 'confirmed', count: 1000, capped: true, sumCentimes: null, oldestSince: null },
  ],
}
const cards: Record<string, (typeof one)[]> = { new: [one, two], confirmed: [three] }
const seen = (...moves: LocalMove[]) =>
  columnsOf(stages, (id) => cards[id] ?? [], { board, moves: new Map(moves.map((move) => [move.order.id, move])) })
const ids = (columns: ReturnType<typeof columnsOf>) =>
  columns.map((column) => column.cards.map(({ order }) => order.id))

test('columns stand as the server told them', () => {
  expect(ids(seen())).toEqual([['one', 'two'], ['three']])
  expect(seen()[0]).toMatchObject({ count: 2, capped: false, sumCentimes: 15_000 })
})

test('a pending card stands first in its new column, and count and sum follow where they are known', () => {
  const columns = seen({ phase: 'pending', order: one, toStageId: 'confirmed' })
  expect(ids(columns)).toEqual([['two'], ['one', 'three']])
  expect(columns[0]).toMatchObject({ count: 1, sumCentimes: 5_000 })
  expect(columns[1]).toMatchObject({ count: 1000, capped: true, sumCentimes: null })
})

test('a card that the new column already holds is not shown twice', () => {
  const columns = columnsOf(stages, (id) => (id === 'confirmed' ? [three, one] : [two]), {
    board,
    moves: new Map([['one', { phase: 'pending', order: one, toStageId: 'confirmed' }]]),
  })
  expect(ids(columns)).toEqual([['two'], ['one', 'three']])
})

test('a refused card is back in its place with the problem, the others are where they were', () => {
  const problem = new ApiProblem({ status: 422, code: 'order.field_required' }, null)
  const wish = { stageId: 'confirmed' }
  const columns = seen(
    { phase: 'refused', order: two, toStageId: 'confirmed', wish, problem },
    { phase: 'pending', order: one, toStageId: 'confirmed' },
  )
  expect(ids(columns)).toEqual([['two'], ['one', 'three']])
  expect(columns[0]?.cards[0]?.move).toMatchObject({ phase: 'refused', problem })
})

test('the latest of several pending cards stands on top', () => {
  const columns = seen(
    { phase: 'pending', order: one, toStageId: 'confirmed' },
    { phase: 'pending', order: two, toStageId: 'confirmed' },
  )
  expect(ids(columns)[1]).toEqual(['two', 'one', 'three'])
})

test('nothing is claimed before the board has answered', () => {
  const columns = columnsOf(stages, () => [], { board: undefined, moves: new Map() })
  expect(columns[0]).toMatchObject({ count: null, sumCentimes: null, cards: [] })
})
