import type { Board, MoveOrder, OrderSummary } from '@sendocki/domain/orders/order'
import type { Stage } from '@sendocki/domain/orders/pipeline-schema'
import type { ApiProblem } from '../../../lib/api.ts'

/** A move that the server has not answered yet, or has refused. */
export type LocalMove = { readonly order: OrderSummary; readonly toStageId: string } & (
  | { readonly phase: 'pending' }
  | { readonly phase: 'refused'; readonly wish: Omit<MoveOrder, 'version'>; readonly problem: ApiProblem }
)
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
  readonly board: Board | undefined
  readonly moves: LocalMoves
}

const total = (orders: readonly OrderSummary[]): number =>
  orders.reduce((sum, { totalCentimes }) => sum + totalCentimes, 0)

/**
 * One column as it is seen: what the server said, with each pending move already made and each refused card back in its
 * place. A pending card stands first in its new column; the count follows, unless it is capped and would not change.
 */
export const columnOf = (stage: Stage, cards: readonly OrderSummary[], { board, moves }: BoardFacts): ColumnView => {
  const pending = [...moves.values()].filter(({ phase }) => phase === 'pending')
  const moving = new Set(pending.map(({ order }) => order.id))
  const left = pending.filter(({ order }) => order.stageId === stage.id).map(({ order }) => order)
  const arriving = pending.filter(({ toStageId }) => toStageId === stage.id).toReversed()
  const arrived = arriving.map(({ order }) => order)
  const facts = board?.columns.find(({ stageId }) => stageId === stage.id)
  const sum = facts?.sumCentimes ?? null
  return {
    stage,
    count: facts ? Math.max(0, facts.count + (facts.capped ? 0 : arrived.length - left.length)) : null,
    capped: facts?.capped ?? false,
    sumCentimes: sum === null ? null : sum + total(arrived) - total(left),
    oldestSince: facts?.oldestSince ?? null,
    cards: [
      ...arriving.map((move) => ({ order: move.order, move })),
      ...cards.filter(({ id }) => !moving.has(id)).map((order) => ({ order, move: moves.get(order.id) ?? null })),
    ],
  }
}

/** All columns of the board, in the order of the stages. */
export const columnsOf = (
  stages: readonly Stage[],
  cardsOf: (stageId: string) => readonly OrderSummary[],
  facts: BoardFacts,
): ColumnView[] => stages.map((stage) => columnOf(stage, cardsOf(stage.id), facts))
