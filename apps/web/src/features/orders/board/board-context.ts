import type { OrderSummary } from '@sendocki/domain/orders/order'
import type { Pipeline } from '@sendocki/domain/orders/pipeline-schema'
import { createContext, use } from 'react'
import type { ListFilters } from '../filters.ts'
import type { CardLook } from '../notes.ts'
import type { OrderSort } from '../pages.ts'
import type { Rights } from '../rights.ts'
import type { LocalMove, LocalMoves } from './columns.ts'
import type { Repair } from './repair.ts'

/** A card in hand: dragged, lifted with Space, or asked about by `M`. */
export interface Carry {
  readonly order: OrderSummary
  /** The other ticked cards, when the one in hand is ticked too. */
  readonly also: readonly OrderSummary[]
  readonly by: 'pointer' | 'keys' | 'menu'
  readonly over: string | null
}

/** How the board reaches into a column that is on screen. */
export interface ColumnHandle {
  readonly reveal: (card: number) => void
  readonly isAtTop: () => boolean
  readonly isUnderPointer: () => boolean
}

export type RefusedMove = Extract<LocalMove, { phase: 'refused' }>

export interface BoardWorld {
  readonly pipeline: Pipeline
  readonly rights: Rights
  readonly filters: ListFilters
  readonly sort: OrderSort
  readonly look: CardLook
  /** The name of a city in the reader's language. */
  readonly cityName: (city: { readonly id: string; readonly name: string }) => string
  readonly moves: LocalMoves
  readonly carry: Carry | null
  /** The columns on screen, by stage. */
  readonly columns: Map<string, ColumnHandle>
  /** The order shown beside the board. */
  readonly openId: string | null
  /** The card in the order of focus. */
  readonly focusId: string | null
  /** Cards that are moved together. */
  readonly ticked: ReadonlySet<string>
  readonly onTick: (id: string) => void
  /** The other ticked orders, when this one is among them. */
  readonly besides: (order: OrderSummary) => readonly OrderSummary[]
  readonly onOpen: (id: string) => void
  readonly onFocus: (id: string) => void
  readonly onRepair: (move: RefusedMove, repair: Repair, anchor: Element) => void
  /** Leaves a refused card as it is. */
  readonly onLeave: (id: string) => void
}

export const BoardContext = createContext<BoardWorld | null>(null)

export const useBoardWorld = (): BoardWorld => {
  const world = use(BoardContext)
  if (!world) throw new Error('A part of the board stands outside of BoardContext.')
  return world
}
