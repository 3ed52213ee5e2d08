import { type Static, Type } from 'typebox'
import { type ParcelStatus, parcelStatuses } from '../parcels/parcel.ts'
import { Centimes, closed, Instant, named, nullable, oneOf, ref, Text, Uuid, Version } from '../schema.ts'

/*
 * The day of a driver of ours: the parcels of the carrier accounts that this member drives, nobody else's. Source:
 * product.md 8, own fleet.
 */

/** Parcels that are still to be brought. */
export const openDeliveryStatuses: readonly ParcelStatus[] = [
  'created',
  'awaiting_pickup',
  'picked_up',
  'in_transit',
  'out_for_delivery',
  'attempt_failed',
  'postponed',
  'action_needed',
  'unknown',
]

/** How many stops a day shows; more than anybody can drive. */
export const stopsMax = 200

export const stopStates = ['open', 'delivered', 'failed'] as const
export type StopState = (typeof stopStates)[number]

/** Why a parcel came back from the door, and what that makes of it. */
export const failureReasons = ['no_answer', 'postponed', 'refused', 'wrong_address', 'wrong_phone'] as const
export type FailureReason = (typeof failureReasons)[number]
export const statusAfterFailure: Readonly<Record<FailureReason, ParcelStatus>> = {
  no_answer: 'attempt_failed',
  postponed: 'postponed',
  refused: 'refused',
  wrong_address: 'action_needed',
  wrong_phone: 'action_needed',
}

export const Stop = named(
  'DeliveryStop',
  Type.Object({
    parcelId: Uuid,
    /** Its place in the day, from 1. */
    position: Type.Integer(),
    state: oneOf(stopStates),
    status: oneOf(parcelStatuses),
    orderNumber: Type.Integer(),
    /** Of the other orders that come in the same parcel. */
    otherNumbers: Type.Array(Type.Integer()),
    reference: Type.String(),
    customerName: nullable(Type.String()),
    phone: nullable(Type.String({ 'x-mask': 'phone' })),
    phoneMasked: Type.Boolean({ 'x-mask': 'phone' }),
    alternatePhone: nullable(Type.String({ 'x-mask': 'phone' })),
    city: nullable(Type.String()),
    district: nullable(Type.String({ 'x-mask': 'address' })),
    addressLine: nullable(Type.String({ 'x-mask': 'address' })),
    landmark: nullable(Type.String({ 'x-mask': 'address' })),
    note: nullable(Type.String()),
    pieces: Type.Integer(),
    allowOpen: nullable(Type.Boolean()),
    allowTry: nullable(Type.Boolean()),
    fragile: nullable(Type.Boolean()),
    codAmountCentimes: Type.Integer(),
    /** What was taken at the door, once it was. */
    collectedCentimes: nullable(Type.Integer()),
    attempts: Type.Integer(),
    since: Instant,
    version: Version,
  }),
)
export type Stop = Static<typeof Stop>

export const DriverRoute = named(
  'DriverRoute',
  Type.Object({
    day: Type.String(),
    deliveredCount: Type.Integer(),
    failedCount: Type.Integer(),
    openCount: Type.Integer(),
    /** What this driver has taken and not handed over: of every day, not only of this one. */
    inHandCentimes: Type.Integer(),
    /** Open ones first, in the order to be driven; those of the day that are done after them. */
    items: Type.Array(ref(Stop)),
  }),
)
export type DriverRoute = Static<typeof DriverRoute>

export const SettleDelivery = named(
  'SettleDelivery',
  closed({
    version: Version,
    outcome: oneOf(['delivered', 'failed']),
    /** What the buyer paid; the amount to be collected unless said. */
    collectedCentimes: Type.Optional(Centimes),
    /** Required when it failed. */
    reason: Type.Optional(oneOf(failureReasons)),
    note: Type.Optional(Text(300)),
    /** When it happened at the door, where the network came later; now unless said. */
    at: Type.Optional(Instant),
  }),
)
export type SettleDelivery = Static<typeof SettleDelivery>

export const SettledDelivery = named('SettledDelivery', Type.Object({ operationId: Uuid, stop: ref(Stop) }))
export type SettledDelivery = Static<typeof SettledDelivery>

/**
 * The instant of what was said at a door, in milliseconds: the phone's clock may be wrong, so it is never in the future
 * and never before what the parcel was known to be when it was said.
 */
export const instantAtDoor = (at: string | undefined, { since }: { readonly since: string }, now: Date): number =>
  at === undefined ? now.getTime() : Math.min(now.getTime(), Math.max(Date.parse(at), Date.parse(since) + 1))

export interface StopFacts {
  readonly status: ParcelStatus
  readonly since: string
  readonly createdAt: string
}

/** What a parcel is in the day of its driver; null when it is no part of it. `dayStart` is the day's first instant. */
export const stopStateOf = ({ status, since }: StopFacts, dayStart: string): StopState | null => {
  const today = Date.parse(since) >= Date.parse(dayStart)
  if (status === 'delivered') return today ? 'delivered' : null
  if (!openDeliveryStatuses.includes(status)) return today && status === 'refused' ? 'failed' : null
  return today && ['attempt_failed', 'postponed', 'action_needed'].includes(status) ? 'failed' : 'open'
}

const stateOrder: Record<StopState, number> = { open: 0, failed: 1, delivered: 2 }

/** Open stops first, the one that has waited longest on top; then what is done, the newest first. */
export const compareStops = (
  one: StopFacts & { readonly state: StopState },
  other: StopFacts & { readonly state: StopState },
): number =>
  stateOrder[one.state] - stateOrder[other.state] ||
  (one.state === 'open'
    ? Date.parse(one.createdAt) - Date.parse(other.createdAt)
    : Date.parse(other.since) - Date.parse(one.since))
