import { Refused } from '@sendocki/domain/result'
import { type MessageCard, payloadOf } from '@sendocki/domain/whatsapp/carousel'
import type { QuickReply, SaveQuickReply } from '@sendocki/domain/whatsapp/conversation'
import { type Filled, filledCards, fillTemplate } from '@sendocki/domain/whatsapp/filling'
import type { Message, MessageKind, SendMessage } from '@sendocki/domain/whatsapp/message'
import { refusalToSend } from '@sendocki/domain/whatsapp/sending'
import { templateProblem } from '@sendocki/domain/whatsapp/template'
import type { Ctx, MerchantTx } from '../../context.ts'
import type { MessageDetails } from '../../db/schema/whatsapp.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { readCallSettings } from '../call-settings/index.ts'
import { refuseIfHeld } from '../leases/index.ts'
import { viewerOf } from '../orders/index.ts'
import { conversationIn, shownText, takeConversation } from './conversations.commands.ts'
import { type ConversationRow, customerIdOfPhone, findContact, saveConversation } from './conversations.queries.ts'
import { mediaToSend, mediaViewOf } from './media.commands.ts'
import {
  insertMessage,
  insertQuickReply,
  listMessages,
  listQuickReplies,
  type MessageRow,
  type MessageView,
  quickRepliesMax,
  removeQuickReply,
} from './messages.queries.ts'
import { findNumber, type NumberRow } from './numbers.queries.ts'
import { fillFor } from './templates.commands.ts'
import { findTemplate, orderFacts, type TemplateRow } from './templates.queries.ts'

/** How the button of a card that was chosen is kept: the card, and its place among all buttons of it. */
export const chosenOnCard = (card: number, place: number): string => `${card}:${place}`

const cardsOf = ({ details: { cards = [] }, chosen }: MessageRow): MessageCard[] =>
  cards.map(({ header, mediaId, body, buttons }, at) => ({
    ...{ header, mediaId, body },
    buttons: buttons.map((button, place) => ({ ...button, chosen: chosen === chosenOnCard(at, place) })),
  }))

const viewOf = (ctx: Ctx, { row, authorName, media }: MessageView, phone: string | null): Message => ({
  id: row.id,
  direction: row.direction,
  kind: row.kind,
  text: shownText(ctx, row.text, phone),
  buttons: (row.details.buttons ?? []).map((text) => ({ text, chosen: text === row.chosen })),
  cards: cardsOf(row),
  location: row.details.location ?? null,
  media: media && mediaViewOf(ctx, media, phone),
  quotedId: row.quotedId,
  status: row.status,
  problem: row.problem,
  metaCode: row.metaCode,
  author: row.authorId === null ? null : { id: row.authorId, name: authorName ?? '–' },
  orderId: row.orderId,
  at: row.at,
  deliveredAt: row.deliveredAt,
  readAt: row.readAt,
})

export const readMessages = (
  ctx: Ctx,
  conversationId: string,
  { limit = 50, cursor }: { limit?: number; cursor?: string },
) =>
  ctx.read(async (tx) => {
    const list = `messages:${conversationId}`
    const after = decodeCursor(list, cursor, 2) as readonly [string, string] | null
    const [{ contact }, rows] = await Promise.all([
      conversationIn(ctx, tx, conversationId),
      listMessages(tx, { conversationId, after, limit: limit + 1 }),
    ])
    return pageOf(
      rows,
      limit,
      list,
      ({ row }) => [row.at, row.id],
      (view) => viewOf(ctx, view, contact.phone),
    )
  })

const readBack = async (ctx: Ctx, tx: MerchantTx, row: Pick<MessageRow, 'id' | 'conversationId'>): Promise<Message> => {
  const { contact } = await conversationIn(ctx, tx, row.conversationId)
  const [view] = await listMessages(tx, { ...row, after: null, limit: 1 })
  if (!view) throw new Refused('conversation.not_found')
  return viewOf(ctx, view, contact.phone)
}

/** Who may write in this conversation now: while somebody has the hand on the customer, they alone. */
const assertMayWrite = async (
  ctx: Ctx,
  tx: MerchantTx,
  conversation: ConversationRow,
  template: TemplateRow | null,
): Promise<NumberRow> => {
  const number = await findNumber(tx, conversation.numberId)
  const contact = await findContact(tx, conversation.contactId)
  if (!number || !contact) throw new Refused('conversation.not_found')
  const customerId = contact.phone && (await customerIdOfPhone(tx, contact.phone))
  if (customerId) await refuseIfHeld(ctx, tx, customerId)
  const { lastInboundAt } = conversation
  const calling = await readCallSettings(tx)
  const refusal = refusalToSend({ number, contact, lastInboundAt, template, placedAt: null }, calling, ctx.now)
  if (refusal)
    throw new Refused(refusal, refusal === 'whatsapp_number.not_ready' ? { status: number.status } : undefined)
  if (template !== null && template.businessAccountId !== number.businessAccountId)
    throw new Refused('template.not_found')
  return number
}

interface Draft {
  readonly kind: MessageKind
  readonly text: string | null
  readonly details: MessageDetails
  readonly orderId: string | null
  readonly mediaId: string | null
}

/** A filled template as a message. */
export const templateDraft = (
  messageId: string,
  { name, language, buttons, cards }: TemplateRow,
  orderId: string | null,
  { values, text, cards: texts }: Extract<Filled, { ok: true }>,
): Draft => {
  // A button's payload names the message that it stands under; whose answer it is, the sender proves.
  const payloads = buttons.map((_text, index) => payloadOf({ messageId, index, card: null }))
  const details =
    cards.length > 0
      ? {
          template: { name, language, values, payloads: [] },
          cards: filledCards(cards, texts).map((card, at) => ({ ...card, values: texts[at]?.values ?? [] })),
        }
      : { template: { name, language, values, payloads }, buttons }
  return { kind: 'template', text, details, orderId, mediaId: null }
}

/** What goes out: the words as they were typed, a file, or a template filled from an order. */
const draftOf = async (
  ctx: Ctx,
  tx: MerchantTx,
  messageId: string,
  template: TemplateRow | null,
  { text, orderId, mediaId }: SendMessage,
): Promise<Draft> => {
  const about = { orderId: orderId ?? null, mediaId: mediaId ?? null }
  if (mediaId !== undefined) {
    const { kind } = await mediaToSend(tx, mediaId, text)
    return { kind, text: text?.trim() ?? null, details: {}, ...about }
  }
  if (template === null) return { kind: 'text', text: (text ?? '').trim(), details: {}, ...about }
  const plain = fillTemplate(template, null)
  if (plain.ok) return templateDraft(messageId, template, about.orderId, plain)
  if (orderId === undefined) throw new Refused('request.invalid', undefined, [{ path: 'orderId', code: 'missing' }])
  const { filled } = await fillFor(ctx, tx, template, orderId)
  if (!filled.ok) throw new Refused('template.variable_missing', { fields: filled.missing })
  return templateDraft(messageId, template, orderId, filled)
}

const templateOf = async (tx: MerchantTx, { text, templateId, mediaId }: SendMessage): Promise<TemplateRow | null> => {
  const isOurs = text !== undefined || mediaId !== undefined
  if (isOurs === (templateId !== undefined))
    throw new Refused('request.invalid', undefined, [{ path: 'text', code: 'missing' }])
  if (templateId === undefined) return null
  const template = await findTemplate(tx, templateId)
  if (!template) throw new Refused('template.not_found')
  const problem = templateProblem(template)
  if (problem) throw new Refused(problem)
  return template
}

/** An order may be named only by who sees it, and only in the conversation with its buyer. */
const assertOrder = async (
  ctx: Ctx,
  tx: MerchantTx,
  conversationId: string,
  { orderId }: SendMessage,
): Promise<void> => {
  if (orderId === undefined) return
  const { customerId } = await conversationIn(ctx, tx, conversationId)
  const facts = await orderFacts(tx, viewerOf(ctx), orderId)
  if (!facts || facts.customerId !== customerId) throw new Refused('order.not_found')
}

/** Writes a message and has a job give it to Meta: the answer shows it as `queued`. */
export const sendMessage = (ctx: Ctx, conversationId: string, input: SendMessage): Promise<Message> =>
  ctx.transaction(async (tx) => {
    const conversation = await takeConversation(tx, conversationId)
    const template = await templateOf(tx, input)
    await assertOrder(ctx, tx, conversationId, input)
    const number = await assertMayWrite(ctx, tx, conversation, template)
    const id = ctx.newId()
    const { kind, text, details, orderId, mediaId } = await draftOf(ctx, tx, id, template, input)
    const at = ctx.now.toISOString()
    await insertMessage(tx, {
      ...blank,
      id,
      conversationId,
      direction: 'out',
      kind,
      text,
      details,
      orderId,
      mediaId,
      at,
      authorId: ctx.actor.memberId,
    })
    await saveConversation(tx, conversationId, {
      ...{ lastAt: at, lastMessageId: id, waitingSince: null, unreadCount: 0 },
      // Whoever answers first has the conversation.
      ...(conversation.assigneeId === null && ctx.actor.memberId ? { assigneeId: ctx.actor.memberId } : {}),
    })
    ctx.record(tx, {
      type: 'conversation.message_sent',
      subject: { kind: 'conversation', id: conversationId },
      ...(orderId ? { orderId } : {}),
      data: { messageId: id, kind },
    })
    enqueueSending(ctx, tx, number.id, id)
    return readBack(ctx, tx, { id, conversationId })
  })

/** Messages of one number leave one after the other, which keeps far below what Meta takes from a number in a second. */
export const sendingLane = (numberId: string): string => `whatsapp:${numberId}`

export const enqueueSending = (ctx: Ctx, tx: MerchantTx, numberId: string, messageId: string): void =>
  ctx.enqueue(
    tx,
    'whatsapp.send',
    { merchantId: ctx.merchantId, messageId },
    { key: `whatsapp.send:${messageId}`, queue: sendingLane(numberId) },
  )

/** What a message has before anything happened to it. */
export const blank = {
  metaId: null,
  quotedId: null,
  chosen: null,
  status: 'queued',
  problem: null,
  metaCode: null,
  billedAs: null,
  authorId: null,
  orderId: null,
  mediaId: null,
  sentAt: null,
  deliveredAt: null,
  readAt: null,
} as const

/** Has what hangs on a template, its run and its cost, follow what became of the message. */
export const followMessage = (ctx: Ctx, tx: MerchantTx, { id, kind }: Pick<MessageRow, 'id' | 'kind'>): void => {
  if (kind !== 'template') return
  const { merchantId } = tx
  ctx.enqueue(tx, 'automations.follow', { merchantId, messageId: id }, { key: `automations.follow:${id}` })
}

/** A note for colleagues. The buyer never sees it, and it answers nothing. */
export const addNote = (ctx: Ctx, conversationId: string, text: string): Promise<Message> =>
  ctx.transaction(async (tx) => {
    await takeConversation(tx, conversationId)
    const id = ctx.newId()
    const at = ctx.now.toISOString()
    const authorId = ctx.actor.memberId
    await insertMessage(tx, {
      ...blank,
      ...{ id, conversationId, direction: 'note', kind: 'text', text: text.trim(), details: {}, at, authorId },
      status: 'received',
    })
    ctx.record(tx, {
      type: 'conversation.note_added',
      subject: { kind: 'conversation', id: conversationId },
      data: { messageId: id },
    })
    return readBack(ctx, tx, { id, conversationId })
  })

const replyOf = ({ id, name, text, version }: QuickReply): QuickReply => ({ id, name, text, version })

export const readQuickReplies = (ctx: Ctx): Promise<{ items: QuickReply[] }> =>
  ctx.read(async (tx) => ({ items: (await listQuickReplies(tx)).map(replyOf) }))

export const createQuickReply = (ctx: Ctx, { name, text }: SaveQuickReply): Promise<QuickReply> =>
  ctx.transaction(async (tx) => {
    if ((await listQuickReplies(tx)).length >= quickRepliesMax)
      throw new Refused('quick_reply.too_many', { most: quickRepliesMax })
    const row = { id: ctx.newId(), name, text: text.trim(), createdAt: ctx.now.toISOString(), version: 1 }
    await insertQuickReply(tx, row)
    ctx.record(tx, { type: 'quick_reply.created', subject: { kind: 'quick_reply', id: row.id }, after: { name } })
    return replyOf(row)
  })

export const deleteQuickReply = (ctx: Ctx, id: string): Promise<QuickReply> =>
  ctx.transaction(async (tx) => {
    const row = await removeQuickReply(tx, id)
    if (!row) throw new Refused('quick_reply.not_found')
    ctx.record(tx, { type: 'quick_reply.deleted', subject: { kind: 'quick_reply', id }, before: { name: row.name } })
    return replyOf(row)
  })
