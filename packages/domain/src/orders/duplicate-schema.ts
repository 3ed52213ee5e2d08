import { type Static, Type } from 'typebox'
import { closed, Instant, named, nullable, oneOf, ref, SignedCentimes, Uuid, Version } from '../schema.ts'
import { sameness } from './duplicates.ts'
import { Order } from './order.ts'
import { duplicateFates, duplicateOutcomes, duplicateVerdicts, orderStates } from './states.ts'

/** The verdict of each line between two orders; differences are those of the order that was asked about. */
export const Comparison = named(
  'Comparison',
  Type.Object({
    phone: oneOf(sameness),
    name: oneOf(sameness),
    address: oneOf(sameness),
    lines: oneOf(sameness),
    morePieces: Type.Integer(),
    moreCentimes: SignedCentimes,
    source: oneOf(sameness),
    minutesApart: Type.Integer(),
  }),
)

/** Another order that may be the same wish, and what became of it. */
export const Duplicate = Type.Object({
  orderId: Uuid,
  number: Type.Integer(),
  verdict: oneOf(duplicateVerdicts),
  stageId: Uuid,
  state: nullable(oneOf(orderStates)),
  totalCentimes: SignedCentimes,
  createdAt: Instant,
  version: Version,
  comparison: ref(Comparison),
  /** Whether somebody still has to decide. */
  open: Type.Boolean(),
  /** What became of the other order; null until it is decided. */
  fate: nullable(oneOf(duplicateFates)),
  decidedAt: nullable(Instant),
})
export const DuplicateList = named(
  'DuplicateList',
  Type.Object({
    items: Type.Array(Duplicate),
    /** The fuller one of those that are open, the order itself among them; null when nothing is to be decided. */
    proposedOrderId: nullable(Uuid),
  }),
)
export type DuplicateList = Static<typeof DuplicateList>

/**
 * One decision about orders that may be one wish: keep one of them, and the others are cancelled as duplicates of it; all
 * are real, and they are never asked about again; or all are real and are shipped together, in one parcel to the address
 * of one of them, the delivery fee asked once. Each order comes in the version that the person saw.
 */
export const DecideDuplicates = named(
  'DecideDuplicates',
  closed({
    outcome: oneOf(duplicateOutcomes),
    version: Version,
    /** The one that `keep_one` keeps, or to whose address `ship_together` goes: the order of the path unless another is named. */
    keepOrderId: Type.Optional(Uuid),
    /** Those that it is decided about with. */
    others: Type.Array(closed({ orderId: Uuid, version: Version }), { minItems: 1, maxItems: 19 }),
  }),
)
export type DecideDuplicates = Static<typeof DecideDuplicates>

/** The orders as they stand after the decision. Undoing the newest change of any of them takes all of it back. */
export const DuplicatesDecided = named('DuplicatesDecided', Type.Object({ orders: Type.Array(ref(Order)) }))
export type DuplicatesDecided = Static<typeof DuplicatesDecided>
