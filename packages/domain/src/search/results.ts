import { type Static, Type } from 'typebox'
import { orderStates } from '../orders/states.ts'
import { closed, Instant, named, nullable, oneOf, SignedCentimes, Uuid } from '../schema.ts'

export const SearchQuery = closed({ q: Type.String({ minLength: 1, maxLength: 120 }) })

const OrderHit = Type.Object({
  id: Uuid,
  number: Type.Integer(),
  sourceReference: nullable(Type.String()),
  trackingNumber: nullable(Type.String()),
  customerId: Uuid,
  customerName: Type.String(),
  /** In French, or as it was written while it is not known. */
  city: nullable(Type.String()),
  /** Our city, for its name in other languages; null while it is not known. */
  cityId: nullable(Type.String()),
  stageId: Uuid,
  state: nullable(oneOf(orderStates)),
  totalCentimes: SignedCentimes,
  createdAt: Instant,
})

const CustomerHit = Type.Object({
  id: Uuid,
  name: Type.String(),
  /** E.164, or a mask of the same length. */
  phone: nullable(Type.String({ 'x-mask': 'phone' })),
  email: nullable(Type.String()),
})

/** The best few of each kind, the newest first. */
export const SearchResults = named(
  'SearchResults',
  Type.Object({ orders: Type.Array(OrderHit), customers: Type.Array(CustomerHit) }),
)
export type SearchResults = Static<typeof SearchResults>
