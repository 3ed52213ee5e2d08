import { type Static, Type } from 'typebox'
import { CreateOrder } from '../orders/order.ts'
import { closed, Email, Instant, Line, named, nullable, oneOf, page, pageQuery, ref, Uuid, Version } from '../schema.ts'
import { proposals } from './answers.ts'
import { directions, messageKinds, messageStatuses } from './message.ts'

/** `no_reply`: the buyer wrote last. */
export const conversationFilters = ['all', 'unread', 'mine', 'no_reply'] as const
export type ConversationFilter = (typeof conversationFilters)[number]

export const Conversation = named(
  'Conversation',
  Type.Object({
    id: Uuid,
    numberId: Uuid,
    contact: Type.Object({
      id: Uuid,
      /** The customer's name, else the one that the buyer chose on WhatsApp; null while neither is known. */
      name: nullable(Type.String()),
      /** E.164, or a mask; null for a buyer who hides it behind a user name. */
      phone: nullable(Type.String({ 'x-mask': 'phone' })),
      phoneMasked: Type.Boolean({ 'x-mask': 'phone' }),
      optedOutAt: nullable(Instant),
      /** Since when messages cannot reach this number on WhatsApp. */
      unreachableAt: nullable(Instant),
    }),
    customerId: nullable(Uuid),
    /** The customer's newest order. */
    order: nullable(Type.Object({ id: Uuid, number: Type.Integer(), stageId: Uuid })),
    assignee: nullable(Type.Object({ id: Uuid, name: Type.String() })),
    last: nullable(
      Type.Object({
        text: nullable(Type.String()),
        kind: oneOf(messageKinds),
        direction: oneOf(directions),
        status: oneOf(messageStatuses),
      }),
    ),
    lastAt: Instant,
    unreadCount: Type.Integer(),
    /** Since when the buyer waits for an answer. */
    waitingSince: nullable(Instant),
    /** What a free text of the buyer seems to say of the newest order. */
    proposal: nullable(oneOf(proposals)),
    /** Until when free text may be written; null or past: templates only. */
    windowEndsAt: nullable(Instant),
  }),
)
export type Conversation = Static<typeof Conversation>
export const ConversationPage = page('ConversationPage', ref(Conversation))
export const ConversationQuery = closed({
  filter: Type.Optional(oneOf(conversationFilters)),
  numberId: Type.Optional(Uuid),
  customerId: Type.Optional(Uuid),
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
  ...pageQuery,
})
export type ConversationQuery = Static<typeof ConversationQuery>

const Capped = Type.Object({ count: Type.Integer(), capped: Type.Boolean() })
export const ConversationCounts = named(
  'ConversationCounts',
  Type.Object({ unread: Capped, mine: Capped, noReply: Capped }),
)
export type ConversationCounts = Static<typeof ConversationCounts>

/** Opens the conversation with a customer, made if there is none. Without a number: the one of the newest order's store, or the only one. */
export const StartConversation = named('StartConversation', closed({ customerId: Uuid, numberId: Type.Optional(Uuid) }))
export type StartConversation = Static<typeof StartConversation>

export const AssignConversation = named('AssignConversation', closed({ memberId: nullable(Uuid) }))
export type AssignConversation = Static<typeof AssignConversation>

/** An order of whoever the conversation is with. Their number is known: it is said only where WhatsApp hides it. */
export const CreateConversationOrder = named(
  'CreateConversationOrder',
  closed({
    ...CreateOrder.properties,
    customer: closed({
      name: Line(120),
      phone: Type.Optional(Line(60)),
      alternatePhone: Type.Optional(Line(60)),
      email: Type.Optional(Email),
    }),
  }),
)
export type CreateConversationOrder = Static<typeof CreateConversationOrder>

export const QuickReply = named(
  'QuickReply',
  Type.Object({ id: Uuid, name: Type.String(), text: Type.String(), version: Version }),
)
export type QuickReply = Static<typeof QuickReply>
export const QuickReplyList = named('QuickReplyList', Type.Object({ items: Type.Array(ref(QuickReply)) }))
export const SaveQuickReply = named(
  'SaveQuickReply',
  closed({ name: Line(40), text: Type.String({ minLength: 1, maxLength: 1_000, pattern: '\\S' }) }),
)
export type SaveQuickReply = Static<typeof SaveQuickReply>

const digitsOf = (text: string): string => text.replace(/\D/g, '')

/** Signs that people write inside a number. */
const numberRun = /\+?\d[\d\s().\-/]{5,}\d/g

/**
 * A text as a role that does not see phones reads it: whatever in it is the buyer's own number is dots. A name that is
 * nothing but the number is nothing.
 */
export const withoutPhone = (text: string, phone: string | null): string =>
  phone === null
    ? text
    : text.replace(numberRun, (run) =>
        digitsOf(phone).endsWith(digitsOf(run).replace(/^(?:00212|212|0)+/, '')) ? '•'.repeat(run.length) : run,
      )
