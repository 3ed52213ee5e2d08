import type { RunStatus } from '@sendocki/domain/automations/automation'
import type { Scope } from '@sendocki/domain/permissions'
import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { ordersInScope } from '../../db/order-scope.ts'
import { automationRuns, automations, messageCosts } from '../../db/schema/automations.ts'
import { orders } from '../../db/schema/orders.ts'
import { messages } from '../../db/schema/whatsapp.ts'

export type RunRow = typeof automationRuns.$inferSelect
const mine = (tx: MerchantTx, id: string) =>
  and(eq(automationRuns.merchantId, tx.merchantId), eq(automationRuns.id, id))

/** Adds runs; one that is there already, for the same entry of the same order, stays as it is. */
export const insertRuns = async (
  tx: MerchantTx,
  rows: readonly Pick<
    RunRow,
    'id' | 'automationId' | 'orderId' | 'eventId' | 'stageId' | 'enteredAt' | 'status' | 'scheduledAt' | 'createdAt'
  >[],
): Promise<void> => {
  if (rows.length === 0) return
  const blank = { buttons: [], answers: [] }
  await tx.db
    .insert(automationRuns)
    .values(rows.map((row) => ({ ...row, ...blank, merchantId: tx.merchantId })))
    .onConflictDoNothing()
}

/** Takes the run for this transaction. */
export const lockRun = async (tx: MerchantTx, id: string): Promise<RunRow | undefined> =>
  (await tx.db.select().from(automationRuns).where(mine(tx, id)).for('update'))[0]

export const saveRun = async (
  tx: MerchantTx,
  id: string,
  change: Partial<Omit<RunRow, 'merchantId' | 'id' | 'automationId' | 'orderId' | 'eventId' | 'createdAt'>>,
): Promise<void> => {
  await tx.db.update(automationRuns).set(change).where(mine(tx, id))
}

/** Whether the order of a run still is where the run began, and when the order was placed. */
export const runStanding = async (tx: MerchantTx, id: string) => {
  const rows = await tx.db
    .select({
      isThere: sql<boolean>`${orders.stageId} = ${automationRuns.stageId} and ${orders.stateSince} = ${automationRuns.enteredAt}`,
      placedAt: orders.placedAt,
    })
    .from(automationRuns)
    .innerJoin(orders, and(eq(orders.merchantId, automationRuns.merchantId), eq(orders.id, automationRuns.orderId)))
    .where(mine(tx, id))
  return rows[0]
}

/** Of these orders, those to which an automation wrote already; a message that did not arrive asked nothing. */
export const wasAsked = async (
  tx: MerchantTx,
  automationId: string,
  orderIds: readonly string[],
): Promise<ReadonlySet<string>> => {
  if (orderIds.length === 0) return new Set()
  const rows = await tx.db
    .select({ orderId: automationRuns.orderId })
    .from(automationRuns)
    .where(
      and(
        eq(automationRuns.merchantId, tx.merchantId),
        inArray(automationRuns.orderId, [...orderIds]),
        eq(automationRuns.automationId, automationId),
        sql`${automationRuns.messageId} is not null and ${automationRuns.status} not in ('failed', 'cancelled')`,
      ),
    )
  return new Set(rows.map(({ orderId }) => orderId))
}

/** The newest run of a conversation that waits for the buyer, among the last messages; along `messages_conversation`. */
export const openRunOf = async (tx: MerchantTx, conversationId: string): Promise<string | undefined> => {
  const recent = tx.db
    .select({ id: messages.id, at: messages.at })
    .from(messages)
    .where(and(eq(messages.merchantId, tx.merchantId), eq(messages.conversationId, conversationId)))
    .orderBy(desc(messages.at), desc(messages.id))
    .limit(50)
    .as('recent')
  const rows = await tx.db
    .select({ id: automationRuns.id })
    .from(recent)
    .innerJoin(
      automationRuns,
      and(eq(automationRuns.merchantId, tx.merchantId), eq(automationRuns.messageId, recent.id)),
    )
    .where(inArray(automationRuns.status, ['scheduled', 'sent', 'delivered']))
    .orderBy(desc(recent.at))
    .limit(1)
  return rows[0]?.id
}

interface AskedRuns {
  readonly status?: RunStatus
  readonly automationId?: string
  readonly orderId?: string
  readonly id?: string
  readonly after: readonly [string, string] | null
  readonly limit: number
}

interface Viewer {
  readonly scope: readonly Scope[]
  readonly memberId: string | null
}

/** Runs as they are shown, of the orders that the viewer reaches, newest first, along the index of the filter. */
export const listRuns = (
  tx: MerchantTx,
  { scope, memberId }: Viewer,
  { status, automationId, orderId, id, after, limit }: AskedRuns,
) =>
  tx.db
    .select({
      row: automationRuns,
      automationName: automations.name,
      orderNumber: orders.number,
      customerName: orders.contactName,
      text: messages.text,
      conversationId: messages.conversationId,
      costMicroDirhams: messageCosts.microDirhams,
    })
    .from(automationRuns)
    .innerJoin(
      automations,
      and(eq(automations.merchantId, automationRuns.merchantId), eq(automations.id, automationRuns.automationId)),
    )
    .innerJoin(orders, and(eq(orders.merchantId, automationRuns.merchantId), eq(orders.id, automationRuns.orderId)))
    .leftJoin(
      messages,
      and(eq(messages.merchantId, automationRuns.merchantId), eq(messages.id, automationRuns.messageId)),
    )
    .leftJoin(
      messageCosts,
      and(eq(messageCosts.merchantId, automationRuns.merchantId), eq(messageCosts.messageId, automationRuns.messageId)),
    )
    .where(
      and(
        eq(automationRuns.merchantId, tx.merchantId),
        ordersInScope(scope, memberId),
        id === undefined ? undefined : eq(automationRuns.id, id),
        status === undefined ? undefined : eq(automationRuns.status, status),
        automationId === undefined ? undefined : eq(automationRuns.automationId, automationId),
        orderId === undefined ? undefined : eq(automationRuns.orderId, orderId),
        after
          ? sql`(${automationRuns.createdAt}, ${automationRuns.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(automationRuns.createdAt), desc(automationRuns.id))
    .limit(limit)
export type RunView = Awaited<ReturnType<typeof listRuns>>[number]

export const findRun = async (tx: MerchantTx, viewer: Viewer, id: string): Promise<RunView | undefined> =>
  (await listRuns(tx, viewer, { id, after: null, limit: 1 }))[0]
