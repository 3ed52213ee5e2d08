import { nameTerms } from '@sendocki/domain/customers/names'
import { phoneSearchTerms } from '@sendocki/domain/phone-search'
import type { ConversationFilter } from '@sendocki/domain/whatsapp/conversation'
import { and, desc, eq, getTableColumns, gt, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { MerchantTx } from '../../context.ts'
import { ordersInScope } from '../../db/order-scope.ts'
import { customers } from '../../db/schema/customers.ts'
import { members } from '../../db/schema/members.ts'
import { orders } from '../../db/schema/orders.ts'
import { conversations, messages, whatsappContacts } from '../../db/schema/whatsapp.ts'
import { rawStatement } from '../../db/statement.ts'
import type { Viewer } from '../parcels/index.ts'
import type { Term } from '../search/index.ts'

export type ConversationRow = typeof conversations.$inferSelect
export type ContactRow = typeof whatsappContacts.$inferSelect

const mine = (tx: MerchantTx, id: string) => and(eq(conversations.merchantId, tx.merchantId), eq(conversations.id, id))
const value = (name: string) => sql.placeholder(name)
const last = alias(messages, 'last_message')

/**
 * Whose phone it is now: whoever was merged is the one into whom they were. Behind row level security PostgreSQL takes a
 * `case` for an index's condition and `coalesce` for none: with that, all orders of a merchant are read for each row.
 */
const customerIdNow = sql<string>`case when ${customers.mergedIntoId} is null then ${customers.id} else ${customers.mergedIntoId} end`

/** The customer whose phone this is; undefined while nobody has it. */
export const customerIdOfPhone = async (tx: MerchantTx, phone: string): Promise<string | undefined> =>
  (
    await tx.db
      .select({ id: customerIdNow })
      .from(customers)
      .where(and(eq(customers.merchantId, tx.merchantId), eq(customers.phone, phone)))
  )[0]?.id

/** The newest order of the customer that the viewer may see, along `orders_customer`. */
const newestOrder = (tx: MerchantTx, { scope, memberId }: Viewer) =>
  tx.db
    .select({ id: orders.id, number: orders.number, stageId: orders.stageId })
    .from(orders)
    .where(
      and(
        eq(orders.merchantId, conversations.merchantId),
        eq(orders.customerId, customerIdNow),
        ordersInScope(scope, memberId ?? ''),
      ),
    )
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(1)
    .as('newest_order')

const filterOf = (filter: ConversationFilter, memberId: string | null): SQL | undefined => {
  if (filter === 'unread') return gt(conversations.unreadCount, 0)
  if (filter === 'no_reply') return isNotNull(conversations.waitingSince)
  return filter === 'mine'
    ? eq(conversations.assigneeId, memberId ?? '00000000-0000-0000-0000-000000000000')
    : undefined
}

/** Two questions, each along its own index: asked with `or`, every contact would be read. */
const ofSubjects = rawStatement<{ id: string }>(
  'contacts_of_subjects',
  sql`select ${whatsappContacts.id} from ${whatsappContacts}
      where ${whatsappContacts.merchantId} = ${value('merchantId')} and ${whatsappContacts.id} = any(${value('ids')}::uuid[])
    union select ${whatsappContacts.id} from ${customers}
      join ${whatsappContacts} on ${whatsappContacts.merchantId} = ${customers.merchantId} and ${whatsappContacts.phone} = ${customers.phone}
      where ${customers.merchantId} = ${value('merchantId')} and ${customers.id} = any(${value('ids')}::uuid[])`,
  ['id'],
)

/** Of these ids of contacts and customers, the contacts: by their own id, or by the phone of the customer. */
export const contactsOfSubjects = async (tx: MerchantTx, ids: readonly string[]): Promise<string[]> => {
  if (ids.length === 0) return []
  return (await tx.run(ofSubjects, { merchantId: tx.merchantId, ids: [...ids] })).map(({ id }) => id)
}

export interface ConversationsAsked {
  readonly filter: ConversationFilter
  readonly numberId?: string
  readonly id?: string
  readonly contactIds?: readonly string[]
  readonly after: readonly [string, string] | null
  readonly limit: number
}

/** Conversations as the inbox shows them, newest first, along the index of the filter. */
export const listConversations = (tx: MerchantTx, viewer: Viewer, asked: ConversationsAsked) => {
  const { filter, numberId, id, contactIds, after, limit } = asked
  const order = newestOrder(tx, viewer)
  // The page first, under the table's own name: what stands beside a conversation is looked up for those shown only.
  const shown = tx.db
    .select()
    .from(conversations)
    .where(
      and(
        eq(conversations.merchantId, tx.merchantId),
        id === undefined ? undefined : eq(conversations.id, id),
        filterOf(filter, viewer.memberId),
        numberId === undefined ? undefined : eq(conversations.numberId, numberId),
        contactIds === undefined
          ? undefined
          : sql`${conversations.contactId} = any(${sql.param([...contactIds])}::uuid[])`,
        after
          ? sql`(${conversations.lastAt}, ${conversations.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(conversations.lastAt), desc(conversations.id))
    .limit(limit)
    .as('conversations')
  return tx.db
    .select({
      row: getTableColumns(conversations),
      contact: whatsappContacts,
      customerId: sql<string | null>`${customerIdNow}`,
      customerName: customers.name,
      order: { id: order.id, number: order.number, stageId: order.stageId },
      assigneeName: members.fullName,
      // What is never null comes first: by it Drizzle tells whether there is a row at all.
      last: { kind: last.kind, text: last.text, direction: last.direction, status: last.status },
    })
    .from(shown)
    .innerJoin(
      whatsappContacts,
      and(eq(whatsappContacts.merchantId, conversations.merchantId), eq(whatsappContacts.id, conversations.contactId)),
    )
    .leftJoin(
      customers,
      and(eq(customers.merchantId, conversations.merchantId), eq(customers.phone, whatsappContacts.phone)),
    )
    .leftJoinLateral(order, sql`true`)
    .leftJoin(members, and(eq(members.merchantId, conversations.merchantId), eq(members.id, conversations.assigneeId)))
    .leftJoin(last, and(eq(last.merchantId, conversations.merchantId), eq(last.id, conversations.lastMessageId)))
    .orderBy(desc(conversations.lastAt), desc(conversations.id))
}
export type ConversationView = Awaited<ReturnType<typeof listConversations>>[number]

/** How many conversations a filter holds, counted up to a cap. */
export const countConversations = async (
  tx: MerchantTx,
  filter: ConversationFilter,
  memberId: string | null,
  cap: number,
): Promise<number> => {
  const some = tx.db
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.merchantId, tx.merchantId), filterOf(filter, memberId)))
    .limit(cap + 1)
    .as('some')
  const [counted] = await tx.db.select({ count: sql<number>`count(*)::int` }).from(some)
  return counted?.count ?? 0
}

/** Takes the conversation for this transaction: what is said in it is written one after the other. */
export const lockConversation = async (tx: MerchantTx, id: string): Promise<ConversationRow | undefined> =>
  (await tx.db.select().from(conversations).where(mine(tx, id)).for('update'))[0]

export const saveConversation = async (
  tx: MerchantTx,
  id: string,
  change: Partial<Omit<ConversationRow, 'merchantId' | 'id' | 'numberId' | 'contactId' | 'createdAt'>>,
): Promise<void> => {
  await tx.db.update(conversations).set(change).where(mine(tx, id))
}

export const findContact = async (tx: MerchantTx, id: string): Promise<ContactRow | undefined> =>
  (
    await tx.db
      .select()
      .from(whatsappContacts)
      .where(and(eq(whatsappContacts.merchantId, tx.merchantId), eq(whatsappContacts.id, id)))
  )[0]

/** Who writes from this phone, by `whatsapp_contacts_phone`. */
export const contactOfPhone = async (tx: MerchantTx, phone: string): Promise<ContactRow | undefined> =>
  (
    await tx.db
      .select()
      .from(whatsappContacts)
      .where(and(eq(whatsappContacts.merchantId, tx.merchantId), eq(whatsappContacts.phone, phone)))
  )[0]

/** Contacts with this phone or this id of Meta's: none, one, or two that turn out to be one person. Locked. */
export const contactsOf = (
  tx: MerchantTx,
  { phone, userId }: { readonly phone: string | null; readonly userId: string | null },
): Promise<ContactRow[]> =>
  tx.db
    .select()
    .from(whatsappContacts)
    .where(
      and(
        eq(whatsappContacts.merchantId, tx.merchantId),
        or(
          ...(phone === null ? [] : [eq(whatsappContacts.phone, phone)]),
          ...(userId === null ? [] : [eq(whatsappContacts.userId, userId)]),
        ),
      ),
    )
    .orderBy(whatsappContacts.createdAt, whatsappContacts.id)
    .for('update')

/** False when somebody else made a contact with the same phone or id first. */
export const insertContact = async (tx: MerchantTx, row: Omit<ContactRow, 'merchantId'>): Promise<boolean> => {
  const made = await tx.db
    .insert(whatsappContacts)
    .values({ ...row, merchantId: tx.merchantId })
    .onConflictDoNothing()
    .returning({ id: whatsappContacts.id })
  return made.length > 0
}

export const saveContact = async (
  tx: MerchantTx,
  id: string,
  change: Partial<Omit<ContactRow, 'merchantId' | 'id' | 'createdAt'>>,
): Promise<void> => {
  await tx.db
    .update(whatsappContacts)
    .set(change)
    .where(and(eq(whatsappContacts.merchantId, tx.merchantId), eq(whatsappContacts.id, id)))
}

/** The conversation of a number with a contact, made if there is none. By `conversations_pair`. */
export const pairConversation = async (
  tx: MerchantTx,
  row: Pick<ConversationRow, 'id' | 'numberId' | 'contactId' | 'lastAt' | 'createdAt'>,
): Promise<string> => {
  await tx.db
    .insert(conversations)
    .values({ ...row, merchantId: tx.merchantId })
    .onConflictDoNothing()
  const [found] = await tx.db
    .select({ id: conversations.id })
    .from(conversations)
    .where(
      and(
        eq(conversations.merchantId, tx.merchantId),
        eq(conversations.numberId, row.numberId),
        eq(conversations.contactId, row.contactId),
      ),
    )
  if (!found) throw new Error('A conversation that was made is not there.')
  return found.id
}

/** By what a contact is found before any order made them a customer. */
export const contactTerms = ({ phone, profileName }: Pick<ContactRow, 'phone' | 'profileName'>): Term[] => [
  ...(phone === null ? [] : phoneSearchTerms(phone).map((term) => ({ kind: 'phone', term }) as const)),
  ...(profileName === null ? [] : nameTerms(profileName).map((term) => ({ kind: 'name', term }) as const)),
]

/** Two contacts turn out to be one person: what was said with the one goes to the other, and the one goes. */
export const mergeContacts = async (tx: MerchantTx, keptId: string, goneId: string): Promise<void> => {
  const { merchantId } = tx
  const rows = await tx.db
    .select()
    .from(conversations)
    .where(and(eq(conversations.merchantId, merchantId), inArray(conversations.contactId, [keptId, goneId])))
    .for('update')
  for (const gone of rows.filter(({ contactId }) => contactId === goneId)) {
    const kept = rows.find(({ contactId, numberId }) => contactId === keptId && numberId === gone.numberId)
    if (!kept) {
      await tx.db.update(conversations).set({ contactId: keptId }).where(mine(tx, gone.id))
      continue
    }
    await tx.db
      .update(messages)
      .set({ conversationId: kept.id })
      .where(and(eq(messages.merchantId, merchantId), eq(messages.conversationId, gone.id)))
    const newer = gone.lastAt > kept.lastAt ? { lastAt: gone.lastAt, lastMessageId: gone.lastMessageId } : {}
    const lastInboundAt =
      [kept.lastInboundAt, gone.lastInboundAt]
        .filter((at) => at !== null)
        .toSorted()
        .at(-1) ?? null
    const unreadCount = kept.unreadCount + gone.unreadCount
    await saveConversation(tx, kept.id, { ...newer, lastInboundAt, unreadCount })
    await tx.db.delete(conversations).where(mine(tx, gone.id))
  }
  await tx.db
    .delete(whatsappContacts)
    .where(and(eq(whatsappContacts.merchantId, merchantId), eq(whatsappContacts.id, goneId)))
}
