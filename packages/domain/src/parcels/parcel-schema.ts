import { type Static, Type } from 'typebox'
import { carrierOptions } from '../orders/options.ts'
import { cashStatuses } from '../orders/states.ts'
import { closed, Instant, named, nullable, oneOf, page, pageQuery, ref, Text, Uuid, Version } from '../schema.ts'
import { bookingStates } from './booking.ts'
import { parcelLegs, parcelStatuses } from './parcel.ts'

/** How many orders one request may turn into parcels. Source: product.md 8. */
export const parcelsAtOnce = 500

const Cost = nullable(Type.Integer({ 'x-mask': 'cost' }))

const fields = {
  id: Uuid,
  leg: oneOf(parcelLegs),
  orderId: Uuid,
  /** Orders shipped together travel in one parcel. */
  orderIds: Type.Array(Uuid),
  /** What a list shows of the order without another call. */
  order: Type.Object({
    id: Uuid,
    number: Type.Integer(),
    customerName: nullable(Type.String()),
    /** In French, or as it was written while it is not known. */
    city: nullable(Type.String()),
    /** Our city, for its name in other languages; null while it is not known. */
    cityId: nullable(Type.String()),
  }),
  /** The others that are shipped together with it, in running order. */
  companions: Type.Array(Type.Object({ id: Uuid, number: Type.Integer() })),
  carrierAccountId: Uuid,
  /** Ours, printed on the label and unique: what a lost answer is searched by. */
  reference: Type.String(),
  trackingNumber: nullable(Type.String()),
  status: oneOf(parcelStatuses),
  since: Instant,
  /** The carrier's own word, always kept beside ours. */
  carrierStatus: nullable(Type.String()),
  carrierComment: nullable(Type.String()),
  /** How far the creation at the carrier has come. */
  booking: oneOf(bookingStates),
  bookingReasons: Type.Array(Type.String()),
  cancelRequestedAt: nullable(Instant),
  codAmountCentimes: Type.Integer(),
  collectedCentimes: nullable(Type.Integer()),
  cash: nullable(oneOf(cashStatuses)),
  deliveredLines: nullable(Type.Array(Type.Object({ lineId: Uuid, quantity: Type.Integer() }))),
  feeCentimes: Cost,
  attempts: Type.Integer(),
  /** When its goods were back in our hands, whatever the carrier says. */
  returnReceivedAt: nullable(Instant),
  /** When its newest label was made, ours or the carrier's, and for whom. */
  labelPrintedAt: nullable(Instant),
  labelPrintedBy: nullable(Type.Object({ id: Uuid, name: Type.String() })),
  createdAt: Instant,
  version: Version,
}

export const Parcel = named('Parcel', Type.Object(fields))
export type Parcel = Static<typeof Parcel>
export const ParcelPage = page('ParcelPage', ref(Parcel))

/**
 * Who told us: the carrier by itself, the carrier when asked, or we ourselves; `hand` was typed by a person, `file` read
 * from a file of the carrier's, `driver` told at the door by one of our own.
 */
export const trackingSources = ['webhook', 'poll', 'booking', 'cancel', 'hand', 'file', 'driver'] as const
export type TrackingSource = (typeof trackingSources)[number]

export const TrackingEvent = named(
  'TrackingEvent',
  Type.Object({
    id: Uuid,
    at: Instant,
    receivedAt: Instant,
    source: oneOf(trackingSources),
    carrierStatus: Type.String(),
    /** Null while nobody has said what the carrier's word means. */
    status: nullable(oneOf(parcelStatuses)),
    comment: nullable(Type.String()),
  }),
)
export type TrackingEvent = Static<typeof TrackingEvent>

export const ParcelDetail = named('ParcelDetail', Type.Object({ ...fields, events: Type.Array(ref(TrackingEvent)) }))
export type ParcelDetail = Static<typeof ParcelDetail>

export const ParcelQuery = closed({
  status: Type.Optional(oneOf(parcelStatuses)),
  booking: Type.Optional(oneOf(bookingStates)),
  carrierAccountId: Type.Optional(Uuid),
  orderId: Type.Optional(Uuid),
  q: Type.Optional(
    Type.String({ minLength: 1, maxLength: 80, description: 'Start of a tracking number or reference' }),
  ),
  createdFrom: Type.Optional(Instant),
  createdTo: Type.Optional(Instant),
  ...pageQuery,
})
export type ParcelQuery = Static<typeof ParcelQuery>

const ids = Type.Array(Uuid, { minItems: 1, maxItems: parcelsAtOnce, uniqueItems: true })

export const CreateParcels = named(
  'CreateParcels',
  closed({
    orderIds: ids,
    carrierAccountId: Type.Optional(Uuid),
    /** Answers what would become of each order, and makes nothing. */
    dryRun: Type.Optional(Type.Boolean()),
  }),
)
export type CreateParcels = Static<typeof CreateParcels>

export const IntentResult = named(
  'IntentResult',
  Type.Object({
    orderId: Uuid,
    /** The intent, or the parcel that already holds the order; null when there is none. */
    parcelId: nullable(Uuid),
    /** `draft` until the carrier has answered; null when refused. */
    status: nullable(oneOf(parcelStatuses)),
    refusal: nullable(
      Type.Object({ code: Type.String(), params: Type.Optional(Type.Record(Type.String(), Type.Unknown())) }),
    ),
    /** Asked for the order and unknown to the carrier: it is written in the remark, and the door may not hear of it. */
    lackingOptions: Type.Array(oneOf(carrierOptions)),
  }),
)
export type IntentResult = Static<typeof IntentResult>
export const IntentResults = named('IntentResults', Type.Object({ items: Type.Array(ref(IntentResult)) }))
export type IntentResults = Static<typeof IntentResults>

export const labelFormats = ['a4', '100x150'] as const
export type LabelFormat = (typeof labelFormats)[number]
export const CreateLabels = named(
  'CreateLabels',
  closed({ parcelIds: { ...ids, maxItems: 200 }, format: Type.Optional(oneOf(labelFormats)) }),
)
export type CreateLabels = Static<typeof CreateLabels>

export const labelStatuses = ['pending', 'ready', 'failed'] as const
export type LabelStatus = (typeof labelStatuses)[number]
export const LabelSheet = named(
  'LabelSheet',
  Type.Object({
    id: Uuid,
    status: oneOf(labelStatuses),
    format: oneOf(labelFormats),
    parcelIds: Type.Array(Uuid),
    problem: nullable(Type.String()),
    createdAt: Instant,
  }),
)
export type LabelSheet = Static<typeof LabelSheet>

export const CreatePickup = named(
  'CreatePickup',
  closed({ parcelIds: { ...ids, maxItems: 200 }, note: Type.Optional(Text(300)) }),
)
export type CreatePickup = Static<typeof CreatePickup>

/** `unknown`: the carrier was asked and no answer came; asking twice could send two vans. */
export const pickupStatuses = ['requested', 'unknown', 'accepted', 'refused'] as const
export type PickupStatus = (typeof pickupStatuses)[number]
export const Pickup = named(
  'Pickup',
  Type.Object({
    id: Uuid,
    carrierAccountId: Uuid,
    status: oneOf(pickupStatuses),
    /** The carrier's own number of the request. */
    code: nullable(Type.String()),
    problem: nullable(Type.String()),
    parcelIds: Type.Array(Uuid),
    note: nullable(Type.String()),
    createdAt: Instant,
  }),
)
export type Pickup = Static<typeof Pickup>
export const PickupPage = page('PickupPage', ref(Pickup))

/** A word of a carrier that no table of ours knows, or did not until a person said what it means. */
export const UnknownStatus = named(
  'UnknownStatus',
  Type.Object({
    carrierStatus: Type.String(),
    count: Type.Integer(),
    firstSeenAt: Instant,
    lastSeenAt: Instant,
    mappedTo: nullable(oneOf(parcelStatuses)),
    mappedAt: nullable(Instant),
  }),
)
export type UnknownStatus = Static<typeof UnknownStatus>
export const UnknownStatusList = named('UnknownStatusList', Type.Object({ items: Type.Array(ref(UnknownStatus)) }))

/** What a person can say that a word means; `draft` and `unknown` are ours, not a carrier's. */
export const mappableStatuses = parcelStatuses.filter((status) => status !== 'draft' && status !== 'unknown')
export const MapStatus = named(
  'MapStatus',
  closed({ carrierStatus: Type.String({ minLength: 1, maxLength: 120 }), status: oneOf(mappableStatuses) }),
)
export type MapStatus = Static<typeof MapStatus>
