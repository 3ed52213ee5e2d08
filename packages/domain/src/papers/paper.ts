import { type Static, Type } from 'typebox'
import { languages } from '../language.ts'
import { closed, Instant, named, nullable, oneOf, Uuid } from '../schema.ts'

/*
 * Papers that we print ourselves, for any carrier: labels, packing slips, picking lists.
 */

/** A label goes on a parcel, a slip into it; a picking list says what to fetch for all of them. */
export const paperKinds = ['label', 'slip', 'picking'] as const
export type PaperKind = (typeof paperKinds)[number]

/** A roll of 100 × 150 mm, or A4: four labels on a sheet, one slip, as many pages of a list as it takes. */
export const paperSizes = ['100x150', 'a4'] as const
export type PaperSize = (typeof paperSizes)[number]

/** How many orders one paper may be for. */
export const papersAtOnce = 500
/** For how long the finished file is kept. */
export const paperHours = 24

export const paperStatuses = ['running', 'ready', 'failed', 'cancelled', 'expired'] as const
export type PaperStatus = (typeof paperStatuses)[number]

/** Why an order or a parcel is not on the paper. */
export const leftOutReasons = [
  'not_found',
  'no_parcel',
  'not_booked',
  'parcel_ended',
  'city_missing',
  'phone_missing',
  'erased',
] as const
export type LeftOutReason = (typeof leftOutReasons)[number]

const ids = Type.Array(Uuid, { minItems: 1, maxItems: papersAtOnce, uniqueItems: true })

export const CreatePaper = named(
  'CreatePaper',
  closed({
    kind: oneOf(paperKinds),
    /** Labels only; the others are A4. */
    size: Type.Optional(oneOf(paperSizes)),
    /** Of the paper, not of who prints it; by default the language of the request. */
    language: Type.Optional(oneOf(languages)),
    /** One of the two: orders, whose live parcels are meant where a parcel is needed, or parcels. */
    orderIds: Type.Optional(ids),
    parcelIds: Type.Optional(ids),
  }),
)
export type CreatePaper = Static<typeof CreatePaper>

export const LeftOut = Type.Object({
  orderId: nullable(Uuid),
  parcelId: nullable(Uuid),
  /** The order's running number, where the order is known. */
  number: nullable(Type.Integer()),
  reason: oneOf(leftOutReasons),
})
export type LeftOut = Static<typeof LeftOut>

export const Paper = named(
  'Paper',
  Type.Object({
    id: Uuid,
    kind: oneOf(paperKinds),
    size: oneOf(paperSizes),
    language: oneOf(languages),
    status: oneOf(paperStatuses),
    /** How many orders or parcels were asked for, how many were looked at, and how many are on the paper. */
    total: Type.Integer(),
    done: Type.Integer(),
    printed: Type.Integer(),
    leftOut: Type.Array(LeftOut),
    pages: nullable(Type.Integer()),
    bytes: nullable(Type.Integer()),
    /** Why it failed: a code of the list of refusals. */
    problem: nullable(Type.String()),
    createdAt: Instant,
    expiresAt: nullable(Instant),
  }),
)
export type Paper = Static<typeof Paper>
