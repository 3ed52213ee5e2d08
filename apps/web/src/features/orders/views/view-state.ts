import type { OrderSelection } from '@sendocki/domain/orders/where-schema'
import { dayOf } from '@sendocki/domain/time'
import type { View } from '@sendocki/domain/views/view'
import type { Density } from '../../../lib/preferences.ts'
import { type ListFilters, noFilters, toSelection } from '../filters.ts'
import { type OrderSort, orderSorts } from '../pages.ts'

/** What a view opens: the filters and the sort of the address. */
export interface ViewState {
  readonly filters: ListFilters
  readonly sort: OrderSort
}

/** The filters of an address for those that a view keeps. The last day of a period is named again. */
const filtersOfView = ({ createdFrom, createdTo, where, ...rest }: OrderSelection): ListFilters => ({
  ...noFilters,
  ...(rest as Partial<ListFilters>),
  where: (where as ListFilters['where']) ?? null,
  from: createdFrom === undefined ? null : dayOf(createdFrom),
  to: createdTo === undefined ? null : dayOf(new Date(Date.parse(createdTo) - 1)),
})

export const stateOfView = ({ filter, sort }: Pick<View, 'filter' | 'sort'>): ViewState => ({
  filters: filtersOfView(filter),
  sort: orderSorts.find((known) => known === sort) ?? '-createdAt',
})

/** Names in the same order, so that the same filters are the same text. */
const inOrder = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(inOrder)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([one], [other]) => (one < other ? -1 : 1))
            .map(([name, inner]) => [name, inOrder(inner)]),
        )
      : value

const asText = ({ filters, sort }: ViewState): string => JSON.stringify(inOrder([toSelection(filters), sort]))

/** Whether what is shown is what the view keeps. */
export const isView = (view: Pick<View, 'filter' | 'sort'>, shown: ViewState): boolean =>
  asText(stateOfView(view)) === asText(shown)

/** Whether what is shown looks as the view says, where it says anything. */
export const looksLike = (
  view: Pick<View, 'columns' | 'density'>,
  shown: { readonly columns: readonly string[]; readonly density: Density },
): boolean =>
  (view.columns === null || view.columns.join() === shown.columns.join()) &&
  (view.density === null || view.density === shown.density)
