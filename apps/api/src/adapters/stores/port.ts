import type { Trust } from '@sendocki/domain/inbound/inbound'
import type { StorePlatform, StoreSettings } from '@sendocki/domain/stores/store'

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
  /** Every phone that was typed anywhere, the likeliest first, as it was written. */
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
  /** The shop's id of the order, when a glance tells it: its deliveries are then read one after the other. */
  readonly subject: string | null
  /** When the sender says that it happened. */
  readonly sentAt: string | null
}

/** How a connection's deliveries are recognised. */
export interface HookKeys {
  /** One, or two during a rotation. */
  readonly secrets: readonly string[]
  /** The connection was made for a tool that cannot sign: the secret stands in the address. */
  readonly unsigned: boolean
}
export type Verdict =
  /** `matched` names an unusual way in which the signature was right, for the log. */
  { readonly ok: true; readonly trust: Trust; readonly matched?: string } | { readonly ok: false }

/** A stored delivery, read later. */
export interface StoredDelivery {
  readonly topic: string
  readonly key: string
  readonly sentAt: string | null
  readonly receivedAt: string
  readonly body: Buffer
}
export type Parsed =
  | { readonly ok: true; readonly news: readonly StoreNews[] }
  | { readonly ok: false; readonly why: string }

/** The pure half of an adapter: envelopes, signatures, words. No network, no clock but the one it is given. */
export interface StoreMap {
  readonly platform: StorePlatform
  /** With which our own app's deliveries are signed, the current one first; empty where every shop has its own. */
  readonly appSecrets: readonly string[]
  head(delivery: RawDelivery): DeliveryHead
  verify(delivery: RawDelivery, keys: HookKeys, now: Date): Verdict
  parse(delivery: StoredDelivery, settings: StoreSettings): Parsed
  /** A greeting of the platform that carries nothing and cannot be signed: answered, and not stored. */
  isGreeting?(delivery: RawDelivery): boolean
  /**
   * The shop's own name from what a person types, or null when the text is none. Absent on platforms where the consent
   * tells which shop it is for. Throws `url.not_allowed` for an address that is never called.
   */
  shopOf?(text: string): string | null
  /** Absent when our app is not registered with the platform: then only webhook-only connections are possible. */
  readonly consent?: Consent
}

type Query = Readonly<Record<string, string | undefined>>

export interface ConsentRequest {
  /** Empty where the consent page lets its owner choose the shop. */
  readonly shop: string
  readonly state: string
  /** Where the browser comes back to. */
  readonly redirectUrl: string
  /** Where the shop's own server hands keys over; only on platforms that do. */
  readonly keysUrl: string
}

/** How a shop's owner lets us in by a click. */
export interface Consent {
  /** `code`: the browser brings a code to be exchanged for tokens. `keys`: the shop's server posts keys to us before. */
  readonly gives: 'code' | 'keys'
  authorizeUrl(request: ConsentRequest): string
  /** The state that came back. */
  stateOf(query: Query): string | undefined
  /** Whether the platform itself sent the browser back, for this shop, with a yes. */
  isGranted(query: Query, shop: string | null): boolean
  /** Reads what the shop's server posted; null when it is no such hand-over. */
  keysOf?(delivery: RawDelivery): { readonly state: string; readonly credentials: StoreCredentials } | null
}
export type StoreMaps = Readonly<Partial<Record<StorePlatform, StoreMap>>>

/** Kept encrypted with the store. */
export interface StoreCredentials {
  /** Given by the platform's consent page, exchanged once for tokens. */
  readonly authorizationCode?: string
  readonly accessToken?: string
  readonly refreshToken?: string
  readonly accessTokenExpiresAt?: string
  /** WooCommerce's pair of keys. */
  readonly consumerKey?: string
  readonly consumerSecret?: string
  /** Given, and not yet tried: the connection begins with them. */
  readonly unproved?: true
  readonly webhookSecret?: string
  readonly previousWebhookSecret?: string
  readonly previousWebhookSecretUntil?: string
}

export interface StoreConnection {
  readonly shop: string
  readonly credentials: StoreCredentials
  readonly webhookUrl: string
}

/** An answer that is no success. */
export class StoreCallFailed extends Error {
  /** `credentials`: the consent is gone · `busy`, `unavailable`: later may help · `refused`: it will not. */
  readonly kind: 'credentials' | 'busy' | 'unavailable' | 'refused'
  readonly retryAfterSeconds: number | null
  constructor(kind: StoreCallFailed['kind'], message: string, retryAfterSeconds: number | null = null) {
    super(message)
    this.kind = kind
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export interface StoreTokens {
  readonly accessToken: string
  readonly refreshToken?: string
  readonly accessTokenExpiresAt?: string
}

/** What a shop says of itself. */
export interface ShopSeen {
  /** The name by which we know the shop again. */
  readonly shop: string
  readonly name: string
  readonly currency: string | null
  /** The platform answers in a newer version than we asked for. */
  readonly retired: boolean
}

/** One version of an order in the shop's list, in the shop's own format: stored and read like a delivery. */
export interface ChangedOrder {
  readonly externalId: string
  /** The shop's own "last changed"; where it has none, a fingerprint of what the order says. */
  readonly updatedAt: string
  readonly topic: string
  readonly body: Buffer
}

export interface ChangedOrders {
  readonly orders: readonly ChangedOrder[]
  /** Of the next page; null on the last one. */
  readonly next: string | null
  /** Reading on from this moment misses nothing, should the pages be left here; null where they go back in time. */
  readonly upTo: string | null
}

/** The half that talks; exists in jobs only. Throws `StoreCallFailed`. */
export interface StorePort {
  /** Absent where a shop hands over keys. `scopes` is null when the platform does not say what it granted. */
  exchangeCode?(
    given: { readonly shop: string; readonly code: string; readonly redirectUrl: string },
    now: Date,
  ): Promise<StoreTokens & { readonly scopes: readonly string[] | null }>
  /** What a working connection was granted at least. */
  readonly neededScopes: readonly string[]
  /** New tokens when the old ones are about to end; the old refresh token is dead afterwards. Absent where none end. */
  refresh?(shop: string, refreshToken: string, now: Date): Promise<StoreTokens>
  /** The cheapest call that proves the connection. */
  look(connection: StoreConnection): Promise<ShopSeen>
  /** Makes what is missing, removes what is ours and stale. Safe to repeat. */
  ensureSubscriptions(connection: StoreConnection): Promise<{ readonly topics: readonly string[] }>
  /** Orders changed since, the oldest first. */
  listChanged(connection: StoreConnection, since: string, cursor: string | null): Promise<ChangedOrders>
  /** Ends the subscriptions of this connection. */
  disconnect(connection: StoreConnection): Promise<void>
}
export type StorePorts = Readonly<Partial<Record<StorePlatform, StorePort>>>
