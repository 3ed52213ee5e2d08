import type { OrderSummary } from '@sendocki/domain/orders/order'
import type { Stage } from '@sendocki/domain/orders/pipeline-schema'
import { useQuery } from '@tanstack/react-query'
import { Amount, OrderNumber } from '../../../ui/numbers.tsx'
import { StageName } from '../../../ui/states.tsx'
import { NoteLine } from '../note-line.tsx'
import { notesOf } from '../notes.ts'
import { marksQuery } from '../orders.api.ts'
import { nameOf } from '../words.tsx'
import classes from './table.module.css'

/** A row on a phone: the same facts in the same order. */
export const OrderCard = ({
  order,
  stage,
  place,
}: {
  order: OrderSummary
  stage: Stage | undefined
  place: string
}) => {
  const { data: marks } = useQuery(marksQuery(order.id))
  const [note] = notesOf(order, marks ?? undefined)
  return (
    <div className={classes.card}>
      <span>
        <bdi dir="auto" className={`truncate ${classes.name}`}>
          {order.customer.name}
        </bdi>
        <Amount centimes={order.totalCentimes} />
      </span>
      <span>
        <span className="truncate">{place}</span>
        <span className={classes.number}>
          <OrderNumber number={order.number} />
        </span>
      </span>
      <span>
        {stage && <StageName name={nameOf(stage)} state={stage.state} colour={stage.colour} />}
        {note && <NoteLine note={note} />}
      </span>
    </div>
  )
}
