import { and, desc, eq, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { members } from '../../db/schema/members.ts'
import { conversations, messages, quickReplies, whatsappMedia } from '../../db/schema/whatsapp.ts'
import { mediaColumns } from './media.queries.ts'

export type MessageRow = typeof messages.$inferSelect
const mine = (tx: MerchantTx, id: string) => and(eq(messages.merchantId, tx.merchantId), eq(messages.id, id))

/** False when Meta's id was stored before: a delivery that came twice. */
export const insertMessage = async (tx: MerchantTx, row: Omit<MessageRow, 'merchantId'>): Promise<boolean> => {
  const made = await tx.db
    .insert(messages)
    .values({ ...row, merchantId: tx.merchantId })
    .onConflictDoNothing({ target: [messages.merchantId, messages.metaId] })
    .returning({ id: messages.id })
  return made.length > 0
}

/** Messages of a conversation, newest first, along `messages_conversation`, with who wrote them and what they carry. */
export const listMessages = (
  tx: MerchantTx,
  {
    conversationId,
    id,
    after,
    limit,
  }: {
    readonly conversationId: string
    readonly id?: string
    readonly after: readonly [string, string] | null
    readonly limit: number
  },
) =>
  tx.db
    .select({ row: messages, authorName: members.fullName, media: mediaColumns })
    .from(messages)
    .leftJoin(members, and(eq(members.merchantId, messages.merchantId), eq(members.id, messages.authorId)))
    .leftJoin(
      whatsappMedia,
      and(eq(whatsappMedia.merchantId, messages.merchantId), eq(whatsappMedia.id, messages.mediaId)),
    )
    .where(
      and(
        eq(messages.merchantId, tx.merchantId),
        eq(messages.conversationId, conversationId),
        id === undefined ? undefined : eq(messages.id, id),
        after ? sql`(${messages.at}, ${messages.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : undefined,
      ),
    )
    .orderBy(desc(messages.at), desc(messages.id))
    .limit(limit)
export type MessageView = Awaited<ReturnType<typeof listMessages>>[number]

export const findMessage = async (tx: MerchantTx, id: string): Promise<MessageRow | undefined> =>
  (await tx.db.select().from(messages).where(mine(tx, id)))[0]

/** Takes the message for this transaction. */
export const lockMessage = async (tx: MerchantTx, id: string): Promise<MessageRow | undefined> =>
  (await tx.db.select().from(messages).where(mine(tx, id)).for('update'))[0]

/** By `messages_meta`. */
export const findByMetaId = async (tx: MerchantTx, metaId: string): Promise<MessageRow | undefined> =>
  (
    await tx.db
      .select()
      .from(messages)
      .where(and(eq(messages.merchantId, tx.merchantId), eq(messages.metaId, metaId)))
  )[0]

export const saveMessage = async (
  tx: MerchantTx,
  id: string,
  change: Partial<Omit<MessageRow, 'merchantId' | 'id' | 'conversationId'>>,
): Promise<void> => {
  await tx.db.update(messages).set(change).where(mine(tx, id))
}

/** Messages that wait to leave from a number, oldest first, by `messages_queued`. */
export const queuedMessages = async (tx: MerchantTx, numberId: string): Promise<string[]> => {
  const rows = await tx.db
    .select({ id: messages.id })
    .from(messages)
    .innerJoin(
      conversations,
      and(eq(conversations.merchantId, messages.merchantId), eq(conversations.id, messages.conversationId)),
    )
    .where(
      and(
        eq(messages.merchantId, tx.merchantId),
        sql`${messages.status} = 'queued'`,
        eq(conversations.numberId, numberId),
      ),
    )
    .orderBy(messages.at, messages.id)
  return rows.map(({ id }) => id)
}

export type QuickReplyRow = typeof quickReplies.$inferSelect
const reply = (tx: MerchantTx, id: string) => and(eq(quickReplies.merchantId, tx.merchantId), eq(quickReplies.id, id))

/** All of the merchant's, by name; at most `quickRepliesMax`. */
export const listQuickReplies = (tx: MerchantTx): Promise<QuickReplyRow[]> =>
  tx.db
    .select()
    .from(quickReplies)
    .where(eq(quickReplies.merchantId, tx.merchantId))
    .orderBy(quickReplies.name, quickReplies.id)
    .limit(quickRepliesMax + 1)
export const quickRepliesMax = 200

export const insertQuickReply = async (tx: MerchantTx, row: Omit<QuickReplyRow, 'merchantId'>): Promise<void> => {
  await tx.db.insert(quickReplies).values({ ...row, merchantId: tx.merchantId })
}

export const removeQuickReply = async (tx: MerchantTx, id: string): Promise<QuickReplyRow | undefined> =>
  (await tx.db.delete(quickReplies).where(reply(tx, id)).returning())[0]
