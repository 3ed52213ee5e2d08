import { type Static, Type } from 'typebox'
import { closed, Instant, Line, named, nullable, oneOf, Text, Uuid, Version } from '../schema.ts'
import type { ParcelStatus } from './parcel.ts'

/*
 * What people say of parcels themselves: carriers without an API, own drivers, goods that are back. Each saying, of one
 * parcel or of hundreds, is one operation, and can be taken back as one.
 */

/** Statuses that a person may say of a parcel; `draft` and `unknown` are states of ours, not of a parcel. */
export const sayableStatuses = [
  'created',
  'awaiting_pickup',
  'picked_up',
  'in_transit',
  'out_for_delivery',
  'attempt_failed',
  'postponed',
  'action_needed',
  'delivered',
  'refused',
  'returning',
  'returned',
  'cancelled',
  'lost',
] as const satisfies readonly ParcelStatus[]

/** How many parcels one saying may be about: it is answered when all of them have followed. */
export const saidAtOnce = 200

const saying = {
  status: oneOf(sayableStatuses),
  /** When it happened; now unless said. Never in the future. */
  at: Type.Optional(Instant),
  comment: Type.Optional(Text(300)),
}
export const SayStatus = named('SayStatus', closed(saying))
export type SayStatus = Static<typeof SayStatus>
export const SayStatuses = named(
  'SayStatuses',
  closed({ parcelIds: Type.Array(Uuid, { minItems: 1, maxItems: saidAtOnce, uniqueItems: true }), ...saying }),
)
export type SayStatuses = Static<typeof SayStatuses>

export const operationKinds = ['hand', 'file', 'driver', 'return'] as const
export type OperationKind = (typeof operationKinds)[number]

/** `same`: the parcel said so already. `kept`: could not be taken back, with the reason. */
export const saidOutcomes = ['applied', 'same', 'refused', 'undone', 'kept'] as const
export type SaidOutcome = (typeof saidOutcomes)[number]

export const TrackingOperation = named(
  'TrackingOperation',
  Type.Object({
    operationId: Uuid,
    kind: oneOf(operationKinds),
    /** How many parcels it changed. */
    count: Type.Integer(),
    createdAt: Instant,
    /** `undoing` while hundreds are taken back in the background. */
    undo: oneOf(['none', 'undoing', 'undone']),
    undoneAt: nullable(Instant),
    items: Type.Array(
      Type.Object({
        parcelId: Uuid,
        outcome: oneOf(saidOutcomes),
        /** A code of the list of refusals. */
        reason: nullable(Type.String()),
      }),
    ),
  }),
)
export type TrackingOperation = Static<typeof TrackingOperation>

export const EditParcel = named('EditParcel', closed({ version: Version, trackingNumber: nullable(Line(80)) }))
export type EditParcel = Static<typeof EditParcel>

/** A parcel that is handed over with a number of the carrier's, by a carrier that is named, not connected. */
export const CreateManualParcel = named(
  'CreateManualParcel',
  closed({ orderId: Uuid, carrierName: Line(80), trackingNumber: Line(80) }),
)
export type CreateManualParcel = Static<typeof CreateManualParcel>

/** Statuses of a parcel whose goods can be handed back to us. */
export const receivableStatuses: readonly ParcelStatus[] = ['refused', 'returning', 'returned']
