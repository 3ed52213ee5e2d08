import type { OrderSummary } from '@sendocki/domain/orders/order'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { useCan } from '../../../lib/me.ts'
import { NoteLine } from '../note-line.tsx'
import { type Note, notesOf } from '../notes.ts'
import { marksQuery } from '../orders.api.ts'
import { paths } from '../paths.ts'

/** What there is to do or to know about an order; some marks lead to where it is done. */
export const NotesCell = ({ order }: { order: OrderSummary }) => {
  const mayDecide = useCan()('orders.edit')
  const { data: marks } = useQuery(marksQuery(order.id))
  const leadsTo = (note: Note): string | null => {
    if (note.kind === 'duplicate' && mayDecide) return paths.duplicates(order.id)
    return note.kind === 'unread' && note.conversationId !== null ? paths.conversation(note.conversationId) : null
  }
  return notesOf(order, marks ?? undefined).map((note) => {
    const to = leadsTo(note)
    return to === null ? (
      <NoteLine key={note.kind} note={note} />
    ) : (
      <Link key={note.kind} to={to} tabIndex={-1} onClick={(event) => event.stopPropagation()}>
        <NoteLine note={note} />
      </Link>
    )
  })
}
