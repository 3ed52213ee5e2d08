import type { OrderSummary } from '@sendocki/domain/orders/order'
import { Link } from 'react-router'
import { useCan } from '../../../lib/me.ts'
import { NoteLine } from '../note-line.tsx'
import { notesOf } from '../notes.ts'
import { paths } from '../paths.ts'

/** What there is to do or to know about an order; the mark of a duplicate leads to the decision. */
export const NotesCell = ({ order }: { order: OrderSummary }) => {
  const mayDecide = useCan()('orders.edit')
  return notesOf(order).map((note) =>
    note.kind === 'duplicate' && mayDecide ? (
      <Link key={note.kind} to={paths.duplicates(order.id)} tabIndex={-1} onClick={(event) => event.stopPropagation()}>
        <NoteLine note={note} />
      </Link>
    ) : (
      <NoteLine key={note.kind} note={note} />
    ),
  )
}
