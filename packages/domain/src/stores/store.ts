import { type Static, Type } from 'typebox'
import { DeliveryDefaults } from '../orders/options.ts'
import { closed, Instant, Line, named, nullable, oneOf, page, ref, Uuid, Version } from '../schema.ts'
import { defaultCodPatterns } from './cash-on-delivery.ts'

export const storePlatforms = ['shopify', 'youcan', 'woocommerce', 'lightfunnels', 'generic', 'manual'] as const
export type StorePlatform = (typeof storePlatforms)[number]

export const storeStatuses = [
  'connecting',
  'connected',
  'webhook_only',
  'reconnect',
  'uninstalled',
  'disconnected',
] as const
export type StoreStatus = (typeof storeStatuses)[number]

/** How well news arrives: the light beside a store (see health.ts). */
export const storeHealths = ['ok', 'quiet', 'late', 'failing', 'unknown'] as const
export type StoreHealth = (typeof storeHealths)[number]

/** What is wrong with a connection, for the screen to say in words. */
export const storeProblems = [
  'credentials_refused',
  'oauth_refused',
  'scope_missing',
  'shop_unreachable',
  'api_version_retired',
  // Nothing at the address that was given answers as a shop of that platform.
  'shop_not_found',
  // The consent was for another shop than this store's.
  'other_shop',
  // The consent was for a shop that is here already, as another store.
  'shop_known',
] as const
export type StoreProblem = (typeof storeProblems)[number]

/** What a merchant may set on a store. */
export const StoreSettings = closed({
  /** A payment method whose name contains one of these is cash on delivery. */
  codPatterns: Type.Array(Line(60), { maxItems: 20, uniqueItems: true }),
  /** What is asked of every order that does not say otherwise. Left out of a change, it stays as it is. */
  delivery: Type.Optional(DeliveryDefaults),
})
export type StoreSettings = Static<typeof StoreSettings>
export const defaultStoreSettings: StoreSettings = { codPatterns: [...defaultCodPatterns] }

export const Store = named(
  'Store',
  Type.Object({
    id: Uuid,
    platform: oneOf(storePlatforms),
    name: Type.String(),
    shop: nullable(Type.String()),
    status: oneOf(storeStatuses),
    health: oneOf(storeHealths),
    /** The last delivery of the shop that was read. */
    lastEventAt: nullable(Instant),
    /** The last time we read the shop's changes ourselves. */
    lastCheckedAt: nullable(Instant),
    problem: nullable(oneOf(storeProblems)),
    /** Null on a platform without deliveries. */
    webhookUrl: nullable(Type.String()),
    /** Deliveries come unsigned, to a secret address: their orders wait in the tray "to complete". */
    unsigned: Type.Boolean(),
    settings: StoreSettings,
    connectedAt: nullable(Instant),
    /** When credentials, raw deliveries and personal data known only from here go, unless reconnected before. */
    eraseAfter: nullable(Instant),
    erasedAt: nullable(Instant),
    version: Version,
  }),
)
export type Store = Static<typeof Store>
export const StorePage = page('StorePage', ref(Store))

export const StoreCreated = named(
  'StoreCreated',
  Type.Object({
    ...Store.properties,
    /** Shown once. A tool that cannot sign calls the webhook's address with `?key=` and this. */
    webhookSecret: Type.Optional(nullable(Type.String({ 'x-secret': true }))),
    /** Where the browser goes to give the shop's consent; the answer carries the cookie that the return needs. */
    authorizeUrl: Type.Optional(nullable(Type.String({ 'x-secret': true }))),
  }),
)
export type StoreCreated = Static<typeof StoreCreated>

const secret = Type.String({ minLength: 1, maxLength: 200 })

/** Screens to which a shop's consent page may lead the browser back. */
export const consentReturns = ['settings', 'start'] as const
export type ConsentReturnTo = (typeof consentReturns)[number]
const ReturnTo = Type.Optional(
  oneOf(consentReturns, {
    description: "Where the shop's consent page leads back to: the settings, or the first steps",
  }),
)

/** What a shop gave the merchant to give to us. */
export const GivenCredentials = closed({
  /** The shop's own signing secret, alone, makes a webhook-only connection: nothing is called. */
  webhookSecret: Type.Optional(secret),
  /** WooCommerce's keys, both of them, made in the site's own settings. */
  consumerKey: Type.Optional(secret),
  consumerSecret: Type.Optional(secret),
})
export type GivenCredentials = Static<typeof GivenCredentials>

export const CreateStore = named(
  'CreateStore',
  closed({
    platform: oneOf(storePlatforms),
    name: Line(80),
    /** Shopify's `name.myshopify.com`, WooCommerce's site; elsewhere the consent tells which shop it is for. */
    shop: Type.Optional(Line(255)),
    credentials: Type.Optional(GivenCredentials),
    /** Generic hook only: for tools that cannot sign. */
    unsigned: Type.Optional(Type.Boolean()),
    returnTo: ReturnTo,
  }),
)
export type CreateStore = Static<typeof CreateStore>

export const EditStore = named(
  'EditStore',
  closed({ name: Type.Optional(Line(80)), settings: Type.Optional(StoreSettings), version: Version }),
)
export type EditStore = Static<typeof EditStore>

/** A webhook-only connection needs the shop's secret again, WooCommerce may give keys; the others need nothing. */
export const ReconnectStore = named(
  'ReconnectStore',
  closed({ credentials: Type.Optional(GivenCredentials), returnTo: ReturnTo }),
)
export type ReconnectStore = Static<typeof ReconnectStore>

/** A new signing secret: made by us, or pasted for a shop that makes its own. */
export const RotateSecret = named(
  'RotateSecret',
  closed({
    webhookSecret: Type.Optional(secret),
    /** For how long the old one still opens: 0 when it leaked, an hour when only the calendar asks. */
    keepOldForMinutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_440 })),
  }),
)
export type RotateSecret = Static<typeof RotateSecret>

/** From when on the shop's orders are read again; by default from the last check. */
export const SyncStore = named('SyncStore', closed({ since: Type.Optional(Instant) }))
export type SyncStore = Static<typeof SyncStore>
