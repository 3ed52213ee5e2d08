import { type Static, Type } from 'typebox'
import { closed, Instant, named, nullable, oneOf, page, ref, Uuid } from '../schema.ts'
import { MessageCard } from './carousel.ts'
import { Media } from './media.ts'

/** `note` is for colleagues and never leaves. */
export const directions = ['in', 'out', 'note'] as const
export type Direction = (typeof directions)[number]

/** What a message is made of; what we cannot show yet is kept and named (`unsupported`). */
export const messageKinds = [
  'text',
  'template',
  'button',
  'image',
  'audio',
  'video',
  'document',
  'sticker',
  'location',
  'contacts',
  'reaction',
  'system',
  'unsupported',
] as const
export type MessageKind = (typeof messageKinds)[number]

/**
 * How far a message of ours is. `queued`: not given to Meta yet. `sending`: given, without an answer so far. `unknown`:
 * the answer was lost, so it is not sent again by itself. Those of others are `received`.
 */
export const messageStatuses = [
  'queued',
  'sending',
  'unknown',
  'accepted',
  'sent',
  'delivered',
  'read',
  'failed',
  'received',
] as const
export type MessageStatus = (typeof messageStatuses)[number]

const ranks: Readonly<Partial<Record<MessageStatus, number>>> = {
  queued: 0,
  sending: 1,
  unknown: 2,
  accepted: 3,
  sent: 4,
  delivered: 5,
  read: 6,
}

/**
 * The status after news of it. News come in any order and more than once: it never goes down, a failure may come after
 * `sent` and never after a buyer has it, and what was read after all did not fail. Source: integrations.md 4.3.
 */
export const statusAfter = (now: MessageStatus, news: MessageStatus): MessageStatus => {
  if (now === 'received') return now
  if (news === 'failed') return now === 'delivered' || now === 'read' ? now : 'failed'
  if (now === 'failed') return news === 'delivered' || news === 'read' ? news : now
  return (ranks[news] ?? 0) > (ranks[now] ?? 0) ? news : now
}

/** Free text may be written for so long after the buyer's last message. Source: integrations.md 4.4. */
export const windowHours = 24

/** Until when free text may be written; null when the buyer never wrote. */
export const windowEnd = (lastInboundAt: string | null): string | null =>
  lastInboundAt === null ? null : new Date(Date.parse(lastInboundAt) + windowHours * 3_600_000).toISOString()

export const isWindowOpen = (lastInboundAt: string | null, now: Date): boolean => {
  const end = windowEnd(lastInboundAt)
  return end !== null && Date.parse(end) > now.getTime()
}

export const Message = named(
  'Message',
  Type.Object({
    id: Uuid,
    direction: oneOf(directions),
    kind: oneOf(messageKinds),
    /** What was written; a caption, a button's words, the whole text of a template. Null where there are no words. */
    text: nullable(Type.String()),
    /** Buttons offered with it, and the one that the buyer chose. */
    buttons: Type.Array(Type.Object({ text: Type.String(), chosen: Type.Boolean() })),
    /** The cards of a carousel that it is. */
    cards: Type.Array(MessageCard),
    location: nullable(
      Type.Object({ latitude: Type.Number(), longitude: Type.Number(), name: nullable(Type.String()) }),
    ),
    /** The file that it carries. */
    media: nullable(ref(Media)),
    /** Which of our messages it answers. */
    quotedId: nullable(Uuid),
    status: oneOf(messageStatuses),
    /** Why it did not arrive: a code of the list of refusals, and Meta's own number. */
    problem: nullable(Type.String()),
    metaCode: nullable(Type.Integer()),
    /** Who wrote it, for what colleagues wrote. */
    author: nullable(Type.Object({ id: Uuid, name: Type.String() })),
    /** The order that it speaks of. */
    orderId: nullable(Uuid),
    at: Instant,
    deliveredAt: nullable(Instant),
    readAt: nullable(Instant),
  }),
)
export type Message = Static<typeof Message>
export const MessagePage = page('MessagePage', ref(Message))

/** Text longer than this is refused by Meta. */
export const textLongest = 4_096

export const SendMessage = named(
  'SendMessage',
  closed({
    /** Free text, while the buyer's window is open; with a file, what stands under it. */
    text: Type.Optional(Type.String({ minLength: 1, maxLength: textLongest, pattern: '\\S' })),
    /** An approved template, filled from the order. */
    templateId: Type.Optional(Uuid),
    orderId: Type.Optional(Uuid),
    /** A file that was uploaded or is kept, while the window is open. */
    mediaId: Type.Optional(Uuid),
  }),
)
export type SendMessage = Static<typeof SendMessage>

export const AddNote = named(
  'AddConversationNote',
  closed({ text: Type.String({ minLength: 1, maxLength: 2_000, pattern: '\\S' }) }),
)
