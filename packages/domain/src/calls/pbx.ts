import { type Static, Type } from 'typebox'
import { closed, Instant, Line, named, nullable, oneOf, ref, Uuid, Whole } from '../schema.ts'

/*
 * What a telephone exchange (PBX) tells of calls that come in: any that can post JSON and sign it. Our own format, signed
 * as our own hook for orders is. Source: product.md 6.
 */

/** What happens to a call, in the order in which it does. */
export const pbxEvents = ['started', 'answered', 'ended'] as const
export type PbxEvent = (typeof pbxEvents)[number]

/** One delivery of an exchange. Nothing else may stand in it. */
export const PbxNews = closed({
  /** What the exchange calls this call; the same in all that it tells of it. */
  callId: Line(100),
  event: oneOf(pbxEvents),
  /** Who calls, in any notation. */
  from: Line(60),
  /** The address by which whoever answers signs in here. */
  agent: Type.Optional(Line(254)),
  /** When it happened; the time of arrival where it is left out. */
  at: Type.Optional(Instant),
})
export type PbxNews = Static<typeof PbxNews>

/** A call that ended stays ended, whatever comes late. */
export const pbxStatusAfter = (before: PbxEvent | null, told: PbxEvent): PbxEvent =>
  before !== null && pbxEvents.indexOf(before) >= pbxEvents.indexOf(told) ? before : told

/** How long a call that rings or is talked on is shown when nobody tells that it ended, in minutes. */
export const pbxLiveMinutes = { started: 3, answered: 60 } as const

/** The address to which the merchant's exchange posts; null while there is none. */
const PbxHook = Type.Object({
  url: Type.String(),
  createdAt: Instant,
  /** When the exchange was last heard of. */
  lastEventAt: nullable(Instant),
})
export const PbxState = named('PbxState', Type.Object({ hook: nullable(PbxHook) }))
export type PbxState = Static<typeof PbxState>

export const PbxCreated = named(
  'PbxCreated',
  Type.Object({
    ...PbxHook.properties,
    secret: nullable(Type.String({ 'x-secret': true, description: 'Shown once; null in a repeated answer' })),
  }),
)
export type PbxCreated = Static<typeof PbxCreated>

/** A call that comes in now. Its number is shown by nobody: whoever opens it has the hand on the customer. */
export const IncomingCall = named(
  'IncomingCall',
  Type.Object({
    id: Uuid,
    status: oneOf(['started', 'answered'] as const),
    startedAt: Instant,
    /** Whose number it is; null when no customer has it. */
    customer: nullable(Type.Object({ id: Uuid, name: Type.String() })),
    orderCount: Whole,
    /** Whether the exchange says that the reader answers it. */
    isMine: Type.Boolean(),
  }),
)
export type IncomingCall = Static<typeof IncomingCall>
export const IncomingCallList = named('IncomingCallList', Type.Object({ items: Type.Array(ref(IncomingCall)) }))
export type IncomingCallList = Static<typeof IncomingCallList>
