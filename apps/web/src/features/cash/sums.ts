import {
  type Collection,
  type CollectionStatus,
  type CollectionSummary,
  mayMark,
} from '@sendocki/domain/cash/collection'
import { sumCentimes } from '@sendocki/domain/money'
import { type AgeBucket, ageBuckets, dayOf, daysBetween } from '@sendocki/domain/time'

export interface Cell {
  readonly count: number
  /** Null for roles that do not see financials. */
  readonly sumCentimes: number | null
}

export interface CarrierLine {
  readonly carrierAccountId: string
  readonly carrierName: string
  readonly ages: Readonly<Record<AgeBucket, Cell>>
  readonly total: Cell
}

const nothing: Cell = { count: 0, sumCentimes: 0 }

/** Two cells together; what is hidden of one is hidden of both. */
const plus = (one: Cell, other: Cell): Cell => ({
  count: one.count + other.count,
  sumCentimes:
    one.sumCentimes === null || other.sumCentimes === null ? null : sumCentimes([one.sumCentimes, other.sumCentimes]),
})

/** One line a carrier with its ages, for one status, in the order in which the API names the carriers. */
export const carrierLines = (items: CollectionSummary['items'], status: CollectionStatus): CarrierLine[] => {
  const own = items.filter((item) => item.status === status)
  const names = new Map(own.map(({ carrierAccountId, carrierName }) => [carrierAccountId, carrierName]))
  return [...names].map(([carrierAccountId, carrierName]) => {
    const mine = own.filter((item) => item.carrierAccountId === carrierAccountId)
    const ages = Object.fromEntries(
      ageBuckets.map((age) => [age, mine.filter((item) => item.age === age).reduce(plus, nothing)]),
    ) as Record<AgeBucket, Cell>
    return { carrierAccountId, carrierName, ages, total: mine.reduce(plus, nothing) }
  })
}

/** How many collections are in a status, whatever their carrier and age. */
export const countOf = (items: CollectionSummary['items'], status: CollectionStatus): number =>
  items.filter((item) => item.status === status).reduce((sum, { count }) => sum + count, 0)

/** What rows of a status can be marked as, the usual one first. */
export const marksFrom = (status: CollectionStatus): CollectionStatus[] =>
  (['collected', 'in_dispute', 'due'] as const).filter((to) => mayMark(status, to))

export const sumOf = (rows: readonly Pick<Collection, 'codAmountCentimes'>[]): number =>
  sumCentimes(rows.map(({ codAmountCentimes }) => codAmountCentimes))

/** Whether a carrier should have paid before today, on Moroccan days. */
export const isLate = (
  { status, expectedPayoutAt }: Pick<Collection, 'status' | 'expectedPayoutAt'>,
  now: Date,
): boolean => status !== 'collected' && expectedPayoutAt !== null && daysBetween(expectedPayoutAt, dayOf(now)) > 0

/** A row is the cash of one order in one parcel. */
export const rowIdOf = ({ parcelId, orderId }: Pick<Collection, 'parcelId' | 'orderId'>): string =>
  `${parcelId} ${orderId}`

/** The rows that are meant when some are ticked: the cash of a parcel is marked whole, whichever of its orders was ticked. */
export const tickedRows = (rows: readonly Collection[], ids: ReadonlySet<string>): Collection[] => {
  const parcels = new Set(rows.filter((row) => ids.has(rowIdOf(row))).map(({ parcelId }) => parcelId))
  return rows.filter(({ parcelId }) => parcels.has(parcelId))
}

export const parcelIdsOf = (rows: readonly Pick<Collection, 'parcelId'>[]): string[] => [
  ...new Set(rows.map(({ parcelId }) => parcelId)),
]
