import { type Static, Type } from 'typebox'
import { Customer } from '../customers/customer.ts'
import { OrderSummary } from '../orders/order.ts'
import { closed, named, ref } from '../schema.ts'

export const SearchQuery = closed({ q: Type.String({ minLength: 1, maxLength: 120 }) })

/** The best few of each kind. */
export const SearchResults = named(
  'SearchResults',
  Type.Object({ orders: Type.Array(ref(OrderSummary)), customers: Type.Array(ref(Customer)) }),
)
export type SearchResults = Static<typeof SearchResults>
