import { customerSorts } from '@sendocki/domain/customers/customer'
import { flag, oneOf, text } from '../../lib/url-state.ts'

export const firstSort = '-lastOrderAt'

/** The sort of a view, which may be another list's. */
export const sortOf = (sort: string): (typeof customerSorts)[number] =>
  customerSorts.find((one) => one === sort) ?? firstSort

/** What of the list stands in the address. */
export const listShape = {
  q: text,
  city: text,
  tag: text,
  segment: text,
  blocked: flag,
  sort: oneOf(customerSorts, firstSort),
  view: text,
  open: text,
  /** Whom the open one is to be laid beside, to become one. */
  merge: text,
}

export interface CustomerFilters {
  readonly q: string | null
  readonly city: string | null
  readonly tag: string | null
  readonly segment: string | null
  readonly blocked: boolean
  readonly sort: (typeof customerSorts)[number]
}

export const isFiltered = ({ q, city, tag, segment, blocked }: CustomerFilters): boolean =>
  q !== null || city !== null || tag !== null || segment !== null || blocked

export const withoutFilters = { q: null, city: null, tag: null, segment: null, blocked: false } as const
