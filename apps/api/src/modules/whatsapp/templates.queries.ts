import { repliesOfCards, type TemplateCard } from '@sendocki/domain/whatsapp/carousel'
import type { TemplateQuery, TemplateState } from '@sendocki/domain/whatsapp/template'
import { and, asc, eq, inArray, notInArray, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { ordersInScope } from '../../db/order-scope.ts'
import { orderLines, orders } from '../../db/schema/orders.ts'
import { merchants } from '../../db/schema/platform.ts'
import { stores } from '../../db/schema/stores.ts'
import { whatsappTemplates } from '../../db/schema/whatsapp.ts'
import type { Viewer } from '../parcels/index.ts'

type StoredTemplate = typeof whatsappTemplates.$inferSelect
export type TemplateRow = Omit<StoredTemplate, 'buttons'> & {
  /** Words of the quick replies, under the text or, by their place, on every card. */
  readonly buttons: readonly string[]
  readonly cards: readonly TemplateCard[]
}

const isCard = (part: string | TemplateCard): part is TemplateCard => typeof part !== 'string'

/** A stored template with its buttons and its cards apart. */
export const templateRowOf = ({ buttons: stored, ...row }: StoredTemplate): TemplateRow => {
  const parts: readonly (string | TemplateCard)[] = stored
  const cards = parts.filter(isCard).map((card) => ({ ...card, variables: card.variables ?? [] }))
  const buttons = parts.filter((part): part is string => !isCard(part))
  return { ...row, buttons: cards.length > 0 ? repliesOfCards(cards) : buttons, cards }
}

type NewRow = Omit<TemplateRow, 'merchantId' | 'version'>
const storedOf = ({ cards, buttons, ...row }: NewRow) => ({ ...row, buttons: cards.length > 0 ? cards : buttons })

const mine = (tx: MerchantTx, id: string) =>
  and(eq(whatsappTemplates.merchantId, tx.merchantId), eq(whatsappTemplates.id, id))

export const findTemplate = async (tx: MerchantTx, id: string): Promise<TemplateRow | undefined> =>
  (await tx.db.select().from(whatsappTemplates).where(mine(tx, id))).map(templateRowOf)[0]

/** By `whatsapp_templates_name`. */
export const findNamed = async (
  tx: MerchantTx,
  businessAccountId: string,
  { name, language }: { readonly name: string; readonly language: string },
): Promise<TemplateRow | undefined> =>
  (
    await tx.db
      .select()
      .from(whatsappTemplates)
      .where(
        and(
          eq(whatsappTemplates.merchantId, tx.merchantId),
          eq(whatsappTemplates.businessAccountId, businessAccountId),
          eq(whatsappTemplates.name, name),
          eq(whatsappTemplates.language, language),
        ),
      )
  ).map(templateRowOf)[0]

/** By name, along `whatsapp_templates_listed`. */
export const listTemplates = async (
  tx: MerchantTx,
  {
    accountId,
    state,
    after,
    limit,
  }: {
    readonly accountId: string | null
    readonly state: TemplateQuery['state']
    readonly after: readonly [string, string] | null
    readonly limit: number
  },
): Promise<TemplateRow[]> => {
  const rows = await tx.db
    .select()
    .from(whatsappTemplates)
    .where(
      and(
        eq(whatsappTemplates.merchantId, tx.merchantId),
        accountId === null ? undefined : eq(whatsappTemplates.businessAccountId, accountId),
        state === undefined ? undefined : eq(whatsappTemplates.state, state),
        after
          ? sql`(${whatsappTemplates.name}, ${whatsappTemplates.id}) > (${after[0]}, ${after[1]}::uuid)`
          : undefined,
      ),
    )
    .orderBy(asc(whatsappTemplates.name), asc(whatsappTemplates.id))
    .limit(limit)
  return rows.map(templateRowOf)
}

/** The carousels of an account, taken for this transaction: what their cards show was chosen here. */
export const lockCarousels = async (tx: MerchantTx, businessAccountId: string): Promise<TemplateRow[]> => {
  const rows = await tx.db
    .select()
    .from(whatsappTemplates)
    .where(
      and(
        eq(whatsappTemplates.merchantId, tx.merchantId),
        eq(whatsappTemplates.businessAccountId, businessAccountId),
        sql`jsonb_typeof(${whatsappTemplates.buttons} -> 0) = 'object'`,
      ),
    )
    .orderBy(asc(whatsappTemplates.id))
    .for('update')
  return rows.map(templateRowOf)
}

/** Whether a carousel that can still be sent shows this file. A merchant has some hundreds of templates. */
export const isShownOnCard = async (tx: MerchantTx, mediaId: string): Promise<boolean> =>
  (
    await tx.db
      .select({ id: whatsappTemplates.id })
      .from(whatsappTemplates)
      .where(
        and(
          eq(whatsappTemplates.merchantId, tx.merchantId),
          sql`${whatsappTemplates.buttons} @> ${JSON.stringify([{ mediaId }])}::jsonb`,
          notInArray(whatsappTemplates.state, ['rejected', 'deleted']),
        ),
      )
      .limit(1)
  ).length > 0

/** Adds templates that are new to us and brings the others up to what Meta says; what people said of variables stays. */
export const upsertTemplates = async (tx: MerchantTx, rows: readonly NewRow[]): Promise<void> => {
  if (rows.length === 0) return
  await tx.db
    .insert(whatsappTemplates)
    .values(rows.map((row) => ({ ...storedOf(row), merchantId: tx.merchantId })))
    .onConflictDoUpdate({
      target: [
        whatsappTemplates.merchantId,
        whatsappTemplates.businessAccountId,
        whatsappTemplates.name,
        whatsappTemplates.language,
      ],
      set: {
        metaId: sql`excluded.meta_id`,
        category: sql`excluded.category`,
        state: sql`excluded.state`,
        reason: sql`excluded.reason`,
        quality: sql`excluded.quality`,
        header: sql`excluded.header`,
        body: sql`excluded.body`,
        footer: sql`excluded.footer`,
        buttons: sql`excluded.buttons`,
        updatedAt: sql`excluded.updated_at`,
      },
    })
}

export const insertTemplate = async (tx: MerchantTx, row: NewRow): Promise<void> => {
  await tx.db.insert(whatsappTemplates).values({ ...storedOf(row), merchantId: tx.merchantId })
}

/** Templates of an account that Meta does not list any more, except those under way to it. */
export const markGone = async (
  tx: MerchantTx,
  businessAccountId: string,
  metaIds: readonly string[],
  now: string,
): Promise<void> => {
  const { metaId, state } = whatsappTemplates
  await tx.db
    .update(whatsappTemplates)
    .set({ state: 'deleted', updatedAt: now })
    .where(
      and(
        eq(whatsappTemplates.merchantId, tx.merchantId),
        eq(whatsappTemplates.businessAccountId, businessAccountId),
        sql`${metaId} is not null and ${state} <> 'deleted'`,
        metaIds.length > 0 ? sql`not ${inArray(metaId, [...metaIds])}` : undefined,
      ),
    )
}

export const saveTemplate = async (
  tx: MerchantTx,
  id: string,
  change: {
    metaId?: string
    state?: TemplateState
    reason?: string | null
    category?: string
    quality?: string | null
    variables?: TemplateRow['variables']
    cards?: TemplateRow['cards']
    version?: number
    updatedAt: string
  },
): Promise<void> => {
  const { cards, ...rest } = change
  await tx.db
    .update(whatsappTemplates)
    .set({ ...rest, ...(cards ? { buttons: cards } : {}) })
    .where(mine(tx, id))
}

/** What orders give to a template, within what the viewer reaches. */
export const orderFactsOf = (tx: MerchantTx, { scope, memberId }: Viewer, orderIds: readonly string[]) =>
  tx.db
    .select({
      id: orders.id,
      customerId: orders.customerId,
      customerName: orders.contactName,
      number: orders.number,
      cityId: orders.cityId,
      cityText: orders.cityText,
      amountCentimes: orders.codAmountCentimes,
      store: stores.name,
      merchant: merchants.name,
      products: sql<string[]>`array(select l.name from ${orderLines} l where l.merchant_id = orders.merchant_id
        and l.order_id = orders.id order by l.position limit 20)`,
    })
    .from(orders)
    .innerJoin(merchants, eq(merchants.id, orders.merchantId))
    .leftJoin(stores, and(eq(stores.merchantId, orders.merchantId), eq(stores.id, orders.storeId)))
    .where(
      and(
        eq(orders.merchantId, tx.merchantId),
        inArray(orders.id, [...orderIds]),
        ordersInScope(scope, memberId ?? ''),
      ),
    )

export const orderFacts = async (tx: MerchantTx, viewer: Viewer, orderId: string) =>
  (await orderFactsOf(tx, viewer, [orderId]))[0]
export type OrderFacts = NonNullable<Awaited<ReturnType<typeof orderFacts>>>
