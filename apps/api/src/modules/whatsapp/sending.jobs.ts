import { nextCallTime } from '@sendocki/domain/calls/hours'
import { statusAfter } from '@sendocki/domain/whatsapp/message'
import { refusalToSend } from '@sendocki/domain/whatsapp/sending'
import {
  type Failure,
  MessagingRefused,
  MessagingUnavailable,
  type Outgoing,
  type SendResult,
} from '../../adapters/messaging/port.ts'
import type { Ctx, JobCtx, MerchantTx } from '../../context.ts'
import { type Handlers, TryLater } from '../../jobs/engine.ts'
import { runStanding } from '../automation-runs/index.ts'
import { readCallSettings } from '../call-settings/index.ts'
import { cardsToSend } from './carousels.commands.ts'
import { type ContactRow, findContact, lockConversation } from './conversations.queries.ts'
import { noteFailure } from './failures.commands.ts'
import { findMedia, readMediaBytes } from './media.queries.ts'
import { followMessage, sendingLane } from './messages.commands.ts'
import { lockMessage, type MessageRow, saveMessage } from './messages.queries.ts'
import { lineOf } from './numbers.commands.ts'
import { findNumber, type NumberRow } from './numbers.queries.ts'
import { findNamed } from './templates.queries.ts'

/** How long a status with our own id is waited for after an answer was lost, before a person is told. */
export const doubtMinutes = 15

interface Claim {
  readonly message: MessageRow
  readonly number: NumberRow
  readonly contact: ContactRow
}

/**
 * Takes a message before it is given to Meta, which has no idempotency key: whoever finds it taken was not the one who
 * took it, so the answer of that call was lost and the message is not given a second time.
 */
const claim = async (ctx: JobCtx, tx: MerchantTx, messageId: string): Promise<Claim | TryLater | null> => {
  const message = await lockMessage(tx, messageId)
  if (message?.status === 'sending') await leaveInDoubt(ctx, tx, message)
  if (message?.status !== 'queued') return null
  const conversation = await lockConversation(tx, message.conversationId)
  const number = conversation && (await findNumber(tx, conversation.numberId))
  const contact = conversation && (await findContact(tx, conversation.contactId))
  if (!conversation || !number || !contact) return null
  // Its number is to be connected again first, and then takes it up by itself.
  if (number.status === 'reconnect' || number.status === 'action_needed') return null
  const now = ctx.clock()
  const pause = number.pausedUntil === null ? 0 : Date.parse(number.pausedUntil) - now.getTime()
  if (pause > 0) return new TryLater(Math.ceil(pause / 1000), 'The number is to be left alone.', sendingLane(number.id))
  const { template: named, runId } = message.details
  const template = named ? ((await findNamed(tx, number.businessAccountId, named)) ?? null) : null
  const run = runId === undefined ? undefined : await runStanding(tx, runId)
  const calling = await readCallSettings(tx)
  const facts = {
    number,
    contact,
    lastInboundAt: conversation.lastInboundAt,
    template,
    placedAt: run?.placedAt ?? null,
  }
  const refusal =
    run?.isThere === false
      ? 'automation.order_moved'
      : named && template === null
        ? 'template.not_approved'
        : refusalToSend(facts, calling, now)
  // A number that was left alone until the evening writes what nobody waits for in the morning.
  if (refusal === 'message.outside_hours' && run) {
    const wait = nextCallTime(calling, now).getTime() - now.getTime()
    return new TryLater(Math.ceil(wait / 1000), 'Law 14: it waits for the hours.', sendingLane(number.id))
  }
  if (refusal) {
    await giveUp(ctx, tx, message, refusal, null)
    return null
  }
  await saveMessage(tx, messageId, { status: 'sending' })
  return { message, number, contact }
}

const tellScreens = (tx: MerchantTx, { conversationId }: Pick<MessageRow, 'conversationId'>): void =>
  void tx.outbox.changes.push({ noun: 'conversation', id: conversationId })

const giveUp = async (
  ctx: Ctx,
  tx: MerchantTx,
  message: MessageRow,
  problem: string,
  metaCode: number | null,
): Promise<void> => {
  const { runId } = message.details
  await saveMessage(tx, message.id, { status: 'failed', problem, metaCode })
  followMessage(ctx, tx, message)
  ctx.record(tx, {
    type: 'conversation.message_failed',
    subject: { kind: 'conversation', id: message.conversationId },
    ...(message.orderId ? { orderId: message.orderId } : {}),
    data: { messageId: message.id, problem, metaCode, ...(runId === undefined ? {} : { runId }) },
  })
}

const leaveInDoubt = async (ctx: JobCtx, tx: MerchantTx, message: MessageRow): Promise<void> => {
  await saveMessage(tx, message.id, { status: 'unknown' })
  tellScreens(tx, message)
  ctx.enqueue(
    tx,
    'whatsapp.doubt',
    { merchantId: ctx.merchantId, messageId: message.id },
    { key: `whatsapp.doubt:${message.id}`, runAt: new Date(ctx.clock().getTime() + doubtMinutes * 60_000) },
  )
}

/** What a message is for Meta; null when a file of it is no longer there. */
const contentOf = async (ctx: JobCtx, claimed: Claim): Promise<Outgoing | null> => {
  const { message, number } = claimed
  const { template, cards: shown = [] } = message.details
  if (message.mediaId !== null) return fileOf(ctx, claimed, message.mediaId)
  if (!template) return { kind: 'text', text: message.text ?? '' }
  const line = lineOf(ctx, number)
  const cards = await cardsToSend(ctx, message.id, shown, (file) => ctx.ports.messaging.upload(line, file))
  return cards && { kind: 'template', ...template, cards }
}

/** Hands Meta the file of a message before the message itself; null when its bytes are no longer there. */
const fileOf = async (ctx: JobCtx, { message, number }: Claim, mediaId: string): Promise<Outgoing | null> => {
  const { media, bytes } = await ctx.read(async (tx) => ({
    media: await findMedia(tx, mediaId),
    bytes: await readMediaBytes(tx, mediaId),
  }))
  if (!media?.type || !bytes) return null
  const { kind, type, fileName } = media
  const metaId = await ctx.ports.messaging.upload(lineOf(ctx, number), { bytes, type, fileName })
  return { kind: 'media', media: kind, metaId, caption: message.text, fileName, isVoice: type === 'audio/ogg' }
}

/** Gives one message to Meta, once. */
const send: Handlers['whatsapp.send'] = async (ctx, { messageId }) => {
  const claimed = await ctx.transaction((tx) => claim(ctx, tx, messageId))
  if (claimed instanceof TryLater) throw claimed
  if (!claimed) return
  const { message, number, contact } = claimed
  try {
    const content = await contentOf(ctx, claimed)
    if (content === null) return putBack(ctx, message, 'media.not_ready')
    const result = await ctx.ports.messaging.send(lineOf(ctx, number), { ownId: message.id, to: contact, content })
    await ctx.transaction((tx) => keepAnswer(ctx, tx, messageId, result))
  } catch (error) {
    if (error instanceof MessagingRefused) return refused(ctx, claimed, error.failure)
    if (!(error instanceof MessagingUnavailable)) throw error
    // It never left: the next try may give it.
    await putBack(ctx, message, ctx.job.lastAttempt ? 'message.delivery_failed' : null)
    if (!ctx.job.lastAttempt) throw error
  }
}

const keepAnswer = async (ctx: JobCtx, tx: MerchantTx, messageId: string, result: SendResult): Promise<void> => {
  const message = await lockMessage(tx, messageId)
  if (!message) return
  // A status may have been quicker than the answer.
  if (result.kind === 'unknown') {
    if (message.status === 'sending') await leaveInDoubt(ctx, tx, message)
    return
  }
  const status = statusAfter(message.status, 'accepted')
  await saveMessage(tx, messageId, { metaId: result.messageId, status, sentAt: ctx.clock().toISOString() })
  tellScreens(tx, message)
}

/** Makes a message that did not leave wait again, or end. */
const putBack = (ctx: JobCtx, { id }: MessageRow, problem: string | null, code: number | null = null): Promise<void> =>
  ctx.transaction(async (tx) => {
    const message = await lockMessage(tx, id)
    if (message?.status !== 'sending') return
    if (problem !== null) return giveUp(ctx, tx, message, problem, code)
    await saveMessage(tx, id, { status: 'queued' })
  })

const refused = async (ctx: JobCtx, { message, number, contact }: Claim, failure: Failure): Promise<void> => {
  const { action, scope, seconds, problem, code } = failure
  await ctx.transaction((tx) => noteFailure(ctx, tx, { number, contactId: contact.id, message }, failure))
  const waits = action === 'reconnect' || (action === 'retry' && (seconds !== null || !ctx.job.lastAttempt))
  await putBack(ctx, message, waits ? null : problem, code)
  if (action !== 'retry' || !waits) return
  if (seconds === null) throw new Error(`Meta answered ${code}.`)
  // Too much to one person holds up that person only; what concerns the number keeps its place in the number's lane.
  throw new TryLater(seconds, `Meta answered ${code}.`, scope === 'person' ? null : sendingLane(number.id))
}

/** No status came with our id: a person decides whether to write again. */
const doubt: Handlers['whatsapp.doubt'] = (ctx, { messageId }) =>
  ctx.transaction(async (tx) => {
    const message = await lockMessage(tx, messageId)
    if (message?.status === 'unknown') await giveUp(ctx, tx, message, 'message.outcome_unknown', null)
  })

export const sendingJobs = { 'whatsapp.send': send, 'whatsapp.doubt': doubt } satisfies Partial<Handlers>
