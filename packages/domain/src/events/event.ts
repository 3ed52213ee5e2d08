import { type Static, Type } from 'typebox'
import type { Permission } from '../permissions.ts'
import { closed, Instant, named, nullable, oneOf, page, pageQuery, ref, Uuid } from '../schema.ts'

export const actorKinds = ['member', 'key', 'system', 'carrier', 'shop', 'customer'] as const
export type ActorKind = (typeof actorKinds)[number]

/** `noun.what_happened`, or `noun.*` for all of a noun where types are asked for. */
const typePattern = '[a-z_]{1,40}\\.(?:[a-z_]{1,40}|\\*)'

const Subject = Type.Object({ kind: Type.String(), id: Uuid })
const Facts = Type.Record(Type.String(), Type.Unknown())

/** An event as integrators and screens that were away read it. It says which order or parcel, never who lives where. */
export const FeedEvent = named(
  'FeedEvent',
  Type.Object({
    id: Uuid,
    type: Type.String(),
    occurredAt: Instant,
    /** Per merchant, in the order of commit. Without gaps for a reader who may read every noun. */
    sequence: Type.Integer(),
    subject: Subject,
    data: Facts,
  }),
)
export type FeedEvent = Static<typeof FeedEvent>
export const FeedPage = named(
  'FeedPage',
  Type.Object({
    items: Type.Array(ref(FeedEvent)),
    /** Null at the end; go on later with `cursor` = `lastSequence`, or the sequence of the last event read. */
    nextCursor: nullable(Type.String()),
    /** The newest sequence of the merchant: where a reader begins who wants only what comes. */
    lastSequence: Type.Integer(),
  }),
)
export type FeedPage = Static<typeof FeedPage>
export const FeedQuery = closed({
  limit: pageQuery.limit,
  cursor: Type.Optional(Type.String({ maxLength: 16, pattern: '^(?:0|[1-9][0-9]{0,14})$', description: 'A sequence' })),
  types: Type.Optional(
    Type.String({ maxLength: 1_000, pattern: `^${typePattern}(?:,${typePattern}){0,19}$`, description: 'By commas' }),
  ),
})
export type FeedQuery = Static<typeof FeedQuery>

/** One line of the audit log: who, what, before and after, when, from where. */
export const AuditEntry = named(
  'AuditEntry',
  Type.Object({
    id: Uuid,
    sequence: Type.Integer(),
    type: Type.String(),
    at: Instant,
    actor: Type.Object({ kind: oneOf(actorKinds), id: nullable(Uuid), name: nullable(Type.String()) }),
    subject: Subject,
    orderId: nullable(Uuid),
    before: nullable(Facts),
    after: nullable(Facts),
    data: nullable(Facts),
    origin: nullable(
      Type.Object({
        address: Type.Optional(Type.String()),
        userAgent: Type.Optional(Type.String()),
        requestId: Type.Optional(Type.String()),
      }),
    ),
  }),
)
export type AuditEntry = Static<typeof AuditEntry>
export const AuditPage = page('AuditPage', ref(AuditEntry))
export const AuditQuery = closed({
  ...pageQuery,
  actorId: Type.Optional(Uuid),
  actorKind: Type.Optional(oneOf(actorKinds)),
  type: Type.Optional(Type.String({ maxLength: 81, pattern: `^${typePattern}$` })),
  subjectKind: Type.Optional(Type.String({ maxLength: 40, pattern: '^[a-z_]+$' })),
  subjectId: Type.Optional(Uuid),
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
})
export type AuditQuery = Static<typeof AuditQuery>

/**
 * What a reader of the feed must be allowed to read for an event of a noun to be shown. A noun that is not here is shown
 * to readers of the audit log only: forgetting one hides it.
 */
const readingPermissions: Readonly<Record<string, Permission>> = {
  order: 'orders.read',
  call: 'orders.read',
  bulk_operation: 'orders.read',
  effect: 'orders.read',
  customer: 'customers.read',
  segment: 'segments.read',
  pipeline: 'pipeline.read',
  stage: 'pipeline.read',
  product: 'products.read',
  shop_product: 'products.read',
  city_spelling: 'orders.read',
  call_settings: 'call_settings.read',
  call_script: 'call_settings.read',
  risk_settings: 'risk.read',
  risk_trial: 'risk.read',
  parcel: 'parcels.read',
  tracking_operation: 'parcels.read',
  carrier_file: 'carriers.read',
  pickup: 'parcels.read',
  label_sheet: 'parcels.read',
  paper: 'parcels.read',
  carrier_account: 'carriers.read',
  collection: 'cash.read',
  collection_operation: 'cash.read',
  ledger_entry: 'cash.read',
  store: 'stores.read',
  inbound: 'inbound.read',
  dead_letter: 'inbound.read',
  onboarding: 'merchant.read',
  sample: 'merchant.read',
  conversation: 'conversations.read',
  quick_reply: 'conversations.read',
  template: 'conversations.read',
  whatsapp_number: 'conversations.read',
  api_key: 'api_keys.read',
}

/** The nouns whose events a reader sees; null when it is all of them. */
export const readableNouns = (permissions: ReadonlySet<Permission> | null): readonly string[] | null => {
  if (permissions === null || permissions.has('audit.read')) return null
  return Object.keys(readingPermissions).filter((noun) => permissions.has(readingPermissions[noun] as Permission))
}

/** What integrators are told of an event: its own facts with what was before and after. */
export const feedData = (event: {
  readonly orderId: string | null
  readonly before: Readonly<Record<string, unknown>> | null
  readonly after: Readonly<Record<string, unknown>> | null
  readonly data: Readonly<Record<string, unknown>> | null
}): Record<string, unknown> => ({
  ...event.data,
  ...(event.orderId ? { orderId: event.orderId } : {}),
  ...(event.before ? { before: event.before } : {}),
  ...(event.after ? { after: event.after } : {}),
})
