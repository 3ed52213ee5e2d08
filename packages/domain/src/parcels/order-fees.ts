import { type Static, Type } from 'typebox'
import { paidOutcomes } from '../carriers/fees.ts'
import { named, nullable, oneOf, Uuid } from '../schema.ts'

const Cost = nullable(Type.Integer({ 'x-mask': 'cost' }))

/** What bringing an order costs the merchant, in centimes: its parcel's own fee, or what carriers take for its city. */
export const OrderFees = named(
  'OrderFees',
  Type.Object({
    /** The parcel that stands for it; null while none does. */
    parcel: nullable(
      Type.Object({
        accountId: Uuid,
        name: Type.String(),
        /** What the fee is for, as the parcel stands; one that is on its way is expected to be delivered. */
        outcome: oneOf(paidOutcomes),
        /** Null while nobody has said it. */
        feeCentimes: Cost,
        /** How many orders share the parcel, and so its fee. */
        orderCount: Type.Integer(),
      }),
    ),
    /** While there is no parcel: each account that ships and may go there, by name. */
    offers: Type.Array(
      Type.Object({
        accountId: Uuid,
        name: Type.String(),
        /** Whether it goes to that city; null while the carrier has named no place. */
        covers: nullable(Type.Boolean()),
        deliveredFeeCentimes: Cost,
        refusedFeeCentimes: Cost,
        returnedFeeCentimes: Cost,
        /** How long it says it usually needs, in its own words. */
        delay: nullable(Type.String()),
      }),
    ),
  }),
)
export type OrderFees = Static<typeof OrderFees>
