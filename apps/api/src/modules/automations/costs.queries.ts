import { and, desc, eq, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { automationSettings, messageCosts, messageSpending } from '../../db/schema/automations.ts'
import { orders } from '../../db/schema/orders.ts'
import { conversations, whatsappNumbers, whatsappTemplates } from '../../db/schema/whatsapp.ts'
import { statement } from '../../db/statement.ts'

export type SettingsRow = typeof automationSettings.$inferSelect
const ofMerchant = statement('automation_settings', (qb) =>
  qb
    .select({
      settings: automationSettings.settings,
      version: automationSettings.version,
      updatedAt: automationSettings.updatedAt,
    })
    .from(automationSettings)
    .where(eq(automationSettings.merchantId, sql.placeholder('merchantId'))),
)

/** What the merchant saved; undefined while it has the defaults. */
export const findSettings = async (tx: MerchantTx) => (await tx.run(ofMerchant, { merchantId: tx.merchantId }))[0]

/** Stores the settings over the version that was seen, the defaults being version 1; null when somebody was quicker. */
export const saveSettings = async (
  tx: MerchantTx,
  { settings, version, updatedAt }: Omit<SettingsRow, 'merchantId'>,
): Promise<number | null> => {
  const saved = await tx.db
    .insert(automationSettings)
    .values({ merchantId: tx.merchantId, settings, version: version + 1, updatedAt })
    .onConflictDoUpdate({
      target: automationSettings.merchantId,
      set: { settings, version: version + 1, updatedAt },
      setWhere: eq(automationSettings.version, version),
    })
    .returning({ version: automationSettings.version })
  return saved[0]?.version ?? null
}

export type CostRow = typeof messageCosts.$inferSelect
const cost = (tx: MerchantTx, messageId: string) =>
  and(eq(messageCosts.merchantId, tx.merchantId), eq(messageCosts.messageId, messageId))

export const lockCost = async (tx: MerchantTx, messageId: string): Promise<CostRow | undefined> =>
  (await tx.db.select().from(messageCosts).where(cost(tx, messageId)).for('update'))[0]

/** False when the message has its cost already. */
export const insertCost = async (tx: MerchantTx, row: Omit<CostRow, 'merchantId'>): Promise<boolean> => {
  const made = await tx.db
    .insert(messageCosts)
    .values({ ...row, merchantId: tx.merchantId })
    .onConflictDoNothing()
    .returning({ id: messageCosts.messageId })
  return made.length > 0
}

export const settleCost = async (
  tx: MerchantTx,
  messageId: string,
  change: Pick<CostRow, 'category' | 'microDirhams'>,
): Promise<void> => {
  await tx.db
    .update(messageCosts)
    .set({ ...change, settled: true })
    .where(cost(tx, messageId))
}

export const removeCost = async (tx: MerchantTx, messageId: string): Promise<void> => {
  await tx.db.delete(messageCosts).where(cost(tx, messageId))
}

const spending = (tx: MerchantTx, month: string) =>
  and(eq(messageSpending.merchantId, tx.merchantId), eq(messageSpending.month, month))

/** Takes the sum of a month for this transaction: of two messages at the edge of a budget one is first. */
export const lockSpending = async (tx: MerchantTx, month: string) => {
  await tx.db
    .insert(messageSpending)
    .values({ merchantId: tx.merchantId, month, microDirhams: 0, warned: 0 })
    .onConflictDoNothing()
  const [row] = await tx.db.select().from(messageSpending).where(spending(tx, month)).for('update')
  if (!row) throw new Error('A sum that was made is not there.')
  return row
}

export const findSpending = async (tx: MerchantTx, month: string): Promise<number> =>
  (
    await tx.db.select({ microDirhams: messageSpending.microDirhams }).from(messageSpending).where(spending(tx, month))
  )[0]?.microDirhams ?? 0

export const saveSpending = async (
  tx: MerchantTx,
  month: string,
  change: { readonly microDirhams: number; readonly warned?: number },
): Promise<void> => {
  await tx.db.update(messageSpending).set(change).where(spending(tx, month))
}

/** The template of a message, by the number of its conversation. */
export const templateOfMessage = async (
  tx: MerchantTx,
  {
    conversationId,
    name,
    language,
  }: { readonly conversationId: string; readonly name: string; readonly language: string },
) => {
  const rows = await tx.db
    .select({ id: whatsappTemplates.id, category: whatsappTemplates.category })
    .from(conversations)
    .innerJoin(
      whatsappNumbers,
      and(eq(whatsappNumbers.merchantId, conversations.merchantId), eq(whatsappNumbers.id, conversations.numberId)),
    )
    .innerJoin(
      whatsappTemplates,
      and(
        eq(whatsappTemplates.merchantId, conversations.merchantId),
        eq(whatsappTemplates.businessAccountId, whatsappNumbers.businessAccountId),
        eq(whatsappTemplates.name, name),
        eq(whatsappTemplates.language, language),
      ),
    )
    .where(and(eq(conversations.merchantId, tx.merchantId), eq(conversations.id, conversationId)))
  return rows[0]
}

/** What each template cost in a month, dearest first, along `message_costs_month`. */
export const costsOfMonth = (tx: MerchantTx, month: string) => {
  const spent = sql<number>`coalesce(sum(${messageCosts.microDirhams}), 0)::bigint`
  return tx.db
    .select({
      name: whatsappTemplates.name,
      language: whatsappTemplates.language,
      category: messageCosts.category,
      messages: sql<number>`count(*)::int`,
      unpriced: sql<number>`count(*) filter (where ${messageCosts.microDirhams} is null)::int`,
      microDirhams: spent.mapWith(Number),
    })
    .from(messageCosts)
    .innerJoin(
      whatsappTemplates,
      and(eq(whatsappTemplates.merchantId, messageCosts.merchantId), eq(whatsappTemplates.id, messageCosts.templateId)),
    )
    .where(and(eq(messageCosts.merchantId, tx.merchantId), eq(messageCosts.month, month)))
    .groupBy(whatsappTemplates.name, whatsappTemplates.language, messageCosts.category)
    .orderBy(desc(spent), whatsappTemplates.name)
    .limit(200)
}

/** The orders to which messages of a month were written, and how many of them are confirmed. */
export const ordersOfMonth = async (tx: MerchantTx, month: string) => {
  const [row] = await tx.db
    .select({
      orders: sql<number>`count(distinct ${orders.id})::int`,
      confirmed: sql<number>`count(distinct ${orders.id}) filter (where ${orders.firstConfirmedAt} is not null)::int`,
    })
    .from(messageCosts)
    .innerJoin(orders, and(eq(orders.merchantId, messageCosts.merchantId), eq(orders.id, messageCosts.orderId)))
    .where(and(eq(messageCosts.merchantId, tx.merchantId), eq(messageCosts.month, month)))
  return { orders: row?.orders ?? 0, confirmed: row?.confirmed ?? 0 }
}
