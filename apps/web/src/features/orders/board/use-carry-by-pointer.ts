import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element'
import type { OrderSummary } from '@sendocki/domain/orders/order'
import { type RefObject, useEffect, useRef } from 'react'
import type { Carry } from './board-context.ts'

interface CarryByPointer {
  readonly besides: (order: OrderSummary) => readonly OrderSummary[]
  readonly scroller: RefObject<HTMLElement | null>
  readonly onCarry: (carry: Carry | null) => void
  /** `at` is the place of the pointer, from where a question about the drop opens. */
  readonly onDrop: (order: OrderSummary, stageId: string, at: DOMRect) => void
}

const orderOf = (data: Record<string | symbol, unknown>): OrderSummary => data['order'] as OrderSummary

/** Follows a dragged card over the columns; the board scrolls sideways when it comes to an edge. */
export const useCarryByPointer = ({ scroller, besides, onCarry, onDrop }: CarryByPointer): void => {
  const newest = useRef({ besides, onCarry, onDrop })
  useEffect(() => {
    newest.current = { besides, onCarry, onDrop }
  })
  useEffect(() => {
    const element = scroller.current
    const carry = (order: OrderSummary, over: string | null): void =>
      newest.current.onCarry({ order, also: newest.current.besides(order), by: 'pointer', over })
    const stops = [
      monitorForElements({
        onDragStart: ({ source }) => carry(orderOf(source.data), null),
        onDropTargetChange: ({ source, location }) => {
          const over = location.current.dropTargets[0]?.data['stageId'] ?? null
          carry(orderOf(source.data), over as string | null)
        },
        onDrop: ({ source, location }) => {
          const over = location.current.dropTargets[0]?.data['stageId']
          const { clientX, clientY } = location.current.input
          if (typeof over !== 'string') newest.current.onCarry(null)
          else newest.current.onDrop(orderOf(source.data), over, new DOMRect(clientX, clientY, 1, 1))
        },
      }),
      ...(element ? [autoScrollForElements({ element })] : []),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [scroller])
}
