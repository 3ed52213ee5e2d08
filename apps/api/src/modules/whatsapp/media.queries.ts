import { and, asc, eq, getTableColumns, inArray, isNotNull, isNull, lt, notExists, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { messages, whatsappMedia } from '../../db/schema/whatsapp.ts'

/** Everything about a file but its bytes, which are read when somebody asks for them. */
const { bytes: _bytes, ...columns } = getTableColumns(whatsappMedia)
export const mediaColumns = columns
export type MediaRow = Omit<typeof whatsappMedia.$inferSelect, 'bytes'>

const mine = (tx: MerchantTx, id: string) => and(eq(whatsappMedia.merchantId, tx.merchantId), eq(whatsappMedia.id, id))

export const insertMedia = async (
  tx: MerchantTx,
  row: Omit<typeof whatsappMedia.$inferSelect, 'merchantId'>,
): Promise<void> => {
  await tx.db.insert(whatsappMedia).values({ ...row, merchantId: tx.merchantId })
}

export const findMedia = async (tx: MerchantTx, id: string): Promise<MediaRow | undefined> =>
  (await tx.db.select(mediaColumns).from(whatsappMedia).where(mine(tx, id)))[0]

/** Takes the file for this transaction. */
export const lockMedia = async (tx: MerchantTx, id: string): Promise<MediaRow | undefined> =>
  (await tx.db.select(mediaColumns).from(whatsappMedia).where(mine(tx, id)).for('update'))[0]

/** The bytes too. */
export const readMediaBytes = async (tx: MerchantTx, id: string): Promise<Buffer | null> =>
  (await tx.db.select({ bytes: whatsappMedia.bytes }).from(whatsappMedia).where(mine(tx, id)))[0]?.bytes ?? null

export const saveMedia = async (
  tx: MerchantTx,
  id: string,
  change: Partial<Omit<typeof whatsappMedia.$inferSelect, 'merchantId' | 'id' | 'kind' | 'createdAt'>>,
): Promise<void> => {
  await tx.db.update(whatsappMedia).set(change).where(mine(tx, id))
}

/** The conversations in which a file was sent, by `messages_media`. */
export const conversationsOfMedia = async (tx: MerchantTx, id: string): Promise<string[]> => {
  const rows = await tx.db
    .selectDistinct({ id: messages.conversationId })
    .from(messages)
    .where(and(eq(messages.merchantId, tx.merchantId), eq(messages.mediaId, id)))
    .limit(100)
  return rows.map((row) => row.id)
}

/** Files that wait to be fetched by a number, oldest first. */
export const waitingMedia = async (tx: MerchantTx, numberId: string): Promise<string[]> => {
  const rows = await tx.db
    .select({ id: whatsappMedia.id })
    .from(whatsappMedia)
    .where(
      and(
        eq(whatsappMedia.merchantId, tx.merchantId),
        eq(whatsappMedia.numberId, numberId),
        eq(whatsappMedia.status, 'waiting'),
      ),
    )
    .orderBy(asc(whatsappMedia.createdAt))
    .limit(1_000)
  return rows.map(({ id }) => id)
}

export const libraryMost = 200

/** What colleagues keep to send again, by name. */
export const listLibrary = (tx: MerchantTx): Promise<MediaRow[]> =>
  tx.db
    .select(mediaColumns)
    .from(whatsappMedia)
    .where(and(eq(whatsappMedia.merchantId, tx.merchantId), isNotNull(whatsappMedia.name)))
    .orderBy(whatsappMedia.name, whatsappMedia.id)
    .limit(libraryMost + 1)

/** Uploads that nobody sent and nobody keeps, a few at a time, by `whatsapp_media_uploaded`. */
export const dropUnsent = async (tx: MerchantTx, before: string): Promise<void> => {
  const unsent = tx.db
    .select({ id: whatsappMedia.id })
    .from(whatsappMedia)
    .where(
      and(
        eq(whatsappMedia.merchantId, tx.merchantId),
        isNull(whatsappMedia.numberId),
        isNull(whatsappMedia.name),
        lt(whatsappMedia.createdAt, before),
        notExists(
          tx.db
            .select({ one: sql`1` })
            .from(messages)
            .where(and(eq(messages.merchantId, whatsappMedia.merchantId), eq(messages.mediaId, whatsappMedia.id))),
        ),
      ),
    )
    .limit(20)
  await tx.db
    .delete(whatsappMedia)
    .where(and(eq(whatsappMedia.merchantId, tx.merchantId), inArray(whatsappMedia.id, unsent)))
}
