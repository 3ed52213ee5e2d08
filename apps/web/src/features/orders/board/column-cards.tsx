import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import { cardGap, cardHeight, notesOf } from '../notes.ts'
import { useKnownMarks, useMarks } from '../use-marks.ts'
import classes from './board.module.css'
import { BoardCard } from './board-card.tsx'
import { useBoardWorld } from './board-context.ts'
import type { ColumnView } from './columns.ts'

/** The next page is asked for when so many cards are left below. */
const cardsAhead = 15
/** The marks of so many cards below are asked for with those in view, so that a card seldom grows before one's eyes. */
const marksAhead = 8

interface ColumnCardsProps {
  readonly view: ColumnView
  readonly hasMore: boolean
  readonly onMore: () => void
}

/** The cards of a column, as many as are in view. Heights are computed, so that thousands scroll without measuring. */
export const ColumnCards = ({ view: { stage, cards }, hasMore, onMore }: ColumnCardsProps) => {
  const { look, focusId, columns } = useBoardWorld()
  const scroller = useRef<HTMLDivElement>(null)
  const [marks, setMarks] = useKnownMarks()
  const heights = cards.map(({ order, move }) =>
    cardHeight({ notes: notesOf(order, marks.get(order.id)).length, refused: move?.phase === 'refused' }, look),
  )
  const virtual = useVirtualizer({
    count: cards.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heights[index] ?? 0,
    getItemKey: (index) => cards[index]?.order.id ?? index,
    gap: cardGap,
    overscan: 1,
    // Room for the corner of the first card when it is lifted and tilted, and for a look at the end of the last.
    paddingStart: 5,
    paddingEnd: 12,
  })
  const sizes = heights.join()
  useEffect(() => virtual.measure(), [virtual, sizes])

  useEffect(() => {
    const handle = {
      reveal: (card: number) => virtual.scrollToIndex(card),
      isAtTop: () => (scroller.current?.scrollTop ?? 0) < 8,
      isUnderPointer: () => scroller.current?.matches(':hover') ?? false,
    }
    columns.set(stage.id, handle)
    return () => {
      if (columns.get(stage.id) === handle) columns.delete(stage.id)
    }
  }, [columns, stage.id, virtual])

  const items = virtual.getVirtualItems()
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? -1]
  const inView = useMemo(
    () => cards.slice(first, last + 1 + (last < 0 ? 0 : marksAhead)).map(({ order }) => order.id),
    [cards, first, last],
  )
  useMarks(inView, setMarks)
  const nearEnd = last >= cards.length - cardsAhead
  useEffect(() => {
    if (hasMore && nearEnd) onMore()
  }, [hasMore, nearEnd, onMore])

  const focusHere = cards.some(({ order }) => order.id === focusId)
  return (
    <div ref={scroller} className={classes.cards}>
      <div className={classes.runway} style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, key, start, size }) => {
          const card = cards[index]
          if (!card) return null
          return (
            <div key={key} className={classes.place} style={{ transform: `translateY(${start}px)`, height: size }}>
              <BoardCard
                card={card}
                marks={marks.get(card.order.id)}
                focusable={focusHere ? card.order.id === focusId : index === 0}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}
