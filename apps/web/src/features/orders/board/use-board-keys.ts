import type { OrderSummary } from '@sendocki/domain/orders/order'
import type { Stage } from '@sendocki/domain/orders/pipeline-schema'
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { keyName } from '../../../lib/keys.ts'
import { useShortcuts } from '../../../lib/shortcuts.ts'
import { nameOf } from '../words.tsx'
import type { Carry } from './board-context.ts'
import type { ColumnView } from './columns.ts'
import { type Direction, type Place, sidewaysStep, walk } from './walk.ts'

interface BoardKeys {
  readonly stages: readonly Stage[]
  readonly columnsNow: () => readonly ColumnView[]
  readonly direction: Direction
  readonly carry: Carry | null
  readonly focusId: string | null
  readonly canMove: boolean
  readonly root: RefObject<HTMLElement | null>
  readonly reveal: (column: number, card: number | null) => void
  readonly onFocus: (id: string) => void
  readonly besides: (order: OrderSummary) => readonly OrderSummary[]
  readonly onTick: (id: string) => void
  readonly onOpen: (id: string) => void
  readonly onCarry: (carry: Carry | null) => void
  readonly onDrop: (order: OrderSummary, stageId: string, at: DOMRect) => void
  /** Where it is decided whether an order is one wish with another; null for roles that do not decide. */
  readonly onDecide: ((id: string) => void) | null
  readonly onAsk: (order: OrderSummary, at: DOMRect) => void
  readonly say: (sentence: string) => void
  /** What a drop in this stage would do, or why it is closed. */
  readonly dropWord: (order: OrderSummary, stage: Stage) => string
}

const placeOf = (columns: readonly ColumnView[], id: string | null): Place | null => {
  for (const [column, { cards }] of columns.entries()) {
    const card = cards.findIndex(({ order }) => order.id === id)
    if (card !== -1) return { column, card }
  }
  return null
}

/**
 * The board without a pointer: arrows or `J K` walk, `Enter` opens, `M` asks for a stage; `Space` lifts a card, arrows
 * carry it, `Space` drops it and `Esc` puts it back.
 */
export const useBoardKeys = (board: BoardKeys) => {
  const { t } = useTranslation('orders')
  const wanted = useRef<string | null>(null)

  // The card to focus may only appear once its column has scrolled to it.
  useEffect(() => {
    if (wanted.current === null) return
    const card = board.root.current?.querySelector<HTMLElement>(`[data-order="${wanted.current}"]`)
    if (!card) return
    card.focus({ preventScroll: true })
    wanted.current = null
  })

  const cardElement = (id: string): HTMLElement | null =>
    board.root.current?.querySelector<HTMLElement>(`[data-order="${id}"]`) ?? null
  const boxOf = (id: string): DOMRect => (cardElement(id) ?? document.body).getBoundingClientRect()

  const go = (key: string): boolean => {
    const columns = board.columnsNow()
    const next = walk(
      columns.map(({ cards }) => cards.length),
      placeOf(columns, board.focusId),
      key,
      board.direction,
    )
    const column = next && columns[next.column]
    const order = next && column?.cards[next.card]?.order
    if (!next || !column || !order) return false
    wanted.current = order.id
    board.reveal(next.column, next.card)
    board.onFocus(order.id)
    const count = column.count ?? column.cards.length
    board.say(t('board.place', { at: next.card + 1, count, stage: nameOf(column.stage) }))
    return true
  }

  const carryOn = (key: string, carry: Carry): boolean => {
    const at = board.stages.findIndex(({ id }) => id === carry.over)
    const step = sidewaysStep(key, board.direction)
    const next = board.stages[at + step]
    if (step === 0 || !next) return step !== 0
    board.reveal(at + step, null)
    board.onCarry({ ...carry, over: next.id })
    board.say(t('board.over', { stage: nameOf(next), what: board.dropWord(carry.order, next) }))
    return true
  }

  const putDown = (carry: Carry): void => {
    wanted.current = carry.order.id
    board.onDrop(carry.order, carry.over ?? carry.order.stageId, boxOf(carry.order.id))
  }

  const orderWithFocus = (): OrderSummary | undefined => {
    const columns = board.columnsNow()
    const place = placeOf(columns, board.focusId)
    return place ? columns[place.column]?.cards[place.card]?.order : undefined
  }

  const whileCarried = (key: string, carry: Carry): boolean => {
    if (key === 'Escape') {
      board.onCarry(null)
      board.say(t('board.putBack', { number: carry.order.number }))
    } else if (key === 'Space' || key === 'Enter') putDown(carry)
    else return carryOn(key, carry)
    return true
  }

  const atRest = (key: string): boolean => {
    const order = orderWithFocus()
    if (order && key === 'Enter') board.onOpen(order.id)
    else if (order && key === 'Space' && board.canMove) {
      board.onCarry({ order, also: board.besides(order), by: 'keys', over: order.stageId })
      board.say(t('board.lifted', { number: order.number }))
    } else return go(key)
    return true
  }

  const askAboutFocused = (): void => {
    const order = orderWithFocus()
    if (order && board.canMove) board.onAsk(order, boxOf(order.id))
  }

  const tickFocused = (): void => {
    const order = orderWithFocus()
    if (order && board.canMove) board.onTick(order.id)
  }

  const decideFocused = (): void => {
    const order = orderWithFocus()
    if (order && order.duplicateCount > 0) board.onDecide?.(order.id)
  }

  useShortcuts([
    { keys: 'j', label: t('keys.walk'), run: () => go('j') },
    { keys: 'k', run: () => go('k') },
    { keys: 'm', label: t('keys.move'), run: askAboutFocused },
    { keys: 'Enter', label: t('keys.open') },
    ...(board.canMove
      ? [
          { keys: 'Space', label: t('keys.lift') },
          { keys: 'x', label: t('keys.tick'), run: tickFocused },
        ]
      : []),
    ...(board.onDecide ? [{ keys: 'd', label: t('keys.decide'), run: decideFocused }] : []),
  ])

  return (event: KeyboardEvent<HTMLElement>): void => {
    const onCard = event.target instanceof Element && event.target.closest('[data-order]') !== null
    const name = keyName(event.nativeEvent)
    if (!onCard || name === null || name === 'm' || name === 'x' || name === 'd') return
    const heard = board.carry?.by === 'keys' ? whileCarried(name, board.carry) : atRest(name)
    if (heard) event.preventDefault()
  }
}
