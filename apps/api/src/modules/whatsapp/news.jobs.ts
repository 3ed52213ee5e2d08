import { asksToStop, proposalIn } from '@sendocki/domain/whatsapp/answers'
import { type PressedButton, readPayload } from '@sendocki/domain/whatsapp/carousel'
import { statusAfter } from '@sendocki/domain/whatsapp/message'
import type { MessageNews, News, StatusNews } from '../../adapters/messaging/port.ts'
import type { Ctx, JobCtx, MerchantTx } from '../../context.ts'
import { GiveUp, type Handlers } from '../../jobs/engine.ts'
import { openRunOf } from '../automation-runs/index.ts'
import { failInbound, findInbound, finishInbound, lockInbound } from '../inbound/index.ts'
import { contactOf, takeConversation } from './conversations.commands.ts'
import { findContact, pairConversation, saveContact, saveConversation } from './conversations.queries.ts'
import { noteFailure } from './failures.commands.ts'
import { expectMedia } from './media.commands.ts'
import { blank, chosenOnCard, followMessage } from './messages.commands.ts'
import { findByMetaId, insertMessage, lockMessage, type MessageRow, saveMessage } from './messages.queries.ts'
import { findLine, type NumberRow, saveNumberState } from './numbers.queries.ts'
import { applyTemplateNews } from './templates.commands.ts'

/** Reads one stored delivery of Meta, whose news may be of any number of the merchant's. */
const process: Handlers['whatsapp.process'] = async (ctx, { inboundId }) => {
  const stored = await ctx.read((tx) => findInbound(tx, inboundId))
  if (!stored || stored.processedAt || !stored.body) return
  const parsed = ctx.maps.messaging.parse(stored.body)
  if (!parsed.ok) {
    await ctx.transaction((tx) => failInbound(tx, inboundId, parsed.why, ctx.now.toISOString()))
    throw new GiveUp('inbound.unreadable', parsed.why)
  }
  await ctx.transaction(async (tx) => {
    if (!(await lockInbound(tx, inboundId))) return
    const outcomes: string[] = []
    for (const news of parsed.news) outcomes.push(await apply(ctx, tx, news))
    const at = ctx.clock().toISOString()
    await finishInbound(tx, inboundId, {
      ...{ at, outcome: outcomes[0] ?? 'ignored', orderId: null, subject: null, subjectVersion: null },
    })
    await saveNumberState(tx, stored.connectionId, { lastEventAt: at })
  })
}

const apply = async (ctx: JobCtx, tx: MerchantTx, news: News): Promise<string> => {
  if (news.kind === 'template') return (await applyTemplateNews(ctx, tx, news)) ? 'applied' : 'unknown_template'
  const number = await findLine(tx, news.lineId)
  if (!number) return 'unknown_number'
  return news.kind === 'status' ? applyStatus(ctx, tx, number, news) : applyMessage(ctx, tx, number, news)
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** By our own id, which is there even when Meta's was lost with an answer; else by Meta's. */
const messageOf = async (tx: MerchantTx, { ownId, messageId }: StatusNews): Promise<MessageRow | undefined> => {
  const own = ownId !== null && uuid.test(ownId) ? await lockMessage(tx, ownId) : undefined
  if (own) return own
  const found = await findByMetaId(tx, messageId)
  return found && lockMessage(tx, found.id)
}

const applyStatus = async (ctx: JobCtx, tx: MerchantTx, number: NumberRow, news: StatusNews): Promise<string> => {
  const message = await messageOf(tx, news)
  if (message?.direction !== 'out') return 'unknown_message'
  // Given up because no news came: news count as if it were still open.
  const wasDoubted = message.status === 'failed' && message.problem === 'message.outcome_unknown'
  const status = statusAfter(wasDoubted ? 'unknown' : message.status, news.status)
  const isFailure = status === 'failed' && news.status === 'failed'
  await saveMessage(tx, message.id, {
    status,
    metaId: message.metaId ?? news.messageId,
    problem: isFailure ? (news.failure?.problem ?? 'message.refused') : status === 'failed' ? message.problem : null,
    metaCode: isFailure ? (news.failure?.code ?? null) : status === 'failed' ? message.metaCode : null,
    billedAs: news.billedAs ?? message.billedAs,
    ...(news.status === 'sent' && message.sentAt === null ? { sentAt: news.at } : {}),
    ...(news.status === 'delivered' && message.deliveredAt === null ? { deliveredAt: news.at } : {}),
    ...(news.status === 'read' && message.readAt === null ? { readAt: news.at } : {}),
  })
  const conversation = await takeConversation(tx, message.conversationId)
  await linkPerson(ctx, tx, conversation.contactId, news)
  if (isFailure && news.failure)
    await noteFailure(ctx, tx, { number, contactId: conversation.contactId, message }, news.failure)
  if (status !== message.status) {
    tx.outbox.changes.push({ noun: 'conversation', id: conversation.id })
    followMessage(ctx, tx, message)
  }
  return 'applied'
}

/** A status may be the first to tell phone and id of a person together. */
const linkPerson = async (ctx: Ctx, tx: MerchantTx, contactId: string, { person }: StatusNews): Promise<void> => {
  const contact = await findContact(tx, contactId)
  if (!contact || person.userId === null || contact.userId === person.userId) return
  await contactOf(ctx, tx, { phone: person.phone ?? contact.phone, userId: person.userId }, null)
}

const applyMessage = async (ctx: JobCtx, tx: MerchantTx, number: NumberRow, news: MessageNews): Promise<string> => {
  const contact = await contactOf(ctx, tx, news.person, news.profileName)
  const now = ctx.clock().toISOString()
  const conversationId = await pairConversation(tx, {
    ...{ id: ctx.newId(), numberId: number.id, contactId: contact.id, lastAt: news.at, createdAt: now },
  })
  const conversation = await takeConversation(tx, conversationId)
  const quoted = news.quotes === null ? undefined : await findByMetaId(tx, news.quotes)
  // A delivery that came twice leaves no second file behind.
  if (await findByMetaId(tx, news.messageId)) return 'repeated'
  const mediaId = news.media && (await expectMedia(ctx, tx, number.id, news.media))
  const id = ctx.newId()
  const fresh = await insertMessage(tx, {
    ...blank,
    ...{ id, conversationId, direction: 'in', kind: news.is, text: news.text, status: 'received', at: news.at },
    details: {
      ...(news.location ? { location: news.location } : {}),
      ...(news.payload === null ? {} : { payload: news.payload }),
    },
    mediaId,
    metaId: news.messageId,
    quotedId: quoted?.conversationId === conversationId ? quoted.id : null,
  })
  if (!fresh) return 'repeated'
  const isDecided = await answerRun(ctx, tx, { conversationId, messageId: id }, news)
  const words = news.is === 'text' || news.is === 'button' ? (news.text ?? '') : ''
  const isNewest = news.at >= conversation.lastAt
  await saveConversation(tx, conversationId, {
    ...(isNewest || conversation.lastMessageId === null ? { lastAt: news.at, lastMessageId: id } : {}),
    lastInboundAt:
      [conversation.lastInboundAt, news.at]
        .filter((at) => at !== null)
        .toSorted()
        .at(-1) ?? news.at,
    unreadCount: conversation.unreadCount + 1,
    waitingSince: conversation.waitingSince ?? news.at,
    // The button of an automation is decided by it; words, and the buttons of what people sent, propose.
    proposal: (isDecided ? null : proposalIn(words)) ?? conversation.proposal,
  })
  await noteContact(ctx, tx, contact, words)
  ctx.record(tx, {
    type: 'conversation.message_received',
    subject: { kind: 'conversation', id: conversationId },
    at: news.at,
    data: { messageId: id, kind: news.is },
  })
  return 'received'
}

/**
 * Has the run of an automation hear what the buyer answered: a button of its message, or any words while it waits. True
 * for a button, which decides.
 */
const answerRun = async (
  ctx: Ctx,
  tx: MerchantTx,
  { conversationId, messageId }: { readonly conversationId: string; readonly messageId: string },
  { is, payload }: MessageNews,
): Promise<boolean> => {
  // That somebody changed their number is no answer.
  if (is === 'system') return false
  const runId = payload === null ? await openRunOf(tx, conversationId) : await markChosen(tx, conversationId, payload)
  if (runId === undefined) return false
  const { merchantId } = tx
  ctx.enqueue(tx, 'automations.answer', { merchantId, messageId }, { key: `automations.answer:${messageId}` })
  return payload !== null
}

/** Whoever writes has WhatsApp; whoever writes STOP wants no more of what we start. */
const noteContact = async (
  ctx: Ctx,
  tx: MerchantTx,
  contact: { readonly id: string; readonly optedOutAt: string | null; readonly unreachableAt: string | null },
  words: string,
): Promise<void> => {
  const stops = asksToStop(words) && contact.optedOutAt === null
  if (!stops && contact.unreachableAt === null) return
  await saveContact(tx, contact.id, {
    unreachableAt: null,
    ...(stops ? { optedOutAt: ctx.clock().toISOString() } : {}),
  })
}

/**
 * The payload comes from the buyer's phone: it counts only for a message of the same conversation, and the first answer
 * stays marked. Returns the run of the automation that asked.
 */
const markChosen = async (tx: MerchantTx, conversationId: string, payload: string): Promise<string | undefined> => {
  const button = readPayload(payload)
  if (!button) return undefined
  const message = await lockMessage(tx, button.messageId)
  if (message?.conversationId !== conversationId) return undefined
  const chosen = chosenIn(message, button)
  if (chosen === undefined) return undefined
  if (message.chosen === null) await saveMessage(tx, message.id, { chosen })
  return message.details.runId
}

const chosenIn = ({ details }: MessageRow, { index, card }: PressedButton): string | undefined => {
  if (card === null) return details.buttons?.[index]
  const places = (details.cards?.[card]?.buttons ?? []).flatMap(({ kind }, place) =>
    kind === 'quick_reply' ? [place] : [],
  )
  const place = places[index]
  return place === undefined ? undefined : chosenOnCard(card, place)
}

export const newsJobs = { 'whatsapp.process': process } satisfies Partial<Handlers>
