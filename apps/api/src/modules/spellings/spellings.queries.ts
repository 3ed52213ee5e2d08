import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { orders } from '../../db/schema/orders.ts'
import { citySpellings } from '../../db/schema/spellings.ts'
import { rawStatement } from '../../db/statement.ts'

const value = (name: string) => sql.placeholder(name)

export type SpellingRow = typeof citySpellings.$inferSelect

const byKey = rawStatement<{ id: string; cityId: string }>(
  'city_spelling',
  sql`select ${citySpellings.id}, ${citySpellings.cityId} as "cityId" from ${citySpellings}
    where ${citySpellings.merchantId} = ${value('merchantId')} and ${citySpellings.key} = ${value('key')}
    and ${citySpellings.forgottenAt} is null`,
  ['id', 'cityId'],
)
/** What a person said that this spelling means. */
export const findByKey = async (tx: MerchantTx, key: string): Promise<{ id: string; cityId: string } | undefined> =>
  (await tx.run(byKey, { merchantId: tx.merchantId, key }))[0]

export const lockSpelling = async (tx: MerchantTx, id: string): Promise<SpellingRow | undefined> =>
  (
    await tx.db
      .select()
      .from(citySpellings)
      .where(and(eq(citySpellings.merchantId, tx.merchantId), eq(citySpellings.id, id)))
      .for('update')
  )[0]

/** Orders read by a spelling are counted up to here. */
const countCap = 1_000

/** A spelling with how many orders were read by it, by `orders_city_spelling`. */
const selectShown = (tx: MerchantTx) => {
  const some = tx.db
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.merchantId, citySpellings.merchantId), eq(orders.citySpellingId, citySpellings.id)))
    .limit(countCap)
    .as('some')
  const counted = tx.db
    .select({ many: sql<number>`count(*)::int`.as('many') })
    .from(some)
    .as('counted')
  return tx.db
    .select({
      id: citySpellings.id,
      text: citySpellings.text,
      cityId: citySpellings.cityId,
      createdAt: citySpellings.createdAt,
      orderCount: sql<number>`${counted.many}`,
    })
    .from(citySpellings)
    .leftJoinLateral(counted, sql`true`)
}
export type ShownSpelling = Awaited<ReturnType<typeof listSpellings>>[number]

/** Newest first, one more than `limit`. */
export const listSpellings = (tx: MerchantTx, after: string | null, limit: number) =>
  selectShown(tx)
    .where(
      and(
        eq(citySpellings.merchantId, tx.merchantId),
        isNull(citySpellings.forgottenAt),
        after === null ? undefined : lt(citySpellings.id, after),
      ),
    )
    .orderBy(desc(citySpellings.id))
    .limit(limit + 1)

/** One spelling as it is shown, forgotten or not. */
export const findShown = async (tx: MerchantTx, id: string): Promise<ShownSpelling | undefined> =>
  (await selectShown(tx).where(and(eq(citySpellings.merchantId, tx.merchantId), eq(citySpellings.id, id))))[0]

export const insertSpelling = async (
  tx: MerchantTx,
  row: Omit<typeof citySpellings.$inferInsert, 'merchantId'>,
): Promise<void> => {
  await tx.db.insert(citySpellings).values({ ...row, merchantId: tx.merchantId })
}

export const forget = async (tx: MerchantTx, id: string, at: string): Promise<void> => {
  await tx.db
    .update(citySpellings)
    .set({ forgottenAt: at })
    .where(and(eq(citySpellings.merchantId, tx.merchantId), eq(citySpellings.id, id)))
}
