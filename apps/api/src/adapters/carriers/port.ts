import type { Capabilities, CarrierSettings, CredentialField } from '@sendocki/domain/carriers/account'
import type { CarrierCode } from '@sendocki/domain/parcels/carrier'
import type { ParcelStatus } from '@sendocki/domain/parcels/parcel'
import type { LabelFormat } from '@sendocki/domain/parcels/parcel-schema'

export interface RawDelivery {
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly query: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
}

/** What a carrier's word means to us; an unknown one is kept as it is and moves nothing. */
export type CarrierWord =
  | { readonly kind: 'known'; readonly status: ParcelStatus }
  | { readonly kind: 'unknown'; readonly raw: string }

/** One thing a carrier says about one parcel. */
export interface TrackingNews {
  readonly trackingNumber: string
  readonly word: CarrierWord
  /** The carrier's own code or label, always kept beside our status. */
  readonly raw: string
  /** By the carrier's clock, in UTC; null when it does not say. */
  readonly at: string | null
  readonly comment: string | null
  /** The carrier's own count of failed attempts. */
  readonly attempts: number | null
}

export type Verdict = { readonly ok: true; readonly trust: 'signed' | 'unsigned' } | { readonly ok: false }
export type ParsedTracking =
  | { readonly ok: true; readonly news: readonly TrackingNews[] }
  | { readonly ok: false; readonly why: string }

/** The pure half: what the carrier can do, its words, its signature. */
export interface CarrierMap {
  readonly carrier: CarrierCode
  readonly name: string
  readonly capabilities: Capabilities
  readonly credentialFields: readonly CredentialField[]
  /** Which of the credentials signs webhooks. */
  secretsOf(credentials: CarrierCredentials): readonly string[]
  /** Equal for repeats of one delivery. */
  key(delivery: RawDelivery): string
  verify(delivery: RawDelivery, secrets: readonly string[], now: Date): Verdict
  parse(body: Buffer): ParsedTracking
  wordOf(raw: string): CarrierWord
}
export type CarrierMaps = Readonly<Partial<Record<CarrierCode, CarrierMap>>>

export type CarrierCredentials = Readonly<Record<string, string>>

/** What is kept between calls so that a login is not made each time; encrypted with the account. */
export interface CarrierSession {
  readonly token: string | null
}

export interface CarrierConnection {
  readonly credentials: CarrierCredentials
  readonly settings: CarrierSettings
  readonly session: CarrierSession
}

export interface ParcelRequest {
  readonly reference: string
  readonly placeId: string
  readonly recipientName: string
  /** E.164; the adapter prints the carrier's own form. */
  readonly phone: string
  readonly address: string
  readonly amountCentimes: number
  readonly products: readonly { readonly name: string; readonly quantity: number }[]
  readonly comment: string | null
  readonly allowOpen: boolean | null
  readonly allowTry: boolean | null
  /** Tracking number of the parcel that is swapped at the door. */
  readonly exchangeOf: string | null
}

export interface BookedParcel {
  readonly trackingNumber: string
  readonly reference: string | null
  readonly raw: string
  readonly word: CarrierWord
  readonly at: string | null
  readonly feeCentimes: number | null
}

/** A create call that got no answer is `unknown`: only a search may settle it. */
export type BookingResult =
  | { readonly kind: 'accepted'; readonly parcel: BookedParcel }
  | { readonly kind: 'rejected'; readonly reasons: readonly string[] }
  | { readonly kind: 'unknown' }

export interface CarrierPlace {
  readonly id: string
  readonly city: string
  readonly name: string
  readonly arabicName: string | null
  readonly deliveredFeeCentimes: number | null
  /** Where the carrier tells them. */
  readonly refusedFeeCentimes?: number | null
  readonly returnedFeeCentimes?: number | null
  readonly delay: string | null
  readonly pickup: boolean
}

export interface PickupRequest {
  readonly placeId: string
  readonly name: string
  /** E.164 */
  readonly phone: string
  readonly address: string
  readonly note: string
  readonly trackingNumbers: readonly string[]
}

/**
 * An answer that is no success. `credentials`: refused, asking again cannot help · `busy`: too many calls ·
 * `unavailable`: no usable answer, and nothing was done or doing it again is harmless · `refused`: a plain no.
 */
export class CarrierCallFailed extends Error {
  readonly kind: 'credentials' | 'busy' | 'unavailable' | 'refused'
  readonly retryAfterSeconds: number | null
  constructor(kind: CarrierCallFailed['kind'], message: string, retryAfterSeconds: number | null = null) {
    super(message)
    this.kind = kind
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/**
 * The half that talks; exists in jobs only. Each call gives back the session to keep, because any of them may have
 * had to log in again. Throws `CarrierCallFailed`.
 */
export interface CarrierPort {
  connect(connection: CarrierConnection): Promise<CarrierSession>
  places(connection: CarrierConnection): Promise<Kept<readonly CarrierPlace[]>>
  book(connection: CarrierConnection, request: ParcelRequest): Promise<Kept<BookingResult>>
  findByReference(connection: CarrierConnection, reference: string): Promise<Kept<readonly BookedParcel[]>>
  /** All that the carrier says of a parcel, null when it does not know it. */
  track(connection: CarrierConnection, trackingNumber: string): Promise<Kept<readonly TrackingNews[] | null>>
  cancel(connection: CarrierConnection, trackingNumber: string): Promise<Kept<'cancelled' | 'too_late'>>
  label(connection: CarrierConnection, trackingNumbers: readonly string[], format: LabelFormat): Promise<Kept<Buffer>>
  /** The carrier's code of the request; null when no answer came, which must not be repeated blindly. */
  requestPickup(connection: CarrierConnection, pickup: PickupRequest): Promise<Kept<string | null>>
}
export interface Kept<T> {
  readonly value: T
  readonly session: CarrierSession
  /** False when the carrier gave no usable answer: whether it is out of order is counted by this. */
  readonly answered?: boolean
}
export type CarrierPorts = Readonly<Partial<Record<CarrierCode, CarrierPort>>>
