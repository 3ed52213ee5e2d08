import { type Static, Type } from 'typebox'
import { paymentModes } from '../cash/collection.ts'
import { parcelStatuses } from '../parcels/parcel.ts'
import { mappableStatuses } from '../parcels/parcel-schema.ts'
import { closed, Day, Instant, Line, named, nullable, oneOf, page, pageQuery, ref, Text, Uuid } from '../schema.ts'
import { carrierFileKinds, columnFields } from './columns.ts'
import { placeOutcomes } from './places.ts'
import { rowOutcomes, rowReasons } from './rows.ts'

/*
 * A file that a carrier gave, or a list copied from its portal: kept as it came, read by a mapping, tried, then run. Each
 * row keeps what became of it.
 */

/** How many rows one file may have, and bytes. */
export const carrierFileRows = 5_000
export const carrierFileBytes = 5 * 1_048_576

export const carrierFileStatuses = ['read', 'running', 'done', 'undone'] as const
export type CarrierFileStatus = (typeof carrierFileStatuses)[number]

export const allOutcomes = [...new Set([...rowOutcomes, ...placeOutcomes])]
export type AnyOutcome = (typeof allOutcomes)[number]

const Columns = Type.Array(nullable(oneOf(columnFields)), { minItems: 1, maxItems: 60 })

export const CarrierFile = named(
  'CarrierFile',
  Type.Object({
    id: Uuid,
    carrierAccountId: Uuid,
    kind: oneOf(carrierFileKinds),
    name: nullable(Type.String()),
    status: oneOf(carrierFileStatuses),
    /** The columns as they came: their names, when the first row has them, and a few cells of each. */
    columns: Type.Array(Type.Object({ name: nullable(Type.String()), samples: Type.Array(Type.String()) })),
    mapping: Type.Object({ columns: Columns, hasHeader: Type.Boolean() }),
    /** Whether the mapping is the one that was used for a file of this shape before. */
    remembered: Type.Boolean(),
    rowCount: Type.Integer(),
    /** Rows by outcome, once tried; they add up to `rowCount`. */
    outcomes: Type.Array(Type.Object({ outcome: oneOf(allOutcomes), count: Type.Integer() })),
    /** Rows that were carried out. */
    doneCount: Type.Integer(),
    /** The carrier's words in the file, and what each was said to mean, or probably means. */
    words: Type.Array(
      Type.Object({
        word: Type.String(),
        count: Type.Integer(),
        status: nullable(oneOf(parcelStatuses)),
        suggestion: nullable(oneOf(parcelStatuses)),
      }),
    ),
    /** Of a payout: what the selected parcels took, what the carrier keeps of it, and what is left. */
    sums: nullable(
      Type.Object({
        count: Type.Integer(),
        grossCentimes: nullable(Type.Integer({ 'x-mask': 'financials' })),
        feesCentimes: nullable(Type.Integer({ 'x-mask': 'cost' })),
        netCentimes: nullable(Type.Integer({ 'x-mask': 'cost' })),
        /** Parcels whose fee nobody has told us. */
        feeUnknownCount: Type.Integer(),
      }),
    ),
    /** What takes it back: `POST /tracking-operations/{id}/undo`, or of a payout `POST /collections/operations/{id}/undo`. */
    operationId: nullable(Uuid),
    createdAt: Instant,
    doneAt: nullable(Instant),
  }),
)
export type CarrierFile = Static<typeof CarrierFile>

export const CarrierFileQuery = closed({
  kind: Type.Optional(oneOf(carrierFileKinds, { default: 'tracking' })),
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 120, description: 'What its owner calls it' })),
})
export type CarrierFileQuery = Static<typeof CarrierFileQuery>

export const TryCarrierFile = named(
  'TryCarrierFile',
  closed({
    columns: Columns,
    hasHeader: Type.Boolean(),
    /** What words of the carrier mean; remembered for its next files. */
    words: Type.Optional(Type.Array(closed({ word: Line(120), status: oneOf(mappableStatuses) }), { maxItems: 100 })),
  }),
)
export type TryCarrierFile = Static<typeof TryCarrierFile>

export const RunCarrierFile = named(
  'RunCarrierFile',
  closed({
    /** Of a payout: when and how the money came. Of cities and fees: from which day they hold, today at the latest. */
    date: Type.Optional(Day),
    mode: Type.Optional(oneOf(paymentModes)),
    reference: Type.Optional(Line(120)),
    note: Type.Optional(Text(500)),
  }),
)
export type RunCarrierFile = Static<typeof RunCarrierFile>

export const CarrierFileRow = named(
  'CarrierFileRow',
  Type.Object({
    /** From 1, without the names of the columns. */
    row: Type.Integer(),
    /** What the row says of its parcel, as it came. */
    label: Type.String(),
    word: nullable(Type.String()),
    outcome: nullable(oneOf(allOutcomes)),
    reason: nullable(oneOf(rowReasons)),
    done: Type.Boolean(),
    parcel: nullable(
      Type.Object({
        id: Uuid,
        orderId: Uuid,
        orderNumber: Type.Integer(),
        customerName: nullable(Type.String()),
        city: nullable(Type.String()),
        trackingNumber: nullable(Type.String()),
        status: oneOf(parcelStatuses),
        codAmountCentimes: Type.Integer(),
        feeCentimes: nullable(Type.Integer({ 'x-mask': 'cost' })),
      }),
    ),
  }),
)
export type CarrierFileRow = Static<typeof CarrierFileRow>
export const CarrierFileRowPage = page('CarrierFileRowPage', ref(CarrierFileRow))
export const CarrierFileRowQuery = closed({ outcome: Type.Optional(oneOf(allOutcomes)), ...pageQuery })
export type CarrierFileRowQuery = Static<typeof CarrierFileRowQuery>
