import type { OrderSummary } from '@sendocki/domain/orders/order'
import type { Pipeline, Stage } from '@sendocki/domain/orders/pipeline-schema'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { currentLanguage } from '../../../lib/i18n.ts'
import { useCityName } from '../../../lib/places.ts'
import { directionOf } from '../../../lib/preferences.ts'
import { conflictOf } from '../conflict.ts'
import type { ListFilters } from '../filters.ts'
import { type MoveAnswer, MoveMenu, type MoveQuestion } from '../move-menu.tsx'
import { activeStages, planDrops } from '../moves.ts'
import { boardQuery, orderKeys } from '../orders.api.ts'
import { type OrderPage, type OrderSort, ordersIn } from '../pages.ts'
import { paths } from '../paths.ts'
import type { Rights } from '../rights.ts'
import { nameOf, useMoveWords } from '../words.tsx'
import classes from './board.module.css'
import { BoardContext, type BoardWorld, type Carry, type ColumnHandle, type RefusedMove } from './board-context.ts'
import { Column } from './column.tsx'
import { columnsOf } from './columns.ts'
import type { Repair } from './repair.ts'
import { useBoardKeys } from './use-board-keys.ts'
import { useCarryByPointer } from './use-carry-by-pointer.ts'
import type { useMoves } from './use-moves.ts'

const columnWidth = 252
const columnGap = 10

interface BoardProps {
  readonly pipeline: Pipeline
  readonly rights: Rights
  readonly filters: ListFilters
  readonly sort: OrderSort
  readonly compact: boolean
  readonly openId: string | null
  readonly onOpen: (id: string) => void
  /** The order must be completed before it can go on. */
  readonly onComplete: (id: string) => void
  readonly carry: Carry | null
  readonly onCarry: (carry: Carry | null) => void
  readonly moving: ReturnType<typeof useMoves>
  readonly ticked: ReadonlySet<string>
  readonly onTick: (id: string) => void
  /** Moves several orders in one operation. */
  readonly onMoveMany: (orders: readonly OrderSummary[], answer: MoveAnswer) => void
  readonly columns: Map<string, ColumnHandle>
}

/** A question about a card, asked from a place on the screen. */
interface Asked {
  readonly order: OrderSummary
  readonly question: MoveQuestion
  readonly at: DOMRect
}

/** An unseen control where a menu opens: a card scrolls away and a dropped one is gone, a place on screen stays. */
const Anchor = ({ at, ...rest }: { at: DOMRect }) => {
  const start = directionOf(currentLanguage()) === 'rtl' ? innerWidth - at.right : at.left
  return (
    <button
      {...rest}
      type="button"
      tabIndex={-1}
      aria-hidden
      className={classes.anchor}
      style={{ insetBlockStart: at.top, insetInlineStart: start, width: at.width, height: at.height }}
    />
  )
}

export const Board = (props: BoardProps) => {
  const { pipeline, rights, filters, sort, compact, openId, onOpen, onComplete, carry, onCarry, columns, ticked } =
    props
  const { moves, move, settle } = props.moving
  const { t } = useTranslation('orders')
  const words = useMoveWords()
  const queries = useQueryClient()
  const cityName = useCityName()
  const direction = directionOf(currentLanguage())
  const scroller = useRef<HTMLDivElement>(null)
  const [focusId, setFocusId] = useState<string | null>(null)
  const [asked, setAsked] = useState<Asked | null>(null)
  const [spoken, setSpoken] = useState('')
  const navigate = useNavigate()
  const { data: board } = useQuery(boardQuery(filters))
  const stages = useMemo(
    () => activeStages(pipeline).filter(({ id }) => filters.stageId === null || id === filters.stageId),
    [pipeline, filters.stageId],
  )

  const virtual = useVirtualizer({
    horizontal: true,
    isRtl: direction === 'rtl',
    count: stages.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => columnWidth,
    gap: columnGap,
    overscan: 0,
    getItemKey: (index) => stages[index]?.id ?? index,
  })

  const columnsNow = useCallback(() => {
    const cardsOf = (stageId: string): OrderSummary[] => {
      const key = orderKeys.list({ ...filters, stageId }, sort)
      return ordersIn(queries.getQueryData<{ pages: OrderPage[] }>(key)?.pages ?? [])
    }
    return columnsOf(stages, cardsOf, { board, moves })
  }, [queries, stages, filters, sort, board, moves])

  const besides = useCallback(
    (order: OrderSummary): readonly OrderSummary[] => {
      if (!ticked.has(order.id)) return []
      const cards = columnsNow().flatMap((column) => column.cards.map((card) => card.order))
      return cards.filter(({ id }) => id !== order.id && ticked.has(id))
    },
    [ticked, columnsNow],
  )
  const moveAll = (order: OrderSummary, answer: MoveAnswer): void => {
    const others = besides(order)
    if (others.length > 0) props.onMoveMany([order, ...others], answer)
    else void move(order, answer)
  }
  const ask = (order: OrderSummary, question: MoveQuestion, at: DOMRect): void => {
    setAsked({ order, question, at })
    if (question.ask === 'stage') onCarry({ order, also: besides(order), by: 'menu', over: null })
  }
  const stopAsking = (): void => {
    setAsked(null)
    onCarry(null)
  }
  /** What a drop leads to: a move, a question, or the rule said aloud. */
  const drop = (order: OrderSummary, stageId: string, at: DOMRect): void => {
    const planned = planDrops(pipeline, [order, ...besides(order)], stageId, rights.mover)
    const stage = stages.find(({ id }) => id === stageId)
    onCarry(null)
    if (planned.kind === 'same' || !stage) return setSpoken(t('board.putBack', { number: order.number }))
    if (planned.kind === 'closed') return setSpoken(words.closed(planned.why, nameOf(stage)))
    if (planned.needsReason) return ask(order, { ask: 'reason', stageId }, at)
    moveAll(order, { stageId })
  }

  const dropWord = (order: OrderSummary, stage: Stage): string => {
    const planned = planDrops(pipeline, [order, ...besides(order)], stage.id, rights.mover)
    if (planned.kind === 'same') return t('move.here')
    if (planned.kind === 'closed') return words.closed(planned.why, nameOf(stage))
    return planned.needsReason ? t('board.asksReason') : words.effects(planned.effects)
  }

  useCarryByPointer({ scroller, besides, onCarry, onDrop: drop })
  const onKeyDown = useBoardKeys({
    stages,
    columnsNow,
    direction,
    carry,
    focusId,
    canMove: rights.mover.canMove,
    onDecide: rights.can('orders.edit') ? (id) => void navigate(paths.duplicates(id)) : null,
    reveal: (column, card) => {
      virtual.scrollToIndex(column)
      const stageId = stages[column]?.id
      if (stageId && card !== null) columns.get(stageId)?.reveal(card)
    },
    root: scroller,
    onFocus: setFocusId,
    besides,
    onTick: props.onTick,
    onOpen,
    onCarry,
    onDrop: drop,
    onAsk: (order, at) => ask(order, { ask: 'stage' }, at),
    say: setSpoken,
    dropWord,
  })

  const onRepair = (refused: RefusedMove, repair: Repair, anchor: Element): void => {
    const { order, wish, problem } = refused
    settle(order.id)
    if (repair === 'complete') onComplete(order.id)
    else if (repair === 'reason') ask(order, { ask: 'reason', stageId: wish.stageId }, anchor.getBoundingClientRect())
    else void move(conflictOf(problem)?.current ?? order, wish)
  }

  const world: BoardWorld = {
    pipeline,
    rights,
    filters,
    sort,
    look: { compact, lineMore: direction === 'rtl' ? 2 : 0 },
    cityName,
    moves,
    carry,
    columns,
    openId,
    focusId,
    ticked,
    onTick: props.onTick,
    besides,
    onOpen,
    onFocus: setFocusId,
    onRepair,
    onLeave: settle,
  }

  return (
    <BoardContext value={world}>
      <div className={classes.board} onKeyDown={onKeyDown} role="group" aria-label={t('board.label')}>
        <div ref={scroller} className={classes.scroller}>
          <div className={classes.track} style={{ width: virtual.getTotalSize() + 2 * columnGap }}>
            {virtual.getVirtualItems().map(({ index, key, start }) => {
              const stage = stages[index]
              if (!stage) return null
              return (
                <div key={key} className={classes.slotOfColumn} style={{ insetInlineStart: start, width: columnWidth }}>
                  <Column stage={stage} place={index + 1} board={board} />
                </div>
              )
            })}
          </div>
        </div>
        <p className="visually-hidden" aria-live="polite">
          {spoken}
        </p>
      </div>
      {asked && (
        <MoveMenu
          order={asked.order}
          pipeline={pipeline}
          mover={rights.mover}
          question={asked.question}
          onQuestion={(question) => (question ? ask(asked.order, question, asked.at) : stopAsking())}
          onAnswer={(answer) => {
            stopAsking()
            moveAll(asked.order, answer)
          }}
        >
          <Anchor at={asked.at} />
        </MoveMenu>
      )}
    </BoardContext>
  )
}
