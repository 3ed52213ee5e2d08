import { type Static, Type } from 'typebox'
import type { CashStatus } from '../orders/states.ts'
import { closed, Day, Instant, Line, named, nullable, oneOf, page, pageQuery, ref, Text, Uuid } from '../schema.ts'
import { ageBuckets } from '../time.ts'

/*
 * A collection is the cash that is due of one delivered parcel: the carrier holds it, a person marks it received, or
 * disputes it. Statements and bank lines will add `remitted` and `banked` on the same rows. Source: product.md 9.
 */

export const collectionStatuses = ['due', 'collected', 'in_dispute'] as const satisfies readonly CashStatus[]
export type CollectionStatus = (typeof collectionStatuses)[number]

/** What a person may mark. Taking back `collected` is an undo, so that its ledger entry is reversed, not contradicted. */
const marks: Record<CollectionStatus, readonly CollectionStatus[]> = {
  due: ['collected', 'in_dispute'],
  in_dispute: ['collected', 'due'],
  collected: [],
}

export const mayMark = (from: CollectionStatus, to: CollectionStatus): boolean => marks[from].includes(to)

export const Collection = named(
  'Collection',
  Type.Object({
    parcelId: Uuid,
    orderId: Uuid,
    orderNumber: Type.Integer(),
    customerName: nullable(Type.String()),
    /** In French, or as it was written while it is not known. */
    city: nullable(Type.String()),
    /** Our city, for its name in other languages; null while it is not known. */
    cityId: nullable(Type.String()),
    trackingNumber: nullable(Type.String()),
    codAmountCentimes: Type.Integer(),
    deliveredAt: Instant,
    status: oneOf(collectionStatuses),
    collectedAt: nullable(Instant),
    expectedPayoutAt: nullable(Day),
    carrierAccountId: Uuid,
    note: nullable(Type.String()),
  }),
)
export type Collection = Static<typeof Collection>
export const CollectionPage = page('CollectionPage', ref(Collection))

export const collectionSorts = ['deliveredAt', '-deliveredAt'] as const
export const CollectionQuery = closed({
  status: Type.Optional(oneOf(collectionStatuses)),
  carrierAccountId: Type.Optional(Uuid),
  age: Type.Optional(oneOf(ageBuckets)),
  sort: Type.Optional(oneOf(collectionSorts)),
  ...pageQuery,
})
export type CollectionQuery = Static<typeof CollectionQuery>

export const paymentModes = ['transfer', 'cash', 'cheque', 'other'] as const
export const MarkCollections = named(
  'MarkCollections',
  closed({
    parcelIds: Type.Array(Uuid, { minItems: 1, maxItems: 500, uniqueItems: true }),
    status: oneOf(collectionStatuses),
    note: Type.Optional(Text(500)),
    /** When the money was received; today unless said. */
    date: Type.Optional(Day),
    mode: Type.Optional(oneOf(paymentModes)),
    reference: Type.Optional(Line(120)),
  }),
)
export type MarkCollections = Static<typeof MarkCollections>

export const CollectionOperation = named(
  'CollectionOperation',
  Type.Object({
    operationId: Uuid,
    status: oneOf(collectionStatuses),
    count: Type.Integer(),
    sumCentimes: Type.Integer(),
    createdAt: Instant,
    undoneAt: nullable(Instant),
  }),
)
export type CollectionOperation = Static<typeof CollectionOperation>

/** How much is where, by carrier and by age since the delivery. */
export const CollectionSummary = named(
  'CollectionSummary',
  Type.Object({
    items: Type.Array(
      Type.Object({
        carrierAccountId: Uuid,
        carrierName: Type.String(),
        status: oneOf(collectionStatuses),
        age: oneOf(ageBuckets),
        count: Type.Integer(),
        sumCentimes: nullable(Type.Integer({ 'x-mask': 'financials' })),
      }),
    ),
  }),
)
export type CollectionSummary = Static<typeof CollectionSummary>
