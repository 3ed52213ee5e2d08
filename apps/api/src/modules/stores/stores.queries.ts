import { storeHealth } from '@sendocki/domain/stores/health'
import type { Store, StorePlatform } from '@sendocki/domain/stores/store'
import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import type { MerchantTx, PlatformTx } from '../../db/client.ts'
import { stores } from '../../db/schema/stores.ts'
import { rawStatement, statement } from '../../db/statement.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'

export type StoreRow = typeof stores.$inferSelect
export type StoreChanges = Partial<Omit<typeof stores.$inferInsert, 'merchantId' | 'id' | 'version'>>

/** A store as it is answered: secrets stay out, the light is computed. */
export const toStore = (row: StoreRow, { now, appUrl }: { readonly now: Date; readonly appUrl: string }): Store => ({
  id: row.id,
  platform: row.platform,
  name: row.name,
  shop: row.shop,
  status: row.status,
  health: storeHealth(row, now),
  lastEventAt: row.lastEventAt,
  lastCheckedAt: row.lastCheckedAt,
  problem: row.problem,
  webhookUrl: webhookUrlOf(row, appUrl),
  unsigned: row.unsigned,
  settings: row.settings,
  connectedAt: row.connectedAt,
  eraseAfter: row.eraseAfter,
  erasedAt: row.erasedAt,
  version: row.version,
})

/** Where the shop sends its deliveries; null on a platform that has none. */
export const webhookUrlOf = ({ platform, id }: Pick<StoreRow, 'platform' | 'id'>, appUrl: string): string | null =>
  platform === 'manual' ? null : `${appUrl}/hooks/${platform}/${id}`

const ofId = (tx: MerchantTx, id: string) => and(eq(stores.merchantId, tx.merchantId), eq(stores.id, id))

export const insertStore = async (
  tx: MerchantTx,
  row: Omit<typeof stores.$inferInsert, 'merchantId'>,
): Promise<StoreRow> => {
  const [stored] = await tx.db
    .insert(stores)
    .values({ ...row, merchantId: tx.merchantId })
    .returning()
  return stored as StoreRow
}

export const findStore = async (tx: MerchantTx, id: string): Promise<StoreRow | undefined> =>
  (await tx.db.select().from(stores).where(ofId(tx, id)))[0]

/** The same, held until the transaction ends: changes of one store take turns. */
export const lockStore = async (tx: MerchantTx, id: string): Promise<StoreRow | undefined> =>
  (await tx.db.select().from(stores).where(ofId(tx, id)).for('update'))[0]

/** The merchant's own connection of a shop, whatever its status: a shop that comes back is the same store. */
export const lockStoreOfShop = async (
  tx: MerchantTx,
  platform: StorePlatform,
  shop: string,
): Promise<StoreRow | undefined> => {
  const ofShop = and(eq(stores.merchantId, tx.merchantId), eq(stores.platform, platform), eq(stores.shop, shop))
  return (await tx.db.select().from(stores).where(ofShop).for('update'))[0]
}

/** In the order in which they were made. */
export const listStores = async (
  tx: MerchantTx,
  { limit = 50, cursor }: { readonly limit?: number | undefined; readonly cursor?: string | undefined },
) => {
  const after = decodeCursor('stores', cursor, 1)
  const rows = await tx.db
    .select()
    .from(stores)
    .where(and(eq(stores.merchantId, tx.merchantId), after ? gt(stores.id, String(after[0])) : undefined))
    .orderBy(asc(stores.id))
    .limit(limit + 1)
  return pageOf(
    rows,
    limit,
    'stores',
    (row) => [row.id],
    (row) => row,
  )
}

/** What people or their consent changed: raises the version. The row must be locked, or its version given. */
export const changeStore = async (
  tx: MerchantTx,
  id: string,
  changes: StoreChanges,
  version?: number,
): Promise<StoreRow | undefined> =>
  (
    await tx.db
      .update(stores)
      .set({ ...changes, version: sql`${stores.version} + 1` })
      .where(and(ofId(tx, id), version === undefined ? undefined : eq(stores.version, version)))
      .returning()
  )[0]

/** What machines observed: the version stays, open screens look again. */
export const noteStore = async (tx: MerchantTx, id: string, facts: StoreChanges): Promise<void> => {
  await tx.db.update(stores).set(facts).where(ofId(tx, id))
  tx.outbox.changes.push({ noun: 'store', id })
}

/** The last delivery, at most once a minute: many of them at once must not queue up for one row. */
export const noteDelivery = async (tx: MerchantTx, id: string, at: string): Promise<void> => {
  const stale = or(isNull(stores.lastEventAt), sql`${stores.lastEventAt} < ${at}::timestamptz - interval '1 minute'`)
  await tx.db
    .update(stores)
    .set({ lastEventAt: at })
    .where(and(ofId(tx, id), stale))
}

/** Lets one job refresh the tokens; false while another does. */
export const takeRefresh = async (tx: MerchantTx, id: string, seconds: number): Promise<boolean> => {
  const free = or(isNull(stores.refreshingUntil), sql`${stores.refreshingUntil} < clock_timestamp()`)
  const until = sql`clock_timestamp() + make_interval(secs => ${seconds})`
  const taken = await tx.db
    .update(stores)
    .set({ refreshingUntil: until as never })
    .where(and(ofId(tx, id), free))
    .returning({ id: stores.id })
  return taken.length > 0
}

const target = {
  merchantId: stores.merchantId,
  id: stores.id,
  platform: stores.platform,
  name: stores.name,
  shop: stores.shop,
  status: stores.status,
  unsigned: stores.unsigned,
  credentials: stores.credentials,
  version: stores.version,
} as const

const targetById = statement('store_target', (qb) =>
  qb
    .select(target)
    .from(stores)
    .where(eq(stores.id, sql.placeholder('id'))),
)

/** Which merchant's store a delivery is for: asked before anything is known of the merchant. By `stores_by_id`. */
export const findTarget = async (tx: PlatformTx, id: string) => (await tx.run(targetById, { id }))[0]
export type TargetRow = NonNullable<Awaited<ReturnType<typeof findTarget>>>

/** Every connection of a shop, of all merchants. By `stores_by_shop`. */
export const findTargetsOfShop = (tx: PlatformTx, platform: StorePlatform, shop: string): Promise<TargetRow[]> =>
  tx.db
    .select(target)
    .from(stores)
    .where(and(eq(stores.platform, platform), eq(stores.shop, shop)))
    .limit(100)

const versionsByIds = rawStatement<{ id: string; version: number }>(
  'store_versions',
  sql`select id, version from stores where merchant_id = ${sql.placeholder('merchantId')} and id = any(${sql.placeholder('ids')}::uuid[])`,
  ['id', 'version'],
)

/** The versions of these stores now, by `stores_pkey`. */
export const versionsOf = async (tx: MerchantTx, ids: readonly string[]): Promise<ReadonlyMap<string, number>> =>
  new Map((await tx.run(versionsByIds, { merchantId: tx.merchantId, ids })).map(({ id, version }) => [id, version]))

/** What the clock has to do: stores to read, to subscribe anew, to erase. By `stores_by_status`. */
export const storesDue = async (tx: PlatformTx, now: Date, dayAgo: Date) => {
  const ids = { merchantId: stores.merchantId, id: stores.id }
  const live = and(eq(stores.status, 'connected'), isNotNull(stores.shop))
  const [read, subscribe, erase] = await Promise.all([
    tx.db.select(ids).from(stores).where(live),
    tx.db
      .select(ids)
      .from(stores)
      .where(and(live, or(isNull(stores.subscribedAt), lt(stores.subscribedAt, dayAgo.toISOString())))),
    tx.db
      .select(ids)
      .from(stores)
      .where(
        and(
          inArray(stores.status, ['disconnected', 'uninstalled']),
          lt(stores.eraseAfter, now.toISOString()),
          isNull(stores.erasedAt),
        ),
      ),
  ])
  return { read, subscribe, erase }
}
