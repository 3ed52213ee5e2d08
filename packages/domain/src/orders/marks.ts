import { type Static, Type } from 'typebox'
import { OrderHolder } from '../calls/call-schema.ts'
import { closed, named, nullable, ref, Uuid } from '../schema.ts'

/** What stands beside an order on the board, and is the customer's. What the role does not see is null. */
export const OrderMarks = named(
  'OrderMarks',
  Type.Object({
    orderId: Uuid,
    /** Messages of theirs on WhatsApp that nobody has opened. */
    unreadCount: nullable(Type.Integer({ minimum: 0 })),
    /** Where the newest of them stands; null without any. */
    conversationId: nullable(Uuid),
    /** What became of their orders; told to who sees every order. */
    record: nullable(
      Type.Object({ deliveredCount: Type.Integer({ minimum: 0 }), returnedCount: Type.Integer({ minimum: 0 }) }),
    ),
    holder: OrderHolder.properties.holder,
  }),
)
export type OrderMarks = Static<typeof OrderMarks>
export const OrderMarksList = named('OrderMarksList', Type.Object({ items: Type.Array(ref(OrderMarks)) }))
/** More orders than a screen shows at once are not asked about. */
export const OrderMarksQuery = closed({ ids: Type.Array(Uuid, { minItems: 1, maxItems: 100 }) })
