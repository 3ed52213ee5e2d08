import { type Static, Type } from 'typebox'
import { type OrderFilters, orderFilters } from '../orders/order.ts'
import type { Scope } from '../permissions.ts'
import { closed, Day, Instant, named, nullable, oneOf, ref } from '../schema.ts'
import { addDays, dayOf, endOfDay, startOfDay } from '../time.ts'

/*
 * The figures of a day. Each is the filters of a list of orders and nothing else, so that a figure and its list cannot
 * disagree (law 8). Source: product.md 12.
 */

/** First entries of the day: they stay what they are when an order moves on. */
export const dayFigures = ['created', 'confirmed', 'shipped', 'delivered'] as const
/** How it stands now, whatever the day: cash that carriers and drivers hold, and orders past their stage's limit. */
export const openFigures = ['due', 'late'] as const
/** Orders that wait for a person. */
export const tasks = ['to_complete', 'delivery_failed', 'duplicate'] as const

export type DayFigure = (typeof dayFigures)[number]
export type FigureKey = DayFigure | (typeof openFigures)[number] | (typeof tasks)[number]
export const figureKeys: readonly FigureKey[] = [...dayFigures, ...openFigures, ...tasks]

/** With which day a figure is compared: each up to the same moment of that day. */
export const comparisons = { yesterday: 1, last_week: 7 } as const
export type Comparison = keyof typeof comparisons
export const comparisonNames = Object.keys(comparisons) as Comparison[]

const { assigneeId, cash, late, state, toComplete, duplicate } = orderFilters
const { createdFrom, createdTo, confirmedFrom, confirmedTo } = orderFilters
const { shippedFrom, shippedTo, deliveredFrom, deliveredTo } = orderFilters

const Tally = {
  count: Type.Integer({ minimum: 0 }),
  /** More than were counted. */
  capped: Type.Boolean(),
}

export const TodayFigure = named(
  'TodayFigure',
  Type.Object({
    key: oneOf(figureKeys),
    ...Tally,
    /** What the orders that are `due` bring, in centimes; null for other figures, beyond the cap, and without financials. */
    sumCentimes: nullable(Type.Integer({ 'x-mask': 'financials' })),
    /** The filters of `GET /orders` that list exactly what is counted. */
    filters: Type.Object({
      ...{ assigneeId, cash, late, state, toComplete, duplicate },
      ...{ createdFrom, createdTo, confirmedFrom, confirmedTo },
      ...{ shippedFrom, shippedTo, deliveredFrom, deliveredTo },
    }),
    /** The same figure of days before, up to the same moment; empty for what has no day. */
    before: Type.Array(Type.Object({ key: oneOf(comparisonNames), ...Tally })),
  }),
)
export type TodayFigure = Static<typeof TodayFigure>
export type FigureFilters = TodayFigure['filters']

export const Today = named(
  'Today',
  Type.Object({
    day: Day,
    at: Instant,
    /** Only orders given to the reader are counted. */
    own: Type.Boolean(),
    figures: Type.Array(ref(TodayFigure)),
  }),
)
export type Today = Static<typeof Today>

/** Whoever does not see every order reads figures of their own orders; a queue that all share is nobody's figure. */
export const readsOwnFigures = (scope: readonly Scope[]): boolean => !scope.includes('all')

interface Span {
  readonly from: string
  readonly to: string
}

/** The Moroccan day of an instant, whole. */
export const daySpan = (at: Date): Span => {
  const day = dayOf(at)
  return { from: startOfDay(day), to: endOfDay(day) }
}

/** A day before, from its midnight for as long as the day of the instant lasts already. */
export const spanBefore = (at: Date, comparison: Comparison): Span => {
  const day = dayOf(at)
  const from = startOfDay(addDays(day, -comparisons[comparison]))
  return { from, to: new Date(Date.parse(from) + at.getTime() - Date.parse(startOfDay(day))).toISOString() }
}

const entered: Record<DayFigure, (span: Span) => FigureFilters> = {
  created: ({ from, to }) => ({ createdFrom: from, createdTo: to }),
  confirmed: ({ from, to }) => ({ confirmedFrom: from, confirmedTo: to }),
  shipped: ({ from, to }) => ({ shippedFrom: from, shippedTo: to }),
  delivered: ({ from, to }) => ({ deliveredFrom: from, deliveredTo: to }),
}

const standing: Record<Exclude<FigureKey, DayFigure>, FigureFilters> = {
  due: { cash: 'due' },
  late: { late: true },
  to_complete: { toComplete: true },
  delivery_failed: { state: 'delivery_failed' },
  duplicate: { duplicate: true },
}

const isOfDay = (key: FigureKey): key is DayFigure => dayFigures.some((one) => one === key)

/** What a figure counts, as filters of the list of orders. */
export const filtersOfFigure = (key: FigureKey, span: Span, own: boolean): FigureFilters & OrderFilters => ({
  ...(isOfDay(key) ? entered[key](span) : standing[key]),
  ...(own ? { assigneeId: 'me' } : {}),
})

/** The figures that are compared with days before. */
export const isCompared = isOfDay

/** From an instant to before another. */
export const Period = closed({ from: Instant, to: Instant })
/** How many orders were shipped beside another that is surely or likely the same wish. */
export const ShippedTwice = named('ShippedTwice', Type.Object({ count: Type.Integer() }))
