import type { FigureFilters } from '@sendocki/domain/reports/today'
import { addDays, dayOf } from '@sendocki/domain/time'

/** The API's first and last instant of a span, and the days under which the list's address knows them. */
const spans = [
  ['createdFrom', 'createdTo', 'from', 'to'],
  ['confirmedFrom', 'confirmedTo', 'confirmedFrom', 'confirmedTo'],
  ['shippedFrom', 'shippedTo', 'shippedFrom', 'shippedTo'],
  ['deliveredFrom', 'deliveredTo', 'deliveredFrom', 'deliveredTo'],
] as const
const instants: readonly string[] = spans.flatMap(([from, to]) => [from, to])

/** The address of the list that a figure counts. Its spans are whole Moroccan days, whose midnight after is not in them. */
export const listOf = (filters: FigureFilters): string => {
  const plain = Object.entries(filters).filter(([name]) => !instants.includes(name))
  const days = spans.flatMap(([from, to, first, last]) => {
    const [begins, ends] = [filters[from], filters[to]]
    return [
      ...(begins === undefined ? [] : [[first, dayOf(begins)]]),
      ...(ends === undefined ? [] : [[last, addDays(dayOf(ends), -1)]]),
    ]
  })
  const query = new URLSearchParams([...plain, ...days].map(([name, value]) => [String(name), String(value)]))
  return `/orders/table?${query}`
}

/** By how much a figure differs from an earlier one, as a share of it; null where that says nothing. */
export const changeOf = (
  now: { readonly count: number; readonly capped: boolean },
  before: { readonly count: number; readonly capped: boolean },
): number | null => (now.capped || before.capped || before.count === 0 ? null : now.count / before.count - 1)
