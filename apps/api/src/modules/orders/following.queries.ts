import type { OrderState } from '@sendocki/domain/orders/states'
import { and, asc, count, desc, eq, isNotNull, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { ordersInScope } from '../../db/order-scope.ts'
import { events } from '../../db/schema/journal.ts'
import { members } from '../../db/schema/members.ts'
import { orders } from '../../db/schema/orders.ts'
import type { Viewer } from './orders.queries.ts'
import { type OrderRow, orderColumns } from './rows.queries.ts'

/** After which order of a stage a walk over it goes on. */
export type StageCursor = Pick<OrderRow, 'createdAt' | 'id'>

const onStage = (tx: MerchantTx, stageId: string) =>
  and(eq(orders.merchantId, tx.merchantId), eq(orders.stageId, stageId))

const withAssignee = (tx: MerchantTx) =>
  tx.db
    .select(orderColumns)
    .from(orders)
    .leftJoin(members, and(eq(members.merchantId, orders.merchantId), eq(members.id, orders.assigneeId)))

/** Orders on a stage, locked, oldest first; walks `orders_stage`. */
export const ordersOnStage = async (
  tx: MerchantTx,
  stageId: string,
  after: StageCursor | null,
  limit: number,
): Promise<OrderRow[]> => {
  const rows = await withAssignee(tx)
    .where(
      and(
        onStage(tx, stageId),
        after
          ? sql`(${orders.createdAt}, ${orders.id}) > (${after.createdAt}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(asc(orders.createdAt), asc(orders.id))
    .limit(limit)
    .for('update', { of: orders })
  return rows as unknown as OrderRow[]
}

/** The newest orders that the viewer sees, by `orders_created`. */
export const newestOrders = async (tx: MerchantTx, { scope, memberId }: Viewer, limit: number): Promise<OrderRow[]> => {
  const rows = await withAssignee(tx)
    .where(and(eq(orders.merchantId, tx.merchantId), ordersInScope(scope, memberId ?? sql`null`)))
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(limit)
  return rows as unknown as OrderRow[]
}

/** How many orders are on a stage; of another state than one, when that is asked. */
export const countOnStage = async (
  tx: MerchantTx,
  stageId: string,
  than?: { readonly state: OrderState | null },
): Promise<number> => {
  const [row] = await tx.db
    .select({ count: count() })
    .from(orders)
    .where(and(onStage(tx, stageId), than ? sql`${orders.state} is distinct from ${than.state}` : undefined))
  return row?.count ?? 0
}

/** Beyond this many nobody reads how many were there. */
const everCap = 10_000

/** The journal still tells of examples that were taken away. */
const stillThere = sql`exists (select 1 from ${orders} where ${orders.merchantId} = ${events.merchantId}
  and ${orders.id} = ${events.orderId})`

/** How many orders were ever on a stage, by `events_stage`, which holds each order in one place. */
export const countEverOnStage = async (
  tx: MerchantTx,
  stageId: string,
): Promise<{ count: number; capped: boolean }> => {
  const distinct = tx.db
    .selectDistinct({ orderId: events.orderId })
    .from(events)
    .where(
      and(eq(events.merchantId, tx.merchantId), eq(events.stageId, stageId), isNotNull(events.orderId), stillThere),
    )
    .limit(everCap + 1)
    .as('ever')
  const [row] = await tx.db.select({ count: count() }).from(distinct)
  const found = row?.count ?? 0
  return { count: Math.min(found, everCap), capped: found > everCap }
}

/** Of these stages, those on which an order is. */
export const stagesWithOrders = async (tx: MerchantTx, stageIds: readonly string[]): Promise<Set<string>> => {
  const { rows } = await tx.db.execute<{ id: string }>(sql`
    select s.id from unnest(array[${sql.join(
      stageIds.map((id) => sql`${id}::uuid`),
      sql`, `,
    )}]::uuid[]) as s (id)
    where exists (select from ${orders} where ${orders.merchantId} = ${tx.merchantId} and ${orders.stageId} = s.id)`)
  return new Set(rows.map(({ id }) => id))
}
