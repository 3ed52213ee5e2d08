import { type Static, Type } from 'typebox'
import { closed, Instant, Line, named, nullable, oneOf, ref, Uuid, Version } from '../schema.ts'

/**
 * `reconnect`: Meta refused the token. `action_needed`: Meta asks the merchant for something that only they can do
 * there (payment, registration, a locked account). `disconnected`: nothing is sent nor taken any more.
 */
export const numberStatuses = ['connecting', 'connected', 'reconnect', 'action_needed', 'disconnected'] as const
export type NumberStatus = (typeof numberStatuses)[number]

/** What is looked at when a number is connected, in the order in which a person repairs it. */
export const checkKinds = ['token', 'number', 'account', 'subscription', 'templates', 'webhook'] as const
export type CheckKind = (typeof checkKinds)[number]

/** `waiting`: not looked at yet, or waits for a check before it. */
export const checkResults = ['passed', 'failed', 'waiting'] as const
export type CheckResult = (typeof checkResults)[number]

export const NumberCheck = Type.Object({
  kind: oneOf(checkKinds),
  result: oneOf(checkResults),
  /** Meta's own code of the refusal, for the merchant's talk with its support; null when it passed. */
  code: nullable(Type.Integer()),
})
export type NumberCheck = Static<typeof NumberCheck>

/** The six checks with what is known of them; what was not looked at waits. */
export const allChecks = (known: readonly NumberCheck[]): NumberCheck[] =>
  checkKinds.map((kind) => known.find((check) => check.kind === kind) ?? { kind, result: 'waiting', code: null })

export const qualities = ['green', 'yellow', 'red', 'unknown'] as const
export type Quality = (typeof qualities)[number]

/** A number as whoever answers on it needs it: nothing of how it is connected. */
export const WhatsAppNumber = named(
  'WhatsAppNumber',
  Type.Object({
    id: Uuid,
    name: Type.String(),
    status: oneOf(numberStatuses),
    /** Why it does not work: a code of the list of refusals. */
    problem: nullable(Type.String()),
    /** The line itself as Meta prints it, and the name that buyers see; null until the first check. */
    displayPhone: nullable(Type.String()),
    verifiedName: nullable(Type.String()),
    /** Meta's judgement of what buyers think of the messages. */
    quality: oneOf(qualities),
    /** Different people who may be written to first within 24 hours; null while Meta does not say, or without a limit. */
    dailyLimit: nullable(Type.Integer()),
    /** Nothing is sent before: Meta asked to slow down. */
    pausedUntil: nullable(Instant),
    /** Stores whose buyers are written to from this number. */
    storeIds: Type.Array(Uuid),
    createdAt: Instant,
    version: Version,
  }),
)
export type WhatsAppNumber = Static<typeof WhatsAppNumber>
export const WhatsAppNumberList = named('WhatsAppNumberList', Type.Object({ items: Type.Array(ref(WhatsAppNumber)) }))

/** A number as whoever connects it needs it. Token and app secret never come back. */
export const WhatsAppNumberDetail = named(
  'WhatsAppNumberDetail',
  Type.Object({
    ...WhatsAppNumber.properties,
    phoneNumberId: Type.String(),
    businessAccountId: Type.String(),
    /** To be pasted into the app's webhook settings at Meta, when Meta could not be told by itself. */
    webhookUrl: Type.String(),
    verifyToken: Type.String(),
    checks: Type.Array(NumberCheck),
    checkedAt: nullable(Instant),
    webhookVerifiedAt: nullable(Instant),
    lastEventAt: nullable(Instant),
  }),
)
export type WhatsAppNumberDetail = Static<typeof WhatsAppNumberDetail>

const MetaId = Type.String({ pattern: '^[0-9]{5,32}$', maxLength: 32 })
const Secret = Type.String({ minLength: 1, maxLength: 1_000, pattern: '^\\S+$' })

export const CreateWhatsAppNumber = named(
  'CreateWhatsAppNumber',
  closed({
    name: Line(80),
    phoneNumberId: MetaId,
    businessAccountId: MetaId,
    accessToken: Secret,
    appSecret: Secret,
  }),
)
export type CreateWhatsAppNumber = Static<typeof CreateWhatsAppNumber>

export const EditWhatsAppNumber = named(
  'EditWhatsAppNumber',
  closed({
    version: Version,
    name: Type.Optional(Line(80)),
    accessToken: Type.Optional(Secret),
    appSecret: Type.Optional(Secret),
    /** Replaces the list; a store has one number. */
    storeIds: Type.Optional(Type.Array(Uuid, { maxItems: 100, uniqueItems: true })),
  }),
)
export type EditWhatsAppNumber = Static<typeof EditWhatsAppNumber>

/** People who may be written to first within 24 hours, by Meta's word for it; null without a limit. Source: integrations.md 4.7. */
export const dailyLimitOf = (tier: string | null): number | null =>
  ({ TIER_50: 50, TIER_250: 250, TIER_1K: 1_000, TIER_2K: 2_000, TIER_10K: 10_000, TIER_100K: 100_000 })[tier ?? ''] ??
  null

/** Meta's colour, in lower case; any other word is unknown. */
export const qualityOf = (word: string | null): Quality =>
  qualities.find((quality) => quality === word?.toLowerCase()) ?? 'unknown'
