import type { OrderFilters } from '@sendocki/domain/orders/order'
import { cashStatuses, orderStates, phoneVerdicts } from '@sendocki/domain/orders/states'
import { parseWhere, refusalOfWhere, type Where } from '@sendocki/domain/orders/where'
import type { OrderSelection } from '@sendocki/domain/orders/where-schema'
import { parcelStatuses } from '@sendocki/domain/parcels/parcel'
import { riskLevels } from '@sendocki/domain/risk/settings'
import { endOfDay, isDay, startOfDay } from '@sendocki/domain/time'
import { type Codec, flag, oneOf, text } from '../../lib/url-state.ts'
import { orderSorts } from './pages.ts'

const among = <const T extends string>(values: readonly T[]): Codec<T | null> => ({
  read: ([value]) => values.find((candidate) => candidate === value) ?? null,
  write: (value) => (value === null ? [] : [value]),
})

/** A calendar day in Morocco; what is no day of the calendar reads as absent. */
const day: Codec<string | null> = {
  read: ([value]) => (value !== undefined && isDay(value) ? value : null),
  write: (value) => (value === null ? [] : [value]),
}

const noMasks: ReadonlySet<never> = new Set()

/** A sentence of filters; one that cannot be asked reads as absent. */
const sentence: Codec<Where | null> = {
  read: ([value]) => {
    const where = value === undefined ? null : parseWhere(value)
    return where !== null && refusalOfWhere(where, noMasks) === null ? where : null
  },
  write: (where) => (where === null ? [] : [JSON.stringify(where)]),
}

/** What the address of the board and of the table says, under the names of the API's own filters. */
export const listShape = {
  q: text,
  stageId: text,
  state: among(orderStates),
  city: text,
  storeId: text,
  assigneeId: text,
  carrierAccountId: text,
  customerId: text,
  tag: text,
  cash: among(cashStatuses),
  parcel: among(parcelStatuses),
  phoneVerdict: among(phoneVerdicts),
  risk: among(riskLevels),
  late: flag,
  duplicate: flag,
  toComplete: flag,
  sample: flag,
  from: day,
  to: day,
  confirmedFrom: day,
  confirmedTo: day,
  shippedFrom: day,
  shippedTo: day,
  deliveredFrom: day,
  deliveredTo: day,
  where: sentence,
  sort: oneOf(orderSorts, '-createdAt'),
  /** The order shown beside the list. */
  order: text,
  /** The saved view that was opened last. */
  view: text,
}

export type ListState = { readonly [Name in keyof typeof listShape]: ReturnType<(typeof listShape)[Name]['read']> }

/** The parts of the address that choose rows; the sort and the open order do not. */
export type ListFilters = Omit<ListState, 'sort' | 'order' | 'view'>

export const filtersOf = ({ sort: _sort, order: _order, view: _view, ...filters }: ListState): ListFilters => filters

/** What may lie between two days: the names in the address, and the API's own. */
export const daySpans = {
  days: { from: 'from', to: 'to', asked: 'created' },
  confirmedDays: { from: 'confirmedFrom', to: 'confirmedTo', asked: 'confirmed' },
  shippedDays: { from: 'shippedFrom', to: 'shippedTo', asked: 'shipped' },
  deliveredDays: { from: 'deliveredFrom', to: 'deliveredTo', asked: 'delivered' },
} as const
export type DaySpan = keyof typeof daySpans
const spans = Object.values(daySpans)
const dayNames: readonly string[] = spans.flatMap(({ from, to }) => [from, to])

/**
 * The API's filters for an address. The last day counts whole: rows are asked for until the Moroccan midnight after it.
 */
export const toQuery = ({ where, ...filters }: ListFilters): OrderFilters => ({
  ...toPlain(filters),
  ...(where === null ? {} : { where: JSON.stringify(where) }),
})

/** The same as bodies take it: saved views, bulk operations and exports. */
export const toSelection = ({ where, ...filters }: ListFilters): OrderSelection =>
  ({ ...toPlain(filters), ...(where === null ? {} : { where }) }) as OrderSelection

const toPlain = (filters: Omit<ListFilters, 'where'>): Omit<OrderFilters, 'where'> => {
  const asked = Object.entries(filters).filter(
    ([name, value]) => !dayNames.includes(name) && value !== null && value !== false,
  )
  const days = spans.flatMap(({ from, to, asked }) => {
    const [first, last] = [filters[from], filters[to]]
    return [
      ...(first === null ? [] : [[`${asked}From`, startOfDay(first)]]),
      ...(last === null ? [] : [[`${asked}To`, endOfDay(last)]]),
    ]
  })
  return Object.fromEntries([...asked, ...days]) as OrderFilters
}

/** Every filter at rest. */
export const noFilters: ListFilters = {
  q: null,
  stageId: null,
  state: null,
  city: null,
  storeId: null,
  assigneeId: null,
  carrierAccountId: null,
  customerId: null,
  tag: null,
  cash: null,
  parcel: null,
  phoneVerdict: null,
  risk: null,
  late: false,
  duplicate: false,
  toComplete: false,
  sample: false,
  from: null,
  to: null,
  confirmedFrom: null,
  confirmedTo: null,
  shippedFrom: null,
  shippedTo: null,
  deliveredFrom: null,
  deliveredTo: null,
  where: null,
}

export const isFiltered = (filters: ListFilters): boolean => Object.keys(toQuery(filters)).length > 0

/** Rows in need of a person, one click away, each with its count. */
export const quickFilters = {
  toComplete: { toComplete: true },
  late: { late: true },
  phone: { phoneVerdict: 'doubtful' },
  city: { city: 'none' },
  duplicates: { duplicate: true },
} as const satisfies Record<string, Partial<ListFilters>>
export type QuickFilter = keyof typeof quickFilters
export const quickNames = Object.keys(quickFilters) as QuickFilter[]

/** Whether a quick filter is on in these filters. */
export const isOn = (name: QuickFilter, filters: ListFilters): boolean =>
  Object.entries(quickFilters[name]).every(([key, value]) => filters[key as keyof ListFilters] === value)

/** The filters with a quick one switched; switching it off leaves the others. */
export const switched = (name: QuickFilter, filters: ListFilters): Partial<ListFilters> => {
  const chosen = Object.keys(quickFilters[name]) as (keyof ListFilters)[]
  return isOn(name, filters) ? Object.fromEntries(chosen.map((key) => [key, noFilters[key]])) : quickFilters[name]
}
