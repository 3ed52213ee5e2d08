import type { NumberCheck, NumberStatus, Quality } from '@sendocki/domain/whatsapp/number'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { MerchantTx, PlatformTx } from '../../context.ts'
import { orders } from '../../db/schema/orders.ts'
import { stores } from '../../db/schema/stores.ts'
import { whatsappNumbers, whatsappStoreNumbers } from '../../db/schema/whatsapp.ts'
import { rawStatement, statement } from '../../db/statement.ts'

export type NumberRow = typeof whatsappNumbers.$inferSelect
const mine = (tx: MerchantTx, id: string) =>
  and(eq(whatsappNumbers.merchantId, tx.merchantId), eq(whatsappNumbers.id, id))

export const insertNumber = async (tx: MerchantTx, row: Omit<NumberRow, 'merchantId' | 'version'>): Promise<void> => {
  await tx.db.insert(whatsappNumbers).values({ ...row, merchantId: tx.merchantId })
}

/** By primary key. */
export const findNumber = async (tx: MerchantTx, id: string): Promise<NumberRow | undefined> =>
  (await tx.db.select().from(whatsappNumbers).where(mine(tx, id)))[0]

/** By `whatsapp_numbers_line`. */
export const findLine = async (tx: MerchantTx, phoneNumberId: string): Promise<NumberRow | undefined> =>
  (
    await tx.db
      .select()
      .from(whatsappNumbers)
      .where(and(eq(whatsappNumbers.merchantId, tx.merchantId), eq(whatsappNumbers.phoneNumberId, phoneNumberId)))
  )[0]

/** All numbers of the merchant, oldest first, with their stores; a merchant has a handful. */
export const listNumbers = async (
  tx: MerchantTx,
  id?: string,
): Promise<(NumberRow & { readonly storeIds: string[] })[]> => {
  const storeIds = sql<string[]>`array(select s.store_id::text from whatsapp_store_numbers s
    where s.merchant_id = whatsapp_numbers.merchant_id and s.number_id = whatsapp_numbers.id order by s.store_id)`
  const rows = await tx.db
    .select({ row: whatsappNumbers, storeIds })
    .from(whatsappNumbers)
    .where(id === undefined ? eq(whatsappNumbers.merchantId, tx.merchantId) : mine(tx, id))
    .orderBy(asc(whatsappNumbers.createdAt), asc(whatsappNumbers.id))
    .limit(200)
  return rows.map(({ row, storeIds: stored }) => ({ ...row, storeIds: stored }))
}
export type NumberView = Awaited<ReturnType<typeof listNumbers>>[number]

/** Numbers of these business accounts, by `whatsapp_numbers_account`. */
export const numbersOfAccounts = (tx: MerchantTx, accountIds: readonly string[]): Promise<NumberRow[]> =>
  accountIds.length === 0
    ? Promise.resolve([])
    : tx.db
        .select()
        .from(whatsappNumbers)
        .where(
          and(
            eq(whatsappNumbers.merchantId, tx.merchantId),
            inArray(whatsappNumbers.businessAccountId, [...accountIds]),
          ),
        )

/** What a person changes raises the version; false when somebody else was first. */
export const saveNumber = async (
  tx: MerchantTx,
  id: string,
  version: number,
  change: { name?: string; credentials?: Buffer; status?: NumberStatus; problem?: string | null },
): Promise<boolean> => {
  const rows = await tx.db
    .update(whatsappNumbers)
    .set({ ...change, version: version + 1 })
    .where(and(mine(tx, id), eq(whatsappNumbers.version, version)))
    .returning({ id: whatsappNumbers.id })
  return rows.length > 0
}

/** What machines observe leaves the version alone. */
export const saveNumberState = async (
  tx: MerchantTx,
  id: string,
  change: {
    status?: NumberStatus
    problem?: string | null
    displayPhone?: string | null
    verifiedName?: string | null
    quality?: Quality
    limitTier?: string | null
    checks?: readonly NumberCheck[]
    pausedUntil?: string | null
    checkedAt?: string
    webhookVerifiedAt?: string
    lastEventAt?: string
  },
): Promise<void> => {
  await tx.db.update(whatsappNumbers).set(change).where(mine(tx, id))
}

/** Of these ids, those that are stores of the merchant. */
export const knownStores = async (tx: MerchantTx, ids: readonly string[]): Promise<string[]> => {
  if (ids.length === 0) return []
  const rows = await tx.db
    .select({ id: stores.id })
    .from(stores)
    .where(and(eq(stores.merchantId, tx.merchantId), inArray(stores.id, [...ids])))
  return rows.map(({ id }) => id)
}

/** These stores write from this number and from no other; those that did before and are not named write from none. */
export const setStores = async (tx: MerchantTx, numberId: string, storeIds: readonly string[]): Promise<void> => {
  const { merchantId } = tx
  await tx.db
    .delete(whatsappStoreNumbers)
    .where(and(eq(whatsappStoreNumbers.merchantId, merchantId), eq(whatsappStoreNumbers.numberId, numberId)))
  if (storeIds.length === 0) return
  await tx.db
    .insert(whatsappStoreNumbers)
    .values(storeIds.map((storeId) => ({ merchantId, storeId, numberId })))
    .onConflictDoUpdate({
      target: [whatsappStoreNumbers.merchantId, whatsappStoreNumbers.storeId],
      set: { numberId: sql`excluded.number_id` },
    })
}

/** From which number the store of a customer's newest order writes; undefined when no one has said it. */
export const numberOfCustomer = async (tx: MerchantTx, customerId: string): Promise<string | undefined> => {
  const rows = await tx.db
    .select({ id: whatsappStoreNumbers.numberId })
    .from(orders)
    .innerJoin(
      whatsappStoreNumbers,
      and(eq(whatsappStoreNumbers.merchantId, orders.merchantId), eq(whatsappStoreNumbers.storeId, orders.storeId)),
    )
    .where(and(eq(orders.merchantId, tx.merchantId), eq(orders.customerId, customerId)))
    .orderBy(sql`${orders.createdAt} desc`)
    .limit(1)
  return rows[0]?.id
}

const numberOfHook = statement('whatsapp_number_of_hook', (qb) =>
  qb
    .select({
      merchantId: whatsappNumbers.merchantId,
      credentials: whatsappNumbers.credentials,
      status: whatsappNumbers.status,
      version: whatsappNumbers.version,
    })
    .from(whatsappNumbers)
    .where(eq(whatsappNumbers.id, sql.placeholder('id'))),
)

export interface HookNumber {
  readonly merchantId: string
  readonly credentials: Buffer
  readonly status: NumberStatus
  readonly version: number
}

/** The number that a webhook's address names, before anything is known of its merchant; by `whatsapp_numbers_by_id`. */
export const findHookNumber = async (tx: PlatformTx, id: string): Promise<HookNumber | undefined> =>
  (await tx.run(numberOfHook, { id }))[0]

const versionsByIds = rawStatement<{ id: string; version: number }>(
  'whatsapp_number_versions',
  sql`select id, version from whatsapp_numbers where merchant_id = ${sql.placeholder('merchantId')} and id = any(${sql.placeholder('ids')}::uuid[])`,
  ['id', 'version'],
)

/** The versions of these numbers now, by primary key. */
export const versionsOf = async (tx: MerchantTx, ids: readonly string[]): Promise<ReadonlyMap<string, number>> =>
  new Map((await tx.run(versionsByIds, { merchantId: tx.merchantId, ids })).map(({ id, version }) => [id, version]))
