import type { Board, OrderSummary } from '@sendocki/domain/orders/order'
import type { Stage } from '@sendocki/domain/orders/pipeline-schema'

/** A move that the server has not answered yet, or has refused. */
export type LocalMove =
  | { readonly phase: 'pending'; readonly order: OrderSummary; readonly toStageId: string }
  | { readonly phase: 'refused'; readonly order: OrderSummary; readonly toStageId: string; readonly problem: unknown }
export type LocalMoves = ReadonlyMap<string, LocalMove>

export interface CardView {
  readonly order: OrderSummary
  readonly move: LocalMove | null
}

export interface ColumnView {
  readonly stage: Stage
  /** Null until the board has answered. */
  readonly count: number | null
  readonly capped: boolean
  readonly sumCentimes: number | null
  readonly oldestSince: string | null
  readonly cards: readonly CardView[]
}

interface BoardFacts {
  readonly stages: readonly Stage[]
  readonly board: Board | undefined
  readonly cardsOf: (stageId: string) => readonly OrderSummary[]
  readonly moves: LocalMoves
}

const total = (orders: readonly OrderSummary[]): number =>
  orders.reduce((sum, { totalCentimes }) => sum + totalCentimes, 0)

/**
 * The board as it is seen: what the server said, with each pending move already made and each refused one back in its
 * place. A pending card stands first in its new column; counts follow, unless they are capped and would not change.
 */
export const columnsOf = ({ stages, board, cardsOf, moves }: BoardFacts): ColumnView[] => {
  const pending = [...moves.values()].filter(({ phase }) => phase === 'pending')
  const moving = new Set(pending.map(({ order }) => order.id))
  return stages.map((stage) => {
    const facts = board?.columns.find(({ stageId }) => stageId === stage.id)
    const left = pending.filter(({ order }) => order.stageId === stage.id).map(({ order }) => order)
    const arriving = pending.filter(({ toStageId }) => toStageId === stage.id).toReversed()
    const arrived = arriving.map(({ order }) => order)
    const sum = facts?.sumCentimes ?? null
    return {
      stage,
      count: facts ? Math.max(0, facts.count + (facts.capped ? 0 : arrived.length - left.length)) : null,
      capped: facts?.capped ?? false,
      sumCentimes: sum === null ? null : sum + total(arrived) - total(left),
      oldestSince: facts?.oldestSince ?? null,
      cards: [
        ...arriving.map((move) => ({ order: move.order, move })),
        ...cardsOf(stage.id)
          .filter(({ id }) => !moving.has(id))
          .map((order) => ({ order, move: moves.get(order.id) ?? null })),
      ],
    }
  })
}
