import { and, asc, count, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { automations } from '../../db/schema/automations.ts'
import {
  conversations,
  messages,
  whatsappContacts,
  whatsappNumbers,
  whatsappTemplates,
} from '../../db/schema/whatsapp.ts'
import { templateRowOf } from '../whatsapp/index.ts'

export type AutomationRow = typeof automations.$inferSelect
const mine = (tx: MerchantTx, id: string) =>
  and(eq(automations.merchantId, tx.merchantId), eq(automations.id, id), isNull(automations.deletedAt))

/** With the template and the number that it needs, oldest first; a merchant has at most a hundred. */
export const listAutomations = async (tx: MerchantTx, id?: string) => {
  const rows = await tx.db
    .select({ row: automations, template: whatsappTemplates, number: whatsappNumbers })
    .from(automations)
    .innerJoin(
      whatsappTemplates,
      and(eq(whatsappTemplates.merchantId, automations.merchantId), eq(whatsappTemplates.id, automations.templateId)),
    )
    .innerJoin(
      whatsappNumbers,
      and(eq(whatsappNumbers.merchantId, automations.merchantId), eq(whatsappNumbers.id, automations.numberId)),
    )
    .where(
      id === undefined ? and(eq(automations.merchantId, tx.merchantId), isNull(automations.deletedAt)) : mine(tx, id),
    )
    .orderBy(asc(automations.createdAt), asc(automations.id))
    .limit(200)
  return rows.map(({ template, ...rest }) => ({ ...rest, template: templateRowOf(template) }))
}
export type AutomationView = Awaited<ReturnType<typeof listAutomations>>[number]

export const countAutomations = async (tx: MerchantTx): Promise<number> => {
  const [row] = await tx.db
    .select({ count: count() })
    .from(automations)
    .where(and(eq(automations.merchantId, tx.merchantId), isNull(automations.deletedAt)))
  return row?.count ?? 0
}

/** One by id, also a deleted one: its runs end by it. */
export const findAutomation = async (tx: MerchantTx, id: string): Promise<AutomationRow | undefined> =>
  (
    await tx.db
      .select()
      .from(automations)
      .where(and(eq(automations.merchantId, tx.merchantId), eq(automations.id, id)))
  )[0]

export const insertAutomation = async (
  tx: MerchantTx,
  row: Omit<AutomationRow, 'merchantId' | 'version' | 'deletedAt'>,
): Promise<void> => {
  await tx.db.insert(automations).values({ ...row, merchantId: tx.merchantId })
}

/** False when it is no longer in the version that was seen. */
export const saveAutomation = async (
  tx: MerchantTx,
  seen: { readonly id: string; readonly version: number },
  change: Partial<Omit<AutomationRow, 'merchantId' | 'id' | 'version' | 'createdAt'>>,
): Promise<boolean> => {
  const saved = await tx.db
    .update(automations)
    .set({ ...change, version: seen.version + 1 })
    .where(and(mine(tx, seen.id), eq(automations.version, seen.version)))
    .returning({ id: automations.id })
  return saved.length > 0
}

/** Contacts by their phones. */
export const contactsByPhone = async (tx: MerchantTx, phones: readonly string[]) => {
  if (phones.length === 0) return new Map<string, typeof whatsappContacts.$inferSelect>()
  const rows = await tx.db
    .select()
    .from(whatsappContacts)
    .where(and(eq(whatsappContacts.merchantId, tx.merchantId), inArray(whatsappContacts.phone, [...phones])))
  return new Map(rows.map((row) => [row.phone ?? '', row]))
}

/** When we began to write to these contacts since an instant, oldest first; what did not arrive was nothing. */
export const recentStarts = async (
  tx: MerchantTx,
  contactIds: readonly string[],
  since: string,
): Promise<Map<string, string[]>> => {
  if (contactIds.length === 0) return new Map()
  const rows = await tx.db
    .select({ contactId: conversations.contactId, at: messages.at })
    .from(conversations)
    .innerJoin(
      messages,
      and(eq(messages.merchantId, conversations.merchantId), eq(messages.conversationId, conversations.id)),
    )
    .where(
      and(
        eq(conversations.merchantId, tx.merchantId),
        inArray(conversations.contactId, [...contactIds]),
        sql`${messages.at} > ${since}::timestamptz`,
        eq(messages.kind, 'template'),
        eq(messages.direction, 'out'),
        sql`${messages.status} <> 'failed'`,
      ),
    )
    .orderBy(asc(messages.at))
  return new Map(
    [...Map.groupBy(rows, ({ contactId }) => contactId)].map(([id, starts]) => [id, starts.map(({ at }) => at)]),
  )
}
