import { and, asc, desc, eq, gt, gte, inArray, lt, sql } from 'drizzle-orm'
import type { MerchantTx, PlatformTx } from '../../context.ts'
import { type BulkTrace, bulkOperations, bulkRows } from '../../db/schema/bulk.ts'
import { orders } from '../../db/schema/orders.ts'
import { rawStatement } from '../../db/statement.ts'

export type OperationRow = typeof bulkOperations.$inferSelect
export type ChosenRow = typeof bulkRows.$inferSelect

const value = (name: string) => sql.placeholder(name)
const operation = (tx: MerchantTx, id: string) =>
  and(eq(bulkOperations.merchantId, tx.merchantId), eq(bulkOperations.id, id))

export const insertOperation = async (
  tx: MerchantTx,
  row: Omit<typeof bulkOperations.$inferInsert, 'merchantId'>,
): Promise<void> => {
  await tx.db.insert(bulkOperations).values({ ...row, merchantId: tx.merchantId })
}

const rowsStatement = rawStatement<{ position: number }>(
  'bulk_rows',
  sql`insert into bulk_rows (merchant_id, operation_id, position, order_id, version, outcome, code)
    select ${value('merchantId')}::uuid, ${value('operationId')}::uuid, r.position, r.id, r.version,
      case when r.version is null then 'refused' else 'pending' end,
      case when r.version is null then 'order.not_found' end
    from unnest(${value('ids')}::uuid[], ${value('versions')}::int[]) with ordinality as r (id, version, position)`,
  [],
)

/** The orders of an operation in their order; one without a version is not there for whoever asks. */
export const insertRows = async (
  tx: MerchantTx,
  operationId: string,
  chosen: readonly { readonly id: string; readonly version: number | null }[],
): Promise<void> => {
  await tx.run(rowsStatement, {
    merchantId: tx.merchantId,
    operationId,
    ids: chosen.map(({ id }) => id),
    versions: chosen.map(({ version }) => version),
  })
}

/** What an operation did becomes the rows of the one that takes it back, newest change first. Answers how many. */
export const insertRowsOf = async (tx: MerchantTx, operationId: string, of: string): Promise<number> => {
  const copy = rawStatement<{ count: number }>(
    'bulk_rows_undo',
    sql`with copied as (
        insert into bulk_rows (merchant_id, operation_id, position, order_id, outcome, kept)
        select merchant_id, ${value('operationId')}::uuid, row_number() over (order by position desc), order_id, 'pending', kept
        from bulk_rows where merchant_id = ${value('merchantId')}::uuid and operation_id = ${value('of')}::uuid
          and outcome = 'done' and kept is not null
        returning 1)
      select count(*) from copied`,
    ['count'],
  )
  const [row] = await tx.run(copy, { merchantId: tx.merchantId, operationId, of })
  return row?.count ?? 0
}

/** By primary key; locked, the chunk under way and whoever stops it take turns. */
export const findOperation = async (
  tx: MerchantTx,
  id: string,
  { locked = false } = {},
): Promise<OperationRow | undefined> => {
  const query = tx.db.select().from(bulkOperations).where(operation(tx, id))
  return (await (locked ? query.for('update') : query))[0]
}

/** Newest first: of one member by `bulk_operations_member`, of all by `bulk_operations_created`. */
export const listOperations = (
  tx: MerchantTx,
  { memberId, after, limit }: { memberId: string | null; after: readonly [string, string] | null; limit: number },
): Promise<OperationRow[]> =>
  tx.db
    .select()
    .from(bulkOperations)
    .where(
      and(
        eq(bulkOperations.merchantId, tx.merchantId),
        memberId === null ? undefined : eq(bulkOperations.memberId, memberId),
        after
          ? sql`(${bulkOperations.createdAt}, ${bulkOperations.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(bulkOperations.createdAt), desc(bulkOperations.id))
    .limit(limit)

export const saveOperation = async (
  tx: MerchantTx,
  id: string,
  change: Partial<
    Pick<
      OperationRow,
      'status' | 'problem' | 'nextPosition' | 'doneCount' | 'refusedCount' | 'finishedAt' | 'undoneById'
    >
  >,
): Promise<void> => {
  await tx.db.update(bulkOperations).set(change).where(operation(tx, id))
}

/** The next rows of an operation, by primary key. */
export const nextRows = (tx: MerchantTx, operationId: string, from: number, limit: number): Promise<ChosenRow[]> =>
  tx.db
    .select()
    .from(bulkRows)
    .where(
      and(
        eq(bulkRows.merchantId, tx.merchantId),
        eq(bulkRows.operationId, operationId),
        gte(bulkRows.position, from),
        lt(bulkRows.position, from + limit),
      ),
    )
    .orderBy(asc(bulkRows.position))

const settleStatement = rawStatement<{ position: number }>(
  'bulk_rows_settle',
  sql`update bulk_rows b set outcome = s.outcome, code = s.code, params = s.params, kept = s.kept
    from jsonb_to_recordset(${value('settled')}::jsonb) as s (position int, outcome text, code text, params jsonb, kept jsonb)
    where b.merchant_id = ${value('merchantId')} and b.operation_id = ${value('operationId')} and b.position = s.position`,
  [],
)

export interface SettledRow {
  readonly position: number
  readonly outcome: 'done' | 'refused'
  readonly code: string | null
  readonly params: object | null
  readonly kept: BulkTrace | null
}

export const settleRows = async (
  tx: MerchantTx,
  operationId: string,
  settled: readonly SettledRow[],
): Promise<void> => {
  if (settled.length === 0) return
  await tx.run(settleStatement, { merchantId: tx.merchantId, operationId, settled: JSON.stringify(settled) })
}

/** Rows after a position with the numbers of their orders, by primary key; an operation has 5,000 at most. */
export const listRows = (
  tx: MerchantTx,
  operationId: string,
  { outcome, after, limit }: { outcome: ChosenRow['outcome'] | undefined; after: number; limit: number },
) =>
  tx.db
    .select({
      position: bulkRows.position,
      orderId: bulkRows.orderId,
      number: orders.number,
      outcome: bulkRows.outcome,
      code: bulkRows.code,
      params: bulkRows.params,
    })
    .from(bulkRows)
    .leftJoin(orders, and(eq(orders.merchantId, bulkRows.merchantId), eq(orders.id, bulkRows.orderId)))
    .where(
      and(
        eq(bulkRows.merchantId, tx.merchantId),
        eq(bulkRows.operationId, operationId),
        gt(bulkRows.position, after),
        outcome ? eq(bulkRows.outcome, outcome) : undefined,
      ),
    )
    .orderBy(asc(bulkRows.position))
    .limit(limit)

export interface CountedReason {
  readonly code: string
  readonly count: number
}

/** Why rows of these operations were refused, by operation, the most frequent reason first. */
export const countReasons = async (
  tx: MerchantTx,
  operationIds: readonly string[],
): Promise<ReadonlyMap<string, CountedReason[]>> => {
  if (operationIds.length === 0) return new Map()
  const rows = await tx.db
    .select({ operationId: bulkRows.operationId, code: bulkRows.code, count: sql<number>`count(*)::int` })
    .from(bulkRows)
    .where(
      and(
        eq(bulkRows.merchantId, tx.merchantId),
        inArray(bulkRows.operationId, [...operationIds]),
        eq(bulkRows.outcome, 'refused'),
      ),
    )
    .groupBy(bulkRows.operationId, bulkRows.code)
    .orderBy(desc(sql`count(*)`), asc(bulkRows.code))
  const counted = rows.map(({ operationId, code, count }) => ({ operationId, code: code ?? 'server.failed', count }))
  const byOperation = Map.groupBy(counted, ({ operationId }) => operationId)
  return new Map([...byOperation].map(([id, some]) => [id, some.map(({ code, count }) => ({ code, count }))]))
}

/** Operations long over, with their rows, over all merchants. */
export const removeOldOperations = async (tx: PlatformTx, before: string): Promise<void> => {
  await tx.db.delete(bulkOperations).where(lt(bulkOperations.createdAt, before))
}
