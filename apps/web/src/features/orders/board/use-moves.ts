import type { MoveOrder, OrderSummary } from '@sendocki/domain/orders/order'
import { useCallback, useState } from 'react'
import { ApiProblem } from '../../../lib/api.ts'
import { conflictOf } from '../conflict.ts'
import { useMoveOrder, useTakeOver } from '../use-own-changes.ts'
import type { LocalMoves } from './columns.ts'

export type MoveWish = Omit<MoveOrder, 'version'>

/** Moves that are under way or refused, each card by itself. */
export const useMoves = () => {
  const [moves, setMoves] = useState<LocalMoves>(new Map())
  const moveOrder = useMoveOrder()
  const takeOver = useTakeOver()

  const settle = useCallback((id: string) => setMoves((all) => new Map([...all].filter(([key]) => key !== id))), [])

  const move = useCallback(
    async (order: OrderSummary, wish: MoveWish) => {
      const local = { order, toStageId: wish.stageId }
      setMoves((all) => new Map(all).set(order.id, { ...local, phase: 'pending' }))
      try {
        await moveOrder(order.id, { ...wish, version: order.version })
        settle(order.id)
      } catch (problem) {
        if (!(problem instanceof ApiProblem)) throw problem
        // Where somebody else has put it is where it stands now.
        const conflict = conflictOf(problem)
        if (conflict) takeOver(conflict.current)
        setMoves((all) => new Map(all).set(order.id, { ...local, phase: 'refused', wish, problem }))
      }
    },
    [moveOrder, takeOver, settle],
  )
  /** Cards that are moved together stand in their new column until the operation is over. */
  const hold = useCallback(
    (orders: readonly OrderSummary[], toStageId: string) =>
      setMoves(
        (all) =>
          new Map([...all, ...orders.map((order) => [order.id, { order, toStageId, phase: 'pending' }] as const)]),
      ),
    [],
  )
  const letGo = useCallback(
    (ids: ReadonlySet<string>) => setMoves((all) => new Map([...all].filter(([key]) => !ids.has(key)))),
    [],
  )
  return { moves, move, settle, hold, letGo }
}
