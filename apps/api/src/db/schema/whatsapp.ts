import { type Proposal, proposals } from '@sendocki/domain/whatsapp/answers'
import type { FilledCard, TemplateCard } from '@sendocki/domain/whatsapp/carousel'
import { type MediaKind, type MediaStatus, mediaKinds, mediaStatuses } from '@sendocki/domain/whatsapp/media'
import {
  type Direction,
  directions,
  type MessageKind,
  type MessageStatus,
  messageKinds,
  messageStatuses,
} from '@sendocki/domain/whatsapp/message'
import {
  type NumberCheck,
  type NumberStatus,
  numberStatuses,
  type Quality,
  qualities,
} from '@sendocki/domain/whatsapp/number'
import { type TemplateState, templateStates } from '@sendocki/domain/whatsapp/template'
import type { TemplateField } from '@sendocki/domain/whatsapp/variables'
import { isNotNull, sql } from 'drizzle-orm'
import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytes, byteText, checkOneOf, id, instant } from '../columns.ts'
import { members } from './members.ts'
import { merchantId } from './platform.ts'
import { stores } from './stores.ts'

/** A line of WhatsApp that the merchant writes from. Token, app secret and verify token are encrypted together. */
export const whatsappNumbers = pgTable(
  'whatsapp_numbers',
  {
    merchantId: merchantId(),
    id: id(),
    name: text().notNull(),
    phoneNumberId: text().notNull(),
    businessAccountId: text().notNull(),
    credentials: bytes().notNull(),
    status: text().$type<NumberStatus>().notNull(),
    problem: text(),
    displayPhone: text(),
    verifiedName: text(),
    quality: text().$type<Quality>().notNull(),
    limitTier: text(),
    checks: jsonb().$type<readonly NumberCheck[]>().notNull(),
    pausedUntil: instant(),
    checkedAt: instant(),
    webhookVerifiedAt: instant(),
    lastEventAt: instant(),
    createdAt: instant().notNull(),
    version: integer().notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('whatsapp_numbers_line').on(t.merchantId, t.phoneNumberId),
    // A delivery names a number before anything is known of its merchant.
    index('whatsapp_numbers_by_id').on(t.id, t.merchantId),
    index('whatsapp_numbers_account').on(t.merchantId, t.businessAccountId),
    checkOneOf('whatsapp_numbers_status_known', t.status, numberStatuses),
    checkOneOf('whatsapp_numbers_quality_known', t.quality, qualities),
  ],
)

/** From which number the buyers of a store are written to. */
export const whatsappStoreNumbers = pgTable(
  'whatsapp_store_numbers',
  { merchantId: merchantId(), storeId: uuid().notNull(), numberId: uuid().notNull() },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.storeId] }),
    index('whatsapp_store_numbers_number').on(t.merchantId, t.numberId),
    foreignKey({ columns: [t.merchantId, t.storeId], foreignColumns: [stores.merchantId, stores.id] }),
    foreignKey({
      columns: [t.merchantId, t.numberId],
      foreignColumns: [whatsappNumbers.merchantId, whatsappNumbers.id],
    }),
  ],
)

/** A template of a business account, in one language. Numbers of the same account share it. */
export const whatsappTemplates = pgTable(
  'whatsapp_templates',
  {
    merchantId: merchantId(),
    id: id(),
    businessAccountId: text().notNull(),
    name: byteText().notNull(),
    language: text().notNull(),
    metaId: text(),
    category: text().notNull(),
    state: text().$type<TemplateState>().notNull(),
    reason: text(),
    quality: text(),
    header: text(),
    body: text().notNull(),
    footer: text(),
    /** What stands under the text: the words of buttons, or the cards of a carousel, which have their own. */
    buttons: jsonb().$type<readonly string[] | readonly TemplateCard[]>().notNull(),
    variables: jsonb().$type<readonly TemplateField[]>().notNull(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
    version: integer().notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('whatsapp_templates_name').on(t.merchantId, t.businessAccountId, t.name, t.language),
    index('whatsapp_templates_listed').on(t.merchantId, t.name, t.id),
    index('whatsapp_templates_meta').on(t.merchantId, t.metaId),
    checkOneOf('whatsapp_templates_state_known', t.state, templateStates),
  ],
)

/** Somebody on WhatsApp: known by phone, by Meta's id of theirs, or by both. The customer is whoever has that phone. */
export const whatsappContacts = pgTable(
  'whatsapp_contacts',
  {
    merchantId: merchantId(),
    id: id(),
    /** E.164; absent for people who chose a user name. */
    phone: text(),
    /** Meta's id of the person towards this business (`MA.…`). */
    userId: text(),
    /** The name that they chose on WhatsApp. */
    profileName: text(),
    optedOutAt: instant(),
    /** Since when Meta says that nothing reaches this phone. */
    unreachableAt: instant(),
    createdAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('whatsapp_contacts_phone').on(t.merchantId, t.phone),
    uniqueIndex('whatsapp_contacts_user').on(t.merchantId, t.userId),
  ],
)

/** What one of our numbers and a contact say to each other. The newest message and the counters are kept here for the list. */
export const conversations = pgTable(
  'conversations',
  {
    merchantId: merchantId(),
    id: id(),
    numberId: uuid().notNull(),
    contactId: uuid().notNull(),
    assigneeId: uuid(),
    lastAt: instant().notNull(),
    lastMessageId: uuid(),
    /** The buyer's own last message: the window of 24 hours begins there. */
    lastInboundAt: instant(),
    unreadCount: integer().notNull().default(0),
    waitingSince: instant(),
    proposal: text().$type<Proposal>(),
    createdAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('conversations_pair').on(t.merchantId, t.numberId, t.contactId),
    index('conversations_contact').on(t.merchantId, t.contactId),
    index('conversations_newest').on(t.merchantId, t.lastAt, t.id),
    index('conversations_number').on(t.merchantId, t.numberId, t.lastAt, t.id),
    index('conversations_assignee').on(t.merchantId, t.assigneeId, t.lastAt, t.id),
    index('conversations_unread').on(t.merchantId, t.lastAt, t.id).where(sql`unread_count > 0`),
    index('conversations_waiting').on(t.merchantId, t.lastAt, t.id).where(sql`waiting_since is not null`),
    foreignKey({
      columns: [t.merchantId, t.numberId],
      foreignColumns: [whatsappNumbers.merchantId, whatsappNumbers.id],
    }),
    foreignKey({
      columns: [t.merchantId, t.contactId],
      foreignColumns: [whatsappContacts.merchantId, whatsappContacts.id],
    }),
    foreignKey({ columns: [t.merchantId, t.assigneeId], foreignColumns: [members.merchantId, members.id] }),
    checkOneOf('conversations_proposal_known', t.proposal, proposals),
  ],
)

/**
 * A file: what a buyer sent, whose bytes come after their message, or what colleagues send. A few kilobytes each, most of
 * the time; they go with what was said when a person is forgotten.
 */
export const whatsappMedia = pgTable(
  'whatsapp_media',
  {
    merchantId: merchantId(),
    id: id(),
    kind: text().$type<MediaKind>().notNull(),
    status: text().$type<MediaStatus>().notNull(),
    problem: text(),
    /** By which line and under which id Meta hands out what a buyer sent. */
    numberId: uuid(),
    metaId: text(),
    type: text(),
    fileName: text(),
    size: integer(),
    bytes: bytes(),
    /** What colleagues call it, once they keep it. */
    name: text(),
    createdAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index('whatsapp_media_named').on(t.merchantId, t.name, t.id).where(isNotNull(t.name)),
    // What waits for its number to be connected again.
    index('whatsapp_media_number').on(t.merchantId, t.numberId),
    // What was uploaded and perhaps never sent.
    index('whatsapp_media_uploaded').on(t.merchantId, t.createdAt).where(sql`number_id is null and name is null`),
    foreignKey({
      columns: [t.merchantId, t.numberId],
      foreignColumns: [whatsappNumbers.merchantId, whatsappNumbers.id],
    }),
    checkOneOf('whatsapp_media_kind_known', t.kind, mediaKinds),
    checkOneOf('whatsapp_media_status_known', t.status, mediaStatuses),
  ],
)

/** What is sent, beside the words: what Meta needs of a template, what a buyer's message holds. */
export interface MessageDetails {
  readonly template?: {
    readonly name: string
    readonly language: string
    readonly values: readonly string[]
    readonly payloads: readonly string[]
  }
  /** The cards of a carousel as they were sent, with what fills the variables of each; without values it has none. */
  readonly cards?: readonly (FilledCard & { readonly values?: readonly string[] })[]
  readonly buttons?: readonly string[]
  readonly location?: { readonly latitude: number; readonly longitude: number; readonly name: string | null }
  /** What came with a button that a buyer pressed. */
  readonly payload?: string
  /** The run of an automation that it was sent for. */
  readonly runId?: string
}

/** One message of a conversation, or a note beside it. Its id is what Meta is told as our opaque id. */
export const messages = pgTable(
  'messages',
  {
    merchantId: merchantId(),
    id: id(),
    conversationId: uuid().notNull(),
    direction: text().$type<Direction>().notNull(),
    kind: text().$type<MessageKind>().notNull(),
    text: text(),
    details: jsonb().$type<MessageDetails>().notNull(),
    /** Meta's id, once it is known. */
    metaId: byteText(),
    quotedId: uuid(),
    /** Which of its buttons the buyer chose: its words, or card and place of one that stands on a card. */
    chosen: text(),
    status: text().$type<MessageStatus>().notNull(),
    problem: text(),
    metaCode: integer(),
    /** What Meta counts it as when it bills (`utility`, `marketing`, `service`); null until it says so. */
    billedAs: text(),
    authorId: uuid(),
    orderId: uuid(),
    mediaId: uuid(),
    at: instant().notNull(),
    sentAt: instant(),
    deliveredAt: instant(),
    readAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex('messages_meta').on(t.merchantId, t.metaId),
    index('messages_conversation').on(t.merchantId, t.conversationId, t.at, t.id),
    // What waits for its number to be connected again.
    index('messages_queued').on(t.merchantId, t.conversationId).where(sql`status = 'queued'`),
    index('messages_author').on(t.merchantId, t.authorId),
    index('messages_order').on(t.merchantId, t.orderId).where(isNotNull(t.orderId)),
    index('messages_media').on(t.merchantId, t.mediaId).where(isNotNull(t.mediaId)),
    foreignKey({
      columns: [t.merchantId, t.conversationId],
      foreignColumns: [conversations.merchantId, conversations.id],
    }),
    foreignKey({ columns: [t.merchantId, t.authorId], foreignColumns: [members.merchantId, members.id] }),
    foreignKey({ columns: [t.merchantId, t.mediaId], foreignColumns: [whatsappMedia.merchantId, whatsappMedia.id] }),
    checkOneOf('messages_direction_known', t.direction, directions),
    checkOneOf('messages_kind_known', t.kind, messageKinds),
    checkOneOf('messages_status_known', t.status, messageStatuses),
  ],
)

/** Texts that colleagues send again and again. */
export const quickReplies = pgTable(
  'quick_replies',
  {
    merchantId: merchantId(),
    id: id(),
    name: text().notNull(),
    text: text().notNull(),
    createdAt: instant().notNull(),
    version: integer().notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.merchantId, t.id] }), index('quick_replies_named').on(t.merchantId, t.name, t.id)],
)
