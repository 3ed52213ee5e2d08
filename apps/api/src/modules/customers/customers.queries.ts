import { and, asc, eq, gt, gte, inArray, isNotNull, isNull, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { MerchantTx } from '../../context.ts'
import { ordersInScope } from '../../db/order-scope.ts'
import { customerBlocks, customerMerges, customers, customerTags } from '../../db/schema/customers.ts'
import { importRows } from '../../db/schema/imports.ts'
import { events } from '../../db/schema/journal.ts'
import { orders } from '../../db/schema/orders.ts'
import { segmentMembers } from '../../db/schema/segments.ts'
import { conversations, messages, whatsappContacts, whatsappMedia } from '../../db/schema/whatsapp.ts'
import { type Statement, statement, writeStatement } from '../../db/statement.ts'

const value = (name: string) => sql.placeholder(name)

export type CustomerRow = typeof customers.$inferSelect

const byId = (name: string, locked: boolean) =>
  statement(name, (qb) => {
    const query = qb
      .select()
      .from(customers)
      .where(and(eq(customers.merchantId, value('merchantId')), eq(customers.id, value('id'))))
    return locked ? query.for('update') : query
  }) as unknown as Statement<CustomerRow>
const one = { read: byId('customer', false), locked: byId('customer locked', true) }

/** By primary key. Locked, it waits for whoever is changing the customer. */
export const findCustomer = async (
  tx: MerchantTx,
  id: string,
  { locked = false } = {},
): Promise<CustomerRow | undefined> =>
  (await tx.run(locked ? one.locked : one.read, { merchantId: tx.merchantId, id }))[0]

/** The customer of a phone, and what an order takes from them. */
export interface FoundCustomer {
  readonly id: string
  readonly isNew: boolean
  readonly blockMode: CustomerRow['blockMode']
  readonly blockedUntil: string | null
}

/** An address is taken as a whole, and only where none is known. */
const filled = (column: PgColumn, told: SQL): SQL =>
  sql`case when ${customers.addressLine} is null and ${customers.cityText} is null and ${customers.cityId} is null
    then ${told} else ${column} end`
const filledAddress = {
  addressLine: filled(customers.addressLine, sql`excluded.address_line`),
  district: filled(customers.district, sql`excluded.district`),
  landmark: filled(customers.landmark, sql`excluded.landmark`),
  cityText: filled(customers.cityText, sql`excluded.city_text`),
  cityId: filled(customers.cityId, sql`excluded.city_id`),
  regionCode: filled(customers.regionCode, sql`excluded.region_code`),
}

const upsert = writeStatement<FoundCustomer>(
  'customer_by_phone',
  (db) =>
    db
      .insert(customers)
      .values({
        merchantId: value('merchantId'),
        id: value('id'),
        phone: value('phone'),
        name: value('name'),
        alternatePhone: value('alternatePhone'),
        email: value('email'),
        addressLine: value('addressLine'),
        district: value('district'),
        landmark: value('landmark'),
        cityText: value('cityText'),
        cityId: value('cityId'),
        regionCode: value('regionCode'),
        isSample: value('isSample'),
        createdAt: value('now'),
        updatedAt: value('now'),
      } as never)
      .onConflictDoUpdate({
        target: [customers.merchantId, customers.phone],
        // What is known of a customer stays; what was unknown is filled in. A real order makes an example's customer real.
        set: {
          email: sql`coalesce(${customers.email}, excluded.email)`,
          alternatePhone: sql`coalesce(${customers.alternatePhone}, excluded.alternate_phone)`,
          name: sql`case when ${customers.name} = '–' or (${customers.isSample} and not excluded.is_sample)
            then excluded.name else ${customers.name} end`,
          ...filledAddress,
          isSample: sql`${customers.isSample} and excluded.is_sample`,
          updatedAt: sql`excluded.updated_at`,
        },
      })
      // Whoever was merged is the one into whom they were; their block is the same.
      .returning({
        id: sql<string>`coalesce(${customers.mergedIntoId}, ${customers.id})`,
        isNew: sql<boolean>`xmax = 0`,
        blockMode: customers.blockMode,
        blockedUntil: customers.blockedUntil,
      }),
  ['id', 'isNew', 'blockMode', 'blockedUntil'],
)

/** The customer with this phone, made if there is none; without a phone always a new one. Concurrent twins get one. */
export const upsertCustomer = async (
  tx: MerchantTx,
  row: {
    readonly id: string
    readonly phone: string | null
    readonly name: string
    readonly alternatePhone: string | null
    readonly email: string | null
    readonly addressLine: string | null
    readonly district: string | null
    readonly landmark: string | null
    readonly cityText: string | null
    readonly cityId: string | null
    readonly regionCode: string | null
    readonly isSample: boolean
    readonly now: string
  },
): Promise<FoundCustomer> => {
  const [found] = await tx.run(upsert, { ...row, merchantId: tx.merchantId })
  if (!found) throw new Error('An upsert gave no row.')
  return found
}

/** Whether the viewer may see a customer: one of their orders is in the viewer's scope, open or ended since. */
export const isInScope = async (
  tx: MerchantTx,
  viewer: { readonly scope: Parameters<typeof ordersInScope>[0]; readonly memberId: string | null },
  customerId: string,
  { endedSince }: { readonly endedSince?: string } = {},
): Promise<boolean> => {
  const scope = ordersInScope(viewer.scope, viewer.memberId)
  if (!scope) return true
  const live = endedSince === undefined ? undefined : or(isNull(orders.endedAt), gte(orders.endedAt, endedSince))
  const rows = await tx.db
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.merchantId, tx.merchantId), eq(orders.customerId, customerId), scope, live))
    .limit(1)
  return rows.length > 0
}

/** Whose phones a member or a key was shown since an instant, each with the last time, that of longest ago first. By `events_time`. */
export const listReveals = (
  tx: MerchantTx,
  actorId: string,
  { since, limit }: { readonly since: string; readonly limit: number },
): Promise<{ customerId: string; at: string }[]> => {
  const last = sql<string>`max(${events.occurredAt})`
  return tx.db
    .select({ customerId: events.subjectId, at: last })
    .from(events)
    .where(
      and(
        eq(events.merchantId, tx.merchantId),
        eq(events.actorId, actorId),
        eq(events.type, 'customer.phone_revealed'),
        gt(events.occurredAt, since),
      ),
    )
    .groupBy(events.subjectId)
    .orderBy(asc(last))
    .limit(limit)
}

export const updateCustomer = async (
  tx: MerchantTx,
  id: string,
  set: Partial<typeof customers.$inferInsert>,
): Promise<void> => {
  await tx.db
    .update(customers)
    .set(set)
    .where(and(eq(customers.merchantId, tx.merchantId), eq(customers.id, id)))
}

export const replaceTags = async (tx: MerchantTx, customerId: string, tags: readonly string[]): Promise<void> => {
  await tx.db
    .delete(customerTags)
    .where(and(eq(customerTags.merchantId, tx.merchantId), eq(customerTags.customerId, customerId)))
  if (tags.length === 0) return
  await tx.db.insert(customerTags).values(tags.map((tag) => ({ merchantId: tx.merchantId, tag, customerId })))
}

/** The personal values of these customers are gone; the rows stay for the orders that point at them. */
export const blankCustomers = async (tx: MerchantTx, ids: readonly string[], now: string): Promise<void> => {
  if (ids.length === 0) return
  await tx.db
    .update(customers)
    .set({
      phone: null,
      name: '–',
      alternatePhone: null,
      email: null,
      addressLine: null,
      district: null,
      landmark: null,
      cityText: null,
      tags: [],
      marketingConsent: null,
      consentSource: null,
      consentAt: null,
      blockMode: null,
      blockedUntil: null,
      erasedAt: now,
      updatedAt: now,
    })
    .where(and(eq(customers.merchantId, tx.merchantId), inArray(customers.id, [...ids])))
  for (const table of [customerTags, customerBlocks, segmentMembers])
    await tx.db.delete(table).where(and(eq(table.merchantId, tx.merchantId), inArray(table.customerId, [...ids])))
  await tx.db
    .update(importRows)
    .set({ cells: [], phone: null, email: null, trace: null })
    .where(and(eq(importRows.merchantId, tx.merchantId), inArray(importRows.customerId, [...ids])))
}

/**
 * What these customers wrote and were written on WhatsApp: words and names go, that something was sent stays. Asked while
 * their phones are still known; answers the contacts, which are found in the search box under ids of their own.
 */
export const blankConversations = async (tx: MerchantTx, ids: readonly string[]): Promise<string[]> => {
  if (ids.length === 0) return []
  const phones = tx.db
    .select({ phone: customers.phone })
    .from(customers)
    .where(and(eq(customers.merchantId, tx.merchantId), inArray(customers.id, [...ids])))
  const contacts = await tx.db
    .update(whatsappContacts)
    .set({ phone: null, userId: null, profileName: null })
    .where(and(eq(whatsappContacts.merchantId, tx.merchantId), inArray(whatsappContacts.phone, phones)))
    .returning({ id: whatsappContacts.id })
  const contactIds = contacts.map(({ id }) => id)
  if (contactIds.length === 0) return []
  const theirs = tx.db
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.merchantId, tx.merchantId), inArray(conversations.contactId, contactIds)))
  await tx.db
    .update(messages)
    .set({ text: null, details: {}, chosen: null })
    .where(and(eq(messages.merchantId, tx.merchantId), inArray(messages.conversationId, theirs)))
  await blankFiles(tx, theirs)
  return contactIds
}

/** Files that were said in these conversations; those of colleagues, kept to be sent to anybody, stay. */
const blankFiles = async (tx: MerchantTx, theirs: SQLWrapper): Promise<void> => {
  const said = tx.db
    .select({ id: messages.mediaId })
    .from(messages)
    .where(and(eq(messages.merchantId, tx.merchantId), inArray(messages.conversationId, theirs)))
  await tx.db
    .update(whatsappMedia)
    .set({ status: 'failed', problem: 'media.erased', bytes: null, size: null, fileName: null, name: null })
    .where(
      and(
        eq(whatsappMedia.merchantId, tx.merchantId),
        inArray(whatsappMedia.id, said),
        or(isNotNull(whatsappMedia.numberId), isNull(whatsappMedia.name)),
      ),
    )
}

/** Those who were merged into one of these customers, by `customers_merged`. */
export const mergedIntoAny = async (tx: MerchantTx, ids: readonly string[]): Promise<string[]> => {
  if (ids.length === 0) return []
  const rows = await tx.db
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.merchantId, tx.merchantId), inArray(customers.mergedIntoId, [...ids])))
  return rows.map(({ id }) => id)
}

/** A merge remembers who both were; without that it can no longer be undone. */
export const forgetMerges = async (tx: MerchantTx, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return
  await tx.db
    .update(customerMerges)
    .set({ memory: null })
    .where(
      and(
        eq(customerMerges.merchantId, tx.merchantId),
        or(inArray(customerMerges.keptId, [...ids]), inArray(customerMerges.mergedId, [...ids])),
      ),
    )
}

/** Whether this is the phone of a customer whom anything else than an example ever named. */
export const isKnownPhone = async (tx: MerchantTx, phone: string): Promise<boolean> => {
  const rows = await tx.db
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.merchantId, tx.merchantId), eq(customers.phone, phone), sql`not ${customers.isSample}`))
  return rows.length > 0
}

/** Customers of examples whom no order names, at most so many, by `customers_sample`. */
export const unnamedSamples = async (tx: MerchantTx, limit: number): Promise<string[]> => {
  const rows = await tx.db
    .select({ id: customers.id })
    .from(customers)
    .where(
      and(
        eq(customers.merchantId, tx.merchantId),
        sql`${customers.isSample}`,
        sql`not exists (select 1 from ${orders} where ${orders.merchantId} = ${customers.merchantId}
          and ${orders.customerId} = ${customers.id})`,
      ),
    )
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** The caller has seen that no order names them. */
export const deleteCustomers = async (tx: MerchantTx, ids: readonly string[]): Promise<void> => {
  for (const table of [customerTags, customerBlocks, segmentMembers])
    await tx.db.delete(table).where(and(eq(table.merchantId, tx.merchantId), inArray(table.customerId, [...ids])))
  await tx.db.delete(customers).where(and(eq(customers.merchantId, tx.merchantId), inArray(customers.id, [...ids])))
}
