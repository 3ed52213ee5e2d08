import { type Static, Type } from 'typebox'
import { PayoutRhythm } from '../cash/payout.ts'
import { carrierCodes } from '../parcels/carrier.ts'
import { closed, Day, Instant, Line, named, nullable, oneOf, page, pageQuery, ref, Uuid, Version } from '../schema.ts'

/** What an adapter can do; the app hides what is absent instead of failing. Source: integrations.md 2.10. */
export const Capabilities = Type.Object({
  /** Parcels are created and read by calling it. Without it people type, paste or load what the carrier says. */
  api: Type.Boolean(),
  labels: Type.Boolean(),
  pickups: Type.Boolean(),
  cancel: Type.Boolean(),
  webhook: Type.Boolean(),
  remittance: Type.Boolean(),
  /** Parcels must say at which of the carrier's places they are handed over. */
  pickupPlace: Type.Boolean(),
  wholeDirhams: Type.Boolean(),
  agencyDelivery: Type.Boolean(),
  localPhones: Type.Boolean(),
  allowOpen: Type.Boolean(),
  allowTry: Type.Boolean(),
  fragile: Type.Boolean(),
  exchange: Type.Boolean(),
})
export type Capabilities = Static<typeof Capabilities>

export const CredentialField = Type.Object({
  name: Type.String(),
  /** Hidden while it is typed. */
  secret: Type.Boolean(),
})
export type CredentialField = Static<typeof CredentialField>

export const Carrier = named(
  'Carrier',
  Type.Object({
    carrier: oneOf(carrierCodes),
    name: Type.String(),
    capabilities: Capabilities,
    credentialFields: Type.Array(CredentialField),
  }),
)
export type Carrier = Static<typeof Carrier>
export const CarrierList = named('CarrierList', Type.Object({ items: Type.Array(ref(Carrier)) }))

/** `reconnect`: the carrier refused the credentials. `disabled`: nothing new is shipped, parcels on their way are followed. */
export const accountStatuses = ['connecting', 'connected', 'reconnect', 'disabled'] as const
export type AccountStatus = (typeof accountStatuses)[number]

/** Where and by whom parcels are handed over. `placeId` is the carrier's own id of a pick-up district. */
export const CarrierSettings = closed({
  pickupPlaceId: Type.Optional(nullable(Line(40))),
  pickupName: Type.Optional(nullable(Line(120))),
  pickupPhone: Type.Optional(nullable(Line(40))),
  pickupAddress: Type.Optional(nullable(Line(300))),
  /** Days from a delivery to the carrier's payment; unknown until somebody says it. */
  payoutDays: Type.Optional(nullable(Type.Integer({ minimum: 0, maximum: 90 }))),
  /** The days on which it pays; unknown until somebody says it. */
  payoutRhythm: Type.Optional(nullable(PayoutRhythm)),
  /** Calls an hour that the carrier allows this account. */
  callsPerHour: Type.Optional(Type.Integer({ minimum: 10, maximum: 100_000 })),
  /** The carrier's panel signs its webhooks. Without it each event is confirmed by reading the parcel. */
  signedWebhook: Type.Optional(Type.Boolean()),
})
export type CarrierSettings = Static<typeof CarrierSettings>

const fields = {
  id: Uuid,
  carrier: oneOf(carrierCodes),
  name: Type.String(),
  status: oneOf(accountStatuses),
  /** Why it does not work: a code of the list of refusals. */
  problem: nullable(Type.String()),
  settings: Type.Object({
    pickupPlaceId: nullable(Type.String()),
    pickupName: nullable(Type.String()),
    pickupPhone: nullable(Type.String()),
    pickupAddress: nullable(Type.String()),
    payoutDays: nullable(Type.Integer()),
    payoutRhythm: nullable(PayoutRhythm),
    callsPerHour: Type.Integer(),
    signedWebhook: Type.Boolean(),
  }),
  /** Own fleet: the member who drives. The parcels of the account are that person's deliveries. */
  driverMemberId: nullable(Uuid),
  webhookUrl: Type.String(),
  placesSyncedAt: nullable(Instant),
  placeCount: Type.Integer(),
  /** Matches that wait for a person, and words that nobody has explained. */
  weakMatchCount: Type.Integer(),
  unknownStatusCount: Type.Integer(),
  lastEventAt: nullable(Instant),
  createdAt: Instant,
  version: Version,
}
export const CarrierAccount = named('CarrierAccount', Type.Object(fields))
export type CarrierAccount = Static<typeof CarrierAccount>
export const CarrierAccountPage = page('CarrierAccountPage', ref(CarrierAccount))

const Credentials = Type.Record(
  Type.String({ pattern: '^[A-Za-z][A-Za-z0-9]{0,39}$' }),
  Type.String({ minLength: 1, maxLength: 500 }),
  { maxProperties: 10 },
)

export const CreateCarrierAccount = named(
  'CreateCarrierAccount',
  closed({
    carrier: oneOf(carrierCodes),
    name: Line(80),
    /** Exactly what `GET /carriers` lists; none for a carrier without API. */
    credentials: Type.Optional(Credentials),
    settings: Type.Optional(CarrierSettings),
    driverMemberId: Type.Optional(nullable(Uuid)),
  }),
)
export type CreateCarrierAccount = Static<typeof CreateCarrierAccount>

export const EditCarrierAccount = named(
  'EditCarrierAccount',
  closed({
    version: Version,
    name: Type.Optional(Line(80)),
    credentials: Type.Optional(Credentials),
    settings: Type.Optional(CarrierSettings),
    driverMemberId: Type.Optional(nullable(Uuid)),
    disabled: Type.Optional(Type.Boolean()),
  }),
)
export type EditCarrierAccount = Static<typeof EditCarrierAccount>

/** How surely a city of ours is a place of the carrier's: by name, by likeness, or because somebody said so. */
export const matchStrengths = ['exact', 'weak', 'chosen'] as const
export type MatchStrength = (typeof matchStrengths)[number]

/** What the carrier takes for each way a parcel can end; they exclude one another. Source: product.md 8. */
const fees = {
  deliveredFeeCentimes: nullable(Type.Integer({ 'x-mask': 'cost' })),
  refusedFeeCentimes: nullable(Type.Integer({ 'x-mask': 'cost' })),
  returnedFeeCentimes: nullable(Type.Integer({ 'x-mask': 'cost' })),
}

export const CarrierPlaceView = named(
  'CarrierPlace',
  Type.Object({
    placeId: Type.String(),
    city: Type.String(),
    name: Type.String(),
    arabicName: nullable(Type.String()),
    ...fees,
    delay: nullable(Type.String()),
    pickup: Type.Boolean(),
    /** Not in the carrier's list any more. */
    vanishedAt: nullable(Instant),
    /** Which of our cities it stands for; null for a place that none was found for. */
    match: nullable(
      Type.Object({ cityId: Type.String(), district: nullable(Type.String()), strength: oneOf(matchStrengths) }),
    ),
  }),
)
export type CarrierPlaceView = Static<typeof CarrierPlaceView>
export const CarrierPlacePage = page('CarrierPlacePage', ref(CarrierPlaceView))

export const placeReviews = ['weak', 'unmatched', 'matched'] as const
export const CarrierPlaceQuery = closed({
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
  review: Type.Optional(oneOf(placeReviews)),
  pickup: Type.Optional(Type.Boolean()),
  ...pageQuery,
})
export type CarrierPlaceQuery = Static<typeof CarrierPlaceQuery>

/** Says which city of ours a place of the carrier's is; null takes a match back. */
export const MatchPlaces = named(
  'MatchPlaces',
  closed({
    matches: Type.Array(
      closed({
        placeId: Line(40),
        cityId: nullable(Line(80)),
        district: Type.Optional(nullable(Line(120))),
      }),
      { minItems: 1, maxItems: 200 },
    ),
  }),
)
export type MatchPlaces = Static<typeof MatchPlaces>

export const CarrierFee = Type.Object({
  cityId: Type.String(),
  district: nullable(Type.String()),
  placeId: Type.String(),
  placeName: Type.String(),
  ...fees,
  /** The first day of these fees; null where the carrier says itself what it takes now. */
  feesFrom: nullable(Day),
  delay: nullable(Type.String()),
})
export type CarrierFee = Static<typeof CarrierFee>
export const CarrierFeeList = page('CarrierFeeList', CarrierFee)
export const CarrierFeeQuery = closed({
  cityId: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
  /** The fees of this day, today unless said. */
  on: Type.Optional(Day),
  ...pageQuery,
})
export type CarrierFeeQuery = Static<typeof CarrierFeeQuery>

const Fee = nullable(Type.Integer({ minimum: 0, maximum: 99_999_999 }))
/** What a place of a carrier without API costs from a day on; null for what nobody has said. */
export const SetCarrierFee = named(
  'SetCarrierFee',
  closed({
    placeId: Line(40),
    /** The first day of these fees, in Morocco: today or later. */
    validFrom: Day,
    deliveredFeeCentimes: Fee,
    refusedFeeCentimes: Fee,
    returnedFeeCentimes: Fee,
  }),
)
export type SetCarrierFee = Static<typeof SetCarrierFee>
