import { type Static, Type } from 'typebox'
import { Instant, Line, Uuid, Version, closed, named, nullable, oneOf, page, ref } from '../schema.ts'

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

/** How well news arrives: the light beside a store. */
export const storeHealths = ['ok', 'quiet', 'late', 'failing', 'unknown'] as const
export type StoreHealth = (typeof storeHealths)[number]

export const Store = named(
  'Store',
  Type.Object({
    id: Uuid,
    platform: oneOf(storePlatforms),
    name: Type.String(),
    shop: nullable(Type.String()),
    status: oneOf(storeStatuses),
    health: oneOf(storeHealths),
    lastEventAt: nullable(Instant),
    lastCheckedAt: nullable(Instant),
    problem: nullable(Type.String()),
    webhookUrl: Type.String(),
    connectedAt: nullable(Instant),
    eraseAfter: nullable(Instant),
    version: Version,
  }),
)
export type Store = Static<typeof Store>
export const StorePage = page('StorePage', ref(Store))

export const StoreCreated = named(
  'StoreCreated',
  Type.Object({
    ...Store.properties,
    /** Shown once. */
    webhookSecret: Type.Optional(nullable(Type.String({ 'x-secret': true }))),
    authorizeUrl: Type.Optional(Type.String()),
  }),
)
export type StoreCreated = Static<typeof StoreCreated>

export const CreateStore = named(
  'CreateStore',
  closed({
    platform: oneOf(storePlatforms),
    name: Line(80),
    /** Shopify's `name.myshopify.com`; absent for the generic hook. */
    shop: Type.Optional(Line(255)),
    credentials: Type.Optional(closed({ webhookSecret: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) })),
  }),
)
export type CreateStore = Static<typeof CreateStore>
