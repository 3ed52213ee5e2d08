import type { StorePlatform } from '@sendocki/domain/stores/store'

/** A request as it came: header names in lower case, the body's exact bytes. */
export interface RawDelivery {
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly query: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
}

/** An order in our words, as a shop tells it. Nothing is guessed: what the shop does not say is null. */
export interface ShopOrder {
  readonly externalId: string
  readonly reference: string
  readonly placedAt: string | null
  /** The shop's own "last changed": an older one never wins over a newer one. */
  readonly updatedAt: string | null
  readonly cancelledAt: string | null
  readonly test: boolean
  readonly currency: string
  readonly totalCentimes: number
  readonly shippingFeeCentimes: number
  readonly discountCentimes: number
  /** What is still to be paid; null when the shop does not say. */
  readonly outstandingCentimes: number | null
  readonly paymentMethod: string | null
  readonly cashOnDelivery: boolean | null
  readonly paymentStatus: string | null
  readonly customer: { readonly name: string | null; readonly email: string | null; readonly phones: readonly string[] }
  readonly address: {
    readonly line: string | null
    readonly city: string | null
    readonly district: string | null
    readonly country: string | null
  }
  readonly lines: readonly {
    readonly externalId: string | null
    readonly sku: string | null
    readonly name: string
    readonly quantity: number
    readonly unitPriceCentimes: number
  }[]
  readonly note: string | null
  readonly source: string | null
  readonly utm: Readonly<Record<string, string>>
  readonly tags: readonly string[]
}

export type PrivacyTopic = 'customer_data' | 'customer_redact' | 'shop_redact'

export type StoreNews =
  | { readonly kind: 'order'; readonly order: ShopOrder }
  | { readonly kind: 'order_deleted'; readonly externalId: string }
  | { readonly kind: 'uninstalled' }
  | {
      readonly kind: 'privacy'
      readonly topic: PrivacyTopic
      readonly customer: {
        readonly externalId: string | null
        readonly email: string | null
        readonly phone: string | null
      } | null
      readonly orderIds: readonly string[]
    }
  /** Understood, and nothing to do (a draft, a ping). */
  | { readonly kind: 'ignored'; readonly why: string }
  /** Not understood: kept, shown, moves nothing. */
  | { readonly kind: 'unknown'; readonly raw: string }

/** What the envelope says, before the body is interpreted. */
export interface DeliveryHead {
  /** Equal for repeats of one delivery; unique per connection. */
  readonly key: string
  readonly topic: string
  readonly shop: string | null
}

export type Verdict = { readonly ok: true; readonly trust: 'signed' | 'unsigned' } | { readonly ok: false }

export type Parsed =
  | { readonly ok: true; readonly news: readonly StoreNews[] }
  | { readonly ok: false; readonly why: string }

/** The pure half of an adapter: envelopes, signatures, words. No network, no clock but the one it is given. */
export interface StoreMap {
  readonly platform: StorePlatform
  head(delivery: RawDelivery): DeliveryHead
  verify(delivery: RawDelivery, secrets: readonly string[], now: Date): Verdict
  parse(topic: string, body: Buffer): Parsed
  /** Hook for the whole app instead of one connection (Shopify's privacy topics); absent elsewhere. */
  readonly oauth?: {
    /** The shop's own host, or null when the text is none. */
    shopOf(text: string): string | null
    authorizeUrl(input: { readonly shop: string; readonly state: string; readonly redirectUrl: string }): string
    /** Whether the call-back was signed by the platform. */
    verifyCallback(query: Readonly<Record<string, string | undefined>>): boolean
  }
}
export type StoreMaps = Readonly<Partial<Record<StorePlatform, StoreMap>>>

export interface StoreCredentials {
  readonly accessToken?: string
  readonly refreshToken?: string
  readonly accessTokenExpiresAt?: string
  readonly webhookSecret?: string
}

export interface StoreConnection {
  readonly shop: string
  readonly credentials: StoreCredentials
  readonly webhookUrl: string
}

/** An answer that is no success. `retry` tells whether another try can help. */
export class StoreCallFailed extends Error {
  readonly kind: 'credentials' | 'busy' | 'unavailable' | 'refused'
  readonly retryAfterSeconds: number | null
  constructor(kind: StoreCallFailed['kind'], message: string, retryAfterSeconds: number | null = null) {
    super(message)
    this.kind = kind
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** The half that talks; exists in jobs only. Throws `StoreCallFailed`. */
export interface StorePort {
  exchangeCode(shop: string, code: string): Promise<StoreCredentials & { readonly scope: string | null }>
  /** New credentials when the old ones are about to end; the old refresh token is dead afterwards. */
  refresh(shop: string, credentials: StoreCredentials): Promise<StoreCredentials>
  /** The shop's display name and currency: the cheapest call that proves the connection. */
  look(connection: StoreConnection): Promise<{ readonly name: string; readonly currency: string | null }>
  /** Makes what is missing, removes what is ours and stale. Safe to repeat. */
  ensureSubscriptions(connection: StoreConnection): Promise<{ readonly topics: readonly string[] }>
  /** Orders changed since, oldest change first. */
  listChanged(
    connection: StoreConnection,
    since: string,
    cursor: string | null,
  ): Promise<{ readonly orders: readonly ShopOrder[]; readonly next: string | null }>
  disconnect(connection: StoreConnection): Promise<void>
}
export type StorePorts = Readonly<Partial<Record<StorePlatform, StorePort>>>
