import type { DeliveryDefaults } from '@sendocki/domain/orders/options'
import type { Placement } from '@sendocki/domain/orders/pipeline'
import type { Scope } from '@sendocki/domain/permissions'
import { builtInRoles, roleKeys } from '@sendocki/domain/permissions'
import { Refused } from '@sendocki/domain/result'
import { and, asc, desc, eq, getTableColumns, inArray, isNull, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { brokeReference } from '../../db/client.ts'
import { ordersInScope } from '../../db/order-scope.ts'
import { events, merchantCounters } from '../../db/schema/journal.ts'
import { members } from '../../db/schema/members.ts'
import { orderLines, orders, orderTags } from '../../db/schema/orders.ts'
import { products } from '../../db/schema/products.ts'
import { stores } from '../../db/schema/stores.ts'
import { rawStatement, type Statement, statement, writeStatement } from '../../db/statement.ts'
import {
  firstEntryColumns,
  type LineRow,
  type LineShown,
  type OrderRow,
  orderColumns,
  selectOrders,
} from './rows.queries.ts'

const value = (name: string) => sql.placeholder(name)

/** Who looks: the rows that the role reaches, and the member for whom `own` is meant. */
export interface Viewer {
  readonly scope: readonly Scope[]
  readonly memberId: string | null
}
export const everything: Viewer = { scope: ['all'], memberId: null }

/** By primary key. Locked, it waits for whoever is changing the order. */
const compileOne = (name: string, scope: readonly Scope[], locked: boolean) =>
  statement(name, (qb) => {
    const query = selectOrders(qb, orderColumns).where(
      and(
        eq(orders.merchantId, value('merchantId')),
        eq(orders.id, value('id')),
        ordersInScope(scope, value('memberId')),
      ),
    )
    return locked ? query.for('update', { of: orders }) : query
  }) as unknown as Statement<OrderRow>

const oneName = (scope: readonly Scope[], locked: boolean) =>
  `order ${[...scope].sort().join('+')}${locked ? ' locked' : ''}`
const compiledOnes: ReadonlyMap<string, Statement<OrderRow>> = new Map(
  roleKeys.flatMap((key) =>
    [false, true].map((locked) => {
      const { scope } = builtInRoles[key]
      const name = oneName(scope, locked)
      return [name, compileOne(name, scope, locked)] as const
    }),
  ),
)

/** One order within the viewer's scope; undefined when it is missing, another merchant's, or out of sight. */
export const findOrder = async (
  tx: MerchantTx,
  viewer: Viewer,
  id: string,
  { locked = false } = {},
): Promise<OrderRow | undefined> => {
  const one = compiledOnes.get(oneName(viewer.scope, locked)) ?? compileOne('', viewer.scope, locked)
  return (await tx.run(one, { merchantId: tx.merchantId, id, memberId: viewer.memberId }))[0]
}

/** In the order in which they were written, by primary key. */
const linesOfOrder = statement('order_lines', (qb) =>
  qb
    .select()
    .from(orderLines)
    .where(and(eq(orderLines.merchantId, value('merchantId')), eq(orderLines.orderId, value('orderId'))))
    .orderBy(asc(orderLines.position)),
)
export const findLines = (tx: MerchantTx, orderId: string): Promise<LineRow[]> =>
  tx.run(linesOfOrder, { merchantId: tx.merchantId, orderId })

/** The same with the photos of their products, as answers show them. */
const linesShown = statement('order_lines_shown', (qb) =>
  qb
    .select({ ...getTableColumns(orderLines), photoId: products.photoId })
    .from(orderLines)
    .leftJoin(products, and(eq(products.merchantId, orderLines.merchantId), eq(products.id, orderLines.productId)))
    .where(and(eq(orderLines.merchantId, value('merchantId')), eq(orderLines.orderId, value('orderId'))))
    .orderBy(asc(orderLines.position)),
)
export const findLinesShown = (tx: MerchantTx, orderId: string): Promise<LineShown[]> =>
  tx.run(linesShown, { merchantId: tx.merchantId, orderId })

/** The order of a shop by the shop's own id, locked; undefined when it never came. */
const byExternal = statement('order_external', (qb) =>
  selectOrders(qb, orderColumns)
    .where(
      and(
        eq(orders.merchantId, value('merchantId')),
        eq(orders.storeId, value('storeId')),
        eq(orders.externalId, value('externalId')),
      ),
    )
    .for('update', { of: orders }),
) as unknown as Statement<OrderRow>
const shopLock = rawStatement<{ locked: unknown }>(
  'shop_order_lock',
  sql`select pg_advisory_xact_lock(hashtextextended(${value('key')}, 0)) is null as locked`,
  ['locked'],
)
/** Waits for a twin that is bringing in the same order of the shop, then looks for it. */
export const findShopOrder = async (
  tx: MerchantTx,
  storeId: string,
  externalId: string,
): Promise<OrderRow | undefined> => {
  await tx.run(shopLock, { key: `${tx.merchantId}/${storeId}/${externalId}` })
  return (await tx.run(byExternal, { merchantId: tx.merchantId, storeId, externalId }))[0]
}

const bumpNumber = rawStatement<{ number: number }>(
  'order_number',
  sql`update ${merchantCounters} set order_number = order_number + ${value('count')}::int
    where ${merchantCounters.merchantId} = ${value('merchantId')} returning order_number`,
  ['number'],
)
/** The merchant's next running number. A transaction that fails leaves a gap, which numbers may have. */
export const nextOrderNumber = async (tx: MerchantTx): Promise<number> => takeOrderNumbers(tx, 1)

/** The first of so many running numbers. */
export const takeOrderNumbers = async (tx: MerchantTx, count: number): Promise<number> => {
  const [row] = await tx.run(bumpNumber, { merchantId: tx.merchantId, count })
  if (!row) throw new Error('A merchant without counters.')
  return row.number - count + 1
}

export type NewOrderRow = Omit<typeof orders.$inferInsert, 'merchantId'>
export type NewLine = Omit<typeof orderLines.$inferInsert, 'merchantId' | 'orderId' | 'position'>

export const insertOrder = async (tx: MerchantTx, row: NewOrderRow, lines: readonly NewLine[]): Promise<void> => {
  await onStageThatIs(
    tx.db
      .insert(orders)
      .values({ ...row, merchantId: tx.merchantId })
      .execute(),
  )
  await insertLines(tx, row.id, lines)
  await insertTags(tx, row.id, row.tags ?? [])
}

const insertLines = async (tx: MerchantTx, orderId: string, lines: readonly NewLine[]): Promise<void> => {
  if (lines.length === 0) return
  const { merchantId } = tx
  await tx.db
    .insert(orderLines)
    .values(lines.map((line, index) => ({ ...line, merchantId, orderId, position: index + 1 })))
}

const insertTags = async (tx: MerchantTx, orderId: string, tags: readonly string[]): Promise<void> => {
  if (tags.length === 0) return
  await tx.db.insert(orderTags).values([...new Set(tags)].map((tag) => ({ merchantId: tx.merchantId, tag, orderId })))
}

export const replaceLines = async (tx: MerchantTx, orderId: string, lines: readonly NewLine[]): Promise<void> => {
  await tx.db.delete(orderLines).where(and(eq(orderLines.merchantId, tx.merchantId), eq(orderLines.orderId, orderId)))
  await insertLines(tx, orderId, lines)
}

export const replaceTags = async (tx: MerchantTx, orderId: string, tags: readonly string[]): Promise<void> => {
  await tx.db.delete(orderTags).where(and(eq(orderTags.merchantId, tx.merchantId), eq(orderTags.orderId, orderId)))
  await insertTags(tx, orderId, tags)
}

/** Changes what people edit; false when the order is no longer in the version that was seen. */
export const editOrderRow = async (
  tx: MerchantTx,
  seen: { readonly id: string; readonly version: number },
  set: Partial<NewOrderRow>,
): Promise<boolean> => {
  const changed = await tx.db
    .update(orders)
    .set({ ...set, version: seen.version + 1 })
    .where(and(eq(orders.merchantId, tx.merchantId), eq(orders.id, seen.id), eq(orders.version, seen.version)))
    .returning({ id: orders.id })
  return changed.length > 0
}

/** Writes facts that machines derive; they never raise the version. */
export const setFacts = async (tx: MerchantTx, id: string, set: Partial<NewOrderRow>): Promise<boolean> => {
  const changed = await tx.db
    .update(orders)
    .set({ updatedAt: sql`clock_timestamp()`, ...set })
    .where(and(eq(orders.merchantId, tx.merchantId), eq(orders.id, id)))
    .returning({ id: orders.id })
  return changed.length > 0
}

const called = [
  'callKind',
  'nextAttemptAt',
  'callMemberId',
  'attemptCount',
  'toComplete',
  'undoEventId',
  'updatedAt',
] as const
const calledStatement = writeStatement<{ id: string }>(
  'order_called',
  (db) =>
    db
      .update(orders)
      .set(Object.fromEntries(called.map((name) => [name, value(name)])))
      .where(and(eq(orders.merchantId, value('merchantId')), eq(orders.id, value('id'))))
      .returning({ id: orders.id }),
  ['id'],
)
/** What a call leaves on a locked order. */
export const setCalled = async (
  tx: MerchantTx,
  id: string,
  facts: Pick<OrderRow, (typeof called)[number]>,
): Promise<void> => {
  await tx.run(calledStatement, { ...facts, merchantId: tx.merchantId, id })
}

/** Facts of many orders at once. */
export const setFactsOf = async (tx: MerchantTx, ids: readonly string[], set: Partial<NewOrderRow>): Promise<void> => {
  await tx.db
    .update(orders)
    .set({ updatedAt: sql`clock_timestamp()`, ...set })
    .where(and(eq(orders.merchantId, tx.merchantId), inArray(orders.id, [...ids])))
}

const placeColumns = ['stageId', 'state', 'stateSince', 'lateAt', 'endedAt', 'assigneeId'] as const
const entryColumns = Object.values(firstEntryColumns)
const placed = [...placeColumns, ...entryColumns, 'updatedAt', 'reasonId', 'undoEventId'] as const
const placeStatement = writeStatement<{ id: string }>(
  'order_place',
  (db) =>
    db
      .update(orders)
      .set({
        version: sql`${orders.version} + 1`,
        ...Object.fromEntries(placed.map((name) => [name, sql`${value(name)}`])),
      })
      .where(
        and(
          eq(orders.merchantId, value('merchantId')),
          eq(orders.id, value('id')),
          eq(orders.version, value('version')),
        ),
      )
      .returning({ id: orders.id }),
  ['id'],
)

/** Puts the order in another place; false when it is no longer in the version that was seen. */
export const placeOrder = async (
  tx: MerchantTx,
  seen: { readonly id: string; readonly version: number },
  to: Placement & { readonly [entry in (typeof entryColumns)[number]]: string | null } & {
    readonly updatedAt: string
    readonly reasonId: string | null
    readonly undoEventId: string | null
  },
): Promise<boolean> => {
  const args = { ...to, merchantId: tx.merchantId, id: seen.id, version: seen.version }
  return (await onStageThatIs(tx.run(placeStatement, args))).length > 0
}

/** A stage that was deleted since the pipeline was read takes no order any more. */
const onStageThatIs = async <T>(written: Promise<T>): Promise<T> => {
  try {
    return await written
  } catch (error) {
    if (brokeReference(error, stageOfOrder)) throw new Refused('order.stage_unknown')
    throw error
  }
}
const stageOfOrder = 'orders_merchant_id_stage_id_stages_merchant_id_id_fk'

/** The newest event of an order: who changed it, and when. */
export const lastChange = async (tx: MerchantTx, orderId: string) => {
  const [row] = await tx.db
    .select({
      at: events.occurredAt,
      before: events.before,
      kind: events.actorKind,
      id: events.actorId,
      name: sql<string | null>`coalesce(${members.fullName}, ${events.actorName})`,
    })
    .from(events)
    .leftJoin(members, and(eq(members.merchantId, events.merchantId), eq(members.id, events.actorId)))
    .where(and(eq(events.merchantId, tx.merchantId), eq(events.orderId, orderId)))
    .orderBy(desc(events.sequence))
    .limit(1)
  return row
}

/** An active member's id, or undefined. */
export const findMember = async (tx: MerchantTx, id: string) =>
  (
    await tx.db
      .select({ id: members.id, name: members.fullName, disabledAt: members.disabledAt })
      .from(members)
      .where(and(eq(members.merchantId, tx.merchantId), eq(members.id, id)))
  )[0]

/** Several orders by id, for doors that handle many at once. */
export const findOrders = async (tx: MerchantTx, ids: readonly string[]): Promise<OrderRow[]> => {
  if (ids.length === 0) return []
  const rows = await tx.db
    .select(orderColumns)
    .from(orders)
    .leftJoin(members, and(eq(members.merchantId, orders.merchantId), eq(members.id, orders.assigneeId)))
    .where(and(eq(orders.merchantId, tx.merchantId), inArray(orders.id, [...ids])))
  return rows as unknown as OrderRow[]
}

/** What a store asks of its orders; undefined when there is no such store. */
export const findStoreDefaults = async (tx: MerchantTx, id: string): Promise<DeliveryDefaults | undefined> => {
  const [row] = await tx.db
    .select({ settings: stores.settings })
    .from(stores)
    .where(and(eq(stores.merchantId, tx.merchantId), eq(stores.id, id)))
  return row && (row.settings.delivery ?? {})
}

/** Open orders in the hands of a member, locked, oldest first. */
export const openOrdersOf = async (tx: MerchantTx, memberId: string, limit: number): Promise<OrderRow[]> => {
  const rows = await tx.db
    .select(orderColumns)
    .from(orders)
    .leftJoin(members, and(eq(members.merchantId, orders.merchantId), eq(members.id, orders.assigneeId)))
    .where(and(eq(orders.merchantId, tx.merchantId), eq(orders.assigneeId, memberId), isNull(orders.endedAt)))
    .orderBy(asc(orders.createdAt), asc(orders.id))
    .limit(limit)
    .for('update', { of: orders })
  return rows as unknown as OrderRow[]
}
