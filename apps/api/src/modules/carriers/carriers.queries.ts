import type { AccountStatus, CarrierSettings } from '@sendocki/domain/carriers/account'
import type { CallBudget } from '@sendocki/domain/carriers/budget'
import type { CarrierCode } from '@sendocki/domain/parcels/carrier'
import { and, asc, desc, eq, inArray, isNull, ne, type SQL, sql } from 'drizzle-orm'
import type { MerchantTx, PlatformTx } from '../../context.ts'
import { carrierAccounts, carrierPlaces, carrierSessions } from '../../db/schema/carriers.ts'
import { members } from '../../db/schema/members.ts'
import { statement } from '../../db/statement.ts'

export type AccountRow = typeof carrierAccounts.$inferSelect
const mine = (tx: MerchantTx, id: string) =>
  and(eq(carrierAccounts.merchantId, tx.merchantId), eq(carrierAccounts.id, id))

export const insertAccount = async (tx: MerchantTx, row: Omit<AccountRow, 'merchantId' | 'version'>): Promise<void> => {
  await tx.db.insert(carrierAccounts).values({ ...row, merchantId: tx.merchantId })
}

/** By primary key. */
export const findAccount = async (tx: MerchantTx, id: string): Promise<AccountRow | undefined> =>
  (await tx.db.select().from(carrierAccounts).where(mine(tx, id)))[0]

/** Rows of an account's own; table names are spelled out, because inside a select of one table columns lose theirs. */
const countOf = (table: SQL, condition: SQL) =>
  sql<number>`(select count(*)::int from ${table} t where t.merchant_id = carrier_accounts.merchant_id
    and t.carrier_account_id = carrier_accounts.id and ${condition})`

/** Newest first, by `carrier_accounts_created`, with what waits for a person in each; a merchant has a handful. */
export const listAccounts = async (
  tx: MerchantTx,
  { limit, after, ids }: { limit: number; after: readonly [string, string] | null; ids?: readonly string[] },
) => {
  const rows = await tx.db
    .select({
      account: carrierAccounts,
      placeCount: countOf(sql`carrier_places`, sql`vanished_at is null`),
      weakMatchCount: countOf(sql`carrier_places`, sql`vanished_at is null and strength = 'weak'`),
      unknownStatusCount: countOf(sql`unknown_statuses`, sql`mapped_to is null`),
    })
    .from(carrierAccounts)
    .where(
      and(
        eq(carrierAccounts.merchantId, tx.merchantId),
        ids ? inArray(carrierAccounts.id, [...ids]) : undefined,
        after
          ? sql`(${carrierAccounts.createdAt}, ${carrierAccounts.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(carrierAccounts.createdAt), desc(carrierAccounts.id))
    .limit(limit)
  return rows.map(({ account: row, ...counts }) => ({ ...row, ...counts }))
}
export type AccountView = Awaited<ReturnType<typeof listAccounts>>[number]

/** Accounts that take new parcels. */
export const usableAccountIds = async (tx: MerchantTx): Promise<string[]> => {
  const rows = await tx.db
    .select({ id: carrierAccounts.id })
    .from(carrierAccounts)
    .where(
      and(eq(carrierAccounts.merchantId, tx.merchantId), inArray(carrierAccounts.status, ['connected', 'connecting'])),
    )
    .limit(2)
  return rows.map(({ id }) => id)
}

interface AccountChange {
  readonly name?: string
  readonly driverMemberId?: string | null
  readonly settings?: CarrierSettings
  readonly credentials?: Buffer
  readonly status?: AccountStatus
  readonly problem?: string | null
}

/** What a person changes raises the version; false when somebody else was first. */
export const saveAccount = async (
  tx: MerchantTx,
  id: string,
  version: number,
  change: AccountChange,
): Promise<boolean> => {
  const rows = await tx.db
    .update(carrierAccounts)
    .set({ ...change, version: version + 1 })
    .where(and(mine(tx, id), eq(carrierAccounts.version, version)))
    .returning({ id: carrierAccounts.id })
  return rows.length > 0
}

/** What machines observe leaves the version alone. */
export const saveAccountState = async (
  tx: MerchantTx,
  id: string,
  change: { status?: AccountStatus; problem?: string | null; placesSyncedAt?: string; lastEventAt?: string },
): Promise<void> => {
  await tx.db.update(carrierAccounts).set(change).where(mine(tx, id))
}

export interface SessionRow extends CallBudget {
  readonly session: Buffer | null
}

/** The account's call budget and token, locked: calls of one account are counted one after the other. */
export const lockSession = async (tx: MerchantTx, carrierAccountId: string): Promise<SessionRow | undefined> => {
  const { session, hourStart, calls, pausedUntil, failures } = carrierSessions
  const rows = await tx.db
    .select({ session, hourStart, calls, pausedUntil, failures })
    .from(carrierSessions)
    .where(and(eq(carrierSessions.merchantId, tx.merchantId), eq(carrierSessions.carrierAccountId, carrierAccountId)))
    .for('update')
  return rows[0]
}

export const saveBudget = async (tx: MerchantTx, carrierAccountId: string, budget: CallBudget): Promise<void> => {
  await tx.db
    .insert(carrierSessions)
    .values({ merchantId: tx.merchantId, carrierAccountId, ...budget })
    .onConflictDoUpdate({ target: [carrierSessions.merchantId, carrierSessions.carrierAccountId], set: { ...budget } })
}

export const saveSession = async (tx: MerchantTx, carrierAccountId: string, session: Buffer | null): Promise<void> => {
  await tx.db
    .update(carrierSessions)
    .set({ session })
    .where(and(eq(carrierSessions.merchantId, tx.merchantId), eq(carrierSessions.carrierAccountId, carrierAccountId)))
}

export const saveMood = async (
  tx: MerchantTx,
  carrierAccountId: string,
  mood: { readonly pausedUntil?: string | null; readonly failures?: number },
): Promise<void> => {
  await tx.db
    .update(carrierSessions)
    .set(mood)
    .where(and(eq(carrierSessions.merchantId, tx.merchantId), eq(carrierSessions.carrierAccountId, carrierAccountId)))
}

const accountOfHook = statement('carrier_account_of_hook', (qb) =>
  qb
    .select({
      merchantId: carrierAccounts.merchantId,
      carrier: carrierAccounts.carrier,
      credentials: carrierAccounts.credentials,
      settings: carrierAccounts.settings,
    })
    .from(carrierAccounts)
    .where(eq(carrierAccounts.id, sql.placeholder('id'))),
)

export interface HookAccount {
  readonly merchantId: string
  readonly carrier: CarrierCode
  readonly credentials: Buffer
  readonly settings: CarrierSettings
}

/** The account that a webhook's address names, before anything is known of its merchant; by `carrier_accounts_by_id`. */
export const findHookAccount = async (tx: PlatformTx, id: string): Promise<HookAccount | undefined> =>
  (await tx.run(accountOfHook, { id }))[0]

/** Accounts of all merchants whose carriers are asked about their parcels, by `carrier_accounts_by_status`. */
export const followedAccounts = (tx: PlatformTx) =>
  tx.db
    .select({
      merchantId: carrierAccounts.merchantId,
      id: carrierAccounts.id,
      placesSyncedAt: carrierAccounts.placesSyncedAt,
    })
    .from(carrierAccounts)
    .where(and(inArray(carrierAccounts.status, ['connected', 'disabled']), ne(carrierAccounts.carrier, 'manual')))

/** Carriers without API, oldest first; a merchant has a handful. */
export const manualAccounts = (tx: MerchantTx): Promise<{ id: string; name: string }[]> =>
  tx.db
    .select({ id: carrierAccounts.id, name: carrierAccounts.name })
    .from(carrierAccounts)
    .where(
      and(
        eq(carrierAccounts.merchantId, tx.merchantId),
        eq(carrierAccounts.carrier, 'manual'),
        ne(carrierAccounts.status, 'disabled'),
      ),
    )
    .orderBy(asc(carrierAccounts.createdAt))
    .limit(500)

/** Accounts that this member drives, by `carrier_accounts_driver`. */
export const accountsDrivenBy = async (tx: MerchantTx, memberId: string): Promise<string[]> => {
  const rows = await tx.db
    .select({ id: carrierAccounts.id })
    .from(carrierAccounts)
    .where(and(eq(carrierAccounts.merchantId, tx.merchantId), eq(carrierAccounts.driverMemberId, memberId)))
  return rows.map(({ id }) => id)
}

export const isActiveMember = async (tx: MerchantTx, memberId: string): Promise<boolean> => {
  const rows = await tx.db
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.merchantId, tx.merchantId), eq(members.id, memberId), isNull(members.disabledAt)))
  return rows.length > 0
}

/** Whether the carrier lists this place today. */
export const isPlaceOf = async (tx: MerchantTx, carrierAccountId: string, placeId: string): Promise<boolean> => {
  const rows = await tx.db
    .select({ placeId: carrierPlaces.placeId })
    .from(carrierPlaces)
    .where(
      and(
        eq(carrierPlaces.merchantId, tx.merchantId),
        eq(carrierPlaces.carrierAccountId, carrierAccountId),
        eq(carrierPlaces.placeId, placeId),
        isNull(carrierPlaces.vanishedAt),
      ),
    )
  return rows.length > 0
}
