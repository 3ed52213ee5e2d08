import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { preserveOffsetOnSource } from '@atlaskit/pragmatic-drag-and-drop/utils/preserve-offset-on-source'
import { setCustomNativeDragPreview } from '@atlaskit/pragmatic-drag-and-drop/utils/set-custom-native-drag-preview'
import type { OrderMarks } from '@sendocki/domain/orders/marks'
import { useCallback, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { problemText } from '../../../lib/problem.ts'
import { Button } from '../../../ui/button.tsx'
import { conflictOf } from '../conflict.ts'
import { paths } from '../paths.ts'
import { useStageName } from '../use-own-changes.ts'
import { placeOf } from '../words.tsx'
import { type RefusedMove, useBoardWorld } from './board-context.ts'
import classes from './card.module.css'
import { Card, type CardPhase } from './card.tsx'
import type { CardView } from './columns.ts'
import { repairOf } from './repair.ts'

/** The sentence and the one repair under a card whose move was refused. */
const Refusal = ({ move }: { move: RefusedMove }) => {
  const { onRepair, onLeave } = useBoardWorld()
  const { t } = useTranslation('orders')
  const stageName = useStageName()
  const repair = repairOf(move.problem)
  const conflict = conflictOf(move.problem)
  return (
    <div className={classes.refusal} role="alert">
      <p>
        {conflict
          ? t('conflict.changed', {
              who: conflict.who ?? t('conflict.somebody'),
              number: conflict.current.number,
              stage: stageName(conflict.current.stageId),
            })
          : problemText(move.problem)}
      </p>
      <div>
        {repair !== 'none' && (
          <Button size="small" onClick={({ currentTarget }) => onRepair(move, repair, currentTarget)}>
            {t(`repair.${repair}`)}
          </Button>
        )}
        <Button size="small" variant="quiet" onClick={() => onLeave(move.order.id)}>
          {t('repair.leave')}
        </Button>
      </div>
    </div>
  )
}

/** Follows the pointer: the card itself, tilted, as it lay under the pointer; of several a stack with their number. */
const showPreview = (
  card: HTMLElement,
  nativeSetDragImage: DataTransfer['setDragImage'] | null,
  input: Parameters<typeof preserveOffsetOnSource>[0]['input'],
  count: number,
) =>
  setCustomNativeDragPreview({
    nativeSetDragImage,
    getOffset: preserveOffsetOnSource({ element: card, input }),
    render: ({ container }) => {
      const copy = card.cloneNode(true) as HTMLElement
      copy.querySelector('article')?.setAttribute('data-phase', 'lifted')
      copy.style.transform = 'none'
      copy.style.width = `${card.offsetWidth}px`
      copy.style.height = `${card.offsetHeight}px`
      if (count > 1) {
        const badge = document.createElement('span')
        badge.className = classes.badge ?? ''
        badge.textContent = String(count)
        copy.classList.add(classes.stack ?? '')
        copy.append(badge)
      }
      container.append(copy)
    },
  })

const useDraggable = ({ order, move }: CardView) => {
  const { rights, besides } = useBoardWorld()
  const others = useRef(besides)
  useEffect(() => {
    others.current = besides
  })
  const element = useRef<HTMLDivElement>(null)
  const canDrag = rights.mover.canMove && move?.phase !== 'pending'
  useEffect(() => {
    const card = element.current
    if (!card) return
    return draggable({
      element: card,
      canDrag: () => canDrag,
      getInitialData: () => ({ order }),
      onGenerateDragPreview: ({ nativeSetDragImage, location }) =>
        showPreview(card, nativeSetDragImage, location.current.input, 1 + others.current(order).length),
    })
  }, [order, canDrag])
  return element
}

interface BoardCardProps {
  readonly card: CardView
  readonly marks: OrderMarks | undefined
  readonly focusable: boolean
}

export const BoardCard = ({ card, marks, focusable }: BoardCardProps) => {
  const { carry, openId, ticked, onTick, onOpen, onFocus, look, cityName, rights } = useBoardWorld()
  const { t } = useTranslation('orders')
  const element = useDraggable(card)
  const { order, move } = card
  const navigate = useNavigate()
  const decide = useCallback((id: string) => void navigate(paths.duplicates(id)), [navigate])
  const conversationId = marks?.conversationId ?? null
  const read = useCallback(
    () => void (conversationId !== null && navigate(paths.conversation(conversationId))),
    [navigate, conversationId],
  )
  const carried = carry?.order.id === order.id || carry?.also.some(({ id }) => id === order.id) === true
  const inHand = carry !== null && carried && carry.by !== 'menu'
  const phase: CardPhase = inHand ? (carry.by === 'keys' ? 'lifted' : 'ghost') : (move?.phase ?? 'rest')
  return (
    <div ref={element} className={classes.handle}>
      <Card
        order={order}
        marks={marks}
        place={placeOf(order.shippingAddress, cityName)}
        compact={look.compact}
        phase={phase}
        selected={openId === order.id}
        ticked={ticked.has(order.id)}
        {...(rights.mover.canMove ? { onTick } : {})}
        focusable={focusable}
        label={t('board.card')}
        onOpen={onOpen}
        onDecide={rights.can('orders.edit') ? decide : undefined}
        onRead={read}
        onFocus={onFocus}
        refusal={move?.phase === 'refused' ? <Refusal move={move} /> : undefined}
      />
    </div>
  )
}
