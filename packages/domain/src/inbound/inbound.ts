import { type Static, Type } from 'typebox'
import { closed, Instant, named, nullable, oneOf, page, pageQuery, ref, Uuid } from '../schema.ts'

/** Who sends us deliveries. */
export const connectionKinds = ['store', 'carrier_account', 'whatsapp_number', 'pbx'] as const
export type ConnectionKind = (typeof connectionKinds)[number]

/** How a delivery reached us: sent to our hook, or found by our own reading of the sender's list. */
export const inboundKinds = ['hook', 'poll'] as const
export type InboundKind = (typeof inboundKinds)[number]

/** `failed` was tried in vain and waits for a person. */
export const inboundStatuses = ['waiting', 'processed', 'failed'] as const
export type InboundStatus = (typeof inboundStatuses)[number]

export const trusts = ['signed', 'unsigned'] as const
export type Trust = (typeof trusts)[number]

/** One delivery as it was stored before anything was made of it. */
export const Inbound = named(
  'Inbound',
  Type.Object({
    id: Uuid,
    connectionKind: oneOf(connectionKinds),
    connectionId: Uuid,
    kind: oneOf(inboundKinds),
    topic: Type.String(),
    trust: oneOf(trusts),
    /** What the sender calls the thing that the delivery is about: the shop's order id, the tracking number. */
    subject: nullable(Type.String()),
    status: oneOf(inboundStatuses),
    /** What came of it, in one word (`created`, `updated`, `ignored_older`), or why it failed. */
    outcome: nullable(Type.String()),
    orderId: nullable(Uuid),
    sizeBytes: Type.Integer(),
    receivedAt: Instant,
    processedAt: nullable(Instant),
  }),
)
export type Inbound = Static<typeof Inbound>
export const InboundPage = page('InboundPage', ref(Inbound))

export const InboundDetail = named(
  'InboundDetail',
  Type.Object({
    ...Inbound.properties,
    /** The bytes that came, read as UTF-8; null once they were erased, and for roles that do not see phones. */
    body: nullable(Type.String()),
    bodyErased: Type.Boolean(),
  }),
)
export type InboundDetail = Static<typeof InboundDetail>

export const InboundQuery = closed({
  connectionId: Type.Optional(Uuid),
  status: Type.Optional(oneOf(inboundStatuses)),
  ...pageQuery,
})
export type InboundQuery = Static<typeof InboundQuery>
