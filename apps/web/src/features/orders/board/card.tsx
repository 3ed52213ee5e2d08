import type { OrderMarks } from '@sendocki/domain/orders/marks'
import type { OrderSummary } from '@sendocki/domain/orders/order'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../ui/avatar.tsx'
import { useNow } from '../../../ui/clock.ts'
import { Amount, OrderNumber } from '../../../ui/numbers.tsx'
import { Age, Attempts } from '../../../ui/states.tsx'
import { limitReached } from '../age.ts'
import { NoteLine } from '../note-line.tsx'
import { notesOf } from '../notes.ts'
import classes from './card.module.css'

export type CardPhase = 'rest' | 'pending' | 'refused' | 'lifted' | 'ghost'

interface CardFaceProps {
  readonly order: OrderSummary
  /** Undefined until they are known. */
  readonly marks?: OrderMarks | undefined
  /** City and quarter, in the reader's language. */
  readonly place: string
  readonly compact: boolean
}

/** Who, where, how much, how old, what next: the same facts in the same order as on a row, a panel and a phone. */
const CardFace = memo(({ order, marks, place, compact }: CardFaceProps) => {
  const { t } = useTranslation('orders')
  const notes = compact ? [] : notesOf(order, marks)
  const holder = marks?.holder
  return (
    <>
      <span className={classes.line}>
        <bdi dir="auto" className={classes.name}>
          {order.customer.name}
        </bdi>
        <Age since={order.stateSince} limitReached={limitReached(order, useNow())} />
      </span>
      <span className={classes.place}>{place}</span>
      <span className={classes.line}>
        <Amount centimes={order.totalCentimes} />
        <span className={classes.number}>
          <OrderNumber number={order.number} />
        </span>
        {order.attemptCount > 0 && <Attempts count={order.attemptCount} />}
        {holder ? (
          <Avatar name={holder.name} size={20} ring="holds" label={t('holder.theirs', { name: holder.name })} />
        ) : (
          order.assignee && <Avatar name={order.assignee.name} size={20} />
        )}
      </span>
      {notes.length > 0 && (
        <span className={classes.foot}>
          {notes.map((note) => (
            <NoteLine key={note.kind} note={note} />
          ))}
        </span>
      )}
    </>
  )
})

interface CardProps extends CardFaceProps {
  readonly phase: CardPhase
  readonly selected: boolean
  /** Among those that are moved together. */
  readonly ticked?: boolean
  readonly onTick?: (id: string) => void
  /** The one card of the board in the order of focus. */
  readonly focusable: boolean
  readonly label: string
  readonly onOpen: (id: string) => void
  /** Its mark of a duplicate leads to the decision. The key for it is the board's. */
  readonly onDecide?: ((id: string) => void) | undefined
  /** Its mark of unread messages leads to them. */
  readonly onRead?: () => void
  readonly onFocus: (id: string) => void
  /** Why a move was refused and its repair, under the facts. */
  readonly refusal?: ReactNode
}

export const Card = memo(
  ({
    phase,
    selected,
    ticked = false,
    onTick,
    focusable,
    label,
    onOpen,
    onDecide,
    onRead,
    onFocus,
    refusal,
    ...face
  }: CardProps) => {
    const { id } = face.order
    return (
      <article className={classes.card} data-phase={phase} data-selected={selected || ticked || undefined}>
        <div
          role="button"
          className={classes.face}
          data-order={id}
          tabIndex={focusable ? 0 : -1}
          aria-roledescription={label}
          {...(ticked ? { 'aria-pressed': true } : {})}
          // With a key held a click ticks the card, for moving several together.
          onClick={(event) => {
            const mark = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-note]') : null
            const kind = mark?.dataset['note']
            if (onTick && (event.ctrlKey || event.metaKey || event.shiftKey)) onTick(id)
            else if (onDecide && kind === 'duplicate') onDecide(id)
            else if (onRead && kind === 'unread') onRead()
            else onOpen(id)
          }}
          onFocus={() => onFocus(id)}
        >
          <CardFace {...face} compact={face.compact || refusal !== undefined} />
        </div>
        {refusal}
      </article>
    )
  },
)
